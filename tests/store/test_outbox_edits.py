"""Messages that are changed after they were posted: an edit may come twice, and never an old one over a newer one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from fakes import Crash, CrashAt, Slip, make_delivery
from follow import Follower, run_sql

from summaries.delivery import Delivery, DeliveryKind, DeliveryState, Outcome, OutcomeKind, Subscription
from summaries.outbox import LOST, STEPS
from summaries.store.tables import delivery

SENT, DEAD, PENDING = DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.PENDING
POSTED = ["1 new", "kent-1"]
OVER = 60 + 120  # the lease of a call and the time to settle
REACHED = [step for step in STEPS if step not in {"before-find", "after-find"}]


def edit(follower: Follower, target: Delivery, text: str, *, part: int = 0) -> Delivery:
    """An edit of a message is owed from now on."""
    made = make_delivery(window_id=target.window_id, part=part, at=follower.clock.now(), channel_id=target.channel_id)
    owed = replace(made, kind=DeliveryKind.EDIT, target_id=target.id, payload={"text": text})
    with follower.database.write() as work:
        work.deliveries.add(owed)
    return owed


def posted(follower: Follower) -> Delivery:
    """A parent that was posted, and its reply."""
    subscription = follower.owing()
    follower.send_all()
    return follower.deliveries(subscription)[0]


def get(follower: Follower, wanted: Delivery) -> Delivery:
    with follower.database.read() as work:
        found = work.deliveries.get(wanted.id)
    assert found is not None
    return found


def subscription_of(follower: Follower) -> Subscription:
    with follower.database.read() as work:
        [subscription] = work.subscriptions.of_team("T1")
    return subscription


def test_an_edit_changes_the_message_that_was_posted_and_adds_none(follower: Follower) -> None:
    first = edit(follower, posted(follower), "corrected")
    follower.send_all()
    assert follower.titles() == ["corrected", "kent-1"]
    assert (get(follower, first).state, get(follower, first).attempt) == (SENT, 1)
    assert follower.poster.searches == []


def test_an_edit_waits_for_its_message(follower: Follower) -> None:
    subscription = follower.owing()
    first = edit(follower, follower.deliveries(subscription)[0], "corrected")
    follower.poster.script.append(Outcome(OutcomeKind.NOT_SENT, code="ConnectError"))
    follower.send()
    assert follower.send().handled == ()
    assert get(follower, first).attempt == 0
    follower.send_all()
    assert follower.titles() == ["corrected", "kent-1"]


def test_an_edit_of_a_message_that_will_never_be_is_dead(follower: Follower) -> None:
    subscription = follower.owing()
    first = edit(follower, follower.deliveries(subscription)[0], "corrected")
    follower.poster.script.append(Outcome(OutcomeKind.BAD_CONTENT, code="no_text"))
    follower.send_all()
    assert (get(follower, first).state, get(follower, first).error_class) == (DEAD, "target_dead")


def test_an_edit_waits_for_no_turn_of_its_channel(follower: Follower) -> None:
    first = edit(follower, posted(follower), "corrected")
    follower.owing(name="kent-2")
    assert [handled.delivery_id for handled in follower.send().handled] == [first.id]
    assert follower.titles() == ["corrected", "kent-1"]


def test_being_told_to_edit_less_often_holds_edits_and_no_posts(follower: Follower) -> None:
    first = edit(follower, posted(follower), "corrected")
    follower.poster.script.append(Outcome(OutcomeKind.NOT_SENT, code="ratelimited", retry_after=30))
    follower.send()
    follower.owing(name="kent-2")
    follower.clock.advance(seconds=1)
    assert follower.send().count("sent") == 1
    assert get(follower, first).state is PENDING
    follower.clock.advance(seconds=30)
    follower.send()
    assert get(follower, first).state is SENT


@pytest.mark.parametrize("slip", [None, *Slip])
@pytest.mark.parametrize("step", REACHED)
def test_a_worker_that_dies_at_any_step_of_an_edit_leaves_the_message_edited(
    follower: Follower, step: str, slip: Slip | None
) -> None:
    only = edit(follower, posted(follower), "corrected")
    if slip:
        follower.poster.script.append(slip)
    crash = CrashAt(step)
    with suppress(Crash):
        follower.send_all(at=crash)
    follower.send_all()
    assert (crash.left == 0) == (slip is not None or REACHED.index(step) <= REACHED.index("recorded"))
    assert follower.titles() == ["corrected", "kent-1"]
    assert get(follower, only).state is SENT


@pytest.mark.parametrize("slip", [None, *Slip])
@pytest.mark.parametrize("step", REACHED)
def test_whoever_dies_over_an_edit_the_newest_one_is_what_stays(
    follower: Follower, step: str, slip: Slip | None
) -> None:
    message = posted(follower)
    old = edit(follower, message, "first")
    if slip:
        follower.poster.script.append(slip)
    with suppress(Crash):
        follower.send_all(at=CrashAt(step))
    new = edit(follower, message, "second", part=1)
    follower.send_all()
    assert follower.titles() == ["second", "kent-1"]
    assert get(follower, new).state is SENT
    assert get(follower, old).state is SENT or get(follower, old).error_class == "superseded"


def test_a_newer_edit_supersedes_one_that_waits_even_from_a_worker_that_holds_it(follower: Follower) -> None:
    message = posted(follower)
    old = edit(follower, message, "first")
    newer = lambda step: edit(follower, message, "second", part=1) if step == "claimed" else None  # noqa: E731
    assert [handled.result for handled in follower.send(at=newer).handled] == [LOST]
    assert (get(follower, old).state, get(follower, old).error_class) == (DEAD, "superseded")
    follower.send_all()
    assert follower.titles()[0] == "second"


@pytest.mark.parametrize(
    "refused",
    [
        Outcome(OutcomeKind.NOT_SENT, code="ConnectError"),
        Outcome(OutcomeKind.SLOW_RETRY, code="accesslimited"),
        Outcome(OutcomeKind.CHANNEL_GONE, code="is_archived"),
    ],
)
def test_an_edit_refused_while_a_newer_one_came_is_not_made_again(follower: Follower, refused: Outcome) -> None:
    message = posted(follower)
    old = edit(follower, message, "first")
    follower.poster.script.append(refused)
    newer = lambda step: edit(follower, message, "second", part=1) if step == "after-post" else None  # noqa: E731
    follower.send(at=newer)
    assert (get(follower, old).state, get(follower, old).error_class) == (DEAD, "superseded")
    assert follower.titles()[0] == "1 new"


@pytest.mark.parametrize("dies", [False, True])
def test_a_call_that_arrives_late_cannot_undo_a_newer_edit(follower: Follower, dies: bool) -> None:
    """What became of the first call is unknown: it may be made as late as its lease and the time to settle allow."""
    message = posted(follower)
    old = edit(follower, message, "first")
    follower.poster.script.append(Slip.NEVER_ARRIVED)
    if dies:
        with pytest.raises(Crash):
            follower.send(at=CrashAt("after-post"))
    else:
        follower.send()
    new = edit(follower, message, "second", part=1)
    late = (60 if dies else 15) + 120
    for _ in range(late // 15):
        follower.send()
        assert get(follower, new).attempt == 0
        follower.clock.advance(seconds=15)
    follower.poster.apply(replace(get(follower, old), target_ts=message.slack_ts))
    follower.send_all()
    assert follower.titles()[0] == "second"
    assert (get(follower, old).state, get(follower, old).error_class) == (DEAD, "superseded")


def test_not_waiting_for_an_unknown_call_would_let_it_undo_a_newer_edit(follower: Follower, database_url: str) -> None:
    """The negative control: the old edit is taken for failed, the newer one is made, and then the old call arrives."""
    message = posted(follower)
    old = edit(follower, message, "first")
    follower.poster.script.append(Slip.NEVER_ARRIVED)
    follower.send()
    edit(follower, message, "second", part=1)
    run_sql(database_url, sa.update(delivery).where(delivery.c.id == old.id).values(state=DEAD.value))
    follower.send_all()
    follower.poster.apply(replace(get(follower, old), target_ts=message.slack_ts))
    assert follower.titles()[0] == "first"


def test_an_edit_of_a_message_somebody_deleted_is_dead_and_parks_nothing(follower: Follower) -> None:
    first = edit(follower, posted(follower), "corrected")
    follower.poster.messages.clear()
    follower.send_all()
    dead = get(follower, first)
    assert (dead.state, dead.error_class, dead.error_code) == (DEAD, "message_gone", "message_not_found")
    assert subscription_of(follower).reason is None


def test_an_edit_that_never_comes_through_is_given_up_after_a_day(follower: Follower) -> None:
    first = edit(follower, posted(follower), "corrected")
    follower.settings = replace(follower.settings, lifetime_seconds=600)
    follower.poster.script.extend([Slip.NEVER_ARRIVED] * 50)
    follower.send_all()
    assert (get(follower, first).state, get(follower, first).error_class) == (DEAD, "expired")


def test_a_person_cannot_bring_back_an_edit_that_a_later_one_has_overtaken(follower: Follower) -> None:
    message = posted(follower)
    old = edit(follower, message, "first")
    follower.poster.script.append(Outcome(OutcomeKind.MESSAGE_GONE, code="cant_update_message"))
    follower.send()
    dead = get(follower, old)
    again = replace(dead, state=PENDING, next_at=follower.clock.now(), expires_at=None)
    with follower.database.write() as work:
        assert work.deliveries.decide(again, by="U1", at=follower.clock.now(), outcome="retried", was=DEAD)
    follower.poster.script.append(Outcome(OutcomeKind.MESSAGE_GONE, code="cant_update_message"))
    follower.send_all()
    follower.clock.advance(seconds=1)
    edit(follower, message, "second", part=1)
    follower.send_all()
    with follower.database.write() as work:
        assert not work.deliveries.decide(again, by="U1", at=follower.clock.now(), outcome="retried", was=DEAD)
    follower.send_all()
    assert follower.titles()[0] == "second"


def test_a_reply_may_belong_to_a_message_of_another_window(follower: Follower) -> None:
    message = posted(follower)
    follower.owing(name="kent-2")
    [other] = [each for each in follower.deliveries(subscription_of(follower))[2:] if each.part == 0]
    reply = replace(make_delivery(window_id=other.window_id, part=2, at=follower.clock.now()), parent_id=message.id)
    with follower.database.write() as work:
        work.deliveries.add(reply)
    follower.send_all()
    assert follower.poster.messages[-1].delivery_id == reply.id
    assert follower.poster.messages[-1].thread_ts == message.slack_ts


def test_a_reply_to_a_message_whose_timestamp_nobody_knows_is_not_posted_into_the_channel(
    follower: Follower, database_url: str
) -> None:
    message = posted(follower)
    reply = replace(make_delivery(window_id=message.window_id, part=2, at=follower.clock.now()), parent_id=message.id)
    with follower.database.write() as work:
        work.deliveries.add(reply)
    run_sql(database_url, sa.update(delivery).where(delivery.c.id == message.id).values(slack_ts=None))
    follower.send_all()
    assert (get(follower, reply).state, get(follower, reply).error_class) == (DEAD, "no_timestamp")
    assert follower.titles() == POSTED


def test_an_edit_under_way_is_over_when_its_lease_and_the_time_to_settle_are(follower: Follower) -> None:
    message = posted(follower)
    edit(follower, message, "first")
    with pytest.raises(Crash):
        follower.send(at=CrashAt("before-post"))
    began = follower.clock.now()
    edit(follower, message, "second", part=1)
    follower.send_all()
    assert follower.titles()[0] == "second"
    assert follower.poster.calls[-1][1] == began + timedelta(seconds=OVER)
