"""What a worker does with one delivery that it claimed: post it, edit its message, or settle what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryKind, DeliveryState, Outcome, OutcomeKind, SubscriptionState
from summaries.outbox_parking import park_what_is_gone
from summaries.outbox_turns import end_turn, take_turn
from summaries.outcomes import RATE_LIMITED, after_call, after_sighting, after_waiting, alone, superseded
from summaries.throttle_keys import FURTHEST, finding_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from summaries.delivery import Delivery, Sighting
    from summaries.delivery_ports import DigestRenderer, Poster
    from summaries.outcomes import OutboxSettings
    from summaries.ports import Clock, Store, UnitOfWork

DEFERRED, LOST = "deferred", "lost"
WAITING = (DeliveryState.PENDING, DeliveryState.PAUSED)

STEPS = (
    "claimed",
    "before-intent",  # written, not yet committed
    "intent-committed",
    "before-post",  # or before an edit
    "after-post",
    "before-record",  # written, not yet committed
    "recorded",
    "before-find",  # an edit that is unknown is not looked for
    "after-find",
    "before-settle",  # written, not yet committed
    "settled",
)
"""Where `at` is called: the places at which tests stop a worker."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of one claimed delivery: the state it is in now, or "deferred" (held back by a throttle), or "lost"
    (another worker had taken it over)."""

    delivery_id: str
    result: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """A worker's hands. Threads may share one."""

    store: Store
    poster: Poster
    clock: Clock
    owner: str
    settings: OutboxSettings
    at: Callable[[str], None]
    jitter: Callable[[], float]
    render: DigestRenderer | None = None

    def handle(self, delivery: Delivery) -> Handled:
        """Do what is due. Raises StoreUnavailable, and what rendering a notice raised after all else was recorded."""
        if delivery.state is not DeliveryState.AMBIGUOUS:
            return self._send(delivery)
        return self._redo(delivery) if delivery.kind is DeliveryKind.EDIT else self._settle(delivery)

    def lease(self, now: datetime) -> datetime:
        """Until when what is claimed at `now` is held."""
        return now + timedelta(seconds=self.settings.lease_seconds)

    def _send(self, delivery: Delivery) -> Handled:
        sending = self._commit_intent(delivery)
        if isinstance(sending, Handled):
            return sending
        self.at("intent-committed")
        if not self._lease_covers_call(sending):
            return self._record(sending, Outcome(OutcomeKind.NOT_SENT, code="lease_too_short"))
        self.at("before-post")
        outcome = self.poster.edit(sending) if sending.kind is DeliveryKind.EDIT else self.poster.post(sending)
        self.at("after-post")
        return self._record(sending, outcome)

    def _commit_intent(self, delivery: Delivery) -> Delivery | Handled:
        """Write that a call is about to begin. From here on, until an outcome is recorded, it may have been made."""
        now = self.clock.now()
        sending = replace(
            delivery,
            state=DeliveryState.SENDING,
            attempt=delivery.attempt + 1,
            attempt_started_at=now,
            lease_until=self.lease(now),
            expires_at=delivery.expires_at or now + timedelta(seconds=self.settings.lifetime_seconds),
        )
        with self.store.write() as work:
            if _ended(work, delivery):
                return self._write(work, delivery, _given_up(delivery, "ended"))
            if _has_no_address(delivery):
                return self._write(work, delivery, _given_up(delivery, "no_timestamp"))
            free_at = take_turn(work.throttles, sending, now, self.settings)
            if free_at:
                return self._write(work, delivery, _let_go(delivery, free_at), DEFERRED)
            if not work.deliveries.update(sending, owner=self.owner, attempt=delivery.attempt):
                return Handled(delivery.id, LOST)
            self.at("before-intent")
        return sending

    def _lease_covers_call(self, sending: Delivery) -> bool:
        """Asked just before the call: a process that was asleep since its intent must not post."""
        now = self.clock.now()
        return (sending.lease_until or now) - now > timedelta(seconds=self.settings.call_seconds)

    def _record(self, sending: Delivery, outcome: Outcome) -> Handled:
        now = self.clock.now()
        decided = after_call(sending, outcome, now, self.settings, self.jitter())
        with self.store.write() as work:
            end_turn(work.throttles, sending, outcome, now, self.settings)
            problem = self._park(work, sending, outcome)
            if decided.state is DeliveryState.PAUSED and _ended(work, sending):
                decided = _given_up(decided, "ended")
            if outcome.kind is OutcomeKind.MESSAGE_GONE and _came_later(work, sending):
                decided = alone(decided, now)
            handled = self._write(work, sending, _unless_superseded(work, decided))
            work.deliveries.record_attempt(sending, worker=self.owner, ended_at=now, outcome=outcome)
            self.at("before-record")
        self.at("recorded")
        if problem:
            raise problem
        return handled

    def _park(self, work: UnitOfWork, sending: Delivery, outcome: Outcome) -> Exception | None:
        """What an outcome says is gone, if it is about the call that counts: of one that was overtaken it is old news,
        and the destination may be there again."""
        held = work.deliveries.get(sending.id)
        if held is None or (held.owner, held.attempt) != (self.owner, sending.attempt):
            return None
        return park_what_is_gone(work, sending, outcome, self.clock, self.render)

    def _redo(self, edit: Delivery) -> Handled:
        with self.store.write() as work:
            decided = _unless_superseded(work, after_waiting(edit, self.clock.now()))
            handled = self._write(work, edit, decided)
            self.at("before-settle")
        self.at("settled")
        return handled

    def _settle(self, delivery: Delivery) -> Handled:
        now = self.clock.now()
        with self.store.write() as work:
            free_at = work.throttles.not_before(finding_key(delivery.team_id))
            if free_at and now < free_at <= now + FURTHEST:
                return self._write(work, delivery, _let_go(delivery, free_at), DEFERRED)
        self.at("before-find")
        sighting = self._find(delivery, now)
        self.at("after-find")
        now = self.clock.now()
        with self.store.write() as work:
            if sighting.retry_after and sighting.code == RATE_LIMITED:  # any other trouble is this look's alone
                work.throttles.hold(finding_key(delivery.team_id), now + timedelta(seconds=sighting.retry_after))
            handled = self._write(work, delivery, after_sighting(delivery, sighting, now))
            work.deliveries.settle_others(delivery.team_id, delivery.channel_id, sighting.others)
            work.deliveries.record_sighting(delivery, worker=self.owner, ended_at=now, sighting=sighting)
            self.at("before-settle")
        self.at("settled")
        return handled

    def _find(self, delivery: Delivery, now: datetime) -> Sighting:
        """Look where Slack, by its own clock, may have put it: from when the call may have begun to when the last of it
        had settled, however long ago that is."""
        skew = timedelta(seconds=self.settings.clock_skew_seconds)
        began = delivery.attempt_started_at or now
        over = self.lease(began) + timedelta(seconds=self.settings.settle_seconds)
        return self.poster.find(delivery, since=began - skew, until=min(now, over) + skew)

    def _write(self, work: UnitOfWork, held: Delivery, decided: Delivery, result: str | None = None) -> Handled:
        """Write what was decided, if this worker still holds it."""
        if not work.deliveries.update(decided, owner=self.owner, attempt=held.attempt):
            return Handled(held.id, LOST)
        return Handled(held.id, result or decided.state.value, decided.error_code)


def _ended(work: UnitOfWork, delivery: Delivery) -> bool:
    window = work.windows.get(delivery.window_id)
    subscription = work.subscriptions.get(window.subscription_id) if window else None
    return subscription is None or subscription.state is SubscriptionState.ENDED


def _came_later(work: UnitOfWork, reply: Delivery) -> bool:
    """Whether it is a reply that joined the message of an earlier window: nothing else tells what it does."""
    window = work.windows.get(reply.window_id)
    return reply.parent_id is not None and window is not None and window.joins is not None


def _has_no_address(delivery: Delivery) -> bool:
    """Whether the message it leans on was sent, but nobody knows as which: a reply would stand alone in the channel."""
    if delivery.kind is DeliveryKind.EDIT:
        return delivery.target_ts is None
    return delivery.parent_id is not None and delivery.thread_ts is None


def _unless_superseded(work: UnitOfWork, decided: Delivery) -> Delivery:
    """An edit goes back to waiting only when no newer one waits: an old one may not overwrite it."""
    back = decided.kind is DeliveryKind.EDIT and decided.state in WAITING
    return superseded(decided) if back and work.deliveries.is_superseded(decided) else decided


def _given_up(delivery: Delivery, why: str) -> Delivery:
    return replace(delivery, state=DeliveryState.DEAD, owner=None, lease_until=None, error_class=why)


def _let_go(delivery: Delivery, until: datetime) -> Delivery:
    return replace(delivery, owner=None, lease_until=None, next_at=until)
