"""Grades told in sentences, in the formats after the releases of 2016; those recalled and those not given."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import (
    CRIME_DATA,
    FIRE_ROUND_1,
    MONITORING,
    NATIONAL,
    PEEL_2016,
    PEEL_2018,
    PEEL_2021,
    REGIONAL,
    REVISIT,
    judged,
    own,
    prior,
)

from summaries.parsing.about.framework import Framework
from summaries.types import Kind, Scale

OVERALL = "crime data integrity"


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        (
            "Based on these criteria, overall HMIC has judged Kent Police as ‘requires improvement’.",
            "requires improvement",
        ),
        ("Kent Police is now ‘good’ at recording crime, according to a new report by HMICFRS.", "good"),
        (
            "Despite some progress, HMICFRS has determined that the force’s performance is still ‘inadequate’.",
            "inadequate",
        ),
        ("Kent Police’s crime-recording arrangements have been graded ‘outstanding’.", "outstanding"),
        ("HMICFRS has judged the overall performance of Kent Police in recording crime to be ‘good’.", "good"),
        (
            "Overall, Kent Police was judged to require improvement in the integrity of its crime data.",
            "requires improvement",
        ),
        ("The force was given an overall judgment of good, HMICFRS said.", "good"),
        ("For this latest inspection, HMICFRS has judged Kent Police’s crime recording as ‘inadequate’.", "inadequate"),
        ("For this inspection, HMICFRS judged Kent Police’s crime recording practices to be ‘good’.", "good"),
    ],
)
def test_crime_data_integrity_is_graded_as_a_whole(sentence: str, grade: str) -> None:
    assert own(judged(CRIME_DATA, sentence)) == [("overall", OVERALL, grade)]


@pytest.mark.parametrize(
    ("sentence", "grades"),
    [
        (
            "The force was graded as good for effectiveness and efficiency and requires improvement for legitimacy.",
            ["good", "good", "requires improvement"],
        ),
        (
            "HMICFRS has graded Kent Police as ‘good’ for effectiveness, ‘outstanding’ for efficiency and ‘good’ for"
            " legitimacy.",
            ["good", "outstanding", "good"],
        ),
        (
            "Inspectors found that the force is good in the way it effectively reduces crime, is"
            " good at how efficiently it"
            " operates, and requires improvement in how it treats the public and its workforce.",
            ["good", "good", "requires improvement"],
        ),
    ],
)
def test_one_sentence_may_grade_three_pillars(sentence: str, grades: list[str]) -> None:
    pillars = ["effectiveness", "efficiency", "legitimacy"]

    assert own(judged(PEEL_2018, sentence)) == [
        ("pillar", about, grade) for about, grade in zip(pillars, grades, strict=True)
    ]


def test_an_assessment_page_states_its_pillars() -> None:
    judgments = judged(
        Framework("PEEL", "2018/19", None, Kind.REPORT_PAGE),
        "The extent to which Kent Police is effective at keeping people safe and reducing crime is good.",
        "The extent to which the force is efficient at keeping people safe and reducing crime requires improvement.",
        "The extent to which the force is legitimate at keeping people safe and reducing crime: not yet graded.",
    )

    assert own(judgments) == [("pillar", "effectiveness", "good"), ("pillar", "efficiency", "requires improvement")]


@pytest.mark.parametrize(
    "headline",
    [
        "Kent Fire and Rescue Service rated as ‘good’ by Inspectorate",
        "Inspectorate rates Kent Fire and Rescue Service as ‘good’",
    ],
)
def test_a_soft_headline_gives_no_overall_grade_where_only_pillars_are_graded(headline: str) -> None:
    assert judged(FIRE_ROUND_1, headline, subjects=["kent-fire"]).own == ()


def test_a_region_names_several_bodies_in_one_sentence() -> None:
    judgments = judged(REGIONAL, "Kent Police and Essex Police are each graded ‘adequate’.", subjects=["kent", "essex"])

    assert [(one.body, str(one.grade), one.scale) for one in judgments.own] == [
        ("kent", "adequate", Scale.FIVE),
        ("essex", "adequate", Scale.FIVE),
    ]


@pytest.mark.parametrize(
    ("framework", "sentence", "expected"),
    [
        (CRIME_DATA, "In 2016 the force was judged ‘inadequate’.", ("overall", OVERALL, "inadequate", "2016")),
        (
            CRIME_DATA,
            "It was inspected in 2017. That inspection was critical and the force was graded ‘inadequate’.",
            ("overall", OVERALL, "inadequate", "2017"),
        ),
        (
            CRIME_DATA,
            "HMICFRS said the force had come up from ‘requires improvement’ in 2017.",
            ("overall", OVERALL, "requires improvement", "2017"),
        ),
        (
            CRIME_DATA,
            "The inspectorate last came in 2017, at which time we judged the force to be ‘inadequate’.",
            ("overall", OVERALL, "inadequate", "2017"),
        ),
        (
            PEEL_2018,
            "In its legitimacy inspection of 2017 the force was judged to be good.",
            ("pillar", "legitimacy", "good", "2017"),
        ),
        (
            PEEL_2016,
            "Last year the force required improvement for effectiveness.",
            ("overall", "effectiveness", "requires improvement", "Last year"),
        ),
        (
            REVISIT,
            "In December 2015, Kent Police was one of four forces that HMIC graded as inadequate at"
            " protecting vulnerable"
            " people.",
            ("question", "protecting vulnerable people", "inadequate", "2015"),
        ),
        (
            MONITORING,
            "In its last inspection, in 2022, the force was graded as ‘inadequate’ at responding to the public.",
            ("question", "responding to the public", "inadequate", "2022"),
        ),
        (
            PEEL_2021,
            "The inspectorate judged the force to be ‘good’ at vetting, for which it was graded ‘inadequate’ in 2019.",
            ("question", "vetting", "inadequate", "2019"),
        ),
    ],
)
def test_a_recalled_grade_is_an_earlier_one(
    framework: Framework, sentence: str, expected: tuple[str, str, str, str]
) -> None:
    assert prior(judged(framework, sentence)) == [expected]


def test_an_earlier_grade_told_in_the_notes_counts_and_one_given_there_does_not() -> None:
    judgments = judged(
        PEEL_2016,
        "Notes to editors",
        "1. In 2015 the force was judged to be good.",
        "2. HMIC judged the force as ‘inadequate’ at effectiveness.",
    )

    assert own(judgments) == []
    assert [grade for _, _, grade, _ in prior(judgments)] == ["good"]


@pytest.mark.parametrize(
    "sentence",
    [
        "HMICFRS graded the force as ‘inadequate’ at responding to the public.",
        "The force is ‘inadequate’ at responding to the public.",
        "The force was graded as inadequate.",
    ],
)
def test_a_release_on_monitoring_gives_no_grades_of_its_own(sentence: str) -> None:
    assert judged(MONITORING, sentence).own == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Kent Police was not graded.",
        "HMICFRS has not given Kent Police a graded judgment for its effectiveness this year.",
        "HMIC did not give the force a grade because of a terrorist attack.",
    ],
)
def test_a_body_may_be_said_to_have_no_grade(sentence: str) -> None:
    assert own(judged(PEEL_2016, sentence)) == [("overall", "effectiveness", "not graded")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Essex Police was not graded.",
        "HMIC did not grade this question.",
        "In 2015 the force was not graded.",
        "The region is not given a grade.",
    ],
)
def test_what_was_not_graded_elsewhere_says_nothing_of_the_subject(sentence: str) -> None:
    assert judged(PEEL_2016, sentence).own == ()


def test_adequate_shows_the_five_grades_where_the_cycle_is_not_known() -> None:
    judgments = judged(Framework("PEEL", None, None), "HMICFRS graded the force as ‘adequate’ at preventing crime.")

    assert [one.scale for one in judgments.own] == [Scale.FIVE]


FRAMEWORKS = [PEEL_2016, PEEL_2018, PEEL_2021, FIRE_ROUND_1, CRIME_DATA, REGIONAL, NATIONAL, REVISIT, MONITORING]
PIECES = (
    "Kent Police",
    "Essex Police",
    "the force",
    "it",
    "HMICFRS",
    "graded",
    "was",
    "is",
    "has been",
    "found",
    "that",
    "‘good’",
    "requires improvement",
    "adequate",
    "at",
    "in",
    "for",
    "two areas",
    "preventing crime",
    "how it investigates crime",
    "effectiveness",
    "and",
    ",",
    ";",
    ".",
    ":",
    "\n\n",
    "\n- ",
    "in 2015",
    "last year",
    "not graded",
    "the areas",
    "are",
    "six forces",
    "The extent to which",
    "overall",
    "one of four forces",
    "which we",
    "“",
    "”",
    "Notes to editors",
    "include",
)


@settings(max_examples=100)
@given(
    st.sampled_from(FRAMEWORKS),
    st.lists(st.sampled_from(PIECES), max_size=40),
    st.sampled_from([(), ("kent",), ("kent", "essex")]),
)
def test_any_words_are_read_without_failing_and_with_evidence(
    framework: Framework, pieces: list[str], subjects: tuple[str, ...]
) -> None:
    text = " ".join(pieces)
    judgments = judged(framework, text, subjects=subjects)
    spans = [one.evidence for one in (*judgments.own, *judgments.prior, *judgments.named)]
    spans += [judgments.tally_evidence] if judgments.tally_evidence else []

    whole = f"Report of an inspection\n\n{text}"
    assert all(whole[span.start : span.end] == span.quote for span in spans)
    assert {one.body for one in (*judgments.own, *judgments.prior)} <= set(subjects)


@pytest.mark.parametrize("marks", [("‘", "’"), ("'", "'"), ("’", "’"), ("“", "”"), ('"', '"')])
def test_the_style_of_quotation_marks_changes_no_grade(marks: tuple[str, str]) -> None:
    sentence = (
        "HMICFRS found the force was ‘good’ in two areas and ‘adequate’ in one area. It was ‘good’ at preventing crime."
    )
    judgments = judged(PEEL_2021, sentence.replace("‘", marks[0]).replace("’", marks[1]))

    assert judgments.tally == {"good": 2, "adequate": 1}
    assert own(judgments) == [("question", "preventing crime", "good")]


@given(st.integers(20, 90))
def test_the_length_of_lines_changes_no_grade(width: int) -> None:
    sentence = (
        "HMICFRS graded Kent Police’s performance across three areas and found the force was ‘good’ in two areas and"
        " ‘requires improvement’ in one area. It was ‘good’ at preventing crime and responding to the public."
    )
    judgments = judged(PEEL_2021, "\n".join(textwrap.wrap(sentence, width)))

    assert judgments.tally == {"good": 2, "requires improvement": 1, "areas": 3}
    assert own(judgments) == [
        ("question", "preventing crime", "good"),
        ("question", "responding to the public", "good"),
    ]
