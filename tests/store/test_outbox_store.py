"""The outbox on a real store: once, whatever goes wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from fakes import Crash, CrashAt, Slip
from follow import Follower, nothing, run_sql
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summaries.delivery import DeliveryState, Outcome, OutcomeKind, Sighting, SubscriptionState
from summaries.outbox import DEFERRED, LOST, STEPS
from summaries.store.tables import delivery, delivery_attempt
from summaries.subscriptions import end_subscription, unpark

if TYPE_CHECKING:
    from summaries.delivery import Subscription
    from summaries.store.database import Database

PENDING, SENDING, AMBIGUOUS = DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.AMBIGUOUS
SENT, PAUSED, DEAD, NEEDS_REVIEW = (
    DeliveryState.SENT,
    DeliveryState.PAUSED,
    DeliveryState.DEAD,
    DeliveryState.NEEDS_REVIEW,
)


@pytest.fixture
def follower(database: Database) -> Follower:
    return Follower(database)


def owing(follower: Follower, *, channel_id: str = "C1", name: str = "kent-1") -> Subscription:
    """A subscription that owes a parent and one reply."""
    subscription = follower.subscribe(channel_id)
    follower.release(name)
    follower.plan()
    return subscription


def states(follower: Follower, subscription: Subscription) -> list[DeliveryState]:
    return [delivery.state for delivery in follower.deliveries(subscription)]


def logged(url: str) -> list[str]:
    return sorted(str(outcome) for (outcome,) in run_sql(url, sa.select(delivery_attempt.c.outcome)))


def test_a_digest_is_posted_parent_first_and_the_rest_in_its_thread(follower: Follower, database_url: str) -> None:
    subscription = owing(follower)
    assert follower.send().count("sent") == 1
    follower.send_all()
    parent, reply = follower.poster.messages
    assert (parent.payload["text"], reply.payload["text"]) == ("1 new", "kent-1")
    assert (parent.thread_ts, reply.thread_ts) == (None, parent.ts)
    stored = follower.deliveries(subscription)
    assert [each.slack_ts for each in stored] == [parent.ts, reply.ts]
    assert [each.attempt for each in stored] == [1, 1]
    assert logged(database_url) == ["sent", "sent"]


def test_nothing_is_done_when_nothing_is_due(follower: Follower) -> None:
    steps: list[str] = []
    assert follower.send(at=steps.append).handled == ()
    assert steps == []


def test_the_intent_is_committed_before_the_call_and_no_transaction_is_open_during_it(follower: Follower) -> None:
    subscription = owing(follower)
    seen = []

    def look(step: str) -> None:
        if step == "before-post":
            seen.append(follower.deliveries(subscription)[0])
            with follower.database.write() as work:  # would wait in vain if the worker held a transaction
                work.throttles.hold("anything", follower.clock.now())

    follower.send("w1", at=look)
    [held] = seen
    assert (held.state, held.owner, held.attempt) == (SENDING, "w1", 1)
    assert held.attempt_started_at == follower.clock.now()


def test_every_step_is_told_in_its_order(follower: Follower) -> None:
    owing(follower)
    follower.poster.script.append(Slip.LOST_REPLY)
    steps: list[str] = []
    follower.send_all(at=steps.append)
    posting = list(STEPS[: STEPS.index("recorded") + 1])
    settling = ["claimed", *STEPS[STEPS.index("before-find") :]]
    assert steps == [*posting, *settling, *posting]


@pytest.mark.parametrize("slip", [None, *Slip])
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_that_dies_at_any_step_leaves_exactly_one_message(
    follower: Follower, step: str, slip: Slip | None
) -> None:
    subscription = owing(follower)
    if slip:
        follower.poster.script.append(slip)
    crash = CrashAt(step)
    with suppress(Crash):
        follower.send_all(at=crash)
    follower.send_all()
    reachable = slip is not None or STEPS.index(step) <= STEPS.index("recorded")
    assert (crash.left == 0) == reachable
    assert states(follower, subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


@pytest.mark.parametrize("nth", range(2, 5))
@pytest.mark.parametrize("step", ["intent-committed", "before-post", "after-post", "before-record"])
def test_a_worker_that_dies_on_the_reply_neither_loses_nor_repeats_it(follower: Follower, step: str, nth: int) -> None:
    subscription = owing(follower)
    owing(follower, channel_id="C2", name="kent-2")
    crash = CrashAt(step, nth=nth)
    with pytest.raises(Crash):
        follower.send_all(at=crash)
    follower.send_all()
    assert set(states(follower, subscription)) == {SENT}
    assert sorted(follower.titles("C1")) == ["1 new", "1 new", "kent-1", "kent-2"]
    assert follower.titles("C2") == ["1 new", "kent-2"]


def test_taking_an_expired_lease_for_not_sent_would_post_twice(follower: Follower, database_url: str) -> None:
    """The negative control: the same crash, recovered from the usual way, shows that these tests can fail."""
    owing(follower)
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
    owing(follower)
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.send_all()
    assert follower.titles()[:2] == ["1 new", "1 new"]


def test_a_lost_reply_is_settled_by_reading_back_however_late_slack_shows_it(
    follower: Follower, database_url: str
) -> None:
    follower.poster.lag = timedelta(seconds=119)
    subscription = owing(follower)
    follower.poster.script.append(Slip.LOST_REPLY)
    assert follower.send().count("ambiguous") == 1
    follower.clock.advance(seconds=134)
    assert follower.send().handled == ()
    follower.clock.advance(seconds=1)
    assert follower.send().count("sent") == 1
    first = follower.deliveries(subscription)[0]
    assert (first.slack_ts, first.attempt) == (follower.poster.messages[0].ts, 1)
    assert logged(database_url) == ["ambiguous", "found"]


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_message_is_found_though_slack_stamps_it_by_another_clock(follower: Follower, minutes: int) -> None:
    follower.poster.skew = timedelta(minutes=minutes)
    owing(follower)
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]


def test_a_message_that_never_arrived_is_posted_again_only_after_it_was_looked_for(follower: Follower) -> None:
    subscription = owing(follower)
    follower.poster.script.append(Slip.NEVER_ARRIVED)
    follower.send()
    assert follower.titles() == []
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]
    assert follower.deliveries(subscription)[0].attempt == 2
    assert len(follower.poster.searches) == 1


def test_what_cannot_be_read_back_is_left_to_a_person(follower: Follower) -> None:
    subscription = owing(follower)
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.poster.sightings.append(Sighting(found=False, readable=False, code="missing_scope"))
    follower.send_all()
    follower.clock.advance(hours=100)
    follower.send_all()
    assert follower.titles() == ["1 new"]
    assert states(follower, subscription)[0] is NEEDS_REVIEW


def test_reading_back_waits_when_slack_asks_for_it(follower: Follower) -> None:
    subscription = owing(follower)
    follower.poster.script.append(Slip.LOST_REPLY)
    busy = Sighting(found=False, readable=False, code="ratelimited", retry_after=60)
    follower.poster.sightings.append(busy)
    follower.send()
    follower.clock.advance(seconds=135)
    assert follower.send().count("ambiguous") == 1
    follower.clock.advance(seconds=59)
    assert follower.send().handled == ()
    follower.send_all()
    assert states(follower, subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


def test_a_workspace_told_to_read_less_often_reads_nothing_else_meanwhile(follower: Follower) -> None:
    owing(follower, channel_id="C1")
    other = follower.subscribe("C2")
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.poster.sightings.append(Sighting(found=False, readable=False, retry_after=60))
    follower.send()
    follower.release("kent-2")
    follower.plan()
    follower.poster.script.extend([Slip.LOST_REPLY, Slip.LOST_REPLY])
    follower.clock.advance(seconds=100)
    follower.send()
    follower.clock.advance(seconds=35)
    follower.send()
    searched = len(follower.poster.searches)
    follower.clock.advance(seconds=59)
    follower.send()
    assert len(follower.poster.searches) == searched
    follower.send_all()
    assert states(follower, other) == [SENT, SENT]
    assert max(follower.poster.copies().values()) == 1


def test_what_slack_refused_for_now_is_posted_later(follower: Follower) -> None:
    subscription = owing(follower)
    follower.poster.script.append(Outcome(OutcomeKind.NOT_SENT, code="ConnectError"))
    assert follower.send().count("pending") == 1
    first = follower.deliveries(subscription)[0]
    assert (first.state, first.error_class, first.error_code) == (PENDING, "not_sent", "ConnectError")
    assert first.next_at == follower.clock.now() + timedelta(seconds=2)
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]
    assert follower.poster.searches == []


def test_retry_after_holds_the_whole_workspace(follower: Follower) -> None:
    owing(follower, channel_id="C1")
    follower.poster.script.append(Outcome(OutcomeKind.NOT_SENT, code="ratelimited", http_status=429, retry_after=30))
    follower.send()
    owing(follower, channel_id="C2", name="kent-2")
    assert {handled.result for handled in follower.send().handled} == {DEFERRED}
    follower.clock.advance(seconds=29)
    assert follower.send().handled == ()
    follower.clock.advance(seconds=1)
    assert follower.send().count("sent") == 2
    follower.send_all()
    assert set(follower.poster.copies().values()) == {1}


def test_a_channel_gets_one_message_a_second(follower: Follower) -> None:
    for name in ("kent-1", "kent-2", "kent-3"):
        owing(follower, name=name)
    follower.send_all()
    times = sorted(at for _, at in follower.poster.calls)
    assert len(times) == 6
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in pairwise(times))


def test_content_slack_refuses_is_dead_with_its_reason_and_its_replies_too(follower: Follower) -> None:
    subscription = owing(follower)
    follower.poster.script.append(Outcome(OutcomeKind.BAD_CONTENT, code="invalid_blocks"))
    follower.send_all()
    parent, reply = follower.deliveries(subscription)
    assert (parent.state, parent.error_class, parent.error_code) == (DEAD, "bad_content", "invalid_blocks")
    assert (reply.state, reply.error_class) == (DEAD, "parent_dead")


def test_a_channel_that_is_gone_parks_its_subscription_and_resumes_where_it_stopped(follower: Follower) -> None:
    subscription, elsewhere = owing(follower), follower.subscribe("C2")
    follower.send()
    follower.clock.advance(seconds=1)
    follower.poster.gone.add("C1")
    follower.send_all()
    assert states(follower, subscription) == [SENT, PAUSED]
    parked = follower.get(subscription)
    assert (parked.state, parked.reason) == (SubscriptionState.PARKED, "is_archived")
    assert follower.get(elsewhere).state is SubscriptionState.ACTIVE

    follower.poster.gone.clear()
    follower.clock.advance(hours=48)
    unpark(follower.database, follower.clock, team_id="T1", channel_id="C1")
    follower.send_all()
    assert states(follower, subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


def test_a_workspace_that_is_gone_parks_all_its_subscriptions(follower: Follower) -> None:
    subscriptions = [follower.subscribe(channel_id) for channel_id in ("C1", "C2")]
    follower.release("kent-1")
    follower.plan()
    follower.poster.script.append(Outcome(OutcomeKind.WORKSPACE_GONE, code="token_revoked"))
    follower.send(limit=1)
    for subscription in subscriptions:
        assert follower.get(subscription).state is SubscriptionState.PARKED
        assert set(states(follower, subscription)) == {PAUSED}
    unpark(follower.database, follower.clock, team_id="T1")
    follower.send_all()
    assert follower.titles("C1") == follower.titles("C2") == ["1 new", "kent-1"]


def end(follower: Follower, subscription: Subscription) -> None:
    end_subscription(
        follower.database,
        follower.clock,
        team_id="T1",
        channel_id=subscription.channel_id,
        subscription_id=subscription.id,
        by="U1",
        reason="enough",
    )


@pytest.mark.parametrize(
    "outcome", [Outcome(OutcomeKind.NOT_SENT), Outcome(OutcomeKind.CHANNEL_GONE), Outcome(OutcomeKind.SLOW_RETRY)]
)
def test_a_subscription_that_ends_during_a_call_that_fails_is_not_posted_to_again(
    follower: Follower, outcome: Outcome
) -> None:
    subscription = owing(follower)
    follower.poster.script.append(outcome)
    follower.send(at=lambda step: end(follower, subscription) if step == "before-post" else None)
    follower.send_all()
    assert follower.titles() == []
    assert {(each.state, each.error_class) for each in follower.deliveries(subscription)} <= {
        (DEAD, "ended"),
        (DEAD, "parent_dead"),
    }


def test_a_worker_asleep_between_intent_and_call_does_not_post(follower: Follower) -> None:
    subscription = owing(follower)
    report = follower.send(at=lambda step: follower.clock.advance(seconds=43) if step == "intent-committed" else None)
    assert follower.poster.calls == []
    assert report.handled[0].code == "lease_too_short"
    follower.send_all()
    assert states(follower, subscription) == [SENT, SENT]


def test_a_worker_that_slept_through_its_lease_after_the_call_records_nothing(follower: Follower) -> None:
    subscription = owing(follower)

    def sleep(step: str) -> None:
        if step == "after-post":
            follower.clock.advance(seconds=61)
            follower.send("other")
            follower.clock.advance(seconds=120)
            follower.send("other")

    report = follower.send("sleeper", at=sleep)
    assert [handled.result for handled in report.handled] == [LOST]
    assert states(follower, subscription)[0] is SENT
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]


def test_a_worker_that_slept_before_the_intent_is_overtaken(follower: Follower) -> None:
    owing(follower)

    def sleep(step: str) -> None:
        if step == "claimed":
            follower.clock.advance(seconds=61)
            follower.send("other")

    report = follower.send("sleeper", at=sleep)
    assert [handled.result for handled in report.handled] == [LOST]
    assert follower.titles() == ["1 new"]


def test_a_worker_that_slept_while_settling_is_overtaken(follower: Follower) -> None:
    subscription = owing(follower)
    follower.poster.script.append(Slip.NEVER_ARRIVED)
    follower.send()
    follower.clock.advance(seconds=135)

    def sleep(step: str) -> None:
        if step == "after-find":
            follower.clock.advance(seconds=61)
            follower.send_all()

    report = follower.send("sleeper", at=sleep)
    assert [handled.result for handled in report.handled] == [LOST]
    assert states(follower, subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


def test_what_stays_refused_for_a_day_is_dead_with_its_reason(follower: Follower) -> None:
    subscription = owing(follower)
    follower.poster.script.extend([Outcome(OutcomeKind.NOT_SENT, code="ratelimited")] * 200)
    follower.send_all()
    parent, reply = follower.deliveries(subscription)
    assert (parent.state, parent.error_class, parent.error_code) == (DEAD, "expired", "ratelimited")
    assert reply.state is DEAD
    assert follower.titles() == []


def test_an_adapter_that_raises_leaves_the_call_unknown(follower: Follower) -> None:
    owing(follower)

    def broken(step: str) -> None:
        if step == "after-post":
            raise RuntimeError("a mistake of ours")

    with pytest.raises(RuntimeError):
        follower.send(at=broken)
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]


def test_two_senders_at_once_post_everything_once(follower: Follower) -> None:
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
        assert states(follower, subscription) == [SENT, SENT]


def test_two_senders_at_once_keep_to_the_pace_of_a_channel(follower: Follower) -> None:
    for name in ("kent-1", "kent-2", "kent-3", "kent-4"):
        owing(follower, name=name)
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


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    assert set(states(follower, subscription)) <= {SENT}
    assert sorted(text for text in follower.titles(channel_id) if text != "1 new") == sorted(names)
    end(follower, subscription)
