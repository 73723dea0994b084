"""Which local periods a cadence makes due, and when.

A period is named by the local calendar (`2026-10-25/daily`), never by an instant: the hour that autumn repeats is due
once, at its first pass, and the hour that spring skips is due at the first moment that exists after it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from summaries.delivery import Cadence, CadenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = timedelta(days=1)


class Period(NamedTuple):
    """One local period: its name, unique within a subscription, and when it is due, in UTC."""

    key: str
    due_at: datetime


def due_periods(cadence: Cadence, zone: str, after: datetime, now: datetime) -> list[Period]:
    """The periods due in `after < due_at <= now`, oldest first. None ever for `now`: it follows what comes in."""
    periods = []
    for period in _periods(cadence, zone, after):
        if period.due_at > now:
            break
        periods.append(period)
    return periods


def next_due(cadence: Cadence, zone: str, now: datetime) -> datetime | None:
    """When the next period after `now` is due, in UTC; None for `now`."""
    period = next(_periods(cadence, zone, now), None)
    return period.due_at if period else None


def _periods(cadence: Cadence, zone: str, after: datetime) -> Iterator[Period]:
    """The periods due after a moment, in order, without end."""
    if cadence.kind is CadenceKind.NOW:
        return
    tz = ZoneInfo(zone)
    # Two days back: a skipped time is due on a later date than its own.
    for day in _days(cadence, after.astimezone(tz).date() - 2 * DAY):
        period = Period(_key(cadence, day), first_moment(day, (cadence.at or time(0)), tz))
        if period.due_at > after and _exists(cadence, day, tz):
            yield period


def _days(cadence: Cadence, start: date) -> Iterator[date]:
    """The local dates from `start` on that the cadence names."""
    match cadence.kind:
        case CadenceKind.MONTHLY:
            months = count(start.year * 12 + start.month - 1)
            days = (_nth_weekday(divmod(month, 12), cadence) for month in months)
            yield from (day for day in days if day >= start)
        case CadenceKind.WEEKLY:
            ahead = ((cadence.weekday or 0) - start.weekday()) % 7
            yield from (start + DAY * (ahead + 7 * week) for week in count())
        case CadenceKind.WEEKDAYS:
            yield from (day for day in (start + DAY * ahead for ahead in count()) if day.weekday() < 5)
        case _:
            yield from (start + DAY * ahead for ahead in count())


def _nth_weekday(month: tuple[int, int], cadence: Cadence) -> date:
    year, zero_based = month
    weekday, nth = cadence.weekday or 0, cadence.nth or 1
    if nth < 0:
        last = date(year + (zero_based == 11), (zero_based + 1) % 12 + 1, 1) - DAY
        return last - DAY * ((last.weekday() - weekday) % 7)
    first = date(year, zero_based + 1, 1)
    return first + DAY * ((weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _key(cadence: Cadence, day: date) -> str:
    match cadence.kind:
        case CadenceKind.WEEKLY:
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}/weekly"
        case CadenceKind.MONTHLY:
            return f"{day:%Y-%m}/monthly"
        case _:
            return f"{day:%Y-%m-%d}/{cadence.kind.value}"


def _exists(cadence: Cadence, day: date, tz: ZoneInfo) -> bool:
    """Whether the local calendar has the period: Apia had no 30 December 2011, but it had that week and month."""
    if cadence.kind in {CadenceKind.WEEKLY, CadenceKind.MONTHLY}:
        return True
    return first_moment(day, time(0), tz).astimezone(tz).date() == day


def first_moment(day: date, at: time, tz: ZoneInfo) -> datetime:
    """The first moment, in UTC, at a local time: of a repeated one the first pass, of a skipped one the end of the
    gap.
    """
    local = datetime.combine(day, at, tzinfo=tz)
    moment = local.astimezone(UTC)
    if moment.astimezone(tz).replace(tzinfo=None) == local.replace(tzinfo=None):
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
