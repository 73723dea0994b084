"""`parse`: a source document to the releases it holds. Pure: no file, no clock, no network."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from summaries.errors import UnreadableRelease
from summaries.parsing.blocks import read_blocks
from summaries.parsing.bodies import read_bodies
from summaries.parsing.dates import read_published
from summaries.parsing.details import read_figures, read_next_inspection, read_report, read_reports_named
from summaries.parsing.extract import media_type, readable_text
from summaries.parsing.findings import read_findings
from summaries.parsing.framework import Framework, kind_of, read_framework
from summaries.parsing.ids import release_id
from summaries.parsing.judgments import read_judgments
from summaries.parsing.origin import Origin
from summaries.parsing.sections import Sections, Spoken, read_sections
from summaries.parsing.split import split_page
from summaries.parsing.topics import read_topics
from summaries.types import (
    BodyRole,
    Confidence,
    Evidence,
    ParsedDocument,
    PublishedBasis,
    Release,
    SourceRecord,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.parsing.blocks import Block
    from summaries.parsing.passage import Passage
    from summaries.types import RawRelease

#: Grows when the same bytes may parse to something else, so that stored releases can be read again.
PARSER_VERSION = 3

_LONGEST_TITLE = 300  # characters
_WEB = re.compile(r"https?://", re.IGNORECASE)


def parse(raw: RawRelease) -> ParsedDocument:
    """Read the releases in a document. Raises UnreadableRelease, and nothing else, when it holds no readable text."""
    text = readable_text(raw)
    releases = tuple(_releases(text, _origin(raw)))
    if not releases:
        raise UnreadableRelease
    source = SourceRecord(
        location=raw.location,
        media_type=media_type(raw),
        sha256=hashlib.sha256(raw.content).hexdigest(),
        fetched_at=raw.fetched_at,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return ParsedDocument(source, releases)


def _origin(raw: RawRelease) -> Origin:
    url = raw.location if _WEB.match(raw.location) else None
    return Origin(url, stamp=(raw.published_on, PublishedBasis.FEED) if raw.published_on else None)


def _releases(text: str, origin: Origin) -> Iterator[Release]:
    """The releases of a page: one, or those of an accordion, after its preamble where that itself grades forces."""
    blocks = read_blocks(text)
    if not blocks:
        return
    before, parts = split_page(text, blocks)
    if before and (preamble := read_blocks(before.text)):
        release = _release(before.text, preamble, replace(origin, page_heading=before.heading))
        if release.named_grades:
            yield release
    for part in parts:
        yield _release(part.text, read_blocks(part.text), replace(origin, page_heading=part.heading))


def _release(text: str, blocks: list[Block], origin: Origin) -> Release:
    sections = read_sections(blocks)
    title = _title(sections.headline)
    body = sections.body()
    bodies = read_bodies(sections)
    subjects = tuple(named.id for named in bodies if named.role is BodyRole.SUBJECT)
    framework = read_framework(sections)
    kind = kind_of(framework, subjects, sections.headline)
    judgments = read_judgments(sections, subjects, framework)
    findings, list_doubts = read_findings(sections)
    statement, others, evidence = _statements(sections)
    published = read_published([block.passage for block in blocks], framework, origin)
    if published.evidence:
        evidence["published_on"] = published.evidence
    topics = read_topics(sections)
    said = [paragraph for spoken in sections.spoken for paragraph in spoken.quotation.paragraphs]
    found = [item for items in sections.lists for item in items.items]
    doubts = (
        *_doubts(sections, framework, subjects),
        *framework.doubts,
        *judgments.doubts,
        *list_doubts,
        *((published.doubt,) if published.doubt else ()),
    )
    return Release(
        id=release_id(framework, kind, subjects, sections, origin, graded=bool(judgments.own)),
        title=title.text,
        kind=kind,
        text=text,
        bodies=bodies,
        programme=framework.programme,
        cycle=framework.cycle,
        pillar=framework.pillar,
        published_on=published.on,
        published_basis=published.basis,
        judgments=judgments.own,
        prior_judgments=judgments.prior,
        findings=findings,
        statement=statement,
        other_statements=others,
        next_inspection=read_next_inspection(body),
        report=read_report(sections),
        reports_named=read_reports_named([*body, *sections.notes]),
        figures=read_figures(sorted([*found, *said], key=lambda passage: passage.start)),
        notes=tuple(note.text for note in sections.notes),
        note_spans=tuple(note.evidence() for note in sections.notes),
        topics=tuple(topics),
        topic_spans=topics,
        field_evidence={"title": title.evidence(), **framework.evidence, **evidence},
        confidence=Confidence.CHECK if doubts else Confidence.SURE,
        doubts=doubts,
    )


def _title(headline: Passage) -> Passage:
    """The headline; of a text that opens with a whole paragraph only its first sentence, or as much as fits."""
    if len(headline.text) <= _LONGEST_TITLE:
        return headline
    first = headline.sentences()[0]
    if len(first.text) <= _LONGEST_TITLE:
        return first
    space = first.text.rfind(" ", 1, _LONGEST_TITLE)
    return first.cut(0, space if space > 0 else _LONGEST_TITLE)


def _statements(sections: Sections) -> tuple[Statement | None, tuple[Statement, ...], dict[str, Evidence]]:
    """The inspector's statement, else the first; the others; and where its speaker is introduced."""
    if not sections.spoken:
        return None, (), {}
    main = next((spoken for spoken in sections.spoken if spoken.attribution.is_inspector), sections.spoken[0])
    others = tuple(_statement(spoken) for spoken in sections.spoken if spoken is not main)
    return _statement(main), others, {"speaker": main.attribution.evidence}


def _statement(spoken: Spoken) -> Statement:
    paragraphs = spoken.quotation.paragraphs
    first, last = paragraphs[0].evidence(), paragraphs[-1].evidence()
    return Statement(
        speaker=spoken.attribution.speaker,
        role=spoken.attribution.role,
        is_inspector=spoken.attribution.is_inspector,
        region=spoken.attribution.region,
        paragraphs=tuple(paragraph.text for paragraph in paragraphs),
        spans=tuple(paragraph.evidence() for paragraph in paragraphs),
        evidence=Evidence.of(paragraphs[0].source, first.start, last.end),
    )


def _doubts(sections: Sections, framework: Framework, subjects: tuple[str, ...]) -> list[str]:
    doubts: list[str] = []
    if framework.programme is None and not framework.doubts:
        doubts.append("No programme of inspection that we know is named.")
    if not subjects:
        doubts.append("No body that we know is named as its subject.")
    for spoken in sections.spoken:
        if not spoken.quotation.marked:
            doubts.append(
                f"The words of {spoken.attribution.speaker} have no quotation marks; one paragraph was taken."
            )
        elif spoken.quotation.rest:
            doubts.append(f"The words of {spoken.attribution.speaker} were taken to end inside a paragraph.")
        elif not spoken.quotation.closed:
            doubts.append(f"The words of {spoken.attribution.speaker} have no closing quotation mark.")
    return doubts
