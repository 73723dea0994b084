"""Grades side by side: tables, comparisons and histories of the corpus's releases."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from cards import case, cases
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from summaries.frameworks import why_not_comparable
from summaries.query import parse_filter
from summaries.standings.comparing import comparison
from summaries.standings.given import Given, by_year, given_in, recalled_in
from summaries.standings.histories import drawn_series, history
from summaries.standings.reading import bodies_asked, grade_clauses
from summaries.standings.tables import grade_table
from summaries.types import Grade, Kind, NamedGrade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.ports import StoredRelease

LEGITIMACY_2016 = ("01-peel-2016-legitimacy-cheshire", "01-peel-2016-legitimacy-merseyside")
THROUGH_THE_YEARS = (
    "02-peel-2015-effectiveness-gloucestershire",
    "02-peel-2016-effectiveness-lincolnshire",
    "04-peel-2018-19-cumbria",
    "05-peel-2021-22-gwent",
    "05-peel-2023-25-city-of-london",
)


def held(*names: str) -> list[StoredRelease]:
    return [case(name).stored for name in names]


def of_body(body: str, *names: str) -> list[StoredRelease]:
    """Releases of the corpus as if all of them were about one body."""
    return [_moved(stored, body) for stored in held(*names)]


def _moved(stored: StoredRelease, body: str) -> StoredRelease:
    release = stored.release
    moved = replace(
        release,
        bodies=tuple(replace(one, id=body) for one in release.subjects),
        judgments=tuple(replace(one, body=body) for one in release.judgments),
        prior_judgments=tuple(replace(one, body=body) for one in release.prior_judgments),
    )
    return replace(stored, release=moved)


def all_given(releases: Sequence[StoredRelease]) -> list[Given]:
    return [one for stored in releases for one in given_in(stored)]


def grades(given: Sequence[Given]) -> list[str]:
    return [one.grade.value for one in given]


def test_a_table_has_a_row_a_body_by_name_and_a_column_a_pillar_in_their_order() -> None:
    names = ("04-peel-2018-19-dorset", "04-peel-2018-19-cleveland", "04-peel-2018-19-cumbria")

    table = grade_table(all_given(held(*names)), "PEEL", "2018/19")

    assert table.columns == ("effectiveness", "efficiency", "legitimacy")
    assert [row.body for row in table.rows] == ["cleveland", "cumbria", "dorset"]
    assert grades(table.rows[1].cells["efficiency"]) == ["outstanding"]


def test_a_table_holds_nothing_of_other_cycles_and_no_recalled_grade() -> None:
    releases = held(*LEGITIMACY_2016, "01-peel-2017-legitimacy-norfolk")

    table = grade_table(all_given(releases), "PEEL", "2016")

    assert [row.body for row in table.rows] == ["cheshire", "merseyside"]
    assert [grades(row.cells["legitimacy"]) for row in table.rows] == [["requires improvement"], ["outstanding"]]


def test_questions_join_their_pillar_when_it_is_asked_for() -> None:
    releases = held("02-peel-2016-effectiveness-lincolnshire", "02-peel-2016-effectiveness-sussex", *LEGITIMACY_2016)

    plain = grade_table(all_given(releases), "PEEL", "2016")
    asked = grade_table(all_given(releases), "PEEL", "2016", pillars=["effectiveness"])

    assert plain.columns == ("effectiveness", "legitimacy")
    assert plain.questions_left == 4
    assert len(asked.columns) == 5
    assert "preventing crime and tackling anti-social behaviour" in asked.columns
    assert {row.body for row in asked.rows} == {"lincolnshire", "sussex"}


def test_areas_are_the_columns_of_a_cycle_without_pillars_under_one_name_each() -> None:
    names = ("05-peel-2021-22-kent", "05-peel-2021-22-gwent", "22-local-news-nottinghamshire")

    table = grade_table(all_given(held(*names)), "PEEL", "2021/22")

    assert "preventing crime" in table.columns
    assert "treatment of the public" in table.columns
    assert "treating the public fairly" not in table.columns


def test_bodies_asked_for_have_a_row_though_nothing_is_held_on_them() -> None:
    table = grade_table(all_given(held(*LEGITIMACY_2016)), "PEEL", "2016", bodies_wanted=["kent", "cheshire"])

    assert [(row.body, list(row.cells)) for row in table.rows] == [("cheshire", ["legitimacy"]), ("kent", [])]


def test_only_rows_with_a_grade_asked_for_are_left() -> None:
    asked = grade_clauses(parse_filter("grade:outstanding"))

    table = grade_table(all_given(held(*LEGITIMACY_2016)), "PEEL", "2016", grades=asked)

    assert [row.body for row in table.rows] == ["merseyside"]


def test_a_grade_that_is_excluded_is_left_out_and_the_others_of_the_same_release_stay() -> None:
    names = ("04-peel-2018-19-dorset", "04-peel-2018-19-cleveland", "04-peel-2018-19-cumbria")
    asked = grade_clauses(parse_filter("-grade:good"))

    table = grade_table(all_given(held(*names)), "PEEL", "2018/19", pillars=["efficiency"], grades=asked)
    whole = grade_table(all_given(held(*names)), "PEEL", "2018/19", grades=asked)

    assert "good" not in {grade for row in whole.rows for cell in row.cells.values() for grade in grades(cell)}
    assert grades(next(row for row in whole.rows if row.body == "cumbria").cells["efficiency"]) == ["outstanding"]
    assert "cumbria" in {row.body for row in table.rows}


def test_a_condition_on_a_body_beside_one_on_a_grade_is_of_the_body_graded() -> None:
    asked = grade_clauses(parse_filter("grade:outstanding or force:cheshire"))

    table = grade_table(all_given(held(*LEGITIMACY_2016)), "PEEL", "2016", grades=asked)
    neither = grade_table(
        all_given(held(LEGITIMACY_2016[1])),
        "PEEL",
        "2016",
        grades=grade_clauses(parse_filter("grade:inadequate or force:cheshire")),
    )

    assert [row.body for row in table.rows] == ["cheshire", "merseyside"]
    assert neither.rows == ()


def test_a_grade_held_for_a_question_alone_is_shown_by_its_question() -> None:
    table = grade_table(
        all_given(held("02-peel-2016-efficiency-wiltshire")),
        "PEEL",
        "2016",
        grades=grade_clauses(parse_filter("grade:outstanding")),
    )

    assert table.columns == ("using its resources",)


def test_a_body_that_a_national_release_names_has_its_grade_in_the_table() -> None:
    national = case("03-peel-2017-legitimacy-accordion-1").stored

    table = grade_table(given_in(national), "PEEL", "2017")

    durham = next(row for row in table.rows if row.body == "durham")
    assert grades(durham.cells["legitimacy"]) == ["outstanding"]
    assert durham.cells["legitimacy"][0].stored is national


def test_of_releases_that_differ_about_one_grade_both_are_shown() -> None:
    own = case("01-peel-2016-legitimacy-cheshire").stored
    national = case("06-national-legitimacy-2016").stored
    named = NamedGrade("cheshire", Grade.GOOD, national.release.named_grades[0].evidence)
    other = replace(national, release=replace(national.release, named_grades=(named,)))

    table = grade_table(all_given([own, other]), "PEEL", "2016")

    assert sorted(grades(table.rows[0].cells["legitimacy"])) == ["good", "requires improvement"]


def test_a_national_release_on_several_pillars_does_not_tell_which_one_a_grade_is_for() -> None:
    national = case("06-national-legitimacy-2016").stored
    unclear = replace(national, release=replace(national.release, pillar=None, kind=Kind.NATIONAL))

    assert given_in(unclear) == ()


def test_bodies_of_one_cycle_are_compared_and_one_of_another_stands_apart_with_the_reason() -> None:
    compared = comparison(
        {
            "cheshire": held("01-peel-2016-legitimacy-cheshire"),
            "merseyside": held("01-peel-2016-legitimacy-merseyside"),
            "kent": held("05-peel-2021-22-kent"),
            "essex": [],
        }
    )

    assert compared.cycle == ("PEEL", "2016")
    assert [side.body for side in compared.sides] == ["cheshire", "merseyside"]
    assert compared.rows == ("legitimacy",)
    assert [(side.body, side.apart) for side in compared.apart] == [
        ("kent", "the scale has five grades since PEEL 2021/22")
    ]
    assert compared.without == ("essex",)


def test_a_body_with_a_newer_release_is_compared_by_what_is_shared_and_the_newer_one_told() -> None:
    compared = comparison(
        {
            "merseyside": held("01-peel-2016-legitimacy-merseyside", "05-peel-2021-22-merseyside-pilot"),
            "cheshire": held("01-peel-2016-legitimacy-cheshire"),
        }
    )

    merseyside = compared.sides[0]
    assert (merseyside.cycle, merseyside.newer) == (
        ("PEEL", "2016"),
        case("05-peel-2021-22-merseyside-pilot").stored,
    )


def test_ungraded_inspections_can_be_compared_when_nothing_graded_is_held() -> None:
    compared = comparison(
        {"cumbria": held("10-custody-2015-cumbria"), "lancashire": held("11-custody-2022-lancashire")}
    )

    assert compared.cycle == ("Custody", None)
    assert compared.rows == ()
    assert len(compared.sides) == 2


def test_other_programmes_stand_apart() -> None:
    compared = comparison(
        {
            "wiltshire": held("09-cdi-good-wiltshire"),
            "suffolk": held("02-peel-2016-efficiency-suffolk"),
        }
    )

    assert [side.apart for side in compared.apart] == ["other inspections, with other questions"]


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
@settings(max_examples=150, deadline=None)
def test_no_two_grades_that_may_not_be_compared_are_ever_in_one_series(chosen: list[object]) -> None:
    releases = [_moved(one.stored, "kent") for one in chosen]  # type: ignore[attr-defined]
    told = [one for stored in releases for one in (*given_in(stored), *recalled_in(stored))]

    drawn = drawn_series(told)

    if drawn is not None:
        points = [point.given for point in drawn.points]
        assert len({one.measure.scale for one in points}) == 1
        assert {one.about for one in points} == {drawn.about}
        assert all(not why_not_comparable(a.measure, b.measure) for a, b in combinations(points, 2))
        assert by_year(points)[::-1] == points


def test_a_release_on_several_bodies_finds_nothing_of_one_of_them_alone() -> None:
    stored = case("16-regional-north-west").stored

    compared = comparison({"cumbria": [stored], "lancashire": [stored]})

    assert [side.own for side in compared.sides] == [(), ()]
    assert [grades(side.cells["serious and organised crime"]) for side in compared.sides] == [
        ["requires improvement"],
        ["adequate"],
    ]


def unplaced(name: str, **instead: object) -> list[StoredRelease]:
    stored = case(name).stored
    return [replace(stored, release=replace(stored.release, cycle=None, published_on=None, **instead))]  # type: ignore[arg-type]


@pytest.mark.parametrize("instead", [{}, {"programme": None}])
def test_releases_that_do_not_tell_their_inspection_share_none(instead: dict[str, object]) -> None:
    compared = comparison(
        {name.rpartition("-")[2]: unplaced(name, **instead) for name in LEGITIMACY_2016},
    )

    assert compared.sides == ()
    assert len(compared.apart) == 2
    assert all(side.apart.startswith("it is not known which") for side in compared.apart)


def test_an_undated_release_is_not_called_newer() -> None:
    undated = case("16-regional-north-east").stored
    releases = [undated, case("03-peel-2017-legitimacy-accordion-4").stored]

    compared = comparison({"durham": releases, "norfolk": held("01-peel-2017-legitimacy-norfolk")})

    assert compared.cycle == ("PEEL", "2017")
    assert compared.sides[0].newer is None


def test_a_body_that_was_only_monitored_states_no_grade() -> None:
    compared = comparison(
        {
            "cheshire": held("01-peel-2016-legitimacy-cheshire"),
            "greater-manchester": held("15-engage-exit-greater-manchester"),
        }
    )

    assert [side.apart for side in compared.apart] == ["it states no grade"]


def test_a_body_that_is_excluded_is_not_among_those_asked_for() -> None:
    assert bodies_asked(parse_filter("region:wales -force:gwent")) == ("dyfed-powys", "north-wales", "south-wales")


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
