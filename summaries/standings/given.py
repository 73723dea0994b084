"""The grades that releases give, recall and name, in one shape: each with the words that state it and its measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.frameworks import Measure, cycle_of_year_running, cycles, question_named, scale_of
from summaries.types import Kind, Pillar, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from summaries.ports import StoredRelease
    from summaries.types import Evidence, Grade, PriorJudgment, Release, Scale

WHOLES = ("effectiveness", "efficiency", "legitimacy", "leadership", "people")
"""Pillars in the order in which they are shown."""

NO_INSPECTIONS = frozenset((Kind.REPORT_PAGE, Kind.CORPORATE))
"""Kinds of releases that tell of no inspection of their own: a page about a report repeats what another found."""


@dataclass(frozen=True, slots=True)
class Given:
    """A grade of one body, as a release states it. `year` is the one it is asked for by; `recalled` holds the
    release's own words for when ("2015", "last year") where it only looks back on the grade."""

    stored: StoredRelease
    body: str
    measure: Measure
    grade: Grade
    evidence: Evidence
    year: int | None
    recalled: str = ""

    @property
    def about(self) -> str:
        return self.measure.about


def given_in(stored: StoredRelease) -> tuple[Given, ...]:
    """The grades a release itself gives, to its subjects or to bodies it names."""
    return (*_judged(stored), *_named(stored))


def recalled_in(stored: StoredRelease) -> tuple[Given, ...]:
    """The earlier grades a release recalls."""
    release, programme = stored.release, stored.release.programme
    found: list[Given] = []
    for prior in release.prior_judgments:
        cycle = cycle_recalled(programme, prior)
        year = int(prior.when) if prior.when.isdecimal() else int(cycle[:4]) if cycle else None
        measure = _measure(programme, cycle, prior.about, prior.scope)
        found.append(Given(stored, prior.body, measure, prior.grade, prior.evidence, year, prior.when or "before"))
    return tuple(found)


def by_year(given: Iterable[Given]) -> list[Given]:
    """The newest first; of one time, those that a release gives before those that it recalls."""
    return sorted(given, key=_newest_first)


def column_order(about: str) -> tuple[int, str]:
    """Sorts pillars as they are known, then questions and areas by name."""
    return (WHOLES.index(about) if about in WHOLES else len(WHOLES), about)


def grades_stated(given: Sequence[Given]) -> tuple[Grade, ...]:
    """The different grades among these, in the order they stand."""
    return tuple(dict.fromkeys(one.grade for one in given))


def _newest_first(one: Given) -> tuple[int, bool, int, int]:
    return -(one.year or 0), bool(one.recalled), -one.stored.release.dated, one.stored.seq


def _judged(stored: StoredRelease) -> Iterator[Given]:
    release = stored.release
    for one in release.judgments:
        measure = _measure(release.programme, release.cycle, one.about, one.scope, scale=one.scale)
        yield Given(stored, one.body, measure, one.grade, one.evidence, release.year)


def _named(stored: StoredRelease) -> Iterator[Given]:
    """What a national release gives to the bodies it names: for its pillar, or for the whole it is about."""
    release = stored.release
    about = release.pillar or (release.programme or "").casefold()
    own = {one.body for one in release.judgments}
    for one in release.named_grades:
        if release.programme and one.body not in own and _grades_one_thing(release):
            measure = _measure(release.programme, release.cycle, about, Scope.OVERALL)
            yield Given(stored, one.body, measure, one.grade, one.evidence, release.year)


def _grades_one_thing(release: Release) -> bool:
    """Whether it is plain what the grades of a national release are for."""
    entries = [entry for entry in cycles(release.programme or "") if release.cycle in (None, entry.cycle)]
    return release.kind is Kind.NATIONAL and (release.pillar is not None or not any(entry.wholes for entry in entries))


def _measure(
    programme: str | None, cycle: str | None, about: str, scope: Scope, *, scale: Scale | None = None
) -> Measure:
    name = question_named(programme, about)
    whole = scope is not Scope.QUESTION
    return Measure(programme, cycle, name, scale or (scale_of(programme, cycle) if programme else None), whole)


def cycle_recalled(programme: str | None, prior: PriorJudgment) -> str | None:
    """The cycle an earlier grade is of; None where only a year is told: what PEEL 2015 found of legitimacy came out in
    2016, what PEEL 2016 found of effectiveness in 2017, so that a year may be that of either.

    It is told where the words name the inspection ("its 2017 inspection", "PEEL 2016"), and by the first year in which
    a pillar was graded at all (`data/series.csv`): no earlier cycle can have come out then.
    """
    cycle = next((entry.cycle for entry in cycles(programme or "") if entry.cycle == prior.when), None)
    if programme is None or cycle is None or not cycle.isdecimal():
        return cycle
    first = {whole.value: cycle_of_year_running(programme, whole, 1) for whole in Pillar}
    is_first = prior.scope is not Scope.QUESTION and first.get(question_named(programme, prior.about)) == cycle
    return cycle if is_first or _names_inspection(programme, cycle, prior.evidence.words) else None


def _names_inspection(programme: str, year: str, words: str) -> bool:
    pillars = "|".join(Pillar)
    own = rf"(?:(?:{re.escape(programme)}|police|annual|{pillars}),? ){{0,3}}"
    named = (
        rf"\b{re.escape(programme)}:? (?:police )?(?:(?:{pillars}) )?{year}\b",
        rf"\b{year} {own}inspection\b",
        rf"\b(?:its|our|the|their|last|previous) {own}inspection (?:of|for) {year}\b",
    )
    return any(re.search(pattern, words, re.IGNORECASE) for pattern in named)
