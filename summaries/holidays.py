"""The bank holidays of England and Wales.

By rule: the Banking and Financial Dealings Act 1971, Schedule 1, with New Year's Day and the early May holiday, which
have been proclaimed every year since 1974 and 1978, and a substitute day by proclamation for each that falls on a
weekend. Christmas Day, Good Friday and the substitutes count as bank holidays here, as on the government's list.

Days that were moved or added for a year by proclamation are in `data/bank_holidays.csv`.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from summaries.register import rows

DAY = timedelta(days=1)
MONDAY = 0


def is_bank_holiday(day: date) -> bool:
    """Whether a date is a bank holiday in England and Wales. Of years to come, as far as they are known."""
    return day in bank_holidays(day.year)


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of a year, in order, with their names; those of a later proclamation are not known yet."""
    easter = easter_sunday(year)
    found = {
        _new_year(year): "New Year's Day",
        easter - 2 * DAY: "Good Friday",
        easter + DAY: "Easter Monday",
        _monday_from(date(year, 5, 1)): "Early May bank holiday",
        _monday_from(date(year, 5, 25)): "Spring bank holiday",
        _monday_from(date(year, 8, 25)): "Summer bank holiday",
        **_christmas(year),
    }
    for row in _exceptions():
        day = date.fromisoformat(row["date"])
        if day.year != year:
            continue
        if row["change"] == "not":
            del found[day]
        else:
            found[day] = row["name"]
    return dict(sorted(found.items()))


def easter_sunday(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar, by the rule of the computus (Meeus, Jones and Butcher)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leap_years, since_leap = divmod(in_century, 4)
    to_sunday = (32 + 2 * rest + 2 * leap_years - epact - since_leap) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _new_year(year: int) -> date:
    """New Year's Day, or the Monday after it."""
    first = date(year, 1, 1)
    return _monday_from(first) if first.weekday() > 4 else first


def _christmas(year: int) -> dict[date, str]:
    """Christmas Day and Boxing Day, or their substitutes: of a Saturday and Sunday the Monday and Tuesday after; of a
    Sunday and Monday, Tuesday for Christmas Day."""
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    match christmas.weekday():
        case 4:
            boxing += 2 * DAY
        case 5:
            christmas, boxing = christmas + 2 * DAY, boxing + 2 * DAY
        case 6:
            christmas += 2 * DAY
    return dict(sorted({christmas: "Christmas Day", boxing: "Boxing Day"}.items()))


def _monday_from(day: date) -> date:
    return day + DAY * ((MONDAY - day.weekday()) % 7)


@cache
def _exceptions() -> tuple[dict[str, str], ...]:
    return tuple(rows("bank_holidays.csv"))
