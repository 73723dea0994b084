"""Files that people share: kept in memory, and handed to the bot as Slack's files host does.

Who sends no token, or a wrong one, is led away to sign in; a token without the scope files:read gets the page to sign
in itself, with status 200. A file is gone when the workspace stops.
"""

from __future__ import annotations

import mimetypes
import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.workspace.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bot.workspace.core import Core
    from bot.workspace.model import JSON

Upload: TypeAlias = "tuple[str, bytes]"
"""A name and the bytes."""

MOST_FILES = 10
MOST_BYTES = 25 * 1024**2
SIGN_IN = "<!doctype html><html><head><title>Sign in | Slack</title></head><body><h1>Sign in</h1></body></html>"


class Files:
    """The files of one workspace."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._contents: dict[str, bytes] = {}
        self._types: dict[str, str] = {}

    def keep(self, uploads: Iterable[Upload]) -> list[JSON]:
        """Keep files and give their objects, as messages hold them. Raises Refused."""
        given = list(uploads)
        if len(given) > MOST_FILES or any(len(content) > MOST_BYTES for _, content in given):
            raise Refused(f"{MOST_FILES} files at most can be sent at a time, none larger than 25 MiB.")
        return [self._keep(name, content) for name, content in given]

    def forget(self, file_id: str) -> None:
        """Delete a file, as its owner or an administrator can."""
        del self._contents[file_id]

    def routes(self) -> list[BaseRoute]:
        """Where `url_private` leads."""
        return [
            Route("/files-pri/{team}-{file}/{name:path}", self._serve),
            Route("/sign-in", self._sign_in),
        ]

    def _keep(self, name: str, content: bytes) -> JSON:
        config = self._core.config
        file_id = f"F{secrets.token_hex(5).upper()}"
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self._contents[file_id], self._types[file_id] = content, media_type
        return {
            "id": file_id,
            "name": name,
            "title": name,
            "mimetype": media_type,
            "size": len(content),
            "mode": "hosted",
            "file_access": "visible",
            "url_private": f"{self._core.base_url}/files-pri/{config.team_id}-{file_id}/{quote(name)}",
        }

    async def _serve(self, request: Request) -> Response:
        file_id = request.path_params["file"]
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token != self._core.config.bot_token or self._core.token_revoked:
            return RedirectResponse("/sign-in", 302)
        if "files:read" not in self._core.config.scopes:
            return HTMLResponse(SIGN_IN)
        if file_id not in self._contents:
            return PlainTextResponse("File not found", 404)
        return Response(self._contents[file_id], media_type=self._types[file_id])

    async def _sign_in(self, request: Request) -> Response:
        return HTMLResponse(SIGN_IN)
