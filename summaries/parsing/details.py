"""The smaller facts of a release: the next inspection, the report it announces, reports it names, figures it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.parsing.sentences import LONGEST_SENTENCE
from summaries.types import Figure, NextInspection, Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.passage import Passage
    from summaries.parsing.sections import Sections

_NEXT = re.compile(
    r"\bwill (?:\w{1,20} ){0,3}?(?:re-?inspect|inspect|revisit|re-?visit|return|assess)\b(?: [\w'-]{1,20}){0,6}?"
    r" (?:in|during|by|within|from) (?:the )?(?:(?:early|late|spring|summer|autumn|winter|next|[A-Z][a-z]{2,8}) )?"
    r"(?:(?P<year>20\d\d)|\d{1,2} (?:weeks|months)|year)\b"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]]{1,300}[^\s<>\"'()\[\].,;:]")
_REPORT_WORD = re.compile(
    r"\b(?:report|review|inspection)\b[\s,:(]{0,4}(?:(?:called|entitled|titled)\s)?$", re.IGNORECASE
)
_QUOTED_TITLE = re.compile(r"(?<!\w)(?P<mark>['\"])(?P<title>[A-Z][^'\"]{6,120}?)(?P=mark)(?!\w)")
_ITALIC_TITLE = re.compile(r"(?<![*\w])\*(?P<title>[^\s*][^*]{4,120}?)(?<!\s)\*(?![*\w])")

# Two upward: "one" is too often a pronoun ("all but one").
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty"
)
_COUNTED = re.compile(
    rf"(?<![\w.,:£$])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}|{_NUMBER_WORDS})"
    r" (?P<unit>(?:[a-z][a-z-]{1,20} )?[a-z][a-z-]{1,20}[^\Ws]s)\b",
    re.IGNORECASE,
)
# Plurals that measure time or the inspection itself rather than count what was found.
_NOT_COUNTED = re.compile(
    r"\b(?:years?|months|weeks|days|hours|minutes|times|others|areas|pillars|parts|questions|as|was|is|has)$",
    re.IGNORECASE,
)


def read_next_inspection(passages: Iterable[Passage]) -> NextInspection | None:
    """The first promise to inspect again that says when; "will continue to monitor" is no such promise."""
    for passage in passages:
        found = _NEXT.search(passage.plain)
        if found:
            year = found["year"]
            return NextInspection(
                passage.text[found.start() : found.end()], int(year) if year else None, passage.evidence(*found.span())
            )
    return None


def read_report(sections: Sections) -> Report | None:
    """The report with an address, told in the text or, failing that, in the notes."""
    for passages in (sections.body(), sections.notes):
        for passage in passages:
            for sentence in passage.sentences():
                url = _URL.search(sentence.plain[:LONGEST_SENTENCE])
                if url and re.search(r"\breport\b", sentence.plain[: url.start()], re.IGNORECASE):
                    title = _title_in(sentence)
                    printed = sentence.text[url.start() : url.end()]
                    return Report(title, printed, sentence.evidence())
    return None


def _title_in(sentence: Passage) -> str | None:
    for quoted in _QUOTED_TITLE.finditer(sentence.plain):
        if _REPORT_WORD.search(sentence.plain[max(quoted.start() - 80, 0) : quoted.start()]):
            return sentence.text[quoted.start("title") : quoted.end("title")]
    start, end = sentence.offsets[0], sentence.offsets[-1] + 2
    italic = _ITALIC_TITLE.search(sentence.source[start:end])
    return " ".join(italic["title"].split()) if italic else None


def read_reports_named(passages: Iterable[Passage]) -> tuple[Report, ...]:
    """Reports the text names in italics, each once, as first printed."""
    named: dict[str, Report] = {}
    for passage in passages:
        raw = passage.evidence()
        for italic in _ITALIC_TITLE.finditer(raw.quote):
            title = " ".join(italic["title"].split())
            if _REPORT_WORD.search(raw.quote[max(italic.start() - 80, 0) : italic.start()].replace("\n", " ")):
                at = raw.start + italic.start("title")
                span = type(raw).of(passage.source, at, at + len(italic["title"]))
                named.setdefault(title.casefold(), Report(title, None, span))
    return tuple(named.values())


def read_figures(passages: Iterable[Passage]) -> tuple[Figure, ...]:
    """Things counted in findings and statements: "129 applications". Years, times and telephone numbers are none."""
    figures: list[Figure] = []
    for passage in passages:
        for sentence in passage.sentences():
            if len(sentence.plain) > LONGEST_SENTENCE:
                continue
            for found in _COUNTED.finditer(sentence.plain):
                unit = found["unit"]
                if _NOT_COUNTED.search(unit) or re.fullmatch(r"(?:19|20)\d\d", found["number"]):
                    continue
                figures.append(Figure(_value(found["number"]), unit, sentence.text, sentence.evidence(*found.span())))
    return tuple(figures)


def _value(number: str) -> float:
    words = _NUMBER_WORDS.split("|")
    word = number.casefold()
    return float(words.index(word) + 2 if word in words else number.replace(",", ""))
