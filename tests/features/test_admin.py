"""What admins see of a workspace's deliveries, and what they decide about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stage import Stage, staged
from waiting import wait_for

from bot.workspace.config import SCOPES
from bot.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HAMPSHIRE = next(SEEDS.glob("004_*"))


@pytest.fixture
def unreadable(database_url: str) -> Iterator[Stage]:
    """A workspace in which no channel can be read back, and whose one digest got no answer from Slack."""
    with staged(database_url, scopes=SCOPES - {"channels:history"}) as stage:
        stage.follow("all now")
        stage.add(HAMPSHIRE)
        stage.workspace.faults.next("chat.postMessage", Fault.LOST_REPLY)
        stage.tick()
        stage.clock.advance(minutes=3)
        stage.tick()
        yield stage


def digests(stage: Stage) -> list[str]:
    return [post.text for post in stage.posts() if post.text.startswith("New: ")]


def test_only_admins_see_and_decide(unreadable: Stage) -> None:
    for asked in ("admin", "admin deliveries", "admin subscriptions", "admin retry D-1.0"):
        assert "for admins of this workspace" in unreadable.ask(asked, who="Tom").text
        assert len(digests(unreadable)) == 1
    assert unreadable.ask("admin").text.startswith("1 message needs an admin")


def test_nothing_is_decided_while_slack_does_not_say_who_is_an_admin(unreadable: Stage) -> None:
    unreadable.workspace.faults.next("users.info", Fault.LOST_REPLY)
    answer = unreadable.ask("admin retry D-1.0")

    assert "Slack did not say whether you are an admin" in answer.text
    unreadable.clock.advance(minutes=1)
    unreadable.tick()
    assert len(digests(unreadable)) == 1


def test_who_stops_being_an_admin_decides_nothing_from_then_on(unreadable: Stage) -> None:
    shown = unreadable.ask("admin deliveries")
    people = unreadable.workspace.core.state.people
    [maya] = [one for one in people.values() if one.name.startswith("Maya")]
    people[maya.id] = replace(maya, is_admin=False)
    unreadable.clock.advance(minutes=6)

    [answer] = unreadable.press(shown, "Send D-1.0 again")

    assert "for admins of this workspace" in answer.text


def test_what_needs_review_is_told_with_its_log_and_sent_again_on_a_click(unreadable: Stage) -> None:
    shown = unreadable.ask("admin deliveries")
    assert "*D-1.0*, a digest in <#C01INSPECT>" in shown.text
    assert "nobody knows whether it is there" in shown.text
    assert "no answer" in shown.text

    [answer] = unreadable.press(shown, "Send D-1.0 again")
    unreadable.clock.advance(seconds=2)
    unreadable.tick()

    assert "people now see it twice" in answer.text
    assert len(digests(unreadable)) == 2  # it was there: only a person may choose this
    assert unreadable.ask("admin").text.startswith("No message needs an admin")
    assert "sent again" in unreadable.ask("why D-1").text


def test_sending_again_what_may_be_there_asks_first(unreadable: Stage) -> None:
    shown = unreadable.ask("admin deliveries")
    buttons = [element for block in shown.blocks or () for element in block.get("elements", ()) if "value" in element]
    [again] = [one for one in buttons if one["value"] == "admin retry D-1.0"]

    assert "see it twice" in again["confirm"]["text"]["text"]


def test_what_arrived_is_not_sent_again(unreadable: Stage) -> None:
    [answer] = unreadable.press(unreadable.ask("admin deliveries"), "It arrived: D-1.0")
    unreadable.clock.advance(minutes=5)
    unreadable.tick()

    assert answer.text.startswith("D-1.0 is taken to be there")
    assert len(digests(unreadable)) == 1
    assert "Messages: 1 sent." in unreadable.ask("status").text


def test_what_is_given_up_can_be_tried_again(unreadable: Stage) -> None:
    [gone] = unreadable.press(unreadable.ask("admin deliveries"), "Give up D-1.0")
    assert gone.text.startswith("D-1.0 is given up")
    assert unreadable.ask("admin").text.startswith("No message needs an admin")

    [again] = unreadable.press(gone, "Try D-1.0 again")
    assert again.text.startswith("D-1.0 is tried again")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("admin retry", "Name a message"),
        ("admin retry D-1", "whole digest"),
        ("admin retry D-7.0", "no message D-7.0"),
        ("admin arrived D-1.0 https://example.org/x", "not the link of a message"),
        ("admin everything", "admin deliveries"),
    ],
)
def test_what_cannot_be_decided_says_what_to_do(unreadable: Stage, asked: str, told: str) -> None:
    assert told in unreadable.ask(asked).text


def test_what_admins_see_is_not_told_to_a_whole_channel(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    maya.say("#inspections", "@hmic admin subscriptions")

    wait_for(lambda: any("not for a whole channel" in post.text for post in stage.posts()))


def test_admins_see_all_subscriptions_with_their_makers_and_states(stage: Stage) -> None:
    stage.follow("all now", who="Tom", channel="#newsroom")
    stage.follow("Kent daily me", who="Priya")
    stage.ask("pause 1 2w", who="Tom", channel="#newsroom")

    text = stage.ask("admin subscriptions").text

    assert text.startswith("2 subscriptions in this workspace")
    assert "in <#C02NEWSROOM>: every release" in text
    assert "made by <@U02BELLAMY>" in text
    assert "– paused since" in text
    assert "to <@U03NAIR>: Kent Police" in text


def test_what_waits_for_its_channel_is_tried_with_all_that_waits_there(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.workspace.staff.kick("#inspections")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()
    empty_stage.bot.dispatcher.inbox.close()  # the invitation is not heard: only the click resumes it
    empty_stage.workspace.staff.invite("#inspections")

    [answer] = empty_stage.press(empty_stage.ask("admin deliveries"), "Try D-1.0 again")
    empty_stage.clock.advance(seconds=2)
    empty_stage.tick()

    assert "It waited for its channel" in answer.text
    assert len(digests(empty_stage)) == 1


def test_without_the_scope_only_who_is_named_is_an_admin(database_url: str) -> None:
    with staged(database_url, scopes=SCOPES - {"users:read"}) as stage:
        assert "HMIC_ADMINS" in stage.ask("admin").text
