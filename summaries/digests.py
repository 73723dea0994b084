"""Open the windows that are due: decide what each digest holds, and write it down to be posted.

A window covers the ingest sequence from where the last one ended, so nothing is left out and nothing overlaps. Window,
items, rendered messages and the new position are written in one transaction; what is due is asked of the store alone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from summaries.delivery import (
    CadenceKind,
    Delivery,
    DeliveryState,
    DigestContent,
    DigestItem,
    RenderedPart,
    Subscription,
    Window,
)
from summaries.errors import StoreUnavailable
from summaries.periods import Period, due_periods, next_due
from summaries.query import read_filter
from summaries.subscriptions import is_live

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from summaries.ports import Clock, DigestRenderer, Store, UnitOfWork

Spans = dict[tuple[int, int], "Sequence[DigestItem]"]
"""What came in between two sequences, read once for all subscriptions that stand at the same place."""

EXAMPLES = 3
"""How many releases a preview shows when nothing new waits."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The next digest as it would be posted now; when `waiting` is 0, one made of the newest releases
    as an example, or nothing when there is none to show.
    """

    parts: tuple[RenderedPart, ...]
    waiting: int


def open_due_windows(store: Store, clock: Clock, render: DigestRenderer) -> int:
    """Open a window for each active subscription whose period has come, and say how many were opened.

    Any number of workers may do so at once: the first to lock a subscription opens its window, the rest find it done.
    A digest that cannot be rendered stops no other one; such errors are raised together at the end (ExceptionGroup).
    """
    now = clock.now()
    with store.read() as work:
        last_seq, done = work.releases.last_seq(), work.windows.last_due()
        due = [
            subscription.id
            for subscription in work.subscriptions.active()
            if _due(subscription, done.get(subscription.id), last_seq, now)
        ]
    spans: Spans = {}
    opened, problems = 0, []
    for subscription_id in due:
        try:
            opened += _open(store, render, subscription_id, now, spans)
        except StoreUnavailable:
            raise
        except Exception as problem:
            problem.add_note(f"while opening a window for subscription {subscription_id}")
            problems.append(problem)
    if problems:
        raise ExceptionGroup("some digests could not be written", problems)
    return opened


def preview(store: Store, clock: Clock, subscription: Subscription, render: DigestRenderer) -> Preview:
    """Render what the subscription would get if it were due now. Nothing is written."""
    with store.read() as work:
        upto = work.releases.last_seq()
        items = _items(work, subscription, upto, {})
        shown = items or _examples(work, subscription)
    if not shown:
        return Preview((), 0)
    due_at = next_run(subscription, clock.now()) or clock.now()
    window = Window(0, subscription.id, "preview", subscription.position, upto, due_at, clock.now(), 1, due_at)
    return Preview(tuple(render(DigestContent(subscription, window, shown))), len(items))


def next_run(subscription: Subscription, now: datetime) -> datetime | None:
    """When the next window is due, in UTC; None for `now`, which follows what comes in, and when it is not active."""
    if not is_live(subscription):
        return None
    return next_due(subscription.cadence, subscription.zone, now)


def _due(subscription: Subscription, last_due: datetime | None, last_seq: int, now: datetime) -> Window | None:
    """The window to open now, if any. Of several periods missed the last one stands for all: one digest, not many."""
    covered = _periods_due(subscription, last_due, last_seq, now)
    if not covered:
        return None
    return Window(
        id=0,
        subscription_id=subscription.id,
        period=covered[-1].key,
        from_seq=subscription.position,
        to_seq=last_seq,
        due_at=covered[-1].due_at,
        opened_at=now,
        coalesced=len(covered),
        covers_from=covered[0].due_at,
    )


def _periods_due(
    subscription: Subscription, last_due: datetime | None, last_seq: int, now: datetime
) -> Sequence[Period]:
    """The periods due and not yet done; `now` has one whenever something came in."""
    if subscription.cadence.kind is CadenceKind.NOW:
        return [Period(f"now/{last_seq:06}", now)] if last_seq > subscription.position else []
    return due_periods(subscription.cadence, subscription.zone, last_due or subscription.created_at, now)


def _open(store: Store, render: DigestRenderer, subscription_id: int, now: datetime, spans: Spans) -> bool:
    """Decide again, now that nobody else can change the subscription, and write. False when there was nothing to do."""
    with store.write() as work:
        subscription = work.subscriptions.lock(subscription_id)
        if subscription is None or not is_live(subscription):
            return False
        last = next(iter(work.windows.of_subscription(subscription_id, limit=1)), None)
        due = _due(subscription, last.due_at if last else None, work.releases.last_seq(), now)
        if due is None:
            return False
        items = _items(work, subscription, due.to_seq, spans)
        window = work.windows.open(due, items)
        if window is None:
            return False
        work.subscriptions.save(replace(subscription, position=window.to_seq))
        if items or _notes_nothing(subscription):
            _write_deliveries(work, DigestContent(subscription, window, items), render)
        return True


def _notes_nothing(subscription: Subscription) -> bool:
    return subscription.empty_policy == "note" and subscription.cadence.kind is not CadenceKind.NOW


def _items(work: UnitOfWork, subscription: Subscription, upto: int, spans: Spans) -> tuple[DigestItem, ...]:
    """What is new to the subscription up to a sequence: one item a release, as it is now, if the filter wants it."""
    span = (subscription.position, upto)
    if span not in spans:
        spans[span] = work.releases.ingested_between(*span)
    folded: dict[int, DigestItem] = {}
    for item in spans[span]:
        number = item.release.number
        came_in = folded.get(number)
        folded[number] = replace(item, kind=came_in.kind) if came_in else item
    wanted = read_filter(subscription.filter)
    matching = [item for item in folded.values() if wanted.matches(item.release.release)]
    shown = work.windows.shown(subscription.id, [item.release.number for item in matching])
    return tuple(item for item in matching if (item.release.number, item.kind, item.version) not in shown)


def _examples(work: UnitOfWork, subscription: Subscription) -> tuple[DigestItem, ...]:
    """The newest releases the filter wants."""
    newest = work.search.newest(read_filter(subscription.filter), limit=EXAMPLES)
    return tuple(DigestItem(stored, "new", stored.revision) for stored in newest)


def _write_deliveries(work: UnitOfWork, content: DigestContent, render: DigestRenderer) -> None:
    subscription, window = content.subscription, content.window
    parts = render(content)
    if not parts:
        raise ValueError("a digest was rendered to no message")
    for part, rendered in enumerate(parts):
        payload = dict(rendered.payload)
        work.deliveries.add(
            Delivery(
                id=str(uuid4()),
                window_id=window.id,
                part=part,
                team_id=subscription.team_id,
                channel_id=subscription.channel_id,
                payload=payload,
                payload_hash=hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest(),
                state=DeliveryState.PENDING,
                owner=None,
                lease_until=None,
                attempt=0,
                attempt_started_at=None,
                next_at=window.opened_at,
                expires_at=None,
                thread_ts=None,
                slack_ts=None,
                error_class=None,
                error_code=None,
            )
        )
