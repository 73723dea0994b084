"""The record through the years: histories of the corpus's releases, and what of them is drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from cards import case, cases
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from standing import LEGITIMACY_2016, THROUGH_THE_YEARS, all_given, grades, held, moved, of_body, unplaced

from summaries.frameworks import why_not_comparable
from summaries.standings.comparing import comparison
from summaries.standings.given import Given, by_year, given_in, recalled_in
from summaries.standings.histories import drawn_series, history
from summaries.standings.tables import grade_table


def test_a_table_holds_nothing_of_other_cycles_and_no_recalled_grade() -> None:
    releases = held(*LEGITIMACY_2016, "01-peel-2017-legitimacy-norfolk")

    table = grade_table(all_given(releases), "PEEL", "2016")

    assert [row.body for row in table.rows] == ["cheshire", "merseyside"]
    assert [grades(row.cells["legitimacy"]) for row in table.rows] == [["requires improvement"], ["outstanding"]]


def test_a_history_is_newest_first_with_a_line_wherever_grades_cease_to_be_comparable() -> None:
    told = history("kent", of_body("kent", *THROUGH_THE_YEARS), pillars=())

    firsts = list(dict.fromkeys(entry.cycle for entry in told.entries))
    boundaries = {entry.cycle: entry.boundary for entry in told.entries if entry.boundary}
    assert firsts == ["2023-25", "2021/22", "2018/19", "2016", "2015"]
    assert list(boundaries) == ["2021/22", "2018/19", "2016"]
    assert boundaries["2018/19"] == "the scale has five grades since PEEL 2021/22"
    assert boundaries["2021/22"] == "the questions changed between PEEL 2021/22 and PEEL 2023-25"


def test_a_recalled_grade_is_told_as_such_in_the_year_it_is_of() -> None:
    told = history("cheshire", held("01-peel-2016-legitimacy-cheshire"))

    assert [(entry.year, grades(entry.given), entry.given[0].recalled) for entry in told.entries] == [
        (2016, ["requires improvement"], ""),
        (2015, ["good"], "2015"),
    ]


def test_a_recalled_grade_stands_with_the_release_that_gave_it() -> None:
    releases = of_body("kent", "02-peel-2016-effectiveness-lincolnshire", "02-peel-2015-effectiveness-gloucestershire")

    newest, before, *_ = history("kent", releases).entries

    assert newest.cycle == "2016"
    assert [one.recalled for one in before.given] == ["", "2015"]


def recalled(name: str, *, words: str = "", when: str = "") -> Given:
    """The earlier grade that a release recalls, as if in other words and of another year."""
    stored = case(name).stored
    [prior] = stored.release.prior_judgments
    evidence = replace(prior.evidence, quote=words or prior.evidence.quote)
    prior = replace(prior, evidence=evidence, when=when or prior.when)
    [found] = recalled_in(replace(stored, release=replace(stored.release, prior_judgments=(prior,))))
    return found


def test_a_year_that_is_recalled_is_not_taken_for_the_cycle_of_that_name() -> None:
    one = recalled("04-peel-2018-19-cleveland")
    told = history("cleveland", held("04-peel-2018-19-cleveland"))

    assert (one.year, one.measure.cycle) == (2017, None)
    assert why_not_comparable(given_in(one.stored)[0].measure, one.measure) == (
        "it is not known which cycle one of them is of"
    )
    assert [entry.is_unplaced for entry in told.entries if entry.year == 2017] == [True]
    assert told.drawn is None


@pytest.mark.parametrize(
    "words",
    [
        "In its legitimacy inspection of 2017 the force was good.",
        "It was good in its 2017 inspection.",
        "It was good in the 2017 PEEL inspection.",
        "In PEEL 2017 it was good.",
        "It was good in PEEL: Police legitimacy 2017.",
    ],
)
def test_words_that_name_the_inspection_tell_its_cycle(words: str) -> None:
    assert recalled("04-peel-2018-19-dorset", words=words).measure.cycle == "2017"


@pytest.mark.parametrize(
    "words", ["In 2017 it was good.", "A custody inspection of 2017 found it good.", "Our 2017 report"]
)
def test_words_that_name_no_inspection_tell_no_cycle(words: str) -> None:
    assert recalled("04-peel-2018-19-dorset", words=words).measure.cycle is None


def test_the_first_year_in_which_a_pillar_was_graded_tells_the_cycle() -> None:
    assert recalled("01-peel-2016-legitimacy-cheshire").measure.cycle == "2015"
    assert recalled("01-peel-2017-legitimacy-norfolk").measure.cycle is None


def test_a_grade_of_an_inspection_that_is_not_known_does_not_part_a_series() -> None:
    told = of_body("kent", "01-peel-2017-legitimacy-norfolk", "01-peel-2016-legitimacy-cheshire")

    drawn = history("kent", told).drawn

    assert drawn is not None
    assert [point.label for point in drawn.points] == ["2015", "2016", "2017"]


def test_a_grade_recalled_in_words_has_no_year_and_is_no_point_of_a_series() -> None:
    told = history("north-wales", held("01-peel-2016-legitimacy-north-wales"))

    assert [(entry.year, entry.given[0].recalled) for entry in told.entries] == [(2016, ""), (None, "last year")]
    assert told.drawn is None


def test_an_ungraded_inspection_is_a_line_of_its_own() -> None:
    [entry] = history("northumbria", held("08-valuing-the-police-2013-northumbria")).entries

    assert entry.ungraded is not None
    assert entry.given == ()


def test_a_page_about_a_report_is_no_inspection() -> None:
    assert history("cleveland", held("21-assessment-page-cleveland")).entries == ()


def test_a_pillar_narrows_the_record_and_brings_its_questions() -> None:
    releases = of_body("kent", "02-peel-2016-effectiveness-lincolnshire", "01-peel-2016-legitimacy-merseyside")

    everything = history("kent", releases)
    narrowed = history("kent", releases, pillars=["effectiveness"])

    assert everything.questions_left == 4
    assert {entry.about for entry in everything.entries} == {"effectiveness", "legitimacy"}
    assert len([entry for entry in narrowed.entries if entry.cycle == "2016"]) == 5
    assert narrowed.questions_left == 0


def test_one_series_is_drawn_of_grades_that_may_all_be_compared() -> None:
    told = history("kent", of_body("kent", *THROUGH_THE_YEARS))

    assert told.drawn is not None
    assert told.drawn.about == "effectiveness"
    assert [(point.label, point.grade.value, point.height) for point in told.drawn.points] == [
        ("2015", "requires improvement", 2),
        ("2016", "inadequate", 1),
    ]


def test_a_rolling_programme_is_drawn_by_the_years_of_its_inspections() -> None:
    told = history("west-midlands", held("09-cdi-reinspection-west-midlands"))

    assert told.drawn is not None
    assert [(point.label, point.height) for point in told.drawn.points] == [("2017", 1), ("2019", 3)]


def test_a_time_at_which_releases_differ_is_no_point() -> None:
    one, other = of_body("kent", *LEGITIMACY_2016)

    assert drawn_series(all_given([one, other])) is None


def test_not_graded_is_no_point() -> None:
    releases = of_body("kent", "02-peel-2017-effectiveness-accordion-3", "02-peel-2016-effectiveness-lincolnshire")

    drawn = drawn_series(all_given(releases))

    assert drawn is None


@for_any(st.lists(st.sampled_from(cases()), min_size=2, max_size=12))
@settings(max_examples=75)
def test_no_two_grades_that_may_not_be_compared_are_ever_in_one_series(chosen: list[object]) -> None:
    releases = [moved(one.stored, "kent") for one in chosen]  # type: ignore[attr-defined]
    told = [one for stored in releases for one in (*given_in(stored), *recalled_in(stored))]

    drawn = drawn_series(told)

    if drawn is not None:
        points = [point.given for point in drawn.points]
        assert len({one.measure.scale for one in points}) == 1
        assert {one.about for one in points} == {drawn.about}
        assert all(not why_not_comparable(a.measure, b.measure) for a, b in combinations(points, 2))
        assert by_year(points)[::-1] == points


@pytest.mark.parametrize("instead", [{}, {"programme": None}])
def test_releases_that_do_not_tell_their_inspection_share_none(instead: dict[str, object]) -> None:
    compared = comparison(
        {name.rpartition("-")[2]: unplaced(name, **instead) for name in LEGITIMACY_2016},
    )

    assert compared.sides == ()
    assert len(compared.apart) == 2
    assert all(side.apart.startswith("it is not known which") for side in compared.apart)


def test_a_cycle_that_was_not_graded_leaves_the_series_around_it() -> None:
    names = ("02-peel-2017-effectiveness-accordion-3", *THROUGH_THE_YEARS[:2])

    drawn = drawn_series(all_given(of_body("kent", *names)))

    assert drawn is not None
    assert [point.label for point in drawn.points] == ["2015", "2016"]


def test_of_series_as_long_as_each_other_the_one_of_a_pillar_is_drawn() -> None:
    questions_last = [*reversed(all_given(of_body("kent", *THROUGH_THE_YEARS[:2])))]

    drawn = drawn_series(questions_last)

    assert drawn is not None
    assert drawn.about == "effectiveness"


def test_the_longer_series_is_drawn_though_another_is_newer() -> None:
    longer = of_body("kent", *THROUGH_THE_YEARS[:2], "02-peel-2017-effectiveness-accordion-1")
    newer = of_body("kent", "01-peel-2017-legitimacy-norfolk", "04-peel-2018-19-cumbria")

    drawn = drawn_series([one for one in all_given([*newer, *longer]) if one.about in {"effectiveness", "legitimacy"}])

    assert drawn is not None
    assert (drawn.about, [point.label for point in drawn.points]) == ("effectiveness", ["2015", "2016", "2017"])
