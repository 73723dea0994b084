"""Slack's rate limits, as strict as the configuration asks, and the record of calls to check a bot's manners by."""

from __future__ import annotations

import math
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.workspace.errors import SlackError

if TYPE_CHECKING:
    from bot.workspace.config import WorkspaceConfig


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the Web API: when, what, about which channel, and what came of it.

    `status` is the HTTP status sent, 0 when the connection was dropped; `error` is Slack's word, None if it went well.
    """

    at: float
    method: str
    channel: str | None
    status: int
    error: str | None


class Pacing:
    """Refuses a call that comes too soon after the last ones of its kind."""

    def __init__(self, config: WorkspaceConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._recent: dict[tuple[str, str], deque[float]] = {}

    def admit(self, method: str, channel: str | None) -> None:
        """Count this call.

        Raises SlackError ratelimited (HTTP 429, Retry-After in whole seconds) when its limit is used up.
        """
        if method == "chat.postMessage":
            self._admit((method, channel or ""), self._config.per_channel_per_second, 1.0)
        elif method in ("conversations.history", "conversations.replies"):
            self._admit((method, ""), self._config.history_per_minute, 60.0)

    def _admit(self, key: tuple[str, str], most: int | None, span: float) -> None:
        if most is None:
            return
        now = self._config.clock()
        with self._lock:
            recent = self._recent.setdefault(key, deque())
            while recent and now - recent[0] >= span:
                recent.popleft()
            if len(recent) >= most:
                raise rate_limited(recent[0] + span - now)
            recent.append(now)


def rate_limited(seconds: float) -> SlackError:
    """Slack's refusal of a call that came too soon; it says when to come back in whole seconds."""
    return SlackError("ratelimited", status=429, headers={"retry-after": str(max(1, math.ceil(seconds)))})
