"""A name that is not clear, in any command, is asked about; a click answers in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from stage import Stage


@pytest.mark.parametrize(
    ("typed", "button", "command"),
    [
        ("latest WMP", "West Mercia Police", "latest West Mercia Police"),
        ("search vetting force:WMP", "West Mercia Police", "search vetting force:west-mercia"),
        ("compare WMP and Leicestershire", "West Mercia Police", "compare West Mercia Police, Leicestershire"),
        ("history Leciestershire", "Leicestershire Police", "history Leicestershire Police"),
        ("subscribe WMP weekly Mon", "West Mercia Police", "subscribe West Mercia Police weekly Mon"),
        ("lastest Leicestershire", "Yes, latest Leicestershire", "latest Leicestershire"),
    ],
)
def test_a_click_asks_the_whole_command_again_with_the_name_made_clear(
    stage: Stage, typed: str, button: str, command: str
) -> None:
    question = stage.ask(typed)
    first_line = question.text.partition("\n")[0]
    labels = {
        element["text"]["text"]: element
        for block in question.blocks or ()
        if block["type"] == "actions"
        for element in block["elements"]
    }

    assert labels[button]["value"] == command
    assert f"/hmic {command}" in question.text

    stage.workspace.person("Maya").press(question, labels[button]["action_id"])

    answer = stage.sees()[-1]
    assert command in answer.text
    assert answer.text.partition("\n")[0] != first_line


def test_what_cannot_be_understood_is_answered_with_the_nearest_sentences_and_no_guess(asked_only: Stage) -> None:
    answer = asked_only.ask("who decides about the gifts of chief officers")

    assert answer.text.startswith("I am not sure what you ask")
    assert "R-" in answer.text


def test_free_text_says_what_it_was_understood_as(asked_only: Stage) -> None:
    answer = asked_only.ask("how did Hampshire do in 2016?")

    assert "You asked: `how did Hampshire do in 2016` · understood as `/hmic Hampshire 2016`" in answer.text
    assert answer.text.startswith("Hampshire Constabulary is 'good'")


def test_a_shared_answer_repeats_the_command_that_was_understood(stage: Stage) -> None:
    maya, tom = stage.workspace.person("Maya"), stage.workspace.person("Tom")
    answer = stage.ask("how did Leicestershire do in 2016?")
    share = next(
        element["action_id"]
        for block in answer.blocks or ()
        for element in block.get("elements", ())
        if str(element.get("action_id")).startswith("share:")
    )
    maya.press(answer, share)

    [shared] = tom.sees("#inspections")
    assert "shared the answer to `/hmic Leicestershire 2016`" in shared.text
