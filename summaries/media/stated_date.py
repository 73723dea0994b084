"""The day on which a page says of itself, in its mark-up, that it was published."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_LONDON = ZoneInfo("Europe/London")
#: The inspectorate had no web site before; an earlier day is a clock that was never set.
_EARLIEST = date(1995, 1, 1)
_PUBLISHED = "time[pubdate], time[itemprop~=datePublished], time.published, time.entry-date"


def stated_date(tree: LexborHTMLParser, content: LexborNode | None) -> date | None:
    """From `article:published_time`, else a `time` in the content that is marked as the publication's or is the only
    one there. The day in England and Wales."""
    meta = tree.css_first('meta[property="article:published_time"]')
    if meta is not None and (day := day_of(meta.attributes.get("content"))):
        return day
    if content is None:
        return None
    marked, all_times = content.css_first(_PUBLISHED), content.css("time[datetime]")
    time = marked or (all_times[0] if len(all_times) == 1 else None)
    return day_of(time.attributes.get("datetime")) if time else None


def day_of(stated: str | None) -> date | None:
    """The London day of an ISO date or time; None for anything else, and for a day that cannot be right."""
    try:
        moment = datetime.fromisoformat((stated or "").strip())
    except ValueError:
        return None
    return london_day(moment)


def london_day(moment: datetime) -> date | None:
    """The day in London of a time, taken as it stands when it has no zone."""
    try:
        day = (moment.astimezone(_LONDON) if moment.tzinfo else moment).date()
    except OverflowError:
        return None
    return day if day >= _EARLIEST else None
