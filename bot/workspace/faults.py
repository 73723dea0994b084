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
    """`seconds` is what a fault of this kind takes as its measure, where it takes one. "Done" means that the call was
    carried out, "not done" that it left no trace.
    """

    RATE_LIMITED = "rate_limited"  # not done; 429, Retry-After: seconds
    ERROR_BEFORE = "error_before"  # not done; 500
    ERROR_AFTER = "error_after"  # done, then 500
    BAD_GATEWAY = "bad_gateway"  # not done; a proxy's 502, in HTML
    LOST_REQUEST = "lost_request"  # not done; the connection closes without a word
    LOST_REPLY = "lost_reply"  # done, then the connection closes without a word
    HANG = "hang"  # done, but the answer comes only after seconds
    HANG_BEFORE = "hang_before"  # not done; after seconds the connection closes
    DELAYED = "delayed"  # done only after seconds, and then answered
    TRUNCATED = "truncated"  # done, and half of the answer's JSON
    EMPTY = "empty"  # done, then 200 and not a byte
    LATE = "late"  # done, but history shows it only after seconds
    LATE_LOST = "late_lost"  # as late, and the reply is lost, too
    INTERNAL_ERROR = "internal_error"  # done, then Slack's internal_error
    FATAL_ERROR = "fatal_error"  # not done; Slack's fatal_error, after which that is not known
    SLOW = "slow"  # not done; Slack's message_limit_exceeded
    REFUSED_BLOCKS = "refused_blocks"  # not done when it has blocks: invalid_blocks
    ARCHIVED = "archived"  # the channel is archived just before the call, and stays so
    KICKED = "kicked"  # the bot is removed from the channel just before the call
    REVOKED = "revoked"  # the bot's token is revoked just before the call
    DUPLICATE_EVENT = "duplicate_event"  # the event is delivered twice, with the same event_id


@dataclass(frozen=True, slots=True)
class Trouble:
    """One fault, with its measure in seconds."""

    fault: Fault
    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class _Queued:
    """A fault that waits for its call: one about this channel, and of a reply or of none, where that is said."""

    trouble: Trouble
    channel: str | None
    reply: bool | None

    def meets(self, channel: str | None, *, reply: bool) -> bool:
        return self.channel in (None, channel) and self.reply in (None, reply)


@dataclass(slots=True)
class _Dice:
    random: random.Random
    rates: Mapping[Fault, float]
    seconds: float


class Faults:
    """What is to go wrong: first what was queued for the method, in order; then by chance, from a seed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queued: dict[str, list[_Queued]] = {}
        self._dice: dict[str, _Dice] = {}

    def next(
        self,
        method: str,
        fault: Fault,
        *,
        seconds: float = 1.0,
        times: int = 1,
        channel: str | None = None,
        reply: bool | None = None,
    ) -> None:
        """Let the next `times` calls of the method meet the fault; only those about `channel`, if one is named, and
        only those that write (or, for False, do not write) in a thread, if that is said."""
        queued = _Queued(Trouble(fault, seconds), channel, reply)
        with self._lock:
            self._queued.setdefault(method, []).extend([queued] * times)

    def at_random(self, method: str, rates: Mapping[Fault, float], *, seed: int, seconds: float = 1.0) -> None:
        """Let each call of the method meet a fault with the given probabilities, the same ones for the same seed."""
        with self._lock:
            self._dice[method] = _Dice(random.Random(seed), dict(rates), seconds)  # noqa: S311 chance, not secrecy

    def clear(self) -> None:
        """Behave from now on."""
        with self._lock:
            self._queued.clear()
            self._dice.clear()

    def waiting(self) -> int:
        """How many queued faults have not met their call yet."""
        with self._lock:
            return sum(len(queued) for queued in self._queued.values())

    def take(self, method: str, channel: str | None = None, *, reply: bool = False) -> Trouble | None:
        """What goes wrong with this call, if anything; a queued fault is used up by it."""
        with self._lock:
            queued = self._queued.get(method, [])
            for index, one in enumerate(queued):
                if one.meets(channel, reply=reply):
                    del queued[index]
                    return one.trouble
            dice = self._dice.get(method)
            if dice is None:
                return None
            throw = dice.random.random()
            for fault, rate in dice.rates.items():
                throw -= rate
                if throw < 0:
                    return Trouble(fault, dice.seconds)
        return None
