"""Whom does a question name? Names as people type them, in running words: any case, short, old, Welsh, towns.

`mentions.find_bodies` reads what was printed and is stricter; here a person asks, and what is
not clear is asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from summaries.forces import Ambiguous, Exact, NoMatch, match_force, named
from summaries.register import NameKind, names, normalise

if TYPE_CHECKING:
    from collections.abc import Callable

    from summaries.forces import Match

#: How alike (0 to 100) a word of a question must be to a name to be taken for that name misspelt: "survey" is 83 from
#: "surrey", "therefore" 82 from "hereford", and "cumbira" 86 from "cumbria".
TYPO_FLOOR = 84.0

_HALF_A_NAME = 75.0  # a word of a name of several may be less like: "Thmaes Valley"
_SHORTEST_TYPO = 5
_MOST_WORDS = 10  # of a name: "Regional Organised Crime Unit (ROCU) for the Yorkshire and the Humber"
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?|&")
# Names that are words of the language too: taken for names only where something shows it.
_WORDS_TOO = frozenset({"reading", "bath", "city", "met", "asp", "stoke"})
_OF_ALL = re.compile(r"\bengland (?:and|&) wales\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """A name at `text[start:end]`, and which body it is: Exact, Ambiguous, or NoMatch with what it is near to."""

    start: int
    end: int
    match: Match


def bodies_typed(text: str, is_word: Callable[[str], bool] = lambda word: False) -> list[Typed]:
    """Every name of a body in a question, in order, the longest first and never overlapping.

    `is_word` says of a word, normalised, that it is one of the language, and so no name misspelt.
    """
    tokens = list(_TOKEN.finditer(_OF_ALL.sub(lambda all_of_them: " " * len(all_of_them[0]), text)))
    found: list[Typed] = []
    at = 0
    while at < len(tokens):
        typed, length = _name_at(text, tokens, at, is_word)
        if typed:
            found.append(typed)
        at += length
    return found


def _name_at(
    text: str, tokens: list[re.Match[str]], at: int, is_word: Callable[[str], bool]
) -> tuple[Typed | None, int]:
    first = normalise(tokens[at].group())
    start = tokens[at].start()
    if first in _first_words():
        for length in range(min(_MOST_WORDS, len(tokens) - at), 0, -1):
            end = tokens[at + length - 1].end()
            match = named(text[start:end])
            if match and _is_a_name(text, start, end):
                return Typed(start, end, match), length
    if len(first) >= _SHORTEST_TYPO and not is_word(first) and _resembles(first):
        # With the word after it where that makes it more alike: "Thmaes Valley", "Northhamptonshire Police".
        return _misspelt(text, tokens, at)
    return None, 1


def _is_a_name(text: str, start: int, end: int) -> bool:
    """A name that is a word too is one when it is all that was said, has a capital within a sentence, or is the Met."""
    name = text[start:end]
    word = normalise(name)
    if word not in _WORDS_TOO or word == normalise(text) or (word == "met" and word != name.lower()):
        return True
    capital = name.split()[-1][:1].isupper()
    return capital and (len(name.split()) > 1 or start > 0 or text.isupper())


def _misspelt(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Typed | None, int]:
    """A name misspelt here. Towns are too many for that: "working" is no Woking."""
    best: tuple[float, int, NoMatch] | None = None
    for length in (1, 2, 3):
        if at + length > len(tokens):
            break
        match = match_force(text[tokens[at].start() : tokens[at + length - 1].end()])
        if not isinstance(match, NoMatch) or not match.nearest:
            continue
        score = max((near.score for near in match.nearest if near.via.kind is not NameKind.PLACE), default=0.0)
        if score >= TYPO_FLOOR and (best is None or score >= best[0]):
            best = (score, length, match)
    if best is None:
        return None, 1
    _, length, match = best
    return Typed(tokens[at].start(), tokens[at + length - 1].end(), match), length


def _resembles(word: str) -> bool:
    """Whether a word is much like the first word of any name."""
    return process.extractOne(word, _first_words(), scorer=fuzz.ratio, score_cutoff=_HALF_A_NAME) is not None


@cache
def _first_words() -> frozenset[str]:
    return frozenset(normalise(name.name).partition(" ")[0] for name in names()) | {"the"}


__all__ = ["TYPO_FLOOR", "Ambiguous", "Exact", "NoMatch", "Typed", "bodies_typed"]
