"""Post what is owed, once: claim, commit the intent, post, record; settle what is unknown by reading the channel back.

No transaction is open during a call to Slack. Every write is fenced on owner and attempt. Locks are taken in one order
(throttles, subscriptions, deliveries), so that workers never wait for each other in a circle. What each outcome leads
to is decided in `outcomes.py`; states and guarantees are told in `docs/adr/0005-deliveries.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from random import SystemRandom
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryState, Outcome, OutcomeKind, SubscriptionState
from summaries.outcomes import OutboxSettings, after_post, after_sighting
from summaries.subscriptions import park

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from summaries.delivery import Delivery
    from summaries.ports import Clock, Poster, Store, UnitOfWork

DEFERRED, LOST = "deferred", "lost"

STEPS = (
    "claimed",
    "before-intent",  # written, not yet committed
    "intent-committed",
    "before-post",
    "after-post",
    "before-record",  # written, not yet committed
    "recorded",
    "before-find",
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
class SendReport:
    """What one round did. Empty when nothing was due."""

    handled: tuple[Handled, ...]

    def count(self, result: str) -> int:
        """How many deliveries came to this result."""
        return sum(1 for handled in self.handled if handled.result == result)


def send_due(
    store: Store,
    poster: Poster,
    clock: Clock,
    *,
    owner: str,
    settings: OutboxSettings,
    limit: int = 20,
    at: Callable[[str], None] = lambda step: None,
    jitter: Callable[[], float] = lambda: SystemRandom().random(),
) -> SendReport:
    """Claim up to `limit` due deliveries and post or settle each in turn.

    `owner` names this worker for the life of its process, in at most 80 characters: no other one, before or after, may
    have the same name. `at` is told each of STEPS as it is reached. Raises StoreUnavailable; what was claimed is then
    taken up again when its lease has run out.
    """
    return _Sender(store, poster, clock, owner, settings, at, jitter).send(limit)


@dataclass(frozen=True, slots=True)
class _Sender:
    store: Store
    poster: Poster
    clock: Clock
    owner: str
    settings: OutboxSettings
    at: Callable[[str], None]
    jitter: Callable[[], float]

    def send(self, limit: int) -> SendReport:
        now = self.clock.now()
        with self.store.write() as work:
            claimed = work.deliveries.claim(
                owner=self.owner,
                now=now,
                lease_until=self._lease(now),
                # A call begins only when the lease covers it whole: one whose lease ran out is over by now.
                settle_at=now + timedelta(seconds=self.settings.settle_seconds),
                limit=limit,
            )
        if claimed:
            self.at("claimed")
        return SendReport(tuple(self._handle(delivery) for delivery in claimed))

    def _handle(self, delivery: Delivery) -> Handled:
        return self._settle(delivery) if delivery.state is DeliveryState.AMBIGUOUS else self._post(delivery)

    def _post(self, delivery: Delivery) -> Handled:
        sending = self._commit_intent(delivery)
        if isinstance(sending, Handled):
            return sending
        self.at("intent-committed")
        if not self._lease_covers_call(sending):
            return self._record(sending, Outcome(OutcomeKind.NOT_SENT, code="lease_too_short"))
        self.at("before-post")
        outcome = self.poster.post(sending)
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
            lease_until=self._lease(now),
            expires_at=delivery.expires_at or now + timedelta(seconds=self.settings.lifetime_seconds),
        )
        with self.store.write() as work:
            if _ended(work, delivery):
                return self._write(work, delivery, _unwanted(delivery))
            free_at = self._held_until(work, delivery, now)
            if free_at:
                return self._write(work, delivery, _let_go(delivery, free_at), DEFERRED)
            if not work.deliveries.update(sending, owner=self.owner, attempt=delivery.attempt):
                return Handled(delivery.id, LOST)
            self.at("before-intent")
        return sending

    def _held_until(self, work: UnitOfWork, delivery: Delivery, now: datetime) -> datetime | None:
        """When workspace and channel are free; None when they are now, and the channel's turn has been taken."""
        workspace_free = work.throttles.not_before(posting_key(delivery.team_id))
        if workspace_free and workspace_free > now:
            return workspace_free
        channel = channel_key(delivery.team_id, delivery.channel_id)
        pace = timedelta(seconds=self.settings.pace_seconds)
        if work.throttles.take(channel, now=now, until=now + pace):
            return None
        return work.throttles.not_before(channel) or now + pace

    def _lease_covers_call(self, sending: Delivery) -> bool:
        """Asked just before the call: a process that was asleep since its intent must not post."""
        now = self.clock.now()
        return (sending.lease_until or now) - now > timedelta(seconds=self.settings.call_seconds)

    def _record(self, sending: Delivery, outcome: Outcome) -> Handled:
        now = self.clock.now()
        decided = after_post(sending, outcome, now, self.settings, self.jitter())
        with self.store.write() as work:
            if outcome.retry_after:
                work.throttles.hold(posting_key(sending.team_id), now + timedelta(seconds=outcome.retry_after))
            self._park(work, sending, outcome)
            if decided.state is DeliveryState.PAUSED and _ended(work, sending):
                decided = _unwanted(decided)
            handled = self._write(work, sending, decided)
            work.deliveries.record_attempt(sending, worker=self.owner, ended_at=now, outcome=outcome)
            self.at("before-record")
        self.at("recorded")
        return handled

    def _park(self, work: UnitOfWork, sending: Delivery, outcome: Outcome) -> None:
        match outcome.kind:
            case OutcomeKind.CHANNEL_GONE:
                window = work.windows.get(sending.window_id)
                gone = [window.subscription_id] if window else []
            case OutcomeKind.WORKSPACE_GONE:
                gone = [subscription.id for subscription in work.subscriptions.of_team(sending.team_id)]
            case _:
                return
        for subscription_id in gone:
            park(work, subscription_id, self.clock, error_class=outcome.kind.value, code=outcome.code)

    def _settle(self, delivery: Delivery) -> Handled:
        now, skew = self.clock.now(), timedelta(seconds=self.settings.clock_skew_seconds)
        with self.store.write() as work:
            free_at = work.throttles.not_before(finding_key(delivery.team_id))
            if free_at and free_at > now:
                return self._write(work, delivery, _let_go(delivery, free_at), DEFERRED)
        self.at("before-find")
        sighting = self.poster.find(delivery, since=(delivery.attempt_started_at or now) - skew, until=now + skew)
        self.at("after-find")
        now = self.clock.now()
        with self.store.write() as work:
            if sighting.retry_after:
                work.throttles.hold(finding_key(delivery.team_id), now + timedelta(seconds=sighting.retry_after))
            handled = self._write(work, delivery, after_sighting(delivery, sighting, now))
            work.deliveries.record_sighting(delivery, worker=self.owner, ended_at=now, sighting=sighting)
            self.at("before-settle")
        self.at("settled")
        return handled

    def _write(self, work: UnitOfWork, held: Delivery, decided: Delivery, result: str | None = None) -> Handled:
        """Write what was decided, if this worker still holds it."""
        if not work.deliveries.update(decided, owner=self.owner, attempt=held.attempt):
            return Handled(held.id, LOST)
        return Handled(held.id, result or decided.state.value, decided.error_code)

    def _lease(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self.settings.lease_seconds)


def posting_key(team_id: str) -> str:
    """The throttle of chat.postMessage: Retry-After holds one method in one workspace."""
    return f"post:{team_id}"


def finding_key(team_id: str) -> str:
    """The throttle of reading channels back."""
    return f"find:{team_id}"


def channel_key(team_id: str, channel_id: str) -> str:
    """The throttle of a channel's one message a second."""
    return f"channel:{team_id}:{channel_id}"


def _ended(work: UnitOfWork, delivery: Delivery) -> bool:
    window = work.windows.get(delivery.window_id)
    subscription = work.subscriptions.get(window.subscription_id) if window else None
    return subscription is None or subscription.state is SubscriptionState.ENDED


def _unwanted(delivery: Delivery) -> Delivery:
    return replace(delivery, state=DeliveryState.DEAD, owner=None, lease_until=None, error_class="ended")


def _let_go(delivery: Delivery, until: datetime) -> Delivery:
    return replace(delivery, owner=None, lease_until=None, next_at=until)
