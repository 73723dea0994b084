"""Channels that come back: what was parked because its channel was gone is posted again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summaries.subscriptions import unpark

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.services import Services


def register(app: App, services: Services) -> None:
    """Resume a channel's parked subscriptions when it is unarchived or the bot is invited again.

    Somebody else joining resumes them too; if the bot is still not in the channel they are parked once more.
    """

    def back(body: dict[str, Any]) -> None:
        channel_id = body["event"].get("channel")
        if isinstance(channel_id, str):
            unpark(services.store, services.clock, team_id=body["team_id"], channel_id=channel_id)

    app.event("channel_unarchive")(back)
    app.event("group_unarchive")(back)
    app.event("member_joined_channel")(back)
