"""Trigger ids: the right to open one modal, for three seconds, once."""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING

from bot.workspace.errors import SlackError

if TYPE_CHECKING:
    from bot.workspace.config import WorkspaceConfig


class Triggers:
    """Trigger ids handed out, and what became of them."""

    def __init__(self, config: WorkspaceConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._given: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def give(self, person: str) -> str:
        """A trigger id for what this person has just done."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(8)}"
        with self._lock:
            self._given[trigger] = person, self._config.clock()
        return trigger

    def exchange(self, trigger: str) -> str:
        """The person a trigger id belongs to; it cannot be used again.

        Raises SlackError with the codes of the views.open page: invalid_, expired_ or exchanged_trigger_id.
        """
        with self._lock:
            if trigger in self._used:
                raise SlackError("exchanged_trigger_id")
            person, given_at = self._given.get(trigger, ("", 0.0))
            if not person:
                raise SlackError("invalid_trigger_id")
            if self._config.clock() - given_at > self._config.trigger_seconds:
                raise SlackError("expired_trigger_id")
            self._used.add(trigger)
        return person
