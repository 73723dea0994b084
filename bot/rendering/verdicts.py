"""What a release judged in a few words of ours: for titles, for lists, and where no grade covers the whole.

The grades and counts are the release's own; the templates put the receipt of the words that state them beside these.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from summaries.frameworks import cycles, grades_overall, series_name
from summaries.types import Grade, Kind, MonitoringEvent, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summaries.types import Judgment, Release

MOVES = {
    MonitoringEvent.ENTERED: "moved into enhanced monitoring (Engage)",
    MonitoringEvent.LEFT: "left enhanced monitoring (Engage)",
    MonitoringEvent.REMAINS: "remains in enhanced monitoring (Engage)",
}
# How the date of its entering is joined to the move.
SINCE = {MonitoringEvent.ENTERED: "since", MonitoringEvent.LEFT: "in it since", MonitoringEvent.REMAINS: "in it since"}
KINDS = {
    Kind.FORCE_INSPECTION: "inspection of a force",
    Kind.NATIONAL: "national release",
    Kind.THEMATIC: "thematic inspection",
    Kind.REVISIT: "revisit",
    Kind.MONITORING: "monitoring",
    Kind.CUSTODY: "custody inspection",
    Kind.CHILD_PROTECTION: "child protection inspection",
    Kind.DATA_INTEGRITY: "crime data integrity inspection",
    Kind.FIRE_INSPECTION: "inspection of a fire and rescue service",
    Kind.REGIONAL: "regional inspection",
    Kind.SUPER_COMPLAINT: "super-complaint",
    Kind.ANNUAL: "annual assessment",
    Kind.CORPORATE: "notice from the inspectorate",
    Kind.REPORT_PAGE: "page about a report",
    Kind.OTHER: "release",
}
# Never graded, so that a list need not say so.
_NO_BODY_GRADED = frozenset((Kind.THEMATIC, Kind.NATIONAL, Kind.SUPER_COMPLAINT, Kind.ANNUAL))
_NO_INSPECTION = {
    Kind.CORPORATE: "Notice from the inspectorate, not an inspection",
    Kind.REPORT_PAGE: "Page about a report, not a press release",
}
_UNGRADED_KINDS = frozenset((Kind.CUSTODY, Kind.CHILD_PROTECTION))


def series(release: Release) -> str:
    """Which inspection a release belongs to: `PEEL 2016, legitimacy`; its kind in words when that is not known."""
    name = series_name(release.programme, release.cycle)
    return ", ".join(part for part in (name, release.pillar) if part) or KINDS[release.kind]


def series_known(release: Release) -> str:
    """The series, where there is one to name beside the words of `no_overall_grade`; else empty."""
    return series(release) if release.programme or release.kind in _NO_BODY_GRADED else ""


def in_title(release: Release, judgments: Sequence[Judgment]) -> str:
    """The verdict for a title, where no grade covers the whole: `no overall grade`, `left enhanced monitoring`."""
    if release.monitoring:
        return MOVES[release.monitoring.event]
    if judgments or (release.tally and release.subjects):
        return "no overall grade"
    return _nothing_graded(release) or KINDS[release.kind]


def in_a_line(release: Release, judgments: Sequence[Judgment], *, several: bool) -> str:
    """The same for one line of a list: counts of grades or of shortcomings. Empty when its kind says it all. `several`:
    the judgments are to be told apart by their bodies."""
    if release.monitoring:
        return MOVES[release.monitoring.event]
    graded = _bodies_counted(judgments) if several else _bodies_graded(release) or _parts(judgments)
    none_overall = "no overall grade" if graded and release.subjects and not several else ""
    told = [words for words in (none_overall, graded, ", ".join(shortcomings(release).values())) if words]
    return "; ".join(told) or _nothing_graded(release)


def no_overall_grade(release: Release, judgments: Sequence[Judgment], *, several: bool) -> str:
    """Why no grade stands at the top of a release: none in this cycle, an ungraded inspection, no inspection at all."""
    if several:
        return "Each body has a grade of its own"
    if release.named_grades or (release.tally and not _counts_areas(release)):
        return f"National release: grades of several {_things_graded(release)[1]}"
    if judgments or release.tally:
        return f"No overall grade is {'given in this cycle' if _by_parts_only(release) else 'stated'}"
    if release.kind in _NO_INSPECTION:
        return _NO_INSPECTION[release.kind]
    if release.kind in _NO_BODY_GRADED:
        return "No body is graded"
    if _is_ungraded(release):
        return "Ungraded inspection"
    if release.programme is None:
        return "No grade is stated in what could be read of it"
    return "Revisit: no grade is stated" if release.kind is Kind.REVISIT else "No overall grade is stated"


def tally_words(release: Release) -> str:
    """`good in 2 areas, adequate in 5, of 9`; in a national release, where forces are counted, `good for 36 forces`."""
    tally = release.tally or {}
    if not _counts_areas(release):
        return _counted(_numbers(tally), "for", *_things_graded(release))
    total = f", of {tally['areas']}" if "areas" in tally else ""
    return _counted(_numbers(tally), "in", "area", "areas") + total


def shortcomings(release: Release) -> dict[str, str]:
    """`3 causes of concern` and `12 areas for improvement` by field, as far as the release counts them."""
    counted = (
        ("causes_of_concern", release.causes_of_concern, "cause of concern", "causes of concern"),
        ("areas_for_improvement", release.areas_for_improvement, "area for improvement", "areas for improvement"),
    )
    return {
        field: f"{number} {one if number == 1 else many}" for field, number, one, many in counted if number is not None
    }


def _numbers(tally: Mapping[str, int], named: Mapping[str, int] | None = None) -> list[tuple[str, int, str]]:
    """(grade, number, "named " where they are those named and not all counted), best first."""
    counts = {**{grade: (number, "named ") for grade, number in (named or {}).items()}}
    counts |= {grade: (number, "") for grade, number in tally.items()}
    return [(grade, *counts[grade]) for grade in Grade if grade in counts]


def _counted(numbers: Iterable[tuple[str, int, str]], word: str, one: str, many: str) -> str:
    """What is counted is said after the first number only."""
    told = [
        f"{grade} {word} {number} {named}{'' if index else one if number == 1 else many}".rstrip()
        for index, (grade, number, named) in enumerate(numbers)
    ]
    return ", ".join(told)


def _counts_areas(release: Release) -> bool:
    return bool(release.subjects) or "areas" in (release.tally or {})


def _bodies_graded(release: Release) -> str:
    """As the tally of a national release, with the numbers of those that it names with another grade."""
    if _counts_areas(release):
        return tally_words(release)
    named = Counter(one.grade.value for one in release.named_grades)
    return _counted(_numbers(release.tally or {}, named), "for", *_things_graded(release))


def _things_graded(release: Release) -> tuple[str, str]:
    if (release.programme or "").startswith(("Fire", "State of Fire")):
        return "service", "services"
    return "force", "forces"


def _bodies_counted(judgments: Iterable[Judgment]) -> str:
    whole = Counter(judgment.grade.value for judgment in judgments if judgment.scope is Scope.OVERALL)
    return _counted(_numbers(whole), "for", "body", "bodies")


def _parts(judgments: Sequence[Judgment]) -> str:
    """The pillars with their grades; else the areas counted, which need not be all there are."""
    if pillars := [judgment for judgment in judgments if judgment.scope is Scope.PILLAR]:
        return ", ".join(f"{judgment.about} {judgment.grade}" for judgment in pillars)
    named = Counter(judgment.grade.value for judgment in judgments)
    return _counted(_numbers(named), "in", "named area", "named areas")


def _nothing_graded(release: Release) -> str:
    if release.kind is Kind.REPORT_PAGE and release.programme:
        return KINDS[release.kind]
    if release.kind in _NO_BODY_GRADED or release.kind in _NO_INSPECTION:
        return ""
    if _is_ungraded(release):
        return "ungraded"
    return "revisit, no grade stated" if release.kind is Kind.REVISIT else "no grade stated"


def _by_parts_only(release: Release) -> bool:
    """Whether this programme gives a body several grades and none over them, which the release then need not say."""
    programme = release.programme or ""
    known = any(entry.cycle == release.cycle for entry in cycles(programme))
    return known and release.pillar is None and not grades_overall(programme)


def _is_ungraded(release: Release) -> bool:
    """Whether the programme grades nothing, or not this pillar: PEEL looked at leadership without a grade."""
    programme, cycle, pillar = release.programme or "", release.cycle, release.pillar
    rounds = [entry for entry in cycles(programme) if cycle is None or entry.cycle in (None, cycle)]
    if not rounds:
        return release.kind in _UNGRADED_KINDS
    return all(entry.scale is None or (pillar and entry.wholes and pillar not in entry.wholes) for entry in rounds)
