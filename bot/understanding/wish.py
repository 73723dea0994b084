"""What a question comes to: a verb with its bodies, words and filters, and the command that says the same. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summaries.forces import Exact, named

#: The verbs whose words are names and filters, and so may be left to another question to fill in.
NARROWED = ("latest", "search", "grades", "compare", "history", "changed", "export")
FORCE = ""
"""The verb of a force's card, which is asked for by its name alone."""

_OF_FORCE = {"pillar", "year"}


@dataclass(frozen=True, slots=True)
class Wish:
    """`bodies` are names as commands print them; `text` the words to search for, phrases in quotes; `filters` are
    (key, value), the key with its `-`; `tail` is what else a verb takes: the format of an export."""

    verb: str
    bodies: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    tail: str = ""

    def only(self, *keys: str) -> tuple[tuple[str, str], ...]:
        """The filters of these keys."""
        return tuple((key, value) for key, value in self.filters if key in keys)

    def without(self, *keys: str) -> Wish:
        """The wish without what it says under these keys; `before` and `after` go with `year`."""
        gone = {*keys, "before", "after", "-year"} if "year" in keys else set(keys)
        return replace(self, filters=tuple(pair for pair in self.filters if pair[0] not in gone))

    def fitted(self) -> Wish:
        """The same wish, under a verb that can say all of it: a card has one body, and at most a pillar and a year."""
        if self.text and self.verb != "search":
            return replace(self, verb="search")
        if self.verb != FORCE:
            return self
        keys = [key for key, _ in self.filters]
        spans = any(".." in value for _, value in self.filters)
        if len(self.bodies) > 1:
            return replace(self, verb="compare")
        if not self.bodies or not set(keys) <= _OF_FORCE or len(set(keys)) < len(keys) or spans:
            return replace(self, verb="latest")
        return self

    @property
    def words(self) -> str:
        """The command, as a person could type it."""
        if self.verb == FORCE:
            return " ".join([*self.bodies, *(value for _, value in sorted(self.filters))])
        filters = [f"{key}:{value}" for key, value in self.filters]
        if self.verb == "search":
            where = [f"force:{','.join(body_value(name) for name in self.bodies)}"] if self.bodies else []
            return " ".join(["search", *self.text, *where, *filters])
        return " ".join(filter(None, [self.verb, ", ".join(self.bodies), *filters, self.tail]))


def peers_of(name: str, filters: tuple[tuple[str, str], ...] = ()) -> Wish:
    """A body set beside its peers."""
    return Wish("compare", (name,), (), (*filters, ("peers", body_value(name))))


def body_value(name: str) -> str:
    """A name as the value of a filter: the register's id, or as it was typed when that is not clear."""
    match = named(name)
    if isinstance(match, Exact):
        return match.body.id
    return f'"{name}"' if " " in name or "," in name else name


def value_of(words: str) -> str:
    """Words as the value of a filter: in quotes where they are more than one."""
    return f'"{words}"' if re.search(r"[^\w-]", words) else words
