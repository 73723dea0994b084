"""Answering a command or a click through its `response_url`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from slack_sdk.webhook import WebhookClient

from bot.errors import BotError
from bot.slack.errors import refuses_blocks

if TYPE_CHECKING:
    from slack_sdk.webhook import WebhookResponse

    from bot.rendering.message import Message

SLACK_HOST = "hooks.slack.com"
TIMEOUT_SECONDS = 30
OK, BAD_REQUEST, SERVER_ERROR = 200, 400, 500


class BadResponseUrl(BotError):
    """The answer's address is not one of Slack's, so nothing was sent to it."""


class NotTaken(BotError):
    """Slack refused the answer, so it was not shown."""


class Unclear(BotError):
    """Slack failed, and nobody knows whether it shows the answer."""


class Responder:
    """Sends messages to response URLs, of Slack's host and of the Web API's when that is a local stand-in."""

    def __init__(self, api_base_url: str) -> None:
        api = urlsplit(api_base_url)
        self._local = (api.scheme, api.netloc) if api.hostname in {"127.0.0.1", "localhost", "::1"} else None

    def send(
        self,
        response_url: str,
        message: Message,
        *,
        in_channel: bool = False,
        replace: bool = False,
        timeout: int = TIMEOUT_SECONDS,
    ) -> None:
        """Send once; once more, with its tables and charts in words, when Slack refuses the blocks.

        `timeout` is for each, in seconds. Raises BadResponseUrl for a foreign host, NotTaken when Slack refuses,
        Unclear when it fails, and what the network does (OSError, HTTPException) when no reply came.
        """
        self._check(response_url)
        client = WebhookClient(response_url, timeout=timeout, retry_handlers=[])

        def refusal(form: Message) -> WebhookResponse | None:
            payload = form.payload()
            response = client.send(
                text=payload["text"],
                blocks=payload["blocks"],
                response_type="in_channel" if in_channel else "ephemeral",
                replace_original=replace,
                unfurl_links=False,
                unfurl_media=False,
            )
            return None if _taken(response) else response

        refused = refusal(message)
        if refused and message.has_data and (refused.status_code == BAD_REQUEST or _says_blocks(refused)):
            refused = refusal(message.plain())
        if refused and refused.status_code >= SERVER_ERROR:
            raise Unclear
        if refused:
            raise NotTaken(f"Slack did not take the answer (HTTP {refused.status_code}).")

    def _check(self, response_url: str) -> None:
        try:
            parts = urlsplit(response_url)
        except ValueError:
            raise BadResponseUrl from None
        of_slack = parts.scheme == "https" and parts.netloc == SLACK_HOST
        if not of_slack and (parts.scheme, parts.netloc) != self._local:
            raise BadResponseUrl


def _taken(response: WebhookResponse) -> bool:
    return response.status_code == OK and '"ok":false' not in response.body.replace(" ", "")


def _says_blocks(response: WebhookResponse) -> bool:
    return refuses_blocks(response.status_code, response.body)
