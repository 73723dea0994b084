"""Sentences that state a grade. Praise is not a grade: "good progress", "good at identifying risks", "performed well".

A claim needs a verb of judging, or a body that "is" a grade at the very pillar inspected. What is conditional or
negated is no claim at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.frameworks import PILLAR_WORDS, grade_of
from summaries.parsing.sentences import LONGEST_SENTENCE

if TYPE_CHECKING:
    from summaries.parsing.passage import Passage
    from summaries.types import Grade, Pillar

_GRADE = r"(?:outstanding|good|adequate|inadequate|requir(?:es?|ing) improvement)"
_QUOTED = rf"['\"](?P<quoted>{_GRADE})['\"]"
# After a bare grade no noun may follow: "graded good progress" would be praise.
_BARE = (
    rf"(?P<bare>{_GRADE})"
    r"(?=\s?[.,;:!?)'\"]|\s?$|\s(?:at|in|for|overall|with|on|by|and|across|when|as|but)\b)"
)
_JUDGED = re.compile(
    r"\b(?:judged|graded|assessed|rated)\b"
    r"(?:(?P<object>[^.;:!?]{0,90}?)\s(?:as|to be|being|at)|(?P<named>[^.;:!?]{1,90}?)(?=\s['\"]))?"
    rf"\s(?:{_QUOTED}|{_BARE})",
    re.IGNORECASE,
)
_IS = re.compile(
    rf"\b(?:is|are|was|were|remains)(?:,? (?:now|still|also|in general|overall|again),?){{0,2}} (?:{_QUOTED}|{_BARE})",
    re.IGNORECASE,
)
_REQUIRES = re.compile(r"(?<=\w) ['\"]?(?P<bare>requires? improvement)['\"]?(?= (?:at|in)\b)", re.IGNORECASE)
_AT_PILLAR = re.compile(rf"['\"]?,? (?:at|in) (?:how )?(?P<word>{'|'.join(PILLAR_WORDS)})\b", re.IGNORECASE)
_NO_CLAIM = re.compile(
    r"\b(?:not|never|cannot|neither|nor|if|unless|whether|would|could|should|might|may|expect(?:s|ed)?|hopes?|until)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:last year|previous(?:ly)?|last inspect(?:ion|ed)|(?:when|since) (?:we|HMIC(?:FRS)?) last|earlier)\b",
    re.IGNORECASE,
)
# A grade given now, whatever earlier year the sentence also names: "I have judged", "is now".
_FRESH = re.compile(r"\b(?:have|has)(?: now| also| again)?\s?$", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had been)(?: also| again)?\s?$", re.IGNORECASE)
_PAST_BE = re.compile(r"(?:was|were)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20[0-3]\d\b")
_IN_YEAR = re.compile(r"^['\"]?,? (?:in|since) (20[0-3]\d)\b")
_OVERALL = re.compile(r"\boverall\b", re.IGNORECASE)
_NEAR = 160  # characters before a grade in which a word still governs it


@dataclass(frozen=True, slots=True)
class Claim:
    """A grade stated in a sentence.

    `pillar` is what it is said to be for; `when` what dates it ("2015", "last year"); `past`: told as past. `subject`
    holds the words in which the graded body is named, those after the verb first.
    """

    sentence: Passage
    grade: Grade
    pillar: Pillar | None
    overall: bool
    judged: bool
    when: str | None
    past: bool
    subject: tuple[str, str]


def claims_in(passage: Passage) -> list[Claim]:
    """Every claim of a grade in the passage, in order."""
    claims: list[Claim] = []
    for sentence in passage.sentences():
        if len(sentence.plain) > LONGEST_SENTENCE:
            continue
        for pattern in (_JUDGED, _IS, _REQUIRES):
            read = [_claim(sentence, found, judged=pattern is _JUDGED) for found in pattern.finditer(sentence.plain)]
            claims += [claim for claim in read if claim]
    return claims


def _claim(sentence: Passage, found: re.Match[str], *, judged: bool) -> Claim | None:
    plain = sentence.plain
    grade = grade_of(found.groupdict().get("quoted") or found["bare"])
    near = plain[max(found.start() - _NEAR, 0) : found.start()]
    at_pillar = _AT_PILLAR.match(plain, found.end())
    if grade is None or _NO_CLAIM.search(near) or not (judged or at_pillar):
        return None
    past = (_PAST.search(near) if judged else _PAST_BE.match(found.group())) is not None
    fresh = _FRESH.search(near) is not None if judged else not past
    return Claim(
        sentence=sentence,
        grade=grade,
        pillar=PILLAR_WORDS[at_pillar["word"].casefold()] if at_pillar else None,
        overall=_OVERALL.search(plain) is not None,
        judged=judged,
        when=None if fresh else _when(near, plain[found.end() : found.end() + _NEAR]),
        past=past,
        subject=((found["object"] or found["named"] or "") if judged else "", near),
    )


def _when(before: str, after: str) -> str | None:
    """What dates a claim told as past: the year nearest before it or right after it, else words such as "last year"."""
    years: list[str] = _YEAR.findall(before) or _IN_YEAR.findall(after)
    earlier = _EARLIER.search(before) or _EARLIER.match(after.lstrip(" ,"))
    if years:
        return years[-1]
    return earlier.group().casefold() if earlier else None
