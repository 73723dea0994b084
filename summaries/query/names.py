"""Bare words where they are names: of bodies and regions, pillars, programmes and years. What else is said is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.errors import BadFilter
from summaries.query.filters import Literal
from summaries.query.tokens import tokens
from summaries.query.values import near_bodies, read_body, read_value, unknown_body
from summaries.register import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

EVERYTHING = frozenset({"all", "everything"})
JOINING = frozenset({"and", "&"})

_BETWEEN_NAMES = JOINING | {"the", "for", "on", "about", "in", "of", "release", "releases"}
_LONGEST_NAME = 10  # words
_MOST_WORDS = 200
_NAMED = ("pillar", "programme", "region", "year")
_HINTED = ("topic", "grade", "kind", "inspector")


def read_names(words: Sequence[str]) -> list[tuple[Literal, ...]]:
    """What the words name, the longest name first: for each the conditions of which one must hold, none for `all`.

    Raises AmbiguousBody and, for words that name nothing, UnknownBody.
    """
    if len(words) > _MOST_WORDS:
        raise BadFilter(f"That names more than {_MOST_WORDS} things. Name fewer.")
    found: list[tuple[Literal, ...]] = []
    unknown: list[str] = []
    at = 0
    while at < len(words):
        named, size = _longest(words[at : at + _LONGEST_NAME])
        if named is not None:
            found.append(named)
        elif unknown or not _is_between(words[at]):
            unknown.append(words[at])
        if unknown and (named is not None or at + size == len(words)):
            raise _unknown(unknown, " ".join(words))
        at += size
    return found


def read_quoted(phrase: str) -> tuple[Literal, ...]:
    """What quoted words name or, when no body is called so or much like it, the phrase that the text must hold.

    Raises AmbiguousBody, UnknownBody, and BadFilter when there is no word in it.
    """
    named = _named(phrase)
    if named is not None:
        return named
    if near_bodies(phrase):
        raise unknown_body(phrase)
    found = read_value("text", phrase, None, exact=True)
    if found is None:
        raise BadFilter
    return found


def _longest(words: Sequence[str]) -> tuple[tuple[Literal, ...] | None, int]:
    for size in range(len(words), 0, -1):
        named = _named(" ".join(words[:size]))
        if named is not None:
            return named, size
    return None, 1


def _named(phrase: str) -> tuple[Literal, ...] | None:
    if phrase.casefold() in EVERYTHING:
        return ()
    body = read_body(phrase)
    if body:
        return (Literal("force", body),)
    return next(filter(None, (read_value(key, phrase, None) for key in _NAMED)), None)


def _is_between(word: str) -> bool:
    return word.casefold() in _BETWEEN_NAMES or not normalise(word)


def _unknown(words: list[str], whole: str) -> BadFilter:
    """What is left of a name that was typed wrong may be but its end: then the whole is looked up."""
    while _is_between(words[-1]):
        words.pop()
    typed = whole if near_bodies(whole) else " ".join(words)
    for key in _HINTED:
        for right in read_value(key, typed, None) or ():
            return unknown_body(typed, f"Did you mean `{right.text}`?", nearest=right.text)
    as_text = "-".join(tokens(typed)[:4])
    return unknown_body(typed, f"Write `all`, the name of a force, or `text:{as_text}` for releases that say so.")
