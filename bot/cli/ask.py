"""`hmic ask` and `hmic status`: the same answers as in Slack, as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.rendering.message import Message


def add_to(app: typer.Typer) -> None:
    app.command(context_settings={"ignore_unknown_options": True})(ask)  # `-force:kent` is a filter
    app.command()(status)


def ask(
    text: Annotated[list[str], typer.Argument(help="What you would type after /hmic.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the message as JSON: text and blocks.")] = False,
) -> None:
    """Ask what you would ask in Slack: `hmic ask Hampshire 2016`. Ends with 1 when it could not be done."""
    _print(_answer(" ".join(text)), as_json)


def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print the message as JSON: text and blocks.")] = False,
) -> None:
    """What the store holds, what it could not read, and the digests sent."""
    _print(_answer("status"), as_json)


def _answer(text: str) -> Message:
    from bot.answers.answering import message_for
    from bot.answers.ask import Ask
    from bot.bootstrap import build_services
    from bot.logs import configure_logging
    from bot.settings import load_settings

    settings = load_settings()
    configure_logging("warning", settings.log_format)
    services, database = build_services(settings)
    with database:
        database.check_schema()
        return message_for(Ask(text=text, door="terminal"), services)


def _print(message: Message, as_json: bool) -> None:
    from bot.rendering.mrkdwn import plain

    if as_json:
        typer.echo(
            json.dumps({"text": plain(message.text), "blocks": list(message.blocks)}, ensure_ascii=False, indent=2)
        )
    else:
        typer.echo(plain(message.text), err=message.failed)
    if message.failed:
        raise typer.Exit(1)
