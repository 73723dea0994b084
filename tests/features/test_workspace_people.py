"""What a person does in the stand-in reaches the bot as Slack would send it, and its answer reaches the person."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from starlette.responses import JSONResponse, PlainTextResponse, Response
from workspace_bot import CHANNEL, Stage, button, modal, section, staged

from bot.workspace.errors import Refused
from bot.workspace.faults import EVENTS, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workspace_bot import Received


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


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


def refused_view(stage: Stage, trigger: str) -> str:
    with pytest.raises(SlackApiError) as refused:
        stage.client.views_open(trigger_id=trigger, view=modal())
    return str(refused.value.response["error"])


def test_a_trigger_opens_one_modal_within_three_seconds(stage: Stage, clock: Clock) -> None:
    maya = stage.workspace.person("Maya")
    maya.command("#inspections", "/hmic subscribe")
    maya.command("#inspections", "/hmic subscribe")
    first, second = (one.body["trigger_id"] for one in stage.bot.of_kind("command"))

    stage.client.views_open(trigger_id=first, view=modal())

    assert refused_view(stage, first) == "exchanged_trigger_id"
    clock.now += 3.1
    assert refused_view(stage, second) == "expired_trigger_id"
    assert refused_view(stage, "1.2.f") == "invalid_trigger_id"


def opened(stage: Stage, **more: Any) -> Any:
    """A modal that Maya has before her."""
    maya = stage.workspace.person("Maya")
    maya.command("#inspections", "/hmic subscribe")
    stage.client.views_open(trigger_id=stage.bot.of_kind("command")[-1].body["trigger_id"], view=modal(**more))
    return maya.modal()


VALUES = {"words": {"entered": {"type": "plain_text_input", "value": "Kent"}}}


def test_submitting_a_modal_gives_the_bot_its_values_and_closes_it(stage: Stage) -> None:
    maya, view = stage.workspace.person("Maya"), opened(stage, private_metadata="C01INSPECT")

    assert maya.submit(view, VALUES) == {}

    (submission,) = stage.bot.of_kind("view_submission")
    assert submission.body["view"]["state"]["values"] == VALUES
    assert submission.body["view"]["private_metadata"] == "C01INSPECT"
    assert maya.modal() is None


def test_a_modal_with_errors_stays_open_and_shows_them(stage: Stage) -> None:
    maya, view = stage.workspace.person("Maya"), opened(stage)
    stage.bot.answers["view_submission"] = JSONResponse(
        {"response_action": "errors", "errors": {"words": "No such force."}}
    )

    assert maya.submit(view, VALUES) == {"words": "No such force."}
    assert maya.modal() == view


def test_a_modal_can_be_replaced_and_stacked_three_high(stage: Stage) -> None:
    maya, view = stage.workspace.person("Maya"), opened(stage)
    stage.bot.answers["view_submission"] = JSONResponse({"response_action": "update", "view": modal(callback_id="two")})
    maya.submit(view, VALUES)
    shown = maya.modal()
    assert shown is not None
    assert shown.body["callback_id"] == "two"

    def press_for_trigger() -> str:
        maya.command("#inspections", "/hmic more")
        return str(stage.bot.of_kind("command")[-1].body["trigger_id"])

    for _ in range(2):
        stage.client.views_push(trigger_id=press_for_trigger(), view=modal())
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        stage.client.views_push(trigger_id=press_for_trigger(), view=modal())
    stage.bot.answers["view_submission"] = JSONResponse({"response_action": "clear"})
    maya.submit(shown, VALUES)
    assert maya.modal() is None


def test_an_update_of_a_view_that_has_moved_on_is_refused(stage: Stage) -> None:
    view = opened(stage)
    stale = view.hash
    stage.client.views_update(view_id=view.id, hash=stale, view=modal(callback_id="newer"))

    with pytest.raises(SlackApiError, match="hash_conflict"):
        stage.client.views_update(view_id=view.id, hash=stale, view=modal())


def test_closing_a_modal_is_told_only_when_asked_for(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    maya.close(opened(stage))
    assert stage.bot.of_kind("view_closed") == []
    maya.close(opened(stage, notify_on_close=True))
    assert len(stage.bot.of_kind("view_closed")) == 1


def test_the_home_tab_shows_what_was_published_when_it_was_opened(stage: Stage) -> None:
    tom = stage.workspace.person("Tom")
    tom.open_home()
    assert stage.workspace.wait_idle()
    assert stage.bot.of_kind("event")[0].body["event"]["type"] == "app_home_opened"

    stage.client.views_publish(user_id=tom.id, view={"type": "home", "blocks": [section("Welcome"), button("go")]})

    home = tom.home()
    assert home is not None
    tom.press_in_view(home, "go")
    assert stage.bot.of_kind("block_actions")[0].body["view"]["type"] == "home"
    assert stage.workspace.person("Maya").home() is None


def test_a_view_that_slack_would_refuse_is_refused(stage: Stage) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        stage.client.views_publish(user_id="U01OKAFOR", view={"type": "home", "blocks": [section("x" * 3_001)]})


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


def test_nobody_writes_in_an_archived_channel(stage: Stage) -> None:
    stage.workspace.staff.archive("#newsroom")

    with pytest.raises(Refused, match="archived"):
        stage.workspace.person("Maya").say("#newsroom", "hello?")


def test_a_reply_in_a_thread_reaches_the_bot_with_its_thread(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    parent = maya.say("dm", "Kent")

    maya.say("dm", "and 2016?", thread_ts=parent.ts)

    assert stage.workspace.wait_idle()
    by_text = {one.body["event"]["text"]: one.body["event"] for one in stage.bot.of_kind("event")}
    assert by_text["and 2016?"]["thread_ts"] == parent.ts
    with pytest.raises(Refused):
        maya.say("dm", "hello?", thread_ts="1.000001")
