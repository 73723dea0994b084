"""How many causes of concern and areas for improvement a release states; an area or cause recalled is not counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.parsing.layout.numbers import NUMBER, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.parsing.layout.passage import Passage
    from summaries.types import Evidence

_RAISED = r"(?:identif\w{1,4}|found|issued|raised|brought|reported|recorded|highlighted|gave|given|made|has)"
_COUNTED = (
    rf"\b(?:(?P<number>{NUMBER}) (?:\w{{1,20}} ){{0,2}}?"
    rf"|{_RAISED} (?P<single>an?) (?:(?!{NUMBER}\b)[a-z-]{{1,20}} ){{0,2}}?)"
)
_CAUSES = re.compile(
    rf"{_COUNTED}causes? of concern\b",
    re.IGNORECASE,
)
_AREAS = re.compile(
    rf"{_COUNTED}areas? (?:for|in need of|needing|requiring|of) improvement\b",
    re.IGNORECASE,
)
# Counts of another inspection, of all forces, or of what may come.
_NOT_NOW = re.compile(
    r"\b(?:previous(?:ly)?|last (?:time|year|inspection)|earlier|(?:19|20)\d\d (?:report|inspection)"
    r"|in (?:19|20)\d\d,? (?:we|HMIC|inspectors|the inspectorate)|since|remain(?:s|ing)?|closed|addressed"
    r"|(?:across|in|all|other) (?:\w{1,20} )?(?:forces|services))\b",
    re.IGNORECASE,
)
_SOME_OF = re.compile(r"\bof (?:the|its|these|those|our|all)\b", re.IGNORECASE)
# A teaser of another page breaks off; what it counts is that page's.
_CUT_OFF = re.compile(r" ?(?:…|\.\.\.)")


@dataclass(frozen=True, slots=True)
class Count:
    """How many are stated, and where; `doubt` where sentences state different numbers, so that none is taken."""

    value: int | None = None
    evidence: Evidence | None = None
    doubt: str | None = None


def read_causes_of_concern(passages: Sequence[Passage]) -> Count:
    """The number of causes of concern that the inspection raised."""
    return _count(passages, _CAUSES, "causes of concern")


def read_areas_for_improvement(passages: Sequence[Passage]) -> Count:
    """The number of areas for improvement that the inspection raised."""
    return _count(passages, _AREAS, "areas for improvement")


def _count(passages: Sequence[Passage], pattern: re.Pattern[str], things: str) -> Count:
    stated: dict[int, Evidence] = {}
    for passage in passages:
        for sentence in passage.sentences():
            if things.rpartition(" ")[2] not in sentence.plain.casefold() or _NOT_NOW.search(sentence.plain):
                continue
            for found in pattern.finditer(sentence.plain):
                if _SOME_OF.search(found.group()) or _CUT_OFF.match(sentence.plain, found.end()):
                    continue
                value = 1 if found["single"] else number_of(found["number"])
                stated.setdefault(value, sentence.evidence(*found.span()))
    if len(stated) > 1:
        return Count(doubt=f"Different numbers of {things} are stated: {', '.join(map(str, stated))}.")
    for value, evidence in stated.items():
        return Count(value, evidence)
    return Count()
