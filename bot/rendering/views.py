"""A stored release laid out for the templates: what to show first, grouped and with its evidence at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from bot.rendering import verdicts
from summaries.forces import bodies
from summaries.frameworks import comparable, cycles
from summaries.receipts import receipt
from summaries.summarise import summarise
from summaries.types import Evidence, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from summaries.ports import StoredRelease
    from summaries.types import Finding, Grade, Judgment, PriorJudgment, Release, Statement, Summary

# Room for what was graded, in characters and in earlier grades; what is over is counted.
ROOM_FOR_NAMES = 1_500
MOST_PRIORS = 4


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings that share a lead-in. `lead_in` is None when its words cannot be pointed to in the text."""

    lead_in: Evidence | None
    points: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class GradeLine:
    """What was given one grade. `parts` are (names, receipt): names that one paragraph states stand together."""

    grade: Grade
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of one or, jointly, several speakers. `by` names them with their roles."""

    by: str
    spans: tuple[Evidence, ...]


@dataclass(frozen=True)
class ReleaseView:
    """One release; with `body_id`, as that body's: a release that grades several bodies shows it its own grades."""

    stored: StoredRelease
    summary: Summary
    body_id: str | None = None

    def of_body(self, body_id: str) -> ReleaseView:
        return replace(self, body_id=body_id)

    @property
    def release(self) -> Release:
        return self.stored.release

    @cached_property
    def judgments(self) -> tuple[Judgment, ...]:
        given = self.release.judgments
        return given if self.body_id is None else tuple(one for one in given if one.body == self.body_id)

    @cached_property
    def overall(self) -> Judgment | None:
        """The one grade for all that was inspected: of the release, or of the body whose view this is."""
        return replace(self.release, judgments=self.judgments).overall if self.body_id else self.release.overall

    @cached_property
    def in_title(self) -> str:
        return self.overall.grade if self.overall else verdicts.in_title(self.release, self.judgments)

    @cached_property
    def in_a_line(self) -> str:
        """The verdict where no grade covers the whole; may be empty."""
        return verdicts.in_a_line(self.release, self.judgments)

    @property
    def no_overall_grade(self) -> str:
        return verdicts.no_overall_grade(self.release, self.judgments)

    @property
    def who(self) -> str:
        """The subjects' names today, for a list; empty when it has none."""
        names = [body.name for body in self.release.subjects]
        return f"{names[0]} and {len(names) - 1} more" if len(names) > 2 else " and ".join(names)

    @property
    def body_name(self) -> str:
        """The subject's name today; the title when the release has none or several."""
        subjects = self.release.subjects
        return subjects[0].name if len(subjects) == 1 else self.release.title

    @cached_property
    def grade_lines(self) -> tuple[GradeLine, ...]:
        """What has a grade of its own: pillars and bodies one a line, areas by grade, best first. Those that the
        findings state, under an overall grade, are left to them."""
        apart = [one for one in self.judgments if self._stands_alone(one)]
        areas = [one for one in self.judgments if one is not self.overall and not self._stands_alone(one)]
        if self.overall:
            areas = [one for one in areas if not any(_covers(point.evidence, one.evidence) for point in self.summary.points)]
        return (*self._lines(apart, together=False), *self._lines(areas, together=True))

    @property
    def named_grades(self) -> tuple[GradeLine, ...]:
        named = [(one.grade, body_name(one.body), one.evidence) for one in self.release.named_grades]
        return tuple(_by_grade(self.stored, _within_room(named)))

    @property
    def names_left_out(self) -> int:
        """How many graded pillars, areas or bodies there was no room to name."""
        named = [(one.grade, self._name(one), one.evidence) for one in self.judgments]
        also = [(one.grade, body_name(one.body), one.evidence) for one in self.release.named_grades]
        return len(named) - len(_within_room(named)) + len(also) - len(_within_room(also))

    @property
    def priors(self) -> tuple[PriorJudgment, ...]:
        return tuple(one for one in self.release.prior_judgments if self.body_id in (None, one.body))

    def comparable_with(self, prior: PriorJudgment) -> bool:
        """False when the earlier grade is known to be of another scale or other questions than this release's."""
        programme, cycle = self.release.programme, self.release.cycle
        known = {entry.cycle for entry in cycles(programme)} if programme else set()
        unknown = programme is None or cycle not in known or prior.when not in known
        return unknown or comparable(programme or "", cycle, prior.when)

    @property
    def findings(self) -> tuple[FindingGroup, ...]:
        text = self.release.text
        groups = groupby(self.summary.points, key=lambda point: point.lead_in)
        return tuple(_group(text, lead_in, tuple(points)) for lead_in, points in groups)
