"""Dates as releases print them, with the labels and weekdays beside them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: The names in full; whoever uses it brackets it.
MONTH = "|".join(_MONTHS)
_SHORT_OR_FULL = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS)
DATE = (
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>" + _SHORT_OR_FULL + r")\.?,? (?P<year>(?:19|20)\d\d)"
    r"|(?P<month_first>" + _SHORT_OR_FULL + r") (?P<day_second>\d{1,2})(?:st|nd|rd|th)?,? (?P<year_last>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    r"|(?P<slashed>\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d))"
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
TIME = r"(?:,?(?: at)? ?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?(?:am|pm|hrs|hours))?)?"
LABEL = (
    r"(?:(?:first )?published(?: on| date)?|publication date|date(?: of)? publi(?:cation|shed)|date of release"
    r"|release date|date|posted(?: on)?|news|press release"
    r"|embargo(?:ed)?(?: until)?(?:[: ]{1,2}\d{1,2}[:.]?\d\d ?(?:am|hrs|hours)?,?(?: on)?)?)"
)
ALONE = re.compile(rf"{WEEKDAY}{DATE}{TIME}[.| ]*", re.IGNORECASE)
_DATE_LINE = re.compile(rf"(?:{LABEL} ?[-:|]? ?{TIME} ?)?{ALONE.pattern}", re.IGNORECASE)
_PARTS = ("day", "month", "year", "month_first", "day_second", "year_last", "iso", "slashed")


def day_of(found: re.Match[str]) -> date | None:
    """The day that `DATE` matched; None when there is no such day."""
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["slashed"]:
            day, month, year = (int(part) for part in re.split(r"[/.]", found["slashed"]))
            return date(year, month, day)
        word = (found["month"] or found["month_first"]).casefold()
        month = next(at for at, name in enumerate(_MONTHS, 1) if name.casefold().startswith(word[:3]))
        return date(int(found["year"] or found["year_last"]), month, int(found["day"] or found["day_second"]))
    except ValueError:
        return None


def span_of(found: re.Match[str]) -> tuple[int, int]:
    """Where the date itself stands in what was matched with it."""
    starts, ends = zip(*(found.span(name) for name in _PARTS if found[name]), strict=True)
    return min(starts), max(ends)


def is_date_line(plain: str) -> bool:
    """Whether a whole paragraph is a date with or without a label, as pages print above or below a headline."""
    return _DATE_LINE.fullmatch(plain) is not None
