"""Sentences that head an assessment page: "The extent to which the force is effective at … is good" and no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.frameworks import grade_of
from summaries.parsing.grades import claim_grammar as grammar
from summaries.parsing.grades.claim import Claim, about
from summaries.parsing.grades.claim_times import Telling, Told
from summaries.parsing.layout.sentences import LONGEST_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.parsing.layout.passage import Passage

_BODY = rf"(?:the )?(?:{grammar.MARK}+|force|service|constabulary|brigade)"
_EXTENT = re.compile(
    rf"The extent to which (?P<subject>{_BODY}) (?:is )?(?P<matter>[^.;:!?()\"]{{4,200}}?)(?:,? is|:? is:|:)?"
    rf" ['\"]?(?P<grade>{grammar.GRADE_WORDS}|not (?:yet )?graded)\b['\"]?\.?",
    re.IGNORECASE,
)


def extents_in(passage: Passage) -> Iterator[Claim]:
    """A claim for each sentence of the passage that is such a heading and nothing else."""
    for sentence in passage.sentences():
        if len(sentence.plain) > LONGEST_SENTENCE:
            continue
        plain, mentions = grammar.masked(sentence)
        found = _EXTENT.fullmatch(plain)
        grade = grade_of(found["grade"]) if found else None
        if found is None or grade is None or "yet" in found["grade"]:
            continue
        claim = Claim(
            sentence=sentence,
            grade=grade,
            telling=Telling(Told.NOW, found=True),
            judged=True,
            subject=found["subject"],
            named=tuple(mention.body for mention in mentions if mention.start < found.end("subject")),
            at=found.start("subject"),
            quoted=True,
            listed=True,
        )
        yield about(claim, *found.span("matter"))
