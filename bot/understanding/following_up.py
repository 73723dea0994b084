"""What a question in a thread leans on: the force, the dates and the verb of what was last understood there. Pure.

What is taken from there is said, so that nobody is answered about a force they did not mean.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.intents import VERBS
from bot.understanding.deciding import decide
from bot.understanding.reading import read
from bot.understanding.slots import slots_of
from bot.understanding.wish import FORCE, NARROWED, Wish, peers_of

if TYPE_CHECKING:
    from bot.understanding.reading import Reading
    from bot.understanding.slots import Slots

_DATES = ("year", "before", "after")
_ONLY = {"only", "just"}
_BESIDE = {"with", "to", "against"}
_OWN = {"changed", "history", "export", "again"}
"""What needs a body and takes the thread's when it names none."""


def last_wish(words: str) -> Wish | None:
    """The wish that a command understood earlier stands for; None where there is nothing in it to lean on."""
    verb, _, rest = words.partition(" ")
    if verb not in NARROWED:
        rest = "" if verb in VERBS else words
        verb = FORCE
    reading = read(rest)
    slots = slots_of(reading)
    if verb == FORCE and (len(slots.bodies) != 1 or slots.text):
        return None
    return Wish(verb, slots.bodies, slots.text if verb == "search" else (), slots.filters)


def is_leant_on(words: str) -> bool:
    """Whether a later question may lean on a command: help and the like leave a thread as it was."""
    return last_wish(words) is not None or bool(read(words).of("receipt"))


def last_bodies(words: str | None) -> tuple[str, ...]:
    """The bodies of the command understood last."""
    wish = last_wish(words) if words else None
    return wish.bodies if wish else ()


def follow_up(reading: Reading, last: str) -> tuple[str, tuple[str, ...]] | None:
    """The command that a question comes to after `last`, and what it kept of that; None when it stands alone."""
    if receipt := read(last).of("receipt"):
        return _of_receipt(reading, receipt[0].value)
    known = last_wish(last)
    slots = slots_of(reading)
    if known is None or not slots.placed or reading.of("receipt") or "subscribe" in reading.cues:
        return None
    if slots.bodies or known.bodies:
        slots, known = slots.ungraded, known.without("grade", "-grade")
    wish = _with_bodies(reading, slots, known) if slots.bodies else _without_bodies(reading, slots, known)
    if wish is None:
        return None
    wish = wish.fitted()
    return wish.words, _kept(wish, slots, known)


def _of_receipt(reading: Reading, receipt: str) -> tuple[str, tuple[str, ...]] | None:
    if reading.of("receipt", "body", "pillar", "grade", "filter", "year", "topic", "word"):
        return None
    phrase = " ".join(part.typed for part in reading.of("phrase"))
    for cue in ("quote", "verify"):
        if cue in reading.cues:
            return " ".join(filter(None, [cue, receipt, phrase])), (receipt,)
    return None


def _with_bodies(reading: Reading, slots: Slots, last: Wish) -> Wish | None:
    """ "What about Kent?", "compare it with Kent"."""
    cues = reading.cues
    if "compare" in cues and len(slots.bodies) == 1 and last.bodies and last.bodies != slots.bodies:
        kept = last.only("pillar", "programme", *_DATES)
        return Wish("compare", _joined(last.bodies, slots.bodies), (), _narrowed(kept, slots))
    first = reading.parts[0].typed.lower()
    leans = reading.leans or first in _ONLY or (last.verb == "compare" and first in _BESIDE)
    if not leans or cues - {"how", "who"} or slots.text:
        return None
    bodies = _joined(last.bodies, slots.bodies) if last.verb == "compare" else slots.bodies
    return replace(last, bodies=bodies, filters=_narrowed(last.filters, slots))


def _without_bodies(reading: Reading, slots: Slots, last: Wish) -> Wish | None:
    """ "And 2012?", "has it improved?", "what did they say about vetting?"."""
    cues = reading.cues
    if "who" in cues and not reading.leans:
        return None
    if "peers" in cues and len(last.bodies) == 1:
        return peers_of(last.bodies[0], last.only("pillar"))
    if slots.text:
        return _about_text(slots, last)
    if slots.filters and not cues & {*_OWN, "latest"}:
        return _other_filters(reading, slots, last)
    if not last.bodies:
        return None
    if cues & {"quote", "why", "search"}:
        return _release_of(last)
    if cues & {*_OWN, "latest", "grades"} or (reading.leans and "how" in cues):
        return _other_verb(reading, slots, last)
    if reading.of("grade"):  # "is it good?": what it got is shown
        return Wish(FORCE, last.bodies, (), last.only("pillar", "year"))
    return None


def _about_text(slots: Slots, last: Wish) -> Wish:
    return Wish("search", last.bodies, slots.text, _narrowed(last.only(*_DATES), slots))


def _other_filters(reading: Reading, slots: Slots, last: Wish) -> Wish | None:
    """The same for another year, pillar or grade."""
    asks_else = reading.cues - {"how", "grades", "search", "list", "not"}
    if asks_else and not reading.leans:
        return None
    if last.verb in {"changed", "history"} and slots.said & {"year", "before", "after"}:
        return Wish(FORCE, last.bodies, (), _narrowed(last.filters, slots))
    return replace(last, filters=_narrowed(last.filters, slots))


def _release_of(last: Wish) -> Wish | None:
    """The release itself, whole, where it is known which was shown: its words are all the reasons there are."""
    narrow = last.only("pillar", "year")
    return Wish(FORCE, last.bodies, (), narrow) if narrow and len(last.bodies) == 1 else None


def _other_verb(reading: Reading, slots: Slots, last: Wish) -> Wish | None:
    """Another question of the same body: decided as though the question had named it."""
    named = ", ".join(last.bodies)
    wish = decide(read(f"{reading.words} {named}"))
    if not isinstance(wish, Wish):
        return None
    undated = {"changed", "history"}
    keys = ("pillar", "programme", *(() if wish.verb in undated else _DATES))
    kept = last.only(*keys) if wish.verb not in {"latest", "search"} else ()
    kept = tuple(pair for pair in kept if pair[0] not in slots.said)
    return replace(wish, bodies=last.bodies, filters=(*kept, *wish.filters))


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _narrowed(filters: tuple[tuple[str, str], ...], slots: Slots) -> tuple[tuple[str, str], ...]:
    """The filters, those of the question in the place of others of their key."""
    said = slots.said | (set(_DATES) if slots.said & set(_DATES) else set())
    return (*(pair for pair in filters if pair[0].removeprefix("-") not in said), *slots.filters)


def _kept(wish: Wish, slots: Slots, last: Wish) -> tuple[str, ...]:
    """What a wish has of the last one and the question did not say, in words."""
    kept = [body for body in wish.bodies if body in last.bodies and body not in slots.bodies]
    kept += [value.strip('"') for pair in wish.filters if pair in last.filters and pair not in slots.filters
             for value in [pair[1] if pair[0] in {"pillar", "year"} else ":".join(pair)]]  # fmt: skip
    kept += [word.strip('"') for word in wish.text if word in last.text and word not in slots.text]
    same_verb = wish.verb == last.verb and wish.verb in set(NARROWED) - {"search"}
    return tuple(dict.fromkeys([*kept, *([wish.verb] if same_verb else [])]))


__all__ = ["follow_up", "is_leant_on", "last_bodies"]
