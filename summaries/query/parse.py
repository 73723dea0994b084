"""The filter language: which releases are meant. `all`, or the bodies they are about: `force:kent force:essex`.

What people type becomes a `Filter` by `parse_filter`, which asks the register; what was stored is read by
`read_filter`, which does not: a stored filter goes on meaning the same when names change.
"""

from __future__ import annotations

import re
from itertools import pairwise

from summaries.errors import AmbiguousBody, BadFilter, UnknownBody
from summaries.forces import Ambiguous, Exact, bodies, match_force
from summaries.query.filters import Filter

EVERYTHING = frozenset({"all", "everything"})
KEY = "force:"

_KEYS = re.compile(r"(?:^|(?<=[\s,]))([a-z]+):", re.IGNORECASE)
_BETWEEN = re.compile(r",|;|\s+or\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+|\s*&\s*", re.IGNORECASE)


def parse_filter(text: str) -> Filter:
    """Read what a person typed: `all`, `Hampshire`, `Kent, Essex`, `Kent and Essex`, `force:kent force:essex`.

    Raises BadFilter (fact `unknown`: a key there is not), AmbiguousBody (`candidates`: the bodies it may be) and
    UnknownBody (`candidates`: bodies with a name much like it, perhaps none).
    """
    words = " ".join(text.split())
    if words.lower() in EVERYTHING:
        return Filter()
    found = [body for name in _names(words) for body in _bodies(name)]
    if not found:
        raise BadFilter
    return Filter.of_bodies(*sorted(set(found)))


def read_filter(canonical: str) -> Filter:
    """Read a filter's own `text` back."""
    if canonical == "all":
        return Filter()
    return Filter.of_bodies(*(word.removeprefix(KEY) for word in canonical.split()))


def _names(words: str) -> list[str]:
    """The names in a filter: what stands before the first key and after each, parted by commas or `or`."""
    keys = list(_KEYS.finditer(words))
    for key in keys:
        if key[1].lower() + ":" != KEY:
            raise BadFilter(f"`{key[0]}` is not a filter I know. Write `{KEY}` and a name.", unknown=key[0])
    edges = [0, *(edge for key in keys for edge in key.span()), len(words)]
    spans = [words[start:end] for start, end in list(pairwise(edges))[::2]]
    return [name.strip(' "“”') for span in spans for name in _BETWEEN.split(span) if name.strip(' "“”')]


def _bodies(name: str) -> list[str]:
    """The bodies a name stands for: one, or two and more joined by `and` where that is not part of a name."""
    if name in bodies():
        return [name]
    match = match_force(name)
    if isinstance(match, Exact):
        return [match.body.id]
    pieces = [match_force(piece) for piece in _AND.split(name)]
    exact = [piece.body.id for piece in pieces if isinstance(piece, Exact)]
    if len(pieces) > 1 and len(exact) == len(pieces):
        return exact
    if isinstance(match, Ambiguous):
        raise AmbiguousBody(match.why + " Name one.", typed=name, candidates=match.bodies)
    nearest = tuple(near.body for near in match.nearest)
    hint = f"The nearest is {nearest[0].official}." if nearest else "Write `all` or the name of a force."
    raise UnknownBody(f"I know no body called “{name}”. {hint}", typed=name, candidates=nearest)
