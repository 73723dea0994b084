"""Buttons. A button's value is the words it stands for, so a click is an ask like any other.

`ask` answers beside the message, `instead` in its place, `share` shows the answer to the whole channel.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.answers.answering import message_for
from bot.answers.ask import Ask
from bot.slack import later
from bot.slack.posting import post_answer

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext
    from slack_sdk import WebClient

    from bot.services import Services
    from bot.slack.responses import Responder

ACTION = re.compile(r"^(ask|instead|share):\d+$")


def register(app: App, services: Services, responder: Responder) -> None:
    def click(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        if context.get(later.ONLY) == later.ACKNOWLEDGE:
            return
        name = action["action_id"].partition(":")[0]
        user_id = body["user"]["id"]
        channel_id = (body.get("channel") or {}).get("id", "")
        ask = Ask(
            text=action.get("value", ""),
            door="button",
            team_id=body["team"]["id"],
            channel_id=channel_id,
            user_id=user_id,
            personal=channel_id.startswith("D"),
        )
        sharing = name == "share"
        message = message_for(ask, services, shared_by=user_id if sharing else None)
        if response_url := body.get("response_url"):
            in_channel = sharing or message.public
            responder.send(response_url, message, in_channel=in_channel, replace=name == "instead" and not in_channel)
        else:
            # A click on the Home tab has no channel to answer in: answer in the person's direct messages.
            post_answer(client, user_id, None, message)

    app.action(ACTION)(click)
