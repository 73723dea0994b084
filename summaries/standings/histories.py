"""The record of one body through the years: what each cycle graded, where grades cease to be comparable, and the one
series of them that may be drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summaries.errors import OneBodyOnly
from summaries.frameworks import (
    Measure,
    comparable,
    scale_grades,
    series_name,
    why_cycles_differ,
    why_not_comparable,
)
from summaries.standings.given import NO_INSPECTIONS, Given, by_year, column_order, given_in, grades_stated, recalled_in
from summaries.standings.reading import bodies_asked, with_national
from summaries.types import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from summaries.ports import Store, StoredRelease
    from summaries.query import Filter
    from summaries.types import Scale

MOST_RELEASES = 200
_FEWEST_POINTS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record: what a cycle graded, or a release that gives the body no grade (`ungraded`). `given` is
    what releases state of it; they may differ. `boundary` says why this entry and the older ones of its programme are
    not comparable with those of the `newer` cycle above it; empty where they are, and for the first."""

    year: int | None
    programme: str | None
    cycle: str | None
    about: str
    given: tuple[Given, ...] = ()
    ungraded: StoredRelease | None = None
    boundary: str = ""
    newer: str = ""

    @property
    def series(self) -> str:
        return series_name(self.programme, self.cycle)

    @property
    def is_unplaced(self) -> bool:
        """Whether it has grades of which it is not known which inspection, or which cycle of it, gave them."""
        return bool(self.given) and not comparable(self.programme or "", self.cycle, self.cycle)


@dataclass(frozen=True, slots=True)
class Point:
    """A grade in a series: `label` is its cycle or year, `height` its place on the scale, the lowest being 1."""

    label: str
    grade: Grade
    height: int
    given: Given


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """Grades that may all be compared with one another, the oldest first: one programme, one pillar or question, one
    scale, and question sets that the inspectorate itself compares."""

    programme: str
    about: str
    scale: Scale
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class History:
    """`entries` are newest first. `questions_left` counts the grades of questions within pillars, which naming a pillar
    would show. `releases` is how many releases it was made from."""

    body: str
    entries: tuple[Entry, ...]
    drawn: DrawnSeries | None
    questions_left: int
    releases: int

    @property
    def years(self) -> str:
        """`2012 to 2016`; empty when no entry has a year."""
        known = [entry.year for entry in self.entries if entry.year]
        ends = dict.fromkeys((min(known), max(known))) if known else ()
        return " to ".join(map(str, ends))


def history_of(store: Store, wanted: Filter) -> History:
    """The record of the body a filter names. Raises OneBodyOnly unless it names just one, and StoreUnavailable."""
    named = bodies_asked(wanted)
    if len(named) != 1:
        raise OneBodyOnly
    with store.read() as unit:
        releases = with_national(unit, wanted, named, most=MOST_RELEASES)
    return history(named[0], releases, pillars=wanted.values("pillar"))


def history(body: str, releases: Sequence[StoredRelease], *, pillars: Sequence[str] = ()) -> History:
    """What these releases tell of a body through the years; of `pillars` only, where any are named."""
    told = [one for stored in releases for one in (*given_in(stored), *recalled_in(stored)) if one.body == body]
    grading = {one.stored.number for one in told if not one.recalled}
    ungraded = [stored for stored in releases if stored.number not in grading and _inspects(stored, body, pillars)]
    if pillars:
        told = [one for one in told if one.about in pillars or one.stored.release.pillar in pillars]
    shown = told if pillars else _without_questions(told)
    entries = sorted([*_graded(shown), *map(_ungraded, ungraded)], key=_newest_first)
    return History(body, tuple(_with_boundaries(entries)), drawn_series(told), len(told) - len(shown), len(releases))


def drawn_series(told: Iterable[Given]) -> DrawnSeries | None:
    """The longest series of grades in which each may be compared with each; of several, one of a whole, then the
    newest. None with fewer than two.

    A time at which releases differ, or that is only told in words ("last year"), is no point of it.
    """
    found = [series for points in _comparable_sets(told) if (series := _series(points))]
    return max(found, key=_worth, default=None)


def _comparable_sets(told: Iterable[Given]) -> list[list[Given]]:
    """Runs of grades of one thing, the oldest first, each comparable with every other of its run."""
    things: dict[tuple[str, str, bool], dict[tuple[int, str | None], list[Given]]] = {}
    for one in told:
        measure = one.measure
        if measure.programme and one.year and comparable(measure.programme, measure.cycle, measure.cycle):
            times = things.setdefault((measure.programme, measure.about, measure.whole), {})
            times.setdefault((one.year, measure.cycle), []).append(one)
    runs: list[list[Given]] = []
    for times in things.values():
        agreed = [
            by_year(given)[0] for _, given in sorted(times.items(), key=_oldest) if len(grades_stated(given)) == 1
        ]
        points = [one for one in agreed if one.grade is not Grade.NOT_GRADED]
        for start in range(len(points)):
            run = points[start : start + 1]
            for one in points[start + 1 :]:
                if any(why_not_comparable(one.measure, earlier.measure) for earlier in run):
                    break
                run.append(one)
            runs.append(run)
    return runs


def _oldest(time: tuple[tuple[int, str | None], list[Given]]) -> tuple[int, str]:
    return time[0][0], time[0][1] or ""


def _series(points: Sequence[Given]) -> DrawnSeries | None:
    if len(points) < _FEWEST_POINTS:
        return None
    measure = points[0].measure
    scale, programme = measure.scale, measure.programme
    if scale is None or programme is None or any(one.grade not in scale_grades(scale) for one in points):
        return None
    heights = {grade: height for height, grade in enumerate(scale_grades(scale), start=1)}
    drawn = [Point(one.measure.cycle or str(one.year), one.grade, heights[one.grade], one) for one in points]
    if len({point.label for point in drawn}) < len(drawn):
        return None
    return DrawnSeries(programme, measure.about, scale, tuple(drawn))


def _worth(series: DrawnSeries) -> tuple[int, bool, int]:
    newest = series.points[-1].given
    return len(series.points), newest.measure.whole, newest.year or 0


def _without_questions(told: Sequence[Given]) -> list[Given]:
    """Without the questions of a release that grades a whole too."""
    by_whole = {one.stored.number for one in told if one.measure.whole and not one.recalled}
    return [one for one in told if one.measure.whole or one.stored.number not in by_whole]


def _graded(told: Iterable[Given]) -> list[Entry]:
    """One entry for what was graded in a cycle, whoever tells of it."""
    entries: dict[tuple[object, ...], list[Given]] = {}
    for one in by_year(told):
        key = (one.year, one.measure.programme, one.measure.cycle, one.about, one.year or one.recalled)
        entries.setdefault(key, []).append(one)
    return [
        Entry(given[0].year, given[0].measure.programme, given[0].measure.cycle, given[0].about, tuple(given))
        for given in entries.values()
    ]


def _ungraded(stored: StoredRelease) -> Entry:
    release = stored.release
    return Entry(release.year, release.programme, release.cycle, release.pillar or "", ungraded=stored)


def _newest_first(entry: Entry) -> tuple[object, ...]:
    stored = entry.ungraded or entry.given[0].stored
    dated = 0 if entry.given and entry.given[0].recalled else stored.release.dated
    return -(entry.year or 0), entry.programme or "", -dated, column_order(entry.about)


def _with_boundaries(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Mark where the grades of a programme cease to be comparable with its newer ones."""
    newer: dict[str, Measure] = {}
    for entry in entries:
        if not entry.given or entry.programme is None or entry.is_unplaced:
            yield entry
            continue
        measure = entry.given[0].measure
        before = newer.get(entry.programme, measure)
        why = why_cycles_differ(before, measure) if before.cycle != measure.cycle else ""
        newer[entry.programme] = measure
        yield replace(entry, boundary=why, newer=before.series if why else "")


def _inspects(stored: StoredRelease, body: str, pillars: Sequence[str]) -> bool:
    """Whether a release is of an inspection, or a move, of the body, and of one of the pillars where any are named."""
    release = stored.release
    is_subject = any(subject.id == body for subject in release.subjects)
    return is_subject and release.kind not in NO_INSPECTIONS and (not pillars or release.pillar in pillars)
