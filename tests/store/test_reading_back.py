"""Settling many unknown outcomes in a busy channel, with no more than Slack gives: 15 messages, once a minute."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from fakes import FakeClock
from follow import Follower

from bot.slack.poster import SlackPoster
from bot.workspace.config import WorkspaceConfig
from bot.workspace.faults import Fault
from bot.workspace.server import Workspace, create_workspace
from summaries.delivery import DeliveryState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.store.database import Database

CHANNEL = "C01INSPECT"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def workspace(clock: FakeClock) -> Iterator[Workspace]:
    config = WorkspaceConfig(clock=lambda: clock.now().timestamp(), history_objects=15, history_per_minute=1)
    made = create_workspace(config)
    with made.serve_in_thread():
        yield made


@pytest.fixture
def followed(database: Database, clock: FakeClock, workspace: Workspace) -> Iterator[Follower]:
    follower = Follower(database, clock)
    poster = SlackPoster(base_url=workspace.api_url, token_of=lambda _: workspace.config.bot_token, timeout=5)
    with contextlib.closing(poster):
        follower.poster = poster  # type: ignore[assignment]
        yield follower


def talk(workspace: Workspace, times: int) -> None:
    for number in range(times):
        workspace.person("Maya").say("#inspections", f"Remark {number}")


def test_each_of_several_lost_replies_in_a_busy_channel_is_settled_and_nothing_comes_twice(
    workspace: Workspace, followed: Follower
) -> None:
    subscription = followed.subscribe(CHANNEL)
    for number in range(5):
        followed.release(f"kent-{number}")
        followed.plan()
        fault = (Fault.LOST_REPLY, Fault.ERROR_BEFORE)[number % 2]
        workspace.faults.next("chat.postMessage", fault)
        followed.send()
        followed.clock.advance(seconds=2)
        talk(workspace, 13)
    talk(workspace, 20)
    assert followed.states(subscription)[::2] == [DeliveryState.AMBIGUOUS] * 5
    followed.send_all()
    assert set(followed.states(subscription)) == {DeliveryState.SENT}
    ours = [message.text for message in workspace.person("Tom").sees("#inspections") if "Remark" not in message.text]
    assert ours.count("1 new") == 5
    assert sorted(text for text in ours if text != "1 new") == [f"kent-{number}" for number in range(5)]
    asked = [request for request in workspace.requests if request.method == "conversations.history"]
    # Seven pages for the first, which sees the other two that arrived, and as many for each that did not.
    assert len([request for request in asked if request.error is None]) <= 3 * 7


def test_a_lost_reply_in_a_long_thread_is_found_where_the_last_look_stopped(
    workspace: Workspace, followed: Follower
) -> None:
    subscription = followed.owing(CHANNEL)
    followed.send()
    parent = followed.deliveries(subscription)[0]
    assert parent.slack_ts is not None
    for number in range(40):
        workspace.person("Maya").say("#inspections", f"Remark {number}", parent.slack_ts)
    workspace.faults.next("chat.postMessage", Fault.LOST_REPLY)
    followed.clock.advance(seconds=1)
    followed.send_all()
    assert followed.states(subscription) == [DeliveryState.SENT, DeliveryState.SENT]
    asked = [request for request in workspace.requests if request.method == "conversations.replies"]
    assert len([request for request in asked if request.error is None]) == 4  # of 14 replies each, one of them again
