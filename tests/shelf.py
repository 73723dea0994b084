"""A store of a few releases in memory, for what only looks things up: the same answers as the real ones, by
`Filter.matches`, which those are tested against.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cards import store

from summaries.found import Found
from summaries.parsing import parse
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from summaries.ports import StoredRelease, Withdrawn
    from summaries.query import Filter

SEEDS = Path(__file__).parents[1] / "seeds"


@dataclass
class Shelf:
    """Releases by number, each revision of them oldest first; `retired` are numbers."""

    revisions: dict[int, list[StoredRelease]]
    retired: frozenset[int] = frozenset()

    @property
    def releases(self) -> Shelf:
        return self

    @property
    def search(self) -> Shelf:
        return self

    @contextlib.contextmanager
    def read(self) -> Iterator[Shelf]:
        yield self

    def by_number(self, number: int, revision: int | None = None) -> StoredRelease | None:
        held = self.revisions.get(number, [])
        return next((one for one in reversed(held) if revision in (None, one.revision)), None)

    def current(self, release_id: str) -> StoredRelease | None:
        return next((one for one in self._current() if one.release.id == release_id), None)

    def withdrawn(self) -> Sequence[Withdrawn]:
        return []

    def of_body(self, body_id: str, *, limit: int) -> Sequence[StoredRelease]:
        held = [one for one in self._current() if any(body.id == body_id for body in one.release.subjects)]
        return sorted(held, key=lambda one: (one.release.dated, one.seq), reverse=True)[:limit]

    def find(self, wanted: Filter, *, limit: int, offset: int = 0) -> Found:
        found = [one for one in self._current() if wanted.matches(one.release)]
        return Found(found[offset : offset + limit], len(found), ranked=False)

    def _current(self) -> list[StoredRelease]:
        return [held[-1] for number, held in self.revisions.items() if number not in self.retired]


@cache
def seed(number: int) -> StoredRelease:
    """A seed as it is held: R-1 to R-5 in order of file name."""
    return read(sorted(SEEDS.glob("*.txt"))[number - 1].read_text(encoding="utf-8"), number)


def read(text: str, number: int, revision: int = 1) -> StoredRelease:
    """The release in a text, as held."""
    [release] = parse(RawRelease("seeds/a.txt", text.encode())).releases
    return replace(store(release, number), revision=revision)


def shelf(*held: StoredRelease, retired: Sequence[int] = ()) -> Shelf:
    """A store of these, or of the five seeds."""
    revisions: dict[int, list[StoredRelease]] = {}
    for one in held or [seed(number) for number in range(1, 6)]:
        revisions.setdefault(one.number, []).append(one)
    return Shelf(revisions, frozenset(retired))
