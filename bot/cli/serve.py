"""`hmic run`, `hmic web` and `hmic worker`: the processes."""

from __future__ import annotations

import sys
import threading
import webbrowser
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.bootstrap import Bot
    from bot.settings import Settings


def add_to(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(web)
    app.command()(worker)


def run(
    browser: Annotated[bool, typer.Option(help="Open the page when there is a screen.")] = True,
) -> None:
    """Everything in one process: in Slack when tokens are set, else in a stand-in workspace in the browser."""
    settings = _prepare()
    _migrate(settings)
    if settings.has_slack:
        _serve(settings, ticks=True, host=settings.host or "127.0.0.1")
    else:
        from bot.cli.stand_in import run_stand_in

        run_stand_in(settings, open_page=_page_opener(browser))


def web() -> None:
    """Answer Slack: commands, clicks, mentions and messages. Any number may run beside each other."""
    settings = _prepare()
    _serve(settings, ticks=False, host=settings.host or "0.0.0.0")  # noqa: S104  a web process is there to be reached


def worker() -> None:
    """Open digests that are due and post them. Any number may run beside each other."""
    from bot.bootstrap import build_bot
    from bot.schedule import start_ticks
    from bot.serving import on_stop

    settings = _prepare()
    bot = build_bot(settings, to_answer=False)
    stop = threading.Event()
    with ExitStack() as stack:
        stack.callback(bot.close)
        bot.database.check_schema()
        stack.callback(start_ticks(bot, every=settings.tick_seconds).shutdown)
        stack.enter_context(on_stop(stop.set))
        sys.stderr.write(f"hmic worker: looking for due work every {settings.tick_seconds:g} s. Stop with Ctrl+C.\n")
        stop.wait()


def _prepare() -> Settings:
    from bot.logs import configure_logging
    from bot.settings import load_settings

    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format)
    return settings


def _migrate(settings: Settings) -> None:
    from summaries.store.database import open_database

    with open_database(settings.database_url) as database:
        database.upgrade()


def _serve(settings: Settings, *, ticks: bool, host: str) -> None:
    """Serve Slack over HTTP, and over Socket Mode when there is an app-level token, until told to stop."""
    from bot.bootstrap import build_bot
    from bot.schedule import start_ticks
    from bot.serving import bind, server_for, stopped_by_signals
    from bot.web import create_app

    bot = build_bot(settings)
    with ExitStack() as stack:
        stack.callback(bot.close)
        bot.database.check_schema()
        listening = stack.enter_context(bind(host, settings.port))
        if ticks:
            stack.callback(start_ticks(bot, every=settings.tick_seconds, alone=True).shutdown)
        _open_socket_door(settings, bot, stack)
        server = server_for(create_app(bot))
        stack.enter_context(stopped_by_signals(server))
        sys.stderr.write(f"hmic: listening on http://{host}:{listening.getsockname()[1]}. Stop with Ctrl+C.\n")
        server.run(sockets=[listening])


def _open_socket_door(settings: Settings, bot: Bot, stack: ExitStack) -> None:
    if settings.slack_app_token is None:
        return
    from bot.slack.socket_mode import SocketDoor

    door = SocketDoor(
        app_token=settings.slack_app_token.get_secret_value(),
        base_url=settings.slack_api_base_url,
        handle=bot.dispatcher.handle,
    )
    stack.callback(door.close)
    door.open()


def _page_opener(wanted: bool) -> Callable[[str], object] | None:
    return webbrowser.open if wanted and sys.stdout.isatty() else None
