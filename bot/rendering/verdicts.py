"""What a release judged in a few words of ours: for titles, for one line of a list, and where no grade covers the whole.

The grades and counts are the release's own; the templates put the receipt of the words that state them beside these.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from summaries.frameworks import cycles, grades_overall
from summaries.types import Grade, Kind, MonitoringEvent, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summaries.types import Judgment, Release

BEST_FIRST = tuple(Grade)
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
# What is never graded, by what it is; that it has no grade needs no telling in a list.
_NEVER_GRADED = {
    Kind.THEMATIC: "Thematic inspection: no body is graded",
    Kind.NATIONAL: "National release: no body is graded",
    Kind.SUPER_COMPLAINT: "Super-complaint: no body is graded",
    Kind.ANNUAL: "Annual assessment: no body is graded",
    Kind.CORPORATE: "Notice from the inspectorate, not an inspection",
    Kind.REPORT_PAGE: "Page about a report, not a press release",
}
_UNGRADED_KINDS = frozenset((Kind.CUSTODY, Kind.CHILD_PROTECTION))


def in_title(release: Release, judgments: Sequence[Judgment]) -> str:
    """The verdict for a title, where no grade covers the whole: `no overall grade`, `left enhanced monitoring`."""
    if release.monitoring:
        return MOVES[release.monitoring.event]
    if judgments or (release.tally and release.subjects):
        return "no overall grade"
    return _nothing_graded(release) or KINDS[release.kind]


def in_a_line(release: Release, judgments: Sequence[Judgment]) -> str:
    """The same for one line of a list: counts of grades or of shortcomings. Empty when its kind says it all."""
    if release.monitoring:
        return MOVES[release.monitoring.event]
    graded = _bodies_counted(judgments) if _several_bodies(judgments) else tally_words(release) or _parts(judgments)
    none_overall = "no overall grade" if graded and release.subjects and not _several_bodies(judgments) else ""
    told = [words for words in (none_overall, graded, shortcomings(release)) if words]
    return "; ".join(told) or _nothing_graded(release)


def no_overall_grade(release: Release, judgments: Sequence[Judgment]) -> str:
    """Why no grade stands at the top of a release: none in this cycle, an ungraded inspection, no inspection at all."""
    if _several_bodies(judgments):
        return "Each body has a grade of its own"
    if release.named_grades or (release.tally and not release.subjects):
        return "Grades that a national release gives"
    if judgments or release.tally:
        return f"No overall grade is {'given in this cycle' if _by_parts_only(release) else 'stated'}"
    if release.kind in _NEVER_GRADED:
        return _NEVER_GRADED[release.kind]
    if _is_ungraded(release):
        return "Ungraded inspection"
    if release.programme is None:
        return "No grade is stated in what could be read of it"
    return "Revisit: no grade is stated" if release.kind is Kind.REVISIT else "No overall grade is stated"


def tally_words(release: Release) -> str:
    """`good in 2 areas, adequate in 5, of 9`; in a national release, where forces are counted, `good for 36 forces`."""
    tally = release.tally or {}
    if release.subjects or "areas" in tally:
        total = f", of {tally['areas']}" if "areas" in tally else ""
        return _counted(tally, "in", "area", "areas") + total
    named = Counter(one.grade.value for one in release.named_grades if one.grade not in tally)
    one, many = _counted_things(release)
    return _counted({**{grade: f"{number} named" for grade, number in named.items()}, **tally}, "for", one, many)


def shortcomings(release: Release) -> str:
    """`3 causes of concern, 12 areas for improvement`, as far as the release counts them."""
    counted = (
        (release.causes_of_concern, "cause of concern", "causes of concern"),
        (release.areas_for_improvement, "area for improvement", "areas for improvement"),
    )
    return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counted if number is not None)


def _counted(numbers: Mapping[str, int | str], word: str, one: str, many: str) -> str:
    """Best grade first; the thing counted is named after the first number only."""
    told: list[str] = []
    noun_owed = True
    for grade in BEST_FIRST:
        number = numbers.get(grade)
        if number is None:
            continue
        noun = f" {one if number == 1 else many}" if noun_owed and isinstance(number, int) else ""
        noun_owed = noun_owed and not noun
        told.append(f"{grade} {word} {number}{noun}")
    return ", ".join(told)


def _counted_things(release: Release) -> tuple[str, str]:
    if (release.programme or "").startswith(("Fire", "State of Fire")):
        return "service", "services"
    return "force", "forces"


def _several_bodies(judgments: Iterable[Judgment]) -> bool:
    return len({judgment.body for judgment in judgments}) > 1


def _bodies_counted(judgments: Iterable[Judgment]) -> str:
    whole = Counter(judgment.grade.value for judgment in judgments if judgment.scope is Scope.OVERALL)
    return _counted(whole, "for", "body", "bodies")


def _parts(judgments: Sequence[Judgment]) -> str:
    """The pillars with their grades; else the areas counted, which need not be all there are."""
    if pillars := [judgment for judgment in judgments if judgment.scope is Scope.PILLAR]:
        return ", ".join(f"{judgment.about} {judgment.grade}" for judgment in pillars)
    areas = _counted(Counter(judgment.grade.value for judgment in judgments), "in", "area", "areas")
    return f"of those named, {areas}" if areas else ""


def _nothing_graded(release: Release) -> str:
    if release.kind in _NEVER_GRADED:
        return ""
    return "ungraded" if _is_ungraded(release) else "no grade stated"


def _by_parts_only(release: Release) -> bool:
    """Whether this programme gives a body several grades and none over them, which the release then need not say."""
    programme = release.programme or ""
    known = any(entry.cycle == release.cycle for entry in cycles(programme))
    return known and release.pillar is None and not grades_overall(programme)


def _is_ungraded(release: Release) -> bool:
    rounds = [entry for entry in cycles(release.programme or "") if release.cycle is None or entry.cycle in (None, release.cycle)]
    return all(entry.scale is None for entry in rounds) if rounds else release.kind in _UNGRADED_KINDS
