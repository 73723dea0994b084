"""From what people write to the command that says it: rules and a vocabulary, no model, no store. Pure.

`understand` gives the canonical command, from which `bot.intents.parse_intent` makes the intent: so free text and
commands cannot mean different things, and what was understood can be shown. What is not understood for certain is not
guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.intents import is_about_addresses, is_too_long, normalise, parse_intent, without_manners
from bot.intents.wanted import Add, DidYouMean, Export, Unsure
from bot.understanding.commands import as_command, nearly_command
from bot.understanding.deciding import decide, offer
from bot.understanding.explaining import asks_to_explain
from bot.understanding.following_up import follow_up, is_leant_on, last_bodies
from bot.understanding.reading import read
from bot.understanding.slots import slots_of
from bot.understanding.spelling import is_nearly_a_name, spelt
from bot.understanding.wish import Wish
from summaries.forces import Exact, bodies

if TYPE_CHECKING:
    from bot.intents.wanted import Intent
    from bot.understanding.reading import Reading

__all__ = ["Understood", "asks_elsewhere", "understand"]

_MOST_OF_A_NAME = 3  # words
_MOST_SEARCHED = 5  # words: longer than that it is a sentence and no subject to search for


@dataclass(frozen=True, slots=True)
class Understood:
    """`words` is the command; `carried` what of it was kept from the thread, in words. When `sure` is False nothing was
    understood and `words` are as typed; `nearly` is a command they are much like. `bodies` are the register ids of
    those named in what was not understood."""

    words: str
    carried: tuple[str, ...] = ()
    sure: bool = True
    nearly: str = ""
    bodies: tuple[str, ...] = ()

    @property
    def is_leant_on(self) -> bool:
        """Whether what follows in a thread may lean on it."""
        return self.sure and is_leant_on(self.words)

    @property
    def intent(self) -> Intent:
        if self.nearly:
            return DidYouMean(self.nearly)
        return parse_intent(self.words) if self.sure else Unsure(self.words, self.bodies)


def understand(text: str, last: str | None = None) -> Understood:
    """What `text` asks for. `last` is the command last understood in its thread. Never raises."""
    typed = normalise(text)
    words = without_manners(typed)
    if not words:
        return Understood("help" if typed else "")
    if is_about_addresses(words) or is_too_long(words):
        return Understood(typed)
    if command := as_command(words):
        return _of_command(command, last)
    reading = read(words)
    if _is_name(reading):
        return Understood(words)
    if right := spelt(reading):
        return _respelt(understand(right, last))
    if term := asks_to_explain(words):
        return Understood(f"explain {term}")
    if last and (followed := follow_up(reading, last)):
        return Understood(followed[0], followed[1])
    if offered := offer(reading, last_bodies(last)):
        return Understood(words, sure=False, nearly=" ".join(offered.split()))
    return _decided(words, reading)


def _respelt(meant: Understood) -> Understood:
    return replace(meant, sure=False, nearly=meant.words) if meant.sure else meant


def _decided(words: str, reading: Reading) -> Understood:
    wish = decide(reading)
    if isinstance(wish, Wish):
        return Understood(wish.words)
    return Understood(wish) if wish else _unsure(words, reading)


def asks_elsewhere(text: str) -> bool:
    """Whether the answer to `text` waits for others, so that it cannot come with an acknowledgement."""
    intent = understand(text).intent
    return isinstance(intent, Export) or (isinstance(intent, Add) and bool(intent.urls))


def _of_command(command: str, last: str | None) -> Understood:
    """A command stands alone, but for one that needs a body and names none."""
    verb, _, rest = command.partition(" ")
    needs = verb in {"changed", "history"} and not rest
    needs = needs or (verb == "compare" and len(slots_of(read(rest)).bodies) == 1 and ":" not in rest)
    needs = needs or (verb in {"quote", "verify"} and not read(rest).of("receipt"))
    if last and needs and (followed := follow_up(read(command), last)):
        return Understood(followed[0], followed[1])
    return Understood(command)


def _is_name(reading: Reading) -> bool:
    """One body's name, perhaps with a year and a pillar: a card is asked for, whatever went before."""
    names = reading.of("body")
    rest = [part.kind for part in reading.parts if part.kind != "body"]
    return len(names) == 1 and set(rest) <= {"year", "pillar"} and len(set(rest)) == len(rest)


def _unsure(words: str, reading: Reading) -> Understood:
    if nearly := nearly_command(words):
        return Understood(words, sure=False, nearly=nearly)
    slots = slots_of(reading)
    name = [part for part in reading.parts if part.kind not in ("year", "pillar")]
    whole = len(name) <= _MOST_OF_A_NAME and {part.kind for part in name} <= {"word", "body"}
    if whole and is_nearly_a_name(" ".join(part.typed for part in name)):
        return Understood(words)
    subject = not reading.of("do", "filler", "lean") and not slots.dangling and slots.sayable
    if subject and slots.text and len(reading.parts) <= _MOST_SEARCHED and re.search(r"[^\W\d_]{3}", words):
        return Understood(slots.wish("search", text=True).words)
    named = [part.match.body.id for part in reading.of("body") if isinstance(part.match, Exact)]
    return Understood(words, sure=False, bodies=tuple(body for body in named if body in bodies()))
