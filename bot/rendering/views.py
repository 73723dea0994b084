"""A stored release laid out for the templates: what to show first, grouped and with its evidence at hand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from summaries.forces import bodies
from summaries.frameworks import comparable, cycles
from summaries.summarise import summarise
from summaries.types import Evidence, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.ports import StoredRelease
    from summaries.types import Finding, Judgment, PriorJudgment, Release, Statement, Summary


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings that share a lead-in. `lead_in` is None when its words cannot be pointed to in the text."""

    lead_in: Evidence | None
    points: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ReleaseView:
    stored: StoredRelease
    summary: Summary

    @property
    def release(self) -> Release:
        return self.stored.release

    @property
    def overall(self) -> Judgment | None:
        return self.release.overall

    @property
    def parts_graded(self) -> tuple[Judgment, ...]:
        """The pillars and questions graded, where no grade covers the whole."""
        return tuple(judgment for judgment in self.release.judgments if judgment.scope is not Scope.OVERALL)

    def comparable_with(self, prior: PriorJudgment) -> bool:
        """False when the earlier grade is known to be of another scale or other questions than this release's."""
        programme, cycle = self.release.programme, self.release.cycle
        known = {entry.cycle for entry in cycles(programme)} if programme else set()
        unknown = programme is None or cycle not in known or prior.when not in known
        return unknown or comparable(programme or "", cycle, prior.when)

    @property
    def body_name(self) -> str:
        """The subject's name today; the title when the release has none or several."""
        subjects = self.release.subjects
        return subjects[0].name if len(subjects) == 1 else self.release.title

    @property
    def findings(self) -> tuple[FindingGroup, ...]:
        text = self.release.text
        groups = groupby(self.summary.points, key=lambda point: point.lead_in)
        return tuple(_group(text, lead_in, tuple(points)) for lead_in, points in groups)

    @property
    def speaker_line(self) -> str:
        return speaker_line(self.release.statement)


def view(stored: StoredRelease) -> ReleaseView:
    return ReleaseView(stored, summarise(stored.release))


def speaker_line(statement: Statement | None) -> str:
    """Who said it: `Zoë Billingham, HM Inspector of Constabulary (Eastern Region)`; empty when nobody is named."""
    if statement is None:
        return ""
    named = ", ".join(part for part in (statement.speaker, statement.role) if part)
    return f"{named} ({statement.region})" if statement.region else named


def body_name(body_id: str) -> str:
    """A body's official name today; its id if the register no longer has it."""
    body = bodies().get(body_id)
    return body.official if body else body_id


def names_printed(views: Sequence[ReleaseView], body_id: str, official: str) -> list[str]:
    """Other names under which these releases print the body: what it was called then."""
    printed = {body.printed_as for view in views for body in view.release.bodies if body.id == body_id}
    return sorted(name for name in printed if name not in official)


def _group(text: str, lead_in: str, points: tuple[Finding, ...]) -> FindingGroup:
    start = text.rfind(lead_in, 0, points[0].evidence.start) if lead_in else -1
    return FindingGroup(Evidence.of(text, start, start + len(lead_in)) if start >= 0 else None, points)
