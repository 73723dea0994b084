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
# "Regional Organised Crime Unit (ROCU) for the West Midlands": an abbreviation explained inside a name.
_BRACKET_GAP = re.compile(r"\s?\(|\)\s?")
_BRACKETED = "rocu"
# Words of a name that prose may print without a capital: "Kent police", "the Met", "Devon and Cornwall".
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "and of the for on de police constabulary heddlu service fire rescue brigade regional organised crime unit",
    )
)
# "Met" alone may be a verb or end a heading ("Targets Met"): only what a force does shows that the force is meant.
_VERBLIKE = "Met"
_ACTS = re.compile(
    r"['’]s?\b|\s+(?:must|has|is|was|needs?|should|still|makes?|fail(?:s|ed|ing)|improv(?:es|ing)|remains)\b"
)
# The ending of a list of areas says which kind of body each is: "Derbyshire and Kent police forces".
_LIST_ENDING = re.compile(
    r"(?:(?:[A-Z][\w’'-]{0,30}|and|&|of|or|the),?\s{1,3}){1,24}"
    r"(?:(?P<fire>fire (?:(?:and|&) rescue )?services\b|fire brigades\b)|(?P<police>police\b|forces\b|constabular))"
)
_BODIES_FOLLOW = re.compile(
    r"\s+(?:(?:police\b|forces\b|constabular)|fire (?:(?:and|&) rescue )?services\b|fire brigades\b)"
)
_LIST_GAP = re.compile(r"(?:,|,? and|,? or| &)\s+")
# What follows makes it the name of another body, which holds this one to account or speaks for its members.
_ANOTHER_BODY = re.compile(
    r"(?:,? fire)?,? (?:and|&) crime (?:commissioner|panel|plan)|['’]?s? (?:authority|federation|museum|pension)\b",
    re.IGNORECASE,
)
_PLACE_FOLLOWS = re.compile(
    r"\s(?:Street|Road|Lane|Avenue|House|Square|Gardens|Place|Court|Terrace|Way|Drive|Hall|Park|Bridge|County|Borough"
    r"|District|Council|University|College|Hospital|Cathedral|Corporation|Assizes|Office)\b"
    r"|,?\s[A-Z]{1,2}\d{1,2}[A-Z]?\b"
)


def _words(text: str) -> tuple[str, ...]:
    return tuple("and" if word == "&" else word.casefold() for word in _WORD.findall(text))


def _area_names(body: Body) -> tuple[str, ...]:
    if body.kind is BodyKind.POLICE:
        return (f"{body.short} Police", f"{body.short} Constabulary")
    if body.kind is BodyKind.FIRE:
        return tuple(f"{body.short} Fire {rest}" for rest in ("and Rescue", "and Rescue Service", "Service", "Brigade"))
    return ()


_BODY_WORDS = re.compile(r" (?:Constabulary|Police|Fire and Rescue(?: Service)?)$")


def _bare_names() -> list[_Name]:
    """Areas alone: of today's names, and of former ones ("Hampshire")."""
    listed = {(body, body.short) for body in bodies().values() if body.kind is not BodyKind.OTHER}
    for name in names():
        if name.kind is NameKind.FORMER and _BODY_WORDS.search(name.name):
            listed.add((name.body, _BODY_WORDS.sub("", name.name)))
    return [_Name(_words(area), body, True, False) for body, area in sorted(listed, key=lambda entry: entry[1])]


@cache
def _by_first_word() -> dict[str, tuple[_Name, ...]]:
    """Names by their first word, longest first; an earlier kind of body wins an equal length."""
    listed = [_Name(_words(name), body, False, False) for body in bodies().values() for name in _area_names(body)]
    for name in names():
        if name.kind in _PROSE_KINDS and name.kind is not NameKind.SHORT:
            exact = name.kind is NameKind.ABBREVIATION or name.name == _VERBLIKE
            words = (name.name,) if exact and " " not in name.name else _words(name.name)
            listed.append(_Name(words, name.body, False, exact))
    listed += _bare_names()
    table: dict[str, list[_Name]] = {}
    for entry in sorted(listed, key=lambda entry: -len(entry.words)):
        table.setdefault(entry.words[0].casefold(), []).append(entry)
    return {first: tuple(entries) for first, entries in table.items()}


def find_bodies(text: str, area: BodyKind = BodyKind.POLICE) -> list[Mention]:
    """Every body named in the text, in order, longest name first and never overlapping.

    `area` is the kind of body that the name of an area alone stands for, unless a list that it is in says otherwise. A
    police and crime commissioner or panel is no mention of the force.
    """
    tokens = list(_WORD.finditer(text))
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        name = _name_at(text, tokens, at, area)
        if name is None:
            at += 1
            continue
        last = at + len(name.words) - 1
        mention = Mention(name.body, tokens[at].start(), tokens[last].end(), name.bare)
        if not _names_another(text, mention):
            found.append(mention)
        at = last + 1
    return _settle_bare(text, found)


def _name_at(text: str, tokens: list[re.Match[str]], at: int, area: BodyKind) -> _Name | None:
    bare_kind: BodyKind | None = None
    for name in _by_first_word().get(tokens[at].group().casefold(), ()):
        span = tokens[at : at + len(name.words)]
        if len(span) < len(name.words) or not _same(name, [token.group() for token in span]):
            continue
        if not _adjacent(text, span) or (name.words == (_VERBLIKE,) and not _ACTS.match(text, span[0].end())):
            continue
        if name.bare:
            bare_kind = bare_kind or _kind_listed(text, tokens[at].start()) or area
            if name.body.kind is not bare_kind:
                continue
        return name
    return None


def _kind_listed(text: str, at: int) -> BodyKind | None:
    ending = _LIST_ENDING.match(text, at)
    if ending is None:
        return None
    return BodyKind.FIRE if ending["fire"] else BodyKind.POLICE


def _adjacent(text: str, span: list[re.Match[str]]) -> bool:
    return all(
        _GAP.fullmatch(text, left.end(), right.start()) is not None
        or (
            _BRACKETED in (left.group().casefold(), right.group().casefold())
            and _BRACKET_GAP.fullmatch(text, left.end(), right.start()) is not None
        )
        for left, right in pairwise(span)
    )


def _same(name: _Name, printed: list[str]) -> bool:
    if name.exact_case:
        return list(name.words) == printed
    for word, seen in zip(name.words, printed, strict=True):
        if ("and" if seen == "&" else seen.casefold()) != word:
            return False
        if word not in _SMALL and not seen[0].isupper():
            return False
    return True


def _names_another(text: str, mention: Mention) -> bool:
    if _ANOTHER_BODY.match(text, mention.end):
        return True
    return mention.bare and _PLACE_FOLLOWS.match(text, mention.end) is not None


def _settle_bare(text: str, found: list[Mention]) -> list[Mention]:
    """Lift `bare` from areas in a list that ends in "police forces"."""
    settled = list(found)
    for place in range(len(settled) - 1, -1, -1):
        mention = settled[place]
        if not mention.bare:
            continue
        after = settled[place + 1] if place + 1 < len(settled) else None
        joined = (
            after is not None
            and not after.bare
            and after.body.kind is mention.body.kind
            and _LIST_GAP.fullmatch(text, mention.end, after.start)
        )
        if _BODIES_FOLLOW.match(text, mention.end) or joined:
            settled[place] = mention._replace(bare=False)
    return settled
