"""Grades in a table, bodies side by side, a body's record through the years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from stage import Stage

    from bot.workspace.model import Message

CORPUS = Path(__file__).parents[1] / "golden" / "corpus"
FOUR = "compare Hampshire, Leicestershire, Northamptonshire, Thames Valley"
SPACE = "\N{NO-BREAK SPACE}"


def table_of(message: Message) -> list[list[str]]:
    """The rows of the one native table of a message."""
    [table] = [block for block in message.blocks or () if block["type"] == "table"]
    return [[cell["text"].replace(SPACE, " ") for cell in row] for row in table["rows"]]


def charts_of(message: Message) -> list[dict[str, Any]]:
    return [block for block in message.blocks or () if block["type"] == "data_visualization"]


def add(stage: Stage, *names: str) -> None:
    for name in names:
        stage.add(next(path for path in CORPUS.glob(f"{name}.*") if path.suffix != ".toml"))


def test_grades_are_a_table_of_the_newest_cycle_each_with_its_mark_and_receipt(asked_only: Stage) -> None:
    answer = asked_only.ask("grades")

    assert answer.text.startswith("Grades given in PEEL 2016: 4 bodies")
    assert table_of(answer) == [
        ["Body", "Legitimacy"],
        ["Hampshire and Isle of Wight", "✔ good · R-5 ¶1"],
        ["Leicestershire", "✔ good · R-4 ¶1"],
        ["Northamptonshire", "✔ good · R-3 ¶1"],
        ["Thames Valley", "✔ good · R-1 ¶1"],
    ]


def test_other_programmes_held_are_a_button_away(stage: Stage) -> None:
    add(stage, "09-cdi-good-wiltshire", "05-peel-2021-22-kent")
    maya = stage.workspace.person("Maya")

    answer = stage.ask("grades")
    labels = [
        element["text"]["text"]
        for block in answer.blocks
        for element in block.get("elements", ())
        if "value" in element
    ]

    assert answer.text.startswith("Grades given in PEEL 2021/22: 1 body")
    assert labels[:2] == ["Grades in PEEL 2016", "Grades in Crime data integrity"]
    [other] = maya.press(answer, "ask:1")
    assert other.text.startswith("Grades given in Crime data integrity: 1 body")
    assert "Wiltshire: Grade ✔ good (2018)" in other.text


def test_the_body_and_the_grade_that_are_asked_for_are_all_that_a_table_shows(asked_only: Stage) -> None:
    assert [row[0] for row in table_of(asked_only.ask("grades Hampshire"))] == ["Body", "Hampshire and Isle of Wight"]
    assert "none states a grade" in asked_only.ask('grades "Thames Valley" year:2012').text


def test_a_grade_that_nobody_holds_is_an_answer_with_what_was_looked_through(asked_only: Stage) -> None:
    answer = asked_only.ask("grades grade:inadequate")

    assert answer.text.startswith("No grades held match that")
    assert "among 5 releases" in answer.text
    assert "Grades are held in PEEL 2016" in answer.text


def test_four_forces_side_by_side_show_four_goods_with_dates_and_findings(asked_only: Stage) -> None:
    answer = asked_only.ask(FOUR)

    head, grades, published, *counts = table_of(answer)
    assert head == ["PEEL 2016", "Hampshire and Isle of Wight", "Leicestershire", "Northamptonshire", "Thames Valley"]
    assert grades[0] == "Legitimacy"
    assert [cell.split(" · ")[0] for cell in grades[1:]] == ["✔ good"] * 4
    assert all(" ¶" in cell for cell in grades[1:])
    assert published == ["Published", *["8 December 2016 (inferred)"] * 4]
    assert [row[0] for row in counts] == ["Findings marked praise", "Findings marked concern"]
    assert "▲ Concern: should improve how its workforce understands" in answer.text
    assert "✔ Praise: has an effective vetting process in place." in answer.text


def test_a_comparison_opens_a_release_by_a_button(stage: Stage) -> None:
    [opened] = stage.workspace.person("Maya").press(stage.ask(FOUR), "ask:1")

    assert opened.text.startswith("Leicestershire Police judged as 'good'")


def test_a_body_of_another_cycle_stands_apart_and_is_not_compared(stage: Stage) -> None:
    add(stage, "05-peel-2021-22-kent")

    answer = stage.ask("compare Hampshire, Leicestershire, Kent")

    assert table_of(answer)[0] == ["PEEL 2016", "Hampshire and Isle of Wight", "Leicestershire"]
    apart = next(line for line in answer.text.splitlines() if line.startswith("*Kent Police*"))
    assert "PEEL 2021/22, 20 October 2022" in apart
    assert "*Not comparable*: the scale has five grades since PEEL 2021/22" in apart
    assert f"Recording data about crime: ★ outstanding · R-6{SPACE}¶" in answer.text


def test_bodies_without_anything_in_common_are_shown_and_not_compared(stage: Stage) -> None:
    add(stage, "09-cdi-good-wiltshire")

    answer = stage.ask("compare Wiltshire, Hampshire")

    assert "no inspection in common" in answer.text.splitlines()[0]
    assert "*Not comparable*: other inspections, with other questions" in answer.text


def test_a_body_that_nothing_is_held_on_is_named_in_the_comparison(asked_only: Stage) -> None:
    answer = asked_only.ask("compare Hampshire, Leicestershire, Essex")

    assert "Nothing is held on Essex Police. That says nothing about" in answer.text


def test_a_comparison_of_nothing_held_says_what_was_looked_through(asked_only: Stage) -> None:
    answer = asked_only.ask("compare Kent, Essex")

    assert answer.text.startswith("Nothing is held to compare")
    assert "among 5 releases" in answer.text


@pytest.mark.parametrize("words", ["compare", "compare Kent", "compare all"])
def test_fewer_than_two_bodies_are_answered_with_how_to_compare(asked_only: Stage, words: str) -> None:
    assert "/hmic compare Hampshire, Kent" in asked_only.ask(words).text


def test_more_than_eight_bodies_are_cut_to_the_first_eight_by_name(asked_only: Stage) -> None:
    answer = asked_only.ask(f"{FOUR}, Kent, Essex, Sussex, Surrey, Dorset, Norfolk")

    assert "Left out: Dorset Police and Norfolk Constabulary." in answer.text
    assert len(table_of(answer)[0]) == 5
    assert "Nothing is held on Kent Police, Essex Police, Sussex Police and Surrey Police" in answer.text


def test_a_history_shows_the_ungraded_inspection_of_2012_and_the_grade_of_2016(asked_only: Stage) -> None:
    answer = asked_only.ask('history "Thames Valley"')

    assert answer.text.startswith("Thames Valley Police: the record, 2012 to 2016")
    assert table_of(answer) == [
        ["Inspection", "Date", "Grade"],
        ["PEEL 2016, legitimacy", "8 December 2016 (inferred)", "✔ good · R-1 ¶1"],
        ["Revisiting police relationships 2012", "2012", "– ungraded · R-2 ¶1"],
    ]
    assert charts_of(answer) == []


def test_a_history_draws_the_grades_that_may_be_compared_and_tells_them_in_words(asked_only: Stage) -> None:
    answer = asked_only.ask("history Hampshire")

    [chart] = charts_of(answer)
    assert [point["label"] for point in chart["chart"]["series"][0]["data"]] == ["2015", "2016"]
    assert [point["value"] for point in chart["chart"]["series"][0]["data"]] == [3, 3]
    assert table_of(answer)[2] == ["PEEL 2015, legitimacy", "2015", "✔ good, as recalled · R-5 ¶9"]
    assert "4 is outstanding, 3 is good, 2 is requires improvement, 1 is inadequate" in answer.text
    assert f"2015 ✔ good, as recalled · R-5{SPACE}¶9; 2016 ✔ good · R-5{SPACE}¶1" in answer.text


def test_a_line_in_the_record_says_where_the_scale_changed_and_nothing_is_drawn_across_it(stage: Stage) -> None:
    add(stage, "01-peel-2016-legitimacy-merseyside", "05-peel-2021-22-merseyside-pilot")

    answer = stage.ask("history Merseyside")

    inspections = [row[0] for row in table_of(answer)]
    line = inspections.index("Not comparable: PEEL 2021/22 and what is below this line")
    assert inspections[line + 1] == "PEEL 2016, legitimacy"
    assert table_of(answer)[line - 1][2].endswith("its inspection or cycle is not told, so not comparable")
    assert "The scale has five grades since PEEL 2021/22" in answer.text
    [chart] = charts_of(answer)
    assert chart["chart"]["axis_config"]["categories"] == ["2015", "2016"]


def test_a_pillar_narrows_a_history(asked_only: Stage) -> None:
    answer = asked_only.ask("history Thames Valley legitimacy")

    assert [row[0] for row in table_of(answer)[1:]] == ["PEEL 2016, legitimacy"]


def test_a_history_of_nothing_held_says_so(asked_only: Stage) -> None:
    assert asked_only.ask("history Kent").text.startswith("Nothing is held on Kent Police")
    assert "/hmic history Hampshire" in asked_only.ask("history Kent, Essex").text


@pytest.mark.parametrize("words", ["grades", "compare Kent, Essex", "history Kent"])
def test_an_empty_store_says_what_to_do(empty_stage: Stage, words: str) -> None:
    answer = empty_stage.ask(words)

    assert answer.text.startswith("No releases are held yet")
    assert "hmic add seeds" in answer.text


@pytest.mark.parametrize("words", ["compare Hampshrie, Kent", "history Hampshrie", "grades Hampshrie"])
def test_a_misspelt_name_is_never_guessed(asked_only: Stage, words: str) -> None:
    assert "Hampshire and Isle of Wight Constabulary" in asked_only.ask(words).text
    assert "✔ good" not in asked_only.ask(words).text


def test_a_national_release_that_names_a_force_gives_it_its_place_in_every_answer(stage: Stage) -> None:
    add(stage, "06-national-effectiveness-2016")

    assert table_of(stage.ask("grades Durham"))[1:] == [["Durham", "★ outstanding · R-6 ¶8"]]
    assert table_of(stage.ask("history Durham"))[1][2] == "★ outstanding · R-6 ¶8"
    compared = stage.ask("compare Durham, Bedfordshire")
    assert table_of(compared)[1] == ["Effectiveness", "★ outstanding · R-6 ¶8", "✖ inadequate · R-6 ¶8"]
    assert "Praise:" not in compared.text


def test_what_a_release_on_several_bodies_finds_is_told_once_with_all_their_names(stage: Stage) -> None:
    add(stage, "16-regional-north-west")

    answer = stage.ask("compare Cumbria, Lancashire, Cheshire")

    assert "*Cumbria Constabulary, Lancashire Constabulary, Cheshire Constabulary*: “" in answer.text
    assert answer.text.count("analysts in the region are shared out poorly between forces") == 1
    assert "Findings marked" not in answer.text


def test_a_region_is_compared_but_for_a_force_that_is_excluded(stage: Stage) -> None:
    add(stage, "01-peel-2016-legitimacy-north-wales", "05-peel-2021-22-gwent")

    answer = stage.ask("compare region:wales -force:gwent")

    assert "North Wales" in answer.text
    assert "Gwent" not in answer.text.partition("\n")[0]


def test_a_rolling_programme_shows_every_inspection_of_a_force_with_its_year(stage: Stage) -> None:
    add(stage, "09-cdi-reinspection-west-midlands")

    answer = stage.ask("history West Midlands Police")

    assert [row[2] for row in table_of(answer)[1:]] == [
        "✔ good · R-6 ¶3",
        "✖ inadequate, as recalled · R-6 ¶3",
    ]
    assert len(charts_of(answer)) == 1


def test_grades_in_a_pillar_bring_its_questions(stage: Stage) -> None:
    add(stage, "02-peel-2016-effectiveness-lincolnshire")

    assert "4 questions inside them are shown" in stage.ask("grades").text
    answer = stage.ask("grades pillar:effectiveness")
    assert table_of(answer)[0][:2] == ["Body", "Effectiveness"]
    assert len(table_of(answer)[0]) == 6


def test_a_grade_that_is_excluded_says_nothing_of_the_other_grades_of_a_release(stage: Stage) -> None:
    add(stage, "04-peel-2018-19-cumbria", "04-peel-2018-19-dorset")

    answer = stage.ask("grades -grade:good")

    assert "Cumbria" in {row[0] for row in table_of(answer)}
    assert "✔ good" not in answer.text
    assert "Only the grades asked for are shown" in answer.text
    assert "None of them states a grade that was asked for" in stage.ask("grades -grade:good Hampshire").text


def labels_of(message: Message) -> list[str]:
    elements = [element for block in message.blocks or () for element in block.get("elements", ())]
    return [element["text"]["text"] for element in elements if "value" in element]


def test_other_cycles_with_a_grade_asked_for_are_told_with_how_many_bodies_hold_one(stage: Stage) -> None:
    add(stage, "04-peel-2018-19-cleveland", "02-peel-2016-effectiveness-lincolnshire")

    answer = stage.ask("grades grade:inadequate")

    assert answer.text.startswith("Grades given in PEEL 2018/19: 1 body")
    assert "also held in PEEL 2016 (1 body). To see one: " in answer.text


def test_a_table_tells_how_many_of_the_bodies_in_it_are_graded(stage: Stage) -> None:
    add(stage, "05-peel-2021-22-gwent")

    assert stage.ask("grades region:wales").text.startswith("Grades given in PEEL 2021/22: 1 of 4 bodies")


def test_a_comparison_that_nothing_fits_offers_the_one_without_the_narrowing(stage: Stage) -> None:
    add(stage, "05-peel-2021-22-kent", "02-peel-2016-effectiveness-lincolnshire")

    answer = stage.ask("compare Kent, Lincolnshire pillar:legitimacy")

    assert "none fits all of that" in answer.text
    assert "Other releases are held on Kent Police and Lincolnshire Police: `/hmic compare Kent, Lincolnshire`" in (
        answer.text
    )
    assert labels_of(answer)[0] == "Compare both on all that is held"


def test_a_body_of_a_cycle_like_the_one_shown_is_not_called_incomparable(stage: Stage) -> None:
    add(stage, "01-peel-2017-legitimacy-norfolk", "02-peel-2017-effectiveness-accordion")

    answer = stage.ask("compare Norfolk, Bedfordshire, Hampshire")

    assert "Another cycle than PEEL 2017, so it is not set beside it" in answer.text
    assert "Not comparable" not in answer.text


def test_grades_told_again_in_a_list_are_not_counted_as_findings(stage: Stage) -> None:
    add(stage, "04-peel-2018-19-dorset", "04-peel-2018-19-cleveland")

    answer = stage.ask("compare Dorset, Cleveland")

    assert "Findings marked" not in answer.text
    assert table_of(answer)[-1][:2] == ["Counted", "—"]


def test_one_body_alone_is_not_set_in_a_table(stage: Stage) -> None:
    add(stage, "05-peel-2021-22-kent", "02-peel-2016-effectiveness-lincolnshire")

    answer = stage.ask("compare Kent, Lincolnshire")

    assert [block for block in answer.blocks if block["type"] == "table"] == []
    assert "*Kent Police*: PEEL 2021/22, 20 October 2022" in answer.text
    assert "Recording data about crime: ★ outstanding" in answer.text
    assert "*Lincolnshire Police*: PEEL 2016" in answer.text
