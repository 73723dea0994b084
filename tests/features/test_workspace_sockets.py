"""Socket Mode: Slack's own client connects to the stand-in, and everything comes as envelopes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from workspace_bot import Stage, modal, staged, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_sdk.socket_mode.client import BaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest


class SocketBot:
    """Acknowledges every envelope, with the payload put in `answers` for its type."""

    def __init__(self, stage: Stage) -> None:
        config = stage.workspace.config
        self.received: list[SocketModeRequest] = []
        self.answers: dict[str, dict[str, object]] = {}
        self.deaf = False
        self.client = SocketModeClient(
            app_token=config.app_token,
            web_client=WebClient(token=config.bot_token, base_url=stage.workspace.api_url, retry_handlers=[]),
            auto_reconnect_enabled=False,
        )
        self.client.socket_mode_request_listeners.append(self._handle)
        self.client.message_listeners.append(self._note)
        self.greeted = threading.Event()

    def _note(self, client: BaseSocketModeClient, message: dict[str, object], raw: str | None) -> None:
        if message.get("type") == "hello":
            self.greeted.set()

    def _handle(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.received.append(request)
        if not self.deaf:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.answers.get(request.type)))


@pytest.fixture(scope="module")
def connected() -> Iterator[tuple[Stage, SocketBot]]:
    """One connection for all tests here: Slack's client takes three seconds to close one."""
    with staged(answer_seconds=2.0) as stage:
        bot = SocketBot(stage)
        bot.client.connect()
        assert bot.greeted.wait(10)
        yield stage, bot
        bot.client.close()


@pytest.fixture
def stage(connected: tuple[Stage, SocketBot]) -> Stage:
    return connected[0]


@pytest.fixture
def bot(connected: tuple[Stage, SocketBot]) -> SocketBot:
    connected[1].received.clear()
    connected[1].answers.clear()
    return connected[1]


def test_a_command_goes_through_the_socket_and_its_payload_is_the_answer(stage: Stage, bot: SocketBot) -> None:
    bot.answers["slash_commands"] = {"text": "through the wire"}

    (message,) = stage.workspace.person("Maya").command("#inspections", "/hmic Kent")

    assert (message.text, message.ephemeral_to) == ("through the wire", "U01OKAFOR")
    assert bot.received[0].payload["text"] == "Kent"
    assert bot.received[0].accepts_response_payload is True
    assert stage.bot.received == []


def test_an_event_goes_through_the_socket_once_when_acknowledged(stage: Stage, bot: SocketBot) -> None:
    stage.workspace.person("Maya").say("#inspections", "@hmic Kent")

    assert stage.workspace.wait_idle()
    assert [(one.type, one.payload["event"]["type"]) for one in bot.received] == [("events_api", "app_mention")]


def test_a_modal_submitted_over_the_socket_can_be_sent_back(stage: Stage, bot: SocketBot) -> None:
    maya = stage.workspace.person("Maya")
    maya.command("#inspections", "/hmic subscribe")
    stage.client.views_open(trigger_id=bot.received[0].payload["trigger_id"], view=modal())
    bot.answers["interactive"] = {"response_action": "errors", "errors": {"words": "No such force."}}
    view = maya.modal()
    assert view is not None

    assert maya.submit(view, {}) == {"words": "No such force."}


def test_an_envelope_never_acknowledged_is_a_notice_and_a_closed_socket_gives_way_to_http() -> None:
    with staged(answer_seconds=0.1) as stage:
        maya, bot = stage.workspace.person("Maya"), SocketBot(stage)
        bot.deaf = True
        bot.client.connect()
        assert bot.greeted.wait(10)

        maya.command("#inspections", "/hmic Kent")
        assert "did not answer" in maya.notices()[0]

        bot.client.close()
        wait_until(lambda: not stage.workspace.core.sockets.connected)
        maya.command("#inspections", "/hmic Essex")
        assert [one.body["text"] for one in stage.bot.of_kind("command")] == ["Essex"]


def test_a_ticket_opens_one_connection(stage: Stage) -> None:
    client = WebClient(base_url=stage.workspace.api_url, retry_handlers=[])
    url = client.apps_connections_open(app_token=stage.workspace.config.app_token)["url"]

    with connect(url) as socket:
        assert '"hello"' in socket.recv()
    with pytest.raises(InvalidStatus), connect(url):
        pass
