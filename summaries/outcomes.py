"""What follows from an outcome: the decisions of the outbox, without its doings (`docs/adr/0005-deliveries.md`).

Whoever decided lets go of the delivery: a decided one has no owner and no lease.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryKind, DeliveryState, OutcomeKind
from summaries.payloads import fingerprint, in_words

if TYPE_CHECKING:
    from summaries.delivery import Delivery, Outcome, Sighting

RATE_LIMITED = "ratelimited"
"""Slack's word for being asked too often."""


@dataclass(frozen=True, slots=True)
class OutboxSettings:
    """Times in seconds. `settle` is how late Slack may show a message it accepted; the lease must cover a whole call.

    `clock_skew` widens the search for a message on both sides, for Slack stamps it by its own clock. `pace` keeps to
    one message a second and channel: beyond that Slack does not promise to show them (docs.slack.dev, "Rate limits").
    It also takes "several hundred" posts a minute from a workspace and some fifty edits (Tier 3 of the same page):
    `workspace_pace` and `edit_pace` stay below. `lifetime` is for how long after its first attempt a delivery is tried
    again.
    """

    lease_seconds: float = 60
    http_timeout_seconds: float = 15
    settle_seconds: float = 120
    margin_seconds: float = 2
    clock_skew_seconds: float = 300
    pace_seconds: float = 1
    workspace_pace_seconds: float = 0.2
    edit_pace_seconds: float = 1.2
    backoff_seconds: float = 2
    backoff_cap_seconds: float = 900
    lifetime_seconds: float = 86_400

    def __post_init__(self) -> None:
        if self.lease_seconds <= self.call_seconds:
            raise ValueError("lease_seconds must be longer than http_timeout_seconds and margin_seconds together")

    @property
    def call_seconds(self) -> float:
        """How much of a lease must be left for a call to begin."""
        return self.http_timeout_seconds + self.margin_seconds


def after_call(
    delivery: Delivery, outcome: Outcome, now: datetime, settings: OutboxSettings, jitter: float
) -> Delivery:
    """The delivery after a call that ended at `now`; `jitter`, from 0 to 1, is the share of the back-off to wait."""
    decided = replace(
        delivery,
        owner=None,
        lease_until=None,
        searched_to=None,
        error_class=outcome.kind.value,
        error_code=outcome.code,
    )
    match outcome.kind:
        case OutcomeKind.SENT if outcome.ts:
            return _sent(decided, outcome.ts)
        case OutcomeKind.NOT_SENT:
            return _again(decided, now, max(_backoff(delivery.attempt, settings) * jitter, outcome.retry_after or 0))
        case OutcomeKind.SLOW_RETRY:
            return _again(decided, now, max(settings.backoff_cap_seconds, outcome.retry_after or 0))
        case OutcomeKind.CHANNEL_GONE if delivery.kind is DeliveryKind.NOTICE:
            return replace(decided, state=DeliveryState.DEAD)
        case OutcomeKind.CHANNEL_GONE | OutcomeKind.WORKSPACE_GONE:
            return replace(decided, state=DeliveryState.PAUSED)
        case OutcomeKind.BAD_CONTENT:
            return _in_words(decided, now)
        case OutcomeKind.MESSAGE_GONE:
            return replace(decided, state=DeliveryState.DEAD)
        case _:
            return replace(decided, state=DeliveryState.AMBIGUOUS, next_at=_settle_at(delivery, now, settings))


def alone(reply: Delivery, now: datetime) -> Delivery:
    """A reply whose thread is gone, as a message of its own."""
    return _again(replace(reply, parent_id=None, thread_ts=None), now, 0)


def after_sighting(delivery: Delivery, sighting: Sighting, now: datetime) -> Delivery:
    """The delivery after its channel was read, once the time to settle had passed: only then absence means not sent.

    What cannot be read is never posted again by itself. It is read again when the reader names a time to do so, for as
    long as the delivery is wanted, and longer when it is only a matter of asking less often; otherwise a person must
    look.
    """
    decided = replace(delivery, owner=None, lease_until=None, searched_to=None)
    if sighting.found and sighting.ts:
        return _sent(decided, sighting.ts)
    if sighting.readable and not sighting.found:
        return _again(decided, now, 0)
    patient = sighting.code == RATE_LIMITED or delivery.expires_at is None or now < delivery.expires_at
    if sighting.retry_after is not None and patient:
        going_on = replace(decided, searched_to=sighting.searched_to)
        if sighting.searched_to and sighting.code == RATE_LIMITED:
            return going_on  # first in its workspace's turn, lest many begin to be read and none is read through
        return replace(going_on, next_at=now + timedelta(seconds=sighting.retry_after))
    return replace(decided, state=DeliveryState.NEEDS_REVIEW, error_class="unreadable", error_code=sighting.code)


def after_waiting(edit: Delivery, now: datetime) -> Delivery:
    """An edit of which it was not known whether it was made, once its call is surely over: it is made again, for the
    same content twice is the same message."""
    return _again(replace(edit, owner=None, lease_until=None), now, 0)


def superseded(edit: Delivery) -> Delivery:
    """An edit that need not be made again: a newer one says it all."""
    return replace(
        edit, state=DeliveryState.DEAD, owner=None, lease_until=None, error_class="superseded", error_code=None
    )


def _sent(decided: Delivery, ts: str) -> Delivery:
    return replace(decided, state=DeliveryState.SENT, slack_ts=ts, error_class=None, error_code=None)


def _in_words(refused: Delivery, now: datetime) -> Delivery:
    """What Slack would not show: once more without blocks, which leaves nothing to try after that."""
    payload = in_words(refused.payload)
    if payload is None:
        return replace(refused, state=DeliveryState.DEAD)
    return _again(replace(refused, payload=payload, payload_hash=fingerprint(payload)), now, 0)


def _again(decided: Delivery, now: datetime, seconds: float) -> Delivery:
    if _was_last(decided):
        return replace(decided, state=DeliveryState.DEAD, error_class="expired")
    return replace(decided, state=DeliveryState.PENDING, next_at=now + timedelta(seconds=seconds))


def _was_last(failed: Delivery) -> bool:
    """Whether the attempt that failed began after its time. Only a call can end a delivery so: while no worker runs
    nothing is given up, and whatever waited through that is tried when one runs again."""
    began, until = failed.attempt_started_at, failed.expires_at
    return began is not None and until is not None and began >= until


def _backoff(attempt: int, settings: OutboxSettings) -> float:
    doublings = min(max(attempt - 1, 0), 30)
    return min(settings.backoff_cap_seconds, settings.backoff_seconds * 2.0**doublings)


def _settle_at(delivery: Delivery, now: datetime, settings: OutboxSettings) -> datetime:
    """When absence may be believed: a call that broke off early may still be at work until its time is up."""
    started = delivery.attempt_started_at or now
    over = max(now, started + timedelta(seconds=settings.http_timeout_seconds))
    return over + timedelta(seconds=settings.settle_seconds)
