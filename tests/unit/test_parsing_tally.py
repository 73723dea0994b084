"""How many areas got each grade, and which areas are named for it."""

from __future__ import annotations

import pytest
from judging import FIRE_ROUND_3, PEEL_2016, PEEL_2018, PEEL_2021, judged, own

from summaries.parsing.grades.area_lists import is_area, split_areas
from summaries.parsing.layout.numbers import number_of

GRADED = "HMICFRS graded Kent Police’s performance across eight areas of policing and found the force was "


@pytest.mark.parametrize(
    ("sentence", "tally"),
    [
        (
            GRADED + "‘good’ in two areas, ‘adequate’ in five areas and ‘requires improvement’ in one area.",
            {"good": 2, "adequate": 5, "requires improvement": 1, "areas": 8},
        ),
        (
            GRADED + "good in two areas; adequate in five; and inadequate in one.",
            {"good": 2, "adequate": 5, "inadequate": 1, "areas": 8},
        ),
        (
            GRADED + "‘inadequate’ in three areas and ‘requires improvement’ in the other five areas.",
            {"inadequate": 3, "requires improvement": 5, "areas": 8},
        ),
        (
            GRADED + "‘good’ in 7 areas and ‘outstanding’ in the remaining area.",
            {"good": 7, "outstanding": 1, "areas": 8},
        ),
        (GRADED + "‘good’ in all eight areas.", {"good": 8, "areas": 8}),
        (
            "Of the ten areas that we graded, the force was 'good' in six and 'adequate' in four.",
            {"good": 6, "adequate": 4, "areas": 10},
        ),
        (
            "Kent Police was assessed in nine areas. Five areas were judged ‘good’, three ‘adequate’"
            " and one ‘inadequate’.",
            {"good": 5, "adequate": 3, "inadequate": 1, "areas": 9},
        ),
        (
            "HMICFRS has graded Kent Police across 3 areas. It found that the force was ‘good’ in"
            " two areas and ‘adequate’"
            " in one area.",
            {"good": 2, "adequate": 1, "areas": 3},
        ),
        (
            "The force received one ‘good’ grade, three ‘adequate’ grades and four ‘requires improvement’ grades from"
            " HMICFRS, which graded its work.",
            {"good": 1, "adequate": 3, "requires improvement": 4},
        ),
    ],
)
def test_areas_are_counted_as_printed(sentence: str, tally: dict[str, int]) -> None:
    judgments = judged(PEEL_2021, sentence)

    assert judgments.tally == tally
    assert judgments.own == ()
    assert judgments.doubts == ()
    assert judgments.tally_evidence is not None
    assert "good" in judgments.tally_evidence.quote or "inadequate" in judgments.tally_evidence.quote


def test_a_tally_that_does_not_add_up_is_given_with_a_doubt() -> None:
    judgments = judged(PEEL_2021, GRADED + "‘good’ in two areas and ‘adequate’ in five areas.")

    assert judgments.tally == {"good": 2, "adequate": 5, "areas": 8}
    assert any("make 7, not the 8 areas" in doubt for doubt in judgments.doubts)


@pytest.mark.parametrize(
    "sentence",
    [
        "At its last inspection the force was graded good in four areas and adequate in five areas.",
        "In 2019 HMICFRS graded the force ‘good’ in six areas and ‘inadequate’ in three areas.",
        "HMICFRS graded Essex Police’s performance across nine areas and found it was ‘good’ in nine areas.",
        "The force did good in two areas of the county.",
        "Detection was good in two months of the year.",
        "The chief constable would like to see the force graded ‘good’ in all nine areas, he said.",
    ],
)
def test_earlier_counts_and_those_of_others_are_no_tally(sentence: str) -> None:
    assert judged(PEEL_2021, sentence).tally is None


def test_releases_on_the_four_grades_count_no_areas() -> None:
    assert judged(PEEL_2018, "Kent Police was judged to be ‘good’ in all three areas.").tally is None
    assert judged(PEEL_2016, "Kent Police was judged to be ‘good’ in two areas.").tally is None


@pytest.mark.parametrize(
    ("sentence", "areas"),
    [
        (
            "HMICFRS found the force was ‘good’ at preventing crime and responding to the public.",
            [("preventing crime", "good"), ("responding to the public", "good")],
        ),
        (
            "Inspectors said the force was ‘good’ at preventing crime, and ‘inadequate’ at managing"
            " offenders and suspects.",
            [("preventing crime", "good"), ("managing offenders and suspects", "inadequate")],
        ),
        (
            "HMICFRS graded the force. It was good at preventing and deterring crime and antisocial"
            " behaviour, and reducing vulnerability.",
            [("preventing and deterring crime and antisocial behaviour, and reducing vulnerability", "good")],
        ),
        (
            "HMICFRS said the areas requiring improvement include how the force responds to the"
            " public, how it investigates"
            " crime, and how it manages offenders.",
            [
                ("how the force responds to the public", "requires improvement"),
                ("how it investigates crime", "requires improvement"),
                ("how it manages offenders", "requires improvement"),
            ],
        ),
        (
            "The ‘inadequate’ areas included how it protects vulnerable people and good use of resources.",
            [("how it protects vulnerable people", "inadequate"), ("good use of resources", "inadequate")],
        ),
        (
            "HMICFRS graded the force ‘adequate’ in preventing crime; treatment of the public; and vetting.",
            [("preventing crime", "adequate"), ("treatment of the public", "adequate"), ("vetting", "adequate")],
        ),
        ("The force’s response to the public was graded as ‘inadequate’.", [("response to the public", "inadequate")]),
        ("Kent Police has improved and is now ‘good’ at investigating crime.", [("investigating crime", "good")]),
        (
            "The force was ‘outstanding’ at finding lost dogs and stolen bicycles.",
            [("finding lost dogs and stolen bicycles", "outstanding")],
        ),
        (
            GRADED + "‘good’ in seven areas and ‘requires improvement’ in one area – responding to the public.",
            [("responding to the public", "requires improvement")],
        ),
        (
            GRADED + "‘good’ in six areas and ‘adequate’ in two areas (investigating crime and managing offenders).",
            [("investigating crime", "adequate"), ("managing offenders", "adequate")],
        ),
        (
            GRADED + "‘outstanding’ in one area – preventing crime – and ‘good’ in seven areas.",
            [("preventing crime", "outstanding")],
        ),
        (
            GRADED + "‘inadequate’ in one area: investigating crime, and ‘good’ in seven areas.",
            [("investigating crime", "inadequate")],
        ),
    ],
)
def test_areas_named_for_a_grade_are_questions(sentence: str, areas: list[tuple[str, str]]) -> None:
    judgments = judged(PEEL_2021, sentence)

    assert own(judgments) == [("question", about, grade) for about, grade in areas]


@pytest.mark.parametrize(
    "sentence",
    [
        "The force is good at understanding its demand.",
        "The force is good at preventing crime.",
        "The force needs to improve at responding to the public.",
        "The force is not ‘good’ at investigating crime.",
        "The force is no longer ‘inadequate’ at investigating crime.",
        "The force makes good use of resources.",
        "The force’s custody suites were graded as ‘good’.",
        "Half of the force is ‘good’ at investigating crime.",
        "HMICFRS found the force was ‘good’ or ‘adequate’ at investigating crime.",
        "The chief constable said the force was ‘good’ at investigating crime.",
        "A force that is ‘good’ at investigating crime has trained detectives.",
        "HMICFRS found few signs that the force was ‘good’ at investigating crime.",
        GRADED + "‘good’ in seven areas and ‘adequate’ in one area – the force should hurry.",
        GRADED + "‘good’ in seven areas and ‘adequate’ in one area – investigating crime and managing offenders.",
        "The force is ‘good’ in one area – investigating crime – says its chief constable.",
        "In 2019 HMICFRS found the force was ‘good’ in one area – investigating crime.",
    ],
)
def test_praise_denials_and_claims_of_others_name_no_area(sentence: str) -> None:
    assert judged(PEEL_2021, sentence).own == ()


def test_praise_in_a_quotation_names_no_area_unless_it_prints_the_grade() -> None:
    said = "HM Inspector of Constabulary Roy Wilsher said:"

    assert judged(PEEL_2021, said, "“The force is good at preventing crime.”").own == ()
    assert own(judged(PEEL_2021, said, "“The force is ‘good’ at preventing crime.”")) == [
        ("question", "preventing crime", "good")
    ]


def test_more_areas_named_than_counted_leave_a_doubt() -> None:
    judgments = judged(
        PEEL_2021,
        GRADED + "‘good’ in one area and ‘adequate’ in seven areas.",
        "It was ‘good’ at preventing crime and investigating crime.",
    )

    assert any("counts 1 areas graded “good” but 2" in doubt for doubt in judgments.doubts)


def test_the_count_of_a_grade_lets_a_list_of_unknown_areas_be_split() -> None:
    judgments = judged(
        FIRE_ROUND_3,
        "HMICFRS graded the service across four areas and found it was ‘good’ in three areas and"
        " ‘adequate’ in one area.",
        "It was ‘good’ at putting out fires, cutting people from cars and pumping cellars.",
        subjects=["kent-fire"],
    )

    assert [about for _, about, _ in own(judgments)] == [
        "putting out fires",
        "cutting people from cars",
        "pumping cellars",
    ]


def test_an_area_may_hold_and_and_commas_itself() -> None:
    words = (
        "preventing crime and antisocial behaviour, strategic planning, organisational management and value for money"
    )

    assert [words[start:end] for start, end in split_areas(words)] == [
        "preventing crime and antisocial behaviour",
        "strategic planning, organisational management and value for money",
    ]
    assert is_area("Good use of resources")
    assert not is_area("good resources")


def test_words_of_which_one_is_no_area_stay_one() -> None:
    words = "preventing crime and painting the station"

    assert split_areas(words) == ((0, len(words)),)


@pytest.mark.parametrize(
    ("words", "value"), [("two", 2), ("Nine", 9), ("36", 36), ("twenty-one", 21), ("Thirty seven", 37)]
)
def test_numbers_are_read_in_words_and_digits(words: str, value: int) -> None:
    assert number_of(words) == value
