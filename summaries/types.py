"""What a parsed release is made of: frozen dataclasses and enums, no behaviour beyond what a value knows of itself.

Field names are the keys of the public JSON (`docs/release-json.md`). Unknown is `None` or empty; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


_YEAR_NAMED = re.compile(r"(?<![\w/.-])20[012]\d(?![\w/-])")


class Kind(StrEnum):
    FORCE_INSPECTION = "force-inspection"
    NATIONAL = "national"
    THEMATIC = "thematic"
    REVISIT = "revisit"
    MONITORING = "monitoring"
    CUSTODY = "custody"
    CHILD_PROTECTION = "child-protection"
    DATA_INTEGRITY = "data-integrity"
    FIRE_INSPECTION = "fire-inspection"
    REGIONAL = "regional"
    SUPER_COMPLAINT = "super-complaint"
    ANNUAL = "annual"
    CORPORATE = "corporate"
    REPORT_PAGE = "report-page"
    OTHER = "other"


class Pillar(StrEnum):
    EFFECTIVENESS = "effectiveness"
    EFFICIENCY = "efficiency"
    LEGITIMACY = "legitimacy"
    LEADERSHIP = "leadership"


class Grade(StrEnum):
    OUTSTANDING = "outstanding"
    GOOD = "good"
    ADEQUATE = "adequate"
    REQUIRES_IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"
    NOT_GRADED = "not graded"


class Scale(StrEnum):
    """Four tiers until 2018/19; five, with *adequate*, from PEEL 2021/22 and fire round 3."""

    FOUR = "four"
    FIVE = "five"


class Scope(StrEnum):
    OVERALL = "overall"
    PILLAR = "pillar"
    QUESTION = "question"


class Polarity(StrEnum):
    PRAISE = "praise"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class BodyRole(StrEnum):
    SUBJECT = "subject"
    MENTIONED = "mentioned"


class PublishedBasis(StrEnum):
    STATED = "stated"
    FEED = "feed"
    CALENDAR = "calendar"


class MonitoringEvent(StrEnum):
    ENTERED = "entered"
    LEFT = "left"
    REMAINS = "remains"


class Confidence(StrEnum):
    SURE = "sure"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the stored text: `text[start:end] == quote`, always; offsets count Unicode code points."""

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Evidence:
        return cls(start, end, text[start:end])

    def holds(self, other: Evidence) -> bool:
        """Whether all of the other span, of the same text, is in this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Evidence) -> bool:
        """Whether the spans, of the same text, have a character in common."""
        return self.start < other.end and other.start < self.end

    @property
    def words(self) -> str:
        """The quote as a reader sees it: line and page breaks inside it are single spaces."""
        return " ".join(self.quote.split())


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body as a release names it. `id` and `name` come from the register, `printed_as` from the text."""

    id: str
    name: str
    printed_as: str
    role: BodyRole
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Judgment:
    """A grade the release itself gives. `about` is the pillar, question or area graded; `body` a register id."""

    body: str
    scope: Scope
    about: str
    grade: Grade
    scale: Scale
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PriorJudgment:
    """An earlier grade the text recalls; `when` is a year, or the text's own words ("last year")."""

    body: str
    scope: Scope
    about: str
    grade: Grade
    when: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NamedGrade:
    """A grade a national release gives to one named body."""

    body: str
    grade: Grade
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, always with the lead-in that gives it its sense."""

    lead_in: str
    text: str
    polarity: Polarity
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Statement:
    """The quoted words of one speaker, page breaks healed; `spans` holds the evidence of each paragraph."""

    speaker: str
    role: str | None
    is_inspector: bool
    region: str | None
    paragraphs: tuple[str, ...]
    spans: tuple[Evidence, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NextInspection:
    text: str
    year: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Report:
    """The report a release announces. `url` is as printed, which may lack a scheme."""

    title: str | None
    url: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted fact: `value` 129, `unit` "applications", `text` the sentence that counts them."""

    value: float
    unit: str
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Monitoring:
    event: MonitoringEvent
    since: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Release:
    """One press release, parsed. `field_evidence` maps a scalar field's name to the span it was read from."""

    id: str
    title: str
    kind: Kind
    text: str
    bodies: tuple[NamedBody, ...] = ()
    programme: str | None = None
    cycle: str | None = None
    pillar: Pillar | None = None
    published_on: date | None = None
    published_basis: PublishedBasis | None = None
    judgments: tuple[Judgment, ...] = ()
    prior_judgments: tuple[PriorJudgment, ...] = ()
    tally: Mapping[str, int] | None = None
    named_grades: tuple[NamedGrade, ...] = ()
    findings: tuple[Finding, ...] = ()
    causes_of_concern: int | None = None
    areas_for_improvement: int | None = None
    monitoring: Monitoring | None = None
    statement: Statement | None = None
    other_statements: tuple[Statement, ...] = ()
    next_inspection: NextInspection | None = None
    report: Report | None = None
    reports_named: tuple[Report, ...] = ()
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    note_spans: tuple[Evidence, ...] = ()
    topics: tuple[str, ...] = ()
    topic_spans: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    field_evidence: Mapping[str, Evidence] = field(default_factory=dict)
    confidence: Confidence = Confidence.SURE
    doubts: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[NamedBody, ...]:
        return tuple(body for body in self.bodies if body.role is BodyRole.SUBJECT)

    @property
    def year(self) -> int | None:
        """The year people ask for it by: the cycle's first, else that of publication."""
        digits = (self.cycle or "")[:4]
        if digits.isdecimal():
            return int(digits)
        return self.published_on.year if self.published_on else None

    @property
    def dated(self) -> int:
        """How recent it is, as a number that sorts: yyyymmdd, yyyy0000 when only a year is known, else 0.

        A release that tells neither sorts by the last year its text names, so that an old one does not go before it;
        nothing shows that year as its date.
        """
        day = self.published_on
        if day:
            return day.year * 10_000 + day.month * 100 + day.day
        return (self.year or self._last_year_named or 0) * 10_000

    @property
    def _last_year_named(self) -> int | None:
        ahead = self.next_inspection.year if self.next_inspection else None
        named = {int(year) for year in _YEAR_NAMED.findall(self.text)} - {ahead}
        return max(named, default=None)

    @property
    def overall(self) -> Judgment | None:
        """The one grade for all that was inspected; None where pillars are graded one by one, or several bodies are."""
        whole = [judgment for judgment in self.judgments if judgment.scope is Scope.OVERALL]
        by_pillar = any(judgment.scope is Scope.PILLAR for judgment in self.judgments)
        return whole[0] if len(whole) == 1 and not by_pillar else None


@dataclass(frozen=True, slots=True)
class RawRelease:
    """What a source hands over: the bytes as fetched and where they came from, before anything is read.

    `published_on` is the day that a feed or list gave for it, if it came by one.
    """

    location: str
    content: bytes
    media_type: str | None = None
    fetched_at: datetime | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """The `source` object of the public JSON."""

    location: str
    media_type: str
    sha256: str
    fetched_at: datetime | None
    text_sha256: str


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One source document and the releases read from it, in the order printed."""

    source: SourceRecord
    releases: tuple[Release, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Our extract of a release: every field is a span of its text. `verdict` states the judgment or, without one, the
    headline; `points` are the findings with their polarity; `quote` is one sentence of the statement."""

    verdict: Evidence
    points: tuple[Finding, ...]
    quote: Evidence | None
    speaker: str | None
    speaker_role: str | None
