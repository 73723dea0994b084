"""The grades a release gives, and those it recalls. When its sentences disagree none is shown and a person is asked.

Evidence, strongest first: a sentence that judges the body at the pillar; the headline; the inspector's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.frameworks import grades_overall, scale_of
from summaries.mentions import find_bodies
from summaries.parsing.claim_times import Told
from summaries.parsing.claims import Claim, claims_in
from summaries.register import BodyKind, bodies
from summaries.types import Evidence, Judgment, PriorJudgment, Scope

if TYPE_CHECKING:
    from summaries.parsing.framework import Framework
    from summaries.parsing.passage import Passage
    from summaries.parsing.sections import Sections

_REACH = 2000  # characters back in a paragraph to which "it" may refer
_PUBLISHER = re.compile(r"\s+-\s+HMIC(?:FRS)?$")


@dataclass(frozen=True, slots=True)
class Judgments:
    own: tuple[Judgment, ...]
    prior: tuple[PriorJudgment, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    claim: Claim
    body: str
    scope: Scope
    about: str
    rank: int


def read_judgments(sections: Sections, subjects: tuple[str, ...], framework: Framework) -> Judgments:
    """Judgments of the release's subjects (register ids); `framework` says what cycle and pillar it is about."""
    own: list[_Candidate] = []
    prior: list[PriorJudgment] = []
    doubts: list[str] = []
    for place in _places(sections):
        for claim in claims_in(place.passage, spoken=place.spoken, headline=place.passage is sections.headline):
            body = _body_of(claim, subjects, place.passage)
            if body is None:
                continue
            told = _told(claim, framework)
            graded = _graded(claim, framework) if told is not Told.UNCLEAR else None
            if graded is None:
                doubts += _doubt(claim, told)
            elif told is Told.EARLIER:
                prior.append(PriorJudgment(body, *graded, claim.grade, claim.when or "", claim.sentence.evidence()))
            elif graded[0] is not Scope.PILLAR or framework.pillar is None:
                own.append(_Candidate(claim, body, *graded, 0 if claim.headline else place.rank))
    judgments, more = _settle(own, framework)
    if framework.pillar and not any(one.scope is Scope.OVERALL for one in own):
        more.append(f"No sentence gives a grade for {framework.pillar.value}.")
    return Judgments(judgments, _once(prior), tuple(dict.fromkeys((*doubts, *more))))


def states_grade(sentence: Passage, judgment: Judgment) -> bool:
    """Whether a sentence of an inspector itself gives this judgment, rather than recalling an earlier one."""
    return any(
        claim.grade is judgment.grade and claim.telling.told is Told.NOW and claim.understood and not claim.question
        for claim in claims_in(sentence, spoken=True)
        if claim.pillar is None or claim.pillar.value == judgment.about
    )


@dataclass(frozen=True, slots=True)
class _Place:
    passage: Passage
    rank: int
    spoken: bool = False


def _places(sections: Sections) -> list[_Place]:
    told = [_Place(passage, 1) for passage in (*sections.context, *sections.closing)]
    heard = [spoken.quotation for spoken in sections.spoken if spoken.attribution.is_inspector]
    said = [_Place(paragraph, 3, spoken=True) for quotation in heard for paragraph in quotation.paragraphs]
    return [_Place(sections.headline, 2), *told, *said]


def _body_of(claim: Claim, subjects: tuple[str, ...], passage: Passage) -> str | None:
    """The subject the claim is about; None when it is about another body, or when "it" may be either."""
    if claim.named:
        return claim.named.id if claim.named.id in subjects else None
    if len(subjects) != 1 or ("service" in claim.subject and bodies()[subjects[0]].kind is not BodyKind.FIRE):
        return None
    at = bisect_left(passage.offsets, claim.sentence.start) + claim.at
    before = passage.text[max(at - _REACH, 0) : at]
    others = {mention.body.id for mention in find_bodies(before) if mention.body.kind is not BodyKind.OTHER}
    return subjects[0] if others <= set(subjects) else None


def _told(claim: Claim, framework: Framework) -> Told:
    """Against the cycle: a grade dated to its own year is given now, one that cannot be placed is unclear."""
    if not claim.understood or (claim.subject.casefold() == "it" and claim.pillar is None):
        return Told.UNCLEAR
    if claim.when is None or not claim.when.isdigit():
        return claim.telling.told
    cycle = (framework.cycle or "")[:4]
    if claim.when == cycle:
        return Told.NOW
    return Told.EARLIER if claim.when < cycle else Told.UNCLEAR


def _graded(claim: Claim, framework: Framework) -> tuple[Scope, str] | None:
    """The scope of a claim and what it is about; None when what it grades cannot be told or does not exist."""
    own = framework.pillar
    if claim.question:
        return (Scope.QUESTION, claim.question) if own in (None, claim.pillar) else None
    if claim.pillar:
        return (Scope.OVERALL if claim.pillar is own else Scope.PILLAR), claim.pillar.value
    if not claim.overall and claim.telling.told is not Told.EARLIER:
        return None
    if own:
        return Scope.OVERALL, own.value
    if framework.programme and grades_overall(framework.programme):
        return Scope.OVERALL, framework.programme.lower()
    return None


def _doubt(claim: Claim, told: Told) -> list[str]:
    if told is Told.UNCLEAR:
        return [f"It is not clear whether, when or for what this grade was given: “{claim.sentence.text}”"]
    return [f"What this grade is for is not clear: “{claim.sentence.text}”"]


def _once(prior: list[PriorJudgment]) -> tuple[PriorJudgment, ...]:
    first: dict[tuple[str, str, str, str], PriorJudgment] = {}
    for judgment in prior:
        first.setdefault((judgment.body, judgment.about, judgment.grade, judgment.when.casefold()), judgment)
    return tuple(first.values())


def _settle(own: list[_Candidate], framework: Framework) -> tuple[tuple[Judgment, ...], list[str]]:
    judgments: list[Judgment] = []
    doubts: list[str] = []
    for key in dict.fromkeys((one.body, one.scope, one.about) for one in own):
        candidates = [one for one in own if (one.body, one.scope, one.about) == key]
        best = min(candidates, key=lambda one: one.rank)
        rival = next((one for one in candidates if one.claim.grade is not best.claim.grade), None)
        scale = scale_of(framework.programme, framework.cycle, best.claim.pillar or framework.pillar)
        if rival:
            doubts.append(
                f"Two sentences give different grades: “{best.claim.sentence.text}” and “{rival.claim.sentence.text}”"
            )
        elif scale is None:
            doubts.append(f"It is not known on which scale this grade was given: “{best.claim.sentence.text}”")
        else:
            evidence = _evidence(best.claim.sentence)
            judgments.append(Judgment(best.body, best.scope, best.about, best.claim.grade, scale, evidence))
    return tuple(judgments), doubts


def _evidence(sentence: Passage) -> Evidence:
    """The sentence, without the publisher's name that closes a headline."""
    publisher = _PUBLISHER.search(sentence.plain)
    return sentence.evidence(0, publisher.start() if publisher else None)
