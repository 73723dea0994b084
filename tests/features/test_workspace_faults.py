"""The stand-in misbehaves as told: each fault, seen from the bot's side, and what was really accepted."""

from __future__ import annotations

import http.client
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from workspace_bot import CHANNEL, Stage, section, staged, wait_until

from bot.workspace.faults import Fault, Faults, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

POST = "chat.postMessage"
EDIT = "chat.update"
HANG_SECONDS = 0.5


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


def by_hand(stage: Stage, method: str = POST, *, timeout: float = 5.0, **more: object) -> httpx.Response:
    """A call without Slack's client between."""
    return httpx.post(
        f"{stage.url}/api/{method}",
        json={"channel": CHANNEL, "text": "x", **more},
        headers={"authorization": f"Bearer {stage.workspace.config.bot_token}"},
        timeout=timeout,
        verify=False,  # there is nothing to verify, and reading the authorities' certificates takes its time
    )


@dataclass(frozen=True)
class Looks:
    """What a fault is to the bot, and to the channel: the HTTP status (None: no answer came), Slack's word, whether the
    call was done."""

    status: int | None
    done: bool
    error: str | None = None


LOOKS = {
    Fault.RATE_LIMITED: Looks(429, done=False, error="ratelimited"),
    Fault.ERROR_BEFORE: Looks(500, done=False),
    Fault.ERROR_AFTER: Looks(500, done=True),
    Fault.BAD_GATEWAY: Looks(502, done=False),
    Fault.LOST_REQUEST: Looks(None, done=False),
    Fault.LOST_REPLY: Looks(None, done=True),
    Fault.HANG: Looks(None, done=True),
    Fault.HANG_BEFORE: Looks(None, done=False),
    Fault.DELAYED: Looks(None, done=True),
    Fault.TRUNCATED: Looks(200, done=True),
    Fault.EMPTY: Looks(200, done=True),
    Fault.LATE: Looks(200, done=True),
    Fault.LATE_LOST: Looks(None, done=True),
    Fault.INTERNAL_ERROR: Looks(200, done=True, error="internal_error"),
    Fault.FATAL_ERROR: Looks(200, done=False, error="fatal_error"),
    Fault.SLOW: Looks(200, done=False, error="message_limit_exceeded"),
    Fault.REFUSED_BLOCKS: Looks(200, done=False, error="invalid_blocks"),
    Fault.ARCHIVED: Looks(200, done=False, error="is_archived"),
    Fault.KICKED: Looks(200, done=False, error="not_in_channel"),
    Fault.REVOKED: Looks(200, done=False, error="token_revoked"),
}
CALLS = [(method, fault) for method in (POST, EDIT) for fault in LOOKS]


def test_every_fault_of_calls_is_in_the_table() -> None:
    assert LOOKS.keys() | {Fault.DUPLICATE_EVENT} == set(Fault)


@pytest.mark.parametrize(("method", "fault"), CALLS)
def test_each_fault_does_what_it_says_to_a_post_and_to_an_edit(stage: Stage, method: str, fault: Fault) -> None:
    looks = LOOKS[fault]
    before = ["before"] if method == EDIT else []
    ts = stage.client.chat_postMessage(channel=CHANNEL, text="before")["ts"] if method == EDIT else None
    stage.workspace.faults.next(method, fault, seconds=HANG_SECONDS)

    found = None
    try:
        found = by_hand(stage, method, ts=ts, blocks=[section("x")], timeout=0.2)
    except httpx.TransportError:
        assert looks.status is None

    assert (found.status_code if found else None) == looks.status
    if looks.error:
        assert found is not None
        assert found.json()["error"] == looks.error
    wait_until(lambda: accepted(stage) == (["x"] if looks.done else before))
    if fault in (Fault.HANG_BEFORE, Fault.DELAYED, Fault.HANG):
        wait_until(lambda: any(call.method == method for call in stage.workspace.requests))
        assert accepted(stage) == (["x"] if looks.done else before)


def test_a_rate_limit_names_the_wait_and_accepts_nothing(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.RATE_LIMITED, seconds=7)

    with pytest.raises(SlackApiError) as refused:
        stage.client.chat_postMessage(channel=CHANNEL, text="x")

    assert (refused.value.response.status_code, refused.value.response["error"]) == (429, "ratelimited")
    assert refused.value.response.headers["retry-after"] == "7"
    assert accepted(stage) == []


def test_a_lost_reply_leaves_the_message_and_closes_the_connection(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.LOST_REPLY)

    with pytest.raises(http.client.RemoteDisconnected):
        stage.client.chat_postMessage(channel=CHANNEL, text="x")

    assert accepted(stage) == ["x"]
    assert [(one.method, one.channel, one.status) for one in stage.workspace.requests] == [(POST, CHANNEL, 0)]


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


def test_each_fault_can_be_left_to_chance_and_asked_for_from_another_process(stage: Stage) -> None:
    faults = stage.workspace.faults
    for fault in Fault:
        faults.at_random(POST, {fault: 1.0}, seed=1, seconds=7)
        assert faults.take(POST) == Trouble(fault, 7)
        assert control(stage, "faults", method=EDIT, fault=fault.value, seconds=8, channel=CHANNEL, reply=True) == 200
        assert faults.take(EDIT, CHANNEL) is None
        assert faults.take(EDIT, CHANNEL, reply=True) == Trouble(fault, 8)


def test_blocks_are_refused_and_the_same_message_without_them_is_not(stage: Stage) -> None:
    stage.workspace.faults.next(POST, Fault.REFUSED_BLOCKS, times=2)

    answers = [by_hand(stage, blocks=[section("x")]).json(), by_hand(stage).json()]

    assert [answer.get("error") for answer in answers] == ["invalid_blocks", None]
    assert accepted(stage) == ["x"]


def test_a_fault_for_replies_spares_their_parent(stage: Stage) -> None:
    faults = stage.workspace.faults
    faults.next(POST, Fault.RATE_LIMITED, reply=True)

    ts = stage.client.chat_postMessage(channel=CHANNEL, text="parent")["ts"]

    assert faults.waiting() == 1
    assert by_hand(stage, thread_ts=ts).status_code == 429
    assert faults.waiting() == 0
    assert by_hand(stage, thread_ts=ts).status_code == 200


def test_a_caller_that_dies_in_the_middle_of_its_call_has_not_called(stage: Stage) -> None:
    address = urlsplit(stage.url)
    with socket.create_connection((address.hostname, address.port)) as caller:
        head = [f"POST /api/{POST} HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Content-Length: 99"]
        caller.sendall("\r\n".join([*head, "", "{"]).encode())

    wait_until(lambda: [call.status for call in stage.workspace.requests] == [0])
    assert accepted(stage) == []


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
    return httpx.post(f"{stage.url}/control/{what}", json=body, verify=False).status_code


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

    stage.workspace.faults.next(POST, Fault.LATE, seconds=30, channel="C02NEWSROOM")
    late = stage.client.chat_postMessage(channel="C02NEWSROOM", text="late")["ts"]

    (message,) = httpx.get(f"{stage.url}/control/messages/{CHANNEL}").json()
    (unseen,) = httpx.get(f"{stage.url}/control/messages/C02NEWSROOM").json()
    request, _ = httpx.get(f"{stage.url}/control/requests").json()

    assert message["metadata"]["event_payload"] == {"delivery_id": "1"}
    assert (request["method"], request["status"], request["error"]) == (POST, 200, None)
    assert unseen["visible_at"] - float(late) == pytest.approx(30, abs=5)
    assert httpx.get(f"{stage.url}/control/notices").json() == []


def test_an_order_that_makes_no_sense_is_refused(stage: Stage) -> None:
    assert control(stage, "faults", method=POST, fault="gremlins") == 400
    assert control(stage, "archive", channel="#nowhere") == 400
    assert control(stage, "faults") == 400
