"""Open windows of one subscription that is locked: its due one, and that of what cannot wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from summaries.delivery import CadenceKind, DigestContent, SubscriptionState, Window, WindowKind
from summaries.planning import days
from summaries.planning.circumstances import attestation_of
from summaries.planning.corrections import correct
from summaries.planning.due import window_due
from summaries.planning.items import new_items
from summaries.planning.owing import owe_digest
from summaries.subscriptions import wanted_filter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from summaries.delivery import DigestItem, Subscription
    from summaries.planning.run import Run
    from summaries.ports import UnitOfWork

CLOCKS_APART = timedelta(days=2)
"""How far the clocks of workers may be apart. A window due later than that was opened by one that was wrong: it stands,
but does not keep the periods before it from their digests."""


def open_due(work: UnitOfWork, run: Run, subscription: Subscription) -> int:
    """Decide again, now that nobody else can change the subscription, and write. How many windows were opened."""
    if subscription.state is not SubscriptionState.ACTIVE:
        return 0
    kind = WindowKind.NOW if subscription.cadence.kind is CadenceKind.NOW else WindowKind.PERIOD
    last = work.windows.last_before(subscription.id, kind, before=run.now + CLOCKS_APART)
    last_due, last_period = (last.due_at, last.period) if last else (None, None)
    due = window_due(subscription, last_due, work.releases.last_seq(), run.now, last_period=last_period)
    if due is None:
        return 0
    new = new_items(work, subscription, due.to_seq, run.spans)
    # A message was written of these while they were being corrected elsewhere.
    corrected = sum(correct(work, run, subscription, item.release.number) for item in new.outdated)
    opened = _open_parted(work, run, subscription, due, new.items)
    if opened:
        work.subscriptions.save(replace(subscription, position=due.to_seq, paused_since=None, catch_up=None))
    return corrected + opened


def wanted_now(subscription: Subscription, items: Sequence[DigestItem]) -> list[DigestItem]:
    """Those of the urgent items that a subscription is to have before its period comes."""
    if not subscription.urgent or subscription.cadence.kind is CadenceKind.NOW:
        return []
    wanted = wanted_filter(subscription)
    owed = (one for one in items if one.release.seq > subscription.position and not subscription.skips(one.release.seq))
    return [item for item in owed if wanted.matches(item.release.release)]


def open_urgent(work: UnitOfWork, run: Run, subscription: Subscription, urgent: Sequence[DigestItem]) -> int:
    """Post at once what cannot wait, unless it was shown. How many windows were opened."""
    if subscription.state is not SubscriptionState.ACTIVE:
        return 0
    wanted = wanted_now(subscription, urgent)
    shown = {number for number, _, _ in work.windows.shown(subscription.id, [one.release.number for one in wanted])}
    items = tuple(item for item in wanted if item.release.number not in shown)
    if not items:
        return 0
    newest = max(item.release.seq for item in items)
    window = Window(
        id=0,
        subscription_id=subscription.id,
        period=f"urgent/{newest:06}",
        from_seq=min(item.release.seq for item in items) - 1,
        to_seq=newest,
        due_at=run.now,
        opened_at=run.now,
        coalesced=1,
        covers_from=run.now,
        kind=WindowKind.URGENT,
    )
    return _open_parted(work, run, subscription, window, items)


def _open_parted(
    work: UnitOfWork, run: Run, subscription: Subscription, due: Window, items: Sequence[DigestItem]
) -> int:
    """How many windows were opened: none when another worker was first."""
    opened = 0
    for window, told in _parted(work, run, subscription, due, items):
        if not _open(work, run, subscription, window, told):
            if not opened:
                return 0
            raise LookupError(f"window {window.period} was opened before the one it stands beside")
        opened += 1
    return opened


def _parted(
    work: UnitOfWork, run: Run, subscription: Subscription, due: Window, items: Sequence[DigestItem]
) -> Iterator[tuple[Window, tuple[DigestItem, ...]]]:
    """The window due and, when what came in is several messages, windows beside it that cover no span of their own."""
    if due.kind not in days.KINDS:
        yield due, tuple(items)
        return
    for number, group in enumerate(days.grouped(work, run, subscription, items, due.kind)):
        joins = group.joins.id if group.joins else None
        window = replace(due, joins=joins)
        if number:
            window = replace(window, period=f"{due.period}/{number}", from_seq=due.to_seq)
        yield window, group.items


def _open(
    work: UnitOfWork, run: Run, subscription: Subscription, window: Window, items: tuple[DigestItem, ...]
) -> bool:
    opened = work.windows.open(window, items)
    if opened is None:
        return False
    if opened.joins:
        days.join(work, run, subscription, opened, items)
    elif items or _notes_nothing(subscription, window):
        attestation = attestation_of(work, run.attester, subscription, opened, items)
        parts = run.render(DigestContent(subscription, opened, items, attestation=attestation))
        owe_digest(work, subscription, opened, parts, run.render)
    return True


def _notes_nothing(subscription: Subscription, window: Window) -> bool:
    return subscription.empty_policy == "note" and window.kind is WindowKind.PERIOD
