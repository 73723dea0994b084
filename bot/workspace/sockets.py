"""Socket Mode: the same commands, interactions and events, as envelopes over a WebSocket that the bot opened."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect, WebSocketState

from bot.workspace.errors import NoAnswer

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from bot.workspace.config import WorkspaceConfig
    from bot.workspace.model import JSON


class Sockets:
    """The bot's open sockets, and the envelopes sent over them that wait for their acknowledgement."""

    def __init__(self, config: WorkspaceConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._tickets: set[str] = set()
        self._open: dict[WebSocket, asyncio.AbstractEventLoop] = {}
        self._waiting: dict[str, Future[JSON | None]] = {}

    @property
    def connected(self) -> bool:
        return bool(self._open)

    def ticket(self) -> str:
        """What apps.connections.open puts in the address it gives: good for one connection."""
        ticket = secrets.token_hex(16)
        with self._lock:
            self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from its ticket to its end."""
        with self._lock:
            ticket = socket.query_params.get("ticket", "")
            known = ticket in self._tickets
            self._tickets.discard(ticket)
        if not known:
            await socket.close(code=4001)
            return
        await socket.accept()
        with self._lock:
            self._open[socket] = asyncio.get_running_loop()
        try:
            await socket.send_text(json.dumps(self._hello()))
            while True:
                self._acknowledged(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            with self._lock:
                del self._open[socket]

    def send(self, kind: str, payload: JSON, *, seconds: float, **more: object) -> JSON | None:
        """Send an envelope over one of the sockets and wait for its acknowledgement; give the payload of that, if any.

        Raises NoAnswer when none comes in time. Called from worker threads only.
        """
        envelope = secrets.token_hex(16)
        body = {
            "envelope_id": envelope,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
            **more,
        }
        answer: Future[JSON | None] = Future()
        with self._lock:
            if not self._open:
                raise NoAnswer("connection_failed", "closed its connection")
            socket, loop = next(iter(self._open.items()))
            self._waiting[envelope] = answer
        try:
            asyncio.run_coroutine_threadsafe(_send(socket, json.dumps(body)), loop)
            return answer.result(seconds)
        except TooLate as slow:
            raise NoAnswer("http_timeout", f"did not answer within {seconds:g} seconds") from slow
        finally:
            with self._lock:
                self._waiting.pop(envelope, None)

    async def close(self) -> None:
        """Close every socket; the bot's client will try to open new ones."""
        for socket in list(self._open):
            if socket.application_state is WebSocketState.CONNECTED:
                with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                    await socket.close(code=1012)

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": self._config.app_id},
            "debug_info": {"host": "stand-in", "approximate_connection_time": 3600},
        }

    def _acknowledged(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return  # Slack, too, ignores what it cannot read
        with self._lock:
            answer = self._waiting.pop(str(message.get("envelope_id")), None) if isinstance(message, dict) else None
        if answer is not None:
            answer.set_result(message.get("payload"))


async def _send(socket: WebSocket, text: str) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.send_text(text)
