"""Sentences that state a grade. Praise is not a grade: "good progress", "good at identifying risks", "performed well".

A claim is worded in one of the orders of `claim_grammar`: the inspectorate judges a body, a body is judged, or a body
"is" a grade at a pillar. Denied, hoped-for, reported and self-awarded grades are worded in none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from summaries.frameworks import PILLAR_WORDS, grade_of
from summaries.parsing import claim_grammar as grammar
from summaries.parsing.claim_times import Place, Telling, Told, telling_of
from summaries.parsing.sentences import LONGEST_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.mentions import Mention
    from summaries.parsing.passage import Passage
    from summaries.register import Body
    from summaries.types import Grade, Pillar

_OVERALL_BEFORE = re.compile(r"^overall\b|\boverall,? $", re.IGNORECASE)
_WE = ("we", "i")
_EVERY_PILLAR = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """A grade stated in a sentence.

    `pillar` is what it is said to be for, all of it unless `question` holds the words for a part of it; `overall`: said
    to be for everything. `judged`: a verb of judging is used. `named` is the body graded, None where only `subject`
    ("the force", "it") stands for it; `at` is where that stands in the sentence. `understood`: nothing that follows
    the grade changes it.
    """

    sentence: Passage
    grade: Grade
    telling: Telling
    judged: bool
    subject: str
    named: Body | None
    at: int
    pillar: Pillar | None = None
    question: str | None = None
    overall: bool = False
    understood: bool = True
    headline: bool = False

    @property
    def when(self) -> str | None:
        """The words that date an earlier grade, as printed."""
        span = self.telling.when
        return self.sentence.text[slice(*span)] if span else None


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    plain: str
    mentions: list[Mention]
    before: str


def claims_in(passage: Passage, *, spoken: bool = False, headline: bool = False) -> list[Claim]:
    """Every claim of a grade in the passage, in order. "We" and "I" judge only where an inspector has `spoken`; a
    `headline` may leave out "is"."""
    claims: list[Claim] = []
    before = ""
    for sentence in passage.sentences():
        if len(sentence.plain) <= LONGEST_SENTENCE and grammar.GRADE_WORD.search(sentence.plain):
            plain, mentions = grammar.masked(sentence)
            claims += _in_sentence(_Sentence(sentence, plain, mentions, before), spoken=spoken, headline=headline)
        before = sentence.plain
    return claims


def _in_sentence(sentence: _Sentence, *, spoken: bool, headline: bool) -> list[Claim]:
    claims: list[Claim] = []
    if headline and (whole := grammar.HEADLINE_PILLAR.match(sentence.plain)):
        return [replace(_claim(sentence, whole, judged=True), pillar=_pillar(whole["word"]), headline=True)]
    judging = (grammar.ACTIVE, grammar.PASSIVE, *((grammar.HEADLINE_PASSIVE,) if headline else ()))
    for pattern in (*judging, grammar.COPULA, grammar.REQUIRES):
        for found in pattern.finditer(sentence.plain):
            if spoken or pattern is not grammar.ACTIVE or found["judge"].casefold() not in _WE:
                claims += _with_continuations(sentence, found, judged=pattern in judging)
    claims.sort(key=lambda claim: claim.at)
    for found in grammar.ELIDED.finditer(sentence.plain):
        claims += _elided(sentence, found, [claim for claim in claims if claim.at < found.start()])
    judged = any(claim.judged and claim.telling.told is Told.NOW for claim in claims)
    return [claim for claim in claims if claim.judged or claim.pillar or (judged and claim.when)]


def _claim(sentence: _Sentence, found: re.Match[str], *, judged: bool) -> Claim:
    """What the words up to the grade say."""
    words = found.groupdict()
    start = found.start("aux") if words.get("subject") is None else found.start()
    place = Place(
        plain=sentence.plain,
        start=start,
        aux=words["aux"].strip(),
        aux_at=found.start("aux") + len(words["aux"]) - len(words["aux"].lstrip()),
        end=found.end(),
        year=None,
        before=sentence.before,
        active=words.get("judge") is not None,
    )
    tail = grammar.TAIL.match(sentence.plain, found.end())
    if tail and tail["year"]:
        place = replace(place, year=tail.span("year"))
    at = found.start("subject") if words.get("subject") else found.start()
    claim = Claim(
        sentence=sentence.passage,
        grade=_grade(words["grade"]),
        telling=telling_of(place),
        judged=judged,
        subject=words.get("subject") or "",
        named=next((mention.body for mention in sentence.mentions if at <= mention.start < found.end("aux")), None),
        at=at,
        overall=_OVERALL_BEFORE.search(sentence.plain[:start]) is not None or "overall" in found.group().casefold(),
    )
    return _with_tail(claim, tail)


def _with_tail(claim: Claim, tail: re.Match[str] | None) -> Claim:
    """What the words after the grade add: the pillar, "overall", or something that is not understood."""
    if tail is None:
        return replace(claim, understood=False)
    if not tail["word"]:
        return replace(claim, overall=claim.overall or tail["overall"] is not None)
    whole = grammar.WHOLE_PILLAR.match(tail["rest"]) is not None
    words = claim.sentence.text[tail.start("word") : tail.end("rest")].strip()
    return replace(
        claim,
        pillar=_pillar(tail["word"]),
        question=None if whole else words,
        overall=False,
        understood=whole or grammar.NO_QUESTION.search(tail["rest"]) is None,
    )


def _with_continuations(sentence: _Sentence, found: re.Match[str], *, judged: bool) -> Iterator[Claim]:
    """The claim, and those that a list adds to it: "good at effectively …, good at efficiently … and …"."""
    claims = [_claim(sentence, found, judged=judged)]
    tail = grammar.TAIL.match(sentence.plain, found.end())
    while tail and (more := grammar.CONTINUED.match(sentence.plain, tail.end())):
        grade = _grade(more["grade"])
        tail = grammar.TAIL.match(sentence.plain, more.end())
        claim = _with_tail(replace(claims[0], grade=grade, pillar=None, question=None), tail)
        # A verb or a year of its own dates it otherwise than the first.
        apart = (more["is"] and claim.telling.told is not Told.NOW) or (tail and tail["year"])
        claims.append(replace(claim, understood=claim.understood and not apart))
    if len({claim.pillar for claim in claims if claim.pillar}) == _EVERY_PILLAR:
        # One grade for each of the three: the grades of the pillars, however each is paraphrased.
        claims = [replace(claim, question=None) for claim in claims]
    yield from claims


def _elided(sentence: _Sentence, found: re.Match[str], earlier: list[Claim]) -> Iterator[Claim]:
    """A grade of the body and the pillar that the sentence has just named."""
    if not earlier:
        return
    last = earlier[-1]
    claim = replace(_claim(sentence, found, judged=True), subject=last.subject, named=last.named, at=last.at)
    if claim.pillar is None and not claim.overall:
        claim = replace(claim, pillar=last.pillar, question=last.question, overall=last.overall)
        if " now" in found["aux"] and claim.pillar is None:
            claim = replace(claim, overall=True)
    yield claim


def _grade(words: str) -> Grade:
    return cast("Grade", grade_of(words))  # the patterns hold only words of grades


def _pillar(word: str) -> Pillar:
    return PILLAR_WORDS[word.casefold()]
