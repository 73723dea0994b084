"""Who holds which grade: bodies against the pillars or areas of one cycle of a programme."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from summaries.frameworks import cycles, programmes, series_name
from summaries.query import Filter
from summaries.register import body_name
from summaries.standings.given import Given, by_year, column_order, given_in
from summaries.standings.reading import (
    MOST_OF_A_CYCLE,
    bodies_asked,
    grade_clauses,
    graded,
    may_hold,
    meets,
    naming,
    narrowed,
    newest_first,
    of_cycle,
    whatever_grade,
    with_national,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from summaries.ports import Store, StoredRelease, UnitOfWork
    from summaries.query.filters import Clause


_MOST_COUNTED = 60  # releases of one other cycle


@dataclass(frozen=True, slots=True)
class Row:
    """One body's grades by what they are for. More than one in a cell when releases differ or a rolling programme came
    again: none is chosen over another."""

    body: str
    cells: Mapping[str, tuple[Given, ...]]


@dataclass(frozen=True, slots=True)
class GradeTable:
    """The grades of one cycle. `columns` are what is graded; `questions_left` counts columns of questions that a pillar
    would show."""

    programme: str
    cycle: str | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    questions_left: int = 0

    @property
    def series(self) -> str:
        return series_name(self.programme, self.cycle)

    @property
    def graded(self) -> int:
        """How many bodies have a grade in it."""
        return sum(1 for row in self.rows if row.cells)


@dataclass(frozen=True, slots=True)
class Offered:
    """Another cycle with grades, and the filter that asks for it. `bodies` is how many hold a grade that was asked for;
    None when none was asked for, or when there are too many releases to count."""

    programme: str
    cycle: str | None
    wanted: Filter
    bodies: int | None = None

    @property
    def series(self) -> str:
        return series_name(self.programme, self.cycle)


@dataclass(frozen=True, slots=True)
class GradesHeld:
    """The table asked for; None when no release wanted states a grade asked for, and then `matching` says whether any
    is wanted, whatever its grades. `others` are other cycles with grades, the newest first of each programme: of what
    else was asked for, or of everything when nothing of that is graded."""

    table: GradeTable | None
    others: tuple[Offered, ...]
    matching: bool = True


def grades_held(store: Store, wanted: Filter) -> GradesHeld:
    """The grades in the releases wanted, of the newest cycle among them. Raises StoreUnavailable."""
    asked = bodies_asked(wanted)
    at_any_time = narrowed(wanted, without=("programme", "year", "before", "after"))
    with store.read() as unit:
        chosen = _newest_graded(unit, wanted)
        offered = _graded_cycles(unit, at_any_time) or _graded_cycles(unit, Filter())
        offered = [one for one in offered if (one.programme, one.cycle) != chosen]
        others = tuple(one for one in (_counted(unit, one) for one in offered) if one.bodies != 0)
        if chosen is None:
            return GradesHeld(None, others, matching=bool(unit.search.newest(whatever_grade(wanted), limit=1)))
        releases = with_national(unit, of_cycle(whatever_grade(wanted), *chosen), asked, most=MOST_OF_A_CYCLE)
    given = chain.from_iterable(given_in(stored) for stored in releases)
    pillars, grades = wanted.values("pillar"), grade_clauses(wanted)
    return GradesHeld(grade_table(given, *chosen, bodies_wanted=asked, pillars=pillars, grades=grades), others)


def grade_table(
    given: Iterable[Given],
    programme: str,
    cycle: str | None,
    *,
    bodies_wanted: Sequence[str] = (),
    pillars: Sequence[str] = (),
    grades: Sequence[Clause] = (),
) -> GradeTable:
    """Set the grades of one cycle in a table, bodies by name.

    Pillars stand alone where there are any, their questions join them when `pillars` are asked for; a cycle without
    pillars has its areas. With `bodies_wanted` those, and they only, have a row, graded or not; with `grades`, clauses
    of a filter, only the grades that meet them are in it, and the bodies that hold one.
    """
    held = [one for one in given if (one.measure.programme, one.measure.cycle) == (programme, cycle)]
    held = [one for one in held if _is_of(one, bodies_wanted, pillars)]
    columns, left = _columns(held, with_questions=bool(pillars))
    met = [one for one in held if meets(one, grades)]
    if grades and not any(one.about in columns for one in met):
        columns, left = _columns(met, with_questions=True)
    cells: dict[str, dict[str, list[Given]]] = {body: {} for body in bodies_wanted}
    for one in by_year(met):
        if one.about in columns:
            cells.setdefault(one.body, {}).setdefault(one.about, []).append(one)
    rows = [Row(body, {about: tuple(cell) for about, cell in row.items()}) for body, row in cells.items()]
    if grades:
        rows = [row for row in rows if row.cells]
        columns = tuple(about for about in columns if any(about in row.cells for row in rows))
    return GradeTable(programme, cycle, columns, tuple(sorted(rows, key=_by_name)), left)


def _is_of(one: Given, bodies_wanted: Sequence[str], pillars: Sequence[str]) -> bool:
    """Whether a grade is of one of these bodies and of one of these pillars, where any are asked for."""
    on_pillar = not pillars or one.about in pillars or one.stored.release.pillar in pillars
    return on_pillar and (not bodies_wanted or one.body in bodies_wanted)


def _columns(held: Sequence[Given], *, with_questions: bool) -> tuple[tuple[str, ...], int]:
    """What is graded, pillars first; areas by how many bodies have a grade for them."""
    wholes = sorted({one.about for one in held if one.measure.whole}, key=column_order)
    asked = Counter(about for about, _ in {(one.about, one.body) for one in held if not one.measure.whole})
    questions = [about for about, _ in sorted(asked.items(), key=lambda counted: (-counted[1], counted[0]))]
    questions = [about for about in questions if about not in wholes]
    if wholes and not with_questions:
        return tuple(wholes), len(questions)
    return (*wholes, *questions), 0


def _newest_graded(unit: UnitOfWork, wanted: Filter) -> tuple[str, str | None] | None:
    """The programme and cycle of the newest release wanted that gives a grade: to one of the bodies wanted, if any."""
    bodies_wanted, pillars, grades = bodies_asked(wanted), wanted.values("pillar"), grade_clauses(wanted)
    own = newest_first(unit, graded(may_hold(wanted)))
    for stored in chain(own, _naming_later(unit, may_hold(wanted), bodies_wanted)):
        for one in given_in(stored):
            is_wanted = _is_of(one, bodies_wanted, pillars) and meets(one, grades)
            if one.measure.programme and is_wanted:
                return one.measure.programme, one.measure.cycle
    return None


def _naming_later(unit: UnitOfWork, wanted: Filter, bodies_wanted: Sequence[str]) -> Iterator[StoredRelease]:
    """National releases that name the bodies, read only when it comes to them."""
    if bodies_wanted:
        yield from naming(unit, wanted, bodies_wanted)


def _graded_cycles(unit: UnitOfWork, wanted: Filter) -> list[Offered]:
    """The cycles of which a release wanted states a grade, the newest of each programme first."""
    cycles_graded = ((name, entry.cycle) for name in programmes() for entry in reversed(cycles(name)) if entry.scale)
    offered = (Offered(*one, of_cycle(wanted, *one)) for one in cycles_graded)
    return [one for one in offered if unit.search.newest(graded(may_hold(one.wanted)), limit=1)]


def _counted(unit: UnitOfWork, offered: Offered) -> Offered:
    """The same with how many bodies its table would show, where grades are asked for."""
    wanted = offered.wanted
    grades, asked = grade_clauses(wanted), bodies_asked(wanted)
    if not grades:
        return offered
    releases = with_national(unit, may_hold(wanted), asked, most=_MOST_COUNTED + 1)
    if len(releases) > _MOST_COUNTED:
        return offered
    given = chain.from_iterable(given_in(stored) for stored in releases)
    pillars = wanted.values("pillar")
    table = grade_table(given, offered.programme, offered.cycle, bodies_wanted=asked, pillars=pillars, grades=grades)
    return replace(offered, bodies=table.graded)


def _by_name(row: Row) -> str:
    return body_name(row.body)
