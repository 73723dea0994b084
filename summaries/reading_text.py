"""A parsed document for a person at a terminal: grades, findings, quote and doubts, in the release's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.summarise import summarise
from summaries.types import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.types import ParsedDocument, Release

_MARKS = {Polarity.PRAISE: "+", Polarity.CONCERN: "!", Polarity.NEUTRAL: "·"}


def document_text(parsed: ParsedDocument) -> str:
    """The releases of a document, a blank line between them."""
    return "\n\n".join("\n".join(_lines(release)) for release in parsed.releases) + "\n"


def _lines(release: Release) -> Iterator[str]:
    yield release.title
    yield f"  {release.id}  ({_about(release)})"
    yield from _grades(release)
    lead_in = ""
    for finding in release.findings:
        if finding.lead_in != lead_in:
            lead_in = finding.lead_in
            yield f"  {lead_in}"
        yield f"    {_MARKS[finding.polarity]} {finding.text}"
    summary = summarise(release)
    if summary.quote:
        yield f"  “{summary.quote.words}”"
        yield f"    {', '.join(part for part in (summary.speaker, summary.speaker_role) if part)}"
    for doubt in release.doubts:
        yield f"  ? {doubt}"


def _about(release: Release) -> str:
    about = (release.kind, release.programme, release.cycle, release.pillar)
    return " · ".join([*filter(None, about), *(body.name for body in release.subjects)])


def _grades(release: Release) -> Iterator[str]:
    for judgment in release.judgments:
        yield f"  {judgment.about}: {judgment.grade}"
    for prior in release.prior_judgments:
        yield f"  earlier ({prior.when}): {prior.about}: {prior.grade}"
