"""What a claim grades: everything, a pillar, or the questions and areas its words name.

PEEL 2018/19 and the first two rounds of fire inspections grade pillars and no whole; a PEEL release of 2015 to 2017 is
about one pillar, whose grade is its whole and whose questions are its parts; later cycles grade areas only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.frameworks import grades_overall, scale_of, wholes_named, wholes_of
from summaries.parsing.grades.area_lists import is_area, split_areas
from summaries.parsing.grades.claim_grammar import PILLAR
from summaries.parsing.grades.claim_times import Told
from summaries.types import Kind, Scale, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summaries.parsing.about.framework import Framework
    from summaries.parsing.grades.claim import Claim

_REGIONAL = "Serious and organised crime"
_PILLARS = re.compile(rf"(?:its )?(?:{PILLAR})(?:(?:,|,? and) (?:at |in |for )?(?:its )?(?:{PILLAR}))+", re.IGNORECASE)
# What a crime data integrity or a regional inspection looks at as a whole.
_WHOLE_MATTER = re.compile(
    r"(?:(?:how|the way|the way in which) (?:well |effectively |accurately )?(?:it|the force)"
    r" (?:records (?:reported )?crimes?|tackles serious (?:and )?organised crime)"
    r"|(?:its )?crime[- ]recording|recording (?:reported )?crimes?|crime data integrity"
    r"|tackling serious (?:and )?organised crime|its response to serious (?:and )?organised crime)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Graded:
    """One thing graded: `about` is a pillar, a programme, or the printed words for a question or area."""

    scope: Scope
    about: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What a release grades: its framework, the areas it counts for each grade, and whether five grades were in use."""

    framework: Framework
    counts: Mapping[str, int]
    adequate: bool = False

    @property
    def five(self) -> bool:
        known = scale_of(self.programme, self.framework.cycle)
        return known is Scale.FIVE or (known is None and (self.adequate or bool(self.counts)))

    @property
    def wholes(self) -> frozenset[str]:
        return frozenset() if self.five else wholes_of(self.programme, self.framework.cycle)

    @property
    def programme(self) -> str | None:
        """The programme; every regional release that grades is of one."""
        regional = self.framework.kind is Kind.REGIONAL
        return self.framework.programme or (_REGIONAL if regional else None)

    @property
    def whole(self) -> str | None:
        """What the release's one overall grade is about; None when it gives none."""
        if self.framework.pillar:
            return self.framework.pillar.value
        programme = self.programme
        return programme.lower() if programme and grades_overall(programme) else None

    def scale(self, graded: Graded) -> Scale | None:
        whole = graded.about if graded.scope is not Scope.QUESTION and not self.framework.pillar else None
        pillar = self.framework.pillar.value if self.framework.pillar else None
        about = pillar or (whole if whole in wholes_of(self.programme, None) else None)
        known = scale_of(self.programme, self.framework.cycle, about)
        return known or (Scale.FIVE if self.five else None)


def counts_areas(framework: Framework) -> bool:
    """Whether releases of this framework may count areas for each grade: none on the four grades did."""
    return scale_of(framework.programme, framework.cycle) is not Scale.FOUR or framework.programme is None


def graded_by(claim: Claim, frame: Frame) -> tuple[Graded, ...]:
    """What the claim grades, in order; nothing when that cannot be told or is not graded in this inspection."""
    if claim.question is None:
        return _whole(claim, frame)
    if _PILLARS.fullmatch(claim.question) and not frame.five:
        names = wholes_named(frame.framework.programme, claim.question)
        return tuple(Graded(_scope_of(name, frame), name) for name in names)
    if frame.framework.pillar:
        part = claim.listed or claim.pillar is frame.framework.pillar or claim.telling.told is Told.EARLIER
        part = part or (claim.series and claim.quoted)
        return (Graded(Scope.QUESTION, claim.question),) if part else ()
    if frame.whole and not claim.listed and (claim.overall or _WHOLE_MATTER.fullmatch(claim.question)):
        return (Graded(Scope.OVERALL, frame.whole),)
    if frame.wholes and (claim.listed or claim.series or claim.telling.told is Told.EARLIER):
        names = wholes_named(frame.framework.programme, claim.question)
        if names:
            return (Graded(Scope.PILLAR, names[0]),) if len(names) == 1 else ()
    if frame.wholes and claim.telling.told is not Told.EARLIER and not (claim.judged or claim.pillar or claim.series):
        return ()
    return tuple(Graded(Scope.QUESTION, words) for words in question_words(claim, frame))


def question_words(claim: Claim, frame: Frame) -> tuple[str, ...]:
    """The words of a claim's question, an area at a time."""
    words = claim.question or ""
    if claim.listed or (frame.wholes and frame.framework.programme):
        return (words,)
    return tuple(words[start:end] for start, end in split_areas(words, expected=frame.counts.get(claim.grade.value)))


def names_areas(claim: Claim, frame: Frame) -> bool:
    """Whether all that the claim is about are areas that a programme grades."""
    return claim.question is not None and all(is_area(words) for words in question_words(claim, frame))


def _whole(claim: Claim, frame: Frame) -> tuple[Graded, ...]:
    if claim.pillar:
        return (Graded(_scope_of(claim.pillar.value, frame), claim.pillar.value),)
    sure = claim.overall or claim.telling.told is Told.EARLIER or claim.judged or claim.telling.found
    return (Graded(Scope.OVERALL, frame.whole),) if frame.whole and (sure or claim.quoted) else ()


def _scope_of(name: str, frame: Frame) -> Scope:
    own = frame.framework.pillar
    return Scope.OVERALL if own and own.value == name else Scope.PILLAR
