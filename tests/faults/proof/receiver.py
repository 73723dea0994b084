"""Slack's side of the proof: any number of stand-in workspaces behind one server, told apart by their tokens."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.workspace.cast import PEOPLE, Channel
from bot.workspace.config import WorkspaceConfig
from bot.workspace.core import Core
from bot.workspace.model import micros
from bot.workspace.serving import in_thread
from bot.workspace.web_api import WebApi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from starlette.requests import Request

    from bot.workspace.faults import Fault

POST, EDIT = "chat.postMessage", "chat.update"
READS = ("conversations.history", "conversations.replies")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message as it was when Slack accepted it (`text`), and as it reads now (`now`)."""

    team: str
    channel: str
    ts: str
    thread_ts: str | None
    text: str
    now: str
    delivery_id: str


def token_of(team: str) -> str:
    """The token that this proof gives a workspace."""
    return f"xoxb-{team}"


class Receiver:
    """Workspaces by team id, each with channels of its own. Serve it with `listening`."""

    def __init__(self, places: Mapping[str, Iterable[str]]) -> None:
        self.cores = {
            team: Core(
                WorkspaceConfig(
                    team_id=team,
                    bot_token=token_of(team),
                    people=PEOPLE[:1],
                    channels=tuple(Channel(channel, channel.lower(), "") for channel in channels),
                )
            )
            for team, channels in places.items()
        }
        self._apis = {token_of(team): WebApi(core) for team, core in self.cores.items()}
        self.asgi = Starlette(routes=[Route("/api/{method}", self._answer, methods=["GET", "POST"])])

    @contextmanager
    def listening(self) -> Iterator[str]:
        """Serve from a thread; gives the base of the Web API."""
        try:
            with in_thread(self.asgi, next(iter(self.cores.values()))) as url:
                yield f"{url}/api/"
        finally:
            for core in self.cores.values():
                core.close()

    def misbehave(
        self, rates: Mapping[Fault, float], *, seed: int, seconds: float, methods: Iterable[str] = (POST, EDIT)
    ) -> None:
        """Let each workspace meet these faults by chance, each by a chance of its own."""
        for number, core in enumerate(self.cores.values()):
            for method in methods:
                core.faults.at_random(method, rates, seed=seed + number, seconds=seconds)

    def behave(self) -> None:
        for core in self.cores.values():
            core.faults.clear()

    def accepted(self) -> list[Accepted]:
        """Every message that was ever accepted, by workspace and in order."""
        return [message for team, core in self.cores.items() for message in _accepted(team, core)]

    def count(self) -> int:
        """How many messages there are by now, replies among them."""
        return sum(
            len(core.state.messages(there)) for core in self.cores.values() for there in core.state.conversations
        )

    def calls(self) -> int:
        """How many calls there were, of whatever method and outcome."""
        return sum(len(core.requests) for core in self.cores.values())

    def smallest_gap(self) -> float | None:
        """The least time, in seconds, between two messages accepted in one channel; None when none has two."""
        times: dict[tuple[str, str], list[int]] = {}
        for message in self.accepted():
            times.setdefault((message.team, message.channel), []).append(micros(message.ts))
        gaps = [later - earlier for there in times.values() for earlier, later in pairwise(sorted(there))]
        return min(gaps) / 1_000_000 if gaps else None

    async def _answer(self, request: Request) -> Response:
        api = self._apis.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if api is None:
            return JSONResponse({"ok": False, "error": "invalid_auth"})
        return await api.answer(request)


def _accepted(team: str, core: Core) -> Iterator[Accepted]:
    """From the workspace's feed, which is only ever added to: a message edited later is in it as it was first."""
    for _, event in core.state.feed.since(0):
        if event["type"] != "message":
            continue
        shown = event["message"]
        message = core.state.message(shown["conversation"], shown["ts"])
        assert message is not None, "nobody deletes messages here"
        payload = (message.metadata or {}).get("event_payload", {})
        yield Accepted(
            team,
            message.conversation,
            message.ts,
            shown.get("thread_ts"),
            shown["text"],
            message.text,
            str(payload.get("delivery_id", "")),
        )
