"""Regional organised crime units: "the ROCU" in a release about one region is the unit of that region."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.register import bodies
from summaries.types import BodyRole, NamedBody

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.layout.passage import Passage

_SUFFIX = "-rocu"
#: A release on how a whole region deals with serious and organised crime.
REGIONAL = re.compile(
    r"\bregional (?:response|organised crime unit)|\bROCU"
    r"|\bforces (?:across|in|of) (?!England|Wales|the (?:country|UK|report))(?:the )?(?-i:[A-Z])[^.;:]{2,100}"
    r"\btackl(?:e[sd]?|ing) serious (?:and )?organised crime\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\b(?:[Tt]he )?(?P<unit>ROCU|[Rr]egional [Oo]rganised [Cc]rime [Uu]nit)\b")


@cache
def _regions() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What each region is called, with the id of its unit: "north-east" and "North East" alike."""
    units = [body for body in bodies().values() if body.id.endswith(_SUFFIX)]
    return tuple(
        (re.compile(rf"\b{body.short.removesuffix(' ROCU').replace(' ', '[ -]')}\b", re.IGNORECASE), body.id)
        for body in units
    )


def unit_named(passages: Iterable[Passage]) -> str | None:
    """The id of the one unit that these passages name, in full or by its region; None when of several regions."""
    texts = list(passages)
    named = {mention.body.id for passage in texts for mention in find_bodies(passage.text)}
    units = {name for name in named if name.endswith(_SUFFIX)}
    if not units:
        units = {unit for region, unit in _regions() for passage in texts if region.search(passage.plain)}
    return units.pop() if len(units) == 1 else None


def region_unit(passages: Iterable[Passage], subjects: frozenset[str]) -> NamedBody | None:
    """The unit that a release is about, where its text only says "the ROCU"."""
    unit = next((subject for subject in subjects if subject.endswith(_SUFFIX)), None)
    if unit is None:
        return None
    for passage in passages:
        found = _UNIT.search(passage.plain)
        if found:
            printed = passage.text[found.start("unit") : found.end("unit")]
            evidence = passage.evidence(*found.span("unit"))
            return NamedBody(unit, bodies()[unit].official, printed, BodyRole.SUBJECT, evidence)
    return None
