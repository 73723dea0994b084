"""Grades of one pillar told in the headline, in the inspector's words, and where only an ordinal names the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import PEEL_2016, PEEL_2021, own

from summaries.parsing.about.bodies import read_bodies
from summaries.parsing.about.framework import Framework, read_framework
from summaries.parsing.about.origin import Origin
from summaries.parsing.grades.judgments import Judgments, read_judgments
from summaries.parsing.layout.blocks import read_blocks
from summaries.parsing.layout.sections import read_sections
from summaries.types import BodyRole, Kind, Pillar

if TYPE_CHECKING:
    from summaries.parsing.layout.sections import Sections

EFFICIENCY_2016 = Framework("PEEL", "2016", Pillar.EFFICIENCY, Kind.FORCE_INSPECTION)
PROSE = "HMIC looked at every force this year."


def sections_of(*paragraphs: str) -> Sections:
    return read_sections(read_blocks("\n\n".join(paragraphs)))


def headed(framework: Framework, headline: str) -> Judgments:
    return read_judgments(sections_of(headline, PROSE), ("kent",), framework)


def framework_of(*paragraphs: str) -> Framework:
    sections = sections_of(*paragraphs)
    subjects = tuple(body.id for body in read_bodies(sections, Origin()) if body.role is BodyRole.SUBJECT)
    return read_framework(sections, subjects)


@pytest.mark.parametrize(
    ("headline", "grade"),
    [
        ("Kent Police’s approach to efficiency judged to be ‘good’ by HMIC", "good"),
        ("Kent Police’s approach to efficiency is ‘good’ says HMIC", "good"),
        ("Kent Police’s approach to efficiency is now outstanding, according to HMIC", "outstanding"),
        ("Kent Police’s efficiency is good, HMIC says", "good"),
        ("Kent Police requires improvement in its efficiency, HMIC says", "requires improvement"),
        ("Kent Police judged ‘good’ in its approach to efficiency", "good"),
        ("Kent Police is ‘good’ in how it keeps people safe and reduces crime, says HMIC", "good"),
        ("Kent Police is ‘inadequate’ at keeping people safe and reducing crime, inspectors say", "inadequate"),
    ],
)
def test_a_headline_gives_the_grade_of_the_pillar_it_is_about(headline: str, grade: str) -> None:
    assert own(headed(EFFICIENCY_2016, headline)) == [("overall", "efficiency", grade)]


@pytest.mark.parametrize(
    "headline",
    [
        "Kent Police says its approach to efficiency is ‘good’",
        "Kent Police’s approach to efficiency is ‘good’, says chief constable",
        "Kent Police is ‘good’ in how it keeps people safe and reduces crime, commissioner says",
        "Kent Police was ‘good’ in how it keeps people safe and reduces crime in 2015",
        "Kent Police’s approach to efficiency is not ‘good’, says HMIC",
        "Will Kent Police’s approach to efficiency be ‘good’?",
    ],
)
def test_a_headline_that_others_say_or_that_looks_back_gives_none(headline: str) -> None:
    assert headed(EFFICIENCY_2016, headline).own == ()


def test_safety_and_crime_in_a_headline_are_no_grade_where_the_whole_is_not_graded() -> None:
    assert headed(PEEL_2021, "Kent Police is ‘good’ in how it keeps people safe and reduces crime, says HMIC").own == ()


def test_the_inspector_may_say_that_a_force_continues_to_be_good() -> None:
    sections = sections_of(
        "Kent Police does well",
        "HM Inspector of Constabulary Zoë Billingham said:",
        "“Kent Police continues to be good in terms of the efficiency with which it keeps people safe and reduces"
        " crime.”",
    )

    assert own(read_judgments(sections, ("kent",), EFFICIENCY_2016)) == [("overall", "efficiency", "good")]


def test_unquoted_praise_in_a_list_that_only_partly_judges_is_no_grade() -> None:
    sections = sections_of(
        "Kent Police does well",
        "This year, HMIC assessed that Kent Police:",
        "- is outstanding at knowing its demand;\n- shares its buildings; and\n- is ‘good’ at making plans.",
    )

    assert own(read_judgments(sections, ("kent",), PEEL_2016)) == [("question", "making plans", "good")]


@pytest.mark.parametrize(
    ("ordinal", "pillar", "cycle"),
    [("first", "Efficiency", "2015"), ("second", "Efficiency", "2016"), ("third", "Legitimacy", "2017")],
)
def test_the_year_of_assessing_a_pillar_tells_programme_pillar_and_cycle(ordinal: str, pillar: str, cycle: str) -> None:
    read = framework_of(
        "Kent Police does well",
        f"In the {ordinal} year of assessing police against the annual PEEL {pillar} inspection, HMIC has looked at"
        " what Kent Police does with its money.",
    )

    assert (read.programme, read.pillar, read.cycle) == ("PEEL", pillar.lower(), cycle)
