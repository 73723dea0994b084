"""The statements of a release: the inspector's, and those of others who speak in it or with him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.parsing.layout.speakers import Speaker, introduced_as
from summaries.types import Evidence, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.parsing.layout.sections import Sections, Spoken


def read_statements(sections: Sections) -> tuple[Statement | None, tuple[Statement, ...], dict[str, Evidence]]:
    """The inspector's statement, else the first; the others; and where its speaker is introduced."""
    if not sections.spoken:
        return None, (), {}
    main = next((spoken for spoken in sections.spoken if spoken.attribution.is_inspector), sections.spoken[0])
    others = [_statement(main, other, sections) for other in main.attribution.also]
    for spoken in sections.spoken:
        if spoken is not main:
            speakers = (spoken.attribution.speaker, *spoken.attribution.also)
            others += [_statement(spoken, speaker, sections) for speaker in speakers]
    statement = _statement(main, main.attribution.speaker, sections)
    return statement, tuple(others), {"speaker": main.attribution.evidence}


def statement_doubts(sections: Sections) -> Iterator[str]:
    """What a person should look at: words whose marks are missing or close inside a paragraph."""
    for spoken in sections.spoken:
        name = spoken.attribution.speaker.name
        if not spoken.quotation.marked:
            yield f"The words of {name} have no quotation marks; one paragraph was taken."
        elif spoken.quotation.rest:
            yield f"The words of {name} were taken to end inside a paragraph."
        elif not spoken.quotation.closed:
            yield f"The words of {name} have no closing quotation mark."


def _statement(spoken: Spoken, speaker: Speaker, sections: Sections) -> Statement:
    """The words spoken, as those of one of the people who spoke them."""
    paragraphs = spoken.quotation.paragraphs
    first, last = paragraphs[0].evidence(), paragraphs[-1].evidence()
    if speaker.role is None:
        speaker = introduced_as(speaker, sections.context) or speaker
    return Statement(
        speaker=speaker.name,
        role=speaker.role,
        is_inspector=speaker.is_inspector,
        region=speaker.region,
        paragraphs=tuple(paragraph.text for paragraph in paragraphs),
        spans=tuple(paragraph.evidence() for paragraph in paragraphs),
        evidence=Evidence.of(paragraphs[0].source, first.start, last.end),
    )
