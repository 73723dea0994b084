"""A parsed document for a person at a terminal: what was read of each release, in its own words, a fact a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.register import body_name
from summaries.summarise import summarise
from summaries.types import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.types import ParsedDocument, Release, Statement

_MARKS = {Polarity.PRAISE: "+", Polarity.CONCERN: "!", Polarity.NEUTRAL: "·"}


def document_text(parsed: ParsedDocument) -> str:
    """The releases of a document, a blank line between them."""
    return "\n\n".join("\n".join(_lines(release)) for release in parsed.releases) + "\n"


def _lines(release: Release) -> Iterator[str]:
    yield release.title
    yield f"  {release.id}  ({_about(release)})"
    if release.published_on and release.published_basis:
        day = release.published_on
        yield f"  published: {day.day} {day:%B} {day.year} ({release.published_basis})"
    yield from _grades(release)
    yield from _counts(release)
    yield from _findings(release)
    yield from _words(release)
    yield from _further(release)
    for doubt in release.doubts:
        yield f"  ? {doubt}"


def _about(release: Release) -> str:
    about = (release.kind, release.programme, release.cycle, release.pillar)
    return " · ".join([*filter(None, about), *(body.name for body in release.subjects)])


def _grades(release: Release) -> Iterator[str]:
    several = len({judgment.body for judgment in release.judgments}) > 1
    for judgment in release.judgments:
        body = f"{body_name(judgment.body)}: " if several else ""
        yield f"  {body}{judgment.about}: {judgment.grade}"
    for named in release.named_grades:
        yield f"  {body_name(named.body)}: {named.grade}"
    for prior in release.prior_judgments:
        yield f"  earlier ({prior.when}): {prior.about}: {prior.grade}"


def _counts(release: Release) -> Iterator[str]:
    if release.monitoring:
        since = f" (in it since {release.monitoring.since})" if release.monitoring.since else ""
        yield f"  enhanced monitoring: {release.monitoring.event}{since}"
    if release.tally:
        counted = ", ".join(f"{grade} {number}" for grade, number in release.tally.items() if grade != "areas")
        total = f", of {release.tally['areas']} areas" if "areas" in release.tally else ""
        yield f"  tally: {counted}{total}"
    if release.causes_of_concern is not None:
        yield f"  causes of concern: {release.causes_of_concern}"
    if release.areas_for_improvement is not None:
        yield f"  areas for improvement: {release.areas_for_improvement}"


def _findings(release: Release) -> Iterator[str]:
    lead_in = ""
    for finding in release.findings:
        if finding.lead_in != lead_in:
            lead_in = finding.lead_in
            yield f"  {lead_in}"
        yield f"    {_MARKS[finding.polarity]} {finding.text}"


def _words(release: Release) -> Iterator[str]:
    summary = summarise(release)
    quoted = summary.quote
    if quoted:
        yield f"  “{quoted.words}”"
    for statement in (release.statement, *release.other_statements):
        if statement is None:
            continue
        chosen = quoted and statement.evidence.holds(quoted)
        yield f"    {_speaker(statement)}" if chosen else f"  also quoted: {_speaker(statement)}"


def _speaker(statement: Statement) -> str:
    return ", ".join(part for part in (statement.speaker, statement.role) if part)


def _further(release: Release) -> Iterator[str]:
    if release.next_inspection:
        yield f"  next inspection: {release.next_inspection.evidence.words}"
    if release.report:
        yield f"  report: {' '.join(part for part in (release.report.title, release.report.url) if part)}"
    for figure in release.figures:
        yield f"  counted: {figure.value:g} {figure.unit}"
    if release.topics:
        yield f"  topics: {', '.join(release.topics)}"
    if release.notes:
        yield f"  notes to editors: {len(release.notes)}"
