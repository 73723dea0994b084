"""What a filter is, once it is understood: clauses that must all hold, each a choice of conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.forces import bodies

if TYPE_CHECKING:
    from summaries.types import Release

TEXT = "text"
"""The key of a bare word, and of a quoted phrase, which holds a space or is marked `exact`."""


@dataclass(frozen=True, slots=True)
class Literal:
    """One condition: `force:kent`, `-topic:vetting`, a word of the text. `value` is canonical: a register id, a grade,
    a year. `exact` marks words that were quoted."""

    key: str
    value: str
    negated: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A release is meant when every clause holds; a clause holds when any of its literals does. No clause: all."""

    clauses: tuple[tuple[Literal, ...], ...] = ()

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
        return tuple(
            literal.value
            for clause in self.clauses
            if all(one.key == key and not one.negated for one in clause)
            for literal in clause
        )

    @property
    def text(self) -> str:
        """The canonical form, as stored: the same wish is always the same text."""
        return " ".join("force:" + body for body in sorted(self.bodies)) or "all"

    @property
    def words(self) -> str:
        """The filter for people: the bodies by their names of today."""
        known = bodies()
        names = [known[body].official if body in known else body for body in self.bodies]
        return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "every release"

    def matches(self, release: Release) -> bool:
        return not self.bodies or any(body.id in self.bodies for body in release.subjects)
