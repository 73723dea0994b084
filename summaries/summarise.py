"""Our extract of a release. It writes nothing: every field is a span of the stored text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.parsing.judgments import states_grade
from summaries.parsing.passage import Passage
from summaries.types import Evidence, Summary

if TYPE_CHECKING:
    from summaries.types import Release

_FORCE = re.compile(r"\b[Tt]he (?:force|service|constabulary)\b")
_FIRST_LINE = re.compile(r"\S[^\n]*")


def summarise(release: Release) -> Summary:
    """The verdict, the findings and one sentence of the statement.

    The verdict is the sentence that states the overall judgment, else the headline. The quote is the speaker's own
    judgment sentence, else the first sentence that names the force, else the first.
    """
    statement = release.statement
    return Summary(
        verdict=_verdict(release),
        points=release.findings,
        quote=_quote(release),
        speaker=statement.speaker if statement else None,
        speaker_role=statement.role if statement else None,
    )


def _verdict(release: Release) -> Evidence:
    if release.overall:
        return release.overall.evidence
    title = release.field_evidence.get("title")
    if title:
        return title
    line = _FIRST_LINE.search(release.text)
    return Evidence.of(release.text, *(line.span() if line else (0, 0)))


def _quote(release: Release) -> Evidence | None:
    if release.statement is None:
        return None
    paragraphs = [Passage.read(release.text, span.start, span.end) for span in release.statement.spans]
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences()]
    overall = release.overall
    judging = [sentence for sentence in sentences if overall and states_grade(sentence, overall)]
    naming = (sentence for sentence in sentences if _names_force(sentence, release))
    chosen = next(iter(judging), None) or next(naming, None) or next(iter(sentences), None)
    return chosen.evidence() if chosen else None


def _names_force(sentence: Passage, release: Release) -> bool:
    ids = {body.id for body in release.subjects}
    return _FORCE.search(sentence.plain) is not None or any(
        mention.body.id in ids for mention in find_bodies(sentence.text)
    )
