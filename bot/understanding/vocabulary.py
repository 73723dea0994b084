"""The words that questions are made of, and what each stands for, from `words.csv`; topics are those of
`summaries/data/topics.csv`, inspectors those of `inspectors.csv`, and names of bodies the register's. A longer phrase
goes before a shorter one in it.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from summaries.register import normalise, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

# Which kind wins where two list the same phrase: the later.
_ORDER = ("unclear", "word", "filler", "topic", "about", "lean", "do", "filter", "grade", "pillar")
_LONG_NAME = 6  # letters


@cache
def phrases() -> dict[tuple[str, ...], tuple[str, str]]:
    """Words of a phrase → (kind, value): what is wanted (`do`), a `pillar`, a `grade`, a ready `filter`, a `topic` (of
    no name where it is a subject of several words that is no topic of ours), what leans on what went before (`lean`),
    what leads to a subject (`about`), words that add nothing (`filler`), words that look like a verb misspelt and are
    none (`word`), and words that no command can answer (`unclear`).
    """
    listed = [("topic", row["topic"], name) for row in rows("topics.csv") for name in row["phrases"].split("|")]
    listed += [("topic", row["topic"], row["topic"]) for row in rows("topics.csv")]
    listed += [(row["kind"], row["value"], row["phrase"]) for row in _words()]
    listed += [("filter", f"inspector:{last}", name) for last, name in _inspectors()]
    listed.sort(key=lambda entry: (_ORDER.index(entry[0]), bool(entry[1])))
    return {tuple(normalise(phrase).split()): (kind, value) for kind, value, phrase in listed}


@cache
def regions() -> re.Pattern[str]:
    """The phrases of several words that name a region: they go before the names of bodies in them."""
    named = {row["phrase"] for row in _words() if row["value"].startswith("region:") and " " in row["phrase"]}
    return re.compile(rf"\b(?:{'|'.join(sorted(named, key=len, reverse=True))})\b", re.IGNORECASE)


@cache
def longest() -> int:
    """How many words the longest phrase has."""
    return max(map(len, phrases()))


def is_word(word: str) -> bool:
    """Whether a word, normalised, is one that questions are made of."""
    return word in _known_words()


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for phrase in phrases() for word in phrase)


def _inspectors() -> Iterator[tuple[str, str]]:
    """The last name of each inspector, with every name they go by; the last name alone where it is long enough not to
    be a word: Otter, Baker."""
    for row in rows("inspectors.csv"):
        last = row["name"].rpartition(" ")[2].lower()
        if last.isalpha():
            full = [row["name"], *filter(None, row["also_printed"].split("|"))]
            yield from ((last, name) for name in (*full, *([last] if len(last) >= _LONG_NAME else [])))


def _words() -> csv.DictReader[str]:
    text = files("bot.understanding").joinpath("words.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
