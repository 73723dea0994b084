"""What the bot is told of unasked, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.responses import Response
from workspace_bot import CHANNEL, Stage, staged

from bot.workspace.errors import Refused
from bot.workspace.faults import EVENTS, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workspace_bot import Received


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged(answer_seconds=1.0) as stage:
        yield stage


def test_a_mention_in_a_channel_arrives_as_app_mention(stage: Stage) -> None:
    message = stage.workspace.person("Maya").say("#inspections", "@hmic Kent & https://example.org/a?b=1&c=2")

    assert stage.workspace.wait_idle()
    (event,) = stage.bot.of_kind("event")
    assert event.body["event"] == {
        "type": "app_mention",
        "user": "U01OKAFOR",
        "text": "<@U00HMIC> Kent &amp; <https://example.org/a?b=1&amp;c=2>",
        "ts": message.ts,
        "event_ts": message.ts,
        "channel": CHANNEL,
        "team": "T01RIPLEY",
    }
    assert event.body["authorizations"][0]["user_id"] == "U00HMIC"
    assert event.body["event_id"].startswith("Ev")


def test_what_is_said_in_a_channel_without_a_mention_stays_there(stage: Stage) -> None:
    stage.workspace.person("Maya").say("#inspections", "Has anybody read it?")

    assert stage.workspace.wait_idle()
    assert stage.bot.received == []


def test_a_direct_message_arrives_and_so_does_the_bots_own(stage: Stage) -> None:
    tom = stage.workspace.person("tom")
    tom.say("dm", "Hampshrie")
    assert stage.workspace.wait_idle()
    stage.client.chat_postMessage(channel=tom.id, text="Did you mean Hampshire?")
    assert stage.workspace.wait_idle()

    events = [one.body["event"] for one in stage.bot.of_kind("event")]
    assert [(one["channel_type"], one["text"], one.get("bot_id")) for one in events] == [
        ("im", "Hampshrie", None),
        ("im", "Did you mean Hampshire?", "B01HMIC"),
    ]


def test_an_event_that_fails_is_retried_three_times_under_the_same_id(stage: Stage) -> None:
    stage.bot.answers["event"] = Response(status_code=503)

    stage.workspace.person("Maya").say("dm", "Kent")

    assert stage.workspace.wait_idle()
    tries = stage.bot.of_kind("event")
    assert [one.headers.get("x-slack-retry-num") for one in tries] == [None, "1", "2", "3"]
    assert tries[1].headers["x-slack-retry-reason"] == "http_error"
    assert len({one.body["event_id"] for one in tries}) == 1
    assert len(stage.workspace.person("Maya").notices()) == 1


def test_an_event_is_not_retried_when_the_bot_says_so(stage: Stage) -> None:
    stage.bot.answers["event"] = Response(status_code=503, headers={"x-slack-no-retry": "1"})

    stage.workspace.person("Maya").say("dm", "Kent")

    assert stage.workspace.wait_idle()
    assert len(stage.bot.of_kind("event")) == 1


def test_an_event_retried_with_success_is_no_trouble(stage: Stage) -> None:
    def once(received: Received) -> Response:
        return Response(status_code=200 if "x-slack-retry-num" in received.headers else 500)

    stage.bot.answers["event"] = once

    stage.workspace.person("Maya").say("dm", "Kent")

    assert stage.workspace.wait_idle()
    assert len(stage.bot.of_kind("event")) == 2
    assert stage.workspace.notices == []


def test_an_event_can_be_made_to_arrive_twice(stage: Stage) -> None:
    stage.workspace.faults.next(EVENTS, Fault.DUPLICATE_EVENT)

    stage.workspace.person("Maya").say("dm", "Kent")

    assert stage.workspace.wait_idle()
    assert len({one.body["event_id"] for one in stage.bot.of_kind("event")}) == 1
    assert len(stage.bot.of_kind("event")) == 2


def test_the_bot_is_told_of_archiving_and_invitations_but_not_of_being_removed(stage: Stage) -> None:
    stage.workspace.staff.archive("#newsroom")
    assert stage.workspace.wait_idle()
    stage.workspace.staff.unarchive("#newsroom")
    assert stage.workspace.wait_idle()
    stage.workspace.staff.kick("#newsroom")
    stage.workspace.staff.invite("#newsroom")
    assert stage.workspace.wait_idle()

    kinds = [one.body["event"]["type"] for one in stage.bot.of_kind("event")]
    assert kinds == ["channel_archive", "channel_unarchive", "member_joined_channel"]


def test_a_reply_in_a_thread_reaches_the_bot_with_its_thread(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    parent = maya.say("dm", "Kent")

    maya.say("dm", "and 2016?", thread_ts=parent.ts)

    assert stage.workspace.wait_idle()
    by_text = {one.body["event"]["text"]: one.body["event"] for one in stage.bot.of_kind("event")}
    assert by_text["and 2016?"]["thread_ts"] == parent.ts
    with pytest.raises(Refused):
        maya.say("dm", "hello?", thread_ts="1.000001")


def test_an_edit_in_a_dm_is_told_as_one(stage: Stage) -> None:
    dm = stage.client.chat_postMessage(channel="U01OKAFOR", text="before")

    stage.client.chat_update(channel=dm["channel"], ts=dm["ts"], text="after")

    assert stage.workspace.wait_idle()
    edits = [one.body["event"] for one in stage.bot.of_kind("event") if "subtype" in one.body["event"]]
    assert [(one["subtype"], one["message"]["text"]) for one in edits] == [("message_changed", "after")]
