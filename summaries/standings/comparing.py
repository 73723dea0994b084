"""Two to eight bodies side by side: what the newest cycle that most of them share says of each; who stands apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.errors import NothingToCompare
from summaries.frameworks import Measure, comparable, scale_of, series_name, why_cycles_differ
from summaries.query import Literal
from summaries.standings.given import Given, by_year, column_order, given_in
from summaries.standings.reading import bodies_asked, names_any, naming, narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summaries.ports import Store, StoredRelease
    from summaries.query import Filter
    from summaries.types import Release

MOST = 8
FEWEST = 2
_RELEASES_OF_EACH = 20  # several programmes of several years, some with a release a pillar

Cycle = tuple[str | None, str | None]
"""A programme and its cycle, None for what is not known."""


@dataclass(frozen=True, slots=True)
class Side:
    """One body in a comparison. `releases` are those of the cycle it is shown by, newest first; none when nothing is
    held on it. `cells` are its grades by what they are for. `newer` is a newer release of another cycle. `apart` says
    why its grades are not comparable with those of the cycle that most share; empty when it shares it, or is of another
    cycle with the same scale and questions."""

    body: str
    cycle: Cycle
    releases: tuple[StoredRelease, ...]
    cells: Mapping[str, tuple[Given, ...]]
    newer: StoredRelease | None = None
    apart: str = ""

    @property
    def own(self) -> tuple[StoredRelease, ...]:
        """The releases that are about this body alone: what they find, they find of it."""
        return tuple(stored for stored in self.releases if {one.id for one in stored.release.subjects} == {self.body})

    @property
    def series(self) -> str:
        return series_name(*self.cycle)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`sides` share one cycle and may be compared; `apart` are of others; `without` are bodies that nothing is held on;
    `left` those that were asked for beyond the eighth."""

    cycle: Cycle
    rows: tuple[str, ...]
    sides: tuple[Side, ...]
    apart: tuple[Side, ...]
    without: tuple[str, ...]
    left: tuple[str, ...] = ()

    @property
    def series(self) -> str:
        return series_name(*self.cycle)


def compare_bodies(store: Store, wanted: Filter) -> Comparison:
    """The bodies that a filter names, side by side. Raises NothingToCompare unless it names at least two, and
    StoreUnavailable."""
    asked = bodies_asked(wanted)
    if len(asked) < FEWEST:
        raise NothingToCompare
    shown = asked[:MOST]
    held: dict[str, list[StoredRelease]] = {}
    with store.read() as unit:
        national = naming(unit, wanted, shown)
        for body in shown:
            of_body = narrowed(wanted, Literal("force", body), without=("force",))
            held[body] = [*unit.search.newest(of_body, limit=_RELEASES_OF_EACH)]
            held[body] += [stored for stored in national if names_any(stored, [body])]
    return comparison(held, left=asked[MOST:], pillars=wanted.values("pillar"))


def comparison(
    held: Mapping[str, Sequence[StoredRelease]], *, left: Sequence[str] = (), pillars: Sequence[str] = ()
) -> Comparison:
    """Set bodies side by side, each with the releases that tell of it; of `pillars` only, where any are named."""
    shared = _most_shared(held)
    sides = [_side(body, releases, shared, pillars) for body, releases in held.items() if releases]
    together = tuple(side for side in sides if _is_known(shared) and side.cycle == shared)
    rows = {about for side in together for about in side.cells}
    return Comparison(
        cycle=shared,
        rows=tuple(sorted(rows, key=column_order)),
        sides=together,
        apart=tuple(side for side in sides if side not in together),
        without=tuple(body for body, releases in held.items() if not releases),
        left=tuple(left),
    )


def _most_shared(held: Mapping[str, Sequence[StoredRelease]]) -> Cycle:
    """The cycle that most of the bodies have a release of: graded before ungraded, then the newest."""
    sharing: Counter[Cycle] = Counter()
    newest: dict[Cycle, int] = {}
    graded: set[Cycle] = set()
    for body, releases in held.items():
        sharing.update({_cycle(stored) for stored in releases})
        for stored in releases:
            cycle = _cycle(stored)
            newest[cycle] = max(newest.get(cycle, 0), stored.release.dated)
            if _cells(body, [stored], ()):
                graded.add(cycle)
    ranked = [(cycle in graded, number, newest[cycle]) for cycle, number in sharing.items() if _is_known(cycle)]
    if not ranked:
        return (None, None)
    best = max(ranked)
    known = [cycle for cycle in sharing if _is_known(cycle)]
    return next(cycle for cycle in known if (cycle in graded, sharing[cycle], newest[cycle]) == best)


def _side(body: str, releases: Sequence[StoredRelease], shared: Cycle, pillars: Sequence[str]) -> Side:
    newest_first = sorted(releases, key=lambda stored: (-stored.release.dated, -stored.seq))
    known = [_cycle(stored) for stored in newest_first]
    shares = _is_known(shared) and shared in known
    cycle = shared if shares else known[0]
    of_cycle = tuple(stored for stored in newest_first if _cycle(stored) == cycle)
    newest = newest_first[0]
    cells = _cells(body, of_cycle, pillars)
    return Side(
        body=body,
        cycle=cycle,
        releases=of_cycle,
        cells=cells,
        newer=newest if _is_newer(newest.release, of_cycle[0].release) else None,
        apart="" if shares else _why_apart(cycle, shared) if cells else "it states no grade",
    )


def _is_newer(newest: Release, shown: Release) -> bool:
    """Whether a release is known to be newer than another: the hint by which undated ones sort tells nothing."""
    return None not in (newest.year, shown.year) and newest.dated > shown.dated


def _cells(body: str, releases: Iterable[StoredRelease], pillars: Sequence[str]) -> dict[str, tuple[Given, ...]]:
    """A body's grades by what they are for. Questions are left out where there are pillars, unless one is asked for."""
    given = [one for stored in releases for one in given_in(stored) if one.body == body]
    if pillars:
        given = [one for one in given if one.about in pillars or one.stored.release.pillar in pillars]
    elif any(one.measure.whole for one in given):
        given = [one for one in given if one.measure.whole]
    cells: dict[str, list[Given]] = {}
    for one in by_year(given):
        cells.setdefault(one.about, []).append(one)
    return {about: tuple(cell) for about, cell in cells.items()}


def _why_apart(cycle: Cycle, shared: Cycle) -> str:
    if None in (cycle[0], shared[0]):
        return "it is not known which inspection one of them is of"
    if cycle[0] != shared[0]:
        return "other inspections, with other questions"
    one, other = (Measure(*each, "", scale_of(each[0], each[1])) for each in (cycle, shared))
    return why_cycles_differ(one, other)


def _is_known(cycle: Cycle) -> bool:
    """Whether it is known what was inspected, and in which round: of two that do not tell, each may be of another."""
    programme, round_of_it = cycle
    return programme is not None and comparable(programme, round_of_it, round_of_it)


def _cycle(stored: StoredRelease) -> Cycle:
    return stored.release.programme, stored.release.cycle
