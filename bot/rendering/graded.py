"""What a release grades one by one, pillars, areas or bodies, laid out in lines with their receipts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from bot.rendering.receipts import receipt
from summaries.register import body_name
from summaries.types import Evidence, Grade, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from summaries.ports import StoredRelease
    from summaries.types import Judgment, NamedGrade

# The names of what is graded may take this much of a message; those over it are counted.
ROOM = 1_500  # characters
_RANKS = {grade: rank for rank, grade in enumerate(Grade)}


@dataclass(frozen=True, slots=True)
class GradeLine:
    """What was given one grade. `parts` are (names, receipt): names that one paragraph states stand together."""

    grade: Grade
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """Lines to show, and how many graded things there was no room to name."""

    lines: tuple[GradeLine, ...]
    left_out: int


class _Named(NamedTuple):
    grade: Grade
    name: str
    evidence: Evidence


def graded(
    stored: StoredRelease, judgments: Sequence[Judgment], named: Sequence[NamedGrade], *, several: bool
) -> Graded:
    """Pillars one a line, as printed, and bodies when they are `several`; areas of one body, and the bodies that a
    national release names, by their grade, best first."""
    alone = [_named(one, several=several) for one in judgments if several or one.scope is not Scope.QUESTION]
    areas = [_named(one, several=False) for one in judgments if not several and one.scope is Scope.QUESTION]
    bodies_named = [_Named(one.grade, body_name(one.body), one.evidence) for one in named]
    shown, shown_together = _within_room(alone, [*areas, *bodies_named])
    lines = (*(_line(stored, [one]) for one in shown), *_by_grade(stored, shown_together))
    return Graded(lines, len(alone) + len(areas) + len(bodies_named) - len(shown) - len(shown_together))


def _named(judgment: Judgment, *, several: bool) -> _Named:
    body = body_name(judgment.body) if several else ""
    about = "" if several and judgment.scope is Scope.OVERALL else judgment.about
    return _Named(judgment.grade, ", ".join(part for part in (body, about) if part), judgment.evidence)


def _within_room(*lists: Sequence[_Named]) -> Iterator[list[_Named]]:
    room = ROOM
    for named in lists:
        shown: list[_Named] = []
        for one in named:
            room -= len(one.name)
            if room >= 0:
                shown.append(one)
        yield shown


def _by_grade(stored: StoredRelease, named: Iterable[_Named]) -> Iterable[GradeLine]:
    ordered = sorted(named, key=lambda one: _RANKS[one.grade])
    return [_line(stored, list(group)) for _, group in groupby(ordered, key=lambda one: one.grade)]


def _line(stored: StoredRelease, named: Sequence[_Named]) -> GradeLine:
    """Of things with one grade."""
    receipts = [(one.name, receipt(stored, one.evidence)) for one in named]
    told = groupby(receipts, key=lambda part: part[1])
    return GradeLine(named[0].grade, tuple(("; ".join(name for name, _ in group), where) for where, group in told))
