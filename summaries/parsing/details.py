"""The smaller facts of a release: the next inspection it promises, the figures it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.parsing.sentences import LONGEST_SENTENCE
from summaries.types import Figure, NextInspection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.passage import Passage

_SEASON = r"(?:(?:early|late|mid-?|spring|summer|autumn|winter|next|the end|[A-Z][a-z]{2,8})(?: of)?(?: the)? )"
_NEXT = re.compile(
    r"\b(?:(?:will|shall) (?:\w{1,20} ){0,3}?(?:re-?inspect|inspect|revisit|re-?visit|return|assess)"
    r"|(?:when|before) (?:\w{1,12} )?(?:re-?)?inspects"
    r"|next (?:full )?inspection (?:\w{1,20} ){0,6}?(?:will be|is (?:due|planned)|takes place))\b"
    rf"(?: [\w'-]{{1,20}}){{0,8}}?(?: (?:in|during|by|within|from|for) (?:the )?{_SEASON}{{0,2}}"
    r"(?:(?P<year>20\d\d)|\d{1,2} (?:weeks|months)|year))\b"
)
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
