"""What the tests of judgments share: a release read under a framework that the test states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.parsing.about.framework import Framework
from summaries.parsing.grades.judgments import Judgments, read_judgments
from summaries.parsing.layout.blocks import read_blocks
from summaries.parsing.layout.sections import read_sections
from summaries.types import Kind, Pillar

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADLINE = "Report of an inspection"

PEEL_2016 = Framework("PEEL", "2016", Pillar.EFFECTIVENESS, Kind.FORCE_INSPECTION)
PEEL_2018 = Framework("PEEL", "2018/19", None, Kind.FORCE_INSPECTION)
PEEL_2021 = Framework("PEEL", "2021/22", None, Kind.FORCE_INSPECTION)
FIRE_ROUND_1 = Framework("Fire and rescue", "round 1", None, Kind.FIRE_INSPECTION)
FIRE_ROUND_3 = Framework("Fire and rescue", "round 3", None, Kind.FIRE_INSPECTION)
CRIME_DATA = Framework("Crime data integrity", None, None, Kind.DATA_INTEGRITY)
REGIONAL = Framework("Serious and organised crime", None, None, Kind.REGIONAL)
NATIONAL = Framework("PEEL", "2016", Pillar.EFFECTIVENESS, Kind.NATIONAL)
REVISIT = Framework("PEEL", "2015", Pillar.EFFECTIVENESS, Kind.REVISIT)
MONITORING = Framework(None, None, None, Kind.MONITORING)


def judged(framework: Framework, *paragraphs: str, subjects: Iterable[str] = ("kent",)) -> Judgments:
    """The judgments of a release made of a neutral headline and these paragraphs."""
    text = "\n\n".join((HEADLINE, *paragraphs))
    return read_judgments(read_sections(read_blocks(text)), tuple(subjects), framework)


def own(judgments: Judgments) -> list[tuple[str, str, str]]:
    """Scope, subject and grade of each of the release's own, in order."""
    return [(str(one.scope), one.about, str(one.grade)) for one in judgments.own]


def prior(judgments: Judgments) -> list[tuple[str, str, str, str]]:
    """Scope, subject, grade and date of each earlier one, in order."""
    return [(str(one.scope), one.about, str(one.grade), one.when) for one in judgments.prior]


def bullets(*items: str) -> str:
    return "\n".join(f"- {item}" for item in items)
