"""Which local periods a cadence makes due, and when.

A period is named by the local calendar (`2026-10-25/daily`, `2026-W43/weekly`, `2026-10/monthly`), never by an instant,
and is due once, whatever the clocks do:

* A time of day that autumn repeats is due at its first pass.
* One that spring skips is due at the first moment that exists after it: 01:30 on 29 March 2026 in London at 02:00.
* A day that a zone left out (30 December 2011 in Apia) has no period by the day; a week or month named by that day is
  due at the first moment after it.
* When the zone of a subscription changes, so do its days; a period that had its digest is not due again
  (`subscriptions.starting_again`).

On a quiet day (a weekend or bank holiday, when these are quiet) there is no period by the day: the next one covers it.
A week or month keeps its period, due at its time on the next day that is not quiet. A time that the clocks have moved
into quiet hours is due at their end.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from summaries.delivery import Cadence, CadenceKind, Quiet
from summaries.local_time import first_moment
from summaries.quiet import is_quiet_day, quiet_until

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = timedelta(days=1)
LONGEST_DELAY = 16 * DAY
"""More than from any local date to when its period is due: a skipped day, and as many quiet days as stand in a row."""

NOTHING_QUIET = Quiet()
_BY_DAY = {CadenceKind.DAILY, CadenceKind.WEEKDAYS}


class Period(NamedTuple):
    """One local period: its name, unique within a subscription, and when it is due, in UTC."""

    key: str
    due_at: datetime


def due_periods(
    cadence: Cadence, zone: str, after: datetime, now: datetime, quiet: Quiet = NOTHING_QUIET
) -> list[Period]:
    """The periods due in `after < due_at <= now`, oldest first. None ever for `now`: it follows what comes in."""
    periods = []
    for period in _periods(cadence, zone, after, quiet):
        if period.due_at > now:
            break
        periods.append(period)
    return periods


def next_period(cadence: Cadence, zone: str, now: datetime, quiet: Quiet = NOTHING_QUIET) -> Period | None:
    """The first period due after `now`; None for `now`."""
    return next(_periods(cadence, zone, now, quiet), None)


def next_due(cadence: Cadence, zone: str, now: datetime, quiet: Quiet = NOTHING_QUIET) -> datetime | None:
    """When the next period after `now` is due, in UTC; None for `now`."""
    period = next_period(cadence, zone, now, quiet)
    return period.due_at if period else None


def _periods(cadence: Cadence, zone: str, after: datetime, quiet: Quiet) -> Iterator[Period]:
    """The periods due after a moment, in order, without end."""
    if cadence.kind is CadenceKind.NOW:
        return
    tz = ZoneInfo(zone)
    after = after.astimezone(UTC)
    for day in _days(cadence, after.astimezone(tz).date() - LONGEST_DELAY):
        due_at = _due(cadence, day, tz, quiet)
        if due_at and due_at > after:
            yield Period(_key(cadence, day), due_at)


def _due(cadence: Cadence, day: date, tz: ZoneInfo, quiet: Quiet) -> datetime | None:
    """When the period of a local date is due; None when there is no such period."""
    at = cadence.at or time(0)
    moment = first_moment(day, at, tz)
    on = moment.astimezone(tz).date()
    if cadence.kind in _BY_DAY:
        if (on != day and not _exists(day, tz)) or is_quiet_day(quiet, on):
            return None
    else:
        while is_quiet_day(quiet, on):
            day = on + DAY
            moment = first_moment(day, at, tz)
            on = moment.astimezone(tz).date()
    return quiet_until(quiet, tz.key, moment) if quiet.hours else moment


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
            return f"{day.isoformat()[:7]}/monthly"
        case _:
            return f"{day.isoformat()}/{cadence.kind.value}"


def _exists(day: date, tz: ZoneInfo) -> bool:
    """Whether the local calendar has a date: Apia had no 30 December 2011."""
    return first_moment(day, time(0), tz).astimezone(tz).date() == day
