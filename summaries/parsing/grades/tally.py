"""How many areas got each grade: "‘good’ in two areas, ‘adequate’ in five areas and ‘requires improvement’ in two".

A tally is never a body's overall grade. It is given as printed; when it does not add up to the number of areas stated,
a person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.frameworks import grade_of
from summaries.parsing.grades import claim_grammar as grammar
from summaries.parsing.grades.claim_times import has_earlier_words, taken_back
from summaries.parsing.layout.numbers import NUMBER, number_of
from summaries.parsing.layout.passage import Passage
from summaries.parsing.layout.sentences import LONGEST_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from summaries.parsing.layout.sections import Sections
    from summaries.types import Evidence


_GRADE = rf"['\"]?\b(?P<grade>{grammar.GRADE_WORDS})\b['\"]?"
_AREAS = r" (?:areas?|aspects?|categories)"
_SHARE = (
    r"(?:all )?(?:of )?(?:the )?(?:(?:other|remaining|further|final|last) )?"
    rf"(?P<count>{NUMBER}|remaining|other|final)\b(?! (?:months|years|weeks|days|per))"
    rf"(?: (?:other|further|more|of (?:the|those|its)(?: {NUMBER})?))?"
)
# "‘good’ in two areas", "‘requires improvement’ in the other five", "‘adequate’ in six of the nine areas"
_IN_AREAS = grammar.pattern(
    rf"{_GRADE},? (?:in|for|at|across) {_SHARE}(?P<areas>{_AREAS}(?: of policing)?)?"
    r"(?= *(?:[.,;:()]|$|and\b|but\b|- |where\b|including\b|of\b))"
)
# "two areas were ‘good’", "five as ‘adequate’", "one ‘good’ rating, three ‘adequate’ grades"
_AREAS_ARE = grammar.pattern(
    rf"\b(?P<count>{NUMBER})(?P<areas>{_AREAS})?"
    rf" (?:(?:was|were|are|is|as|to be|(?:was |were )?{grammar.VERB}(?: as)?) )?{_GRADE}"
    r"(?P<grades> (?:grade|rating|area|judgment)s?)?(?= *(?:[.,;:)]|$|and\b|but\b|in\b|from\b))"
)
_TOTAL = grammar.pattern(
    rf"\b(?:across|in|against|of|on|for|inspected|looked at|at) (?:all )?(?:the )?(?:these )?(?P<count>{NUMBER})"
    rf"(?: \w{{3,12}})?{_AREAS}\b"
)
_FRAME = grammar.pattern(rf"\b(?:{grammar.VERB}|found|grades?|gradings?|judgments?)\b")


@dataclass(frozen=True, slots=True)
class Tally:
    """`grades` counts areas for each grade word, `areas` is their stated total; `passage` is where it is told."""

    grades: Mapping[str, int]
    areas: int | None
    passage: Passage

    @property
    def printed(self) -> dict[str, int]:
        """As the public JSON has it."""
        return {**self.grades, **({"areas": self.areas} if self.areas else {})}

    @property
    def evidence(self) -> Evidence:
        return self.passage.evidence()

    @property
    def doubts(self) -> tuple[str, ...]:
        total = sum(self.grades.values())
        if self.areas is None or total == self.areas:
            return ()
        return (f"The grades counted make {total}, not the {self.areas} areas stated: “{self.passage.text}”",)


def read_tally(sections: Sections, subjects: tuple[str, ...]) -> Tally | None:
    """The first tally of the subject's areas, in the text or in an inspector's words."""
    said = [
        paragraph
        for spoken in sections.spoken
        if spoken.attribution.is_inspector
        for paragraph in spoken.quotation.paragraphs
    ]
    listed = [_join(items.lead_in, items.items) for items in sections.lists]
    for passage in (*sections.context, *listed, *sections.closing, sections.headline, *said):
        for tally in _tallies(passage, subjects):
            return tally
    return None


def _join(lead_in: Passage | None, items: tuple[Passage, ...]) -> Passage:
    return Passage.join([lead_in, *items] if lead_in else list(items))


def _tallies(passage: Passage, subjects: tuple[str, ...]) -> Iterator[Tally]:
    before: Passage | None = None
    for sentence in passage.sentences():
        if len(sentence.plain) <= LONGEST_SENTENCE and (tally := _tally(sentence, before, subjects)):
            yield tally
        before = sentence


def _tally(sentence: Passage, before: Passage | None, subjects: tuple[str, ...]) -> Tally | None:
    plain, mentions = grammar.masked(sentence)
    shares = list(_IN_AREAS.finditer(plain)) or list(_AREAS_ARE.finditer(plain))
    if not shares or not _is_told_now(plain, shares, before):
        return None
    if {mention.body.id for mention in mentions if not mention.bare} - set(subjects):
        return None
    grades: dict[str, int] = {}
    for share in shares:
        grade = grade_of(share["grade"])
        if grade is None or grade.value in grades:
            return None
        grades[grade.value] = _count(share["count"])
    total = _total(plain, shares) or (_total(grammar.masked(before)[0], []) if before else None)
    together = before is not None and _total(plain, shares) is None and total is not None
    return Tally(grades, total, Passage.join([before, sentence]) if together and before else sentence)


def _is_told_now(plain: str, shares: list[re.Match[str]], before: Passage | None) -> bool:
    """Counted in areas, by the inspectorate, of this inspection."""
    ahead = plain[: shares[0].start()]
    framed = _FRAME.search(ahead) or _FRAME.search(shares[0].group()) or (before and _FRAME.search(before.plain))
    counted = any(share["areas"] or share.groupdict().get("grades") for share in shares) or _total(plain, shares)
    told = not has_earlier_words(re.sub(r"\b20\d\d[/-]\d\d(?:\d\d)?\b", "", ahead)) and not taken_back(
        plain[shares[-1].end() :]
    )
    return bool(framed and counted and told)


def _total(plain: str, shares: list[re.Match[str]]) -> int | None:
    taken = [share.span() for share in shares]
    for found in _TOTAL.finditer(plain):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            return number_of(found["count"])
    return None


def _count(words: str) -> int:
    """ "the remaining area" is one."""
    return 1 if words.casefold() in ("remaining", "other", "final") else number_of(words)
