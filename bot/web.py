"""The web process: Slack's endpoint and two health checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.ingress import SlackEndpoint
from summaries.errors import SummariesError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bot.bootstrap import Bot


def routes(bot: Bot) -> list[BaseRoute]:
    """`/slack/events` takes commands, clicks and events alike; `/healthz` is alive, `/readyz` is able to answer."""

    def healthz(request: Request) -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    def readyz(request: Request) -> PlainTextResponse:
        try:
            bot.database.check_schema()
        except SummariesError as error:
            return PlainTextResponse(f"{error}\n", status_code=503)
        return PlainTextResponse("ready\n")

    found: list[BaseRoute] = [Route("/healthz", healthz), Route("/readyz", readyz)]
    if bot.verifier is not None:
        found.append(Route("/slack/events", SlackEndpoint(bot.verifier, bot.dispatcher.handle)))
    return found


def create_app(bot: Bot) -> Starlette:
    """The ASGI application of `hmic web`."""
    return Starlette(routes=routes(bot))
