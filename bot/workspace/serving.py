"""Serving a workspace, and what is mounted beside it, with uvicorn on this machine's loopback address."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import uvicorn

from bot.workspace.dropping import DroppingProtocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp

    from bot.workspace.core import Core

_START_SECONDS = 10.0


class WorkspaceServer(uvicorn.Server):
    """A uvicorn server that ends the page's streams and the bot's sockets first: it would wait for them for ever."""

    def __init__(self, config: uvicorn.Config, core: Core) -> None:
        super().__init__(config)
        self.listening = threading.Event()
        self._core = core

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._core.state.feed.close()
        await self._core.sockets.close()
        await super().shutdown(sockets)


def server(app: ASGIApp, core: Core, *, host: str = "127.0.0.1", port: int = 0) -> WorkspaceServer:
    """A server for `app`, which is the workspace's own or one that it is mounted in. Run it with `.run()`."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=DroppingProtocol,
        ws="websockets-sansio",
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    return WorkspaceServer(config, core)


@contextlib.contextmanager
def in_thread(app: ASGIApp, core: Core, *, port: int = 0) -> Iterator[str]:
    """Serve from a thread of its own until the block is left; gives the base URL. Port 0 takes any free port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        served = server(app, core)
        thread = threading.Thread(target=served.run, args=([listener],), name="workspace-server", daemon=True)
        thread.start()
        if not served.listening.wait(_START_SECONDS):
            raise RuntimeError("the workspace's server did not start")
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            served.should_exit = True
            thread.join()
