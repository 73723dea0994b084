"""The slash command. Its answer travels in the acknowledgement itself, within the same HTTP response, unless it takes
long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.answers.answering import acknowledgement, message_for
from bot.answers.ask import Ask
from bot.slack import later

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext

    from bot.services import Services
    from bot.slack.responses import Responder


def register(app: App, services: Services, responder: Responder) -> None:
    """Answer whatever command the app was given: its name is the manifest's business."""

    def command(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ask = Ask(
            text=body.get("text", ""),
            door="command",
            team_id=body["team_id"],
            channel_id=body["channel_id"],
            user_id=body["user_id"],
            personal=body["channel_id"].startswith("D"),
        )
        if context.get(later.ONLY) == later.ACKNOWLEDGE:
            ack(**acknowledgement(ask, services).payload(), response_type="ephemeral")
            return
        message = message_for(ask, services)
        if context.get(later.ONLY) == later.ANSWER:
            ack()
            responder.send(body.get("response_url", ""), message, in_channel=message.public)
            return
        ack(**message.payload(), response_type="in_channel" if message.public else "ephemeral")

    app.command(re.compile(r"^/"))(command)
