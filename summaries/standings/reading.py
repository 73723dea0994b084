"""What of the store is read to set grades side by side. A page of releases at a time, and never all there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.query import Filter, Literal
from summaries.types import Grade, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from summaries.ports import StoredRelease, UnitOfWork
    from summaries.query.filters import Clause
    from summaries.standings.given import Given

PAGE = 5
MOST_LOOKED_THROUGH = 300
"""Releases that state a grade, looked through for the newest of which it is known what was inspected."""

MOST_OF_A_CYCLE = 600
"""Releases of one cycle of a programme: PEEL 2016 had 43 on each of four pillars, and their national ones."""

MOST_NATIONAL = 60


def narrowed(wanted: Filter, *literals: Literal, without: Sequence[str] = ()) -> Filter:
    """The filter with more conditions, and without its clauses on some keys."""
    kept = [clause for clause in wanted.clauses if not any(literal.key in without for literal in clause)]
    return Filter((*kept, *((literal,) for literal in literals)))


def bodies_asked(wanted: Filter) -> tuple[str, ...]:
    """The bodies a filter names, each once and in the order they were named, without those it excludes."""
    excluded = {one.value for clause in wanted.clauses for one in clause if one.key == "force" and one.negated}
    return tuple(body for body in dict.fromkeys(wanted.bodies) if body not in excluded)


def of_cycle(wanted: Filter, programme: str, cycle: str | None) -> Filter:
    """The releases of one cycle among those wanted; of a rolling programme, all of it."""
    named = f"{programme} {cycle}" if cycle else programme
    return narrowed(wanted, Literal("programme", named), without=("programme",))


def graded(wanted: Filter) -> Filter:
    """Those wanted that state a grade, of their own subjects or of bodies they name."""
    if wanted.values("grade"):
        return wanted
    any_grade = tuple(Literal("grade", grade) for grade in Grade)
    return Filter((*wanted.clauses, any_grade))


def may_hold(wanted: Filter) -> Filter:
    """Those that may hold a grade asked for: beside one that is excluded, a release may state others (`meets`)."""
    return Filter(tuple(clause for clause in wanted.clauses if clause not in grade_clauses(wanted) or _asks(clause)))


def grade_clauses(wanted: Filter) -> tuple[Clause, ...]:
    """The clauses of a filter that tell of grades: for a table they hold of each grade, not of whole releases."""
    return tuple(clause for clause in wanted.clauses if any(literal.key == "grade" for literal in clause))


def whatever_grade(wanted: Filter) -> Filter:
    """The filter without its clauses on grades."""
    return narrowed(wanted, without=("grade",))


def meets(one: Given, clauses: Iterable[Clause]) -> bool:
    """Whether a grade is one of those asked for: each clause holds of it, of its body or else of its release."""
    return all(any(_holds(literal, one) for literal in clause) for clause in clauses)


def _holds(literal: Literal, one: Given) -> bool:
    if literal.key == "grade":
        return (one.grade == literal.value) != literal.negated
    if literal.key == "force":
        return (one.body == literal.value) != literal.negated
    return Filter(((literal,),)).matches(one.stored.release)


def _asks(clause: Clause) -> bool:
    return all(literal.key == "grade" and not literal.negated for literal in clause)


def newest_first(unit: UnitOfWork, wanted: Filter, *, most: int = MOST_LOOKED_THROUGH) -> Iterator[StoredRelease]:
    """The releases wanted, read as they are asked for."""
    for offset in range(0, most, PAGE):
        page = unit.search.newest(wanted, limit=PAGE, offset=offset)
        yield from page
        if len(page) < PAGE:
            return


def naming(unit: UnitOfWork, wanted: Filter, bodies: Sequence[str]) -> list[StoredRelease]:
    """The national releases that name one of these bodies with a grade, newest first: those of what else is wanted."""
    everywhere = narrowed(graded(wanted), without=("force",))
    if not any(literal.key == "kind" for clause in wanted.clauses for literal in clause):
        everywhere = narrowed(everywhere, Literal("kind", Kind.NATIONAL))
    return [stored for stored in unit.search.newest(everywhere, limit=MOST_NATIONAL) if names_any(stored, bodies)]


def names_any(stored: StoredRelease, bodies: Sequence[str]) -> bool:
    """Whether a release gives one of these bodies a grade by naming it, and is not about it."""
    about = {body.id for body in stored.release.subjects}
    return any(one.body in bodies and one.body not in about for one in stored.release.named_grades)


def with_national(unit: UnitOfWork, wanted: Filter, bodies: Sequence[str], *, most: int) -> list[StoredRelease]:
    """The releases wanted, newest first, and the national ones that name one of these bodies with a grade; where no
    body is asked for, those are among the wanted."""
    found = unit.search.newest(wanted, limit=most)
    national = naming(unit, wanted, bodies) if bodies else []
    return list({stored.number: stored for stored in (*found, *national)}.values())
