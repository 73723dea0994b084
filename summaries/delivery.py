"""What following releases is made of: subscriptions, windows, digests, deliveries. Values only, no decisions.

States and outcomes follow `docs/adr/0005-deliveries.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, time

    from summaries.ports import StoredRelease


class CadenceKind(StrEnum):
    NOW = "now"
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Cadence:
    """When a subscription is due, in its own zone. `weekday` counts Monday as 0; `nth` is the week of a monthly one."""

    kind: CadenceKind
    at: time | None = None
    weekday: int | None = None
    nth: int | None = None


class SubscriptionState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    PARKED = "parked"  # the destination cannot be posted to; resumes by itself
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A standing wish. `position` is the ingest sequence up to which windows have been opened; `baseline` where it
    began.
    """

    id: int
    team_id: str
    channel_id: str
    target: str  # "channel" | "person"
    filter: str  # canonical text of the filter: "all", "force:hampshire-and-isle-of-wight"
    cadence: Cadence
    zone: str
    empty_policy: str  # "skip" | "note"
    layout: str  # "thread" | "flat" | "compact"
    detail: str  # "titles" | "extract" | "full"
    hold: bool
    state: SubscriptionState
    reason: str | None
    paused_until: datetime | None
    baseline: int
    position: int
    created_by: str
    created_at: datetime
    changed_by: str
    changed_at: datetime
    error_class: str | None = None  # while parked: "channel_gone" or "workspace_gone", of which `reason` is the detail


@dataclass(frozen=True, slots=True)
class Window:
    """The contiguous span of ingest sequence `(from_seq, to_seq]` that one digest covers; unique by local period."""

    id: int
    subscription_id: int
    period: str  # "2026-10-25/daily"; for `now`: "now/000123"
    from_seq: int
    to_seq: int
    due_at: datetime
    opened_at: datetime
    coalesced: int  # how many local periods it covers: more than 1 when some were missed, for whatever reason
    covers_from: datetime  # when the first of these periods was due; `due_at` when it is the only one


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One release in a digest: `kind` "new" or "revised"; `version` the revision shown."""

    release: StoredRelease
    kind: str
    version: int


@dataclass(frozen=True, slots=True)
class DigestContent:
    """All a template needs to render one digest."""

    subscription: Subscription
    window: Window
    items: tuple[DigestItem, ...]


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """One message of a digest. `payload` is the body of chat.postMessage without channel and metadata (text, blocks,
    unfurl flags); part 0 is the parent, the rest its replies.
    """

    payload: Mapping[str, Any]


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # committed before the call; an expired lease here means unknown, never "not sent"
    AMBIGUOUS = "ambiguous"
    SENT = "sent"
    PAUSED = "paused"
    NEEDS_REVIEW = "needs_review"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message owed. Unique by (window, part)."""

    id: str  # uuid; travels in message metadata
    window_id: int
    part: int
    team_id: str
    channel_id: str
    payload: Mapping[str, Any]
    payload_hash: str
    state: DeliveryState
    owner: str | None
    lease_until: datetime | None
    attempt: int
    attempt_started_at: datetime | None
    next_at: datetime
    expires_at: datetime | None  # set by the first attempt: when a failed one is the last
    thread_ts: str | None  # the parent's ts, once known
    slack_ts: str | None
    error_class: str | None
    error_code: str | None


class OutcomeKind(StrEnum):
    """What a call to post came to, by the classes of Slack's errors."""

    SENT = "sent"
    NOT_SENT = "not_sent"  # refused before acceptance; may be retried, not before `retry_after`
    CHANNEL_GONE = "channel_gone"
    WORKSPACE_GONE = "workspace_gone"
    BAD_CONTENT = "bad_content"
    SLOW_RETRY = "slow_retry"
    AMBIGUOUS = "ambiguous"  # may or may not have been accepted


@dataclass(frozen=True, slots=True)
class Outcome:
    """`ts` is set when sent; `retry_after` is in seconds; `code` is Slack's own word or the transport error's name."""

    kind: OutcomeKind
    ts: str | None = None
    code: str | None = None
    http_status: int | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """What reading a channel back came to: `found` with its `ts`, absent, or unreadable (`code` says why)."""

    found: bool
    readable: bool = True
    ts: str | None = None
    code: str | None = None
    retry_after: float | None = None
