"""Lists of grades: when an item is one, what it is for, and when a list of praise is not."""

from __future__ import annotations

import pytest
from judging import (
    CRIME_DATA,
    FIRE_ROUND_1,
    FIRE_ROUND_3,
    PEEL_2016,
    PEEL_2018,
    PEEL_2021,
    REGIONAL,
    bullets,
    judged,
    own,
    prior,
)

from summaries.types import Scale


@pytest.mark.parametrize(
    "lead_in",
    [
        "HMIC judged that Kent Police:",
        "The force:",
        "HMIC found that the force:",
        "On the four questions Kent Police was graded as:",
    ],
)
def test_in_a_release_on_a_pillar_the_items_are_its_questions(lead_in: str) -> None:
    items = bullets(
        "is ‘good’ at how it prevents crime, and deals with anti-social behaviour;",
        "‘requires improvement’ in the way it manages offenders; and",
        "outstanding at tackling serious and organised crime.",
    )

    assert own(judged(PEEL_2016, lead_in, items)) == [
        ("question", "how it prevents crime, and deals with anti-social behaviour", "good"),
        ("question", "the way it manages offenders", "requires improvement"),
        ("question", "tackling serious and organised crime", "outstanding"),
    ]


def test_items_that_lost_their_lead_in_are_still_grades() -> None:
    items = bullets("is ‘good’ at effectively reducing crime;", "is ‘good’ at operating efficiently.")

    assert own(judged(PEEL_2018, items)) == [("pillar", "effectiveness", "good"), ("pillar", "efficiency", "good")]


@pytest.mark.parametrize(
    ("item", "about"),
    [
        ("is ‘good’ at effectively reducing crime and keeping people safe;", "effectiveness"),
        ("is good in the way it operates efficiently;", "efficiency"),
        ("has been graded as good for its legitimacy;", "legitimacy"),
        ("‘good’ at how it treats the public and its workforce.", "legitimacy"),
    ],
)
def test_in_2018_an_item_that_names_a_pillar_is_that_pillars_grade(item: str, about: str) -> None:
    judgments = judged(PEEL_2018, "Inspectors found that Kent Police:", bullets(item))

    assert own(judgments) == [("pillar", about, "good")]
    assert judgments.own[0].scale is Scale.FOUR


def test_fire_inspections_grade_people_as_well() -> None:
    items = bullets(
        "‘requires improvement’ at effectively keeping people safe and secure from fire;",
        "is ‘good’ at how efficiently it manages its resources; and",
        "is ‘inadequate’ at looking after its people.",
    )
    lead_in = "In its first inspection of fire and rescue services, HMICFRS judged that Kent Fire and Rescue Service:"

    assert own(judged(FIRE_ROUND_1, lead_in, items, subjects=["kent-fire"])) == [
        ("pillar", "effectiveness", "requires improvement"),
        ("pillar", "efficiency", "good"),
        ("pillar", "people", "inadequate"),
    ]


def test_a_list_may_print_the_grade_after_what_it_is_for() -> None:
    items = bullets("Effectiveness: good", "Efficiency – requires improvement", "People: inadequate")

    assert own(judged(FIRE_ROUND_1, "HMICFRS graded the service as follows:", items, subjects=["kent-fire"])) == [
        ("pillar", "effectiveness", "good"),
        ("pillar", "efficiency", "requires improvement"),
        ("pillar", "people", "inadequate"),
    ]


def test_a_lead_in_may_give_the_grade_of_all_its_items() -> None:
    judgments = judged(
        FIRE_ROUND_3,
        "HMICFRS said the service was good at:",
        bullets("preventing fire and risk; and", "responding to major incidents."),
        "It requires improvement at:",
        bullets("promoting fairness and diversity."),
        subjects=["kent-fire"],
    )

    assert own(judgments) == [
        ("question", "preventing fire and risk", "good"),
        ("question", "responding to major incidents", "good"),
        ("question", "promoting fairness and diversity", "requires improvement"),
    ]


def test_paragraphs_that_were_a_list_are_read_as_one() -> None:
    judgments = judged(
        PEEL_2018,
        "HMICFRS judged that Kent Police:",
        "is ‘good’ at effectively reducing crime;",
        "is ‘outstanding’ at operating efficiently; and",
        "‘requires improvement’ at legitimately treating the public.",
    )

    assert [grade for _, _, grade in own(judgments)] == ["good", "outstanding", "requires improvement"]


def test_a_region_grades_each_of_its_bodies_as_a_whole() -> None:
    judgments = judged(
        REGIONAL,
        "The inspectorate made graded judgments on how well each force tackles serious and organised crime:",
        bullets("Kent Police has been graded as inadequate;", "Essex Police has been graded as good."),
        subjects=["kent", "essex"],
    )

    assert [(one.body, one.about, str(one.grade)) for one in judgments.own] == [
        ("kent", "serious and organised crime", "inadequate"),
        ("essex", "serious and organised crime", "good"),
    ]


def test_a_region_may_print_only_names_and_grades() -> None:
    items = bullets("Kent Police: adequate;", "Essex Police – ‘good’.")
    judgments = judged(REGIONAL, "The forces were graded as follows:", items, subjects=["kent", "essex"])

    assert [(one.body, str(one.grade)) for one in judgments.own] == [("kent", "adequate"), ("essex", "good")]


def test_in_crime_data_the_items_are_questions_and_only_the_sentence_is_the_whole() -> None:
    judgments = judged(
        CRIME_DATA,
        "HMICFRS judged that Kent Police:",
        bullets("is ‘good’ at recording reported crime;", "‘requires improvement’ in its systems and processes."),
        "Overall, Kent Police has been judged as ‘good’.",
    )

    assert sorted(own(judgments)) == [
        ("overall", "crime data integrity", "good"),
        ("question", "its systems and processes", "requires improvement"),
        ("question", "recording reported crime", "good"),
    ]


@pytest.mark.parametrize(
    ("lead_in", "items"),
    [
        ("HMIC found that Kent Police:", ("is good at identifying risks; and", "has a vetting unit.")),
        ("HMIC found that Kent Police:", ("is ‘good’ at identifying risks; and", "has a vetting unit.")),
        (
            "The chief constable said that the force:",
            ("is ‘good’ at preventing crime;", "is ‘good’ at finding people."),
        ),
        ("HMIC asked whether the force:", ("is ‘good’ at preventing crime;", "is ‘good’ at finding people.")),
        ("By 2020 the force wants to be:", ("‘good’ at preventing crime;", "‘good’ at finding people.")),
        ("HMIC judged that Kent Police:", ("makes good use of its money;", "has adequate buildings.")),
        ("HMIC judged that Essex Police:", ("is ‘good’ at preventing crime;", "is ‘good’ at finding people.")),
        ("Since the last inspection the force:", ("is ‘good’ at preventing crime;", "is ‘good’ at finding people.")),
    ],
)
def test_praise_and_the_words_of_others_are_no_list_of_grades(lead_in: str, items: tuple[str, ...]) -> None:
    assert own(judged(PEEL_2016, lead_in, bullets(*items))) == []


def test_a_list_that_a_year_leads_into_is_of_earlier_grades() -> None:
    judgments = judged(
        PEEL_2016,
        "In 2015 HMIC judged that the force:",
        bullets("is ‘good’ at preventing crime;", "is ‘good’ at finding people."),
    )

    assert own(judgments) == []
    assert prior(judgments) == [
        ("question", "preventing crime", "good", "2015"),
        ("question", "finding people", "good", "2015"),
    ]


def test_the_evidence_of_an_item_ends_before_what_ties_it_to_the_next() -> None:
    judgments = judged(
        PEEL_2016,
        "HMIC judged that the force:",
        bullets("is ‘good’ at preventing crime; and", "is ‘good’ at finding people."),
    )

    assert judgments.own[0].evidence.quote == "is ‘good’ at preventing crime"


def test_an_item_that_holds_two_grades_gives_both() -> None:
    item = "is ‘good’ at preventing crime and ‘requires improvement’ at investigating crime."

    assert own(judged(PEEL_2016, "HMIC judged that the force:", bullets(item))) == [
        ("question", "preventing crime", "good"),
        ("question", "investigating crime", "requires improvement"),
    ]


def test_in_the_five_grade_cycles_an_item_is_an_area_even_where_it_names_a_pillar() -> None:
    items = bullets("is ‘adequate’ at effectively planning ahead;", "is ‘good’ at preventing crime.")

    assert [scope for scope, _, _ in own(judged(PEEL_2021, "HMICFRS judged that the force:", items))] == [
        "question"
    ] * 2
