"""Find the bodies a passage of prose names.

Prose is read more strictly than what a person types: a name must carry its capitals, an abbreviation its exact case,
and a bare area ("Kent") is reported as such, because it may be only a place. `forces` is the public door.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from summaries.register import Body, BodyKind, NameKind, bodies, names


class Mention(NamedTuple):
    """A body named at `text[start:end]`. `bare`: only its area is named, and nothing shows that the body is meant."""

    body: Body
    start: int
    end: int
    bare: bool = False


class _Name(NamedTuple):
    words: tuple[str, ...]
    body: Body
    bare: bool
    exact_case: bool


_PROSE_KINDS = frozenset(NameKind) - {NameKind.TYPED, NameKind.PLACE}
_WORD = re.compile(r"[^\W_]+|&")
_GAP = re.compile(r"[\s\-‐‑–'’]{1,4}")
# Words of a name that prose may print without a capital: "Kent police", "the Met", "Devon and Cornwall".
_SMALL = frozenset(("and", "of", "the", "police", "constabulary", "service", "fire", "rescue", "brigade", "for", "on"))
# After a list of bare areas these words show that bodies are meant: "Derbyshire and Kent police forces".
_BODIES_FOLLOW = re.compile(r"\s+(?:police\b|forces\b|constabular|fire and rescue services\b)")
_LIST_GAP = re.compile(r"(?:,|,? and|,? or)\s+")


def _words(text: str) -> tuple[str, ...]:
    return tuple("and" if word == "&" else word.casefold() for word in _WORD.findall(text))


def _area_names(body: Body) -> tuple[str, ...]:
    if body.kind is BodyKind.POLICE:
        return (f"{body.short} Police", f"{body.short} Constabulary")
    if body.kind is BodyKind.FIRE:
        return (f"{body.short} Fire and Rescue", f"{body.short} Fire and Rescue Service")
    return ()


@cache
def _by_first_word() -> dict[str, tuple[_Name, ...]]:
    """Names by their first word, longest first; an earlier kind of body wins an equal length."""
    listed = [_Name(_words(name), body, False, False) for body in bodies().values() for name in _area_names(body)]
    for name in names():
        if name.kind in _PROSE_KINDS and not (name.kind is NameKind.SHORT and name.body.kind is not BodyKind.POLICE):
            exact = name.kind is NameKind.ABBREVIATION
            words = (name.name,) if exact and " " not in name.name else _words(name.name)
            listed.append(_Name(words, name.body, name.kind is NameKind.SHORT, exact))
    table: dict[str, list[_Name]] = {}
    for entry in sorted(listed, key=lambda entry: -len(entry.words)):
        table.setdefault(entry.words[0].casefold(), []).append(entry)
    return {first: tuple(entries) for first, entries in table.items()}


def find_bodies(text: str) -> list[Mention]:
    """Every body named in the text, in order, longest name first and never overlapping."""
    tokens = list(_WORD.finditer(text))
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        name = _name_at(text, tokens, at)
        if name is None:
            at += 1
            continue
        last = at + len(name.words) - 1
        found.append(Mention(name.body, tokens[at].start(), tokens[last].end(), name.bare))
        at = last + 1
    return _settle_bare(text, found)


def _name_at(text: str, tokens: list[re.Match[str]], at: int) -> _Name | None:
    for name in _by_first_word().get(tokens[at].group().casefold(), ()):
        span = tokens[at : at + len(name.words)]
        if len(span) == len(name.words) and _adjacent(text, span) and _same(name, [token.group() for token in span]):
            return name
    return None


def _adjacent(text: str, span: list[re.Match[str]]) -> bool:
    return all(_GAP.fullmatch(text, left.end(), right.start()) is not None for left, right in pairwise(span))


def _same(name: _Name, printed: list[str]) -> bool:
    if name.exact_case:
        return list(name.words) == printed
    for word, seen in zip(name.words, printed, strict=True):
        if ("and" if seen == "&" else seen.casefold()) != word:
            return False
        if word not in _SMALL and not seen[0].isupper():
            return False
    return True


def _settle_bare(text: str, found: list[Mention]) -> list[Mention]:
    """Lift `bare` from areas in a list that ends in "police forces"."""
    settled = list(found)
    for place in range(len(settled) - 1, -1, -1):
        mention = settled[place]
        if not mention.bare:
            continue
        after = settled[place + 1] if place + 1 < len(settled) else None
        joined = after is not None and not after.bare and _LIST_GAP.fullmatch(text, mention.end, after.start)
        if _BODIES_FOLLOW.match(text, mention.end) or joined:
            settled[place] = mention._replace(bare=False)
    return settled
