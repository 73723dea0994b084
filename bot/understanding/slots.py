"""What a question says of which releases: its bodies, filters and search words, `not` applied. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.understanding.negation import is_dangling, negations
from bot.understanding.reading import body_name
from bot.understanding.wish import Wish, value_of
from summaries.forces import Exact, named
from summaries.forces import bodies as register

if TYPE_CHECKING:
    from bot.understanding.reading import Part, Reading

_TEXT = ("word", "topic", "phrase")
_SLOTS = (*_TEXT, "body", "pillar", "grade", "filter", "year")
# What may stand inside a subject: "treatment of the staff".
_FORCE = "force:"
_BETWEEN = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "their", "to", "with"}
)
_MOST_BETWEEN = 2
_STOP_SEARCH = re.compile(r"stop(?: ?&)? search", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slots:
    """`text` holds search words, `topics` the topics they all are of, if they all are of one. `placed`: every word that
    is not known follows one that leads to a subject, so that it can only be one; `dangling`: a `not` of nothing;
    `sayable`: it is clear what every `not` is said of."""

    bodies: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]
    text: tuple[str, ...]
    topics: tuple[str, ...]
    placed: bool
    dangling: bool
    sayable: bool = True

    def wish(self, verb: str, *, text: bool = False, keys: tuple[str, ...] | None = None) -> Wish:
        """A wish of these slots; its filters only of these keys, when some are given."""
        filters = tuple(pair for pair in self.filters if keys is None or pair[0] in keys)
        return Wish(verb, self.bodies, self.text if text else (), filters)

    @property
    def said(self) -> set[str]:
        """The keys of the filters, without `-`."""
        return {key.removeprefix("-") for key, _ in self.filters}

    @property
    def ungraded(self) -> Slots:
        """Without its grades: of a body it is asked what it got, and evidence of another grade is not to be hidden."""
        return replace(self, filters=tuple(pair for pair in self.filters if pair[0] not in ("grade", "-grade")))


def slots_of(reading: Reading) -> Slots:
    """The slots of a question."""
    bodies: dict[str, None] = {}
    filters: dict[tuple[str, str], None] = {}
    left_out, sayable = negations(reading.parts, _SLOTS)
    sayable = sayable and not reading.of("unclear")
    for at, part in enumerate(reading.parts):
        negated = at in left_out
        if part.kind not in _SLOTS:
            continue
        if part.kind == "body" and not negated:
            bodies[part.value] = None
        elif part.kind == "filter" and part.value.startswith(_FORCE) and not negated:
            bodies.update(dict.fromkeys(map(name_of, part.value.removeprefix(_FORCE).split(","))))
        elif part.kind not in _TEXT:
            filters[_filter(part, "-" if negated else "")] = None
        elif negated and part.kind == "topic" and part.value:
            filters[("-topic", value_of(part.value))] = None
        elif negated:
            sayable = False
    text, topics, placed = _subject(reading.parts, left_out)
    dangling = is_dangling(reading.parts, _SLOTS)
    return Slots(tuple(bodies), tuple(filters), text, topics, placed and sayable, dangling, sayable)


def name_of(value: str) -> str:
    """The name of the value of a `force:`: a register id, or a name in quotes or none."""
    typed = value.strip('" ')
    name = register()[typed].official if typed in register() else typed
    match = named(name)
    return body_name(name, match) if match else typed


def _filter(part: Part, mark: str) -> tuple[str, str]:
    match part.kind:
        case "filter":
            key, _, value = part.value.partition(":")
            return (mark + key if not key.startswith("-") else key, value)
        case "body":
            value = part.match.body.id if isinstance(part.match, Exact) else value_of(part.value)
            return (f"{mark}force", value)
        case kind:
            return (mark + kind, part.value)


def _subject(parts: tuple[Part, ...], left_out: frozenset[int]) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The words to search for, in order, with the small words inside a subject; the topics; whether all are placed."""
    text: list[str] = []
    topics: dict[str, None] = {}
    placed, all_topics = True, True
    at = 0
    while at < len(parts):
        if parts[at].kind not in _TEXT or at in left_out:
            at += 1
            continue
        end = _end_of_subject(parts, at)
        run = parts[at:end]
        text.extend(_printed(part) for part in run)
        placed = placed and (_is_placed(parts, at) or all(part.kind != "word" for part in run))
        for part in run:
            if part.kind == "topic" and part.value:
                topics[part.value] = None
            elif part.kind in _TEXT:
                all_topics = False
        at = end
    return tuple(text), tuple(topics) if all_topics else (), placed


def _end_of_subject(parts: tuple[Part, ...], at: int) -> int:
    end = at + 1
    look = end
    while look < len(parts) and look - end <= _MOST_BETWEEN:
        if parts[look].kind in _TEXT:
            end = look + 1
        elif parts[look].typed.lower() not in _BETWEEN:
            break
        look += 1
    return end


def _is_placed(parts: tuple[Part, ...], at: int) -> bool:
    before = [part for part in parts[:at] if part.kind != "filler"]
    return bool(before) and (before[-1].kind == "about" or (before[-1].kind, before[-1].value) == ("do", "search"))


def _printed(part: Part) -> str:
    if part.kind == "phrase":
        return part.typed
    typed = part.value if _STOP_SEARCH.fullmatch(part.typed) else part.typed
    return f'"{typed}"' if part.kind == "topic" and re.search(r"\W", typed) else typed
