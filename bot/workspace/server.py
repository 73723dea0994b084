"""The composition root of a stand-in workspace, and its handle for `hmic run` and for tests."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from bot.workspace.acts import Acts
from bot.workspace.config import WorkspaceConfig
from bot.workspace.control import Control
from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.faults import RESPONSES
from bot.workspace.guard import LoopbackOnly
from bot.workspace.page_api import PageApi
from bot.workspace.person import Person
from bot.workspace.serving import in_thread
from bot.workspace.staff import Staff
from bot.workspace.web_api import WebApi, delivered, in_place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from bot.workspace.faults import Faults
    from bot.workspace.pacing import Request as Record
    from bot.workspace.state import Notice, WorkspaceState


class Workspace:
    """A whole workspace. `asgi` serves it; `connect` tells it where it is and where the bot is; `close` ends it."""

    def __init__(self, config: WorkspaceConfig) -> None:
        self.config = config
        self.core = Core(config)
        self.staff = Staff(self.core)
        self._acts = Acts(self.core)
        self.asgi: ASGIApp = Starlette(
            routes=[
                *PageApi(self.core, self._acts).routes(),
                *Control(self.core, self.staff).routes(),
                *self.core.files.routes(),
                Route("/api/{method}", WebApi(self.core).answer, methods=["GET", "POST"]),
                Route("/response/{turn}", self._response_url, methods=["POST"]),
                WebSocketRoute("/link/", self.core.sockets.serve),
            ],
            middleware=[Middleware(LoopbackOnly)],
        )

    @property
    def state(self) -> WorkspaceState:
        return self.core.state

    @property
    def faults(self) -> Faults:
        return self.core.faults

    @property
    def requests(self) -> list[Record]:
        """Every call of the Web API so far, in order."""
        return self.core.requests

    @property
    def notices(self) -> list[Notice]:
        """What people were told had gone wrong; empty for a bot that answers everything well."""
        return self.core.state.notices

    @property
    def base_url(self) -> str:
        return self.core.base_url

    @property
    def api_url(self) -> str:
        """What the bot takes as the base of the Web API (SLACK_API_BASE_URL)."""
        return f"{self.core.base_url}/api/"

    def connect(self, *, base_url: str | None = None, bot_url: str | None = None) -> None:
        """Say where this workspace is reached, and the bot's request URL, as each becomes known."""
        if base_url is not None:
            self.core.base_url = base_url.rstrip("/")
        if bot_url is not None:
            self.core.outgoing.bot_url = bot_url

    def person(self, name: str) -> Person:
        """Somebody by id, username or name; a first name will do. Raises KeyError."""
        for one in self.config.people:
            if name in (one.id, one.username, one.name, one.name.partition(" ")[0]):
                return Person(self.core, self._acts, self.staff, one)
        raise KeyError(name)

    def wait_idle(self, seconds: float = 10.0) -> bool:
        """Wait until the bot has been told of everything that happened; False when that takes longer."""
        return self.core.outgoing.wait_idle(seconds)

    def close(self) -> None:
        """Stop delivering events, end the page's streams, close the journal."""
        self.core.close()

    @contextlib.contextmanager
    def serve_in_thread(self, port: int = 0) -> Iterator[str]:
        """Serve on 127.0.0.1 from a thread and give the base URL; leaving the block closes the workspace."""
        with contextlib.closing(self), in_thread(self.asgi, self.core, port=port) as base_url:
            self.connect(base_url=base_url)
            yield base_url

    async def _response_url(self, request: Request) -> Response:
        trouble = self.core.faults.take(RESPONSES)
        return await in_place_of(trouble) or await delivered(await self._used(request), trouble)

    async def _used(self, request: Request) -> Response:
        try:
            body = await request.json()
            if not isinstance(body, dict):
                raise SlackError("invalid_payload", status=400)
            self.core.response_urls.use(request.path_params["turn"], body)
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_payload"}, 400)
        except SlackError as refused:
            return JSONResponse(refused.body, refused.status)
        return PlainTextResponse("ok")


def create_workspace(config: WorkspaceConfig | None = None) -> Workspace:
    """A workspace with the default cast unless told otherwise; nothing is served or sent yet."""
    return Workspace(config or WorkspaceConfig())
