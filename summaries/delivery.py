"""What following releases is made of: subscriptions, windows, digests, deliveries. Values only, no decisions.

States and outcomes follow `docs/adr/0005-deliveries.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Quiet:
    """When nothing is posted, in the subscription's zone: between two times of day (over midnight when the first is the
    later), on Saturdays and Sundays, on the bank holidays of England and Wales.
    """

    hours: tuple[time, time] | None = None
    weekends: bool = False
    holidays: bool = False


class CatchUp(StrEnum):
    """What becomes of what came in during a pause."""

    POST = "post"
    SUMMARISE = "summarise"  # titles only
    SKIP = "skip"


class SubscriptionState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"  # by a person; keeps its place
    PARKED = "parked"  # the destination cannot be posted to; resumes by itself
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A standing wish. `position` is the ingest sequence up to which windows have been opened; `baseline` where it
    began. Periods due up to `due_after` are nobody's: it moves when the cadence changes and when a pause ends.
    `skipped` are the spans `(after, upto]` of ingest sequence that came in during pauses and were not wanted after.
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
    hold: bool  # each digest waits for somebody's approval
    state: SubscriptionState
    reason: str | None
    paused_until: datetime | None
    baseline: int
    position: int
    created_by: str
    created_at: datetime
    changed_by: str
    changed_at: datetime
    due_after: datetime
    quiet: Quiet = field(default_factory=Quiet)
    urgent: bool = True  # what cannot wait is posted at once, whatever the cadence
    paused_since: datetime | None = None  # kept until a window has caught up
    catch_up: CatchUp | None = None  # how the next window is to show what came in during a pause
    error_class: str | None = None  # while parked: "channel_gone" or "workspace_gone", of which `reason` is the detail
    paused_at_seq: int | None = None  # while paused: the ingest sequence at which the pause began
    skipped: tuple[tuple[int, int], ...] = ()

    def skips(self, seq: int) -> bool:
        """Whether what came in with this sequence came in during a pause, and was skipped after it."""
        return any(after < seq <= upto for after, upto in self.skipped)


class WindowKind(StrEnum):
    """Why a window was opened. Only PERIOD and NOW move a subscription's position on."""

    PERIOD = "period"
    NOW = "now"
    URGENT = "urgent"  # what cannot wait for its period
    BACKFILL = "backfill"  # what was held before the subscription began
    CORRECTION = "correction"  # a release that was shown has changed
    WITHDRAWAL = "withdrawal"  # a release that was shown is withdrawn


@dataclass(frozen=True, slots=True)
class Window:
    """The contiguous span of ingest sequence `(from_seq, to_seq]` that one digest covers; unique by local period.

    One that `joins` another (by id) adds to that one's message instead of posting its own: a publication day is one
    message. `closed_at` is when such a day's message got its last line.
    """

    id: int
    subscription_id: int
    period: str  # "2026-10-25/daily"; for `now`: "now/000123"; "backfill"; "correction/000124"; "withdrawal/12/1"
    from_seq: int
    to_seq: int
    due_at: datetime
    opened_at: datetime
    coalesced: int  # how many local periods it covers: more than 1 when some were missed, for whatever reason
    covers_from: datetime  # when the first of these periods was due; `due_at` when it is the only one
    kind: WindowKind = WindowKind.PERIOD
    joins: int | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One release in a digest: `kind` "new", "revised" or "withdrawn"; `version` the revision shown; `was` the one
    shown before, of what is corrected; `at` and `why`, of what is withdrawn, as in `Withdrawn`.
    """

    release: StoredRelease
    kind: str
    version: int
    was: StoredRelease | None = None
    at: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which no worker ran or, with a `source` (its key), that one could not be looked at."""

    started_at: datetime
    ended_at: datetime
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Attestation:
    """What can be said of the looking for a span of time: how often the sources were looked at, how many of these looks
    failed, and the times in which nothing could be learned. `sources` is how many are watched.
    """

    since: datetime
    until: datetime
    sources: int
    checks: int
    failures: int
    outages: tuple[Outage, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How the pages of a publication day were read: "14 of 14 read; 0 could not be read"."""

    read: int
    unreadable: int
    listed: int


@dataclass(frozen=True, slots=True)
class DigestContent:
    """All a template needs to render one digest. `earlier` are the items of the message that a window joins; `reading`
    closes a publication day; `attestation` says what was looked at."""

    subscription: Subscription
    window: Window
    items: tuple[DigestItem, ...]
    earlier: tuple[DigestItem, ...] = ()
    attestation: Attestation | None = None
    reading: Reading | None = None


class NoticeKind(StrEnum):
    APPROVAL = "approval"  # a digest waits for approval
    PARKED = "parked"  # a subscription cannot be posted to


@dataclass(frozen=True, slots=True)
class Notice:
    """What a subscription's maker is told in person. `held` are the messages that wait for approval; why a subscription
    is parked is in it."""

    kind: NoticeKind
    subscription: Subscription
    window: Window
    held: tuple[RenderedPart, ...] = ()


class Role(StrEnum):
    """What a message is within its digest."""

    CARD = "card"  # one release, whole
    LIST = "list"  # the parent, or all, of several
    TALLY = "tally"  # the parent of a publication day: counts by grade, then a line a release
    CONTINUED = "continued"  # a reply with more of the list, or with what the parent only names
    CORRECTION = "correction"  # a reply: the words that changed
    WITHDRAWAL = "withdrawal"  # a reply: that it is withdrawn
    NOTICE = "notice"  # a direct message about a subscription: parked, or waiting for approval


@dataclass(frozen=True, slots=True)
class Shape:
    """What it takes to render a message once more, with the releases it shows as they are by then: its role, the place
    of its first item and how many there are in all."""

    role: Role
    first: int = 1
    total: int = 1


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """One message of a digest. `payload` is the body of chat.postMessage without channel and metadata (text, blocks,
    unfurl flags). `is_reply`: it goes into the thread of the first part; otherwise it stands for itself.
    """

    payload: Mapping[str, Any]
    shape: Shape = field(default_factory=lambda: Shape(Role.LIST))
    shows: tuple[DigestItem, ...] = ()
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Showing:
    """A message (by its delivery) of a subscription that shows a release, as `kind` and in a version."""

    subscription_id: int
    delivery_id: str
    number: int
    kind: str
    version: int


class DeliveryKind(StrEnum):
    """What a delivery asks of Slack."""

    POST = "post"
    EDIT = "edit"  # of a message posted before: may be sent again, for the same content twice is the same message
    NOTICE = "notice"  # a message to a person about a subscription, beside its digests


class DeliveryState(StrEnum):
    HELD = "held"  # written, and waiting for somebody's approval
    PENDING = "pending"
    SENDING = "sending"  # committed before the call; an expired lease here means unknown, never "not sent"
    AMBIGUOUS = "ambiguous"
    SENT = "sent"
    PAUSED = "paused"
    NEEDS_REVIEW = "needs_review"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message owed, or one change of a message. Unique by (window, kind, part).

    A reply has a `parent_id`: the delivery whose message its thread is of. An edit has a `target_id`: the delivery
    whose message is changed. Either may be of another window. `searched_to` is how far, by Slack's timestamps, the
    channel has been read back in vain so far.
    """

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
    kind: DeliveryKind = DeliveryKind.POST
    parent_id: str | None = None
    target_id: str | None = None
    target_ts: str | None = None  # the ts of the message an edit changes, once known
    shape: Shape | None = None
    searched_to: str | None = None


class OutcomeKind(StrEnum):
    """What a call to post came to, by the classes of Slack's errors."""

    SENT = "sent"
    NOT_SENT = "not_sent"  # refused before acceptance; may be retried, not before `retry_after`
    CHANNEL_GONE = "channel_gone"
    WORKSPACE_GONE = "workspace_gone"
    BAD_CONTENT = "bad_content"
    SLOW_RETRY = "slow_retry"
    MESSAGE_GONE = "message_gone"  # of an edit: there is no such message any more, or it cannot be changed
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
    """What reading a channel back came to: `found` with its `ts`, absent, or unreadable (`code` says why).

    `searched_to` is how far it was read, when it must be gone on with later; `others` are deliveries seen on the way,
    with their timestamps.
    """

    found: bool
    readable: bool = True
    ts: str | None = None
    code: str | None = None
    retry_after: float | None = None
    searched_to: str | None = None
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of a delivery's log: a call, a look at the channel, or what a person decided (`worker` is then them)."""

    delivery_id: str
    attempt: int
    worker: str
    started_at: datetime
    ended_at: datetime
    http_status: int | None
    slack_error: str | None
    outcome: str
