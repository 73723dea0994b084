"""Grades that a release about no force in particular gives to bodies by name, and how many it counts for each grade.

"HMIC graded Derbyshire and Kent police forces as outstanding, 36 forces as good and five as requiring improvement".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.frameworks import grade_of
from summaries.parsing.grades import claim_grammar as grammar
from summaries.parsing.grades.claim_times import has_earlier_words, taken_back
from summaries.parsing.layout.numbers import NUMBER, number_of
from summaries.parsing.layout.sentences import LONGEST_SENTENCE
from summaries.types import NamedGrade

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from summaries.mentions import Mention
    from summaries.parsing.layout.passage import Passage
    from summaries.parsing.layout.sections import Sections
    from summaries.types import Evidence


_FORCES = r"(?:(?:police )?(?:forces?|services?|constabularies)|(?:fire and rescue|FRS) services?|FRSs)"
_NAME = rf"(?:the )?{grammar.MARK}+"
_LIST = rf"(?P<names>{_NAME}(?:(?:,| and|, and|;|; and) {_NAME}){{0,45}})(?: {_FORCES})?"
_AS = r"(?: (?:as being|as|to be|being|to))?"
_GRADE = rf"['\"]?\b(?P<grade>{grammar.GRADE_WORDS})\b['\"]?"
_END = (
    rf"(?=\s*$|\s?[.,;:()\"]|\s(?:and|but|while|with|overall)\b|\s(?:in|for|at) (?!(?:{NUMBER}|most|all|some) )"
    rf"|\s-\s| by {grammar.INSPECTORATE})"
)
_WERE = r"(?:is|are|was|were|(?:has|have) been|being)(?: (?:both|all|each|also))?"
_BE = rf"(?:(?:{_WERE} )?{grammar.VERB}|{_WERE}|received?|got)"

# "The six forces assessed as ‘requires improvement’ are A, B and C"
_ANNOUNCED = (
    rf"(?:the |only )?(?:(?P<count>{NUMBER}) )?{_FORCES} (?:that (?:was|were) )?(?:{grammar.VERB}|found)?{_AS}"
    rf" ?{_GRADE}(?: (?:is|are|was|were)|:) {_LIST}"
)
_NAMED = tuple(
    grammar.pattern(words)
    for words in (
        # "Derbyshire and Kent police forces as outstanding", "Durham was graded outstanding"
        rf"(?<![\w{grammar.MARK}]){_LIST},? (?:(?:{_WERE} )?{grammar.VERB}{_AS}|as) {_GRADE}{_END}",
        # "Kent Police is ‘outstanding’"
        rf"(?<![\w{grammar.MARK}]){_LIST} {_WERE} {_GRADE}(?=\s*$|\s?[.,;])",
        # "Kent was the only one of the 43 forces to have been graded as outstanding"
        rf"{_LIST} (?:is|was) the only (?:one of the )?(?:{NUMBER} )?{_FORCES}"
        rf" (?:that (?:is|was) |to (?:have been|be) |in [\w ]{{1,30}} )?(?:{grammar.VERB})?{_AS} {_GRADE}{_END}",
        _ANNOUNCED,
        # "One force, Bedfordshire, was graded as inadequate"
        rf"\b(?P<count>{NUMBER}) (?:of the )?{_FORCES}(?:,| -| \() {_LIST}(?:,| -|\))? {_BE}{_AS} {_GRADE}{_END}",
        # "five forces as requiring improvement: A, B …"; "Outstanding: Durham"
        rf"(?:^|\b(?P<count>{NUMBER})(?: {_FORCES})? (?:as |{_BE}{_AS} )){_GRADE}(?:: | - | \(){_LIST}",
        # "Kent Police achieved an ‘outstanding’ grade"
        rf"(?<![\w{grammar.MARK}]){_LIST},? (?:achieved|received|(?:was|were) given) (?:an?|the) {_GRADE}"
        r" (?:grade|rating|judgment)(?=\s*$|\s?[.,;]| overall\b)",
        # "Bedfordshire ‘inadequate’", in a list of such
        rf"(?:;|; and|,|, and|:) {_LIST} ['\"](?P<grade>{grammar.GRADE_WORDS})['\"]{_END}",
    )
)
_ANNOUNCES = grammar.pattern(_ANNOUNCED)
_COUNTED = grammar.pattern(
    rf"(?<![\w-])(?<!out of )(?<!more )(?:the (?:other )?)?(?P<count>{NUMBER})(?: out of (?:the )?{NUMBER}(?= ))?"
    rf"(?: (?:of the )?(?:other )?(?P<forces>{_FORCES}))?"
    rf"(?:,? (?:{_BE}{_AS}|as|to|to be) (?:having an? )?| )(?P<quote>['\"])?(?P<grade>{grammar.GRADE_WORDS})\b['\"]?"
    rf"(?:{_END}|(?= response))"
)
_COUNTABLE = grammar.pattern(rf"\b{_FORCES}\b")
# Counts of areas, cases or suites are no counts of forces.
_SUBDIVIDED = grammar.pattern(rf"\b{NUMBER} (?:areas|aspects|cases|suites|files|records)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """`tally` counts forces for each grade as printed; `evidence` is the sentence that counts them."""

    named: tuple[NamedGrade, ...]
    tally: Mapping[str, int] | None
    evidence: Evidence | None
    doubts: tuple[str, ...]


def read_named_grades(sections: Sections) -> Named:
    """The grades given to named bodies anywhere outside quotations and notes, each once."""
    named: dict[str, NamedGrade] = {}
    doubts: list[str] = []
    tally: dict[str, int] = {}
    evidence: Evidence | None = None
    before: Passage | None = None
    for sentence in _sentences(sections):
        for one, doubt in _named_in(sentence):
            doubts += [doubt] if doubt else []
            known = named.setdefault(one.body, one)
            if known.grade is not one.grade:
                doubts.append(f"Two sentences give different grades: “{known.evidence.words}” and “{sentence.text}”")
        counted = _counted_in(sentence, before)
        before = sentence
        if any(tally.get(grade, count) != count for grade, count in counted.items()):
            doubts.append(f"Two sentences count the forces of a grade differently, one of them: “{sentence.text}”")
        elif counted:
            tally = counted | tally
            evidence = evidence or sentence.evidence()
    disputed = {doubt for doubt in doubts if doubt.startswith("Two sentences give")}
    kept = tuple(one for one in named.values() if not any(one.evidence.words in doubt for doubt in disputed))
    return Named(kept, tally or None, evidence, tuple(dict.fromkeys(doubts)))


def _sentences(sections: Sections) -> Iterator[Passage]:
    listed = [passage for items in sections.lists for passage in items.items]
    for passage in sorted(
        [sections.headline, *sections.context, *listed, *sections.closing], key=lambda one: one.start
    ):
        for sentence in passage.sentences():
            if len(sentence.plain) <= LONGEST_SENTENCE and grammar.GRADE_WORD.search(sentence.plain):
                yield sentence


def _named_in(sentence: Passage) -> Iterator[tuple[NamedGrade, str | None]]:
    plain, mentions = grammar.masked(sentence)
    for pattern in _NAMED:
        for found in pattern.finditer(plain):
            if has_earlier_words(plain[: found.start()]) or taken_back(plain[found.end() :]):
                continue
            bodies = _bodies(mentions, found.span("names"))
            grade = grade_of(found["grade"])
            count = found.groupdict().get("count")
            doubt = None
            if count and number_of(count) != len(bodies):
                doubt = f"{number_of(count)} forces are announced but {len(bodies)} are named: “{sentence.text}”"
            for mention in bodies:
                if grade is not None:
                    yield NamedGrade(mention.body.id, grade, sentence.evidence()), doubt


def _bodies(mentions: list[Mention], span: tuple[int, int]) -> list[Mention]:
    return [mention for mention in mentions if span[0] <= mention.start < span[1]]


def _counted_in(sentence: Passage, before: Passage | None) -> dict[str, int]:
    """Forces counted for a grade; only where this sentence, or the grading one before it, is about forces."""
    plain, _ = grammar.masked(sentence)
    if not any(_COUNTABLE.search(one.plain) for one in (sentence, before) if one) or _SUBDIVIDED.search(plain):
        return {}
    counted: dict[str, int] = {}
    for share in [*_COUNTED.finditer(plain), *(found for found in _ANNOUNCES.finditer(plain) if found["count"])]:
        grade = grade_of(share["grade"])
        if grade and not has_earlier_words(plain[: share.start()]) and not taken_back(plain[share.end() :]):
            counted.setdefault(grade.value, number_of(share["count"]))
    return counted
