"""Which pillar a release is about, where it is about one: reports by pillar ended with PEEL 2017."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from summaries.frameworks import PILLAR_WORDS
from summaries.types import Pillar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.about.places import Place, Places
    from summaries.types import Evidence

_PILLARS = "|".join(pillar.value for pillar in Pillar)
_HEADLINE = re.compile(
    rf"(?:\b(?:at|in) (?:how |(?:its|their) )?|\bapproach to (?:its )?|'s? "
    r"|\bfor (?:its )?(?=legitimacy|efficiency|effectiveness))"
    rf"(?P<word>{'|'.join(PILLAR_WORDS)})\b",
    re.IGNORECASE,
)
# "PEEL: police efficiency (including leadership) 2017 – Kent Police"
_TITLE = re.compile(rf"\b(?:PEEL:?|police):? (?:police )?(?P<word>{_PILLARS})\b(?!,? (?:and|&) |, )", re.IGNORECASE)
_ASSESSED = re.compile(
    r"\bassess(?:ed|es) how (?P<word>legitimate|effective|efficient)\b"
    rf"|\byear of (?:assessing|inspecting|grading) (?:\w+ ){{1,5}}(?:annual )?PEEL:? (?:police )?(?P<other>{_PILLARS})"
    r" (?:inspection|assessment)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    rf"\b(?:inspections?|assessments?|reports?) (?:of|on|into) (?:police |the )?(?P<word>{_PILLARS})\b(?!,? and |, )"
    rf"|\b(?:police|PEEL:?) (?P<other>{_PILLARS}) (?:inspection|report|assessment)",
    re.IGNORECASE,
)


class About(NamedTuple):
    pillar: Pillar | None
    evidence: Evidence | None = None


def read_pillar(places: Places) -> About:
    """The one pillar of the headline, else of a report's title or the page's heading, else of what was assessed."""
    context = (*places.lead, *places.announced, *places.rest)
    tiers = (
        ((places.headline,), _HEADLINE),
        ((places.headline, *places.titles), _TITLE),
        (places.outside, _TITLE),
        (context, _ASSESSED),
        (places.announced, _ANNOUNCED),
    )
    for tier, pattern in tiers:
        found = _found(tier, pattern)
        if found:
            return found.popitem()[1] if len(found) == 1 else About(None)
    return About(None)


def has_headline_pillar(places: Places) -> bool:
    """Whether the headline is about one pillar, so that what else the lead speaks of names no programme."""
    return len(_found((places.headline,), _HEADLINE)) == 1


def _found(tier: Iterable[Place], pattern: re.Pattern[str]) -> dict[Pillar, About]:
    found: dict[Pillar, About] = {}
    for place in tier:
        for match in pattern.finditer(place.passage.plain):
            group = "word" if match["word"] else "other"
            pillar = _pillar_of(match[group])
            found.setdefault(pillar, About(pillar, place.evidence(*match.span(group))))
    return found


def _pillar_of(word: str) -> Pillar:
    folded = word.casefold()
    if folded == Pillar.LEADERSHIP.value:
        return Pillar.LEADERSHIP
    return PILLAR_WORDS.get(folded) or PILLAR_WORDS[f"{folded}ly"]


def is_reported_by_pillar(cycle: str | None) -> bool:
    """Whether a PEEL cycle had a report for each pillar: those of one year, until the integrated one of 2018/19."""
    return cycle is None or cycle.isdigit()
