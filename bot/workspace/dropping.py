"""Closing a connection without a word: the reply that never arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_EXTENSION = "hmic.transport"


class DroppingProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, which also lets an application drop its connection."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        scope: dict[str, Any] = self.scope  # type: ignore[assignment]  # extensions are open-ended
        scope["extensions"] = {_EXTENSION: {"transport": self.transport}}


class DroppedConnection(Response):
    """Answers nothing: closes the connection, or, under a server that cannot, leaves the client to its own patience."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        offered = scope.get("extensions", {}).get(_EXTENSION)
        if offered is not None:
            offered["transport"].abort()
        while (await receive())["type"] != "http.disconnect":
            pass
