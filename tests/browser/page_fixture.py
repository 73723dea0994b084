"""A tiny server that keeps the page's contract with canned answers: the page is tested apart from the workspace."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from page_blocks import CARD, CHARTS, HARMFUL, HOME, HOSTILE, JSON, MODAL, MORE_CHARTS, TABLES, others
from starlette.applications import Starlette
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from playwright.sync_api import Page
    from starlette.requests import Request

PAGE = Path(__file__).parents[2] / "bot" / "workspace" / "page"
BOT = {"id": "B01", "user_id": "UBOT", "name": "hmic"}
PEOPLE = [
    {"id": "U01", "name": "Maya Okafor", "title": "Scrutiny officer"},
    {"id": "U02", "name": "Tom Bellamy", "title": "Reporter"},
    {"id": "U03", "name": "Priya Nair", "title": "Governance lead"},
]
SUGGESTIONS = [
    {"text": "/hmic Hampshire", "about": "What the newest release says about a force", "conversation": "channel"},
    {"text": "/hmic Thames Valley 2012", "about": "A force in one year", "conversation": "channel"},
    {"text": "/hmic latest", "about": "The newest releases", "conversation": "channel"},
    {
        "text": "@hmic Leicestershire",
        "about": "A mention answers in a thread, for all to see",
        "conversation": "channel",
    },
    {"text": "Hampshrie", "about": "A slip of the keyboard is asked about, not guessed", "conversation": "dm"},
]


class PageServer:
    """Serves the page on a loopback port for as long as the `with` block lasts.

    `posts` records what the page sent, as (path, body). `push` sends it an event.
    """

    def __init__(self) -> None:
        self.posts: list[tuple[str, JSON]] = []
        self._arrived = threading.Condition()
        self._streams: set[asyncio.Queue[JSON | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._events: list[JSON] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.state = canned_state(self.url)
        routes = [
            Route("/", lambda _: FileResponse(PAGE / "index.html")),
            Mount("/page", StaticFiles(directory=PAGE)),
            Route("/page-api/state", self._state),
            Route("/page-api/stream", self._stream),
            Route("/page-api/{what}", self._post, methods=["POST"]),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes), log_level="error", lifespan="off", timeout_graceful_shutdown=2
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> PageServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.drop_streams()
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()

    def push(self, kind: str, **event: Any) -> None:
        """Send an event to every open page."""
        numbered = {"type": kind, "cursor": len(self._events) + 1, **event}
        self._events.append(numbered)
        self._tell(numbered)

    def say(self, conversation: str, text: str, **more: Any) -> None:
        """Let the bot say something now, to every open page and to those opened later."""
        message = bot_message(conversation, f"{time.time():.6f}", text, **more)
        self.state["messages"].append(message)
        self.push("message", message=message)

    def drop_streams(self) -> None:
        """End every open stream, as a restarted workspace does."""
        self._tell(None)

    def wait_for_post(self, what: str, accept: Callable[[JSON], bool] = lambda _: True, seconds: float = 5) -> JSON:
        """The newest body posted to /page-api/<what> that `accept` takes; AssertionError when none comes in time."""

        def found() -> list[JSON]:
            return [body for path, body in self.posts if path == what and accept(body)]

        with self._arrived:
            assert self._arrived.wait_for(found, timeout=seconds), f"nothing posted to {what}: {self.posts}"
            return found()[-1]

    def _tell(self, event: JSON | None) -> None:
        if self._loop is None:
            return
        for queue in list(self._streams):
            self._loop.call_soon_threadsafe(queue.put_nowait, event)

    async def _state(self, _: Request) -> Response:
        return JSONResponse(self.state | {"cursor": len(self._events)})

    async def _stream(self, request: Request) -> Response:
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[JSON | None] = asyncio.Queue()
        for missed in self._events[int(request.query_params["after"]) :]:
            queue.put_nowait(missed)
        self._streams.add(queue)

        async def events() -> AsyncIterator[str]:
            yield ": open\n\n"
            try:
                while (event := await queue.get()) is not None:
                    yield f"id: {event['cursor']}\ndata: {json.dumps(event)}\n\n"
            finally:
                self._streams.discard(queue)

        return StreamingResponse(events(), media_type="text/event-stream")

    async def _post(self, request: Request) -> Response:
        what, body = request.path_params["what"], await request.json()
        answer = getattr(self, f"_answer_{what}", lambda _: {"ok": True})(body)
        with self._arrived:
            self.posts.append((what, body))
            self._arrived.notify_all()
        return JSONResponse(answer)

    def _answer_say(self, body: JSON) -> JSON:
        text, place = body["text"], body["conversation"]
        now = f"{time.time():.6f}"
        if text == "/hmic subscribe":
            self.push("view_opened", person=body["person"], view=MODAL)
        elif text.startswith("/hmic"):
            private = {"ephemeral_to": body["person"], "ephemeral_id": f"E{now}", "in_reply_to": text}
            self.push("message", message=bot_message(place, now, "Thames Valley Police", blocks=CARD, **private))
        elif text.startswith("/"):
            return {"ok": False, "error": f"{text.split()[0]} is not a command here. Try /hmic."}
        else:
            mine = {"conversation": place, "ts": now, "user": body["person"], "text": text}
            self.push("message", message=mine | ({"thread_ts": body["thread_ts"]} if "thread_ts" in body else {}))
        return {"ok": True}

    def _answer_submit(self, body: JSON) -> JSON:
        if len(body["values"]["what"]["text"]["value"]) < 3:
            return {"ok": False, "errors": {"what": "Three letters at least."}}
        self.push("view_closed", person=body["person"], view_id=body["view_id"])
        return {"ok": True}

    def _answer_home(self, body: JSON) -> JSON:
        self.push("home", person=body["person"], view=HOME)
        return {"ok": True}


def say(page: Page, text: str) -> None:
    """Type a line into the message box and send it."""
    page.fill("#composer", text)
    page.press("#composer", "Enter")


def bot_message(conversation: str, ts: str, text: str, **more: Any) -> JSON:
    """A message of the bot's, as the contract has it."""
    return {"conversation": conversation, "ts": ts, "user": BOT["user_id"], "text": text, **more}


def canned_state(url: str) -> JSON:
    """A workspace in which #inspections holds every kind of block and #newsroom nothing."""
    then = int(time.time()) - 90_000
    channels = [
        {
            "id": "C1",
            "name": "inspections",
            "kind": "channel",
            "topic": "What the inspectorate published",
            "archived": False,
        },
        {"id": "C2", "name": "newsroom", "kind": "channel", "topic": "Leads, quotes and deadlines", "archived": False},
        {"id": "C3", "name": "harm", "kind": "channel", "topic": HOSTILE, "archived": False},
        {"id": "C4", "name": "old-papers", "kind": "channel", "topic": "Before the new panel", "archived": True},
    ]
    direct = [
        {"id": f"D{one['id']}", "name": "hmic", "kind": "dm", "topic": "", "archived": False, "person": one["id"]}
        for one in PEOPLE
    ]
    first = f"{then}.000100"
    messages = [
        {
            "conversation": "C1",
            "ts": first,
            "user": "U01",
            "text": "Morning all. What do we have on *Thames Valley*?",
            "edited": True,
        },
        bot_message("C1", f"{then + 5}.000100", "In a thread, then.", thread_ts=first),
        bot_message("C1", f"{then + 60}.000100", "Thames Valley Police", blocks=CARD),
        bot_message("C1", f"{then + 120}.000100", "Grades", blocks=TABLES),
        {"conversation": "C1", "ts": f"{then + 88_000}.000100", "user": "U02", "text": "And the pictures, <@UBOT>?"},
        bot_message("C1", f"{then + 88_060}.000100", "Charts", blocks=CHARTS),
        bot_message("C1", f"{then + 88_070}.000100", "Charts", blocks=MORE_CHARTS),
        bot_message("C1", f"{then + 88_120}.000100", "Others", blocks=others(f"{url}page/logo.svg")),
        bot_message("C3", f"{then}.000100", "Harm", blocks=HARMFUL),
        {"conversation": "C3", "ts": f"{then + 1}.000100", "user": "U02", "text": f"{HOSTILE} <!channel>"},
    ]
    return {
        "team": {"id": "T1", "name": "Ripley County Scrutiny"},
        "bot": BOT,
        "people": PEOPLE,
        "conversations": channels + direct,
        "commands": [
            {"command": "/hmic", "description": "Inspection releases", "usage_hint": "[a force, latest, help]"}
        ],
        "suggestions": SUGGESTIONS,
        "messages": messages,
        "homes": {one["id"]: None for one in PEOPLE},
    }
