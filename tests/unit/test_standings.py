"""Grades side by side: tables and comparisons of the corpus's releases."""

from __future__ import annotations

from dataclasses import replace

from cards import case
from standing import LEGITIMACY_2016, all_given, grades, held

from summaries.query import parse_filter
from summaries.standings.comparing import comparison
from summaries.standings.given import given_in
from summaries.standings.reading import bodies_asked, grade_clauses
from summaries.standings.tables import grade_table
from summaries.types import Grade, Kind, NamedGrade


def test_a_table_has_a_row_a_body_by_name_and_a_column_a_pillar_in_their_order() -> None:
    names = ("04-peel-2018-19-dorset", "04-peel-2018-19-cleveland", "04-peel-2018-19-cumbria")

    table = grade_table(all_given(held(*names)), "PEEL", "2018/19")

    assert table.columns == ("effectiveness", "efficiency", "legitimacy")
    assert [row.body for row in table.rows] == ["cleveland", "cumbria", "dorset"]
    assert grades(table.rows[1].cells["efficiency"]) == ["outstanding"]


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


def test_a_release_on_several_bodies_finds_nothing_of_one_of_them_alone() -> None:
    stored = case("16-regional-north-west").stored

    compared = comparison({"cumbria": [stored], "lancashire": [stored]})

    assert [side.own for side in compared.sides] == [(), ()]
    assert [grades(side.cells["serious and organised crime"]) for side in compared.sides] == [
        ["requires improvement"],
        ["adequate"],
    ]


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
