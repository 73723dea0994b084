"""A bot small enough to read at a glance, for testing the stand-in workspace: it answers whatever it is told to."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from bot.workspace.config import WorkspaceConfig
from bot.workspace.server import Workspace, create_workspace
from bot.workspace.serving import in_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

JSON = dict[str, Any]
CHANNEL = "C01INSPECT"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


@dataclass
class Received:
    """One request the bot got: `kind` is command, event or the interaction's type."""

    kind: str
    body: JSON
    headers: dict[str, str]


@dataclass
class EchoBot:
    """Answers a kind of request with what was put in `answers`: a Response, or a function from the request to one."""

    signing_secret: str
    received: list[Received] = field(default_factory=list)
    answers: dict[str, Response | Callable[[Received], Response]] = field(default_factory=dict)

    async def handle(self, request: Request) -> Response:
        """Check the signature, remember the request, answer as told; 200 and nothing when not told."""
        raw = await request.body()
        base = b"v0:" + request.headers["x-slack-request-timestamp"].encode() + b":" + raw
        expected = "v0=" + hmac.new(self.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        if request.headers["x-slack-signature"] != expected:
            return JSONResponse({"error": "bad signature"}, 401)
        received = _parsed(raw, dict(request.headers))
        self.received.append(received)
        answer = self.answers.get(received.kind, Response())
        return answer if isinstance(answer, Response) else answer(received)

    def of_kind(self, kind: str) -> list[Received]:
        """What was received of one kind, oldest first."""
        return [one for one in self.received if one.kind == kind]


@dataclass
class Stage:
    """A workspace with an echo bot beside it on the same port, as `hmic run` has them, and the bot's Web API client."""

    workspace: Workspace
    bot: EchoBot
    client: WebClient
    url: str


@contextlib.contextmanager
def staged(**settings: Any) -> Iterator[Stage]:
    """A stage whose workspace has these settings; events are retried at once unless they say otherwise."""
    config = WorkspaceConfig(**{"event_retry_delays": (0.0, 0.0, 0.0), **settings})
    workspace = create_workspace(config)
    bot = EchoBot(config.signing_secret)
    both = Starlette(
        routes=[Route("/slack/events", bot.handle, methods=["POST"]), Mount("/", workspace.asgi)],
    )
    with contextlib.closing(workspace), in_thread(both, workspace.core) as url:
        workspace.connect(base_url=url, bot_url=f"{url}/slack/events")
        client = WebClient(token=config.bot_token, base_url=workspace.api_url, retry_handlers=[])
        yield Stage(workspace, bot, client, url)


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Come back when the condition holds; fail the test when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.01)


def section(text: str) -> JSON:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(action_id: str, value: str = "v") -> JSON:
    """An actions block with one button."""
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": action_id,
                "value": value,
                "text": {"type": "plain_text", "text": "Press"},
            }
        ],
    }


def modal(*blocks: JSON, **more: Any) -> JSON:
    """A modal with one input, or with the blocks given."""
    asking = {
        "type": "input",
        "block_id": "words",
        "label": {"type": "plain_text", "text": "Words"},
        "element": {"type": "plain_text_input", "action_id": "entered"},
    }
    return {
        "type": "modal",
        "callback_id": "asked",
        "title": {"type": "plain_text", "text": "A question"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": list(blocks) or [asking],
        **more,
    }


def _parsed(raw: bytes, headers: dict[str, str]) -> Received:
    if headers["content-type"] == "application/json":
        return Received("event", json.loads(raw), headers)
    form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
    if "payload" in form:
        payload = json.loads(form["payload"])
        return Received(payload["type"], payload, headers)
    return Received("command", form, headers)
