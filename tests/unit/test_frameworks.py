from __future__ import annotations

import pytest

from summaries.frameworks import (
    comparable,
    cycle_of_year_running,
    cycles,
    grade_of,
    has_pillars,
    programmes,
    scale_of,
)
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
