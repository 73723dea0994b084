"""The word-diff of two paragraphs: what one has that the other has not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from summaries.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME_PARAGRAPH = 40.0  # of 100: below it a paragraph was not changed but is another one


def likest(gone: Evidence, among: Iterable[Evidence]) -> Evidence | None:
    """The paragraph that another one has most likely become; None when none is like it."""
    best = max(among, key=lambda one: fuzz.ratio(one.words, gone.words), default=None)
    return best if best and fuzz.ratio(best.words, gone.words) >= _SAME_PARAGRAPH else None


def differing(one: Evidence, other: Evidence) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The runs of words of each that the other does not have."""
    left, right = ([*re.finditer(r"\S+", side.quote)] for side in (one, other))
    changes = [
        step
        for step in Levenshtein.opcodes([word[0] for word in left], [word[0] for word in right])
        if step.tag != "equal"
    ]
    was = [_run(one, left[step.src_start : step.src_end]) for step in changes if step.src_end > step.src_start]
    now = [_run(other, right[step.dest_start : step.dest_end]) for step in changes if step.dest_end > step.dest_start]
    return tuple(was), tuple(now)


def _run(side: Evidence, words: Sequence[re.Match[str]]) -> Evidence:
    low, high = words[0].start(), words[-1].end()
    return Evidence(side.start + low, side.start + high, side.quote[low:high])
