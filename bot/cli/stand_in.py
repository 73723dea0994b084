"""`hmic run` without tokens: the bot and a stand-in workspace on one local port, with a page to try it in."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from bot import web
from bot.bootstrap import build_bot
from bot.errors import BadSettings
from bot.schedule import start_ticks
from bot.serving import bind, stopped_by_signals
from bot.workspace.config import WorkspaceConfig
from bot.workspace.server import create_workspace
from bot.workspace.serving import server

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings

JOURNAL = "hmic-workspace.jsonl"
TICK_SECONDS = 1.0  # a digest should appear while its reader is looking


def run_stand_in(settings: Settings, *, open_page: Callable[[str], object] | None) -> None:
    """Serve bot, workspace and page until told to stop. Loopback only: anyone who reaches the page can be anyone in
    it."""
    host = settings.host or "127.0.0.1"
    if host not in {"127.0.0.1", "localhost", "::1"}:
        raise BadSettings(f"The stand-in workspace listens on this machine only: unset HMIC_HOST (it is {host}).")
    with ExitStack() as stack:
        listening = stack.enter_context(bind(host, settings.port))
        address = f"http://{'[::1]' if host == '::1' else host}:{listening.getsockname()[1]}"
        workspace = create_workspace(WorkspaceConfig(journal=Path(JOURNAL)))
        stack.callback(workspace.close)
        workspace.connect(base_url=address, bot_url=f"{address}/slack/events")
        bot = build_bot(_in_workspace(settings, workspace.config, address))
        stack.callback(bot.close)
        stack.callback(start_ticks(bot, every=min(settings.tick_seconds, TICK_SECONDS), alone=True).shutdown)
        serving = server(Starlette(routes=[*web.routes(bot), Mount("/", workspace.asgi)]), workspace.core)
        stack.enter_context(stopped_by_signals(serving))
        sys.stdout.write(
            f"hmic is ready: open {address}/\n"
            "No Slack tokens are set, so this is a stand-in workspace. Stop with Ctrl+C.\n"
        )
        sys.stdout.flush()
        if open_page:
            open_page(f"{address}/")
        serving.run(sockets=[listening])


def _in_workspace(settings: Settings, config: WorkspaceConfig, address: str) -> Settings:
    """The settings with the workspace in Slack's place; it answers at once, so little waiting is enough."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(config.bot_token),
            "slack_signing_secret": SecretStr(config.signing_secret),
            "slack_app_token": None,
            "slack_api_base_url": f"{address}/api/",
            "lease_seconds": 10.0,
            "http_timeout_seconds": 5.0,
            "settle_seconds": 2.0,
        }
    )
