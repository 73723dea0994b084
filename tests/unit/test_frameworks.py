from __future__ import annotations

from dataclasses import replace

import pytest

from summaries.frameworks import (
    Measure,
    comparable,
    cycle_of_year_running,
    cycles,
    grade_of,
    has_pillars,
    programmes,
    question_named,
    scale_grades,
    scale_of,
    why_not_comparable,
)
from summaries.register import rows
from summaries.types import Grade, Pillar, Scale


@pytest.mark.parametrize(
    ("programme", "cycle", "scale"),
    [
        ("PEEL", "2016", Scale.FOUR),
        ("PEEL", "2018/19", Scale.FOUR),
        ("PEEL", "2021/22", Scale.FIVE),
        ("PEEL", "2023-25", Scale.FIVE),
        ("PEEL", None, None),
        ("Fire and rescue", "round 2", Scale.FOUR),
        ("Fire and rescue", "round 3", Scale.FIVE),
        ("Crime data integrity", None, Scale.FOUR),
        ("Revisiting police relationships", "2012", None),
        ("PEEL", "1999", None),
        ("Unheard of", None, None),
    ],
)
def test_the_scale_changed_with_the_programme(programme: str, cycle: str | None, scale: Scale | None) -> None:
    assert scale_of(programme, cycle) is scale


def test_a_pillar_tells_the_scale_because_only_four_tier_cycles_graded_pillars() -> None:
    assert scale_of(None, None, Pillar.LEGITIMACY) is Scale.FOUR


@pytest.mark.parametrize(
    ("programme", "one", "other", "expected"),
    [
        ("PEEL", "2015", "2016", True),
        ("PEEL", "2015", "2017", True),
        ("PEEL", "2017", "2018/19", True),
        ("PEEL", "2016", "2018/19", False),
        ("PEEL", "2014", "2015", False),
        ("PEEL", "2018/19", "2021/22", False),
        ("PEEL", "2021/22", "2023-25", False),
        ("PEEL", "2021/22", "2021/22", True),
        ("PEEL", "2016", None, False),
        ("Crime data integrity", None, None, True),
        ("Fire and rescue", "round 2", "round 3", False),
        ("Unheard of", "1", "1", False),
    ],
)
def test_grades_compare_only_where_scale_and_questions_stayed(
    programme: str, one: str | None, other: str | None, expected: bool
) -> None:
    assert comparable(programme, one, other) is expected
    assert comparable(programme, other, one) is expected


@pytest.mark.parametrize(
    ("pillar", "nth", "cycle"),
    [
        (Pillar.LEGITIMACY, 1, "2015"),
        (Pillar.LEGITIMACY, 2, "2016"),
        (Pillar.LEGITIMACY, 3, "2017"),
        (Pillar.LEGITIMACY, 4, None),
        (Pillar.LEGITIMACY, 0, None),
        (Pillar.LEADERSHIP, 2, None),
    ],
)
def test_years_running_count_from_the_first_cycle_that_graded_the_pillar(
    pillar: Pillar, nth: int, cycle: str | None
) -> None:
    assert cycle_of_year_running("PEEL", pillar, nth) == cycle


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("good", Grade.GOOD),
        ("‘Good’", Grade.GOOD),
        ("requires improvement", Grade.REQUIRES_IMPROVEMENT),
        ("requiring improvement", Grade.REQUIRES_IMPROVEMENT),
        ("'require  improvement'.", Grade.REQUIRES_IMPROVEMENT),
        ("not graded", Grade.NOT_GRADED),
        ("not yet graded", Grade.NOT_GRADED),
        ("Adequate", Grade.ADEQUATE),
        ("good progress", None),
        ("needs improvement", None),
        ("", None),
    ],
)
def test_grade_words_are_normalised_and_nothing_else_is_a_grade(words: str, grade: Grade | None) -> None:
    assert grade_of(words) is grade


def test_every_programme_has_cycles_and_only_peel_has_pillars() -> None:
    assert all(cycles(name) for name in programmes())
    assert [name for name in programmes() if has_pillars(name)] == ["PEEL"]


def _measure(programme: str, cycle: str | None, about: str, *, whole: bool = True) -> Measure:
    return Measure(programme, cycle, about, scale_of(programme, cycle), whole)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("PEEL", "2016", "legitimacy"), ("PEEL", "2015", "legitimacy"), ""),
        (("PEEL", "2018/19", "efficiency"), ("PEEL", "2017", "efficiency"), ""),
        (
            ("Crime data integrity", None, "crime data integrity"),
            ("Crime data integrity", None, "crime data integrity"),
            "",
        ),
        (("PEEL", "2016", "legitimacy"), ("PEEL", "2016", "efficiency"), "another pillar"),
        (
            ("PEEL", "2016", "legitimacy"),
            ("Crime data integrity", None, "crime data integrity"),
            "other inspections, with other questions",
        ),
        (
            ("PEEL", "2021/22", "preventing crime"),
            ("PEEL", "2018/19", "preventing crime"),
            "the scale has five grades since PEEL 2021/22",
        ),
        (
            ("PEEL", "2023-25", "preventing crime"),
            ("PEEL", "2021/22", "preventing crime"),
            "the questions changed between PEEL 2021/22 and PEEL 2023-25",
        ),
        (
            ("Fire and rescue", "round 3", "people"),
            ("Fire and rescue", "round 1", "people"),
            "the scale has five grades since Fire and rescue round 3",
        ),
        (
            ("PEEL", "2016", "legitimacy"),
            ("PEEL", None, "legitimacy"),
            "it is not known which cycle one of them is of",
        ),
    ],
)
def test_why_two_grades_may_not_be_compared_is_told_in_words(
    one: tuple[str, str | None, str], other: tuple[str, str | None, str], why: str
) -> None:
    assert why_not_comparable(_measure(*one), _measure(*other)) == why


def test_a_question_is_not_compared_with_a_pillar_of_its_name() -> None:
    whole = _measure("PEEL", "2016", "legitimacy")

    assert why_not_comparable(whole, replace(whole, whole=False)) == "another question"


def test_nothing_unknown_is_taken_to_be_comparable() -> None:
    known = _measure("PEEL", "2016", "legitimacy")

    assert why_not_comparable(known, replace(known, programme=None))
    assert why_not_comparable(replace(known, programme="Unheard of"), replace(known, programme="Unheard of"))
    assert why_not_comparable(known, replace(known, scale=None))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("how it uses its resources to manage current demand", "using its resources"),
        ("Understanding current and likely future demand", "understanding demand"),
        ("response to the public", "responding to the public"),
        (
            "how it protects vulnerable people and supports victims",
            "protecting vulnerable people and supporting victims",
        ),
        ("building supporting and protecting the workforce", "building, supporting and protecting the workforce"),
        ("meeting the strategic policing requirement", "meeting the strategic policing requirement"),
        ("legitimacy", "legitimacy"),
    ],
)
def test_a_question_goes_by_one_name_however_a_release_prints_it(printed: str, name: str) -> None:
    assert question_named("PEEL", printed) == name


def test_no_printed_form_of_a_question_stands_for_two() -> None:
    forms = [
        (row["programme"], printed)
        for row in rows("questions.csv")
        for printed in (row["question"], *row["printed"].split("|"))
    ]

    assert len(forms) == len(set(forms))


def test_the_grades_of_a_scale_rise_from_inadequate() -> None:
    assert [grade.value for grade in scale_grades(Scale.FOUR)] == [
        "inadequate",
        "requires improvement",
        "good",
        "outstanding",
    ]
    assert Grade.ADEQUATE in scale_grades(Scale.FIVE)
