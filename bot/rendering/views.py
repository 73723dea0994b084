"""A stored release laid out for the templates: what to show first, grouped and with its evidence at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from bot.rendering import verdicts
from bot.rendering.graded import Graded, graded
from bot.rendering.receipts import receipt
from bot.rendering.speakers import Speech, speeches
from summaries.forces import bodies
from summaries.frameworks import comparable, cycles
from summaries.summarise import summarise
from summaries.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summaries.ports import StoredRelease
    from summaries.types import Finding, Judgment, PriorJudgment, Release, Summary


FINDINGS_ON_CARD = 4  # under each lead-in


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings that share a lead-in. `lead_in` is None when its words cannot be pointed to in the text."""

    lead_in: Evidence | None
    points: tuple[Finding, ...]


@dataclass(frozen=True)
class ReleaseView:
    """One release; with `body_id`, as that body's: of a release that grades several bodies it shows that one's."""

    stored: StoredRelease
    summary: Summary
    body_id: str | None = None

    def of_body(self, body_id: str) -> ReleaseView:
        """The same release as it concerns one of its bodies."""
        return replace(self, body_id=body_id)

    @property
    def release(self) -> Release:
        return self.stored.release

    @property
    def judgments(self) -> tuple[Judgment, ...]:
        given = self.release.judgments
        return given if self.body_id is None else tuple(one for one in given if one.body == self.body_id)

    @property
    def bodies_left_out(self) -> int:
        """How many other bodies the release grades."""
        return len({one.body for one in self.release.judgments} - {one.body for one in self.judgments})

    @property
    def several(self) -> bool:
        """Whether a grade has to be shown with its body's name: the release is about several."""
        bodies = {body.id for body in self.release.subjects} | {one.body for one in self.judgments}
        return self.body_id is None and len(self.judgments) > 0 and len(bodies) > 1

    @cached_property
    def overall(self) -> Judgment | None:
        """The one grade for all that was inspected: of the release, or of the body whose view this is."""
        if self.several:
            return None
        release = replace(self.release, judgments=self.judgments) if self.bodies_left_out else self.release
        return release.overall

    @property
    def in_title(self) -> str:
        return self.overall.grade if self.overall else verdicts.in_title(self.release, self.judgments)

    @property
    def in_a_line(self) -> str:
        """The verdict where no grade covers the whole; empty where the kind of release says that there is none."""
        return verdicts.in_a_line(self.release, self.judgments, several=self.several)

    @property
    def no_overall_grade(self) -> str:
        return verdicts.no_overall_grade(self.release, self.judgments, several=self.several)

    @property
    def series_known(self) -> str:
        return verdicts.series_known(self.release)

    @property
    def counted(self) -> tuple[tuple[str, str], ...]:
        """Counts, in our words, each with the receipt of the words that state it: of grades, then of shortcomings."""
        found = self.release.field_evidence
        shortcomings = [
            (words, receipt(self.stored, found[field]))
            for field, words in verdicts.shortcomings(self.release).items()
            if field in found
        ]
        together = [
            (", ".join(words for words, _ in same), where)
            for where, same in groupby(shortcomings, key=lambda one: one[1])
        ]
        tally = verdicts.tally_words(self.release) if "tally" in found else ""
        return ((tally, receipt(self.stored, found["tally"])), *together) if tally else tuple(together)

    @cached_property
    def graded(self) -> Graded:
        """All that has a grade of its own. What the findings say in as many words, under an overall grade, is left to
        them."""
        left = self._left_to_findings
        parts = [one for one in self.judgments if one is not self.overall and one not in left]
        named = [one for one in self.release.named_grades if self.body_id in (None, one.body)]
        return graded(self.stored, parts, named, several=self.several)

    @cached_property
    def _left_to_findings(self) -> tuple[Judgment, ...]:
        """Grades of parts, under an overall grade, that a finding shown states in its own words."""
        if self.overall is None:
            return ()
        said = [point.evidence for point in self.summary.points]
        parts = [one for one in self.judgments if one is not self.overall]
        return tuple(one for one in parts if any(span.holds(one.evidence) for span in said))

    @property
    def since(self) -> Evidence | None:
        """The words that date the entering into monitoring, where they stand in the text only once."""
        text, words = self.release.text, self.release.monitoring and self.release.monitoring.since
        if not words or text.count(words) != 1:
            return None
        start = text.index(words)
        return Evidence.of(text, start, start + len(words))

    @property
    def priors(self) -> tuple[PriorJudgment, ...]:
        return tuple(one for one in self.release.prior_judgments if self.body_id in (None, one.body))

    def same_scope(self, prior: PriorJudgment) -> bool:
        """Whether an earlier grade is for the same whole as this release's, so that it need not be named."""
        return self.overall is not None and (prior.scope, prior.about) == (self.overall.scope, self.overall.about)

    def comparable_with(self, prior: PriorJudgment) -> bool:
        """False when the earlier grade is known to be of another scale or other questions than this release's."""
        programme, cycle = self.release.programme or "", self.release.cycle
        known = {entry.cycle: entry for entry in cycles(programme)}
        if cycle not in known:
            return True
        if prior.when in known:
            return comparable(programme, cycle, prior.when)
        return not _is_year_before(prior.when, cycle) or bool(known[cycle].comparable_with)

    @property
    def who(self) -> str:
        """The subjects' names today, for a line of a list; empty when it has none."""
        names = [body.name for body in self.release.subjects]
        return f"{names[0]} and {len(names) - 1} more" if len(names) > 2 else " and ".join(names)

    @property
    def untold(self) -> tuple[str, ...]:
        """The subjects' names today, where neither the title nor the grades name every one of them."""
        title, subjects = self.release.title.casefold(), self.release.subjects
        graded = {one.body for one in self.judgments} if self.several else set()
        named = all(
            body.id in graded or body.name.casefold() in title or body.printed_as.casefold() in title
            for body in subjects
        )
        return () if named else tuple(dict.fromkeys(body.name for body in subjects))

    @property
    def findings(self) -> tuple[FindingGroup, ...]:
        """The findings by their lead-ins. One that only repeats a grade shown beside them, or gives another body's
        grade, is none of its own."""
        text = self.release.text
        points = [point for point in self.summary.points if not self._is_only_a_grade(point)]
        groups = groupby(points, key=lambda point: point.lead_in)
        return tuple(_group(text, lead_in, tuple(points)) for lead_in, points in groups)

    def _is_only_a_grade(self, point: Finding) -> bool:
        left = self._left_to_findings
        told = (one for one in self.release.judgments if one not in left)
        return any(one.evidence.holds(point.evidence) and _names(point, one) for one in told)

    @property
    def is_whole_on_card(self) -> bool:
        """Whether a card leaves nothing out that the whole release would show."""
        release, quote = self.release, self.summary.quote
        said = [span for speech in self.speeches for span in speech.spans]
        quoted = not said or (quote is not None and len(said) == 1 and quote.holds(said[0]))
        fits = all(len(group.points) <= FINDINGS_ON_CARD for group in self.findings)
        return quoted and fits and not (release.figures or release.next_inspection or self.bodies_left_out)

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """Who is quoted, an inspector first; a joint statement once."""
        return speeches(self.release)

    @property
    def speaker_line(self) -> str:
        """Who said the sentence chosen for the card."""
        return next((one.by for one in self.speeches if self._chosen_from(one)), "")

    @property
    def also_quoted(self) -> tuple[str, ...]:
        """Who else is quoted than whoever said the sentence chosen for the card."""
        return tuple(one.by for one in self.speeches if not self._chosen_from(one))

    def _chosen_from(self, speech: Speech) -> bool:
        quote = self.summary.quote
        return quote is not None and any(span.holds(quote) for span in speech.spans)


def view(stored: StoredRelease) -> ReleaseView:
    return ReleaseView(stored, summarise(stored.release))


def taken_back(releases: Iterable[StoredRelease]) -> list[StoredRelease]:
    """Those of them that were withdrawn, each once, by number."""
    found = {one.number: one for one in releases if one.withdrawn}
    return [found[number] for number in sorted(found)]


def names_printed(views: Sequence[ReleaseView], body_id: str, official: str) -> list[str]:
    """Other names under which these releases print a police force: what it was called then. Capitals make no other
    name; other bodies have none."""
    body = bodies().get(body_id)
    if body is None or body.kind != "police":
        return []
    printed = {body.printed_as for view in views for body in view.release.bodies if body.id == body_id}
    return sorted(name for name in printed if name.casefold() not in official.casefold())


def _is_year_before(when: str | None, cycle: str | None) -> bool:
    first = (cycle or "")[:4]
    return bool(when and when.isdecimal() and first.isdecimal() and int(when) < int(first))


def _names(point: Finding, judgment: Judgment) -> bool:
    return judgment.grade.casefold() in point.evidence.words.casefold()


def _group(text: str, lead_in: str, points: tuple[Finding, ...]) -> FindingGroup:
    start = text.rfind(lead_in, 0, points[0].evidence.start) if lead_in else -1
    return FindingGroup(Evidence.of(text, start, start + len(lead_in)) if start >= 0 else None, points)
