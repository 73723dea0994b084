"""Years and dates in a filter: `2016`, `2015..2017`; `2016-03`, `2 March 2016`. A day is a number: yyyymmdd."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache

from summaries.frameworks import cycles, programmes

Days = tuple[int, int]
"""A first and a last day, both included, each as yyyymmdd."""

_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_RANGE = re.compile(r"([12]\d{3})\s?(?:\.{2,3}|…|-|/|\sto\s)\s?([12]\d{3}|\d{2})", re.ASCII)
_ISO = re.compile(r"([12]\d{3})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]([12]\d{3})", re.ASCII)
_WRITTEN = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s)?([a-z]{3,9})\.?,?\s([12]\d{3})", re.ASCII | re.IGNORECASE)
_MONTHS = tuple(calendar.month_name)[1:]


@cache
def _cycle_names() -> frozenset[str]:
    return frozenset(entry.cycle for programme in programmes() for entry in cycles(programme) if entry.cycle)


def read_years(words: str) -> str | None:
    """The canonical form of a year (`2016`), a cycle's year (`2018/19`: 2018) or a range (`2015..2017`)."""
    plain = " ".join(words.split())
    if _YEAR.fullmatch(plain):
        return plain
    found = _RANGE.fullmatch(plain)
    if not found:
        return None
    if plain in _cycle_names() or f"{found[1]}/{found[2]}" in _cycle_names():
        return found[1]
    first, last = found[1], found[2] if len(found[2]) == 4 else found[1][:2] + found[2]
    if first == last:
        return first
    return f"{first}..{last}" if first < last else None


def years(value: str) -> tuple[int, int]:
    """The first and last year that a canonical year value means."""
    first, _, last = value.partition("..")
    return int(first), int(last or first)


def read_date(words: str) -> str | None:
    """The canonical form of a year, month or day: `2016`, `2016-03`, `2016-03-02`. None when there is no such date."""
    plain = " ".join(words.split())
    if found := _ISO.fullmatch(plain):
        parts = [int(part) for part in found.groups() if part]
    elif found := _BRITISH.fullmatch(plain):
        parts = [int(part) for part in reversed(found.groups())]
    elif found := _WRITTEN.fullmatch(plain):
        month = _month(found[2])
        parts = [int(found[3]), month, *([int(found[1])] if found[1] else [])]
    else:
        return None
    return _canonical(parts)


def days(value: str) -> Days:
    """The first and last day of a canonical date: of a year, a month, or a day alone."""
    year, month, day = (*(int(part) for part in value.split("-")), 0, 0)[:3]
    whole = year * 10_000 + month * 100 + day
    if day:
        return whole, whole
    if month:
        return whole + 1, whole + calendar.monthrange(year, month)[1]
    return whole + 101, whole + 1231


def before_it(value: str) -> str:
    """The canonical date just before, as exact: of 2016 it is 2015, of 2016-03 2016-02."""
    return _step(value, -1)


def after_it(value: str) -> str:
    """The canonical date just after, as exact."""
    return _step(value, 1)


def spoken(value: str) -> str:
    """A canonical date for people: `2016`, `March 2016`, `2 March 2016`."""
    year, *rest = value.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if rest[1:] else f"{month} {year}"


def _canonical(parts: list[int]) -> str | None:
    year, month, day = (*parts, 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return None
    return "-".join([str(parts[0]), *(f"{part:02}" for part in parts[1:])])


def _month(word: str) -> int:
    """A month by its name or the first three letters or more of it; 0 when it is none."""
    names = [month.lower().startswith(word.lower()) for month in _MONTHS]
    return names.index(True) + 1 if True in names else 0


def _step(value: str, by: int) -> str:
    """The date that many years, months or days on. Where no year can be typed any more it stays."""
    year, *rest = (int(part) for part in value.split("-"))
    if not rest:
        stepped = str(year + by)
    elif len(rest) == 1:
        months = year * 12 + rest[0] - 1 + by
        stepped = f"{months // 12}-{months % 12 + 1:02}"
    else:
        stepped = (date(year, rest[0], rest[1]) + timedelta(days=by)).isoformat()
    return stepped if read_date(stepped) else value
