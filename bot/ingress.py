"""The door Slack knocks on over HTTP: raw-body checks before Bolt, or any parser, sees a byte.

Bolt parses before it verifies, so junk that nobody signed could raise inside it; size, type and signature come first.
What is refused gets a status and one plain line, never the reason a forger could learn from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from anyio import CapacityLimiter, to_thread

from bot import payloads
from bot.errors import MalformedPayload

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt import BoltResponse
    from starlette.types import Receive, Scope, Send

    from bot.signing import Verifier

MAX_BODY_BYTES = 1024 * 1024  # Slack's largest payloads are views and events well below this
THREADS = 32

_PARSERS = {b"application/x-www-form-urlencoded": payloads.parse_form, b"application/json": payloads.parse_event}

log = structlog.get_logger()


class Refused(Exception):
    """The request will not be handled; `status` says which kind of wrong it is."""

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        super().__init__(words)


class SlackEndpoint:
    """An ASGI application for `POST /slack/events`.

    `handle` takes a checked body and may block: it runs in a thread, so that a slow database stops nobody else.
    """

    def __init__(self, verifier: Verifier, handle: Callable[[dict[str, Any]], BoltResponse]) -> None:
        self._verifier = verifier
        self._handle = handle
        self._limiter: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._limiter is None:
            self._limiter = CapacityLimiter(THREADS)  # belongs to the running event loop
        try:
            body = await self._checked_body(scope, receive)
        except Refused as refusal:
            log.warning("request refused", status=refusal.status, reason=str(refusal))
            await _respond(send, refusal.status, str(refusal).encode(), b"text/plain; charset=utf-8")
            return
        response = await to_thread.run_sync(self._handle, body, limiter=self._limiter)
        content_type = response.first_headers().get("content-type", "text/plain; charset=utf-8")
        await _respond(send, response.status, str(response.body).encode(), content_type.encode())

    async def _checked_body(self, scope: Scope, receive: Receive) -> dict[str, Any]:
        if scope["method"] != "POST":
            raise Refused(405, "Only POST is answered here.")
        headers: dict[bytes, bytes] = dict(scope["headers"])
        content = await _read(headers, receive)
        parse = _PARSERS.get(headers.get(b"content-type", b"").partition(b";")[0].strip().lower())
        if parse is None:
            raise Refused(415, "The content type is not one that Slack sends.")
        timestamp = headers.get(b"x-slack-request-timestamp", b"")
        signature = headers.get(b"x-slack-signature", b"")
        if not self._verifier.accepts(timestamp, signature, content):
            raise Refused(401, "The request is not signed by Slack.")
        # Slack repeats events, and the inbox knows them again; a command or click that comes twice was played back.
        if parse is payloads.parse_form and not self._verifier.first_use(signature):
            raise Refused(401, "The request was answered before.")
        try:
            return parse(content)
        except MalformedPayload as error:
            raise Refused(400, str(error)) from None


async def _read(headers: dict[bytes, bytes], receive: Receive) -> bytes:
    """The whole body, or Refused(413) as soon as it is known to be too large."""
    declared = headers.get(b"content-length", b"0")
    if declared.isdigit() and int(declared) > MAX_BODY_BYTES:
        raise Refused(413, "The request is too large.")
    content = bytearray()
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Refused(400, "The request ended early.")
        content += event.get("body", b"")
        if len(content) > MAX_BODY_BYTES:
            raise Refused(413, "The request is too large.")
        if not event.get("more_body", False):
            return bytes(content)


async def _respond(send: Send, status: int, content: bytes, content_type: bytes) -> None:
    headers = [(b"content-type", content_type), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
