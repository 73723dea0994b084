"""A body named beside the word fire is its fire service: "the fire service in Hampshire" asks of no police. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from summaries.forces import Exact, NoMatch, match_force
from summaries.register import BodyKind

if TYPE_CHECKING:
    from bot.understanding.reading import Part

_FIRE = re.compile(r"\b(?:fire|frs|firefighters?)\b", re.IGNORECASE)
_POLICE = re.compile(r"\b(?:police|policing|constabulary)\b", re.IGNORECASE)
_SAYS_FIRE = ("filler", "filter", "word")
# Beside a body these are part of what was asked for, and no subject.
_BRIGADE = frozenset({"fire", "frs", "firefighter", "firefighters", "brigade", "brigades", "rescue"})


def with_fire(parts: list[Part]) -> list[Part]:
    """The parts, each body that is no fire service turned into that of its area, where fire is spoken of. One that has
    none, or several, or is beside the word police too, is left a name that is not clear."""
    spoken = [part for part in parts if part.kind in _SAYS_FIRE and _FIRE.search(part.typed)]
    if not spoken or not any(part.kind == "body" for part in parts):
        return parts
    both = any(_POLICE.search(part.typed) for part in parts if part.kind != "body")
    return [_of_fire(part, both) for part in parts if not _is_said_already(part)]


def _is_said_already(part: Part) -> bool:
    """The services inspected are all the programme there is: `programme:fire` adds nothing to one."""
    return part.value == "programme:fire"


def _of_fire(part: Part, both: bool) -> Part:
    if part.kind == "word" and part.value in _BRIGADE:
        return replace(part, kind="filler", value="")
    if part.kind != "body" or (isinstance(part.match, Exact) and part.match.body.kind is BodyKind.FIRE):
        return part
    if both or _POLICE.search(part.typed):
        return replace(part, kind="unclear")
    match = match_force(f"{part.value} fire")
    name = f"{part.value} fire"
    if isinstance(match, Exact):
        if match.body.kind is not BodyKind.FIRE:
            return replace(part, kind="unclear")
        name = match.body.official
    return replace(part, kind="unclear") if isinstance(match, NoMatch) else replace(part, value=name, match=match)
