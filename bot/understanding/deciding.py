"""Which command a question comes to, from what it shows to be wanted and what it names. Pure rules, most telling first;
what none of them fits is for nobody to guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.understanding.slots import slots_of
from bot.understanding.wish import FORCE, Wish, peers_of, value_of

if TYPE_CHECKING:
    from bot.understanding.reading import Reading
    from bot.understanding.slots import Slots

AGAIN = ('"inspect again"', "or", '"next inspection"')
"""How releases say when the inspectorate will be back."""

_ABOUT_BOT = ("subscriptions", "next", "preview", "status", "help")
_OF_RECORD = ("pillar", "programme", "year", "before", "after")
_SET = {"grade", "pillar", "year", "programme", "before", "after", "region", "peers"}


def decide(reading: Reading) -> Wish | str | None:
    """The wish of a question, or the command where it takes no filters; None when no rule is sure."""
    slots, cues = slots_of(reading), reading.cues
    if slots.bodies and reading.of("grade"):
        slots = slots.ungraded
    if reading.of("receipt"):
        return _of_receipt(reading, slots)
    if "subscribe" in cues and reading.leans and not slots.bodies:
        return None  # to be told of what, it does not say
    if command := _about_the_bot(reading, slots):
        return command
    if not slots.placed or (slots.dangling and "history" not in cues) or _is_never(reading, slots):
        return None
    if "compare" in cues and not slots.bodies and sum(key == "grade" for key, _ in slots.filters) > 1:
        return "explain grades"
    if {"grade", "-pillar"} <= {key for key, _ in slots.filters}:
        return None  # "good at efficiency but not legitimacy" is two questions
    for rule in (_export, _again, _compare, _search, _changed, _history, _latest, _grades, _card):
        if wish := rule(reading, slots):
            return wish.fitted()
    return None


def _is_never(reading: Reading, slots: Slots) -> bool:
    """ "Never inadequate": no list is kept of those that were not."""
    return not slots.bodies and any(part.typed.lower() == "never" for part in reading.of("do"))


def offer(reading: Reading, bodies: tuple[str, ...] = ()) -> str | None:
    """The command that would follow what a question wants to be told of: nobody is subscribed for saying "let me know
    when", so it is offered. `bodies` are those of the thread, where the question leans on it."""
    slots = slots_of(reading)
    if "subscribe" not in reading.cues or reading.cues & {"not", "export"} or not slots.sayable:
        return None
    if slots.text and not slots.topics:
        return None
    if reading.leans and not (slots.bodies or slots.filters or slots.topics):
        return f"subscribe {', '.join(bodies)} me" if bodies else None
    topics = [f"topic:{value_of(topic)}" for topic in slots.topics]
    filters = [f"{key}:{value}" for key, value in slots.filters]
    return " ".join(
        ["subscribe", ", ".join(slots.bodies) or ("" if topics or filters else "all"), *filters, *topics, "me"]
    )


def _of_receipt(reading: Reading, slots: Slots) -> str | None:
    receipts = {part.value for part in reading.of("receipt")}
    if len(receipts) > 1:
        return None  # one is shown at a time
    receipt = receipts.pop()
    words = " ".join(part.typed for part in reading.of("phrase"))
    if words or "verify" in reading.cues:
        return f"verify {receipt} {words}".strip()
    if "quote" in reading.cues:
        return f"quote {receipt}"
    return receipt if not slots.text and not slots.bodies else None


def _about_the_bot(reading: Reading, slots: Slots) -> str | None:
    if "unsubscribe" in reading.cues and not slots.text:
        return "subscriptions"
    if slots.bodies or slots.text or slots.filters:
        return None
    if "quote" in reading.cues and not reading.cues & {"changed", "history"}:
        return "help quote"
    if "changed" in reading.cues and reading.leans:
        return "changed"
    return next((cue for cue in _ABOUT_BOT if cue in reading.cues), None)


def _export(reading: Reading, slots: Slots) -> Wish | None:
    if "export" not in reading.cues or (slots.text and not slots.topics):
        return None
    as_json = any(re.fullmatch(r"json.*", part.typed, re.IGNORECASE) for part in reading.of("do"))
    wish = slots.wish("export")
    topics = tuple(("topic", value_of(topic)) for topic in slots.topics)
    return Wish("export", wish.bodies, (), wish.filters + topics, "json" if as_json else "csv")


def _again(reading: Reading, slots: Slots) -> Wish | None:
    said = {part.typed.lower() for part in reading.parts}
    if slots.text or not ("again" in reading.cues or {"inspect", "again"} <= said):
        return None
    return Wish("search", slots.bodies, AGAIN, slots.filters)


def _compare(reading: Reading, slots: Slots) -> Wish | None:
    if slots.text or "latest" in reading.cues:
        return None
    filters = slots.wish("", keys=tuple(key for key, _ in slots.filters if key != "grade")).filters
    if "peers" in reading.cues and len(slots.bodies) == 1:
        return peers_of(slots.bodies[0], filters)
    if len(slots.bodies) > 1 or ("compare" in reading.cues and (slots.bodies or "region" in slots.said)):
        return Wish("compare", slots.bodies, (), filters)
    return None


def _search(reading: Reading, slots: Slots) -> Wish | None:
    cues = reading.cues
    if not slots.text:
        if "changed" in cues and "who" in cues and not slots.bodies:
            changed = next(part.typed for part in reading.of("do") if part.value == "changed")
            return Wish("search", (), (changed.lower(),), slots.filters)
        return None
    if "latest" in cues and slots.topics and "search" not in cues:
        topics = tuple(("topic", value_of(topic)) for topic in slots.topics)
        return Wish("latest", slots.bodies, (), slots.filters + topics)
    return slots.wish("search", text=True)


def _changed(reading: Reading, slots: Slots) -> Wish | None:
    if "changed" not in reading.cues or len(slots.bodies) != 1 or "latest" in reading.cues:
        return None
    if slots.said & {"year", "before", "after"}:  # two inspections are compared; of years the record tells
        return slots.wish("history", keys=_OF_RECORD)
    return slots.wish("changed", keys=("pillar", "programme"))


def _history(reading: Reading, slots: Slots) -> Wish | None:
    asked = "history" in reading.cues or (_spans_years(slots) and "list" not in reading.cues)
    if not asked or len(slots.bodies) != 1 or "latest" in reading.cues:
        return None
    return slots.wish("history", keys=_OF_RECORD)


def _spans_years(slots: Slots) -> bool:
    return any(".." in value or (key in {"before", "after"} and value.isdigit()) for key, value in slots.filters)


def _latest(reading: Reading, slots: Slots) -> Wish | None:
    cues = reading.cues
    monitoring = ("kind", "monitoring") in slots.filters
    if "latest" in cues or (monitoring and not slots.bodies):
        return slots.wish("latest")
    if (
        "list" in cues
        and not cues & {"grades", "how", "changed"}
        and (slots.bodies or slots.filters or "who" not in cues)
    ):
        return slots.wish("latest")
    return None


def _grades(reading: Reading, slots: Slots) -> Wish | None:
    cues, keys = reading.cues, slots.said
    if keys - _SET:
        return None
    if slots.bodies:
        many = any(part.value == "grades" and part.typed.lower().endswith("s") for part in reading.of("do"))
        return slots.wish("grades") if many and "year" not in keys and "pillar" not in keys else None
    about_grades = "grades" in cues or "grade" in keys
    if about_grades or ("who" in cues and keys) or ("history" in cues and keys):
        return slots.wish("grades")
    return None


def _card(reading: Reading, slots: Slots) -> Wish | None:
    """A body's card, or its release; without a body, the newest of what the filters say."""
    if len(slots.bodies) == 1:
        kept = tuple(pair for pair in slots.filters if pair[0] != "grade")
        return Wish(FORCE, slots.bodies, (), kept)
    if slots.filters and "why" not in reading.cues:
        return slots.wish("latest")
    return None
