"""Which body do these words name? `match_force` answers for what a person types, `find_bodies` for running prose.

A bare county means its police force; its fire service is then an alternative. Two bodies that fit equally are never
decided between, and a name that is only nearly right is never taken for one that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from summaries.mentions import Mention, find_bodies
from summaries.register import Body, BodyKind, BodyName, NameKind, bodies, names, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Ambiguous",
    "Body",
    "BodyKind",
    "BodyName",
    "Exact",
    "Match",
    "Mention",
    "NameKind",
    "Near",
    "NoMatch",
    "bodies",
    "find_bodies",
    "match_force",
    "named",
]

#: How alike (0 to 100) a typed name must be to a known one to be offered; below it lie unrelated words.
NEAREST_FLOOR = 78.0

_MOST_OFFERED = 3
_LONGEST_QUERY = 100

# What may follow an area's name, longest first: it tells which kind of body is meant.
_ENDINGS = (
    (" fire and rescue service", BodyKind.FIRE),
    (" fire and rescue", BodyKind.FIRE),
    (" police service", BodyKind.POLICE),
    (" fire brigade", BodyKind.FIRE),
    (" fire service", BodyKind.FIRE),
    (" police force", BodyKind.POLICE),
    (" constabulary", BodyKind.POLICE),
    (" police", BodyKind.POLICE),
    (" fire", BodyKind.FIRE),
    (" frs", BodyKind.FIRE),
    (" force", BodyKind.POLICE),
)


@dataclass(frozen=True, slots=True)
class Exact:
    """One body. `via` is the name that was recognised; `alternatives` share it but are less likely meant."""

    body: Body
    via: BodyName
    alternatives: tuple[Body, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several bodies fit equally well; `why` says so for a person."""

    bodies: tuple[Body, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Near:
    """A body with a name much like the words typed; `score` is 0 to 100, `via` the name that is like them."""

    body: Body
    score: float
    via: BodyName


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No body has this name; `nearest` holds at most three with one like it, best first."""

    nearest: tuple[Near, ...] = ()


Match = Exact | Ambiguous | NoMatch


@cache
def _index() -> dict[str, tuple[BodyName, ...]]:
    index: dict[str, tuple[BodyName, ...]] = {}
    for name in names():
        key = normalise(name.name)
        index[key] = (*index.get(key, ()), name)
    return index


def match_force(text: str) -> Match:
    """Say which body the words name. Case, punctuation, possessives, accents, hyphens and `&` do not matter."""
    if known := named(text):
        return known
    query = normalise(text[:_LONGEST_QUERY])
    base, kind = _split_ending(query)
    return NoMatch(_nearest(base or query, kind))


def named(text: str) -> Exact | Ambiguous | None:
    """As `match_force`, but None when no body has this name: what is near is not looked for."""
    query = normalise(text[:_LONGEST_QUERY])
    known = _index().get(query)
    if known:
        return _decide(text, known)
    base, kind = _split_ending(query)
    known = tuple(name for name in _index().get(base, ()) if name.body.kind is kind)
    return _decide(text, known) if known else None


def _split_ending(query: str) -> tuple[str, BodyKind | None]:
    for ending, kind in _ENDINGS:
        if query.endswith(ending):
            return query.removesuffix(ending), kind
    return query, None


def _decide(text: str, known: tuple[BodyName, ...]) -> Exact | Ambiguous:
    police = _one_each(name for name in known if name.body.kind is BodyKind.POLICE)
    likely = police or _one_each(known)
    if len(likely) == 1:
        others = tuple(name.body for name in _one_each(known) if name.body != likely[0].body)
        return Exact(likely[0].body, likely[0], others)
    found = tuple(name.body for name in likely)
    listed = ", ".join(body.official for body in found[:-1]) + " or " + found[-1].official
    return Ambiguous(found, f"“{' '.join(text.split())}” may be {listed}.")


def _one_each(known: Iterable[BodyName]) -> tuple[BodyName, ...]:
    first: dict[str, BodyName] = {}
    for name in known:
        first.setdefault(name.body.id, name)
    return tuple(first.values())


def _is_swapped(query: str, key: str) -> bool:
    """Whether two letters that stand side by side changed places: "knet" for "kent"."""
    return len(query) == len(key) and sorted(query) == sorted(key) and OSA.distance(query, key, score_cutoff=1) == 1


def _nearest(query: str, kind: BodyKind | None) -> tuple[Near, ...]:
    alike = process.extract(query, _index().keys(), scorer=fuzz.ratio, score_cutoff=NEAREST_FLOOR, limit=None)
    swapped = [(key, NEAREST_FLOOR, 0) for key in _index() if len(query) > 3 and _is_swapped(query, key)]
    best: dict[str, Near] = {}
    for key, score, _ in [*alike, *swapped]:
        for name in _index()[key]:
            known = best.get(name.body.id)
            if kind in (None, name.body.kind) and (known is None or known.score < score):
                best[name.body.id] = Near(name.body, round(score, 1), name)
    order = list(bodies())
    ranked = sorted(best.values(), key=lambda near: (-near.score, order.index(near.body.id)))
    return tuple(ranked[:_MOST_OFFERED])
