"""Every verb, by every door: the same answer whether it is asked by command, mention, direct message, button or in the
terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from waiting import wait_for

from bot.answers.answering import message_for
from bot.answers.ask import Ask, Door
from bot.intents import VERBS
from bot.rendering.mrkdwn import plain

if TYPE_CHECKING:
    from stage import Stage

    from bot.services import Services
    from bot.workspace.model import Message

# A command of each verb, and words that only its answer has.
ASKED = {
    "": ("Hampshire", "Hampshire and Isle of Wight Constabulary: good"),
    "release": ("R-5", "Hampshire Constabulary is 'good' at legitimately"),
    "year": ("Thames Valley 2012", "Thames Valley Police has made good progress"),
    "help": ("help compare", "How to use compare"),
    "latest": ("latest", "The newest 5 of 5 releases"),
    "search": ('search "abuse of authority"', "abuse of authority"),
    "grades": ("grades legitimacy", "legitimacy"),
    "compare": ("compare Hampshire, Leicestershire", "Leicestershire Police"),
    "history": ("history Thames Valley", "Thames Valley Police"),
    "changed": ("changed Hampshire", "Hampshire"),
    "explain": ("explain adequate", "adequate"),
    "quote": ("quote R-5", "R-5"),
    "verify": ("verify R-5 ¶3", "R-5"),
    "export": ("export Hampshire csv", "csv"),
    "status": ("status", "5 releases"),
    "subscribe": ("subscribe Hampshire weekly Mon", "Hampshire"),
    "subscriptions": ("subscriptions", ""),
    "follow": ("subscribe Hampshire weekly Mon confirm", "Hampshire"),
    "change": ("change", ""),
    "pause": ("pause", ""),
    "resume": ("resume", ""),
    "backfill": ("backfill", ""),
    "approve": ("approve", "approval"),
    "reject": ("reject", "approval"),
    "unsubscribe": ("unsubscribe", ""),
    "preview": ("preview", ""),
    "next": ("next", ""),
    "why": ("why R-5", ""),
    "deliveries": ("deliveries", "digest"),
    "admin": ("admin deliveries", "admin"),
    "add": ("add", "address"),
}
NEED_A_CONVERSATION = {
    *("subscribe", "follow", "subscriptions", "change", "pause", "resume", "backfill", "approve", "reject"),
    *("unsubscribe", "preview", "next", "why", "deliveries", "admin"),
}
TOLD_APART = {"follow", "export", "admin"}
"""What is done once only, so that who asks again is told so; a file, which the terminal writes by another command;
what admins alone are told, and no channel."""


def test_every_verb_is_asked() -> None:
    assert set(VERBS) <= set(ASKED)


@pytest.mark.parametrize("verb", ASKED)
def test_a_verb_is_answered_the_same_by_every_door(stage: Stage, verb: str) -> None:
    asked, told = ASKED[verb]
    by_door = {
        "command": _commanded(stage, asked, told).text,
        "mention": _mentioned(stage, asked).text,
        "message": _said(stage, asked).text,
        "button": message_for(_ask(stage, asked, "button"), stage.bot.services).text,
    }
    if verb not in NEED_A_CONVERSATION:
        by_door["terminal"] = plain(message_for(Ask(asked, "terminal"), _in_a_terminal(stage)).text)

    for door, text in by_door.items():
        assert told.lower() in text.lower(), f"{door}: {text}"
        assert "went wrong" not in text
    first_lines = {plain(text).partition("\n")[0] for text in by_door.values()}
    assert len(first_lines) == 1 or verb in TOLD_APART, by_door


@pytest.mark.parametrize("verb", sorted(set(ASKED) - {"add"}))
def test_an_answer_of_a_verb_is_one_that_was_given(stage: Stage, verb: str) -> None:
    message = message_for(_ask(stage, ASKED[verb][0], "command"), stage.bot.services)

    assert not message.failed, message.text


def test_every_button_of_an_answer_leads_to_an_answer(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    for asked, _ in ASKED.values():
        shown = stage.ask(asked)
        for action_id, value in _buttons(shown):
            if not action_id.startswith("ask:"):
                continue
            [answer] = maya.press(shown, action_id)

            assert answer.text, value
            assert not answer.text.startswith(("That did not work", "Something went wrong")), value


def _buttons(message: Message) -> list[tuple[str, str]]:
    """The action and the words of each button."""
    elements = [element for block in message.blocks or () for element in block.get("elements", ())]
    return [(one["action_id"], one["value"]) for one in elements if one.get("type") == "button" and "value" in one]


def _ask(stage: Stage, text: str, door: Door) -> Ask:
    return Ask(text, door, stage.workspace.core.config.team_id, "C1", stage.workspace.person("Maya").id)


def _in_a_terminal(stage: Stage) -> Services:
    return replace(stage.bot.services, files=None, uploads=None)


def _commanded(stage: Stage, asked: str, told: str) -> Message:
    """The answer to a command, which of one that takes long comes after its acknowledgement."""
    stage.ask(asked)
    wait_for(lambda: told.lower() in stage.sees()[-1].text.lower())
    return stage.sees()[-1]


def _mentioned(stage: Stage, asked: str) -> Message:
    tom = stage.workspace.person("Tom")
    before = len(_answers(stage, "#inspections", "Tom"))
    tom.say("#inspections", f"@hmic {asked}")
    wait_for(lambda: len(_answers(stage, "#inspections", "Tom")) > before)
    return _answers(stage, "#inspections", "Tom")[-1]


def _said(stage: Stage, asked: str) -> Message:
    stage.workspace.person("Maya").say("dm", asked)
    wait_for(lambda: bool(_answers(stage, "dm", "Maya")))
    return _answers(stage, "dm", "Maya")[-1]


def _answers(stage: Stage, channel: str, who: str) -> list[Message]:
    person = stage.workspace.person(who)
    return [one for one in person.sees(channel) if one.user != person.id and not one.ephemeral_to and one.blocks]
