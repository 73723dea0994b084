"""Grades set side by side as rows of words for a table: each grade a word with its mark and the receipt of the words
that state it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from bot.rendering import limits
from bot.rendering.receipts import marked_receipt
from bot.rendering.verdicts import in_a_line, series, shortcomings
from bot.rendering.views import view
from bot.rendering.words import GRADE_MARKS, day, sentence
from summaries.forces import BodyKind, bodies
from summaries.register import body_name
from summaries.summarise import summarise
from summaries.types import Polarity, PublishedBasis

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summaries.ports import StoredRelease
    from summaries.standings.comparing import Comparison, Side
    from summaries.standings.given import Given
    from summaries.standings.histories import DrawnSeries, Entry, History
    from summaries.standings.tables import GradeTable
    from summaries.types import Finding

NOTHING = "—"
"""No release held states a grade: which does not say that none was given."""

MOST_ENTRIES = 20  # of a history
_ROOM = 6_500  # characters of a table; its notes and buttons, and the words of it, need room too
_MOST_IN_CELL = 3

Rows = list[list[str]]


def body_label(body_id: str) -> str:
    """A body's name as short as it stays clear: police forces by their area."""
    body = bodies().get(body_id)
    return body.short if body and body.kind is BodyKind.POLICE else body_name(body_id)


def grade_words(given: Sequence[Given], *, dated: bool = False) -> str:
    """`✔ good · R-5 ¶9`; all the grades there are, where releases differ. `dated`: each with its year."""
    if not given:
        return NOTHING
    told = [_told(list(group), dated=dated) for _, group in groupby(given, key=lambda one: (one.grade, one.recalled))]
    left = len(told) - _MOST_IN_CELL
    return "; ".join(told[:_MOST_IN_CELL]) + (f"; and {left} more" if left > 0 else "")


def grade_rows(table: GradeTable) -> tuple[Rows, int, int]:
    """A table of bodies against what is graded, and how many bodies and columns there was no room for."""
    columns = table.columns[: limits.TABLE_COLUMNS - 1]
    rows: Rows = [["Body", *(_about(about, table.programme) for about in columns)]]
    room = _ROOM - sum(map(len, rows[0]))
    for row in table.rows:
        cells = [grade_words(row.cells.get(about, ()), dated=table.cycle is None) for about in columns]
        line = [body_label(row.body), *cells]
        room -= sum(map(len, line))
        if room < 0 or len(rows) == limits.TABLE_ROWS:
            break
        rows.append(line)
    return rows, len(table.rows) - len(rows) + 1, len(table.columns) - len(columns)


def comparison_rows(compared: Comparison) -> Rows:
    """Bodies side by side: what is graded, when it was published, and how many findings there are of each kind."""
    sides = compared.sides
    dated = compared.cycle[1] is None
    rows: Rows = [[compared.series or "Inspection", *(body_label(side.body) for side in sides)]]
    rows += [
        [_about(about, compared.cycle[0]), *(_graded(side, about, dated=dated) for side in sides)]
        for about in compared.rows
    ]
    if not compared.rows:
        rows.append(["Grade", *(_verdict(side) for side in sides)])
    rows.append(["Published", *("; ".join(dict.fromkeys(map(date_words, side.releases))) for side in sides)])
    listed = [_findings(side) for side in sides]
    if any(listed):
        rows.append(["Findings marked praise", *(_count(findings, Polarity.PRAISE) for findings in listed)])
        rows.append(["Findings marked concern", *(_count(findings, Polarity.CONCERN) for findings in listed)])
    counted = [_shortcomings(side) for side in sides]
    return [*rows, ["Counted", *(words or NOTHING for words in counted)]] if any(counted) else rows


def history_rows(told: History) -> tuple[Rows, int]:
    """A record as rows, with a line where grades cease to be comparable; and how many entries were left out."""
    rows: Rows = [["Inspection", "Date", "Grade"]]
    for entry in told.entries[:MOST_ENTRIES]:
        if entry.boundary:
            rows.append(
                [f"Not comparable: {entry.newer} and what is below this line", NOTHING, sentence(entry.boundary)]
            )
        rows.append([_entry_name(entry), _entry_date(entry), _entry_grade(entry)])
    return rows, max(len(told.entries) - MOST_ENTRIES, 0)


def chart_of(drawn: DrawnSeries) -> dict[str, object]:
    """What a chart is drawn from: its title, categories and series, and what the numbers on its axis are."""
    top = max(len(point_scale(drawn)), 1)
    return {
        "title": f"{sentence(drawn.about)}, {drawn.programme}"[: limits.CHART_TITLE],
        "categories": [point.label for point in drawn.points],
        "series": [("grade", [point.height for point in drawn.points])],
        "y_label": f"1 inadequate to {top} outstanding",
    }


def point_scale(drawn: DrawnSeries) -> list[tuple[int, str]]:
    """(number, grade) of a scale, the highest first."""
    from summaries.frameworks import scale_grades

    return [(height, grade.value) for height, grade in enumerate(scale_grades(drawn.scale), start=1)][::-1]


def date_words(stored: StoredRelease) -> str:
    """`8 December 2016 (inferred)`; `no date` of a release that carries none and of which none is known."""
    release = stored.release
    if release.published_on is None:
        return "no date"
    return day(release.published_on) + (" (inferred)" if release.published_basis is PublishedBasis.CALENDAR else "")


def verdict_words(stored: StoredRelease) -> str:
    """What a release says of a body without giving it a grade: `ungraded · R-1 ¶1`."""
    verdict = in_a_line(stored.release, (), several=False) or "no body is graded"
    return f"{verdict} · {marked_receipt(stored, summarise(stored.release).verdict)}"


def _told(given: Sequence[Given], *, dated: bool) -> str:
    first = given[0]
    places = ", ".join(dict.fromkeys(marked_receipt(one.stored, one.evidence) for one in given))
    year = f" ({first.year})" if dated and first.year else ""
    if not first.recalled:
        return f"{GRADE_MARKS[first.grade]} {first.grade}{year} · {places}"
    when = first.recalled if first.recalled.isdecimal() else f"“{first.recalled}”"
    told = first.year is not None and str(first.year) == when
    return f"{GRADE_MARKS[first.grade]} {first.grade}{year}, as recalled{'' if told else ' ' + when} · {places}"


def _graded(side: Side, about: str, *, dated: bool) -> str:
    return grade_words(side.cells.get(about, ()), dated=dated)


def _verdict(side: Side) -> str:
    return verdict_words(side.releases[0])


def _about(about: str, programme: str | None) -> str:
    """What a grade is for, as a heading; where it is for all that was inspected, that need not be said again."""
    return "Grade" if about == (programme or "").casefold() else sentence(about)


def _findings(side: Side) -> list[Finding]:
    """The findings on this body alone, as they are listed: a grade told again is none."""
    return [point for stored in side.own for group in view(stored).findings for point in group.points]


def _count(findings: Sequence[Finding], polarity: Polarity) -> str:
    """How many of them are of a kind; of a body that no findings are listed of, nothing can be said."""
    return str(sum(finding.polarity is polarity for finding in findings)) if findings else NOTHING


def _shortcomings(side: Side) -> str:
    told = [
        f"{words} · {marked_receipt(stored, stored.release.field_evidence[field])}"
        for stored in side.own
        for field, words in shortcomings(stored.release).items()
        if field in stored.release.field_evidence
    ]
    return "; ".join(told)


def _entry_name(entry: Entry) -> str:
    if entry.ungraded:
        return sentence(series(entry.ungraded.release))
    about = "" if entry.about == (entry.programme or "").casefold() else entry.about
    return ", ".join(part for part in (entry.series or "Inspection not named", about) if part)


def _entry_date(entry: Entry) -> str:
    own = entry.ungraded or next((one.stored for one in entry.given if not one.recalled), None)
    if own is not None and own.release.published_on:
        return date_words(own)
    told = entry.year and (entry.cycle is None or entry.cycle.isdecimal())
    return str(entry.year) if told else "no date"


def _entry_grade(entry: Entry) -> str:
    stored = entry.ungraded
    if stored is None:
        untold = "; its inspection or cycle is not told, so not comparable" if entry.is_unplaced else ""
        return grade_words(entry.given) + untold
    return f"– {verdict_words(stored)}"


HELPERS: dict[str, Callable[..., object]] = {"date_words": date_words, "grade_words": grade_words}
