"""How often Slack is called: a channel's second, a workspace's share, and no work done in vain."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from fakes import Crash, CrashAt, make_delivery

from summaries.delivery import Outcome, OutcomeKind, Sighting, Window
from summaries.errors import StoreUnavailable
from summaries.outbox import DEFERRED
from summaries.throttle_keys import channel_key, finding_key, posting_key

if TYPE_CHECKING:
    from follow import Follower

    from summaries.delivery import Delivery

SECOND = timedelta(seconds=1)


def owe(follower: Follower, places: list[tuple[str, str]], *, after: int = 0) -> list[Delivery]:
    """A message for each (workspace, channel), all due now: of windows of their own (with sequences `after` some), so
    that none waits for another."""
    subscription, now = follower.subscribe(f"C0-{after}"), follower.clock.now()
    owed = []
    with follower.database.write() as work:
        for seq, (team_id, channel_id) in enumerate(places):
            window = Window(0, subscription.id, f"now/{seq:06}", seq, seq + 1, now, now, 1, now)
            opened = work.windows.open(window, [])
            assert opened is not None
            made = make_delivery(window_id=opened.id, at=now, channel_id=channel_id)
            owed.append(replace(made, team_id=team_id))
            work.deliveries.add(owed[-1])
    return owed


def later(follower: Follower, places: list[tuple[str, str]]) -> list[Delivery]:
    """As `owe`, a second later."""
    follower.clock.advance(seconds=1)
    return owe(follower, places, after=1000)


def send_all(follower: Follower) -> Counter[str]:
    """Rounds until nothing is due; delivery id → how often it was claimed."""
    claimed: Counter[str] = Counter()
    for _ in range(2000):
        claimed.update(handled.delivery_id for handled in follower.send("w").handled)
        with follower.database.read() as work:
            due = work.deliveries.next_due()
        if due is None:
            return claimed
        follower.clock.advance(seconds=max(0.0, (due - follower.clock.now()).total_seconds()))
    raise AssertionError("deliveries did not come to rest")


def test_many_messages_of_one_channel_are_claimed_once_each_and_no_round_is_in_vain(follower: Follower) -> None:
    owed = owe(follower, [("T1", "C1")] * 200)
    assert send_all(follower) == Counter(delivery.id for delivery in owed)
    times = sorted(at for _, at in follower.poster.calls)
    assert all(later - earlier == SECOND for earlier, later in pairwise(times))


def test_many_channels_of_one_workspace_are_claimed_once_each_at_its_pace(follower: Follower) -> None:
    owed = owe(follower, [("T1", f"C{number}") for number in range(200)])
    assert send_all(follower) == Counter(delivery.id for delivery in owed)
    times = sorted(at for _, at in follower.poster.calls)
    assert all(later - earlier == SECOND / 5 for earlier, later in pairwise(times))


def test_a_busy_channel_keeps_no_other_workspace_waiting(follower: Follower) -> None:
    owe(follower, [*[("T1", "C1")] * 30, ("T2", "C1"), ("T3", "C1")])
    handled = [*follower.send("w").handled, *follower.send("w").handled]
    assert len(handled) == 3
    assert len(follower.poster.messages) == 3


def test_a_workspace_that_owes_ever_so_much_keeps_no_other_waiting(follower: Follower) -> None:
    much, little = owe(follower, [("T1", "C1")] * 40), later(follower, [("T2", "C1"), ("T3", "C1")])
    claimed = {each.delivery_id for each in follower.send("w", limit=3).handled}
    assert claimed - {delivery.id for delivery in much} == {delivery.id for delivery in little}
    assert len(claimed) == 3


def test_what_a_worker_had_claimed_when_it_died_is_due_when_its_workspace_is_free(follower: Follower) -> None:
    owe(follower, [("T1", "C1")])
    with pytest.raises(Crash):
        follower.send("w", at=CrashAt("claimed"))
    with follower.database.write() as work:
        work.throttles.hold(posting_key("T1"), follower.clock.now() + timedelta(minutes=10))
        assert work.deliveries.next_due() == follower.clock.now() + timedelta(minutes=10)
    follower.clock.advance(minutes=9)  # the lease is over
    assert follower.send("w").handled == ()
    with follower.database.read() as work:
        assert work.deliveries.next_due() == follower.clock.now() + timedelta(minutes=1)
    follower.clock.advance(minutes=1)
    assert follower.send("w").count("sent") == 1


def test_what_a_clock_that_was_ahead_held_holds_nothing(follower: Follower) -> None:
    owe(follower, [("T1", "C1")] * 2)
    with follower.database.write() as work:
        for key in (posting_key("T1"), channel_key("T1", "C1"), finding_key("T1")):
            work.throttles.hold(key, follower.clock.now() + timedelta(days=365))
    busy = Sighting(found=False, readable=False, code="ratelimited", retry_after=60, searched_to="5.0")
    follower.poster.script.append(Outcome(OutcomeKind.AMBIGUOUS))
    follower.poster.sightings.append(busy)
    assert follower.send("w").count("ambiguous") == 1
    follower.clock.advance(seconds=600)
    assert len(follower.send("w").handled) == 2
    assert len(follower.poster.messages) == len(follower.poster.searches) == 1
    assert follower.send("w").handled == ()
    follower.clock.advance(seconds=60)
    follower.send("w")
    assert len(follower.poster.searches) == 2


def test_a_channel_is_its_own_for_a_second_from_the_end_of_a_slow_call(follower: Follower) -> None:
    owe(follower, [("T1", "C1")] * 2)
    second = []

    def slow(step: str) -> None:
        if step == "after-post":
            follower.clock.advance(seconds=9)
            second.append(follower.send("other").handled)

    follower.send("w", at=slow)
    assert second == [()]
    ended = follower.clock.now()
    send_all(follower)
    assert follower.poster.calls[-1][1] == ended + SECOND


def test_what_is_held_is_due_when_its_throttle_ends_and_not_before(follower: Follower) -> None:
    owe(follower, [("T1", "C1")] * 2)
    follower.poster.script.append(Outcome(OutcomeKind.NOT_SENT, code="ratelimited", retry_after=30))
    follower.send("w")
    with follower.database.read() as work:
        assert work.deliveries.next_due() == follower.clock.now() + timedelta(seconds=30)
    assert follower.send("w").handled == ()


def test_two_workers_that_claimed_in_one_workspace_take_turns(follower: Follower) -> None:
    owe(follower, [("T1", "C1"), ("T1", "C2")])
    results = []

    def other(step: str) -> None:
        if step == "claimed" and not results:
            results.append("")
            results.extend(handled.result for handled in follower.send("other").handled)

    mine = [handled.result for handled in follower.send("w", at=other).handled]
    assert (results[1:], mine) == (["sent"], [DEFERRED])
    send_all(follower)
    assert len(follower.poster.messages) == 2


def test_what_was_claimed_is_sent_at_the_same_time(follower: Follower) -> None:
    owe(follower, [(f"T{number}", "C1") for number in range(4)])
    together = Barrier(4)

    def meet(step: str) -> None:
        if step == "before-post":
            together.wait(timeout=30)  # broken, and with it the test, unless all four come

    assert follower.send("w", at_once=4, at=meet).count("sent") == 4


@pytest.mark.parametrize("at_once", [1, 4])
@pytest.mark.parametrize("problem", [RuntimeError("a mistake"), StoreUnavailable("gone")])
def test_what_fails_with_one_keeps_no_other_from_being_sent_and_is_told(
    follower: Follower, at_once: int, problem: Exception
) -> None:
    owe(follower, [(f"T{number}", "C1") for number in range(4)])
    failing = [problem]

    def fail(step: str) -> None:
        if step == "before-post" and failing:
            raise failing.pop()

    with pytest.raises(type(problem)):
        follower.send("w", at_once=at_once, at=fail)
    assert len(follower.poster.messages) == 3
    with follower.database.read() as work:
        assert work.deliveries.counts() == {"sent": 3, "sending": 1}
    follower.send_all()
    assert len(follower.poster.messages) == 4


@pytest.mark.parametrize(
    ("problems", "told"),
    [
        ([RuntimeError("one"), RuntimeError("two")], ExceptionGroup),
        ([RuntimeError("one"), StoreUnavailable("gone"), RuntimeError("two")], StoreUnavailable),
    ],
)
def test_of_several_that_fail_all_are_told_or_that_the_store_is_gone(
    follower: Follower, problems: list[Exception], told: type[Exception]
) -> None:
    owe(follower, [(f"T{number}", "C1") for number in range(4)])
    left = list(problems)

    def fail(step: str) -> None:
        if step == "before-post" and left:
            raise left.pop()

    with pytest.raises(told):
        follower.send("w", at=fail)
    assert left == []
