"""Threads: a follow-up leans on what was understood there, and the answer says what it kept."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from waiting import wait_for

from bot.understanding import understand
from bot.workspace.config import WorkspaceConfig

if TYPE_CHECKING:
    from stage import Stage

    from bot.workspace.model import Message
    from bot.workspace.person import Person

TABLE = Path(__file__).resolve().parents[1] / "golden" / "dialogues.toml"
DIALOGUES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["dialogue"]
ABSTAINED = "I am not sure"


def test_there_are_enough_dialogues() -> None:
    assert len(DIALOGUES) >= 20


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["about"])
def test_a_follow_up_is_understood_by_what_went_before(dialogue: dict[str, list[list[str]]]) -> None:
    last: str | None = None
    for said, meant, *kept in dialogue["lines"]:
        understood = understand(said, last)

        assert (understood.words if understood.sure else "?abstain") == meant
        assert ", ".join(understood.carried) == "".join(kept)

        last = understood.words if understood.is_leant_on else last


def test_every_dialogue_reads_the_same_in_a_thread_of_slack(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    for dialogue in DIALOGUES:
        thread: str | None = None
        for said, meant, *kept in dialogue["lines"]:
            asked, answer = _mention(stage, maya, said, thread)
            thread = thread or asked.ts

            assert answer.thread_ts == thread
            assert ABSTAINED in answer.text or meant != "?abstain", answer.text
            assert _understood_as(answer, said, meant), f"{said}: {answer.text}"
            assert [f"Kept from this thread: {words}" for words in kept] == _kept_lines(answer), said


def test_another_thread_knows_nothing_of_it(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    _mention(stage, maya, "Thames Valley 2016", None)
    _, answer = _mention(stage, maya, "and 2012?", None)

    assert _kept_lines(answer) == []
    assert "Thames Valley 2012" not in answer.text


def test_a_thread_below_an_answer_in_direct_messages_leans_on_that_answer(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    answer = _say(stage, maya, "how did Thames Valley do in 2016?", None)
    wait_for(lambda: _is_remembered(stage, answer))  # noted once it was posted, long before a person answers

    below = _say(stage, maya, "and 2012?", answer.ts)

    assert "understood as `/hmic Thames Valley 2012`" in below.text
    assert "Kept from this thread: Thames Valley" in below.text


def test_direct_messages_outside_a_thread_keep_nothing(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    _say(stage, maya, "how did Thames Valley do in 2016?", None)

    assert "Kept" not in _say(stage, maya, "what about legitimacy?", None).text


def _is_remembered(stage: Stage, answer: Message) -> bool:
    with stage.bot.database.read() as unit:
        return unit.conversations.last(WorkspaceConfig().team_id, answer.conversation, answer.ts) is not None


def _mention(stage: Stage, maya: Person, said: str, thread: str | None) -> tuple[Message, Message]:
    before = len(maya.sees("#inspections"))
    asked = maya.say("#inspections", f"@hmic {said}", thread)
    wait_for(lambda: len(maya.sees("#inspections")) >= before + 2)
    return asked, next(one for one in reversed(maya.sees("#inspections")) if one.user != maya.id)


def _say(stage: Stage, maya: Person, said: str, thread: str | None) -> Message:
    before = len(maya.sees("dm"))
    maya.say("dm", said, thread)
    wait_for(lambda: len(maya.sees("dm")) >= before + 2)
    return next(one for one in reversed(maya.sees("dm")) if one.user != maya.id)


def _understood_as(answer: Message, said: str, meant: str) -> bool:
    same = meant.lower() == said.rstrip("?!").lower()
    if meant == "help":
        return answer.text.startswith("Ask what inspectors said")
    return same or meant == "?abstain" or f"understood as `/hmic {meant}`" in answer.text


def _kept_lines(answer: Message) -> list[str]:
    return [line for line in answer.text.splitlines() if line.startswith("Kept from this thread")]
