"""Which programme of inspection a release belongs to, by the words of `data/programmes.csv`.

`phrases` name a programme wherever they stand; `announced` only in a headline, a title, the page's own words or a
sentence on this inspection; `cues` only where nothing names a programme, at the top of a release about a body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from summaries.frameworks import programmes
from summaries.parsing.about.pillars import has_headline_pillar
from summaries.parsing.about.places import without_publisher
from summaries.parsing.about.regions import REGIONAL
from summaries.register import BodyKind, bodies, rows
from summaries.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.about.places import Place, Places
    from summaries.types import Evidence

FIRE = "Fire and rescue"
ORGANISED_CRIME = "Serious and organised crime"
# `#` in a phrase: a year, a cycle or a number of areas.
_NUMBER = r"(?:20\d\d|\d{1,2}|[a-z]{3,8})"
_NEVER = re.compile(r"(?!)")
_FIRE_INSPECTED = re.compile(
    r"\bfire (?:and|&) rescue service\b|\bfire (?:brigade|service|inspectorate)\b", re.IGNORECASE
)
_INSPECTION = re.compile(
    r"\b(?:inspect|revisit|causes? of concern\b|grade[ds]?\b|judge[ds]\b|rate[ds]\b)", re.IGNORECASE
)
# What makes a sentence about no body in particular one on PEEL, which most releases recall, rather than on a theme.
_PEEL = "PEEL"
_GRADED = re.compile(r"\b(?:grad|judg)(?:ed|es|ments?)\b|\bPEEL\b[^.]{0,30}\b20\d\d\b|\bannual PEEL inspections\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A programme with the words that name it; without evidence where only the page's heading or address does."""

    programme: str | None
    evidence: Evidence | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    phrases: re.Pattern[str]
    announced: re.Pattern[str]
    cues: re.Pattern[str]
    needs_body: bool
    national_kind: Kind


@cache
def _words() -> dict[str, _Words]:
    return {
        row["programme"]: _Words(
            _pattern(row["phrases"]),
            _pattern("|".join(part for part in (row["phrases"], row["announced"]) if part)),
            _pattern(row["cues"]),
            row["needs_body"] == "yes",
            Kind(row["national_kind"]),
        )
        for row in rows("programmes.csv")
    }


@cache
def _pattern(phrases: str) -> re.Pattern[str]:
    """An abbreviation must be printed in capitals; other phrases in any case."""
    forms = [_form(phrase) for phrase in phrases.split("|") if phrase]
    return re.compile(rf"\b(?:{'|'.join(forms)})(?!\w)") if forms else _NEVER


def _form(phrase: str) -> str:
    form = re.escape(phrase).replace(r"\#", _NUMBER).replace("and", "(?:and|&)")
    return form if phrase.isupper() else f"(?i:{form})"


def phrases_of(programme: str) -> re.Pattern[str]:
    """The words that name a programme in its own releases."""
    return _words()[programme].announced


def kind_about_no_body(programme: str) -> Kind:
    """What its releases are that are about no body in particular."""
    return _words()[programme].national_kind


def read_programme(places: Places, subjects: tuple[str, ...]) -> Named:
    """The programme named nearest the top, and rather in words on this inspection than in recalling another.

    Where one place names several, none is taken, and a doubt says so.
    """
    for tier in ((places.headline,), places.titles, places.outside, places.announced):
        named = _named(tier, "announced", subjects)
        named = _unless_recalled(named, subjects) if tier is places.announced else named
        if named:
            return _settle(named, places)
    by_pillar = has_headline_pillar(places)  # so that what else its lead speaks of is no programme
    for tier in ((places.headline,), places.titles, () if by_pillar else places.lead, places.outside):
        named = _named(tier, "cues", subjects)
        if len(named) == 1:
            return _settle(named, places)
    if len(subjects) > 1 and (regional := _regional(places)):
        return regional
    if subjects and all(bodies()[subject].kind is BodyKind.FIRE for subject in subjects):
        return _fire(places)
    for tier in (places.lead, places.rest, places.recalled, places.notes):
        named = _unless_recalled(_named(tier, "phrases", subjects), subjects)
        if tier is not places.lead and not subjects:
            named.pop(_PEEL, None)
        if named:
            return _settle(named, places)
    return Named(None)


def _regional(places: Places) -> Named | None:
    """Several forces of one region looked at together: "forces across Wessex need to tackle serious crime better"."""
    found = ((place, REGIONAL.search(place.passage.plain)) for place in places.top)
    return next((Named(ORGANISED_CRIME, place.evidence(*words.span())) for place, words in found if words), None)


def _named(tier: Iterable[Place], which: str, subjects: tuple[str, ...]) -> dict[str, tuple[Place, re.Match[str]]]:
    found: dict[str, tuple[Place, re.Match[str]]] = {}
    for place in tier:
        plain = without_publisher(place.passage.plain)
        for programme, words in _words().items():
            if programme in found or (words.needs_body and not subjects):
                continue
            phrase = getattr(words, which).search(plain)
            if phrase:
                found[programme] = (place, phrase)
    return found


def _unless_recalled(
    named: dict[str, tuple[Place, re.Match[str]]], subjects: tuple[str, ...]
) -> dict[str, tuple[Place, re.Match[str]]]:
    if subjects or _PEEL not in named or _GRADED.search(named[_PEEL][0].passage.plain):
        return named
    return {programme: where for programme, where in named.items() if programme != _PEEL}


def _settle(named: dict[str, tuple[Place, re.Match[str]]], places: Places) -> Named:
    if len(named) > 1:
        return Named(None, doubts=(f"The release names several programmes: {', '.join(sorted(named))}.",))
    programme, (place, phrase) = next(iter(named.items()))
    evidence = place.evidence(*phrase.span()) if place.stated else _evidence(programme, places)
    return Named(programme, evidence)


def _evidence(programme: str, places: Places) -> Evidence | None:
    """Words in the text that agree with what the page's heading or address says."""
    for place in (*places.top, *places.announced, *places.rest, *places.notes):
        phrase = phrases_of(programme).search(without_publisher(place.passage.plain))
        if phrase:
            return place.evidence(*phrase.span())
    return None


def _fire(places: Places) -> Named:
    """A fire and rescue service is inspected in one programme only, so the word of an inspection of one names it."""
    for place in (*places.top, *places.announced, *places.rest):
        plain = without_publisher(place.passage.plain)
        if asked := phrases_of(FIRE).search(plain):
            return Named(FIRE, place.evidence(*asked.span()))
        service = _FIRE_INSPECTED.search(plain)
        if service and any(_INSPECTION.search(one.passage.plain) for one in (*places.top, *places.announced)):
            return Named(FIRE, place.evidence(*service.span()))
    return Named(None)


def usual_kind(programme: str) -> Kind:
    return programmes()[programme].kind
