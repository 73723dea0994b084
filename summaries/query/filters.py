"""What a filter is, once it is understood: clauses that must all hold, each a choice of conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from summaries.query import wording
from summaries.query.dates import days, years
from summaries.query.facets import facets, published_within
from summaries.query.tokens import stem, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.types import Release

TEXT = "text"
"""The key of bare words and quoted phrases; where bare words are names, it can be typed: `text:vetting`."""

KEYS = ("force", "pillar", "programme", "year", "grade", "kind", "topic", "inspector", "after", "before", TEXT)
"""The keys a literal may have, in the order of the canonical text. `region:` and `peers:` are read into `force`."""

ALL = "all"
"""The canonical text of the filter that every release passes."""

_NEEDS_NO_QUOTES = re.compile(r"[\w./][\w./-]*")


@dataclass(frozen=True, slots=True)
class Literal:
    """One condition: `force:kent`, `-topic:vetting`, a word of the text. `value` is canonical: a register id, a grade,
    a year or a range of them (`2015..2017`), a date (`2016-03`), a programme alone or with its cycle (`PEEL 2016`).

    The value of text is its tokens, parted by spaces: they stand one after another in the text. `exact` marks words
    that were quoted: they are compared as they are, others by their stems.
    """

    key: str
    value: str
    negated: bool = False
    exact: bool = False

    @property
    def text(self) -> str:
        """The canonical form, which can be typed. Text has its key here, so that no word is taken for a name."""
        value = self.value.replace(" ", "-") if self.key == TEXT else self.value
        if self.exact or not _NEEDS_NO_QUOTES.fullmatch(value):
            value = f'"{self.value}"'
        return f"{'-' if self.negated else ''}{self.key}:{value}"

    @property
    def place(self) -> tuple[int, bool, str]:
        """Where it stands in the canonical text."""
        return KEYS.index(self.key), self.negated, self.text


Clause = tuple[Literal, ...]


@dataclass(frozen=True, eq=False)
class Filter:
    """A release is meant when every clause holds; a clause holds when any of its literals does. No clause: all.

    Clauses that ask for values of one and the same key are one clause: `force:kent force:essex` means either. Words of
    the text are not: all of them are asked for. The order of literals is that in which they were typed; filters that
    differ in nothing else are equal.
    """

    clauses: tuple[Clause, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "clauses", _merged(self.clauses))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filter) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    @classmethod
    def of_bodies(cls, *ids: str) -> Filter:
        """The releases about any of these bodies, by register id; about all when none is given."""
        return cls((tuple(Literal("force", one) for one in ids),)) if ids else cls()

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies asked for, by register id, in the order they were named; empty when none was."""
        return self.values("force")

    def values(self, key: str) -> tuple[str, ...]:
        """What is asked for under a key, in order: the values of the clauses that hold nothing else."""
        return tuple(literal.value for clause in self.clauses if _asks_for(clause) == key for literal in clause)

    @property
    def looked_for(self) -> tuple[Literal, ...]:
        """The words and phrases a matching text can hold, in order: those to mark in it."""
        found = (one for clause in self.clauses for one in clause if one.key == TEXT and not one.negated)
        return tuple(dict.fromkeys(found))

    @cached_property
    def text(self) -> str:
        """The canonical form, as stored: the same wish is always the same text."""
        return " ".join(_clause_text(clause) for clause in self._in_order) or ALL

    @cached_property
    def words(self) -> str:
        """The filter for people, as what is meant: `Kent Police, on legitimacy, from 2016 on`; `every release`."""
        return wording.describe(self._in_order)

    def matches(self, release: Release) -> bool:
        """Whether the release is meant. What the index of a store finds is the same."""
        if not self.clauses:
            return True
        seen = _Seen(release)
        return all(any(seen.holds(literal) for literal in clause) for clause in self.clauses)

    @property
    def _in_order(self) -> tuple[Clause, ...]:
        inside = [tuple(sorted(clause, key=lambda literal: literal.place)) for clause in self.clauses]
        return tuple(sorted(inside, key=lambda clause: (len(_keys(clause)) > 1, [one.place for one in clause])))


class _Seen:
    """A release as its conditions are looked up in it."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._facets = facets(release)

    def holds(self, literal: Literal) -> bool:
        if literal.key in ("before", "after"):
            return self._came_out(literal)
        return self._has(literal) != literal.negated

    def _came_out(self, literal: Literal) -> bool:
        """Whether it is known to have come out then. Of a day that is not known, neither side is."""
        earliest, latest = published_within(self._release)
        first, last = days(literal.value)
        if literal.key == "before":
            return earliest >= first if literal.negated else latest < first
        return latest <= last if literal.negated else earliest > last

    def _has(self, literal: Literal) -> bool:
        release = self._release
        if literal.key == TEXT:
            stream = self._tokens if literal.exact else self._stems
            return f" {_compared(literal)} " in stream
        if literal.key == "year":
            first, last = years(literal.value)
            return release.year is not None and first <= release.year <= last
        return literal.value in self._facets.get(literal.key, ())

    @cached_property
    def _words(self) -> Sequence[str]:
        return tokens(self._release.text)

    @cached_property
    def _tokens(self) -> str:
        return f" {' '.join(self._words)} "

    @cached_property
    def _stems(self) -> str:
        return f" {' '.join(map(stem, self._words))} "


def _compared(literal: Literal) -> str:
    return literal.value if literal.exact else " ".join(map(stem, literal.value.split()))


def _keys(clause: Clause) -> set[str]:
    return {literal.key for literal in clause}


def _asks_for(clause: Clause) -> str | None:
    """The one key under which a clause asks for values; None when it asks for several, or excludes."""
    keys = {None if literal.negated else literal.key for literal in clause}
    return keys.pop() if len(keys) == 1 else None


def _merged(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Each clause once, and those that ask for values of one key as one."""
    found: dict[object, Clause] = {}
    for clause in clauses:
        if not clause:
            raise ValueError("a clause holds at least one condition")
        key = _asks_for(clause)
        place = frozenset(clause) if key in (None, TEXT) else key
        found[place] = tuple(dict.fromkeys((*found.get(place, ()), *clause)))
    return tuple(found.values())


def _clause_text(clause: Clause) -> str:
    apart = _asks_for(clause) not in (None, TEXT)
    return (" " if apart else " or ").join(literal.text for literal in clause)
