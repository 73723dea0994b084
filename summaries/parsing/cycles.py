"""Which cycle of its programme a release belongs to: the printed one, nearest the top; never from a date.

"PEEL 2023–2025" and "2023-25" are one cycle, however written; `data/cycle_names.csv` has other words for some. "The
second year running" is counted from the first cycle that graded the pillar (`data/series.csv`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from summaries.frameworks import cycle_of_year_running, cycles
from summaries.parsing.programmes import phrases_of, usual_kind
from summaries.register import rows
from summaries.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from summaries.parsing.places import Place, Places
    from summaries.types import Evidence, Pillar

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_YEARS = re.compile(r"(?<![\d/.-])(?P<first>20\d\d)(?:\s?[/-]\s?(?P<second>(?:20)?\d\d))?(?![\d/]|-\d|\.\d|,\d{3})")
_SLUG_YEARS = re.compile(r"\b(?P<first>20\d\d)(?: (?P<second>(?:20)?\d\d))?\b")
_DATE_BEFORE = re.compile(rf"\b(?:{_MONTHS})(?: \d{{1,2}},)? $")
# "the 2021/22 inspection cycle", "the 2013 inspection looked at"
_CYCLE_AFTER = re.compile(
    r"\s(?:inspection|assessment|PEEL)s? (?:cycle|programme|round|look(?:ed|s) at|assesse[sd]|examine[sd])"
)
_BODY_BEFORE = re.compile(r"\b(?:Police|Constabulary|Service|Rescue|Brigade)[ :,-]{1,3}$")
_INSPECTION_AFTER = re.compile(r"\s(?:inspection|assessment|report)\b")
_BARE_TITLE = re.compile(r"[A-Z][\w'& -]{2,60}[ :-]{1,3}")
_ROUND = re.compile(r"\bround (?P<number>[1-9]|one|two|three)\b", re.IGNORECASE)
_ROUNDS = {"one": "1", "two": "2", "three": "3"}
# All that may stand between the name of a programme and its cycle, in either order.
_GAP = re.compile(
    r"(?:[\s:,;()'\"-]|\b(?:police|forces?|assessments?|inspections?|programme|cycle|report|effectiveness|efficiency"
    r"|legitimacy|leadership|including|people|and|of|for|in|the|its|our|an?|we|HMIC(?:FRS)?|s|has|have|adopted|introduced"
    r"|integrated|interim|risk|based|approach|annual|IPA|to|existing|fire|rescue|services?|policing|England|Wales)\b){0,40}",
    re.IGNORECASE,
)
_LONGEST_GAP = 100  # characters
_YEAR_RUNNING = re.compile(
    r"\b(?P<nth>first|second|third|fourth|fifth) (?:(?:consecutive year|year running|year in a row)\b"
    r"|of (?:its|our|the|HMIC's|HMICFRS's) (?:annual|yearly) )",
    re.IGNORECASE,
)
_INSPECTS = re.compile(r"inspect|assess|graded")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_REVISITED = re.compile(
    r"\b[Ii]n (?P<cycle>20\d\d),? (?:HMIC(?:FRS)?|we|inspectors) (?:revisited|returned to|went back to)\b"
    r"|\b(?:HMIC(?:FRS)?|we|[Ii]nspectors) (?:revisited|returned to|went back to) (?:\w+ ){1,4}in (?P<year>20\d\d)\b"
)


class Told(NamedTuple):
    cycle: str | None
    evidence: Evidence | None = None


class _Printed(NamedTuple):
    start: int
    end: int
    cycle: str
    alone: bool  # the words are a cycle's wherever they stand


def has_cycles(programme: str) -> bool:
    """Whether each release of the programme belongs to a cycle, so that one which names none leaves a doubt."""
    return usual_kind(programme) is Kind.ANNUAL or any(entry.cycle for entry in cycles(programme))


def read_cycle(programme: str, pillar: Pillar | None, places: Places) -> Told:
    """The cycle, with the words that say it; none for a rolling programme, or where one place names two of them."""
    if not has_cycles(programme):
        return Told(None)
    if usual_kind(programme) is Kind.REVISIT:
        return _revisited(programme, places)
    is_annual = usual_kind(programme) is Kind.ANNUAL  # any year may be its cycle, so that only one beside its name is
    for tier, beside in _tiers(places):
        found = _told(programme, tier, beside=beside or is_annual)
        if found:
            return found.popitem()[1] if len(found) == 1 else Told(None)
    return _counted(programme, pillar, places) if pillar else Told(None)


def _tiers(places: Places) -> tuple[tuple[tuple[Place, ...], bool], ...]:
    """From the top down, and whether the cycle must stand beside the programme's name: not in a title, nor outside."""
    return (
        ((places.headline,), True),
        (places.titles, False),
        (places.outside, False),
        (places.announced, True),
        (places.lead, True),
        (places.rest, True),
        (places.notes, True),
    )


def _told(programme: str, tier: Iterable[Place], *, beside: bool) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for place in tier:
        plain = place.passage.plain
        names = [phrase.span() for phrase in phrases_of(programme).finditer(plain)]
        for printed in _printed(programme, plain, stated=place.stated):
            start, end = _span_with_name(plain, names, printed)
            if not (beside and start == printed.start and end == printed.end and not printed.alone):
                found.setdefault(printed.cycle, Told(printed.cycle, place.evidence(start, end)))
    return found


def _span_with_name(plain: str, names: list[tuple[int, int]], printed: _Printed) -> tuple[int, int]:
    """The cycle with the programme's name, where they stand beside each other or within each other."""
    for start, end in reversed(names):
        first, last = min(start, printed.start), max(end, printed.end)
        gap = plain[end : printed.start] if start <= printed.start else plain[printed.end : start]
        if len(gap) <= _LONGEST_GAP and _GAP.fullmatch(gap):
            return first, last
    return printed.start, printed.end


def _printed(programme: str, plain: str, *, stated: bool) -> Iterator[_Printed]:
    for years in (_YEARS if stated else _SLUG_YEARS).finditer(plain):
        cycle = _cycle_of(programme, years["first"], years["second"])
        if cycle and not _DATE_BEFORE.search(plain[max(years.start() - 12, 0) : years.start()]):
            yield _Printed(*years.span(), cycle, _stands_alone(plain, years))
    yield from _by_name(programme, plain)
    for turn in _ROUND.finditer(plain):
        number = turn["number"].casefold()
        cycle = f"round {_ROUNDS.get(number, number)}"
        if any(entry.cycle == cycle for entry in cycles(programme)):
            yield _Printed(*turn.span(), cycle, True)


def _by_name(programme: str, plain: str) -> Iterator[_Printed]:
    """Cycles known by other words, or by what they grade."""
    for words, cycle in _names(programme):
        for name in words.finditer(plain):
            yield _Printed(*name.span(), cycle, True)
    for number, grade, cycle in _tallies(programme):
        areas = number.search(plain)
        if areas and grade.search(plain):
            yield _Printed(*areas.span(), cycle, True)


def _stands_alone(plain: str, years: re.Match[str]) -> bool:
    """Whether the words around it show a cycle; two years joined are one before "inspection" ("our 2023-25 report")."""
    if _CYCLE_AFTER.match(plain, years.end()):
        return True
    before = plain[max(years.start() - 20, 0) : years.start()]
    if years["second"] and (_INSPECTION_AFTER.match(plain, years.end()) or _BODY_BEFORE.search(before)):
        return True
    return years.end() == len(plain) and _BARE_TITLE.fullmatch(plain, 0, years.start()) is not None


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


def _revisited(programme: str, places: Places) -> Told:
    known = {entry.cycle for entry in cycles(programme)}
    for place in (*places.top, *places.announced, *places.recalled, *places.rest):
        found = _REVISITED.search(place.passage.plain)
        cycle = (found["cycle"] or found["year"]) if found else None
        if found and cycle in known:
            return Told(cycle, place.evidence(*found.span()))
    return Told(None)


def _counted(programme: str, pillar: Pillar, places: Places) -> Told:
    for place in (*places.announced, *places.lead, *places.rest, *places.recalled):
        for sentence in place.passage.sentences():
            running = _YEAR_RUNNING.search(sentence.plain)
            if running and _INSPECTS.search(sentence.plain):
                nth = _ORDINALS.index(running["nth"].casefold()) + 1
                return Told(cycle_of_year_running(programme, pillar, nth), sentence.evidence())
    return Told(None)
