"""The judgment: what was owed by the world against what the receiver accepted, and then what the store believes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from follow import run_sql

from proof.marks import PARENT, REPLY
from summaries.store.tables import delivery

if TYPE_CHECKING:
    from proof.receiver import Accepted
    from proof.world import World


@dataclass(frozen=True, slots=True)
class Verdict:
    """`deliveries` are the messages owed: a reply for each release in each subscription, and the parents they are in.
    `misplaced` are messages in a channel or thread that is not theirs, `stale` parents whose edits are not the newest,
    `misbelieved` what the store says was sent and the receiver does not have, or the other way round.
    """

    deliveries: int
    lost: int
    repeated: int
    misplaced: int
    stale: int
    misbelieved: int

    @property
    def holds(self) -> bool:
        return not (self.lost or self.repeated or self.misplaced or self.stale or self.misbelieved)


def judge(world: World) -> Verdict:
    """Every subscription × release exactly once, each in a thread of its own subscription, every parent once."""
    accepted = world.receiver.accepted()
    heads = {(one.team, one.channel, one.ts): one for one in accepted if PARENT.fullmatch(one.text)}
    replies = [one for one in accepted if REPLY.fullmatch(one.text)]
    owed = {(number, release) for number in world.subscriptions for release in world.releases}
    seen = Counter(_named(one) for one in replies)
    parents = Counter(_window(one) for one in heads.values())
    threads: dict[tuple[str, str, str], set[int]] = {place: set() for place in heads}
    misplaced = len(accepted) - len(heads) - len(replies)
    for one in replies:
        place = (one.team, one.channel, one.thread_ts or "")
        number, release = _named(one)
        if place in threads and _window(heads[place])[0] == number and world.subscriptions[number] == place[:2]:
            threads[place].add(release)
        else:
            misplaced += 1
    return Verdict(
        deliveries=len(owed) + len(parents),
        lost=len(owed - seen.keys()),
        repeated=sum(count - 1 for count in (seen + parents).values()),
        misplaced=misplaced,
        stale=sum(_listed(heads[place]) != releases for place, releases in threads.items()),
        misbelieved=len(_believed(world) ^ {(one.team, one.channel, one.ts, one.delivery_id) for one in accepted}),
    )


def _named(reply: Accepted) -> tuple[int, int]:
    found = REPLY.fullmatch(reply.text)
    assert found is not None
    return int(found[1]), int(found[2])


def _window(parent: Accepted) -> tuple[int, str]:
    """By what it said when it was accepted: an edit names the window that joined it."""
    found = PARENT.fullmatch(parent.text)
    assert found is not None
    return int(found[1]), found[2]


def _listed(parent: Accepted) -> set[int]:
    """The releases that it names now."""
    found = PARENT.fullmatch(parent.now)
    return {int(word.removeprefix("R")) for word in found[4].split()} if found else set()


def _believed(world: World) -> set[tuple[str, str, str, str]]:
    columns = delivery.c
    sent = sa.select(columns.team_id, columns.channel_id, columns.slack_ts, columns.id)
    rows = run_sql(world.url, sent.where(columns.kind == "post", columns.state == "sent"))
    return {(str(team), str(channel), str(ts), str(id_)) for team, channel, ts, id_ in rows}
