"""Sentences that say a body was given no grade: "HMICFRS has not given Kent Police a graded judgment"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.frameworks import PILLAR_WORDS
from summaries.parsing.grades import claim_grammar as grammar
from summaries.parsing.grades.claim import Claim
from summaries.parsing.grades.claim_times import Telling, Told, has_earlier_words, taken_back
from summaries.parsing.layout.sentences import LONGEST_SENTENCE
from summaries.types import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.parsing.layout.passage import Passage

_BODY = rf"(?P<subject>(?:the )?{grammar.MARK}+|(?:the|this) (?:force|service|constabulary|brigade)|it)"
_JUDGE = rf"\b(?P<judge>{grammar.INSPECTORATE}|we)"
_NOT = r"(?:(?:was|is|has|have|were|did|does) not|(?:was|is|has|have|did|does)n't)(?: yet)?"
_GIVEN = r"(?:a|any) (?:overall )?(?:grade|graded judgment|grading|judgment)"
_FOR = rf"(?: (?:for|at|on|in) (?:how )?(?:its |their )?(?P<word>{grammar.PILLAR})\b)?(?: this (?:year|time))?"
_END = r"(?=\s*$|\s?[.,;:(]| this| because| in (?:this|the) )"
_FORMS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        rf"(?<![\w{grammar.MARK}]){_BODY}(?:'s)? {_NOT} (?:been )?{grammar.VERB}{_FOR}{_END}",
        rf"(?<![\w{grammar.MARK}]){_BODY} {_NOT} (?:been )?(?:given|get|receive[d]?) {_GIVEN}{_FOR}{_END}",
        rf"{_JUDGE} {_NOT} (?:given?|make|made|award(?:ed)?) (?:{_BODY} )?{_GIVEN}{_FOR}{_END}",
        rf"{_JUDGE} {_NOT} (?:judged?|graded?|assess(?:ed)?|rated?) {_BODY}{_FOR}{_END}",
    )
)


def ungraded_in(passage: Passage, *, spoken: bool = False) -> Iterator[Claim]:
    """A claim that nothing was graded, for each sentence that says so of a body. "We" only where an inspector spoke."""
    for sentence in passage.sentences():
        if len(sentence.plain) > LONGEST_SENTENCE:
            continue
        plain, mentions = grammar.masked(sentence)
        for form in _FORMS:
            found = form.search(plain)
            if found is None or has_earlier_words(plain[: found.start()]) or taken_back(plain[found.end() :]):
                continue
            words = found.groupdict()
            if (words.get("judge") or "").casefold() == "we" and not spoken:
                continue
            span = found.span("subject")
            yield Claim(
                sentence=sentence,
                grade=Grade.NOT_GRADED,
                telling=Telling(Told.NOW, found=True),
                judged=True,
                subject=found["subject"] or "",
                named=tuple(mention.body for mention in mentions if span[0] <= mention.start < span[1]),
                at=found.start(),
                pillar=PILLAR_WORDS[found["word"].casefold()] if found["word"] else None,
            )
            break
