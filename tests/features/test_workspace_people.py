"""What a person does in the stand-in reaches the bot as Slack would send it, and its answer reaches the person."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response
from workspace_bot import CHANNEL, Clock, Stage, button, section, staged

from bot.workspace.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stage(clock: Clock) -> Iterator[Stage]:
    with staged(clock=clock, answer_seconds=1.0) as stage:
        yield stage


def test_a_command_carries_all_of_slacks_fields_and_a_true_signature(stage: Stage) -> None:
    stage.workspace.person("Maya").command("#inspections", "/hmic Hampshire  2016")

    (command,) = stage.bot.of_kind("command")
    assert command.body.pop("token")
    assert command.body.pop("response_url").startswith(f"{stage.url}/response/")
    assert command.body.pop("trigger_id").count(".") == 2
    assert command.body == {
        "team_id": "T01RIPLEY",
        "team_domain": "ripley-county",
        "channel_id": CHANNEL,
        "channel_name": "inspections",
        "user_id": "U01OKAFOR",
        "user_name": "maya",
        "command": "/hmic",
        "text": "Hampshire  2016",
        "api_app_id": "A01HMIC",
        "is_enterprise_install": "false",
    }
    assert stage.workspace.notices == []


def test_names_typed_in_a_command_arrive_as_labelled_references(stage: Stage) -> None:
    stage.workspace.person("Maya").command("dm", "/hmic ask @Tom Bellamy & @hmic in #newsroom <b> a@tom x#newsroom")

    (command,) = stage.bot.of_kind("command")
    assert command.body["text"] == (
        "ask <@U02BELLAMY|tom> &amp; <@U00HMIC|hmic> in <#C02NEWSROOM|newsroom> &lt;b&gt; a@tom x#newsroom"
    )
    assert command.body["channel_name"] == "directmessage"


@pytest.mark.parametrize(
    ("answer", "text", "seen_by_others"),
    [
        (JSONResponse({"text": "private"}), "private", False),
        (JSONResponse({"text": "public", "response_type": "in_channel"}), "public", True),
        (PlainTextResponse("just words"), "just words", False),
    ],
)
def test_the_answer_to_a_command_is_shown_to_whom_it_is_for(
    stage: Stage, answer: Response, text: str, seen_by_others: bool
) -> None:
    stage.bot.answers["command"] = answer

    (message,) = stage.workspace.person("Maya").command("#inspections", "/hmic Kent")

    assert (message.text, message.in_reply_to) == (text, "/hmic Kent")
    assert stage.workspace.person("Maya").sees("#inspections") == [message]
    assert (stage.workspace.person("Tom").sees("#inspections") == [message]) is seen_by_others
    assert len(stage.client.conversations_history(channel=CHANNEL)["messages"]) == int(seen_by_others)


def test_a_command_answered_with_nothing_shows_nothing(stage: Stage) -> None:
    assert stage.workspace.person("Maya").command("#inspections", "/hmic") == []
    assert stage.workspace.notices == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Response(status_code=500), "HTTP 500"),
        (JSONResponse({"text": "x", "blocks": [{"type": "banner"}]}), "invalid_blocks"),
        (JSONResponse({"blocks": [section("no text beside it")]}), "no_text"),
    ],
)
def test_an_answer_that_fails_is_a_notice_in_plain_words(stage: Stage, answer: Response, words: str) -> None:
    stage.bot.answers["command"] = answer

    assert stage.workspace.person("Maya").command("#inspections", "/hmic Kent") == []

    (notice,) = stage.workspace.person("Maya").notices()
    assert words in notice
    assert stage.workspace.person("Tom").notices() == []


def test_a_bot_that_keeps_silent_is_a_notice() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, staged(answer_seconds=0.05) as stage:
        stage.workspace.connect(bot_url=f"http://127.0.0.1:{silent.getsockname()[1]}/")
        stage.workspace.person("Maya").command("#inspections", "/hmic Kent")

    assert "did not answer within 0.05 seconds" in stage.workspace.notices[0].text


def test_a_bot_that_is_not_running_is_a_notice(stage: Stage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    stage.workspace.connect(bot_url=f"http://127.0.0.1:{port}/")

    stage.workspace.person("Maya").command("#inspections", "/hmic Kent")

    assert "could not be reached" in stage.workspace.notices[0].text


def test_a_command_that_is_not_there_is_refused_with_those_that_are(stage: Stage) -> None:
    with pytest.raises(Refused, match="/hmic"):
        stage.workspace.person("Maya").command("#inspections", "/hmicc Kent")


def test_a_response_url_takes_five_answers_and_no_sixth(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    maya.command("#inspections", "/hmic Kent")
    url = stage.bot.of_kind("command")[0].body["response_url"]

    statuses = [httpx.post(url, json={"text": str(number)}).status_code for number in range(6)]

    assert statuses == [200] * 5 + [404]
    assert [one.text for one in maya.sees("#inspections")] == ["0", "1", "2", "3", "4"]
    assert httpx.post(url, json={"text": "x"}).json()["error"] == "used_url"


def test_a_response_url_lasts_thirty_minutes(stage: Stage, clock: Clock) -> None:
    stage.workspace.person("Maya").command("#inspections", "/hmic Kent")
    url = stage.bot.of_kind("command")[0].body["response_url"]

    clock.now += 1800
    assert httpx.post(url, json={"text": "in time"}).text == "ok"
    clock.now += 1
    assert httpx.post(url, json={"text": "late"}).json()["error"] == "expired_url"


def test_what_is_posted_to_a_response_url_is_checked(stage: Stage) -> None:
    stage.workspace.person("Maya").command("#inspections", "/hmic Kent")
    url = stage.bot.of_kind("command")[0].body["response_url"]

    answer = httpx.post(url, json={"text": "x", "blocks": [section("")]})

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_blocks")
    assert httpx.post(url, content=b"{").status_code == 400
    assert httpx.post(f"{url}0", json={"text": "x"}).status_code == 404


def test_a_button_in_an_ephemeral_answer_can_replace_it_and_take_it_away(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    stage.bot.answers["command"] = JSONResponse({"text": "card", "blocks": [button("more", "R-1")]})
    (card,) = maya.command("#inspections", "/hmic Kent")

    maya.press(card, "more")

    (click,) = stage.bot.of_kind("block_actions")
    assert click.body["container"]["is_ephemeral"] is True
    assert "message" not in click.body
    assert click.body["actions"][0]["value"] == "R-1"
    httpx.post(click.body["response_url"], json={"text": "whole", "replace_original": True})
    assert [one.text for one in maya.sees("#inspections")] == ["whole"]
    httpx.post(click.body["response_url"], json={"delete_original": True})
    assert maya.sees("#inspections") == []


def test_a_button_in_a_posted_message_comes_with_the_message(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    ts = stage.client.chat_postMessage(channel=CHANNEL, text="card", blocks=[button("share")])["ts"]

    maya.press(maya.sees("#inspections")[0], "share")

    (click,) = stage.bot.of_kind("block_actions")
    assert (click.body["message"]["ts"], click.body["channel"]["name"]) == (ts, "inspections")
    httpx.post(click.body["response_url"], json={"text": "shared", "replace_original": True})
    assert stage.client.conversations_history(channel=CHANNEL)["messages"][0]["text"] == "shared"


def test_a_select_reports_the_option_chosen_and_refuses_one_it_does_not_offer(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    offered = {"text": {"type": "plain_text", "text": "Kent"}, "value": "kent"}
    select = {"type": "static_select", "action_id": "force", "options": [offered]}
    block = {"type": "actions", "elements": [select]}
    stage.client.chat_postMessage(channel=CHANNEL, text="choose", blocks=[block])
    message = maya.sees("#inspections")[0]

    maya.press(message, "force", selected_option=offered)

    assert stage.bot.of_kind("block_actions")[0].body["actions"][0]["selected_option"] == offered
    with pytest.raises(Refused):
        maya.press(message, "force", selected_option=offered | {"value": "essex"})
    with pytest.raises(Refused):
        maya.press(message, "gone")


def test_nobody_writes_in_an_archived_channel(stage: Stage) -> None:
    stage.workspace.staff.archive("#newsroom")

    with pytest.raises(Refused, match="archived"):
        stage.workspace.person("Maya").say("#newsroom", "hello?")


def test_only_a_click_has_an_original_to_replace(stage: Stage) -> None:
    stage.workspace.person("Maya").command("#inspections", "/hmic Kent")
    url = stage.bot.of_kind("command")[0].body["response_url"]

    assert httpx.post(url, json={"text": "x", "replace_original": True}).json()["error"] == "no_original_message"
    assert httpx.post(url, json=[]).json()["error"] == "invalid_payload"


def test_nobody_speaks_where_there_is_nothing(stage: Stage) -> None:
    with pytest.raises(Refused):
        stage.workspace.person("Maya").say("#nowhere", "hello?")
    with pytest.raises(KeyError):
        stage.workspace.person("Nobody")
