"""A grade stated in a sentence, as its words give it, before the release decides what to make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summaries.frameworks import PILLAR_WORDS
from summaries.parsing.grades import claim_grammar as grammar
from summaries.parsing.grades.grade_tails import UNFIT

if TYPE_CHECKING:
    from summaries.parsing.grades.claim_times import Telling
    from summaries.parsing.layout.passage import Passage
    from summaries.register import Body
    from summaries.types import Grade, Pillar

# Words that may stand before a pillar without making it a part of it: "how effectively it …", "the legitimacy with …".
_PILLAR_HEAD = re.compile(
    r"(?:how (?:well )?|(?:the|its|their) )?(?:overall |approach to (?:its )?)?"
    rf"(?P<word>{grammar.PILLAR}|effective|efficient|legitimate)\b"
    r"(?P<rest>.*)",
    re.IGNORECASE,
)
_ADJECTIVES = {"effective": "effectively", "efficient": "efficiently", "legitimate": "legitimately"}
#: The rest of "legitimately keeping people safe …" that makes a grade that of the whole pillar.
_WHOLE_PILLAR = re.compile(
    rf"\s?(?:(?:with which |at which )?(?:(?:at |in )?(?:(?:it|the force|the service) (?:is (?:at|in) )?)?"
    rf"{grammar.SAFE_AND_LESS_CRIME}))?'?\Z",
    re.IGNORECASE,
)
_SAFE = re.compile(rf"(?:how (?:well )?it )?{grammar.SAFE_AND_LESS_CRIME}'?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A grade stated in a sentence.

    `pillar` is what it is said to be for, all of it unless `question` holds the words for a part of it; `question`
    alone is something else graded; `overall`: said to be for everything. `judged`: a verb of judging is used; `quoted`:
    the grade stands in quotation marks. `named` are the bodies graded, none where only `subject` ("the force", "it")
    stands for one; `at` is where that stands in the sentence. `when`: the words that date an earlier grade, as printed.
    `understood`: nothing that follows the grade changes it. `listed`: an item of a list of grades; `series`: one of
    several grades in one sentence that judges; `aside`: recalled of a grade just given, "for which it was graded …";
    `under`: an area listed under its grade; `attributed`: told as the inspectorate's words, or right after them.
    """

    sentence: Passage
    grade: Grade
    telling: Telling
    judged: bool
    subject: str
    named: tuple[Body, ...]
    at: int
    pillar: Pillar | None = None
    question: str | None = None
    overall: bool = False
    quoted: bool = False
    understood: bool = True
    headline: bool = False
    spoken: bool = False
    listed: bool = False
    series: bool = False
    aside: bool = False
    under: bool = False
    attributed: bool = False
    when: str | None = None


def about(claim: Claim, start: int, end: int) -> Claim:
    """The claim, said to be for what `sentence[start:end]` names: a pillar, or part of one, or something else."""
    words = claim.sentence.text[start:end].strip()
    plain = claim.sentence.plain[start:end].strip()
    head = _PILLAR_HEAD.match(plain)
    if head is None:
        whole = claim.pillar is not None and _SAFE.match(plain) is not None
        return replace(claim, question=None if whole else words, understood=UNFIT.search(plain) is None or whole)
    whole = _WHOLE_PILLAR.match(head["rest"]) is not None
    return replace(
        claim,
        pillar=pillar_of(head["word"]),
        question=None if whole else words,
        overall=claim.overall and whole,
        understood=whole or UNFIT.search(head["rest"]) is None,
    )


def for_everything(claim: Claim) -> Claim:
    """The claim of a headline, for all that its release is about where its words are "how it keeps people safe and
    reduces crime"."""
    if claim.question is None or _SAFE.match(claim.question.replace("’", "'")) is None:
        return claim
    if not (claim.judged or claim.quoted or claim.attributed):
        return claim
    return replace(claim, question=None, overall=True, judged=True, understood=True, headline=True)


def pillar_of(word: str) -> Pillar:
    """The pillar that an adverb, noun or adjective of the grammar names."""
    folded = word.casefold()
    return PILLAR_WORDS[_ADJECTIVES.get(folded, folded)]
