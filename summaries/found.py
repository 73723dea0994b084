"""What a search finds, and the port through which the store is searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.ports import StoredRelease
    from summaries.query import Filter


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search found, best first where it was `ranked`, else newest first: very many matches are not
    ranked. `total` counts all matches, up to `SEARCH_COUNTED` of them."""

    releases: Sequence[StoredRelease]
    total: int
    ranked: bool


SEARCH_COUNTED = 2_001
"""How many matches of a search are counted at most: a total of this number means that many or more."""


class Search(Protocol):
    """The index of what is held, by filter."""

    def find(self, wanted: Filter, *, limit: int, offset: int = 0) -> Found:
        """The current releases that a filter means. Those with words to look for come best first, else newest first."""

    def newest(self, wanted: Filter, *, limit: int, offset: int = 0) -> Sequence[StoredRelease]:
        """The current releases that a filter means, newest first: by the date they bear, then by when they came in."""
