"""Files that are shared: kept in memory, handed to the bot as Slack's files host does, and to the page as a download.

Of the bot, who sends no token, or a wrong one, is led away to sign in; a token without the scope files:read gets the
page to sign in itself, with status 200. A file is gone when the workspace stops.

The bot's own files are expected first, with their size; then their bytes come to an address that is good for one use;
then they are completed, once, which shares them.
"""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.workspace.dropping import DroppedConnection
from bot.workspace.errors import Refused, SlackError
from bot.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bot.workspace.core import Core
    from bot.workspace.model import JSON

Upload: TypeAlias = "tuple[str, bytes]"
"""A name and the bytes."""

UPLOADS = "upload"
"""Stands for the sending of bytes, in place of a method's name, where a fault is wanted: an answer 500, or none."""

MOST_FILES = 10
MOST_BYTES = 25 * 1024**2
SIGN_IN = "<!doctype html><html><head><title>Sign in | Slack</title></head><body><h1>Sign in</h1></body></html>"


@dataclass(slots=True)
class _Expected:
    """A file that the bot is to send. `ticket` is None once it was used; `content` None until the bytes came."""

    name: str
    length: int
    ticket: str | None
    content: bytes | None = None


class Files:
    """The files of one workspace."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._contents: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._expected: dict[str, _Expected] = {}

    def keep(self, uploads: Iterable[Upload]) -> list[JSON]:
        """Keep files and give their objects, as messages hold them. Raises Refused."""
        given = list(uploads)
        if len(given) > MOST_FILES or any(len(content) > MOST_BYTES for _, content in given):
            raise Refused(f"{MOST_FILES} files at most can be sent at a time, none larger than 25 MiB.")
        return [self._keep(name, content) for name, content in given]

    def forget(self, file_id: str) -> None:
        """Delete a file, as its owner or an administrator can."""
        del self._contents[file_id]

    def expect(self, name: str, length: int) -> tuple[str, str]:
        """A file of the bot's is to come: its id, and the address for its bytes. Raises SlackError."""
        if length > MOST_BYTES:
            raise SlackError("file_upload_size_restricted")
        file_id, ticket = _new_id(), secrets.token_hex(16)
        self._expected[file_id] = _Expected(name, length, ticket)
        return file_id, f"{self._core.base_url}/upload/v1/{file_id}/{ticket}"

    def complete(self, wanted: Iterable[tuple[str, str | None]]) -> list[JSON]:
        """The bot's files by id, each with its title, as messages hold them. Raises SlackError for one that was never
        sent, or was completed before."""
        given = [(file_id, title, self._expected.get(file_id)) for file_id, title in wanted]
        if any(expected is None or expected.content is None for _, _, expected in given):
            raise SlackError("file_not_found")
        kept: list[JSON] = []
        for file_id, title, expected in given:
            if expected is not None and expected.content is not None:
                del self._expected[file_id]
                kept.append(self._keep(expected.name, expected.content, file_id) | {"title": title or expected.name})
        return kept

    def routes(self) -> list[BaseRoute]:
        """Where `url_private` leads, where the bot sends its files, and where the page has them from."""
        return [
            Route("/files-pri/{team}-{file}/{name:path}", self._serve),
            Route("/sign-in", self._sign_in),
            Route("/upload/v1/{file}/{ticket}", self._receive, methods=["POST"]),
            Route("/page-api/files/{file}/{name:path}", self._download),
        ]

    def _keep(self, name: str, content: bytes, file_id: str = "") -> JSON:
        config = self._core.config
        file_id = file_id or _new_id()
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

    async def _receive(self, request: Request) -> Response:
        """The bytes of a file of the bot's: as many as it said, once. The address is all the token there is."""
        trouble = self._core.faults.take(UPLOADS)
        if trouble is not None:
            return DroppedConnection() if trouble.fault is Fault.LOST_REPLY else PlainTextResponse("error", 500)
        expected = self._expected.get(request.path_params["file"])
        if expected is None or expected.ticket != request.path_params["ticket"]:
            return PlainTextResponse("not found", 404)
        expected.ticket = None
        content = await request.body()
        if len(content) != expected.length:
            return PlainTextResponse(f"{len(content)} bytes came, {expected.length} were to come", 400)
        expected.content = content
        return PlainTextResponse(f"OK - {len(content)}")

    async def _download(self, request: Request) -> Response:
        """A file for the person at the page, who may see whatever the page shows; a browser is not to open it here."""
        file_id = request.path_params["file"]
        if file_id not in self._contents:
            return PlainTextResponse("That file is gone: the workspace was started anew since.", 404)
        name = quote(request.path_params["name"], safe="")
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}", "x-content-type-options": "nosniff"}
        return Response(self._contents[file_id], media_type="application/octet-stream", headers=headers)

    async def _sign_in(self, request: Request) -> Response:
        return HTMLResponse(SIGN_IN)


def _new_id() -> str:
    return f"F{secrets.token_hex(5).upper()}"
