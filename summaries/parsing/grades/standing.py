"""Whether a claim stands: as a grade the release gives, as an earlier one it recalls, or as neither.

A grade dated to the release's own cycle is given now; one told in the past tense is given now only in the releases that
tell their grades so; praise is not a grade however it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.parsing.grades.claim_times import Told
from summaries.parsing.grades.graded_subjects import names_areas
from summaries.types import Kind, Scope

if TYPE_CHECKING:
    from summaries.parsing.about.framework import Framework
    from summaries.parsing.grades.claim import Claim
    from summaries.parsing.grades.graded_subjects import Frame, Graded

# These releases give no grades of their own: what they print are grades of the inspection that led to them.
_RECALLING = frozenset((Kind.MONITORING, Kind.REVISIT, Kind.CUSTODY, Kind.CHILD_PROTECTION, Kind.REPORT_PAGE))


def told_in(claim: Claim, frame: Frame) -> Told:
    """Against the cycle: a grade dated to its own year is given now, one that cannot be placed is unclear."""
    told = claim.telling.told
    if not claim.understood:
        return Told.UNCLEAR
    vague = claim.subject.casefold() == "it" and not (claim.pillar or claim.question)
    told_of_whole = claim.judged and frame.whole is not None and frame.framework.pillar is None
    if vague and not (claim.telling.found or told_of_whole) and told is not Told.EARLIER:
        return Told.UNCLEAR
    if told is Told.PAST:
        return Told.NOW if _tells_in_the_past(claim, frame) else Told.UNCLEAR
    if claim.aside or claim.when is None or not claim.when[-4:].isdigit():
        return told
    return _against(claim.when[-4:], frame.framework)


def _against(year: str, framework: Framework) -> Told:
    cycle = framework.cycle or ""
    if recalls(framework) or not cycle[:4].isdigit():
        return Told.EARLIER
    if year == cycle:
        return Told.NOW
    return Told.EARLIER if year < cycle[:4] else Told.UNCLEAR


def _tells_in_the_past(claim: Claim, frame: Frame) -> bool:
    """Releases on the five grades tell the grade they announce as past: "was graded as adequate", "It was good at …";
    so do others, of one overall grade when they call it that, and of several grades in one sentence."""
    if recalls(frame.framework):
        return False
    if frame.five:
        return claim.question is not None or frame.whole is not None
    if frame.framework.pillar or not claim.judged:
        return False
    return (claim.overall and frame.whole is not None) or (claim.series and bool(frame.wholes))


def recalls(framework: Framework) -> bool:
    """Whether the grades a release prints are those of an earlier inspection, unless it plainly gives them now."""
    return framework.kind in _RECALLING


def is_worth_a_doubt(claim: Claim, frame: Frame) -> bool:
    """Praise that is no grade is not worth a person's time; a grade that could not be placed is."""
    return claim.judged or (claim.pillar is not None and not frame.five) or (claim.telling.found and claim.quoted)


def doubt_about(claim: Claim, told: Told) -> str:
    if told is Told.UNCLEAR:
        return f"It is not clear whether, when or for what this grade was given: “{claim.sentence.text}”"
    return f"What this grade is for is not clear: “{claim.sentence.text}”"


def is_given(claim: Claim, graded: tuple[Graded, ...], frame: Frame) -> bool:
    """Whether a claim told as given now is worded strongly enough to be a grade and not praise."""
    if recalls(frame.framework):
        return claim.judged and not claim.telling.past and (claim.quoted or not claim.listed)
    if claim.judged or (claim.pillar and not frame.five):
        return True
    if claim.under:
        return frame.five and (claim.quoted or names_areas(claim, frame))
    whole = all(one.scope is not Scope.QUESTION for one in graded)
    if whole and claim.quoted:
        return True
    if claim.question is None:
        return claim.telling.found
    if not frame.five:
        return claim.telling.found and ((claim.quoted and not claim.spoken) or claim.series)
    if claim.quoted:
        return True
    return claim.attributed and not claim.spoken and names_areas(claim, frame)
