"""Digests that wait for somebody's approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import SEEDS

if TYPE_CHECKING:
    from stage import Stage

    from bot.workspace.model import Message

HAMPSHIRE = SEEDS / "004_6029efa0301d0f97.txt"


@pytest.fixture
def held(empty_stage: Stage) -> Stage:
    """A channel that follows with approval, and a digest that waits for it."""
    empty_stage.follow("all now hold:yes")
    empty_stage.add(HAMPSHIRE)
    run(empty_stage)
    return empty_stage


def run(stage: Stage) -> None:
    for _ in range(3):
        stage.tick()
        stage.clock.advance(seconds=2)


def notice(stage: Stage) -> Message:
    [told] = [message for message in stage.sees("dm") if "waits for your approval" in message.text]
    return told


def digests(stage: Stage) -> list[Message]:
    return [post for post in stage.posts() if post.text.startswith("New: ")]


def test_a_held_digest_is_not_posted_and_its_maker_is_asked_once(held: Stage) -> None:
    run(held)

    assert digests(held) == []
    assert "New: Hampshire Constabulary" in notice(held).text
    assert "waits for approval: `/hmic approve D-1` or `/hmic reject D-1`" in held.ask("subscriptions").text


def test_approved_by_its_button_it_is_posted_once(held: Stage) -> None:
    [answer] = held.press(notice(held), "Post it")
    assert answer.text.startswith("D-1 is approved")
    run(held)

    assert len(digests(held)) == 1
    [again] = held.press(notice(held), "Post it")
    assert again.text.startswith("D-1 does not wait for approval")
    assert "It was posted" in again.text
    run(held)
    assert len(digests(held)) == 1


def test_rejected_it_is_never_posted_and_is_gone_from_the_list(held: Stage) -> None:
    [answer] = held.press(notice(held), "Do not post")
    assert answer.text.startswith("D-1 is not posted")
    run(held)

    assert digests(held) == []
    assert "waits for approval" not in held.ask("subscriptions").text


def test_anybody_in_the_channel_may_approve_and_the_channel_sees_it(held: Stage) -> None:
    answer = held.ask("approve D-1", who="Tom")
    run(held)

    assert answer.ephemeral_to is None
    assert len(digests(held)) == 1


def test_nobody_may_approve_from_another_channel(held: Stage) -> None:
    answer = held.ask("approve D-1", who="Tom", channel="#newsroom")
    run(held)

    assert "waits for approval here" in answer.text
    assert digests(held) == []


def test_without_a_name_those_that_wait_are_offered(held: Stage) -> None:
    question = held.ask("approve")

    assert question.text.startswith("Which digest?")
    held.press(question, "Post D-1")
    run(held)
    assert len(digests(held)) == 1


def test_a_channel_where_nothing_waits_is_told_how_to_hold(stage: Stage) -> None:
    stage.follow("all now")

    assert "`hold:yes`" in stage.ask("approve").text


def test_a_button_pressed_after_somebody_decided_otherwise_says_what_became_of_it(held: Stage) -> None:
    held.press(notice(held), "Do not post")

    [late] = held.press(notice(held), "Post it")

    assert "Somebody decided not to post it" in late.text
    assert "did not work" not in late.text


def test_in_person_the_maker_is_told_all_that_waits_for_them_and_others_nothing(held: Stage) -> None:
    assert "`D-1`: every release" in held.ask("approve", channel="dm").text
    assert "No digest waits for approval here" in held.ask("approve", channel="dm", who="Tom").text


def test_a_back_fill_that_waits_for_approval_says_so_when_it_is_asked_for_again(stage: Stage) -> None:
    stage.follow("Hampshire now hold:yes")
    stage.ask("backfill 1")

    assert "The releases from before wait for approval: `/hmic approve D-1`" in stage.ask("backfill 1").text
