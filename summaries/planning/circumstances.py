"""What is told beside the releases of a digest: what was looked at meanwhile, and how a publication day was read."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from summaries.delivery import Reading, WindowKind
from summaries.local_time import first_moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from summaries.attesting import Attester
    from summaries.delivery import Attestation, DigestItem, Subscription, Window
    from summaries.ports import UnitOfWork
    from summaries.watched import PagesOfDay


def attestation_of(
    work: UnitOfWork, attester: Attester, subscription: Subscription, window: Window, items: Sequence[DigestItem]
) -> Attestation | None:
    """What was looked at since the period before: for a digest with nothing in it, for one that stands for several, and
    when nobody was running meanwhile. None of others; where nothing is watched, only of one with nothing in it."""
    if window.kind is not WindowKind.PERIOD:
        return None
    before = work.windows.last_before(subscription.id, WindowKind.PERIOD, before=window.due_at)
    since = before.due_at if before else subscription.created_at
    if items and window.coalesced == 1 and not attester.stood_still(work, since, window.opened_at):
        return None
    return attester.of(work, since, window.opened_at, anyhow=not items)


def local_day(subscription: Subscription, item: DigestItem) -> date:
    """The day a release was published or, not knowing it, that on which it came in, in the subscription's zone."""
    stored = item.release
    return stored.release.published_on or stored.ingested_at.astimezone(ZoneInfo(subscription.zone)).date()


def pages_of(work: UnitOfWork, subscription: Subscription, day: date) -> PagesOfDay:
    """How the pages of a local day went so far."""
    tz = ZoneInfo(subscription.zone)
    start, end = (first_moment(one, time(0), tz) for one in (day, day + timedelta(days=1)))
    return work.sources.pages_of_day(day, start=start, end=end)


def reading_of(
    work: UnitOfWork, subscription: Subscription, window: Window, items: Sequence[DigestItem]
) -> Reading | None:
    """How the pages were read of a publication day that is closed; None of one that is not, and without pages."""
    if window.closed_at is None or not items:
        return None
    return reading(pages_of(work, subscription, local_day(subscription, items[0])))


def reading(pages: PagesOfDay) -> Reading | None:
    """The last line of a publication day: what was not tried by then could not be read. None when there is no page."""
    return Reading(pages.read, pages.listed - pages.read, pages.listed) if pages.listed else None
