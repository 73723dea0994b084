"""Quotations that are put together of verbatim parts which do not stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.types import Evidence
from summaries.verbatim import EDGES, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.ports import StoredRelease

FEWEST_WORDS = 4
"""Of a part: shorter ones are found anywhere, and prove nothing."""

MOST_PARTS = 6
_MOST_WORDS = 400
_JOINS = frozenset(("and", "but", "or", "so", "yet", "while", "however", "also"))

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a quotation, and where it stands."""

    stored: StoredRelease
    evidence: Evidence


def stitched(parts: Sequence[str], releases: Sequence[StoredRelease]) -> tuple[Part, ...]:
    """The fewest verbatim parts that folded words are made of, in their order; the earlier a release stands in
    `releases`, the sooner a part is taken from it. Empty unless all the words are covered, by two parts or more."""
    found: list[Part] = []
    for part in parts:
        pieces = _pieces(part.split(), releases, alone=len(parts) > 1)
        if not pieces:
            return ()
        found += pieces
    return tuple(found) if 2 <= len(found) <= MOST_PARTS else ()


def _pieces(words: Sequence[str], releases: Sequence[StoredRelease], *, alone: bool) -> list[Part]:
    """`alone`: an ellipsis has already parted these words from the others, so that they may be one short part."""
    if len(words) > _MOST_WORDS:
        return []
    if alone and (whole := _place(words, releases)):
        return [whole]
    longest = [_longest(words, start, releases) for start in range(len(words))]
    places = [_place(words[low:high], releases) for low, high in _fewest(words, longest)]
    return [place for place in places if place]


def _longest(words: Sequence[str], start: int, releases: Sequence[StoredRelease]) -> int:
    """How many words from `start` on stand together in a release; 0 for fewer than FEWEST_WORDS."""
    low, high = 0, len(words) - start
    while low < high:  # what stands together does so without its last word
        middle = (low + high + 1) // 2
        if _place(words[start : start + middle], releases):
            low = middle
        else:
            high = middle - 1
    return low if low >= FEWEST_WORDS else 0


def _fewest(words: Sequence[str], longest: Sequence[int]) -> list[Run]:
    """The fewest runs that cover all words but a join here and there, each no longer than the longest from its start
    and not too short."""
    total = len(words)
    best: list[list[Run] | None] = [*([None] * total), []]
    for start in range(total - 1, -1, -1):
        ends = range(start + FEWEST_WORDS, start + longest[start] + 1)
        choices = [[(start, end), *rest] for end in ends if (rest := best[end]) is not None]
        if 0 < start < total - 1 and words[start].strip(",;") in _JOINS and best[start + 1] is not None:
            choices.append(best[start + 1] or [])
        best[start] = min(choices, key=len, default=None)
    return best[0] or []


def _place(words: Sequence[str], releases: Sequence[StoredRelease]) -> Part | None:
    wanted = " ".join(words).strip(EDGES)
    for stored in releases:
        span = next(fold(stored.release.text).find(wanted), None)
        if span:
            return Part(stored, Evidence.of(stored.release.text, *span))
    return None
