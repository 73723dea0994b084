"""Which cycle of its programme a release belongs to: the printed one, nearest the top; never from a date.

"PEEL 2023–2025" and "2023-25" are one cycle, however written; `data/cycle_names.csv` has other words for some. "The
second year running" is counted from the first cycle that graded the pillar (`data/series.csv`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from summaries.frameworks import cycle_of_year_running, cycles
from summaries.mentions import find_bodies
from summaries.parsing.about.printed_cycles import area_of, printed_cycles
from summaries.parsing.about.programmes import phrases_of, usual_kind
from summaries.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.about.places import Place, Places
    from summaries.parsing.about.printed_cycles import Printed
    from summaries.types import Evidence, Pillar

# All that may stand between the name of a programme and its cycle, in either order.
_GAP = re.compile(
    r"(?:[\s:,;()'\"-]|\b(?:police|forces?|assessments?|inspections?|programme|cycle|report|effectiveness|efficiency"
    r"|legitimacy|leadership|including|people|and|of|for|in|the|its|our|an?|we|HMIC(?:FRS)?|s|has|have|adopted|introduced"
    r"|integrated|interim|risk|based|approach|annual|IPA|to|existing|fire|rescue|services?|policing|England|Wales)\b){0,40}",
    re.IGNORECASE,
)
_OF_A_REPORT = re.compile(
    r"\b(?:PEEL|police|fire|frs|(?:re-?)?inspections?|assessments?|revisits?|effectiveness|efficiency|legitimacy)\b",
    re.IGNORECASE,
)
_LONGEST_GAP = 100  # characters
_YEAR_RUNNING = re.compile(
    r"\b(?P<nth>first|second|third|fourth|fifth) (?:(?:consecutive year|year running|year in a row)\b"
    r"|of (?:its|our|the|HMIC's|HMICFRS's) (?:annual|yearly) "
    r"|year of (?:assessing|inspecting|grading) (?:\w+ ){1,5}(?:annual )?PEEL )",
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
    area = area_of(programme)
    for place in tier:
        plain = place.passage.plain
        is_title = _OF_A_REPORT.search(plain) is not None or bool(find_bodies(place.passage.text, area))
        names = [phrase.span() for phrase in phrases_of(programme).finditer(plain)]
        for printed in printed_cycles(programme, plain, stated=place.stated):
            start, end = _span_with_name(plain, names, printed)
            by_name = (start, end) != (printed.start, printed.end)
            if by_name or printed.alone or (not beside and is_title):
                found.setdefault(printed.cycle, Told(printed.cycle, place.evidence(start, end)))
    return found


def _span_with_name(plain: str, names: list[tuple[int, int]], printed: Printed) -> tuple[int, int]:
    """The cycle with the programme's name, where they stand beside each other or within each other."""
    after = bisect_left(names, (printed.start, 0))
    for start, end in reversed(names[max(after - 1, 0) : after + 1]):
        first, last = min(start, printed.start), max(end, printed.end)
        gap = plain[end : printed.start] if start <= printed.start else plain[printed.end : start]
        if len(gap) <= _LONGEST_GAP and _GAP.fullmatch(gap):
            return first, last
    return printed.start, printed.end


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
