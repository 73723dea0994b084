"""Keeps other websites out: they can make a browser send requests here, but not hide where those come from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_FROM_THE_PAGE = ("/page-api/", "/control/")


class LoopbackOnly:
    """Refuses requests addressed to any name but this machine's (DNS rebinding), and posts from other origins (CSRF).

    A post to the page's or the control API must also be JSON, which no form on another site can send.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            objection = _objection(scope)
            if objection is not None:
                # A WebSocket refused before it was accepted is answered with 403 by the server.
                refusal = PlainTextResponse(objection, 403)
                await (refusal(scope, receive, send) if scope["type"] == "http" else send({"type": "websocket.close"}))
                return
        await self._app(scope, receive, send)


def _objection(scope: Scope) -> str | None:
    headers = Headers(scope=scope)
    if not _is_loopback(f"//{headers.get('host', '')}"):
        return "This server answers on localhost only."
    origin = headers.get("origin")
    if origin is not None and not _is_loopback(origin):
        return "This server answers its own page only."
    if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(_FROM_THE_PAGE):
        kind = headers.get("content-type", "").partition(";")[0].strip()
        if kind != "application/json":
            return "Send JSON, with content-type application/json."
    return None


def _is_loopback(address: str) -> bool:
    try:
        return urlsplit(address).hostname in _LOOPBACK
    except ValueError:
        return False
