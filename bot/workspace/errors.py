"""How the stand-in says no: to the bot in Slack's words, to a person in plain ones."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """A call that Slack would answer with `ok: false`. `code` is Slack's word for it, as its method pages list them."""

    def __init__(self, code: str, *, status: int = 200, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.headers = headers or {}
        self.body: dict[str, Any] = {"ok": False, "error": code, **more}


def invalid_arguments(message: str) -> SlackError:
    """The error for a call whose arguments cannot be read; `message` says which."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}"]})


class Refused(Exception):
    """What a person tried cannot be done; the message says why and is shown to them."""


class NoAnswer(Exception):
    """The bot did not answer. `reason` is Slack's word for an event's retry header: http_timeout, connection_failed."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
