"""Posting an answer, or showing it in the Home tab: once more in words when Slack refuses its tables and charts.

Slack brings such blocks to its clients in phases, and answers `invalid_blocks` where they are not there yet. Only that
definite refusal is followed by a second call: after a lost reply nobody knows whether the first was shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.errors import refuses_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient
    from slack_sdk.web import SlackResponse

    from bot.rendering.message import Message


def post_answer(client: WebClient, channel: str, thread_ts: str | None, message: Message) -> str:
    """Post a message to a channel, or to a person by id; in a thread when one is given. Gives its timestamp. Raises
    what the client does."""

    def post(form: Message) -> SlackResponse:
        return client.chat_postMessage(channel=channel, thread_ts=thread_ts, **form.payload())

    return str(_sent(post, message).get("ts") or "")


def publish_home(client: WebClient, user_id: str, message: Message) -> None:
    """Show a message as a person's Home tab. Raises what the client does."""

    def publish(form: Message) -> SlackResponse:
        return client.views_publish(user_id=user_id, view={"type": "home", "blocks": list(form.blocks)})

    _sent(publish, message.at_home())


def _sent(send: Callable[[Message], SlackResponse], message: Message) -> SlackResponse:
    try:
        return send(message)
    except SlackApiError as error:
        response = error.response
        if not message.has_data or not refuses_blocks(response.status_code, response.data):
            raise
    return send(message.plain())
