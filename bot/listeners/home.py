"""The Home tab: what the bot can do, shown when a person opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answers.answering import message_for
from bot.answers.ask import Ask
from bot.slack.posting import publish_home

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk import WebClient

    from bot.services import Services


def register(app: App, services: Services) -> None:
    def opened(body: dict[str, Any], client: WebClient) -> None:
        event = body["event"]
        if event.get("tab", "home") != "home":
            return
        ask = Ask(text="help", door="home", team_id=body["team_id"], user_id=event["user"])
        message = message_for(ask, services)
        publish_home(client, event["user"], message)

    app.event("app_home_opened")(opened)
