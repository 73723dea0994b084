"""Once, whatever fails and whoever dies: the outbox on a real store, its workers stopped at every step."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from fakes import Crash, CrashAt, Slip
from follow import Follower, nothing, run_sql
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summaries.delivery import DeliveryState, Outcome, OutcomeKind
from summaries.outbox import LOST, STEPS
from summaries.store.tables import delivery

if TYPE_CHECKING:
    from summaries.store.database import Database

PENDING = DeliveryState.PENDING
SENDING = DeliveryState.SENDING
SENT = DeliveryState.SENT


@pytest.mark.parametrize("slip", [None, *Slip])
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_that_dies_at_any_step_leaves_exactly_one_message(
    follower: Follower, step: str, slip: Slip | None
) -> None:
    subscription = follower.owing()
    if slip:
        follower.poster.script.append(slip)
    crash = CrashAt(step)
    with suppress(Crash):
        follower.send_all(at=crash)
    follower.send_all()
    reachable = slip is not None or STEPS.index(step) <= STEPS.index("recorded")
    assert (crash.left == 0) == reachable
    assert follower.states(subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


@pytest.mark.parametrize("nth", range(2, 5))
@pytest.mark.parametrize("step", ["intent-committed", "before-post", "after-post", "before-record"])
def test_a_worker_that_dies_on_the_reply_neither_loses_nor_repeats_it(follower: Follower, step: str, nth: int) -> None:
    subscription = follower.owing()
    follower.owing("C2", name="kent-2")
    crash = CrashAt(step, nth=nth)
    with pytest.raises(Crash):
        follower.send_all(at=crash)
    follower.send_all()
    assert set(follower.states(subscription)) == {SENT}
    assert sorted(follower.titles("C1")) == ["1 new", "1 new", "kent-1", "kent-2"]
    assert follower.titles("C2") == ["1 new", "kent-2"]


def test_taking_an_expired_lease_for_not_sent_would_post_twice(follower: Follower, database_url: str) -> None:
    """The negative control: the same crash, recovered from the usual way, shows that these tests can fail."""
    follower.owing()
    with pytest.raises(Crash):
        follower.send(at=CrashAt("after-post"))
    follower.clock.advance(seconds=61)
    naive = sa.update(delivery).where(delivery.c.state == SENDING.value).values(state=PENDING.value, owner=None)
    run_sql(database_url, naive)
    follower.send_all()
    assert follower.titles() == ["1 new", "1 new", "kent-1"]


def test_believing_absence_before_slack_had_time_to_show_it_would_post_twice(follower: Follower) -> None:
    """The other negative control: a message seen later than the time to settle is the residual that is stated."""
    follower.settings = replace(follower.settings, settle_seconds=0)
    follower.poster.lag = timedelta(seconds=100)
    follower.owing()
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.send_all()
    assert follower.titles()[:2] == ["1 new", "1 new"]


def test_a_worker_asleep_between_intent_and_call_does_not_post(follower: Follower) -> None:
    subscription = follower.owing()
    report = follower.send(at=lambda step: follower.clock.advance(seconds=43) if step == "intent-committed" else None)
    assert follower.poster.calls == []
    assert report.handled[0].code == "lease_too_short"
    follower.send_all()
    assert follower.states(subscription) == [SENT, SENT]


def test_a_worker_that_is_slow_but_holds_its_lease_posts_under_a_new_one(follower: Follower) -> None:
    follower.owing()
    report = follower.send(at=lambda step: follower.clock.advance(seconds=50) if step == "claimed" else None)
    assert report.count("sent") == 1


def test_a_worker_that_died_in_a_call_is_settled_only_when_slack_had_time_to_show_its_message(
    follower: Follower,
) -> None:
    subscription = follower.owing()
    follower.poster.lag = timedelta(seconds=179)
    with pytest.raises(Crash):
        follower.send(at=CrashAt("after-post"))
    follower.clock.advance(seconds=60)
    follower.send_all()
    assert follower.states(subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


def test_a_worker_that_slept_through_its_lease_after_the_call_records_nothing(follower: Follower) -> None:
    subscription = follower.owing()

    def sleep(step: str) -> None:
        if step == "after-post":
            follower.clock.advance(seconds=61)
            follower.send("other")
            follower.clock.advance(seconds=120)
            follower.send("other")

    report = follower.send("sleeper", at=sleep)
    assert [handled.result for handled in report.handled] == [LOST]
    assert follower.states(subscription)[0] is SENT
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]


def test_a_worker_that_slept_before_the_intent_is_overtaken(follower: Follower) -> None:
    follower.owing()

    def sleep(step: str) -> None:
        if step == "claimed":
            follower.clock.advance(seconds=61)
            follower.send("other")

    report = follower.send("sleeper", at=sleep)
    assert [handled.result for handled in report.handled] == [LOST]
    assert follower.titles() == ["1 new"]


def test_a_worker_that_slept_while_settling_is_overtaken(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(Slip.NEVER_ARRIVED)
    follower.send()
    follower.clock.advance(seconds=135)

    def sleep(step: str) -> None:
        if step == "after-find":
            follower.clock.advance(seconds=61)
            follower.send_all()

    report = follower.send("sleeper", at=sleep)
    assert [handled.result for handled in report.handled] == [LOST]
    assert follower.states(subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


def test_an_adapter_that_raises_leaves_the_call_unknown(follower: Follower) -> None:
    follower.owing()

    def broken(step: str) -> None:
        if step == "after-post":
            raise RuntimeError("a mistake of ours")

    with pytest.raises(RuntimeError):
        follower.send(at=broken)
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]


def test_two_senders_at_once_post_everything_once(follower: Follower) -> None:
    follower.settings = replace(follower.settings, workspace_pace_seconds=0)
    subscriptions = [follower.subscribe(f"C{number}") for number in range(6)]
    follower.release("kent-1")
    follower.plan()
    barrier = Barrier(3)

    def send(owner: str) -> None:
        barrier.wait(timeout=30)
        while follower.send(owner, limit=2).handled:
            pass

    for _ in range(2):  # the parents, and a second later the replies
        with ThreadPoolExecutor(3) as threads:
            for future in [threads.submit(send, f"w{number}") for number in range(3)]:
                future.result()
        follower.clock.advance(seconds=1)
    assert len(follower.poster.messages) == 12
    assert set(follower.poster.copies().values()) == {1}
    for subscription in subscriptions:
        assert follower.states(subscription) == [SENT, SENT]


def test_two_senders_at_once_keep_to_the_pace_of_a_channel(follower: Follower) -> None:
    for name in ("kent-1", "kent-2", "kent-3", "kent-4"):
        follower.owing(name=name)
    barrier = Barrier(4)

    def send(owner: str) -> int:
        barrier.wait(timeout=30)
        return follower.send(owner, limit=1).count("sent")

    with ThreadPoolExecutor(4) as threads:
        posted = sum(future.result() for future in [threads.submit(send, f"w{number}") for number in range(4)])
    assert posted == len(follower.poster.calls) == 1


slips = st.sampled_from(
    [
        None,
        None,
        Slip.LOST_REPLY,
        Slip.NEVER_ARRIVED,
        Outcome(OutcomeKind.NOT_SENT, retry_after=7),
        Outcome(OutcomeKind.NOT_SENT),
        Outcome(OutcomeKind.SLOW_RETRY),
    ]
)
turns = st.lists(
    st.tuples(
        st.sampled_from(["release", "send", "send"]),
        slips,
        st.none() | st.sampled_from(STEPS),
        st.integers(0, 200),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=turns, lag=st.integers(0, 119))
def test_whatever_fails_and_whoever_dies_each_release_is_seen_once(
    database: Database, turns: list[tuple[str, Slip | Outcome | None, str | None, int]], lag: int
) -> None:
    follower = Follower(database)
    follower.poster.lag = timedelta(seconds=lag)
    with database.read() as work:
        before = work.releases.count()
    channel_id = f"C{before}-{len(turns)}"
    subscription = follower.subscribe(channel_id)
    names: list[str] = []
    for turn, slip, step, seconds in turns:
        if turn == "release":
            names.append(f"kent-{before + len(names)}")
            follower.release(names[-1])
            follower.plan()
        elif slip:
            follower.poster.script.append(slip)
        with suppress(Crash):
            follower.send(at=CrashAt(step) if step else nothing)
        assert max(follower.poster.copies().values(), default=0) <= 1
        follower.clock.advance(seconds=seconds)
    follower.send_all()
    assert set(follower.poster.copies().values()) <= {1}
    assert set(follower.states(subscription)) <= {SENT}
    assert sorted(text for text in follower.titles(channel_id) if text != "1 new") == sorted(names)
    follower.end(subscription)
