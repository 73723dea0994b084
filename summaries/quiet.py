"""When nothing is posted: hours of the day, weekends, bank holidays, in a subscription's zone.

Quiet hours begin and end as periods do (`periods.py`): at the first pass of an hour that autumn repeats, and at the end
of the gap when spring skips it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from summaries.holidays import is_bank_holiday
from summaries.local_time import first_moment

if TYPE_CHECKING:
    from summaries.delivery import Quiet

DAY = timedelta(days=1)


def is_quiet(quiet: Quiet, zone: str, moment: datetime) -> bool:
    """Whether nothing is to be posted at a moment."""
    return quiet_until(quiet, zone, moment) > moment


def quiet_until(quiet: Quiet, zone: str, moment: datetime) -> datetime:
    """The first moment, from this one on, that is not quiet, in UTC: this one itself when it is not."""
    tz, free = ZoneInfo(zone), moment.astimezone(UTC)
    while (end := _end(quiet, tz, free)) > free:
        free = end
    return free


def is_quiet_day(quiet: Quiet, day: date) -> bool:
    """Whether nothing is posted on a local date."""
    return (quiet.weekends and day.weekday() >= 5) or (quiet.holidays and is_bank_holiday(day))


def within_hours(quiet: Quiet, at: time) -> bool:
    """Whether a time of day is in the quiet hours: from the first of the two on, to the second."""
    if quiet.hours is None:
        return False
    start, end = quiet.hours
    return start <= at < end if start < end else at >= start or at < end


def _end(quiet: Quiet, tz: ZoneInfo, moment: datetime) -> datetime:
    """When the quiet day or the quiet hours end that a moment is in; the moment when it is in none."""
    day = moment.astimezone(tz).date()
    if is_quiet_day(quiet, day):
        return first_moment(day + DAY, time(0), tz)
    if quiet.hours is None:
        return moment
    start, end = quiet.hours
    for began in (day - DAY, day):
        ends = first_moment(began + DAY if end <= start else began, end, tz)
        if first_moment(began, start, tz) <= moment < ends:
            return ends
    return moment
