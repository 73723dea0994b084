"""What an earlier version had on its way when the tables were migrated is delivered once, like all else."""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sa
from fakes import Crash, CrashAt, Slip
from follow import Follower
from migrating import connected, take_back_to

from summaries.delivery import DeliveryState, Subscription
from summaries.store.database import open_database
from summaries.subscriptions import unpark

ON_ITS_WAY = {
    "gone": "Kent",
    "lost-reply": "Essex",
    "never-arrived": "Surrey",
    "died-after-call": "Sussex",
    "died-before-call": "Norfolk",
    "reply-unknown": "Suffolk",
    "reply-owed": "Cleveland",
}
"""What is to happen in a channel → the force that it follows."""


def get_under_way(follower: Follower) -> dict[str, Subscription]:
    """One digest a channel, each left in another state. Those that leave nothing to be claimed at once come first."""
    subscriptions = {channel: follower.subscribe(channel, what=force) for channel, force in ON_ITS_WAY.items()}
    follower.poster.gone.add("gone")
    for channel, force in ON_ITS_WAY.items():
        follower.clock.advance(seconds=2)
        follower.release(f"{force} 1", body=force.lower())
        follower.plan()
        match channel:
            case "lost-reply":
                follower.poster.script.append(Slip.LOST_REPLY)
            case "never-arrived":
                follower.poster.script.append(Slip.NEVER_ARRIVED)
            case "died-after-call" | "died-before-call":
                with pytest.raises(Crash):
                    follower.send(at=CrashAt("after-post" if channel == "died-after-call" else "before-post"))
                continue
        follower.send()
        if channel == "reply-unknown":
            follower.clock.advance(seconds=2)
            follower.poster.script.append(Slip.LOST_REPLY)
            follower.send()
    return subscriptions


def test_what_was_on_its_way_in_every_state_is_delivered_once(empty_url: str) -> None:
    with open_database(empty_url) as database:
        database.upgrade()
        follower = Follower(database)
        subscriptions = get_under_way(follower)
        states = {channel: follower.states(one) for channel, one in subscriptions.items()}
        take_back_to(empty_url, "0003")
        with connected(empty_url) as connection:
            assert "kind" not in {column["name"] for column in sa.inspect(connection).get_columns("delivery")}

        database.upgrade()

        assert {channel: follower.states(one) for channel, one in subscriptions.items()} == states
        assert set(Counter(state for both in states.values() for state in both)) == {
            DeliveryState.PAUSED,
            DeliveryState.AMBIGUOUS,
            DeliveryState.SENDING,
            DeliveryState.PENDING,
            DeliveryState.SENT,
        }
        follower.poster.gone.clear()
        unpark(database, follower.clock, team_id="T1", channel_id="gone")
        follower.plan()
        follower.send_all()
        assert {channel: follower.titles(channel) for channel in ON_ITS_WAY} == {
            channel: ["1 new", f"{force} 1"] for channel, force in ON_ITS_WAY.items()
        }
        for channel, one in subscriptions.items():
            parent, reply = (message for message in follower.poster.messages if message.channel_id == channel)
            assert (parent.thread_ts, reply.thread_ts) == (None, parent.ts)
            assert set(follower.states(one)) == {DeliveryState.SENT}
        assert set(follower.poster.copies().values()) == {1}
