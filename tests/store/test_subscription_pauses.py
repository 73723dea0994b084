from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fakes import MORNING

from summaries.delivery import CatchUp, DeliveryState, Subscription, SubscriptionState
from summaries.errors import BadSubscription, NoSuchSubscription, NotActive, NotPaused
from summaries.reasons import why
from summaries.subscriptions import Waiting, park, pause, resume, resume_due, unpark

if TYPE_CHECKING:
    from datetime import datetime

    from follow import Follower

PLACE = {"team_id": "T1", "channel_id": "C1"}


def pause_it(follower: Follower, subscription: Subscription, until: datetime | None = None) -> Subscription:
    return pause(follower.database, follower.clock, **PLACE, subscription_id=subscription.id, by="U2", until=until)


def resume_it(follower: Follower, subscription: Subscription, choice: CatchUp | None = None) -> Subscription | Waiting:
    return resume(follower.database, follower.clock, **PLACE, subscription_id=subscription.id, by="U3", choice=choice)


def park_it(follower: Follower, subscription: Subscription) -> bool:
    with follower.database.write() as work:
        return park(work, subscription.id, follower.clock, error_class="channel_gone", code="is_archived")


def posted(follower: Follower) -> str:
    follower.plan()
    follower.send_all()
    return "\n".join(follower.titles())


def test_a_pause_is_stored_with_who_when_and_until(follower: Follower) -> None:
    subscription = follower.subscribe()
    follower.clock.advance(hours=1)
    until = follower.clock.now() + timedelta(days=14)
    paused = pause_it(follower, subscription, until)
    assert paused == follower.get(subscription)
    assert (paused.state, paused.paused_until, paused.paused_since) == (
        SubscriptionState.PAUSED,
        until,
        MORNING + timedelta(hours=1),
    )
    assert (paused.changed_by, paused.changed_at, paused.position) == ("U2", follower.clock.now(), 0)


def test_a_pause_can_be_made_longer_and_began_when_it_began(follower: Follower) -> None:
    subscription = follower.subscribe()
    pause_it(follower, subscription, MORNING + timedelta(days=1))
    follower.clock.advance(hours=1)
    longer = pause_it(follower, subscription)
    assert (longer.paused_until, longer.paused_since) == (None, MORNING)


def test_a_paused_subscription_posts_nothing_but_what_was_written_before(follower: Follower) -> None:
    subscription = follower.owing(name="kent-1")
    pause_it(follower, subscription)
    follower.release("kent-2")
    told = posted(follower)
    assert "kent-1" in told
    assert "kent-2" not in told
    assert set(follower.states(subscription)) == {DeliveryState.SENT}


def test_resuming_asks_what_becomes_of_what_waits_and_changes_nothing(follower: Follower) -> None:
    subscription = follower.subscribe(what="Kent")
    paused = pause_it(follower, subscription)
    for name in ("kent-1", "kent-2", "kent-2"):
        follower.release(name, text=f"Revision at {follower.clock.now()}")
        follower.clock.advance(seconds=1)
    follower.release("essex-1", body="essex")
    assert resume_it(follower, subscription) == Waiting(paused, 2)
    assert follower.get(subscription) == paused


@pytest.mark.parametrize("choice", [CatchUp.POST, CatchUp.SUMMARISE])
def test_what_came_in_during_a_pause_is_posted_after_it(follower: Follower, choice: CatchUp) -> None:
    subscription = follower.subscribe()
    pause_it(follower, subscription)
    follower.release("kent-1")
    follower.clock.advance(days=3)
    assert posted(follower) == ""
    resumed = resume_it(follower, subscription, choice)
    assert resumed == follower.get(subscription)
    assert isinstance(resumed, Subscription)
    assert (resumed.state, resumed.catch_up, resumed.changed_by) == (SubscriptionState.ACTIVE, choice, "U3")
    assert (resumed.paused_since, resumed.paused_until) == (MORNING, None)
    assert "kent-1" in posted(follower)
    caught_up = follower.get(subscription)
    assert (caught_up.paused_since, caught_up.catch_up) == (None, None)


def test_what_came_in_during_a_pause_can_be_skipped(follower: Follower) -> None:
    subscription = follower.subscribe()
    pause_it(follower, subscription)
    follower.release("kent-1")
    resumed = resume_it(follower, subscription, CatchUp.SKIP)
    assert isinstance(resumed, Subscription)
    assert (resumed.position, resumed.catch_up, resumed.paused_since) == (1, None, None)
    follower.release("kent-2")
    told = posted(follower)
    assert "kent-2" in told
    assert "kent-1" not in told


def test_what_waited_before_a_pause_is_posted_though_what_came_in_during_it_is_skipped(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.release("kent-1")
    follower.release("kent-2", text="As it was.")
    pause_it(follower, subscription)
    follower.clock.advance(hours=1)
    follower.release("kent-2", text="As it is.")
    follower.release("kent-3")
    assert resume_it(follower, subscription) == Waiting(follower.get(subscription), count=1, before=2)
    resume_it(follower, subscription, CatchUp.SKIP)
    follower.release("kent-4")
    reasons = {number: why(follower.database, follower.clock, subscription=follower.get(subscription), number=number)
               for number in (1, 3)}  # fmt: skip
    assert [reasons[number].decisive.because for number in (1, 3)] == ["due", "skipped"]
    follower.clock.advance(days=1)
    told = posted(follower)
    assert [name for name in ("kent-1", "kent-2", "kent-3", "kent-4") if name in told] == ["kent-1", "kent-2", "kent-4"]
    late = why(follower.database, follower.clock, subscription=follower.get(subscription), number=3)
    assert late.decisive.because == "skipped"


def test_a_second_pause_does_not_forget_what_the_first_skipped(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    for name in ("kent-1", "kent-2", "kent-3", "kent-4"):
        if name in {"kent-2", "kent-4"}:
            pause_it(follower, subscription)
        follower.release(name)
        if name in {"kent-2", "kent-4"}:
            resume_it(follower, subscription, CatchUp.SKIP)
    follower.clock.advance(days=1)
    told = posted(follower)
    assert [name for name in ("kent-1", "kent-2", "kent-3", "kent-4") if name in told] == ["kent-1", "kent-3"]


def test_when_nothing_waits_it_is_taken_up_without_a_choice(follower: Follower) -> None:
    subscription = follower.subscribe(what="Kent")
    pause_it(follower, subscription)
    follower.release("essex-1", body="essex")
    resumed = resume_it(follower, subscription)
    assert isinstance(resumed, Subscription)
    assert (resumed.state, resumed.paused_since, resumed.catch_up) == (SubscriptionState.ACTIVE, None, None)


def test_periods_of_the_pause_are_not_made_up_for(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    pause_it(follower, subscription)
    follower.release("kent-1")
    follower.clock.advance(days=5)
    resume_it(follower, subscription, CatchUp.POST)
    assert posted(follower) == ""
    follower.clock.advance(days=1)
    assert "kent-1" in posted(follower)
    [window] = follower.windows(subscription)
    assert (window.period, window.coalesced) == ("2026-11-26/daily", 1)


def test_a_pause_whose_time_has_come_ends_by_itself_and_brings_what_waited(follower: Follower) -> None:
    subscription, other = follower.subscribe(), follower.subscribe("C2")
    pause_it(follower, subscription, MORNING + timedelta(days=14))
    pause(follower.database, follower.clock, team_id="T1", channel_id="C2", subscription_id=other.id, by="U2")
    follower.release("kent-1")
    follower.clock.advance(days=14, seconds=-1)
    assert resume_due(follower.database, follower.clock) == []
    follower.clock.advance(seconds=1)
    [resumed] = resume_due(follower.database, follower.clock)
    assert resumed == follower.get(subscription)
    assert (resumed.state, resumed.catch_up, resumed.changed_by) == (SubscriptionState.ACTIVE, CatchUp.POST, "hmic")
    assert resume_due(follower.database, follower.clock) == []
    assert follower.get(other).state is SubscriptionState.PAUSED
    assert "kent-1" in posted(follower)


def test_planning_ends_pauses(follower: Follower) -> None:
    subscription = follower.subscribe()
    pause_it(follower, subscription, MORNING + timedelta(days=1))
    follower.release("kent-1")
    follower.clock.advance(days=1)
    assert "kent-1" in posted(follower)
    assert follower.get(subscription).state is SubscriptionState.ACTIVE


def test_only_what_is_active_is_paused_and_only_what_is_paused_resumes(follower: Follower) -> None:
    subscription = follower.subscribe()
    with pytest.raises(NotPaused):
        resume_it(follower, subscription)
    with pytest.raises(BadSubscription, match="not to come any more"):
        pause_it(follower, subscription, MORNING)
    park_it(follower, subscription)
    with pytest.raises(NotActive):
        pause_it(follower, subscription)
    with pytest.raises(NotPaused):
        resume_it(follower, subscription, CatchUp.POST)
    follower.end(subscription)
    for act in (pause_it, resume_it):
        with pytest.raises(NoSuchSubscription):
            act(follower, subscription)
        with pytest.raises(NoSuchSubscription):
            act(follower, replace(subscription, id=404))


def test_one_that_is_paused_can_be_ended_and_its_pause_with_it(follower: Follower) -> None:
    subscription = follower.subscribe()
    pause_it(follower, subscription, MORNING + timedelta(days=1))
    follower.end(subscription)
    ended = follower.get(subscription)
    assert ended.state is SubscriptionState.ENDED
    follower.clock.advance(days=2)
    assert resume_due(follower.database, follower.clock) == []


def test_one_that_is_paused_while_its_channel_is_gone_is_parked_and_then_paused_again(follower: Follower) -> None:
    subscription = follower.subscribe()
    paused = pause_it(follower, subscription)
    assert park_it(follower, subscription)
    assert not park_it(follower, subscription)
    [back] = unpark(follower.database, follower.clock, **PLACE)
    assert (back.state, back.paused_since) == (SubscriptionState.PAUSED, paused.paused_since)


def test_one_that_is_to_catch_up_is_active_again_when_its_channel_is(follower: Follower) -> None:
    subscription = follower.subscribe()
    pause_it(follower, subscription)
    follower.release("kent-1")
    resume_it(follower, subscription, CatchUp.SUMMARISE)
    park_it(follower, subscription)
    [back] = unpark(follower.database, follower.clock, **PLACE)
    assert (back.state, back.catch_up) == (SubscriptionState.ACTIVE, CatchUp.SUMMARISE)


def test_what_was_written_before_a_pause_and_met_a_closed_channel_in_it_is_posted_when_that_is_open(
    follower: Follower,
) -> None:
    subscription = follower.owing(name="kent-1")
    pause_it(follower, subscription, MORNING + timedelta(days=1))
    follower.poster.gone.add("C1")
    follower.send_all()
    assert set(follower.states(subscription)) == {DeliveryState.PAUSED}
    follower.release("kent-2")
    follower.clock.advance(days=2)
    assert posted(follower) == ""
    follower.poster.gone.clear()
    [back] = unpark(follower.database, follower.clock, **PLACE)
    assert back.state is SubscriptionState.PAUSED
    assert posted(follower).split("\n") == ["1 new", "kent-1", "1 new", "kent-2"]
    assert follower.get(subscription).state is SubscriptionState.ACTIVE
    assert set(follower.states(subscription)) == {DeliveryState.SENT}
