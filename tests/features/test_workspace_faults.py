"""The stand-in misbehaves as told: each fault, seen from the bot's side, and what was really accepted."""

from __future__ import annotations

import http.client
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from workspace_bot import CHANNEL, Stage, staged

from bot.workspace.faults import Fault, Faults

if TYPE_CHECKING:
    from collections.abc import Iterator

POST = "chat.postMessage"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


def accepted(stage: Stage) -> list[str]:
    """What is truly in the channel, shown by history yet or not."""
    return [message.text for message in stage.workspace.state.messages(CHANNEL)]


def refusal(stage: Stage, text: str = "x") -> str:
    with pytest.raises(SlackApiError) as refused:
        stage.client.chat_postMessage(channel=CHANNEL, text=text)
    return str(refused.value.response["error"])


def by_hand(stage: Stage, timeout: float = 5.0) -> httpx.Response:
    """A post without Slack's client between."""
    return httpx.post(
        f"{stage.url}/api/{POST}",
        data={"channel": CHANNEL, "text": "x"},
        headers={"authorization": f"Bearer {stage.workspace.config.bot_token}"},
        timeout=timeout,
    )


def test_a_rate_limit_names_the_wait_and_accepts_nothing(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.RATE_LIMITED, seconds=7)

    with pytest.raises(SlackApiError) as refused:
        stage.client.chat_postMessage(channel=CHANNEL, text="x")

    assert (refused.value.response.status_code, refused.value.response["error"]) == (429, "ratelimited")
    assert refused.value.response.headers["retry-after"] == "7"
    assert accepted(stage) == []


@pytest.mark.parametrize(("fault", "kept"), [(Fault.ERROR_BEFORE, []), (Fault.ERROR_AFTER, ["x"])])
def test_an_internal_error_comes_before_or_after_the_message_was_accepted(
    stage: Stage, fault: Fault, kept: list[str]
) -> None:
    stage.workspace.faults.next(POST, fault)

    with pytest.raises(SlackApiError) as broken:
        stage.client.chat_postMessage(channel=CHANNEL, text="x")

    assert broken.value.response.status_code == 500
    assert accepted(stage) == kept


def test_a_lost_reply_leaves_the_message_and_closes_the_connection(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.LOST_REPLY)

    with pytest.raises(http.client.RemoteDisconnected):
        stage.client.chat_postMessage(channel=CHANNEL, text="x")

    assert accepted(stage) == ["x"]
    assert [(one.method, one.channel, one.status) for one in stage.workspace.requests] == [(POST, CHANNEL, 0)]


def test_a_hang_outlasts_the_clients_patience_after_accepting(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.HANG, seconds=0.5)

    with pytest.raises(httpx.ReadTimeout):
        by_hand(stage, timeout=0.1)

    assert accepted(stage) == ["x"]


def test_a_truncated_reply_is_not_json(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.TRUNCATED)

    answer = by_hand(stage)

    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        answer.json()
    assert accepted(stage) == ["x"]


def test_a_late_message_is_accepted_now_and_in_history_later() -> None:
    now = time.time()
    with staged(clock=lambda: now) as stage:
        stage.workspace.faults.next(POST, Fault.LATE, seconds=30)
        ts = stage.client.chat_postMessage(channel=CHANNEL, text="x")["ts"]

        assert accepted(stage) == ["x"]
        assert stage.client.conversations_history(channel=CHANNEL)["messages"] == []
        now += 30
        assert stage.client.conversations_history(channel=CHANNEL)["messages"][0]["ts"] == ts


@pytest.mark.parametrize(
    ("fault", "word"),
    [(Fault.ARCHIVED, "is_archived"), (Fault.KICKED, "not_in_channel"), (Fault.REVOKED, "token_revoked")],
)
def test_a_door_that_closes_stays_closed(stage: Stage, fault: Fault, word: str) -> None:
    stage.workspace.faults.next(POST, fault)

    assert [refusal(stage), refusal(stage)] == [word, word]
    assert accepted(stage) == []


def test_faults_come_in_the_order_they_were_asked_for_and_then_cease(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.ERROR_BEFORE, times=2)
    stage.workspace.faults.next(POST, Fault.RATE_LIMITED)

    for _ in range(2):
        with pytest.raises(SlackApiError):
            stage.client.chat_postMessage(channel=CHANNEL, text="x")
    assert refusal(stage) == "ratelimited"
    assert stage.client.chat_postMessage(channel=CHANNEL, text="x")["ok"]
    assert [one.status for one in stage.workspace.requests] == [500, 500, 429, 200]


def test_a_fault_for_one_channel_spares_the_others(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.RATE_LIMITED, channel="C02NEWSROOM")

    assert stage.client.chat_postMessage(channel=CHANNEL, text="x")["ok"]
    with pytest.raises(SlackApiError):
        stage.client.chat_postMessage(channel="C02NEWSROOM", text="x")


def test_chance_repeats_itself_from_the_same_seed() -> None:
    def throw(seed: int) -> list[Fault | None]:
        faults = Faults()
        faults.at_random(POST, {Fault.LOST_REPLY: 0.3, Fault.ERROR_AFTER: 0.2}, seed=seed)
        return [trouble.fault if (trouble := faults.take(POST)) else None for _ in range(200)]

    assert throw(1) == throw(1)
    assert throw(1) != throw(2)
    assert set(throw(1)) == {Fault.LOST_REPLY, Fault.ERROR_AFTER, None}


def test_faults_can_be_taken_back(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.LOST_REPLY)
    stage.workspace.faults.at_random(POST, {Fault.LOST_REPLY: 1.0}, seed=1)

    stage.workspace.faults.clear()

    assert stage.client.chat_postMessage(channel=CHANNEL, text="x")["ok"]


def test_a_strict_workspace_refuses_a_second_message_in_the_same_second() -> None:
    now = time.time()
    with staged(clock=lambda: now, per_channel_per_second=1) as stage:
        stage.client.chat_postMessage(channel=CHANNEL, text="first")
        assert refusal(stage) == "ratelimited"
        assert stage.client.chat_postMessage(channel="C02NEWSROOM", text="elsewhere")["ok"]
        now += 1
        assert stage.client.chat_postMessage(channel=CHANNEL, text="second")["ok"]


def test_a_strict_workspace_lets_history_be_read_once_a_minute_in_small_pages() -> None:
    with staged(history_per_minute=1, history_objects=15) as stage:
        for number in range(16):
            stage.client.chat_postMessage(channel=CHANNEL, text=str(number))

        page = stage.client.conversations_history(channel=CHANNEL, limit=100)

        assert (len(page["messages"]), page["has_more"]) == (15, True)
        with pytest.raises(SlackApiError) as refused:
            stage.client.conversations_history(channel=CHANNEL)
        assert 1 <= int(refused.value.response.headers["retry-after"]) <= 60


def control(stage: Stage, what: str, **body: object) -> int:
    return httpx.post(f"{stage.url}/control/{what}", json=body).status_code


def test_another_process_can_cause_trouble_over_http(stage: Stage) -> None:
    assert control(stage, "faults", method=POST, fault="rate_limited", seconds=3) == 200
    assert refusal(stage) == "ratelimited"
    assert control(stage, "archive", channel="#inspections") == 200
    assert refusal(stage) == "is_archived"
    assert control(stage, "unarchive", channel="#inspections") == 200
    assert control(stage, "kick", channel="#inspections") == 200
    assert refusal(stage) == "not_in_channel"
    assert control(stage, "invite", channel="#inspections") == 200
    assert control(stage, "revoke") == 200
    assert refusal(stage) == "token_revoked"
    assert control(stage, "restore") == 200
    assert control(stage, "faults/at-random", method=POST, rates={"late": 1.0}, seed=1, seconds=600) == 200
    assert stage.client.chat_postMessage(channel=CHANNEL, text="kept")["ok"]
    assert stage.client.conversations_history(channel=CHANNEL)["messages"] == []
    assert control(stage, "faults/clear") == 200


def test_another_process_can_ask_what_really_happened(stage: Stage) -> None:
    stage.client.chat_postMessage(
        channel=CHANNEL, text="x", metadata={"event_type": "d", "event_payload": {"delivery_id": "1"}}
    )

    (message,) = httpx.get(f"{stage.url}/control/messages/{CHANNEL}").json()
    (request,) = httpx.get(f"{stage.url}/control/requests").json()

    assert message["metadata"]["event_payload"] == {"delivery_id": "1"}
    assert (request["method"], request["status"], request["error"]) == (POST, 200, None)
    assert httpx.get(f"{stage.url}/control/notices").json() == []


def test_an_order_that_makes_no_sense_is_refused(stage: Stage) -> None:
    assert control(stage, "faults", method=POST, fault="gremlins") == 400
    assert control(stage, "archive", channel="#nowhere") == 400
    assert control(stage, "faults") == 400
