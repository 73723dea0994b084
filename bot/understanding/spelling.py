"""Grades, pillars and names of bodies a letter or two away from what was typed: offered, never taken. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.understanding.vocabulary import is_word
from summaries.forces import NoMatch, match_force

if TYPE_CHECKING:
    from bot.understanding.reading import Reading

#: How alike (0 to 100) a word must be to a pillar or grade: "legitmacy" is 95 from "legitimacy".
WORD_FLOOR = 88.0
#: How alike all that was typed must be to a body's name: "leicster" is 94 from "leicester", "weather" 75 from any.
NAME_FLOOR = 88.0

_RIGHT = ("effectiveness", "efficiency", "legitimacy", "leadership", "inadequate", "outstanding", "adequate")
_SHORTEST = 7


def spelt(reading: Reading) -> str | None:
    """The words with the pillars and grades in them spelt right; None when none is misspelt."""
    words = reading.words
    for part in reading.of("word"):
        if len(part.typed) >= _SHORTEST and part.typed.isalpha() and not is_word(part.value):
            best = process.extractOne(part.typed.lower(), _RIGHT, scorer=fuzz.ratio, score_cutoff=WORD_FLOOR)
            words = words.replace(part.typed, best[0]) if best else words
    return words if words != reading.words else None


def is_nearly_a_name(words: str) -> bool:
    """Whether all the words are a body's name misspelt; the answer asks which."""
    match = match_force(words)
    return isinstance(match, NoMatch) and bool(match.nearest) and match.nearest[0].score >= NAME_FLOOR
