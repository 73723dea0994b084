"""Cycles as they are printed: "2023–2025", "2023/25" and "2023-25" are one; "round 2", and other words for some.

The other words are in `data/cycle_names.csv`; `data/cycle_tallies.csv` has cycles known by what they grade.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from summaries.frameworks import cycles
from summaries.mentions import find_bodies
from summaries.parsing.about.programmes import usual_kind
from summaries.parsing.layout.printed_dates import MONTH
from summaries.register import BodyKind, rows
from summaries.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = rf"{MONTH}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_YEARS = re.compile(r"(?<![\d/.-])(?P<first>20\d\d)(?:\s?[/-]\s?(?P<second>(?:20)?\d\d))?(?![\d/]|-\d|\.\d|,\d{3})")
_SLUG_YEARS = re.compile(r"\b(?P<first>20\d\d)(?: (?P<second>(?:20)?\d\d))?\b")
_DATE_BEFORE = re.compile(rf"\b(?:{_MONTHS})(?: \d{{1,2}},)? $")
# "the 2021/22 inspection cycle", "the 2013 inspection looked at"
_CYCLE_AFTER = re.compile(
    r"\s(?:inspection|assessment|PEEL)s? (?:cycle|programme|round|look(?:ed|s) at|assesse[sd]|examine[sd])"
)
_BODY_BEFORE = re.compile(r"\b(?:Police|Constabulary|Service|Rescue|Brigade)[ :,-]{1,3}$")
_INSPECTION_AFTER = re.compile(r"\s(?:inspection|assessment|report)\b")
_LONGEST_TITLE = 60  # characters: "Kent 2016"
_ROUND = re.compile(r"\bround (?P<number>[1-9]|one|two|three)\b", re.IGNORECASE)
_ROUNDS = {"one": "1", "two": "2", "three": "3"}


class Printed(NamedTuple):
    """A cycle at `plain[start:end]`. `alone`: the words are a cycle's wherever they stand, not only by a programme."""

    start: int
    end: int
    cycle: str
    alone: bool


def printed_cycles(programme: str, plain: str, *, stated: bool) -> Iterator[Printed]:
    """Every cycle of the programme that the words print; `stated`: they are of the text, not of an address."""
    for years in (_YEARS if stated else _SLUG_YEARS).finditer(plain):
        cycle = _cycle_of(programme, years["first"], years["second"])
        if cycle and not _DATE_BEFORE.search(plain[max(years.start() - 12, 0) : years.start()]):
            yield Printed(*years.span(), cycle, _stands_alone(plain, years, area_of(programme)))
    yield from _by_name(programme, plain)
    for turn in _ROUND.finditer(plain):
        number = turn["number"].casefold()
        cycle = f"round {_ROUNDS.get(number, number)}"
        if any(entry.cycle == cycle for entry in cycles(programme)):
            yield Printed(*turn.span(), cycle, True)


def _by_name(programme: str, plain: str) -> Iterator[Printed]:
    """Cycles known by other words, or by what they grade."""
    for words, cycle in _names(programme):
        for name in words.finditer(plain):
            yield Printed(*name.span(), cycle, True)
    for number, grade, cycle in _tallies(programme):
        areas = number.search(plain)
        if areas and grade.search(plain):
            yield Printed(*areas.span(), cycle, True)


def area_of(programme: str) -> BodyKind:
    """What an area alone stands for in the programme's titles: "Shropshire 2021/22"."""
    return BodyKind.FIRE if usual_kind(programme) is Kind.FIRE_INSPECTION else BodyKind.POLICE


def _stands_alone(plain: str, years: re.Match[str], area: BodyKind) -> bool:
    """Whether the words around it show a cycle; two years joined are one before "inspection" ("our 2023-25 report")."""
    if _CYCLE_AFTER.match(plain, years.end()):
        return True
    before = plain[max(years.start() - 20, 0) : years.start()]
    if years["second"] and (_INSPECTION_AFTER.match(plain, years.end()) or _BODY_BEFORE.search(before)):
        return True
    return years.end() == len(plain) <= _LONGEST_TITLE and bool(find_bodies(plain[: years.start()], area))


def _cycle_of(programme: str, first: str, second: str | None) -> str | None:
    if usual_kind(programme) is Kind.ANNUAL:
        return f"{first}/{second[-2:]}" if second else first
    return _by_years(programme).get((first, second[-2:] if second else None))


@cache
def _by_years(programme: str) -> dict[tuple[str, str | None], str]:
    """Each cycle by its first year and the last two digits of its second, however they are joined."""
    printed = [(entry.cycle, entry.cycle) for entry in cycles(programme) if entry.cycle]
    printed += [(row["printed"], row["cycle"]) for row in rows("cycle_names.csv") if row["programme"] == programme]
    years: dict[tuple[str, str | None], str] = {}
    for text, cycle in printed:
        found = _YEARS.fullmatch(text)
        if found:
            years[found["first"], found["second"][-2:] if found["second"] else None] = cycle
    return years


@cache
def _names(programme: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"\b{re.escape(row['printed'])}\b", re.IGNORECASE), row["cycle"])
        for row in rows("cycle_names.csv")
        if row["programme"] == programme and not _YEARS.fullmatch(row["printed"])
    )


@cache
def _tallies(programme: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """Cycles known by the number of areas graded and a grade that no other cycle with as many areas has."""
    return tuple(
        (
            re.compile(rf"\bacross (?:{row['areas']}) areas\b", re.IGNORECASE),
            re.compile(rf"\b{row['grade']}\b", re.IGNORECASE),
            row["cycle"],
        )
        for row in rows("cycle_tallies.csv")
        if row["programme"] == programme
    )
