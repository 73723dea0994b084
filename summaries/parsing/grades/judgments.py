"""The grades a release gives, and those it recalls. When its sentences disagree none is shown and a person is asked.

Evidence, strongest first: the headline; a sentence or a list that judges the body; the inspector's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.parsing.grades.claim_times import Told
from summaries.parsing.grades.claims import claims_in
from summaries.parsing.grades.extents import extents_in
from summaries.parsing.grades.graded_areas import areas_in
from summaries.parsing.grades.graded_lists import graded_items
from summaries.parsing.grades.graded_subjects import Frame, Graded, counts_areas, graded_by
from summaries.parsing.grades.named_grades import read_named_grades
from summaries.parsing.grades.not_graded import ungraded_in
from summaries.parsing.grades.standing import doubt_about, is_given, is_worth_a_doubt, recalls, told_in
from summaries.parsing.grades.tally import read_tally
from summaries.register import BodyKind, bodies
from summaries.types import Evidence, Grade, Judgment, Kind, NamedGrade, PriorJudgment, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from summaries.parsing.about.framework import Framework
    from summaries.parsing.grades.claim import Claim
    from summaries.parsing.layout.passage import Passage
    from summaries.parsing.layout.sections import Sections

_REACH = 2000  # characters back in a paragraph to which "it" may refer
_PUBLISHER = re.compile(r"\s+-\s+HMIC(?:FRS)?$")
_UNIT = re.compile(r"unit|ROCU", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgments:
    """`own` are the grades the release gives, `prior` those it recalls; `named` and a tally of bodies are a national
    release's. `tally` counts areas (or bodies) for each grade word, and "areas" where their number is stated."""

    own: tuple[Judgment, ...]
    prior: tuple[PriorJudgment, ...]
    doubts: tuple[str, ...]
    named: tuple[NamedGrade, ...] = ()
    tally: Mapping[str, int] | None = None
    tally_evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    claim: Claim
    body: str
    graded: Graded
    rank: int


@dataclass(slots=True)
class _Read:
    own: list[_Candidate] = field(default_factory=list)
    prior: list[PriorJudgment] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read_judgments(sections: Sections, subjects: tuple[str, ...], framework: Framework) -> Judgments:
    """Judgments of the release's subjects (register ids); `framework` says what cycle and pillar it is about."""
    national = read_named_grades(sections) if not subjects and framework.kind is not Kind.REPORT_PAGE else None
    if national:
        return Judgments((), (), national.doubts, national.named, national.tally, national.evidence)
    counted = read_tally(sections, subjects) if counts_areas(framework) else None
    listed = list(graded_items(sections))
    taken = {claim.sentence.start for claim in listed}
    places = [place for place in _places(sections) if place.passage.start not in taken]
    claims = [(place, claim) for place in places for claim in _claims_at(place)]
    claims += [(_Place(claim.sentence, 1), claim) for claim in listed]
    adequate = any(claim.grade is Grade.ADEQUATE and claim.telling.told is not Told.EARLIER for _, claim in claims)
    frame = Frame(framework, counted.grades if counted else {}, adequate=adequate)
    read = _Read()
    for place, claim in claims:
        _take(claim, place, subjects, frame, read)
    judgments, doubts = _settle(_without_repeats(read.own), frame)
    if framework.pillar and not recalls(framework) and not any(one.graded.scope is Scope.OVERALL for one in read.own):
        doubts.append(f"No sentence gives a grade for {framework.pillar.value}.")
    doubts = [*read.doubts, *doubts, *(counted.doubts if counted else ()), *_too_many(judgments, frame)]
    return Judgments(
        judgments,
        _once(read.prior),
        tuple(dict.fromkeys(doubts)),
        (),
        counted.printed if counted else None,
        counted.evidence if counted else None,
    )


def states_grade(sentence: Passage, judgment: Judgment) -> bool:
    """Whether a sentence of an inspector itself gives this judgment, rather than recalling an earlier one."""
    return any(
        claim.grade is judgment.grade and claim.telling.told is Told.NOW and claim.understood and not claim.question
        for claim in claims_in(sentence, spoken=True)
        if (claim.judged or claim.pillar) and (claim.pillar is None or claim.pillar.value == judgment.about)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    passage: Passage
    rank: int
    spoken: bool = False
    headline: bool = False
    note: bool = False
    after: str = ""


def _places(sections: Sections) -> Iterator[_Place]:
    yield _Place(sections.headline, 2, headline=True)
    prose = (*sections.context, *sections.closing)
    for passage, before in zip(prose, (None, *prose), strict=False):
        yield _Place(passage, 1, after=before.sentences()[-1].plain if before else "")
    for items in sections.lists:
        for item in items.items:
            yield _Place(item, 1)
    for spoken in sections.spoken:
        if spoken.attribution.is_inspector:
            for paragraph in spoken.quotation.paragraphs:
                yield _Place(paragraph, 3, spoken=True)
    for note in sections.notes:
        yield _Place(note, 4, note=True)


def _claims_at(place: _Place) -> Iterator[Claim]:
    claims = claims_in(place.passage, spoken=place.spoken, headline=place.headline, after=place.after)
    if place.note:
        claims = [claim for claim in claims if claim.telling.told is Told.EARLIER]
    yield from claims
    if not place.note:
        yield from areas_in(place.passage)
        yield from extents_in(place.passage)
        yield from ungraded_in(place.passage, spoken=place.spoken)


def _take(claim: Claim, place: _Place, subjects: tuple[str, ...], frame: Frame, read: _Read) -> None:
    """Put the claim among the release's own, the earlier ones or the doubts, or nowhere when it grades nothing here."""
    named = _bodies_of(claim, subjects, place.passage)
    if not named:
        return
    told = told_in(claim, frame)
    recalled = told is Told.EARLIER
    graded = graded_by(claim, frame) if told is not Told.UNCLEAR else ()
    if recalled and not graded and claim.judged and claim.question is None:
        graded = (Graded(Scope.OVERALL, _recalled_whole(frame)),)
    if recalled:
        read.prior += [
            PriorJudgment(body, *_pair(one), claim.grade, claim.when or "", claim.sentence.evidence())
            for body in named
            for one in graded
        ]
        return
    own = graded and is_given(claim, graded, frame)
    if not own:
        if is_worth_a_doubt(claim, frame):
            read.doubts.append(doubt_about(claim, told))
        return
    rank = 0 if claim.headline else place.rank
    pillar_release = frame.framework.pillar is not None
    read.own += [
        _Candidate(claim, body, one, rank)
        for body in named
        for one in graded
        if one.scope is not Scope.PILLAR or not pillar_release
    ]


def _pair(graded: Graded) -> tuple[Scope, str]:
    return graded.scope, graded.about


def _recalled_whole(frame: Frame) -> str:
    """What an earlier grade of the whole body was about, as far as the release says."""
    programme = frame.framework.programme
    return frame.whole or (programme.lower() if programme and programme != programme.upper() else "overall")


def _bodies_of(claim: Claim, subjects: tuple[str, ...], passage: Passage) -> tuple[str, ...]:
    """The subjects the claim is about; none when it is about another body, or when "it" may be either."""
    if claim.named:
        named = tuple(dict.fromkeys(body.id for body in claim.named))
        return named if set(named) <= set(subjects) and (claim.judged or len(named) == 1) else ()
    if _UNIT.search(claim.subject):
        units = tuple(subject for subject in subjects if subject.endswith("-rocu"))
        return units if len(units) == 1 else ()
    if len(subjects) != 1 or ("service" in claim.subject and bodies()[subjects[0]].kind is not BodyKind.FIRE):
        return ()
    if claim.listed:
        return subjects
    at = bisect_left(passage.offsets, claim.sentence.start) + claim.at
    before = passage.text[max(at - _REACH, 0) : at]
    others = {mention.body.id for mention in find_bodies(before) if mention.body.kind is not BodyKind.OTHER}
    return subjects if others <= set(subjects) else ()


def _once(prior: list[PriorJudgment]) -> tuple[PriorJudgment, ...]:
    first: dict[tuple[str, str, str, str], PriorJudgment] = {}
    for judgment in prior:
        first.setdefault((judgment.body, judgment.about, judgment.grade, judgment.when.casefold()), judgment)
    return tuple(first.values())


def _without_repeats(own: list[_Candidate]) -> list[_Candidate]:
    """A question is told in the inspector's words once more: the same question in any case is the same one."""
    printed: dict[tuple[str, str], str] = {}
    repeated: list[_Candidate] = []
    for one in sorted(own, key=lambda one: (one.rank, one.claim.sentence.start)):
        about = printed.setdefault((one.body, one.graded.about.casefold()), one.graded.about)
        repeated.append(replace(one, graded=replace(one.graded, about=about)))
    return repeated


def _settle(own: list[_Candidate], frame: Frame) -> tuple[tuple[Judgment, ...], list[str]]:
    judgments: list[Judgment] = []
    doubts: list[str] = []
    for key in dict.fromkeys((one.body, one.graded) for one in own):
        candidates = [one for one in own if (one.body, one.graded) == key]
        best = min(candidates, key=lambda one: one.rank)
        rival = next((one for one in candidates if one.claim.grade is not best.claim.grade), None)
        scale = frame.scale(best.graded)
        if rival:
            doubts.append(
                f"Two sentences give different grades: “{best.claim.sentence.text}” and “{rival.claim.sentence.text}”"
            )
        elif scale is None:
            doubts.append(f"It is not known on which scale this grade was given: “{best.claim.sentence.text}”")
        else:
            evidence = _evidence(best.claim.sentence)
            judgments.append(Judgment(best.body, *_pair(best.graded), best.claim.grade, scale, evidence))
    return tuple(judgments), doubts


def _too_many(judgments: tuple[Judgment, ...], frame: Frame) -> list[str]:
    """More areas named with a grade than the release counts show that they were split or read wrongly."""
    doubts: list[str] = []
    for grade, count in frame.counts.items():
        named = sum(1 for one in judgments if one.scope is Scope.QUESTION and one.grade == grade)
        if named > count:
            doubts.append(f"The release counts {count} areas graded “{grade}” but {named} were read.")
    return doubts


def _evidence(sentence: Passage) -> Evidence:
    """The sentence, without the publisher's name that closes a headline."""
    publisher = _PUBLISHER.search(sentence.plain)
    return sentence.evidence(0, publisher.start() if publisher else None)
