"""The stand-in's Web API, called over HTTP by Slack's own client: messages, history, threads, error words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from workspace_bot import CHANNEL, Stage, section, staged

from bot.workspace.config import SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIVERY = {"event_type": "delivery", "event_payload": {"delivery_id": "one"}}


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


def error(call: Any, **arguments: Any) -> str:
    """The error word a call is refused with."""
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])


def post(stage: Stage, text: str, **more: Any) -> str:
    return str(stage.client.chat_postMessage(channel=CHANNEL, text=text, **more)["ts"])


def texts(answer: Any) -> list[str]:
    return [message["text"] for message in answer["messages"]]


def test_a_posted_message_is_in_history_with_its_blocks(stage: Stage) -> None:
    posted = stage.client.chat_postMessage(channel=CHANNEL, text="Hello", blocks=[section("*Hello*")])

    found = stage.client.conversations_history(channel=CHANNEL)["messages"]

    assert [(one["ts"], one["text"], one["bot_id"]) for one in found] == [(posted["ts"], "Hello", "B01HMIC")]
    assert found[0]["blocks"][0]["text"] == {"type": "mrkdwn", "text": "*Hello*"}


def test_a_block_posted_without_an_id_gets_one(stage: Stage) -> None:
    posted = stage.client.chat_postMessage(channel=CHANNEL, text="Hello", blocks=[section("a"), section("b")])

    ids = [block["block_id"] for block in posted["message"]["blocks"]]

    assert len(set(ids)) == 2


def test_history_gives_metadata_whole_only_when_asked(stage: Stage) -> None:
    post(stage, "Hello", metadata=DELIVERY)

    assert stage.client.conversations_history(channel=CHANNEL)["messages"][0]["metadata"] == {"event_type": "delivery"}
    whole = stage.client.conversations_history(channel=CHANNEL, include_all_metadata=True)

    assert whole["messages"][0]["metadata"] == DELIVERY


def test_history_pages_from_the_newest_back(stage: Stage) -> None:
    for number in range(5):
        post(stage, str(number))

    first = stage.client.conversations_history(channel=CHANNEL, limit=2)
    second = stage.client.conversations_history(
        channel=CHANNEL, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )
    third = stage.client.conversations_history(
        channel=CHANNEL, limit=2, cursor=second["response_metadata"]["next_cursor"]
    )

    assert [texts(page) for page in (first, second, third)] == [["4", "3"], ["2", "1"], ["0"]]
    assert [page["has_more"] for page in (first, second, third)] == [True, True, False]


@pytest.mark.parametrize(("inclusive", "expected"), [(False, ["2"]), (True, ["3", "2", "1"])])
def test_history_is_bounded_by_oldest_and_latest(stage: Stage, inclusive: bool, expected: list[str]) -> None:
    stamps = [post(stage, str(number)) for number in range(5)]

    found = stage.client.conversations_history(channel=CHANNEL, oldest=stamps[1], latest=stamps[3], inclusive=inclusive)

    assert texts(found) == expected


def test_replies_are_in_the_thread_and_not_in_history(stage: Stage) -> None:
    parent = post(stage, "parent")
    post(stage, "first", thread_ts=parent)
    post(stage, "second", thread_ts=parent)

    assert texts(stage.client.conversations_history(channel=CHANNEL)) == ["parent"]
    thread = stage.client.conversations_replies(channel=CHANNEL, ts=parent)

    assert texts(thread) == ["parent", "first", "second"]
    assert thread["messages"][0]["reply_count"] == 2


def test_a_broadcast_reply_is_in_history_too(stage: Stage) -> None:
    parent = post(stage, "parent")
    post(stage, "loud", thread_ts=parent, reply_broadcast=True)

    assert texts(stage.client.conversations_history(channel=CHANNEL)) == ["loud", "parent"]


def test_a_changed_message_reads_as_changed(stage: Stage) -> None:
    ts = post(stage, "before", metadata=DELIVERY)

    stage.client.chat_update(channel=CHANNEL, ts=ts, text="after")

    (found,) = stage.client.conversations_history(channel=CHANNEL, include_all_metadata=True)["messages"]
    assert (found["text"], found["metadata"], found["edited"]["user"]) == ("after", DELIVERY, "U00HMIC")


def test_a_deleted_message_is_gone(stage: Stage) -> None:
    ts = post(stage, "oops")

    stage.client.chat_delete(channel=CHANNEL, ts=ts)

    assert texts(stage.client.conversations_history(channel=CHANNEL)) == []
    assert error(stage.client.chat_delete, channel=CHANNEL, ts=ts) == "message_not_found"


def test_an_ephemeral_message_is_seen_by_one_person_and_by_no_history(stage: Stage) -> None:
    stage.client.chat_postEphemeral(channel=CHANNEL, user="U01OKAFOR", text="psst")

    assert [one.text for one in stage.workspace.person("Maya").sees("#inspections")] == ["psst"]
    assert stage.workspace.person("Tom").sees("#inspections") == []
    assert texts(stage.client.conversations_history(channel=CHANNEL)) == []


def test_the_bot_cannot_touch_what_a_person_wrote(stage: Stage) -> None:
    ts = stage.workspace.person("Maya").say("#inspections", "mine").ts

    assert error(stage.client.chat_update, channel=CHANNEL, ts=ts, text="x") == "cant_update_message"
    assert error(stage.client.chat_delete, channel=CHANNEL, ts=ts) == "cant_delete_message"


def test_a_message_to_a_persons_id_arrives_in_their_dm(stage: Stage) -> None:
    posted = stage.client.chat_postMessage(channel="U02BELLAMY", text="Hello Tom")

    assert posted["channel"] == stage.client.conversations_open(users="U02BELLAMY")["channel"]["id"]
    assert [one.text for one in stage.workspace.person("Tom").sees("dm")] == ["Hello Tom"]


def test_a_permalink_leads_to_the_page(stage: Stage) -> None:
    ts = post(stage, "Hello")

    address = stage.client.chat_getPermalink(channel=CHANNEL, message_ts=ts)["permalink"]

    assert address == f"{stage.url}/archives/{CHANNEL}/p{ts.replace('.', '')}"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "#inspections", "text": "x"}, "channel_not_found"),
        ({"channel": CHANNEL}, "no_text"),
        ({"channel": CHANNEL, "blocks": [section("x")]}, "no_text"),
        ({"channel": CHANNEL, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": CHANNEL, "text": "x", "blocks": [{"type": "banner"}]}, "invalid_blocks"),
        ({"channel": CHANNEL, "text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ({"channel": CHANNEL, "text": "x", "blocks": [section("y" * 2_500)] * 5}, "msg_blocks_too_long"),
        ({"channel": CHANNEL, "text": "x", "metadata": {"event_type": "e"}}, "invalid_metadata_format"),
        (
            {"channel": CHANNEL, "text": "x", "metadata": {"event_type": "e", "event_payload": {"a": "b" * 8_000}}},
            "metadata_too_large",
        ),
        ({"channel": CHANNEL, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
    ],
)
@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
def test_a_post_is_refused_in_slacks_words(stage: Stage, arguments: dict[str, Any], code: str) -> None:
    assert error(stage.client.chat_postMessage, **arguments) == code
    assert texts(stage.client.conversations_history(channel=CHANNEL)) == []


def test_a_refusal_of_blocks_points_at_what_is_wrong(stage: Stage) -> None:
    with pytest.raises(SlackApiError) as refused:
        stage.client.chat_postMessage(channel=CHANNEL, text="x", blocks=[section("fine"), section("")])

    assert "/blocks/1/text/text" in refused.value.response["response_metadata"]["messages"][0]


def test_posting_where_the_bot_may_not_be_is_refused(stage: Stage) -> None:
    stage.workspace.staff.archive("#newsroom")
    stage.workspace.staff.kick("#governance")

    assert error(stage.client.chat_postMessage, channel="C02NEWSROOM", text="x") == "is_archived"
    assert error(stage.client.chat_postMessage, channel="C03GOVERN", text="x") == "not_in_channel"
    assert error(stage.client.conversations_history, channel="C03GOVERN") == "not_in_channel"


def test_tokens_are_checked(stage: Stage) -> None:
    stranger = WebClient(token="xoxb-other", base_url=stage.workspace.api_url, retry_handlers=[])
    nobody = WebClient(base_url=stage.workspace.api_url, retry_handlers=[])

    assert error(stranger.auth_test) == "invalid_auth"
    assert error(nobody.auth_test) == "not_authed"
    assert error(stage.client.apps_connections_open, app_token=stage.workspace.config.bot_token) == (
        "not_allowed_token_type"
    )
    stage.workspace.staff.revoke_token()
    assert error(stage.client.auth_test) == "token_revoked"
    stage.workspace.staff.restore_token()
    assert stage.client.auth_test()["user_id"] == "U00HMIC"


def test_a_scope_the_bot_was_not_given_is_named() -> None:
    with staged(scopes=frozenset({"channels:history"})) as stage, pytest.raises(SlackApiError) as refused:
        stage.client.chat_postMessage(channel=CHANNEL, text="x")

    assert (refused.value.response["error"], refused.value.response["needed"]) == ("missing_scope", "chat:write")


def test_a_method_that_is_not_there_is_unknown(stage: Stage) -> None:
    assert error(stage.client.api_call, api_method="chat.sing") == "unknown_method"


def test_people_and_channels_can_be_looked_up(stage: Stage) -> None:
    person = stage.client.users_info(user="U01OKAFOR")["user"]
    names = [one["name"] for one in stage.client.conversations_list()["channels"]]

    assert (person["real_name"], person["is_admin"], person["tz"]) == ("Maya Okafor", True, "Europe/London")
    assert names == ["inspections", "newsroom", "governance"]
    assert stage.client.conversations_info(channel=CHANNEL)["channel"]["is_member"] is True
    stage.workspace.staff.kick("#newsroom")
    assert len(stage.client.users_conversations()["channels"]) == 2


def test_api_test_needs_no_token_and_echoes(stage: Stage) -> None:
    nobody = WebClient(base_url=stage.workspace.api_url, retry_handlers=[])

    assert nobody.api_test(foo="bar")["args"]["foo"] == "bar"


def test_blocks_can_be_checked_without_posting(stage: Stage) -> None:
    assert stage.client.blocks_validate(blocks=[section("fine")])["ok"]
    with pytest.raises(SlackApiError) as refused:
        stage.client.blocks_validate(blocks=[section("")])

    (problem,) = refused.value.response["errors"]
    assert (problem["pointer"], problem["code"]) == ("/blocks/0/text/text", "empty")


def test_arguments_may_come_as_json(stage: Stage) -> None:
    answer = stage.client.api_call(
        "chat.postMessage", json={"channel": CHANNEL, "text": "x", "blocks": [section("y")], "reply_broadcast": False}
    )

    assert answer["message"]["blocks"][0]["text"]["text"] == "y"


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("conversations.history", {}, "invalid_arguments"),
        ("conversations.history", {"channel": CHANNEL, "oldest": "yesterday"}, "invalid_ts_oldest"),
        ("conversations.history", {"channel": CHANNEL, "limit": 0}, "invalid_limit"),
        ("conversations.history", {"channel": CHANNEL, "cursor": "?"}, "invalid_cursor"),
        ("conversations.replies", {"channel": CHANNEL, "ts": "1.000001"}, "thread_not_found"),
        ("conversations.join", {"channel": CHANNEL}, "missing_scope"),
        ("conversations.info", {"channel": "U01OKAFOR"}, "missing_scope"),
        ("conversations.open", {"users": "U99"}, "user_not_found"),
        ("chat.postEphemeral", {"channel": CHANNEL, "user": "U99", "text": "x"}, "user_not_in_channel"),
        ("chat.update", {"channel": CHANNEL, "ts": "1.000001", "text": "x"}, "message_not_found"),
        ("chat.getPermalink", {"channel": CHANNEL, "message_ts": "1.000001"}, "message_not_found"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "thread_ts": "soon"}, "invalid_ts"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "attachments": [{"text": "y"}]}, "invalid_blocks"),
        ("users.info", {"user": "U99"}, "user_not_found"),
        ("views.update", {"view_id": "V1", "view": {"type": "modal"}}, "not_found"),
        ("views.publish", {"user_id": "U01OKAFOR", "view": {"type": "modal"}}, "invalid_arguments"),
        ("views.publish", {"user_id": "U99", "view": {}}, "invalid_arguments"),
        ("blocks.validate", {"blocks": [], "view": {}}, "invalid_arguments"),
        ("blocks.validate", {"message": []}, "invalid_arguments"),
        ("blocks.validate", {"view": {"type": "workflow_step"}}, "invalid_arguments"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(stage: Stage, method: str, arguments: dict[str, Any], code: str) -> None:
    assert error(stage.client.api_call, api_method=method, json=arguments) == code


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("application/json", b"{", "invalid_json"),
        ("application/json", b"[]", "json_not_object"),
        ("text/plain", b"hello", "invalid_post_type"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(stage: Stage, kind: str, body: bytes, code: str) -> None:
    answer = httpx.post(f"{stage.url}/api/api.test", content=body, headers={"content-type": kind})

    assert answer.json() == {"ok": False, "error": code}


def test_the_bot_may_join_when_it_has_the_scope() -> None:
    with staged(scopes=SCOPES | {"channels:join", "im:read"}) as stage:
        stage.workspace.staff.kick("#inspections")
        dm = stage.client.conversations_open(users="U01OKAFOR")["channel"]["id"]

        assert stage.client.conversations_join(channel=CHANNEL)["channel"]["is_member"] is True
        assert stage.client.conversations_info(channel=dm)["channel"]["user"] == "U01OKAFOR"
        assert error(stage.client.conversations_join, channel=dm) == "method_not_supported_for_channel_type"
        stage.workspace.staff.archive("#inspections")
        assert error(stage.client.conversations_join, channel=CHANNEL) == "is_archived"
        assert len(stage.client.conversations_list(exclude_archived=True)["channels"]) == 2


def test_replies_page_forwards(stage: Stage) -> None:
    parent = post(stage, "parent")
    for number in range(3):
        post(stage, str(number), thread_ts=parent)

    first = stage.client.conversations_replies(channel=CHANNEL, ts=parent, limit=2)
    second = stage.client.conversations_replies(
        channel=CHANNEL, ts=parent, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )

    assert [texts(first), texts(second)] == [["parent", "0"], ["1", "2"]]


def test_the_bot_can_look_itself_up(stage: Stage) -> None:
    assert stage.client.users_info(user="U00HMIC")["user"]["is_bot"] is True
