"""Pausing keeps the place; resuming asks what is to become of what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import SEEDS
from waiting import wait_for

if TYPE_CHECKING:
    from stage import Stage

HAMPSHIRE = SEEDS / "004_6029efa0301d0f97.txt"
LEICESTERSHIRE = SEEDS / "003_e4ca38f3e628fb84.txt"


def paused(stage: Stage, words: str = "pause") -> None:
    """A channel that follows all at once, paused, and two releases that came in meanwhile."""
    stage.follow("all now")
    stage.ask(words)
    stage.add(HAMPSHIRE, LEICESTERSHIRE)
    stage.tick()


def run(stage: Stage) -> None:
    for _ in range(4):
        stage.tick()
        stage.clock.advance(seconds=2)


def test_pausing_is_told_to_the_channel_and_keeps_its_place(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    answer = empty_stage.ask("pause 2w")

    assert answer.ephemeral_to is None
    assert answer.text.startswith("Paused: every release")
    assert "5 December 2026 08:00 UTC" in answer.text
    assert "It keeps its place" in answer.text


def test_nothing_is_posted_while_paused_and_the_list_says_why(empty_stage: Stage) -> None:
    paused(empty_stage)

    assert len(empty_stage.posts()) == 2  # the confirmation and the pause
    for words in ("subscriptions", "next"):
        assert f"Paused by <@{empty_stage.workspace.person('Maya').id}>" in empty_stage.ask(words).text
        assert "until somebody resumes it" in empty_stage.ask(words).text


def test_resuming_asks_when_something_waits_and_changes_nothing_before(empty_stage: Stage) -> None:
    paused(empty_stage)
    question = empty_stage.ask("resume")

    assert question.ephemeral_to
    assert question.text.startswith("2 releases came in while number 1 was paused")
    assert "Paused by" in empty_stage.ask("subscriptions").text


@pytest.mark.parametrize(
    ("label", "said", "posted"),
    [
        ("Post all", "comes with the next digest", 2),
        ("Post only titles", "comes as titles", 2),
        ("Skip what waits", "is not posted", 0),
    ],
)
def test_each_choice_does_what_it_says(empty_stage: Stage, label: str, said: str, posted: int) -> None:
    paused(empty_stage)
    [answer] = empty_stage.press(empty_stage.ask("resume"), label)
    before = len(empty_stage.posts())
    run(empty_stage)

    assert answer.ephemeral_to is None
    assert said in answer.text
    digests = "\n".join(post.text for post in empty_stage.posts()[before:])
    assert sum(name in digests for name in ("Hampshire", "Leicestershire")) == posted


def test_what_is_skipped_does_not_come_later_but_what_is_new_does(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.ask("pause")
    empty_stage.add(HAMPSHIRE)
    empty_stage.ask("resume 1 skip")
    empty_stage.add(LEICESTERSHIRE)
    run(empty_stage)

    assert empty_stage.posts()[-1].text.startswith("New: Leicestershire")
    assert not any(post.text.startswith("New: Hampshire") for post in empty_stage.posts())


def test_resuming_with_nothing_waiting_asks_nothing(stage: Stage) -> None:
    stage.follow("all now")
    stage.ask("pause")
    answer = stage.ask("resume")

    assert answer.text.startswith("Following every release again")
    assert "Nothing came in meanwhile" in answer.text


def test_a_pause_ends_by_itself_and_brings_what_came_in(empty_stage: Stage) -> None:
    paused(empty_stage, "pause 3d")
    empty_stage.clock.advance(days=3, minutes=1)
    run(empty_stage)

    digests = "\n".join(post.text for post in empty_stage.posts()[2:])
    assert "Hampshire" in digests
    assert "Leicestershire" in digests


def test_a_button_of_the_list_pauses_and_another_resumes(stage: Stage) -> None:
    stage.follow("all now")
    [pause] = stage.press(stage.ask("subscriptions"), "Pause number 1")
    assert pause.text.startswith("Paused: every release")
    [resume] = stage.press(stage.ask("subscriptions"), "Resume number 1")
    assert resume.text.startswith("Following every release again")


def test_a_sentence_in_direct_messages_pauses_what_the_person_follows(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    stage.follow("all now me")
    maya.say("dm", "please pause it for two weeks")

    wait_for(lambda: any(message.text.startswith("Paused: every release") for message in stage.sees("dm")))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("pause 1 for ever and a day", "until Monday"),
        ("pause until yesterday", "`2w`, `3d`"),
        ("resume", "not paused"),
        ("resume 1 perhaps", "posted, summarised or skipped"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_can(stage: Stage, words: str, said: str) -> None:
    stage.follow("all now")
    if "perhaps" in words:
        stage.ask("pause")
    answer = stage.ask(words)

    assert answer.ephemeral_to
    assert said in answer.text
