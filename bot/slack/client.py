"""The Web API client of the listeners. Deliveries do not use it: see `bot.slack.poster`."""

from __future__ import annotations

from slack_sdk import WebClient

TIMEOUT_SECONDS = 10


def create_client(base_url: str) -> WebClient:
    """A client without a token (each request brings its own) that never re-sends by itself.

    The SDK's default re-sends once after a dropped reply, which would post an answer twice.
    """
    return WebClient(base_url=base_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
