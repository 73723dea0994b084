"""Answers that set grades side by side: a table, a comparison, a history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering import standings
from bot.rendering.message import Reply
from bot.rendering.views import taken_back, view
from summaries import lookup
from summaries.query import Filter, parse_filter
from summaries.register import body_name
from summaries.standings.comparing import FEWEST, compare_bodies
from summaries.standings.given import WHOLES, column_order
from summaries.standings.histories import history_of
from summaries.standings.reading import grade_clauses
from summaries.standings.tables import grades_held

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.intents.wanted import Compare, Grades
    from bot.intents.wanted import History as AskHistory
    from bot.rendering.views import ReleaseView
    from bot.services import Services
    from summaries.ports import StoredRelease
    from summaries.standings.comparing import Comparison, Side
    from summaries.standings.histories import History
    from summaries.standings.tables import GradesHeld

_MOST_BUTTONS = 5
_MOST_GRADES = 4  # of a body that stands apart
_MOST_GRADES_OF_TWO = 12  # where there is room
_FEW_RELEASES = 4  # of which there is room for more than one finding each


def grades(intent: Grades, ask: Ask, services: Services) -> Reply:
    """Who holds which grade in the newest cycle that the filter leaves. Raises BadFilter."""
    wanted = parse_filter(intent.words or "all", groups=services.groups)
    held = grades_held(services.store, wanted)
    narrowed = bool(grade_clauses(wanted))
    context = {"wanted": wanted, "held": held, "others": _other_tables(held), "narrowed": narrowed}
    if held.table is None or not held.table.rows or not held.table.columns:
        return Reply("grades_none.j2", {**context, "total": lookup.how_many(services.store)})
    rows, bodies_left, columns_left = standings.grade_rows(held.table)
    several = any(len(cell) > 1 for row in held.table.rows for cell in row.cells.values())
    left = {"bodies_left": bodies_left, "columns_left": columns_left}
    given = [one.stored for row in held.table.rows for cell in row.cells.values() for one in cell]
    return Reply("grades.j2", {**context, **left, "rows": rows, "several": several, "taken_back": taken_back(given)})


def compare(intent: Compare, ask: Ask, services: Services) -> Reply:
    """Two to eight bodies side by side. Raises BadFilter and NothingToCompare."""
    wanted = parse_filter(intent.words or "all", groups=services.groups)
    compared = compare_bodies(services.store, wanted)
    context = {"wanted": wanted, "compared": compared, "narrowing": _narrows(wanted)}
    if not compared.sides and not compared.apart:
        context |= _without_narrowing(wanted, services)
        return Reply("compare_none.j2", {**context, "total": lookup.how_many(services.store)})
    one_cycle = len(compared.sides) >= FEWEST  # a body alone is beside none
    apart = (*(() if one_cycle else compared.sides), *compared.apart)
    most = _MOST_GRADES if len(apart) > FEWEST else _MOST_GRADES_OF_TWO
    told = _told_of(compared)
    return Reply(
        "compare.j2",
        {
            **context,
            "rows": standings.comparison_rows(compared) if one_cycle else [],
            "told": told,
            "names": {body: body_name(body) for body in wanted.bodies},
            "title": _title(compared),
            "most_findings": 3 if len(told) <= _FEW_RELEASES else 1,
            "own_cells": {side.body: list(side.cells.items())[:most] for side in apart},
            "verdicts": {side.body: standings.verdict_words(side.releases[0]) for side in apart},
            "taken_back": taken_back(one for side in (*compared.sides, *compared.apart) for one in side.releases),
            "opens": [_opening(side) for side in (*compared.sides, *compared.apart)],
        },
    )


def history(intent: AskHistory, ask: Ask, services: Services) -> Reply:
    """The record of a body through the years. Raises BadFilter and OneBodyOnly."""
    wanted = parse_filter(intent.words or "all", groups=services.groups)
    told = history_of(services.store, wanted)
    name, label = body_name(told.body), standings.body_label(told.body)
    context = {"wanted": wanted, "told": told, "name": name, "label": label, "narrowing": _narrows(wanted)}
    if not told.entries:
        return Reply("history_none.j2", {**context, "total": lookup.how_many(services.store)})
    rows, left = standings.history_rows(told)
    drawn = told.drawn
    return Reply(
        "history.j2",
        {
            **context,
            "rows": rows,
            "left": left,
            "taken_back": taken_back(_releases(told)),
            "recalled": any(one.recalled for entry in told.entries for one in entry.given),
            "chart": standings.chart_of(drawn) if drawn else None,
            "scale": standings.point_scale(drawn) if drawn else (),
            "pillars": _pillars(told) if not wanted.values("pillar") else [],
        },
    )


def _other_tables(held: GradesHeld) -> list[tuple[str, str]]:
    """(label, words) of the other cycles to offer: of other programmes the newest, of this one as many as there is
    room for."""
    shown = held.table.programme if held.table else None
    newest = {one.programme: one for one in reversed(held.others) if one.programme != shown}
    others = [one for one in held.others if one in newest.values()]
    same = [one for one in held.others if one.programme == shown]
    offered = [*same[: max(_MOST_BUTTONS - len(others), 1)], *others][:_MOST_BUTTONS]
    return [(one.series, f"grades {one.wanted.text}") for one in offered]


def _without_narrowing(wanted: Filter, services: Services) -> dict[str, object]:
    """`held`: the names of the bodies that something is held on, whatever else was asked for; `instead`: the words that
    compare all that were named so."""
    named = Filter(tuple(clause for clause in wanted.clauses if all(one.key == "force" for one in clause)))
    if named == wanted:
        return {"held": [], "instead": ""}
    compared = compare_bodies(services.store, named)
    held = [body_name(side.body) for side in (*compared.sides, *compared.apart)]
    words = ", ".join(map(standings.body_label, named.bodies))
    same = parse_filter(words, groups=services.groups) == named
    return {"held": held, "instead": f"compare {words if same else named.text}"}


def _told_of(compared: Comparison) -> list[tuple[ReleaseView, str]]:
    """The releases that tell of the bodies side by side, each once, with the names of those it is about: what is found
    in a national one that only names a body is not found of it."""
    told: dict[int, tuple[ReleaseView, list[str]]] = {}
    for side in compared.sides:
        for stored in side.releases:
            if any(one.id == side.body for one in stored.release.subjects):
                told.setdefault(stored.number, (view(stored), []))[1].append(body_name(side.body))
    return [(shown, ", ".join(names)) for shown, names in told.values()]


def _releases(told: History) -> list[StoredRelease]:
    """The releases of a record."""
    given = [one.stored for entry in told.entries for one in entry.given]
    return [*given, *(entry.ungraded for entry in told.entries if entry.ungraded)]


def _pillars(told: History) -> list[str]:
    """The pillars that the record can be narrowed to, when there is more than one."""
    found = {entry.about for entry in told.entries if entry.about in WHOLES}
    return sorted(found, key=column_order) if len(found) > 1 or told.questions_left else []


def _title(compared: Comparison) -> str:
    """Whom it compares, as short as it stays clear."""
    shown = [standings.body_label(side.body) for side in (*compared.sides, *compared.apart)]
    return ", ".join([*shown, *map(standings.body_label, compared.without)])


def _opening(side: Side) -> tuple[str, str]:
    """(label, words) of the button that opens a body's newest release of those shown."""
    return standings.body_label(side.body), f"R-{side.releases[0].number}"


def _narrows(wanted: Filter) -> bool:
    return any(literal.key != "force" for clause in wanted.clauses for literal in clause)
