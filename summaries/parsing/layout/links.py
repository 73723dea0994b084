"""The links of a passage: their words as a reader sees them, and the address behind them, which he does not."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.parsing.layout.passage import Passage

_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{1,300})\]\((?P<url>https?://[^\s()]{1,500})\)")
_LONGEST_ADDRESS = 520  # characters that may follow the last visible one of a passage


@dataclass(frozen=True, slots=True)
class Link:
    """`words` is the part of the passage that is linked."""

    words: Passage
    url: str


def links_in(passage: Passage) -> Iterator[Link]:
    """Every Markdown link whose words are in the passage, in order."""
    if not passage.offsets:
        return
    start, end = max(passage.start - 1, 0), passage.offsets[-1] + 1
    for found in _LINK.finditer(passage.source, start, end + _LONGEST_ADDRESS):
        if found.start() > end:
            return
        first = bisect_left(passage.offsets, found.start("words"))
        last = bisect_left(passage.offsets, found.end("words"))
        if first < last:
            yield Link(passage.cut(first, last), found["url"])
