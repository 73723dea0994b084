"""From a local date and time of day to the moment it means."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def first_moment(day: date, at: time, tz: ZoneInfo) -> datetime:
    """The first moment, in UTC, at a local time: of a repeated one the first pass, of a skipped one the end of the
    gap.
    """
    local = datetime.combine(day, at, tzinfo=tz)
    moment = local.astimezone(UTC)
    if moment.astimezone(tz) == local:  # two times of one zone are compared by what the clock shows
        return moment
    return _end_of_gap(local.replace(fold=1).astimezone(UTC), moment, tz)


def _end_of_gap(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """The instant between two when the clocks go forward, to the second (PEP 495 puts a skipped time's two readings on
    either side of it).
    """
    offset = before.astimezone(tz).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(tz).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
