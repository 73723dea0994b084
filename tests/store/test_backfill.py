"""What was held before a subscription began is posted when it is asked for: once, the newest ten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from fakes import render_titles

from summaries.delivery import WindowKind
from summaries.digests import backfill
from summaries.errors import BadSubscription, NoSuchSubscription
from summaries.subscriptions import park
from summaries.types import Kind
from summaries.withdrawing import withdraw

if TYPE_CHECKING:
    from follow import Follower

    from summaries.delivery import Subscription


def fill(follower: Follower, subscription: Subscription, *, channel_id: str = "C1", team_id: str = "T1") -> int:
    return backfill(
        follower.database,
        follower.clock,
        render_titles,
        team_id=team_id,
        channel_id=channel_id,
        subscription_id=subscription.id,
    )


def test_the_newest_ten_that_the_filter_means_are_posted(follower: Follower) -> None:
    first = date(2026, 1, 1)
    for number in range(12):
        follower.release(f"kent-{number}", published_on=first + timedelta(days=number))
        follower.release(f"essex-{number}", body="essex", published_on=first + timedelta(days=number))
    subscription = follower.subscribe(what="Kent", when="daily 08:30")
    assert fill(follower, subscription) == 10
    follower.send_all()
    assert follower.titles() == ["10 new", *(f"kent-{number}" for number in range(11, 1, -1))]
    assert follower.get(subscription).position == subscription.position


def test_it_is_done_once(follower: Follower) -> None:
    follower.release("kent-1")
    subscription = follower.subscribe()
    assert fill(follower, subscription) == 1
    with pytest.raises(BadSubscription):
        fill(follower, subscription)
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]


def test_when_there_is_nothing_nothing_is_written(follower: Follower) -> None:
    subscription = follower.subscribe(what="Kent")
    assert fill(follower, subscription) == 0
    assert follower.windows(subscription) == []


def test_what_came_in_since_is_left_to_the_digests_and_nothing_comes_twice(follower: Follower) -> None:
    follower.release("old")
    subscription = follower.subscribe(when="daily 08:30")
    follower.release("new")
    assert fill(follower, subscription) == 1
    follower.clock.advance(hours=1)
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["1 new", "old", "1 new", "new"]


def test_it_is_not_taken_for_a_period(follower: Follower) -> None:
    follower.release("old")
    subscription = follower.subscribe(when="daily 08:30")
    follower.clock.advance(hours=23)
    fill(follower, subscription)
    follower.plan()
    newest, filled = follower.windows(subscription)[::-1]
    assert {newest.kind, filled.kind} == {WindowKind.PERIOD, WindowKind.BACKFILL}


def test_corporate_notices_and_what_was_withdrawn_are_left_out(follower: Follower) -> None:
    withdrawn = follower.release("withdrawn")
    follower.release("notice", kind=Kind.CORPORATE)
    withdraw(follower.database, follower.clock, withdrawn.number, "published in error")
    assert fill(follower, follower.subscribe()) == 0


def test_a_back_filled_release_is_corrected_like_any_other(follower: Follower) -> None:
    follower.release("kent-1")
    fill(follower, follower.subscribe())
    follower.send_all()
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    follower.send_all()
    assert follower.titles()[0] == "1 new, 1 corrected"


def test_another_channel_may_not_ask_for_it(follower: Follower) -> None:
    follower.release("kent-1")
    subscription = follower.subscribe()
    for elsewhere in ({"channel_id": "C2"}, {"team_id": "T2"}):
        with pytest.raises(NoSuchSubscription):
            fill(follower, subscription, **elsewhere)


def test_a_channel_that_is_gone_gets_nothing(follower: Follower) -> None:
    follower.release("kent-1")
    subscription = follower.subscribe()
    with follower.database.write() as work:
        park(work, subscription.id, follower.clock, error_class="channel_gone", code="is_archived")
    with pytest.raises(BadSubscription):
        fill(follower, subscription)
    assert follower.windows(subscription) == []
