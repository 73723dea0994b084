"""Socket Mode: the same bodies over a WebSocket that the bot opens, so no public address is needed."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from bot import payloads
from bot.errors import BadSettings, MalformedPayload

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt import BoltResponse
    from slack_sdk.socket_mode.client import BaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

_CHECKS = {
    "slash_commands": payloads.check_command,
    "interactive": payloads.check_interaction,
    "events_api": payloads.check_event,
}

log = structlog.get_logger()


class SocketDoor:
    """Receives envelopes and acknowledges each with what `handle` answers, as HTTP would."""

    def __init__(self, *, app_token: str, base_url: str, handle: Callable[[dict[str, Any]], BoltResponse]) -> None:
        self._handle = handle
        self._threads = ThreadPoolExecutor(max_workers=16, thread_name_prefix="socket-mode")
        self._client = SocketModeClient(app_token=app_token, web_client=WebClient(base_url=base_url))
        self._client.socket_mode_request_listeners.append(self._receive)

    def open(self) -> None:
        """Connect, and reconnect by itself from then on. Raises BadSettings when Slack refuses or cannot be reached."""
        try:
            self._client.connect()
        except SlackApiError as error:
            raise BadSettings(
                f"SLACK_APP_TOKEN was refused by Slack ({error.response.get('error')}): "
                "copy it from Basic Information, App-Level Tokens."
            ) from None
        except OSError as error:
            raise BadSettings(f"Slack could not be reached for Socket Mode ({error}): check the network.") from None

    def close(self) -> None:
        self._client.close()
        self._threads.shutdown(wait=True)

    def _receive(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        check = _CHECKS.get(request.type)
        if check is None:
            return
        try:
            body = check(request.payload)
        except MalformedPayload:
            log.warning("a malformed envelope was dropped", type=request.type)
            client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
            return
        self._threads.submit(self._answer, client, request.envelope_id, body)

    def _answer(self, client: BaseSocketModeClient, envelope_id: str, body: dict[str, Any]) -> None:
        try:
            response = self._handle(body)
        except Exception:
            # Not acknowledged: Slack sends the envelope again, as it would after an HTTP error.
            log.exception("an envelope could not be handled")
            return
        if response.status != 200:
            log.warning("an envelope was not acknowledged", status=response.status)
            return
        payload = json.loads(response.body) if response.body.startswith("{") else None
        client.send_socket_mode_response(SocketModeResponse(envelope_id=envelope_id, payload=payload))
