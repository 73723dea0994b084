"""`parse`: a source document to the releases it holds. Pure: no file, no clock, no network."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from summaries.errors import UnreadableRelease
from summaries.media import read_document
from summaries.parsing.about.bodies import read_bodies
from summaries.parsing.about.dates import read_published
from summaries.parsing.about.framework import Framework, read_framework
from summaries.parsing.about.ids import release_id
from summaries.parsing.about.origin import Origin, is_web, original_url
from summaries.parsing.details.counts import read_areas_for_improvement, read_causes_of_concern
from summaries.parsing.details.figures import read_figures
from summaries.parsing.details.findings import read_findings
from summaries.parsing.details.monitoring import read_monitoring
from summaries.parsing.details.next_inspection import read_next_inspection
from summaries.parsing.details.reports import read_report, read_reports_named
from summaries.parsing.details.statements import read_statements, statement_doubts
from summaries.parsing.details.topics import read_topics
from summaries.parsing.grades.judgments import read_judgments
from summaries.parsing.layout.blocks import read_blocks
from summaries.parsing.layout.passage import plain_words
from summaries.parsing.layout.sections import read_sections
from summaries.parsing.layout.split import split_page
from summaries.types import (
    BodyRole,
    Confidence,
    Kind,
    ParsedDocument,
    PublishedBasis,
    Release,
    SourceRecord,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from summaries.media import Page
    from summaries.parsing.layout.blocks import Block
    from summaries.parsing.layout.passage import Passage
    from summaries.types import RawRelease

#: Grows when the same bytes may parse to something else, so that stored releases can be read again.
PARSER_VERSION = 3

#: The doubt of a release of which a feed gave a summary only.
EXCERPT = "Only an excerpt of the release was read."

_LONGEST_TITLE = 300  # characters
# Kinds whose releases belong to a programme, and those that are about bodies; without them something was not read.
_OF_A_PROGRAMME = frozenset((Kind.FORCE_INSPECTION, Kind.FIRE_INSPECTION, Kind.DATA_INTEGRITY, Kind.OTHER))
_ABOUT_A_BODY = _OF_A_PROGRAMME | {Kind.CUSTODY, Kind.CHILD_PROTECTION, Kind.MONITORING, Kind.REGIONAL}


def parse(raw: RawRelease) -> ParsedDocument:
    """Read the releases in a document. Raises UnreadableRelease, and nothing else, when it holds no readable text."""
    document = read_document(raw)
    releases = tuple(_told_apart(release for page in document.pages for release in _releases(page, _origin(raw, page))))
    if not releases:
        raise UnreadableRelease
    text = "\n".join(page.text for page in document.pages)
    source = SourceRecord(
        location=raw.location,
        media_type=document.media_type,
        sha256=hashlib.sha256(raw.content).hexdigest(),
        fetched_at=raw.fetched_at,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return ParsedDocument(source, releases)


def _told_apart(releases: Iterable[Release]) -> Iterator[Release]:
    """Each release of a document once: the same words twice are one, other words of the same id another release."""
    held: dict[str, list[str]] = {}
    for release in releases:
        words = plain_words(release.text)
        texts = held.setdefault(release.id, [])
        if words in texts:
            continue
        texts.append(words)
        if len(texts) == 1:
            yield release
            continue
        doubt = "Another part of the same document reads as this release too."
        yield replace(
            release,
            id=f"{release.id}-{len(texts)}",
            confidence=Confidence.CHECK,
            doubts=(*release.doubts, doubt),
        )


def _origin(raw: RawRelease, page: Page) -> Origin:
    """A page's own word for its address and day goes before where it was found and what a list said of it."""
    url = page.url or (raw.location if is_web(raw.location) else None)
    if page.published_on and page.published_basis:
        stamp: tuple[date, PublishedBasis] | None = (page.published_on, page.published_basis)
    else:
        stamp = (raw.published_on, PublishedBasis.FEED) if raw.published_on else None
    return Origin(url, stamp=stamp, is_excerpt=page.is_excerpt)


def _releases(page: Page, origin: Origin) -> Iterator[Release]:
    """The releases of a page: one, or those of an accordion, after its preamble where that itself grades forces."""
    blocks = read_blocks(page.text)
    if not blocks:
        return
    # A copy that links to its original is that release, not another.
    origin = replace(origin, url=original_url(block.passage for block in blocks) or origin.url)
    before, parts = split_page(page.text, blocks)
    if before and (preamble := read_blocks(before.text)):
        release = _release(before.text, preamble, origin)
        if release.named_grades:
            yield release
        if release.published_on and release.published_basis is PublishedBasis.STATED:
            origin = replace(origin, stamp=(release.published_on, PublishedBasis.STATED))
    for part in parts:
        yield _release(part.text, read_blocks(part.text), replace(origin, page_heading=part.heading))


def _release(text: str, blocks: list[Block], origin: Origin) -> Release:
    sections = read_sections(blocks)
    title = _title(sections.headline)
    body = sections.body()
    bodies = read_bodies(sections)
    subjects = tuple(named.id for named in bodies if named.role is BodyRole.SUBJECT)
    framework = read_framework(sections, subjects, origin)
    judgments = read_judgments(sections, subjects, framework)
    findings, list_doubts = read_findings(sections)
    statement, others, evidence = read_statements(sections)
    published = read_published([block.passage for block in blocks], framework, origin)
    if published.evidence:
        evidence["published_on"] = published.evidence
    causes, areas = read_causes_of_concern(body), read_areas_for_improvement(body)
    for name, count in (("causes_of_concern", causes), ("areas_for_improvement", areas)):
        if count.evidence:
            evidence[name] = count.evidence
    if judgments.tally_evidence:
        evidence["tally"] = judgments.tally_evidence
    topics = read_topics(sections)
    said = [paragraph for spoken in sections.spoken for paragraph in spoken.quotation.paragraphs]
    found = [item for items in sections.lists for item in items.items]
    doubts = (
        *_doubts(framework, subjects, origin),
        *statement_doubts(sections),
        *framework.doubts,
        *judgments.doubts,
        *list_doubts,
        *(told.doubt for told in (published, causes, areas) if told.doubt),
    )
    return Release(
        id=release_id(framework, subjects, sections, origin, graded=bool(judgments.own)),
        title=title.text,
        kind=framework.kind,
        text=text,
        bodies=bodies,
        programme=framework.programme,
        cycle=framework.cycle,
        pillar=framework.pillar,
        published_on=published.on,
        published_basis=published.basis,
        judgments=judgments.own,
        prior_judgments=judgments.prior,
        tally=judgments.tally,
        named_grades=judgments.named,
        findings=findings,
        causes_of_concern=causes.value,
        areas_for_improvement=areas.value,
        monitoring=read_monitoring(body, subjects),
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


def _doubts(framework: Framework, subjects: tuple[str, ...], origin: Origin) -> list[str]:
    doubts: list[str] = [EXCERPT] if origin.is_excerpt else []
    if framework.kind in _OF_A_PROGRAMME and framework.programme is None and not framework.doubts:
        doubts.append("No programme of inspection that we know is named.")
    if framework.kind in _ABOUT_A_BODY and not subjects:
        doubts.append("No body that we know is named as its subject.")
    return doubts
