"""Grades side by side in words: cells with receipts, rows cut where there is no room, messages Slack takes."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from cards import ASKED, RENDERER, case, cases
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from bot.answers import grading
from bot.answers.ask import Ask
from bot.intents.wanted import Compare, Grades, History
from bot.rendering import limits
from bot.rendering.standings import body_label, date_words, grade_rows, grade_words, history_rows
from summaries.forces import bodies
from summaries.frameworks import Measure
from summaries.standings.given import given_in, recalled_in
from summaries.standings.histories import history
from summaries.standings.tables import GradeTable, Row
from summaries.types import Grade, PublishedBasis, Scale

if TYPE_CHECKING:
    from summaries.standings.given import Given

TYPED = {"typed_words": "grades", "carried": ()}
CHESHIRE = "01-peel-2016-legitimacy-cheshire"


def own(name: str = CHESHIRE) -> Given:
    return given_in(case(name).stored)[0]


def receipts(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def large_table(bodies_in_it: int, columns: int) -> GradeTable:
    """A table in which every cell is full."""
    abouts = tuple(f"an area of policing of some length, number {number}" for number in range(columns))
    one = own()
    cells = {about: (replace(one, measure=Measure("PEEL", "2021/22", about, Scale.FIVE)),) for about in abouts}
    return GradeTable("PEEL", "2021/22", abouts, tuple(Row(body, cells) for body in islice(bodies(), bodies_in_it)))


def test_a_cell_is_a_grade_with_its_mark_and_receipt() -> None:
    number = case(CHESHIRE).stored.number

    assert receipts(grade_words([own()])) == f"▲ requires improvement · R-{number} ¶1"
    assert grade_words([]) == "—"


def test_releases_that_agree_are_one_grade_with_both_receipts() -> None:
    one = own()
    copy = replace(one, stored=replace(one.stored, number=99))

    assert receipts(grade_words([one, copy])) == f"▲ requires improvement · R-{one.stored.number} ¶1, R-99 ¶1"


def test_releases_that_differ_are_all_told() -> None:
    one = own()
    other = replace(one, stored=replace(one.stored, number=99), grade=Grade.GOOD)

    assert receipts(grade_words([one, other])).endswith("¶1; ✔ good · R-99 ¶1")


def test_a_recalled_grade_is_told_as_recalled_in_the_words_of_the_release() -> None:
    [dated] = recalled_in(case(CHESHIRE).stored)
    [told] = recalled_in(case("01-peel-2016-legitimacy-north-wales").stored)

    assert receipts(grade_words([dated])).startswith("✔ good, as recalled · R-")
    assert receipts(grade_words([told])).startswith("✔ good, as recalled “last year” · R-")


def test_a_rolling_programme_tells_the_year_of_each_grade() -> None:
    assert "✔ good (2018) · " in grade_words([own("09-cdi-good-wiltshire")], dated=True)


def test_an_inferred_date_says_so() -> None:
    stored = case(CHESHIRE).stored
    inferred = replace(stored, release=replace(stored.release, published_basis=PublishedBasis.CALENDAR))

    assert date_words(inferred) == "8 December 2016 (inferred)"
    assert date_words(replace(stored, release=replace(stored.release, published_on=None))) == "no date"


def test_fire_services_keep_their_whole_name_and_forces_go_by_their_area() -> None:
    assert body_label("cheshire") == "Cheshire"
    assert body_label("cheshire-fire") == "Cheshire Fire and Rescue Service"
    assert body_label("gone") == "gone"


@pytest.mark.parametrize(("rows", "columns"), [(43, 3), (87, 1), (87, 12), (120, 30), (1, 1)])
def test_a_table_is_cut_at_rows_and_columns_and_counts_what_it_left_out(rows: int, columns: int) -> None:
    table = large_table(rows, columns)

    shown, rows_left, columns_left = grade_rows(table)

    assert len(shown) - 1 + rows_left == len(table.rows)
    assert len(shown[0]) - 1 + columns_left == columns
    assert 1 < len(shown) <= limits.TABLE_ROWS
    assert len(shown[0]) <= limits.TABLE_COLUMNS
    assert {len(row) for row in shown} == {len(shown[0])}
    assert sum(len(cell) for row in shown for cell in row) <= limits.TABLE_TEXT


def test_all_43_forces_fit_with_three_pillars() -> None:
    pillars = ("effectiveness", "efficiency", "legitimacy")
    table = replace(large_table(43, 3), columns=pillars)
    cells = {about: (own(),) for about in pillars}

    _, left, _ = grade_rows(replace(table, rows=tuple(replace(row, cells=cells) for row in table.rows)))

    assert left == 0


def test_a_long_record_is_cut_after_twenty_lines() -> None:
    releases = [one.stored for one in cases() if one.release.programme == "PEEL"]
    moved = [
        replace(
            stored,
            release=replace(
                stored.release, judgments=tuple(replace(one, body="kent") for one in stored.release.judgments)
            ),
        )
        for stored in releases
    ]
    told = history("kent", moved)

    rows, left = history_rows(told)

    assert left == len(told.entries) - 20
    assert len([row for row in rows[1:] if not row[0].startswith("Not comparable")]) == 20


@for_any(st.lists(st.sampled_from(cases()), min_size=1, max_size=30, unique_by=lambda one: one.name), st.data())
@settings(max_examples=30)
def test_whatever_is_held_every_answer_is_one_that_slack_takes(chosen: list[object], data: st.DataObject) -> None:
    services = _Held([one.stored for one in chosen])  # type: ignore[attr-defined]
    known = sorted({body.id for one in chosen for body in one.release.subjects}) or ["kent"]  # type: ignore[attr-defined]
    some = [data.draw(st.sampled_from([*known, "essex", "kent"])) for _ in range(8)]
    ask = Ask("grades", "command")

    replies = [
        grading.grades(Grades("all"), ask, services),  # type: ignore[arg-type]
        grading.grades(Grades(f"force:{some[0]}"), ask, services),  # type: ignore[arg-type]
        grading.history(History(f"force:{some[0]}"), ask, services),  # type: ignore[arg-type]
    ]
    if len(set(some)) > 1:
        words = " ".join(f"force:{body}" for body in some)
        replies.append(grading.compare(Compare(words), ask, services))  # type: ignore[arg-type]

    for reply in replies:
        message = RENDERER.render(replace(reply, context={**reply.context, **ASKED, **TYPED}))
        assert message.text


class _Held:
    """Services over some releases: a store that answers by the filter itself, as the index does."""

    groups = None

    def __init__(self, releases: list[object]) -> None:
        self.releases = self.search = self.store = self
        self._held = sorted(releases, key=lambda stored: (stored.release.dated, stored.seq), reverse=True)  # type: ignore[attr-defined]

    def read(self) -> _Held:
        return self

    def __enter__(self) -> _Held:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def newest(self, wanted: object, *, limit: int, offset: int = 0) -> list[object]:
        return [stored for stored in self._held if wanted.matches(stored.release)][offset : offset + limit]  # type: ignore[attr-defined]

    def count(self) -> int:
        return len(self._held)


def test_a_cycle_of_which_no_release_states_a_grade_is_not_offered() -> None:
    releases = [case("05-peel-2023-25-derbyshire").stored, case(CHESHIRE).stored]

    reply = grading.grades(Grades("all"), Ask("grades", "command"), _Held(releases))  # type: ignore[arg-type]

    assert reply.context["held"].table.series == "PEEL 2016"
    assert reply.context["others"] == []


def test_a_kind_that_is_asked_for_leaves_out_the_national_releases_of_another() -> None:
    held = _Held([case("06-national-effectiveness-2016").stored, case(CHESHIRE).stored])
    ask = Ask("grades", "command")

    named = grading.grades(Grades("Durham"), ask, held)  # type: ignore[arg-type]
    excluded = grading.grades(Grades("Durham -kind:national"), ask, held)  # type: ignore[arg-type]

    assert named.context["held"].table.graded == 1
    assert excluded.template == "grades_none.j2"


def test_the_cycle_shown_is_the_newest_with_a_grade_asked_for_on_the_pillar_asked_for() -> None:
    held = _Held([one.stored for one in cases()])
    ask = Ask("grades", "command")

    table = grading.grades(Grades("-grade:good pillar:efficiency"), ask, held).context["held"].table  # type: ignore[arg-type]
    shown = {row.body: row.cells["efficiency"][0].grade for row in table.rows}

    assert table.series == "PEEL 2018/19"
    assert shown.items() >= {"cumbria": Grade.OUTSTANDING, "cleveland": Grade.INADEQUATE}.items()
    assert {"staffordshire", "surrey", "warwickshire"} <= shown.keys()
    assert Grade.GOOD not in shown.values()


def test_the_cycle_shown_for_an_outstanding_pillar_is_the_newest_that_holds_one() -> None:
    held = _Held([one.stored for one in cases()])

    reply = grading.grades(Grades("legitimacy grade:outstanding"), Ask("grades", "command"), held)  # type: ignore[arg-type]

    assert reply.template == "grades.j2"
    assert {row.body for row in reply.context["held"].table.rows} == {"durham"}
