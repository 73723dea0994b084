"""What Slack's answer to a digest comes to, by what really went over the wire."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from fakes import make_delivery

from bot.slack.poster import SlackPoster
from bot.workspace.config import WorkspaceConfig
from bot.workspace.faults import Fault
from bot.workspace.server import Workspace, create_workspace
from summaries.delivery import OutcomeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.delivery import Delivery

CHANNEL = "C01INSPECT"
NOW = datetime.now(UTC)


def delivery(number: int = 1, *, channel: str = CHANNEL, thread_ts: str | None = None) -> Delivery:
    return replace(make_delivery(channel_id=channel), id=f"delivery-{number}", thread_ts=thread_ts)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    made = create_workspace(WorkspaceConfig(history_objects=2))
    with made.serve_in_thread():
        yield made


@pytest.fixture
def poster(workspace: Workspace) -> Iterator[SlackPoster]:
    with contextlib.closing(
        SlackPoster(base_url=workspace.api_url, token_of=lambda _: workspace.config.bot_token, timeout=0.5)
    ) as made:
        yield made


def test_what_slack_takes_is_sent_with_its_timestamp_and_found_again(workspace: Workspace, poster: SlackPoster) -> None:
    outcome = poster.post(delivery())

    assert outcome.kind is OutcomeKind.SENT
    assert poster.find(delivery(), since=NOW - timedelta(1), until=NOW + timedelta(1)).ts == outcome.ts


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.RATE_LIMITED, OutcomeKind.NOT_SENT),
        (Fault.ERROR_BEFORE, OutcomeKind.AMBIGUOUS),
        (Fault.ERROR_AFTER, OutcomeKind.AMBIGUOUS),
        (Fault.LOST_REPLY, OutcomeKind.AMBIGUOUS),
        (Fault.HANG, OutcomeKind.AMBIGUOUS),
        (Fault.TRUNCATED, OutcomeKind.AMBIGUOUS),
        (Fault.ARCHIVED, OutcomeKind.CHANNEL_GONE),
        (Fault.KICKED, OutcomeKind.CHANNEL_GONE),
        (Fault.REVOKED, OutcomeKind.WORKSPACE_GONE),
    ],
)
def test_each_way_of_going_wrong_has_its_class(
    workspace: Workspace, poster: SlackPoster, fault: Fault, kind: OutcomeKind
) -> None:
    workspace.faults.next("chat.postMessage", fault, seconds=2)

    assert poster.post(delivery()).kind is kind


def test_a_call_is_made_once_whatever_comes_of_it(workspace: Workspace, poster: SlackPoster) -> None:
    workspace.faults.next("chat.postMessage", Fault.LOST_REPLY)
    poster.post(delivery())

    assert [request.method for request in workspace.requests] == ["chat.postMessage"]


def test_retry_after_is_told_in_seconds(workspace: Workspace, poster: SlackPoster) -> None:
    workspace.faults.next("chat.postMessage", Fault.RATE_LIMITED, seconds=42)

    assert poster.post(delivery()).retry_after == 42


def test_a_server_that_is_not_there_got_nothing() -> None:
    with contextlib.closing(SlackPoster(base_url="http://127.0.0.1:9/api/", token_of=lambda _: "xoxb-1", timeout=1)) as nobody:
        assert nobody.post(delivery()).kind is OutcomeKind.NOT_SENT
        assert not nobody.find(delivery(), since=NOW, until=NOW).readable


def test_a_message_slack_would_not_take_is_bad_content(poster: SlackPoster) -> None:
    refused = poster.post(replace(delivery(), payload={"text": "x", "blocks": [{"type": "nonsense"}]}))

    assert refused.kind is OutcomeKind.BAD_CONTENT
    assert refused.code == "invalid_blocks"


def test_one_delivery_is_not_taken_for_another(poster: SlackPoster) -> None:
    poster.post(delivery(1))

    assert not poster.find(delivery(2), since=NOW - timedelta(1), until=NOW + timedelta(1)).found


def test_a_delivery_is_found_pages_back(poster: SlackPoster) -> None:
    for number in range(7):
        poster.post(delivery(number))

    assert poster.find(delivery(0), since=NOW - timedelta(1), until=NOW + timedelta(1)).found


def test_a_reply_is_found_in_its_thread(poster: SlackPoster) -> None:
    parent = poster.post(delivery(1)).ts
    reply = delivery(2, thread_ts=parent)
    poster.post(reply)

    assert poster.find(reply, since=NOW - timedelta(1), until=NOW + timedelta(1)).found


def test_a_digest_to_a_person_is_found_in_their_direct_messages(workspace: Workspace, poster: SlackPoster) -> None:
    personal = delivery(channel=workspace.person("Maya").id)
    poster.post(personal)

    assert poster.find(personal, since=NOW - timedelta(1), until=NOW + timedelta(1)).found


def test_a_channel_that_may_not_be_read_is_not_an_empty_one(poster: SlackPoster) -> None:
    sighting = poster.find(delivery(channel="C0NOWHERE"), since=NOW, until=NOW)

    assert not sighting.found
    assert not sighting.readable
    assert sighting.retry_after is None


@pytest.mark.parametrize("fault", [Fault.ERROR_BEFORE, Fault.RATE_LIMITED, Fault.TRUNCATED, Fault.LOST_REPLY])
def test_a_channel_that_cannot_be_read_now_is_read_later(
    workspace: Workspace, poster: SlackPoster, fault: Fault
) -> None:
    workspace.faults.next("conversations.history", fault, seconds=7)
    sighting = poster.find(delivery(), since=NOW, until=NOW)

    assert not sighting.readable
    assert sighting.retry_after
