"""api.*, auth.*, apps.*, users.info and blocks.validate: who everybody is, and whether a message would do."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.rendering.validator import problems
from bot.workspace.errors import SlackError, invalid_arguments

if TYPE_CHECKING:
    from bot.workspace.methods.call import Call
    from bot.workspace.model import JSON


def api_test(call: Call) -> JSON:
    """api.test: gives back what it was given."""
    return {"args": {name: value for name, value in call.args.items() if name != "token"}}


def auth_test(call: Call) -> JSON:
    """auth.test: who the token belongs to."""
    config = call.core.config
    return {
        "url": f"{call.core.base_url}/",
        "team": config.team_name,
        "user": config.bot_name,
        "team_id": config.team_id,
        "user_id": config.bot_user_id,
        "bot_id": config.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> JSON:
    """apps.connections.open: the address of a WebSocket, good for one connection."""
    address = call.core.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={call.core.sockets.ticket()}&app_id={call.core.config.app_id}"}


def users_info(call: Call) -> JSON:
    """users.info: of a person, or of the bot itself."""
    call.scope("users:read")
    wanted, config = call.need("user"), call.core.config
    if wanted == config.bot_user_id:
        name = config.bot_name
        return {
            "user": {"id": wanted, "team_id": config.team_id, "name": name, "real_name": name, "is_bot": True},
        }
    person = call.core.state.people.get(wanted)
    if person is None:
        raise SlackError("user_not_found")
    offset = datetime.fromtimestamp(config.clock(), ZoneInfo(person.zone)).utcoffset()
    return {
        "user": {
            "id": person.id,
            "team_id": config.team_id,
            "name": person.username,
            "real_name": person.name,
            "deleted": False,
            "tz": person.zone,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": person.is_admin,
            "is_owner": False,
            "is_bot": False,
            "profile": {"real_name": person.name, "display_name": person.username, "title": person.title},
        },
    }


def blocks_validate(call: Call) -> JSON:
    """blocks.validate: exactly one of blocks, message and view."""
    given = {name: call.value(name, "invalid_arguments") for name in ("blocks", "message", "view")}
    present = [name for name, value in given.items() if value is not None]
    if len(present) != 1:
        raise invalid_arguments("give exactly one of blocks, message and view")
    name = present[0]
    body = {"text": "-", "blocks": given[name]} if name == "blocks" else given[name]
    if not isinstance(body, dict):
        raise invalid_arguments(f"{name} is not an object")
    surface = str(body.get("type")) if name == "view" else "message"
    if surface not in ("message", "modal", "home"):
        raise invalid_arguments("view is neither a modal nor a home")
    found = problems(body, surface)
    if found:
        errors = [{"pointer": one.pointer, "code": one.code, "message": one.message} for one in found]
        raise SlackError("invalid_blocks", errors=errors)
    return {}
