"""A network between bot and workspace that can hold a request back: the bot has sent it, Slack has not seen it."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from waiting import wait_for

from bot.workspace.dropping import DroppedConnection

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Gate:
    """Serves `app`, but for one chat.postMessage to a channel that `hold` names: that one waits for its fate."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._channel: str | None = None
        self._held = threading.Event()
        self._decided = threading.Event()
        self._over = threading.Event()
        self._lost = False

    def hold(self, channel: str) -> None:
        """Keep back the next message to this channel."""
        self._channel = channel
        for event in (self._held, self._decided, self._over):
            event.clear()

    def wait_until_held(self) -> None:
        """Wait until the message is under way: sent by the bot, not seen by the workspace."""
        wait_for(self._held.is_set)

    def lose(self) -> None:
        """The message never arrives."""
        self._decide(lost=True)

    def let_through(self) -> None:
        """The message arrives now, whether or not its sender still lives to read the answer."""
        self._decide(lost=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._channel is None or scope.get("path") != "/api/chat.postMessage":
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        if _channel(body) != self._channel:
            await self._app(scope, _replayed(body, receive), send)
            return
        self._channel = None
        self._held.set()
        await asyncio.to_thread(self._decided.wait)
        if self._lost:
            await DroppedConnection()(scope, receive, send)
        else:
            await self._app(scope, _replayed(body, receive), send)
        self._over.set()

    def _decide(self, *, lost: bool) -> None:
        self._lost = lost
        self._decided.set()
        if self._held.is_set():
            wait_for(self._over.is_set)


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """What was read, once more, and then whatever else comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return left.pop() if left else await receive()

    return replay


def _channel(body: bytes) -> str:
    """The channel of a message sent as JSON, as digests are, or as a form, as answers may be."""
    if body.startswith(b"{"):
        return str(json.loads(body)["channel"])
    return parse_qs(body.decode())["channel"][0]
