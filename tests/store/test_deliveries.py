from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from fakes import make_delivery
from follow import Follower, run_sql

from summaries.delivery import Delivery, DeliveryState, Outcome, OutcomeKind, Sighting, Subscription, Window
from summaries.store.tables import delivery_attempt

if TYPE_CHECKING:
    from collections.abc import Sequence


LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=120)


def owe(
    follower: Follower, *, parts: int = 1, channel_id: str = "C1", team_id: str = "T1"
) -> tuple[Subscription, list[Delivery]]:
    """A subscription whose first window owes this many parts, all but the first in its thread."""
    subscription, now = follower.subscribe(channel_id), follower.clock.now()
    with follower.database.write() as work:
        opened = work.windows.open(Window(0, subscription.id, "now/000001", 0, 1, now, now, 1, now), [])
        assert opened is not None
        owed = [make_delivery(window_id=opened.id, part=part, at=now, channel_id=channel_id) for part in range(parts)]
        owed = [replace(each, team_id=team_id, parent_id=owed[0].id if each.part else None) for each in owed]
        for delivery in owed:
            work.deliveries.add(delivery)
    return subscription, owed


def claim(follower: Follower, owner: str = "w1", *, limit: int = 20) -> Sequence[Delivery]:
    now = follower.clock.now()
    with follower.database.write() as work:
        return work.deliveries.claim(owner=owner, now=now, lease_until=now + LEASE, settle_at=now + SETTLE, limit=limit)


def write(follower: Follower, delivery: Delivery, *, owner: str = "w1", attempt: int = 0) -> bool:
    with follower.database.write() as work:
        return work.deliveries.update(delivery, owner=owner, attempt=attempt)


def begin(follower: Follower, delivery: Delivery) -> Delivery:
    """The intent to post, written by the worker that holds it."""
    sending = replace(
        delivery,
        state=DeliveryState.SENDING,
        attempt=delivery.attempt + 1,
        attempt_started_at=follower.clock.now(),
    )
    assert write(follower, sending, attempt=delivery.attempt)
    return sending


def finish(follower: Follower, sending: Delivery, state: DeliveryState, ts: str | None = None) -> None:
    decided = replace(sending, state=state, slack_ts=ts, owner=None, lease_until=None)
    assert write(follower, decided, attempt=sending.attempt)


def get(follower: Follower, delivery: Delivery) -> Delivery:
    with follower.database.read() as work:
        found = work.deliveries.get(delivery.id)
    assert found is not None
    return found


def next_due(follower: Follower) -> float | None:
    """Seconds from now to what is due next."""
    with follower.database.read() as work:
        due = work.deliveries.next_due()
    return None if due is None else (due - follower.clock.now()).total_seconds()


def test_a_delivery_is_read_back_as_it_was_written(follower: Follower) -> None:
    _, [owed] = owe(follower)
    assert get(follower, owed) == owed
    with follower.database.read() as work:
        assert work.deliveries.get("no such delivery") is None
        assert work.deliveries.of_window(owed.window_id) == [owed]


def test_a_part_of_a_window_is_owed_once(follower: Follower) -> None:
    _, [owed] = owe(follower)
    with pytest.raises(sa.exc.IntegrityError), follower.database.write() as work:
        work.deliveries.add(make_delivery(window_id=owed.window_id))


def test_a_claim_takes_what_is_due_under_a_lease(follower: Follower) -> None:
    _, [owed] = owe(follower)
    [taken] = claim(follower)
    assert taken == replace(owed, owner="w1", lease_until=follower.clock.now() + LEASE)
    assert get(follower, owed) == taken
    assert claim(follower, "w2") == []


def test_what_is_not_yet_due_is_left(follower: Follower) -> None:
    _, [owed] = owe(follower)
    [taken] = claim(follower)
    write(follower, replace(taken, owner=None, lease_until=None, next_at=owed.next_at + timedelta(seconds=5)))
    assert claim(follower) == []
    assert next_due(follower) == 5
    follower.clock.advance(seconds=5)
    assert len(claim(follower)) == 1


def test_a_claim_takes_no_more_than_asked_and_the_longest_due_first(follower: Follower) -> None:
    _, [first] = owe(follower, channel_id="C1")
    follower.clock.advance(seconds=1)
    _, [second] = owe(follower, channel_id="C2")
    assert [taken.id for taken in claim(follower, limit=1)] == [first.id]
    assert [taken.id for taken in claim(follower, limit=5)] == [second.id]


def test_a_claim_whose_lease_ran_out_before_the_intent_is_simply_taken_over(follower: Follower) -> None:
    owe(follower)
    claim(follower, "w1")
    assert next_due(follower) == 60
    follower.clock.advance(seconds=60)
    [taken] = claim(follower, "w2")
    assert (taken.owner, taken.state) == ("w2", DeliveryState.PENDING)


def test_a_write_is_refused_when_another_worker_holds_the_delivery_by_now(follower: Follower) -> None:
    _, [owed] = owe(follower)
    [first] = claim(follower, "w1")
    follower.clock.advance(seconds=60)
    claim(follower, "w2")
    assert not write(follower, replace(first, state=DeliveryState.DEAD), owner="w1")
    assert get(follower, owed).state is DeliveryState.PENDING


def test_a_write_is_refused_when_it_is_about_an_earlier_attempt(follower: Follower) -> None:
    _, [owed] = owe(follower)
    [taken] = claim(follower)
    sending = begin(follower, taken)
    assert not write(follower, replace(sending, state=DeliveryState.DEAD), attempt=0)
    assert get(follower, owed).state is DeliveryState.SENDING


def test_a_worker_may_say_it_in_plainer_words_but_not_elsewhere(follower: Follower) -> None:
    _, [owed] = owe(follower)
    [taken] = claim(follower)
    plainer = replace(taken, payload={"text": "plain"}, payload_hash="1" * 64)
    assert write(follower, replace(plainer, channel_id="C9", part=7, target_ts="1.0"))
    assert get(follower, owed) == plainer


def test_a_sending_whose_lease_ran_out_is_unknown_and_settled_later(follower: Follower) -> None:
    _, [owed] = owe(follower)
    begin(follower, claim(follower)[0])
    assert next_due(follower) == 60
    follower.clock.advance(seconds=60)
    assert claim(follower, "w2") == []
    unknown = get(follower, owed)
    assert (unknown.state, unknown.owner, unknown.attempt) == (DeliveryState.AMBIGUOUS, None, 1)
    assert next_due(follower) == 120
    follower.clock.advance(seconds=120)
    [taken] = claim(follower, "w2")
    assert (taken.state, taken.owner, taken.attempt) == (DeliveryState.AMBIGUOUS, "w2", 1)


def test_a_sending_whose_lease_holds_is_left_alone(follower: Follower) -> None:
    _, [owed] = owe(follower)
    begin(follower, claim(follower)[0])
    follower.clock.advance(seconds=59)
    assert claim(follower, "w2") == []
    assert get(follower, owed).state is DeliveryState.SENDING


def test_replies_wait_for_their_parent_and_for_each_other_and_learn_its_timestamp(follower: Follower) -> None:
    _, [parent, first, second] = owe(follower, parts=3)
    [taken] = claim(follower)
    assert taken.id == parent.id
    finish(follower, begin(follower, taken), DeliveryState.SENT, "17.0")
    [taken] = claim(follower)
    assert (taken.id, taken.thread_ts) == (first.id, "17.0")
    assert claim(follower) == []
    finish(follower, begin(follower, taken), DeliveryState.SENT, "18.0")
    [taken] = claim(follower)
    assert (taken.id, taken.thread_ts) == (second.id, "17.0")


def test_replies_that_cannot_go_yet_are_not_counted_as_due(follower: Follower) -> None:
    _, [parent, *_] = owe(follower, parts=2)
    finish(follower, begin(follower, claim(follower)[0]), DeliveryState.NEEDS_REVIEW)
    assert next_due(follower) is None
    assert claim(follower) == []
    assert get(follower, parent).state is DeliveryState.NEEDS_REVIEW


def test_a_dead_reply_does_not_hold_up_the_next(follower: Follower) -> None:
    _, [_, first, second] = owe(follower, parts=3)
    finish(follower, begin(follower, claim(follower)[0]), DeliveryState.SENT, "17.0")
    finish(follower, begin(follower, claim(follower)[0]), DeliveryState.DEAD)
    assert get(follower, first).state is DeliveryState.DEAD
    assert [taken.id for taken in claim(follower)] == [second.id]


def test_what_joined_a_message_that_was_given_up_stands_alone(follower: Follower) -> None:
    subscription, [message, reply] = owe(follower, parts=2)
    now = follower.clock.now()
    with follower.database.write() as work:
        joins = Window(0, subscription.id, "now/000002", 1, 2, now, now, 1, now, joins=message.window_id)
        opened = work.windows.open(joins, [])
        assert opened is not None
        later = replace(make_delivery(window_id=opened.id, part=1, at=now), parent_id=message.id)
        work.deliveries.add(later)
    finish(follower, begin(follower, claim(follower)[0]), DeliveryState.DEAD)
    assert next_due(follower) == 0
    [taken] = claim(follower)
    assert (taken.id, taken.parent_id, taken.thread_ts) == (later.id, None, None)
    assert get(follower, reply).state is DeliveryState.DEAD


def test_replies_to_a_dead_parent_are_dead_too(follower: Follower) -> None:
    _, [_, first, second] = owe(follower, parts=3)
    finish(follower, begin(follower, claim(follower)[0]), DeliveryState.DEAD)
    assert claim(follower) == []
    assert next_due(follower) is None
    for reply in (first, second):
        dead = get(follower, reply)
        assert (dead.state, dead.error_class) == (DeliveryState.DEAD, "parent_dead")


@pytest.mark.parametrize("tried", [False, True])
def test_waiting_alone_ends_no_delivery_tried_before_or_not(follower: Follower, tried: bool) -> None:
    _, [owed] = owe(follower)
    if tried:
        sending = replace(begin(follower, claim(follower)[0]), expires_at=follower.clock.now() + timedelta(hours=24))
        finish(follower, sending, DeliveryState.PENDING)
    follower.clock.advance(days=30)
    [taken] = claim(follower)
    assert (taken.id, taken.state) == (owed.id, DeliveryState.PENDING)


def test_pausing_takes_the_delivery_from_who_holds_it_and_resuming_begins_its_time_anew(follower: Follower) -> None:
    subscription, [owed, _] = owe(follower, parts=2)
    [taken] = claim(follower)
    assert write(follower, replace(taken, expires_at=follower.clock.now() + timedelta(hours=24)))
    with follower.database.write() as work:
        assert work.deliveries.pause(subscription.id, error_class="channel_gone", error_code="is_archived") == 2
    assert not write(follower, replace(taken, state=DeliveryState.SENDING))
    paused = get(follower, owed)
    assert (paused.state, paused.error_class, paused.error_code) == (
        DeliveryState.PAUSED,
        "channel_gone",
        "is_archived",
    )
    follower.clock.advance(hours=48)
    assert claim(follower) == []
    now = follower.clock.now()
    with follower.database.write() as work:
        assert work.deliveries.resume(subscription.id, now=now) == 2
    [taken] = claim(follower)
    assert (taken.id, taken.next_at, taken.expires_at, taken.error_class) == (owed.id, now, None, None)


def test_pausing_and_dropping_touch_only_what_waits_and_only_of_that_subscription(follower: Follower) -> None:
    subscription, [sent, waits] = owe(follower, parts=2)
    _, [elsewhere] = owe(follower, channel_id="C2")
    finish(follower, begin(follower, claim(follower, limit=1)[0]), DeliveryState.SENT, "17.0")
    with follower.database.write() as work:
        assert work.deliveries.drop(subscription.id, error_class="ended") == 1
        assert work.deliveries.drop(subscription.id, error_class="ended") == 0
    assert get(follower, sent).state is DeliveryState.SENT
    assert (get(follower, waits).state, get(follower, waits).error_class) == (DeliveryState.DEAD, "ended")
    assert get(follower, elsewhere).state is DeliveryState.PENDING


def test_states_are_counted(follower: Follower) -> None:
    owe(follower, parts=3)
    owe(follower, channel_id="C2")
    finish(follower, begin(follower, claim(follower, limit=1)[0]), DeliveryState.SENT, "17.0")
    with follower.database.read() as work:
        assert work.deliveries.counts() == {"sent": 1, "pending": 3}


def test_the_log_keeps_what_a_call_came_to_and_what_settling_saw(follower: Follower, database_url: str) -> None:
    owe(follower)
    sending, now = begin(follower, claim(follower)[0]), follower.clock.now()
    lost = Outcome(OutcomeKind.AMBIGUOUS, code="x" * 500, http_status=502)
    with follower.database.write() as work:
        work.deliveries.record_attempt(sending, worker="w1", ended_at=now, outcome=lost)
        for seen in (Sighting(found=False, readable=False, code="ratelimited"), Sighting(found=True, ts="17.0")):
            work.deliveries.record_sighting(sending, worker="w2", ended_at=now, sighting=seen)
            work.deliveries.record_sighting(sending, worker="w3", ended_at=now, sighting=seen)
    columns = [delivery_attempt.c[name] for name in ("attempt", "worker", "outcome", "http_status", "slack_error")]
    logged = run_sql(database_url, sa.select(*columns).order_by("outcome"))
    assert logged == [
        (1, "w1", "ambiguous", 502, "x" * 120),
        (1, "w2", "found", None, None),
        (1, "w2", "unreadable", None, "ratelimited"),
    ]


def test_workers_that_claim_at_the_same_moment_never_take_the_same(follower: Follower) -> None:
    owed = [owe(follower, channel_id=f"C{number}", team_id=f"T{number}")[1][0].id for number in range(24)]
    barrier = Barrier(4)

    def work(owner: str) -> list[str]:
        barrier.wait(timeout=30)
        return [taken.id for _ in range(4) for taken in claim(follower, owner, limit=3)]

    with ThreadPoolExecutor(4) as threads:
        shares = [future.result() for future in [threads.submit(work, f"w{number}") for number in range(4)]]
    taken = [delivery_id for share in shares for delivery_id in share]
    assert len(taken) == len(set(taken))
    left = [delivery.id for delivery in claim(follower, "last", limit=100)]
    assert sorted(taken + left) == sorted(owed)
