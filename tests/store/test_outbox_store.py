"""The outbox on a real store: what each outcome leads to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from fakes import Slip
from follow import Follower, run_sql

from summaries.delivery import DeliveryState, Outcome, OutcomeKind, Sighting, SubscriptionState
from summaries.outbox import STEPS
from summaries.store.tables import delivery_attempt
from summaries.subscriptions import revive_workspaces, unpark

PENDING = DeliveryState.PENDING
SENDING = DeliveryState.SENDING
SENT = DeliveryState.SENT
PAUSED = DeliveryState.PAUSED
DEAD = DeliveryState.DEAD
NEEDS_REVIEW = DeliveryState.NEEDS_REVIEW


def logged(url: str) -> list[str]:
    return sorted(str(outcome) for (outcome,) in run_sql(url, sa.select(delivery_attempt.c.outcome)))


def test_a_digest_is_posted_parent_first_and_the_rest_in_its_thread(follower: Follower, database_url: str) -> None:
    subscription = follower.owing()
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
    subscription = follower.owing()
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
    follower.owing()
    follower.poster.script.append(Slip.LOST_REPLY)
    steps: list[str] = []
    follower.send_all(at=steps.append)
    posting = list(STEPS[: STEPS.index("recorded") + 1])
    settling = ["claimed", *STEPS[STEPS.index("before-find") :]]
    assert steps == [*posting, *settling, *posting]


def test_a_lost_reply_is_settled_by_reading_back_however_late_slack_shows_it(
    follower: Follower, database_url: str
) -> None:
    follower.poster.lag = timedelta(seconds=119)
    subscription = follower.owing()
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
    follower.owing()
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]


def test_a_message_that_never_arrived_is_posted_again_only_after_it_was_looked_for(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(Slip.NEVER_ARRIVED)
    follower.send()
    assert follower.titles() == []
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]
    assert follower.deliveries(subscription)[0].attempt == 2
    assert len(follower.poster.searches) == 1


def test_what_cannot_be_read_back_is_left_to_a_person(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.poster.sightings.append(Sighting(found=False, readable=False, code="missing_scope"))
    follower.send_all()
    follower.clock.advance(hours=100)
    follower.send_all()
    assert follower.titles() == ["1 new"]
    assert follower.states(subscription)[0] is NEEDS_REVIEW


def test_reading_back_waits_when_slack_asks_for_it(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(Slip.LOST_REPLY)
    busy = Sighting(found=False, readable=False, code="ratelimited", retry_after=60)
    follower.poster.sightings.append(busy)
    follower.send()
    follower.clock.advance(seconds=135)
    assert follower.send().count("ambiguous") == 1
    follower.clock.advance(seconds=59)
    assert follower.send().handled == ()
    follower.send_all()
    assert follower.states(subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


def test_a_workspace_told_to_read_less_often_reads_nothing_else_meanwhile(follower: Follower) -> None:
    subscriptions = [follower.subscribe(channel_id) for channel_id in ("C1", "C2")]
    follower.release("kent-1")
    follower.plan()
    follower.poster.script.extend([Slip.LOST_REPLY, Slip.LOST_REPLY])
    follower.poster.sightings.append(Sighting(found=False, readable=False, code="ratelimited", retry_after=60))
    follower.send()
    follower.clock.advance(seconds=1)
    follower.send()
    follower.clock.advance(seconds=135)
    assert [handled.result for handled in follower.send().handled] == ["ambiguous"]
    assert follower.send().handled == ()
    assert len(follower.poster.searches) == 1
    follower.send_all()
    assert [follower.states(subscription) for subscription in subscriptions] == [[SENT, SENT], [SENT, SENT]]
    assert set(follower.poster.copies().values()) == {1}


def test_what_slack_refused_for_now_is_posted_later(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(Outcome(OutcomeKind.NOT_SENT, code="ConnectError"))
    assert follower.send().count("pending") == 1
    first = follower.deliveries(subscription)[0]
    assert (first.state, first.error_class, first.error_code) == (PENDING, "not_sent", "ConnectError")
    assert first.next_at == follower.clock.now() + timedelta(seconds=2)
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]
    assert follower.poster.searches == []


def test_retry_after_holds_the_whole_workspace(follower: Follower) -> None:
    follower.owing("C1")
    follower.poster.script.append(Outcome(OutcomeKind.NOT_SENT, code="ratelimited", http_status=429, retry_after=30))
    follower.send()
    follower.owing("C2", name="kent-2")
    assert follower.send().handled == ()
    follower.clock.advance(seconds=29)
    assert follower.send().handled == ()
    follower.clock.advance(seconds=1)
    assert follower.send().count("sent") == 1
    follower.send_all()
    assert set(follower.poster.copies().values()) == {1}


def test_a_channel_gets_one_message_a_second(follower: Follower) -> None:
    for name in ("kent-1", "kent-2", "kent-3"):
        follower.owing(name=name)
    follower.send_all()
    times = sorted(at for _, at in follower.poster.calls)
    assert len(times) == 6
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in pairwise(times))


def test_content_slack_refuses_is_dead_with_its_reason_and_its_replies_too(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(Outcome(OutcomeKind.BAD_CONTENT, code="invalid_blocks"))
    follower.send_all()
    parent, reply = follower.deliveries(subscription)
    assert (parent.state, parent.error_class, parent.error_code) == (DEAD, "bad_content", "invalid_blocks")
    assert (reply.state, reply.error_class) == (DEAD, "parent_dead")


def test_a_channel_that_is_gone_parks_its_subscription_and_resumes_where_it_stopped(follower: Follower) -> None:
    subscription, elsewhere = follower.owing(), follower.subscribe("C2")
    follower.send()
    follower.clock.advance(seconds=1)
    follower.poster.gone.add("C1")
    follower.send_all()
    assert follower.states(subscription) == [SENT, PAUSED]
    parked = follower.get(subscription)
    assert (parked.state, parked.reason) == (SubscriptionState.PARKED, "is_archived")
    assert follower.get(elsewhere).state is SubscriptionState.ACTIVE

    follower.poster.gone.clear()
    follower.clock.advance(hours=48)
    unpark(follower.database, follower.clock, team_id="T1", channel_id="C1")
    follower.send_all()
    assert follower.states(subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


def test_a_workspace_that_is_gone_parks_all_its_subscriptions(follower: Follower) -> None:
    subscriptions = [follower.subscribe(channel_id) for channel_id in ("C1", "C2")]
    follower.release("kent-1")
    follower.plan()
    follower.poster.script.append(Outcome(OutcomeKind.WORKSPACE_GONE, code="token_revoked"))
    follower.send(limit=1)
    for subscription in subscriptions:
        assert follower.get(subscription).state is SubscriptionState.PARKED
        assert set(follower.states(subscription)) == {PAUSED}
    unpark(follower.database, follower.clock, team_id="T1")
    follower.send_all()
    assert follower.titles("C1") == follower.titles("C2") == ["1 new", "kent-1"]


def test_a_workspace_tried_again_is_parked_again_when_slack_still_refuses_it(follower: Follower) -> None:
    subscriptions = [follower.subscribe(channel_id) for channel_id in ("C1", "C2")]
    follower.release("kent-1")
    follower.plan()
    for _ in range(3):
        calls = len(follower.poster.calls)
        follower.poster.script.append(Outcome(OutcomeKind.WORKSPACE_GONE, code="token_revoked"))
        revive_workspaces(follower.database, follower.clock)
        follower.send_all()
        assert len(follower.poster.calls) == calls + 1
        assert {follower.get(each).state for each in subscriptions} == {SubscriptionState.PARKED}
    revive_workspaces(follower.database, follower.clock)
    follower.send_all()
    assert follower.titles("C1") == follower.titles("C2") == ["1 new", "kent-1"]


@pytest.mark.parametrize(
    "outcome", [Outcome(OutcomeKind.NOT_SENT), Outcome(OutcomeKind.CHANNEL_GONE), Outcome(OutcomeKind.SLOW_RETRY)]
)
def test_a_subscription_that_ends_during_a_call_that_fails_is_not_posted_to_again(
    follower: Follower, outcome: Outcome
) -> None:
    subscription = follower.owing()
    follower.poster.script.append(outcome)
    follower.send(at=lambda step: follower.end(subscription) if step == "before-post" else None)
    follower.send_all()
    assert follower.titles() == []
    assert {(each.state, each.error_class) for each in follower.deliveries(subscription)} <= {
        (DEAD, "ended"),
        (DEAD, "parent_dead"),
    }


def test_a_digest_planned_before_days_without_a_worker_is_sent_once(follower: Follower) -> None:
    subscription = follower.owing()
    follower.clock.advance(days=3)
    follower.send_all()
    assert follower.states(subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


@pytest.mark.parametrize("came_to", [Outcome(OutcomeKind.NOT_SENT, code="ConnectError"), *Slip])
def test_a_digest_tried_once_before_days_without_a_worker_is_sent_once(
    follower: Follower, came_to: Outcome | Slip
) -> None:
    subscription = follower.owing()
    follower.poster.script.append(came_to)
    follower.send()
    follower.clock.advance(days=3)
    follower.send_all()
    assert follower.states(subscription) == [SENT, SENT]
    assert follower.titles() == ["1 new", "kent-1"]


def test_the_time_of_a_reply_begins_with_its_own_first_attempt(follower: Follower) -> None:
    subscription = follower.owing()
    follower.send()
    follower.clock.advance(days=3)
    began = follower.clock.now()
    follower.poster.script.extend([Outcome(OutcomeKind.NOT_SENT, code="ratelimited")] * 2)
    follower.send_all()
    assert follower.deliveries(subscription)[1].expires_at == began + timedelta(days=1)
    assert follower.titles() == ["1 new", "kent-1"]


def test_what_stays_refused_for_a_day_is_dead_with_its_reason(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.extend([Outcome(OutcomeKind.NOT_SENT, code="ratelimited")] * 200)
    follower.send_all()
    parent, reply = follower.deliveries(subscription)
    assert (parent.state, parent.error_class, parent.error_code) == (DEAD, "expired", "ratelimited")
    assert (reply.state, reply.error_class) == (DEAD, "parent_dead")
    assert follower.titles() == []
    tried_for = follower.poster.calls[-1][1] - follower.poster.calls[0][1]
    assert timedelta(hours=24) <= tried_for < timedelta(hours=24, minutes=16)


def test_a_call_that_never_leaves_a_message_is_not_made_for_ever(follower: Follower) -> None:
    subscription = follower.owing()
    follower.settings = replace(follower.settings, lifetime_seconds=600)
    follower.poster.script.extend([Slip.NEVER_ARRIVED] * 200)
    follower.send_all()
    assert [each.error_class for each in follower.deliveries(subscription)] == ["expired", "parent_dead"]
    assert follower.titles() == []


def test_what_joined_a_message_that_somebody_deleted_is_posted_on_its_own(follower: Follower) -> None:
    subscription = follower.subscribe()
    for name in ("kent-1", "kent-2"):
        follower.release(name, programme="PEEL")
        follower.plan()
        follower.send_all()
    gone = Outcome(OutcomeKind.MESSAGE_GONE, code="thread_not_found")
    follower.release("kent-3", programme="PEEL")
    follower.plan()
    follower.poster.script.extend([gone, gone])
    follower.send_all()
    edit, reply = sorted(follower.deliveries(subscription)[-2:], key=lambda delivery: delivery.kind)
    assert (edit.state, edit.error_class) == (DEAD, "message_gone")
    assert (reply.state, reply.parent_id) == (SENT, None)
    assert [(each.payload["text"], each.thread_ts) for each in follower.poster.messages[-1:]] == [("kent-3", None)]


def test_a_reply_to_a_message_of_its_own_digest_that_somebody_deleted_is_given_up(follower: Follower) -> None:
    subscription = follower.owing()
    follower.send()
    follower.poster.script.append(Outcome(OutcomeKind.MESSAGE_GONE, code="thread_not_found"))
    follower.send_all()
    assert follower.states(subscription) == [SENT, DEAD]
