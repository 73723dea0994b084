"""The page's side: one JSON of everything, a stream of what happens, and what the person does."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.workspace.errors import Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bot.workspace.acts import Acts
    from bot.workspace.core import Core
    from bot.workspace.model import JSON, Message, View

_PAGE = Path(__file__).parent / "page"
_HEARTBEAT_SECONDS = 15.0
_HEADERS = {"x-frame-options": "DENY", "x-content-type-options": "nosniff", "cache-control": "no-cache"}


class _Fresh(StaticFiles):
    """Static files that a browser asks about each time: a page of one version must not run modules of another."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "no-cache"
        return response


class PageApi:
    """Serves the page and its API; the contract is in this package's README."""

    def __init__(self, core: Core, acts: Acts) -> None:
        self._core = core
        self._acts = acts

    def routes(self) -> list[BaseRoute]:
        """All of the page's routes."""
        acts: dict[str, Callable[[JSON], JSON]] = {
            "say": self._say,
            "act": self._act,
            "submit": self._submit,
            "close": self._close,
            "home": self._home,
        }
        return [
            Route("/", self._index),
            Route("/archives/{conversation}/{message}", self._permalink),
            Route("/page-api/state", self._state),
            Route("/page-api/stream", self._stream),
            *(Route(f"/page-api/{name}", _doing(act), methods=["POST"]) for name, act in acts.items()),
            Mount("/page", _Fresh(directory=_PAGE)),
        ]

    async def _index(self, request: Request) -> Response:
        return FileResponse(_PAGE / "index.html", headers=_HEADERS)

    async def _permalink(self, request: Request) -> Response:
        return RedirectResponse(f"/#{request.path_params['conversation']}")

    async def _state(self, request: Request) -> Response:
        core, config = self._core, self._core.config
        cursor = core.state.feed.cursor
        messages = [message for one in core.state.conversations for message in core.state.messages(one)]
        homes = {person: core.views.home(person) for person in core.state.people}
        return JSONResponse(
            {
                "team": {"id": config.team_id, "name": config.team_name},
                "bot": {"id": config.bot_id, "user_id": config.bot_user_id, "name": config.bot_name},
                "people": [{"id": one.id, "name": one.name, "title": one.title} for one in config.people],
                "conversations": [one.page() for one in core.state.conversations.values()],
                "commands": [
                    {"command": one.command, "description": one.description, "usage_hint": one.usage_hint}
                    for one in config.commands
                ],
                "suggestions": [
                    {"text": one.text, "about": one.about, "conversation": one.conversation}
                    for one in config.suggestions
                ],
                "messages": [one.page() for one in [*messages, *core.state.ephemerals()]],
                "homes": {person: core.views.shown(view) if view else None for person, view in homes.items()},
                # Taken first: an event that came in between is told twice rather than never.
                "cursor": cursor,
            }
        )

    async def _stream(self, request: Request) -> Response:
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
        cursor = int(seen) if seen.isdigit() else self._core.state.feed.cursor
        return StreamingResponse(
            self._events(cursor), media_type="text/event-stream", headers={"cache-control": "no-store"}
        )

    async def _events(self, cursor: int) -> AsyncIterator[str]:
        yield ": the workspace's events\n\n"
        async for happened in self._core.state.feed.follow(cursor, heartbeat=_HEARTBEAT_SECONDS):
            if happened is None:
                yield ": nothing new\n\n"
            else:
                yield f"id: {happened[0]}\ndata: {json.dumps(happened[1])}\n\n"

    def _say(self, body: JSON) -> JSON:
        person, conversation, text = body["person"], body["conversation"], body["text"]
        thread_ts = body.get("thread_ts")
        files = [(str(file["name"]), b64decode(file["content"], validate=True)) for file in body.get("files", [])]
        if text.lstrip().startswith("/"):
            if files:
                raise Refused("A command cannot carry files: send them in a message.")
            if thread_ts:
                raise Refused("A command cannot be given in a thread: give it in the channel itself.")
            self._acts.command(person, conversation, text)
        else:
            self._acts.say(person, conversation, text, thread_ts, files)
        return {}

    def _act(self, body: JSON) -> JSON:
        if body.get("view_id"):
            self._acts.use_in_view(body["person"], self._view(body), body)
        else:
            self._acts.use(body["person"], self._message(body), body)
        return {}

    def _submit(self, body: JSON) -> JSON:
        errors = self._acts.submit(body["person"], self._view(body), body["values"])
        return {"ok": False, "error": "Some of it needs another look.", "errors": errors} if errors else {}

    def _close(self, body: JSON) -> JSON:
        self._acts.close(body["person"], self._view(body))
        return {}

    def _home(self, body: JSON) -> JSON:
        self._acts.open_home(body["person"])
        return {}

    def _view(self, body: JSON) -> View:
        view = self._core.views.find(body["view_id"])
        if view is None or view.person != body["person"]:
            raise Refused("That is no longer open.")
        return view

    def _message(self, body: JSON) -> Message:
        state = self._core.state
        if body.get("ephemeral_id"):
            message = state.ephemeral(body["ephemeral_id"])
        else:
            message = state.message(body["conversation"], body.get("ts", ""))
        there = state.conversations.get(message.conversation) if message else None
        if message is None or there is None or not message.seen_by(body["person"]):
            raise Refused("That message is gone.")
        if there.person not in (None, body["person"]):
            raise Refused("That message is gone.")
        return message


def _doing(act: Callable[[JSON], JSON]) -> Callable[[Request], Any]:
    """A route for something a person does. It may wait for the bot, so it runs in a thread."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await request.json()
            return JSONResponse({"ok": True, **(await run_in_threadpool(act, body))})
        except Refused as refused:
            return JSONResponse({"ok": False, "error": str(refused)})
        except (ValueError, KeyError, TypeError, AttributeError):
            return JSONResponse({"ok": False, "error": "The page sent something that could not be read."}, 400)

    return endpoint
