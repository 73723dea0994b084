"""Answers that take longer than Slack waits for a command or a click: three seconds.

The request is acknowledged at once, kept in the inbox like an event, and comes to the listeners a second time, to be
answered through its `response_url`. So it is answered even when the process is killed in between.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.understanding import asks_elsewhere

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

KIND = "hmic_later"
ONLY = "only"
"""Where a listener's context says which half of its work is wanted: ACKNOWLEDGE or ANSWER. Without it, both."""

NOT_KEPT = "I could not make a note of that, so nothing was done. Please try again in a minute."
ACKNOWLEDGE, ANSWER = "acknowledge", "answer"


def takes_long(body: Mapping[str, Any]) -> bool:
    """Whether the answer to this request waits for a web site or for Slack."""
    match body.get("type"):
        case "event_callback":
            event = body["event"]
            return bool(event.get("files")) or asks_elsewhere(_text(event))
        case "block_actions":
            action = body["actions"][0]
            return str(action.get("action_id")).startswith("keep:") or asks_elsewhere(str(action.get("value") or ""))
        case None:
            return "command" in body and asks_elsewhere(_text(body))
        case _:
            return False


def kept(body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The request as the inbox keeps it."""
    return {
        "type": KIND,
        "event_id": f"later-{secrets.token_hex(16)}",
        "event_time": int(at.timestamp()),
        "body": dict(body),
    }


def _text(fields: Mapping[str, Any]) -> str:
    text = fields.get("text")
    return text if isinstance(text, str) else ""
