"""The things a release counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.parsing.layout.numbers import TO_TWENTY, number_of
from summaries.parsing.layout.sentences import LONGEST_SENTENCE
from summaries.types import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.layout.passage import Passage

# Two upward: "one" is too often a pronoun ("all but one").
_NUMBER_WORDS = "|".join(TO_TWENTY[1:])
_COUNTED = re.compile(
    rf"(?<![\w.,:£$])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}|{_NUMBER_WORDS})"
    r" (?P<unit>(?:[a-z][a-z-]{1,20} )?[a-z][a-z-]{1,20}[^\Ws]s)\b",
    re.IGNORECASE,
)
# A rate ("four in ten callers", "one of every five"), a part of a whole, a span of time or a join counts nothing.
_NO_COUNT_BEFORE = re.compile(
    r"\b(?:in|every|out of|of the|within|joining|between|than|last|first|next|per|all|both|these|those|other)\s$",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?:101|999|111|112)\s", re.IGNORECASE)
# Plurals that measure time or the inspection itself rather than count what was found.
_NOT_COUNTED = re.compile(
    r"\b(?:years?|months|weeks|days|hours|minutes|times|others|areas|pillars|parts|questions|as|was|is|has)$",
    re.IGNORECASE,
)


def read_figures(passages: Iterable[Passage]) -> tuple[Figure, ...]:
    """Things counted in findings and statements: "129 applications". Years, times and telephone numbers are none."""
    figures: list[Figure] = []
    for passage in passages:
        for sentence in passage.sentences():
            if len(sentence.plain) > LONGEST_SENTENCE:
                continue
            for found in _COUNTED.finditer(sentence.plain):
                unit = found["unit"]
                if _NO_COUNT_BEFORE.search(sentence.plain[: found.start()]) or _TELEPHONE.match(found.group()):
                    continue
                if _NOT_COUNTED.search(unit) or re.fullmatch(r"(?:19|20)\d\d", found["number"]):
                    continue
                figures.append(Figure(_value(found["number"]), unit, sentence.text, sentence.evidence(*found.span())))
    return tuple(figures)


def _value(number: str) -> float:
    return float(number.replace(",", "") if number[0].isdigit() else number_of(number))
