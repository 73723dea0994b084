"""What the next digest would be, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.delivery import DigestContent, DigestItem, RenderedPart, SubscriptionState, Window
from summaries.periods import next_due
from summaries.planning.items import new_items
from summaries.subscriptions import wanted_filter

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.delivery import Subscription
    from summaries.delivery_ports import DigestRenderer
    from summaries.ports import Clock, Store, UnitOfWork

EXAMPLES = 3
"""How many releases a preview shows when nothing new waits."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The next digest as it would be posted now; when `waiting` is 0, one made of the newest releases
    as an example, or nothing when there is none to show.
    """

    parts: tuple[RenderedPart, ...]
    waiting: int


def preview(store: Store, clock: Clock, subscription: Subscription, render: DigestRenderer) -> Preview:
    """Render what the subscription would get if it were due now. Nothing is written."""
    with store.read() as work:
        upto = work.releases.last_seq()
        items = new_items(work, subscription, upto, {}).items
        shown = items or _examples(work, subscription)
    if not shown:
        return Preview((), 0)
    due_at = next_run(subscription, clock.now()) or clock.now()
    window = Window(0, subscription.id, "preview", subscription.position, upto, due_at, clock.now(), 1, due_at)
    return Preview(tuple(render(DigestContent(subscription, window, shown))), len(items))


def next_run(subscription: Subscription, now: datetime) -> datetime | None:
    """When the next window is due, in UTC; None for `now`, which follows what comes in, and when it is not active.

    A period that had its digest before the times were changed is not due again.
    """
    if subscription.state is not SubscriptionState.ACTIVE:
        return None
    return next_due(subscription.cadence, subscription.zone, max(now, subscription.due_after), subscription.quiet)


def _examples(work: UnitOfWork, subscription: Subscription) -> tuple[DigestItem, ...]:
    """The newest releases the filter wants."""
    newest = work.search.newest(wanted_filter(subscription), limit=EXAMPLES)
    return tuple(DigestItem(stored, "new", stored.revision) for stored in newest)
