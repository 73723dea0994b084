"""Areas named for a grade: "the areas requiring improvement include how it investigates crime", "the ‘good’ areas are",
"‘adequate’ in one area – managing offenders".

Read only from what the inspectorate says; whose areas they are the sentence may leave out, as the release is about one
body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.parsing.grades import claim_grammar as grammar
from summaries.parsing.grades.area_lists import is_area, split_areas
from summaries.parsing.grades.claim import Claim
from summaries.parsing.grades.claim_times import Telling, Told, has_earlier_words, taken_back
from summaries.parsing.grades.grade_tails import UNFIT
from summaries.parsing.layout.numbers import NUMBER, number_of
from summaries.parsing.layout.sentences import LONGEST_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.parsing.layout.passage import Passage

_GRADE = rf"['\"]?\b(?P<grade>{grammar.GRADE_WORDS})\b['\"]?"
_THOSE = rf"(?:the|those|its|these) (?:{NUMBER} )?"
_INCLUDE = r"(?:include[ds]?|are|were|is|was|being)"
_AREAS = re.compile(
    rf"\b(?:{_THOSE}(?P<quote>['\"]?)(?P<first>{grammar.GRADE_WORDS})['\"]? areas?"
    rf"|(?:{_THOSE})?areas? (?:(?:(?:that (?:was|were|is|are) )?{grammar.VERB}|found"
    rf"|where (?:it|the force|performance) (?:is|was))(?: as| to be)? )?{_GRADE})"
    rf" {_INCLUDE}:? (?P<matter>[^.;:!?()\"]{{4,500}})",
    re.IGNORECASE,
)
# "‘requires improvement’ in one area – responding to the public", "‘good’ in two areas (…)"
_NEXT = (
    rf",? (?:and |but )?['\"]?{grammar.GRADE_WORDS}\b|,? (?:and |but )?{NUMBER} (?:areas? )?(?:as|was|were|are|is)\b"
)
_COUNTED = re.compile(
    rf"{_GRADE},? (?:in|for|at|across) (?:the )?(?:(?:other|remaining|final) )?(?:(?P<count>{NUMBER}) )?"
    r"(?:areas?|aspects?|categor(?:y|ies))(?: of policing)?(?: - |: | \()(?P<matter>[^.;:!?()\"]{4,300}?)"
    rf"(?= - |\s*$|[.;:!?)\"]|{_NEXT})",
    re.IGNORECASE,
)
_TOLD = re.compile(rf"\b(?:{grammar.VERB}|found|grades?|gradings?|judgments?|received|given)\b", re.IGNORECASE)
_YEARS = re.compile(r"\b20\d\d\s?[/-]\s?(?:20)?\d\d\b")  # a cycle, which is no earlier year


def areas_in(passage: Passage) -> Iterator[Claim]:
    """A claim for each area that a sentence of the passage names for a grade."""
    for sentence in passage.sentences():
        if len(sentence.plain) > LONGEST_SENTENCE:
            continue
        plain, mentions = grammar.masked(sentence)
        for found in (*_AREAS.finditer(plain), *_COUNTED.finditer(plain)):
            ahead = _YEARS.sub("", plain[: found.start()])
            if has_earlier_words(ahead) or taken_back(plain[found.end("matter") :]) or UNFIT.search(found["matter"]):
                continue
            words = sentence.text[slice(*found.span("matter"))].strip()
            grade = grammar.grade_in(found.groupdict().get("first") or found["grade"])
            for start, end in _areas(words, plain, found):
                yield Claim(
                    sentence=sentence,
                    grade=grade,
                    telling=Telling(Told.NOW, found=True),
                    judged=True,
                    subject="",
                    named=tuple(mention.body for mention in mentions if mention.start < found.start()),
                    at=found.start(),
                    question=words[start:end],
                    quoted=True,
                )


def _areas(words: str, plain: str, found: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """The spans of the areas named. Words beside a number of areas name them only where the inspectorate counts, and
    they are as many areas that a programme grades."""
    if found.re is _AREAS:
        return split_areas(words)
    count = number_of(found["count"]) if found["count"] else 1
    spans = split_areas(words, expected=count)
    known = len(spans) == count and all(is_area(words[start:end]) for start, end in spans)
    return spans if known and _TOLD.search(plain[: found.start()]) else ()
