"""Misbehaviour on request: what Slack and the network do to a bot sooner or later, on the call where it is wanted."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Stands for the delivery of events to the bot, in place of a method's name.
EVENTS = "events"
# Stands for answers through a response_url, which can be late, lost or refused in the same ways.
RESPONSES = "responses"


class Fault(StrEnum):
    """`seconds` is what a fault of this kind takes as its measure, where it takes one."""

    RATE_LIMITED = "rate_limited"  # 429, Retry-After: seconds
    ERROR_BEFORE = "error_before"  # 500, and nothing was done
    ERROR_AFTER = "error_after"  # done, then 500
    LOST_REPLY = "lost_reply"  # done, then the connection closes without a word
    HANG = "hang"  # done, but the answer comes only after seconds
    TRUNCATED = "truncated"  # done, and half of the answer's JSON
    LATE = "late"  # done, but history shows it only after seconds
    ARCHIVED = "archived"  # the channel is archived just before the call, and stays so
    KICKED = "kicked"  # the bot is removed from the channel just before the call
    REVOKED = "revoked"  # the bot's token is revoked just before the call
    DUPLICATE_EVENT = "duplicate_event"  # the event is delivered twice, with the same event_id


@dataclass(frozen=True, slots=True)
class Trouble:
    """One fault, with its measure in seconds."""

    fault: Fault
    seconds: float = 1.0


@dataclass(slots=True)
class _Dice:
    random: random.Random
    rates: Mapping[Fault, float]
    seconds: float


class Faults:
    """What is to go wrong: first what was queued for the method, in order; then by chance, from a seed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queued: dict[str, list[tuple[str | None, Trouble]]] = {}
        self._dice: dict[str, _Dice] = {}

    def next(
        self, method: str, fault: Fault, *, seconds: float = 1.0, times: int = 1, channel: str | None = None
    ) -> None:
        """Let the next `times` calls of the method meet the fault; only those about `channel`, if one is named."""
        with self._lock:
            self._queued.setdefault(method, []).extend([(channel, Trouble(fault, seconds))] * times)

    def at_random(self, method: str, rates: Mapping[Fault, float], *, seed: int, seconds: float = 1.0) -> None:
        """Let each call of the method meet a fault with the given probabilities, the same ones for the same seed."""
        with self._lock:
            self._dice[method] = _Dice(random.Random(seed), dict(rates), seconds)  # noqa: S311 chance, not secrecy

    def clear(self) -> None:
        """Behave from now on."""
        with self._lock:
            self._queued.clear()
            self._dice.clear()

    def take(self, method: str, channel: str | None = None) -> Trouble | None:
        """What goes wrong with this call, if anything; a queued fault is used up by it."""
        with self._lock:
            queued = self._queued.get(method, [])
            for index, (only, trouble) in enumerate(queued):
                if only is None or only == channel:
                    del queued[index]
                    return trouble
            dice = self._dice.get(method)
            if dice is None:
                return None
            throw = dice.random.random()
            for fault, rate in dice.rates.items():
                throw -= rate
                if throw < 0:
                    return Trouble(fault, dice.seconds)
        return None
