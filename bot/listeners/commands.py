"""The slash command. Its answer travels in the acknowledgement itself, within the same HTTP response."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.answers.answering import message_for
from bot.answers.ask import Ask

if TYPE_CHECKING:
    from slack_bolt import Ack, App

    from bot.services import Services


def register(app: App, services: Services) -> None:
    """Answer whatever command the app was given: its name is the manifest's business."""

    def command(ack: Ack, body: dict[str, Any]) -> None:
        ask = Ask(
            text=body.get("text", ""),
            door="command",
            team_id=body["team_id"],
            channel_id=body["channel_id"],
            user_id=body["user_id"],
            personal=body["channel_id"].startswith("D"),
        )
        message = message_for(ask, services)
        ack(**message.payload(), response_type="in_channel" if message.public else "ephemeral")

    app.command(re.compile(r"^/"))(command)
