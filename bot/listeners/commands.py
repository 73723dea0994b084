"""The slash command. Its answer travels in the acknowledgement itself, within the same HTTP response, unless it takes
long, or holds what Slack might refuse there without a word: tables and charts."""

from __future__ import annotations

import re
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from bot.answers.answering import acknowledgement, message_for
from bot.answers.ask import Ask
from bot.listeners.modals import says_too_little
from bot.slack import later
from bot.slack.errors import NEVER_LEFT, status_of
from bot.slack.responses import NotTaken, Unclear

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext
    from slack_sdk import WebClient

    from bot.listeners.modals import Forms
    from bot.rendering.message import Message
    from bot.services import Services
    from bot.slack.responses import Responder

PATIENCE_SECONDS = 2
UNKNOWN = "Slack did not say whether it shows the answer. If you do not see it, please ask again."


def register(app: App, services: Services, responder: Responder, forms: Forms) -> None:
    """Answer whatever command the app was given: its name is the manifest's business."""

    def command(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
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
        if says_too_little(ask.text) and forms.opened(ask, body, client):
            ack()
            return
        message = message_for(ask, services)
        if context.get(later.ONLY) == later.ANSWER:
            ack()
            responder.send(body.get("response_url", ""), message, in_channel=message.public)
            return
        response_url = body.get("response_url")
        if message.has_data and response_url and _sent(responder, response_url, message, ack):
            return
        ack(**message.plain().payload(), response_type="in_channel" if message.public else "ephemeral")

    app.command(re.compile(r"^/"))(command)


def _sent(responder: Responder, response_url: str, message: Message, ack: Ack) -> bool:
    """Whether the acknowledgement is given, as the answer went, or may have gone, through the response_url. It has to
    go first: Slack waits three seconds for the acknowledgement, and for nothing after it."""
    try:
        responder.send(response_url, message, in_channel=message.public, timeout=PATIENCE_SECONDS)
    except NotTaken:
        return False
    except (Unclear, OSError, HTTPException) as error:
        if status_of(error) == NEVER_LEFT:
            return False
        ack(text=UNKNOWN, response_type="ephemeral")
        return True
    ack()
    return True
