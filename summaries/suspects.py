"""The releases that words may have been taken from, by the index: a bounded number, to be read closely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.query import Filter, Literal
from summaries.query.filters import TEXT
from summaries.query.tokens import tokens
from summaries.stitching import FEWEST_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from summaries.ports import StoredRelease, UnitOfWork

MOST = 20  # releases read closely for each way of looking
_LONGEST_PHRASE = 30  # words
_WINDOW = FEWEST_WORDS
_MOST_WINDOWS = 40
_MOST_WORDS = 8


def releases_like(unit: UnitOfWork, parts: Sequence[str]) -> list[StoredRelease]:
    """Those that hold all parts as phrases first, then those that hold runs of their words, then single words."""
    phrases = [words for part in parts if (words := tokens(part))]
    found: dict[int, StoredRelease] = {}
    for wanted in _filters(phrases):
        for stored in unit.search.find(wanted, limit=MOST).releases:
            found.setdefault(stored.number, stored)
    return list(found.values())


def _filters(phrases: Sequence[Sequence[str]]) -> Iterator[Filter]:
    if not phrases:
        return
    yield Filter(tuple((_literal(words[:_LONGEST_PHRASE]),) for words in phrases))
    windows = [words[at : at + _WINDOW] for words in phrases for at in range(max(len(words) - _WINDOW, 0) + 1)]
    step = -(-len(windows) // _MOST_WINDOWS)
    yield Filter((tuple(dict.fromkeys(_literal(window) for window in windows[::step])),))
    telling = sorted({word for words in phrases for word in words}, key=lambda word: (-len(word), word))
    yield Filter((tuple(_literal([word]) for word in telling[:_MOST_WORDS]),))


def _literal(words: Sequence[str]) -> Literal:
    return Literal(TEXT, " ".join(words), exact=True)
