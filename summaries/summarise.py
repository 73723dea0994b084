"""Our extract of a release. It writes nothing: every field is a span of the stored text."""

from __future__ import annotations

import re
from itertools import tee
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.parsing.grades.judgments import states_grade
from summaries.parsing.layout.passage import Passage
from summaries.types import Evidence, Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from summaries.types import Release, Statement

_FORCE = re.compile(r"\b(?:the|this) (?:force|service|constabulary|brigade)\b", re.IGNORECASE)
_FIRST_LINE = re.compile(r"\S[^\n]*")
# An inspector's verdict in the first person: "I am broadly satisfied with …", "I still have concerns about …".
_OWN_VERDICT = re.compile(
    r"\b(?:I|we)(?: (?:am|was|are|were|remain|have|had|must|want to|would like to|can))?(?: [a-z]{1,20}){0,3}?"
    r" (?:pleased|satisfied|impressed|encouraged|reassured|heartened|delighted|disappointed|concerned|worried"
    r"|dissatisfied|frustrated|congratulate|commend|praise|(?:concerns?|worries) (?:about|with|over))\b"
    r"|\b(?:I|we) (?:congratulate|commend|praise)\b"
    r"|\bit is (?:\w{1,20} )?(?:disappointing|pleasing|encouraging|reassuring|worrying|concerning)\b",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"\b(?:how|what|that|way(?: in which)?) it\b|\bits\b", re.IGNORECASE)
# The sentence before one that opens so is half of what was said.
_TAKES_BACK = re.compile(
    r"\W{0,3}(?:but|however|nevertheless|nonetheless|yet|that said|despite (?:this|that))\b", re.IGNORECASE
)
# Says little when it stands alone: it leans on the sentence before it, gives thanks, or tells what comes next.
_SAYS_LITTLE = re.compile(
    r"\W{0,3}(?:that|this|these|those|it|they|he|she|his|her|its|their|such|also|but|and|so|or|yet|however|therefore)\b"
    r"|\b(?:I|we) (?:will|shall|thank|look forward|(?:would like|want) to thank)\b",
    re.IGNORECASE,
)


def summarise(release: Release) -> Summary:
    """The verdict, the findings and one sentence of an inspector.

    The verdict is the sentence that states the overall judgment, else the one that counts the areas of each grade, else
    the one that tells of a move in monitoring, else the headline. The quote is the inspector's own judgment, else the
    first sentence that says in the first person what to make of the body, else the first to name it (neither if the
    next one takes it back), else the first. Words of others than inspectors are never the quote.
    """
    statement = _inspectors(release)
    return Summary(
        verdict=_verdict(release),
        points=release.findings,
        quote=_quote(release, statement) if statement else None,
        speaker=statement.speaker if statement else None,
        speaker_role=statement.role if statement else None,
    )


def _inspectors(release: Release) -> Statement | None:
    spoken = (release.statement, *release.other_statements)
    return next((statement for statement in spoken if statement and statement.is_inspector), None)


def _verdict(release: Release) -> Evidence:
    if release.overall:
        return release.overall.evidence
    tally = release.field_evidence.get("tally")
    if release.tally and tally:
        return tally
    if release.monitoring:
        return release.monitoring.evidence
    title = release.field_evidence.get("title")
    if title:
        return title
    line = _FIRST_LINE.search(release.text)
    return Evidence.of(release.text, *(line.span() if line else (0, 0)))


def _quote(release: Release, statement: Statement) -> Evidence | None:
    # Read as far as is looked: a judgment mostly stands in the first paragraphs.
    reading, reread = tee(_sentences(release, statement))
    chosen = _judging(release, reading)
    if chosen is None:
        sentences = list(reread)
        chosen = _telling(release, sentences) or _first(sentences)
    return chosen.evidence() if chosen else None


def _sentences(release: Release, statement: Statement) -> Iterator[Passage]:
    for span in statement.spans:
        yield from Passage.read(release.text, span.start, span.end).sentences()


def _judging(release: Release, sentences: Iterable[Passage]) -> Passage | None:
    """The first sentence that gives the overall grade; where there is none, the first to give any of its grades."""
    given = (release.overall,) if release.overall else release.judgments
    if not given:
        return None
    return _first(one for one in sentences if any(states_grade(one, judgment) for judgment in given))


def _telling(release: Release, sentences: Sequence[Passage]) -> Passage | None:
    following = (*(sentence.plain for sentence in sentences[1:]), "")
    whole = [one for one, after in zip(sentences, following, strict=True) if not _TAKES_BACK.match(after)]
    return (
        _first(one for one in whole if _gives_verdict(one, release))
        or _first(one for one in whole if not _SAYS_LITTLE.match(one.plain) and _names_body(one, release))
        or _first(one for one in whole if _names_body(one, release))
        or _first(one for one in sentences if _names_body(one, release))
    )


def _gives_verdict(sentence: Passage, release: Release) -> bool:
    said = _OWN_VERDICT.search(sentence.plain)
    if said is None:
        return False
    of_it = _OF_IT.search(sentence.plain, said.end())
    return not release.subjects or of_it is not None or _names_body(sentence, release)


def _names_body(sentence: Passage, release: Release) -> bool:
    ids = {body.id for body in release.subjects}
    return _FORCE.search(sentence.plain) is not None or any(
        mention.body.id in ids for mention in find_bodies(sentence.text)
    )


def _first(sentences: Iterable[Passage]) -> Passage | None:
    return next(iter(sentences), None)
