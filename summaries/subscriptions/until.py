"""When a pause ends, in words: `2w`, `3 days`, `until Monday`, `until 5 Dec`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from summaries.cadence import weekday_named
from summaries.errors import BadSubscription
from summaries.local_time import first_moment
from summaries.query.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_DAYS = 731
"""A pause to a later day than this many from now is taken for a slip; one without an end is said without a day."""

_LENGTH = re.compile(r"(?P<count>\d{1,4}|an?|one|two|three|four)\s?(?P<unit>d|days?|w|wks?|weeks?|fortnights?)")
_COUNTS: Mapping[str, int] = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_UNIT_DAYS: Mapping[str, int] = {"d": 1, "w": 7, "f": 14}


def parse_until(words: str, zone: str, now: datetime) -> datetime | None:
    """The moment, in UTC, at which a pause ends that begins `now`; None when the words are empty: it has no end.

    Days and weeks end at the same time of day; `until` a day is to where that day begins in the zone: of a weekday and
    of a date without a year the next one. Raises BadSubscription (fact `nearest`) for other words and for what is past.
    """
    said = " ".join(words.lower().split())
    if not said:
        return None
    tz = ZoneInfo(zone)
    local = now.astimezone(tz)
    if found := _LENGTH.fullmatch(said.removeprefix("for ")):
        day, at = local.date() + timedelta(days=_days(found)), local.time()
    else:
        named = _day(said.removeprefix("until ").removeprefix("till ").removeprefix("on "), local.date())
        if named is None:
            raise _wrong(f"`{words.strip()}` is not a time I can wait for.")
        day, at = named, time(0)
    if day <= local.date():
        raise _wrong(f"`{words.strip()}` is not to come any more.")
    if (day - local.date()).days > LONGEST_DAYS:
        raise _wrong("That is more than two years from now. To pause without an end, give no time.")
    return first_moment(day, at, tz)


def _days(found: re.Match[str]) -> int:
    count = _COUNTS.get(found["count"]) or int(found["count"])
    return count * _UNIT_DAYS[found["unit"][0]]


def _day(said: str, today: date) -> date | None:
    """The day that is meant, past or to come; None when none is."""
    if said == "tomorrow":
        return today + timedelta(days=1)
    weekday = weekday_named(said.removeprefix("next "))
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    dated = said.replace(" of ", " ")
    if (day := _date(dated)) is not None:
        return day
    this_year, next_year = (_date(f"{dated} {year}") for year in (today.year, today.year + 1))
    return next_year if this_year and this_year < today else this_year


def _date(words: str) -> date | None:
    """A day; of a month alone, and of a year, the first."""
    found = read_date(words)
    if found is None:
        return None
    year, month, day = (*map(int, found.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _wrong(what: str) -> BadSubscription:
    return BadSubscription(f"{what} Write `2w`, `3d`, `until Monday` or `until 5 Dec`.", nearest="2w")
