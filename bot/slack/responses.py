"""Answering a click through its `response_url`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from slack_sdk.webhook import WebhookClient

from bot.errors import BotError

if TYPE_CHECKING:
    from bot.rendering.message import Message

SLACK_HOST = "hooks.slack.com"


class BadResponseUrl(BotError):
    """The answer's address is not one of Slack's, so nothing was sent to it."""


class Responder:
    """Sends messages to response URLs, of Slack's host and of the Web API's when that is a local stand-in."""

    def __init__(self, api_base_url: str) -> None:
        api = urlsplit(api_base_url)
        self._local = (api.scheme, api.netloc) if api.hostname in {"127.0.0.1", "localhost", "::1"} else None

    def send(self, response_url: str, message: Message, *, in_channel: bool = False, replace: bool = False) -> None:
        """Send once. Raises BadResponseUrl for a foreign host, BotError when Slack does not take it."""
        try:
            parts = urlsplit(response_url)
        except ValueError:
            raise BadResponseUrl from None
        of_slack = parts.scheme == "https" and parts.netloc == SLACK_HOST
        if not of_slack and (parts.scheme, parts.netloc) != self._local:
            raise BadResponseUrl
        client = WebhookClient(response_url, retry_handlers=[])
        payload = message.payload()
        response = client.send(
            text=payload["text"],
            blocks=payload["blocks"],
            response_type="in_channel" if in_channel else "ephemeral",
            replace_original=replace,
            unfurl_links=False,
            unfurl_media=False,
        )
        if response.status_code != 200:
            raise BotError(f"Slack did not take the answer (HTTP {response.status_code}).")
