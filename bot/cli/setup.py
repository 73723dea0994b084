"""`hmic config` and `hmic manifest`: setting the bot up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import SecretStr

if TYPE_CHECKING:
    from bot.settings import Settings

MASK = "set, not shown"


def add_to(app: typer.Typer) -> None:
    app.command()(config)
    app.command()(manifest)


def config(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show every setting, where it differs from its default, and what it is for. Secrets are masked."""
    from bot.settings import load_settings

    shown = visible_settings(load_settings())
    if as_json:
        typer.echo(json.dumps(shown, indent=2))
        return
    width = max(len(name) for name in shown)
    for name, setting in shown.items():
        mark = " " if setting["default"] else "*"
        typer.echo(f"{mark} {name:<{width}}  {_readable(setting['value'])}")
        typer.echo(f"  {'':<{width}}  {setting['about']}")
    typer.echo("\n* differs from the default")


def manifest(
    url: Annotated[str | None, typer.Option(help="The bot's public address, https://…")] = None,
    socket_mode: Annotated[bool, typer.Option("--socket-mode", help="For Socket Mode: no address needed.")] = False,
) -> None:
    """Print the app manifest to paste at api.slack.com/apps, “From a manifest”."""
    from bot import manifest as manifests

    if (url is None) is not socket_mode:
        raise typer.BadParameter("say either --url https://… or --socket-mode")
    typer.echo(json.dumps(manifests.manifest(url), indent=2))


def _readable(value: object) -> str:
    if value is None:
        return "not set"
    return f"{value:g}" if isinstance(value, float) else str(value)


def without_secrets(address: str) -> str:
    """A database's address without user, password and options, any of which may hold a secret; a file's as it is."""
    scheme, _, rest = address.partition("://")
    if scheme.startswith("sqlite"):
        return address
    host = rest.partition("?")[0].rpartition("@")[2]
    return f"{scheme}://({MASK})@{host}"


def visible_settings(settings: Settings) -> dict[str, dict[str, object]]:
    """Each setting by its variable's name: value (secrets masked, passwords in addresses too), default or not,
    meaning."""
    shown: dict[str, dict[str, object]] = {}
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        default = value == field.default
        if isinstance(value, SecretStr):
            value = MASK
        elif name == "database_url":
            value = without_secrets(str(value))
        shown[str(field.validation_alias)] = {"value": value, "default": default, "about": field.description}
    return shown
