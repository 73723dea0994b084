"""Sentences that state a grade. Praise is not a grade: "good progress", "good at identifying risks", "performed well".

A claim is worded in one of the orders of `claim_grammar`: the inspectorate judges a body, a body is judged, or a body
"is" a grade at a pillar. Denied, hoped-for, reported and self-awarded grades are worded in none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summaries.parsing.grades import claim_grammar as grammar
from summaries.parsing.grades.area_lists import is_area
from summaries.parsing.grades.claim import Claim, about, for_everything, pillar_of
from summaries.parsing.grades.claim_times import Place, Telling, Told, says_inspectorate, taken_back, telling_of
from summaries.parsing.grades.grade_tails import COUNTED, Tail, next_at, tail_at
from summaries.parsing.layout.sentences import LONGEST_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.mentions import Mention
    from summaries.parsing.layout.passage import Passage

_OVERALL_BEFORE = re.compile(r"^overall\b|\boverall,? $", re.IGNORECASE)
_WE = ("we", "i")
_EVERY_PILLAR = 3
# "In its legitimacy inspection of 2017 the force was judged …"
_DATED_PILLAR = re.compile(
    r"\b(?P<word>effectiveness|efficiency|legitimacy) (?:inspection|assessment|report)s?\b", re.IGNORECASE
)
_THAT_INSPECTION = re.compile(
    r"(?:(?:in|at|during|following) )?(?:that|the (?:earlier|previous)) (?:inspection|report|visit)\b"
    r"(?! (?:also )?(?:will|would))",
    re.IGNORECASE,
)
_ACTING = re.compile(rf"(?:(?:in|following|for) [^,;]{{1,60}}, )?{grammar.INSPECTORATE} ", re.IGNORECASE)
_OPENING_BODY = re.compile(
    rf"(?:the )?(?:{grammar.MARK}+|force|service|constabulary|brigade) (?:has|have|is|are|was|had) ", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    plain: str
    mentions: list[Mention]
    before: str
    spoken: bool
    headline: bool
    follows: bool
    after: str


def claims_in(passage: Passage, *, spoken: bool = False, headline: bool = False, after: str = "") -> list[Claim]:
    """Every claim of a grade in the passage, in order. "We" and "I" judge only where an inspector has `spoken`; a
    `headline` may leave out "is"; `after` is the paragraph before, which may say who "it" is."""
    claims: list[Claim] = []
    before = ""
    follows = False
    for sentence in passage.sentences():
        found: list[Claim] = []
        if len(sentence.plain) <= LONGEST_SENTENCE and grammar.GRADE_WORD.search(sentence.plain):
            plain, mentions = grammar.masked(sentence)
            found = _in_sentence(_Sentence(sentence, plain, mentions, before, spoken, headline, follows, after))
            claims += [claim for claim in found if not COUNTED.fullmatch(claim.question or "")]
        follows = any(claim.telling.found and claim.telling.told is Told.NOW for claim in found)
        before = after = sentence.plain
    return claims


def _in_sentence(sentence: _Sentence) -> list[Claim]:
    claims: list[Claim] = []
    if sentence.headline and (whole := grammar.HEADLINE_PILLAR.match(sentence.plain)):
        claim = _claim(sentence, whole, judged=True)
        return [replace(claim, pillar=pillar_of(whole["word"]), question=None, headline=True)]
    # A grade is read in the first of the orders that fits; "for which it was graded" has its own.
    seen = {found.start("grade") for found in grammar.WHICH_WAS.finditer(sentence.plain)}
    judging = (
        grammar.ACTIVE,
        grammar.FOUND,
        grammar.GAVE,
        grammar.PASSIVE,
        grammar.RECEIVED,
        grammar.ONE_OF,
        grammar.WHICH,
        grammar.AREA,
    )
    in_headline = (grammar.HEADLINE_PASSIVE, grammar.HEADLINE_ACTIVE) if sentence.headline else ()
    earlier = (grammar.AFTER, grammar.FROM, grammar.GRADE_OF, grammar.GRADE_GIVEN)
    for pattern in (*judging, *in_headline, *earlier, grammar.COPULA, grammar.REQUIRES):
        for found in pattern.finditer(sentence.plain):
            judge = found.groupdict().get("judge") or ""
            if found.start("grade") in seen or (
                judge.casefold() == "it" and not _told_by_inspectorate(sentence, found)
            ):
                continue
            seen.add(found.start("grade"))
            judged = pattern not in (grammar.COPULA, grammar.REQUIRES)
            told = _with_continuations(sentence, found, seen, judged=judged)
            we = judge.casefold() in _WE and not sentence.spoken
            claims += _only_earlier(told) if pattern in earlier or we else told
    claims.sort(key=lambda claim: claim.at)
    for pattern in (grammar.ELIDED, grammar.WHICH_WAS):
        for found in pattern.finditer(sentence.plain):
            earlier_claims = [claim for claim in claims if claim.at < found.start()]
            if pattern is grammar.WHICH_WAS or found.start("grade") not in seen:
                aside = pattern is grammar.WHICH_WAS
                claims += [replace(claim, aside=aside) for claim in _elided(sentence, found, earlier_claims)]
    for found in grammar.ELIDED_IS.finditer(sentence.plain):
        claims += _of_first_named(sentence, found)
    if sentence.headline:
        claims = [for_everything(claim) for claim in claims]
    judged = any(claim.judged and claim.telling.told is Told.NOW for claim in claims)
    return [claim for claim in claims if _states(claim, judged_beside=judged)]


def _states(claim: Claim, *, judged_beside: bool) -> bool:
    """Whether "is good" may state a grade: of a pillar or question, as a finding, in quotation marks, or dated."""
    if claim.judged or claim.pillar or claim.question or claim.quoted or claim.telling.found:
        return True
    return claim.telling.told is Told.EARLIER or (judged_beside and claim.when is not None)


def _told_by_inspectorate(sentence: _Sentence, found: re.Match[str]) -> bool:
    """Whether "it" judges: the inspectorate, named as who acts in this sentence or the one before."""
    ahead = sentence.plain[: found.start()]
    return _ACTING.match(ahead) is not None or (not ahead.strip() and _ACTING.match(sentence.after) is not None)


def _of_first_named(sentence: _Sentence, found: re.Match[str]) -> Iterator[Claim]:
    """ "Kent Police has improved and is now ‘good’ at …": the body that opens the sentence, if it alone is named."""
    first = _OPENING_BODY.match(sentence.plain)
    ahead = [mention for mention in sentence.mentions if mention.start < found.start()]
    named = tuple(dict.fromkeys(mention.body for mention in ahead))
    if first and len(named) <= 1:
        claim = replace(_claim(sentence, found, judged=False), named=named, subject=first.group(), at=0)
        told = Told.UNCLEAR if taken_back(sentence.plain[found.end() :]) else Told.NOW
        yield replace(claim, telling=Telling(told))


def _only_earlier(claims: list[Claim]) -> list[Claim]:
    """ "After being judged ‘good’" without a date is no grade that can be shown, nor is "we judged" in prose."""
    return [claim for claim in claims if claim.telling.told is Told.EARLIER]


def _claim(sentence: _Sentence, found: re.Match[str], *, judged: bool) -> Claim:
    """What the words up to the grade say, and those after it."""
    words = found.groupdict()
    start = found.start("judge" if words.get("judge") else "aux") if words.get("subject") is None else found.start()
    tail = tail_at(sentence.plain, found.end())
    aux = words["aux"]
    place = Place(
        plain=sentence.plain,
        start=start,
        aux=aux.strip(),
        aux_at=found.start("aux") + len(aux) - len(aux.lstrip()),
        end=found.end(),
        year=tail.year if tail else None,
        before=sentence.before,
        active=words.get("judge") is not None,
        spoken=sentence.spoken,
        past=words["grade"].casefold().startswith("required"),
        follows=sentence.follows,
        which=words.get("judge") is not None and words.get("subject") is None,
    )
    at = found.start("subject") if words.get("subject") else found.start()
    until = max(found.end("aux"), found.end("subject") if words.get("subject") else 0)
    telling = telling_of(place)
    if words.get("when"):
        telling = Telling(Told.EARLIER, found.span("when"))
    when = sentence.passage.text[slice(*telling.when)] if telling.when else None
    if when is None and telling.told in (Told.PAST, Told.UNCLEAR) and (year := _referred_year(sentence, start)):
        telling, when = Telling(Told.EARLIER), year
    recalled = _DATED_PILLAR.search(sentence.plain[:start]) if telling.told is Told.EARLIER else None
    claim = Claim(
        sentence=sentence.passage,
        grade=grammar.grade_in(words["grade"]),
        telling=telling,
        judged=judged,
        subject=words.get("subject") or "",
        named=tuple(mention.body for mention in sentence.mentions if at <= mention.start < until),
        at=at,
        pillar=pillar_of(words["word"]) if words.get("word") else pillar_of(recalled["word"]) if recalled else None,
        overall=_OVERALL_BEFORE.search(sentence.plain[:start]) is not None or "overall" in found.group().casefold(),
        quoted=words["quoted"] is not None,
        spoken=sentence.spoken,
        attributed=telling.found or says_inspectorate(sentence.plain) or says_inspectorate(sentence.after),
        when=when,
    )
    if words.get("matter"):
        bare = tail is not None and tail.matter is None and is_area(words["matter"])
        return replace(about(claim, *found.span("matter")), judged=bare, quoted=bare, understood=bare)
    return _with_tail(claim, tail)


def _referred_year(sentence: _Sentence, start: int) -> str | None:
    """The year of "that inspection", if the sentence before names one and only one."""
    years = set(re.findall(r"\b20\d\d\b", sentence.before))
    return years.pop() if len(years) == 1 and _THAT_INSPECTION.match(sentence.plain[:start]) else None


def _with_tail(claim: Claim, tail: Tail | None) -> Claim:
    """What the words after the grade add: what it is for, "overall", or something that is not understood."""
    if tail is None:
        return replace(claim, understood=False)
    if tail.matter is None:
        return replace(claim, overall=claim.overall or tail.overall)
    return about(claim, *tail.matter)


def _with_continuations(sentence: _Sentence, found: re.Match[str], seen: set[int], *, judged: bool) -> list[Claim]:
    """The claim, and those that a list adds to it: "good at effectively …, good at efficiently … and …"; where their
    grades stand is added to `seen`."""
    first = _claim(sentence, found, judged=judged)
    claims = [first]
    tail = tail_at(sentence.plain, found.end())
    while tail and (more := next_at(sentence.plain, tail.end)) and more.start not in seen:
        seen.add(more.start)
        tail = tail_at(sentence.plain, more.end)
        claim = replace(first, grade=grammar.grade_in(more.grade), pillar=None, question=None, quoted=more.quoted)
        claim = _with_tail(claim, tail)
        # A verb or a year of its own dates it otherwise than the first.
        apart = (more.again and claim.telling.told is Told.EARLIER) or (tail and tail.year)
        claims.append(replace(claim, understood=claim.understood and not apart))
    if len(claims) > 1 and (first.judged or first.telling.found):
        claims = [replace(claim, series=True) for claim in claims]
    if len({claim.pillar for claim in claims if claim.pillar}) == _EVERY_PILLAR:
        # One grade for each of the three: the grades of the pillars, however each is paraphrased.
        claims = [replace(claim, question=None) for claim in claims]
    return claims


def _elided(sentence: _Sentence, found: re.Match[str], earlier: list[Claim]) -> Iterator[Claim]:
    """A grade of the body and the pillar that the sentence has just named."""
    if not earlier:
        return
    last = earlier[-1]
    claim = replace(_claim(sentence, found, judged=True), subject=last.subject, named=last.named, at=last.at)
    if claim.pillar is None and claim.question is None and not claim.overall:
        claim = replace(claim, pillar=last.pillar, question=last.question, overall=last.overall)
        if " now" in found["aux"] and claim.pillar is None:
            claim = replace(claim, overall=True)
    yield claim
