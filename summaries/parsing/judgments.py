"""The grades a release gives, and those it recalls. When its sentences disagree none is shown and a person is asked.

Evidence, strongest first: a sentence that judges the body at the pillar; the headline; the inspector's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.frameworks import scale_of
from summaries.mentions import find_bodies
from summaries.parsing.claims import Claim, claims_in
from summaries.register import BodyKind
from summaries.types import Evidence, Judgment, PriorJudgment, Scope

if TYPE_CHECKING:
    from summaries.parsing.framework import Framework
    from summaries.parsing.passage import Passage
    from summaries.parsing.sections import Sections

_ONE_BODY = re.compile(r"\b(?:the|this) (?:force|service|constabulary)\b|\b(?:it|which)\b", re.IGNORECASE)
_MANY_BODIES = re.compile(r"\b(?:forces|services|constabularies)\b", re.IGNORECASE)
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
    rank: int


def read_judgments(sections: Sections, subjects: tuple[str, ...], framework: Framework) -> Judgments:
    """Judgments of the release's subjects (register ids); `framework` says what cycle and pillar it is about."""
    own: list[_Candidate] = []
    prior: list[PriorJudgment] = []
    doubts: list[str] = []
    for passage, rank in _places(sections):
        for claim in claims_in(passage):
            body = _body_of(claim, subjects, passage)
            if body is None:
                continue
            if claim.when and claim.when != _year(framework.cycle):
                if _is_earlier(claim.when, framework.cycle):
                    prior.append(_prior(claim, body, framework))
            elif claim.past:
                doubts.append(f"A grade is told as past, without a date: “{claim.sentence.text}”")
            elif _is_own(claim, framework):
                own.append(_Candidate(claim, body, rank))
    judgments, more = _settle(own, framework)
    if framework.pillar and not own:
        more.append(f"No sentence gives a grade for {framework.pillar.value}.")
    return Judgments(judgments, _once(prior), (*doubts, *more))


def states_grade(sentence: Passage, judgment: Judgment) -> bool:
    """Whether the sentence itself gives this judgment, rather than recalling an earlier one."""
    return any(
        claim.grade is judgment.grade and not claim.when and not claim.past
        for claim in claims_in(sentence)
        if claim.pillar is None or claim.pillar.value == judgment.about
    )


def _places(sections: Sections) -> list[tuple[Passage, int]]:
    told = [(passage, 1) for passage in (*sections.context, *sections.closing)]
    heard = [spoken.quotation for spoken in sections.spoken if spoken.attribution.is_inspector]
    said = [(paragraph, 3) for quotation in heard for paragraph in quotation.paragraphs]
    return [(sections.headline, 2), *told, *said]


def _body_of(claim: Claim, subjects: tuple[str, ...], passage: Passage) -> str | None:
    """The subject the claim is about; None when it is about another body, about several, or when "it" may be either."""
    for words in claim.subject:
        named = find_bodies(words)
        if _MANY_BODIES.search(words[named[-1].end :] if named else words):
            return None
        ids = {mention.body.id for mention in named}
        if ids:
            return ids.pop() if len(ids) == 1 and ids <= set(subjects) else None
        if _ONE_BODY.search(words):
            return _meant_by_it(claim, subjects, passage)
    return None


def _meant_by_it(claim: Claim, subjects: tuple[str, ...], passage: Passage) -> str | None:
    """The only subject, unless the paragraph has by then named another force or service."""
    at = bisect_left(passage.offsets, claim.sentence.start)
    before = passage.text[max(at - _REACH, 0) : at]
    others = {mention.body.id for mention in find_bodies(before) if mention.body.kind is not BodyKind.OTHER}
    return subjects[0] if len(subjects) == 1 and others <= set(subjects) else None


def _year(cycle: str | None) -> str | None:
    return cycle[:4] if cycle else None


def _is_earlier(when: str, cycle: str | None) -> bool:
    """A year counts as earlier only against a known cycle; words such as "last year" always do."""
    return not when.isdigit() or (cycle is not None and when < cycle[:4])


def _is_own(claim: Claim, framework: Framework) -> bool:
    if claim.pillar is not None:
        return framework.pillar is None or claim.pillar is framework.pillar
    return claim.overall


def _about(claim: Claim, framework: Framework) -> str:
    pillar = claim.pillar or framework.pillar
    return pillar.value if pillar else (framework.programme or "").lower()


def _prior(claim: Claim, body: str, framework: Framework) -> PriorJudgment:
    return PriorJudgment(
        body, Scope.OVERALL, _about(claim, framework), claim.grade, claim.when or "", claim.sentence.evidence()
    )


def _once(prior: list[PriorJudgment]) -> tuple[PriorJudgment, ...]:
    first: dict[tuple[str, str, str, str], PriorJudgment] = {}
    for judgment in prior:
        first.setdefault((judgment.body, judgment.about, judgment.grade, judgment.when), judgment)
    return tuple(first.values())


def _settle(own: list[_Candidate], framework: Framework) -> tuple[tuple[Judgment, ...], list[str]]:
    judgments: list[Judgment] = []
    doubts: list[str] = []
    for body, about in dict.fromkeys((one.body, _about(one.claim, framework)) for one in own):
        candidates = [one for one in own if (one.body, _about(one.claim, framework)) == (body, about)]
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
            judgments.append(Judgment(body, Scope.OVERALL, about, best.claim.grade, scale, evidence))
    return tuple(judgments), doubts


def _evidence(sentence: Passage) -> Evidence:
    """The sentence, without the publisher's name that closes a headline."""
    publisher = _PUBLISHER.search(sentence.plain)
    return sentence.evidence(0, publisher.start() if publisher else None)
