"""Which inspection a release is about: programme, cycle and pillar, each with the words that say so.

A cycle that is printed is taken as printed. "The second year running" is counted from the first cycle that graded the
pillar (`data/series.csv`). Nothing else dates a release, so without such words the cycle stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summaries.frameworks import PILLAR_WORDS, cycle_of_year_running, cycles, has_pillars, programmes
from summaries.types import Kind, Pillar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.passage import Passage
    from summaries.parsing.sections import Sections
    from summaries.types import Evidence

_HEADLINE_PILLAR = re.compile(rf"(?:\b(?:at|in) (?:how )?|'s )(?P<word>{'|'.join(PILLAR_WORDS)})\b", re.IGNORECASE)
_ASSESSED_PILLAR = re.compile(r"\bassessed how (?P<word>legitimate|effective|efficient)\b", re.IGNORECASE)
_PRINTED_CYCLE = (
    r"(?::| –| -)? ?(?:police |assessment |inspection )?(?:effectiveness |efficiency |legitimacy |leadership )?"
    r"(?P<cycle>20\d\d(?:[/-]\d\d)?)\b"
)
_YEAR_RUNNING = re.compile(
    r"\b(?P<nth>first|second|third|fourth|fifth) (?:consecutive year|year running|year in a row)\b", re.IGNORECASE
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_MONITORING = re.compile(r"\b(?i:enhanced (?:level of )?monitoring)\b|\bEngage\b")
_REVISITED = re.compile(r"\b[Ii]n (?P<cycle>20\d\d),? (?:HMIC(?:FRS)?|we|inspectors) revisited\b")


@dataclass(frozen=True, slots=True)
class Framework:
    """`evidence` holds the span each of the three was read from, under its field name."""

    programme: str | None = None
    cycle: str | None = None
    pillar: Pillar | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


def read_framework(sections: Sections) -> Framework:
    """Read programme, pillar and cycle; what the release does not say stays None, with a doubt where it should be."""
    evidence: dict[str, Evidence] = {}
    body = sections.body()
    programme, doubts = _programme(sections, body, evidence)
    pillar = _pillar(sections, evidence) if programme is None or has_pillars(programme) else None
    cycle = _cycle(programme, pillar, [*body, *sections.notes], evidence) if programme else None
    if programme and cycle is None and any(known.cycle for known in cycles(programme)):
        doubts.append(f"The release does not say which cycle of “{programme}” it belongs to.")
    return Framework(programme, cycle, pillar, evidence, tuple(doubts))


def kind_of(framework: Framework, subjects: tuple[str, ...], headline: Passage) -> Kind:
    """What sort of release this is: one on monitoring says so in its headline, whatever inspection it then recalls.
    About no body in particular, a programme of force inspections is a national one."""
    if subjects and _MONITORING.search(headline.plain):
        return Kind.MONITORING
    if framework.programme is None:
        return Kind.FORCE_INSPECTION if framework.pillar and subjects else Kind.OTHER
    kind = programmes()[framework.programme].kind
    if subjects:
        return kind
    return {Kind.FORCE_INSPECTION: Kind.NATIONAL, Kind.REVISIT: Kind.THEMATIC}.get(kind, kind)


def _programme(sections: Sections, body: list[Passage], evidence: dict[str, Evidence]) -> tuple[str | None, list[str]]:
    """The programme named nearest the top: in the headline, else in the text, else in the notes."""
    for passages in ([sections.headline], body, sections.notes):
        named = _named(passages)
        if len(named) > 1:
            return None, [f"The release names several programmes: {', '.join(sorted(named))}."]
        for programme, span in named.items():
            evidence["programme"] = span
            return programme, []
    return None, []


def _named(passages: Iterable[Passage]) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    for passage in passages:
        for programme in programmes().values():
            phrase = _phrase(programme.phrases).search(passage.plain)
            if phrase and programme.name not in found:
                found[programme.name] = passage.evidence(*phrase.span())
    return found


def _phrase(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """An abbreviation must be printed in capitals; other phrases in any case."""
    forms = [re.escape(phrase) if phrase.isupper() else f"(?i:{re.escape(phrase)})" for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")


def _pillar(sections: Sections, evidence: dict[str, Evidence]) -> Pillar | None:
    for passages, pattern in (([sections.headline], _HEADLINE_PILLAR), (sections.context, _ASSESSED_PILLAR)):
        found = {
            _pillar_of(word["word"]): passage.evidence(*word.span("word"))
            for passage in passages
            for word in pattern.finditer(passage.plain)
        }
        if len(found) == 1:
            pillar, evidence["pillar"] = found.popitem()
            return pillar
        if found:
            return None
    return None


def _pillar_of(word: str) -> Pillar:
    folded = word.casefold()
    return PILLAR_WORDS.get(folded) or PILLAR_WORDS[f"{folded}ly"]


def _cycle(programme: str, pillar: Pillar | None, passages: list[Passage], evidence: dict[str, Evidence]) -> str | None:
    known = {entry.cycle for entry in cycles(programme) if entry.cycle}
    printed = re.compile(_phrase(programmes()[programme].phrases).pattern + _PRINTED_CYCLE)
    revisit = programmes()[programme].kind is Kind.REVISIT
    for passage in passages:
        for found in printed.finditer(passage.plain):
            if found["cycle"] in known:
                evidence["cycle"] = passage.evidence(*found.span())
                return found["cycle"]
        revisited = _REVISITED.search(passage.plain) if revisit else None
        if revisited and revisited["cycle"] in known:
            evidence["cycle"] = passage.evidence(*revisited.span())
            return revisited["cycle"]
    return _counted_cycle(programme, pillar, passages, evidence) if pillar else None


def _counted_cycle(
    programme: str, pillar: Pillar, passages: list[Passage], evidence: dict[str, Evidence]
) -> str | None:
    for passage in passages:
        for sentence in passage.sentences():
            running = _YEAR_RUNNING.search(sentence.plain)
            if running and "inspect" in sentence.plain:
                evidence["cycle"] = sentence.evidence()
                return cycle_of_year_running(programme, pillar, _ORDINALS.index(running["nth"].casefold()) + 1)
    return None
