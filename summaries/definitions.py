"""What a word of the inspectorate's means, by framework and time.

The definitions in `data/definitions.csv` are in our own words, each with its source: none is the inspectorate's own
sentence, and nothing may show one as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from summaries.frameworks import programmes
from summaries.register import rows

_NEAREST = 70.0  # of 100
_MOST_NEAREST = 3
_PROGRAMME_WORDS = {"fire": "Fire and rescue", "police": "PEEL", "cdi": "Crime data integrity"}
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:[/-]\d\d)?\b|\bround [123]\b")


@dataclass(frozen=True, slots=True)
class Definition:
    """`programme` is None where the word means the same in all; `cycles` says when it has meant this."""

    term: str
    programme: str | None
    cycles: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Explained:
    """`term` is the word as defined, None when it is not; then `nearest` holds terms that are spelt much like it.
    `names` are all words for the term, the one asked for first."""

    asked: str
    term: str | None
    definitions: tuple[Definition, ...] = ()
    nearest: tuple[str, ...] = ()
    programme: str | None = None
    names: tuple[str, ...] = ()


def explain(words: str) -> Explained:
    """What a person asks to have explained: a term, and perhaps the programme it is of ("adequate fire")."""
    asked = " ".join(words.casefold().translate(str.maketrans("’‘", "''")).split()).strip(" \"'“”?!.,")
    for term_words, rest in _splits(asked):
        term = _terms().get(term_words)
        programme = _programme(rest)
        if term and (not rest or programme):
            told = tuple(one for one in definitions() if one.term == term)
            of_it = tuple(one for one in told if programme in (None, one.programme) or one.programme is None)
            return Explained(asked, term, of_it or told, programme=programme, names=_names(term, term_words))
    close = process.extract(asked, list(_terms()), scorer=fuzz.ratio, limit=8, score_cutoff=_NEAREST)
    nearest = dict.fromkeys(_terms()[name] for name, *_ in close)
    return Explained(asked, None, nearest=tuple(nearest)[:_MOST_NEAREST])


@cache
def definitions() -> tuple[Definition, ...]:
    """All that are certain."""
    return tuple(
        Definition(row["term"], row["programme"] or None, row["cycles"], row["definition"], row["source"])
        for row in rows("definitions.csv")
        if row["verified"] == "yes"
    )


@cache
def _terms() -> dict[str, str]:
    """Every word people use for a term → the term."""
    return {
        name: row["term"]
        for row in rows("definitions.csv")
        if row["verified"] == "yes"
        for name in (row["term"].casefold(), *filter(None, row["also"].split("|")))
    }


def _names(term: str, asked: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((asked, *(name for name, of in _terms().items() if of == term))))


def _splits(asked: str) -> list[tuple[str, str]]:
    """The words as a term alone, then as a term with the words before or after it that may name its programme."""
    words = asked.split()
    halves = [(words[:at], words[at:]) for at in range(len(words) - 1, 0, -1)]
    pairs = [(asked, "")]
    pairs += [(" ".join(head), " ".join(tail)) for head, tail in halves]
    pairs += [(" ".join(tail), " ".join(head)) for head, tail in reversed(halves)]
    return pairs


def _programme(words: str) -> str | None:
    plain = " ".join(_YEARS.sub(" ", words.replace("programme:", " ").replace('"', " ")).split())
    plain = re.sub(r"^(?:in|for|of) (?:the )?", "", plain)
    if plain in _PROGRAMME_WORDS:
        return _PROGRAMME_WORDS[plain]
    return next((name for name in programmes() if name.casefold() == plain), None)
