"""The store read again by a newer parser, on both databases: the real parser, and what an older one left behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from follow import run_sql
from older import (
    FORCES,
    current,
    document,
    everything_in,
    held_ids,
    outcomes,
    page_of_three,
    read_by_older,
    reparse,
    the_release,
)
from releases import NOON, SteppingClock, make_release

from summaries.parsing import PARSER_VERSION, parse
from summaries.reparsing import Outcome, ReparseReport, Reread, reparse_all
from summaries.store.tables import raw_document, raw_reading
from summaries.types import RawRelease
from summaries.watched import Source, SourceKind, SourcePage

if TYPE_CHECKING:
    from summaries.store.database import Database


def test_a_retired_release_that_is_found_again_comes_back_under_its_number(database: Database) -> None:
    raw = document()
    better = the_release(raw)
    [number] = read_by_older(database, raw, better)
    with database.write() as unit:
        unit.rereading.retire(number, raw_id=0)
        assert unit.releases.latest() == unit.releases.of_body("kent") == []
        assert unit.rereading.known([better.id, "another"]) == {better.id: False}
    reparse(database)

    stored = current(database, better.id)
    assert stored is not None
    assert (stored.number, stored.revision) == (number, 2)
    assert held_ids(database) == [better.id]


def test_what_is_not_recognised_any_more_is_retired_and_its_document_kept_with_the_reason(database: Database) -> None:
    raw = RawRelease("menu.txt", b"Lunch today is soup and bread, and there is tea.")
    read_by_older(database, raw, make_release("lunch"))
    [report] = reparse(database)

    assert [(one.outcome, one.number) for one in report.releases] == [(Outcome.RETIRED, 1)]
    assert report.problem is not None
    assert not report.failed
    assert held_ids(database) == []
    with database.read() as unit:
        assert unit.releases.unreadable() == [("menu.txt", report.problem)]
        assert unit.releases.ingested_between(0, 99) == []


def test_what_cannot_be_read_any_more_leaves_what_is_held_and_is_tried_again(database: Database) -> None:
    raw = RawRelease("broken.pdf", b"%PDF-1.4 and nothing else")
    read_by_older(database, raw, make_release("kent-1"))
    for _ in range(2):
        [report] = reparse(database)
        assert report.failed
        assert report.problem
        assert held_ids(database) == ["kent-1"]
    with database.read() as unit:
        assert unit.releases.unreadable() == []


def test_a_dry_run_says_the_same_and_writes_nothing(database: Database, database_url: str) -> None:
    raw = document("Durham Constabulary")
    read_by_older(database, raw, replace(the_release(raw), id="some-old-id", judgments=()))
    read_by_older(database, page_of_three(), problem="Unread.")
    before = everything_in(database_url)
    planned = reparse(database, dry_run=True)

    assert everything_in(database_url) == before
    assert sorted(outcomes(planned)) == sorted(outcomes(reparse(database)))
    assert everything_in(database_url) != before


def test_a_second_time_nothing_is_read(database: Database) -> None:
    read_by_older(database, document(), replace(the_release(document()), judgments=()))
    assert len(reparse(database)) == 1
    assert reparse(database) == []


def test_an_interrupted_reparse_goes_on_where_it_stopped(database: Database) -> None:
    for force in FORCES:
        read_by_older(database, document(force), replace(the_release(document(force)), judgments=()))
    first = list(islice(reparse_all(database, SteppingClock()), 1))
    assert len(first) == 1
    assert [report.location for report in [*first, *reparse(database)]] == [f"{force}.txt" for force in FORCES]


def test_one_that_is_told_to_stop_begins_no_further_document(database: Database) -> None:
    for force in FORCES:
        read_by_older(database, document(force), the_release(document(force)))
    done: list[ReparseReport] = []
    done.extend(reparse_all(database, SteppingClock(), stopping=lambda: True))
    assert done == []


def test_a_release_that_its_page_no_longer_holds_is_read_again_but_nothing_new_is_taken_from_old_bytes(
    database: Database,
) -> None:
    old = page_of_three()
    kent, _, _ = parse(old).releases
    read_by_older(database, old, replace(kent, judgments=()))
    read_by_older(database, replace(document("Durham Constabulary"), location=old.location))
    reports = reparse(database)

    assert Outcome.REREAD in outcomes(reports)
    assert len(held_ids(database)) == 2
    stored = current(database, kent.id)
    assert stored is not None
    assert stored.release.judgments == kent.judgments


def test_the_day_that_a_feed_gave_is_given_again(database: Database) -> None:
    url = "https://hmicfrs.justiceinspectorates.gov.uk/news/news-feed/kent/"
    raw = replace(document(), location=url)
    source = Source(SourceKind.FEED, "https://hmicfrs.justiceinspectorates.gov.uk/feed/", 1800)
    with database.write() as unit:
        unit.sources.keep([source], at=NOON)
        unit.sources.list_pages([SourcePage(url, source.key, NOON, 0, date(2016, 12, 9), next_at=NOON)])
    dated = the_release(replace(raw, published_on=date(2016, 12, 9)))
    read_by_older(database, raw, replace(dated, judgments=()))
    reparse(database)

    stored = current(database, dated.id)
    assert stored is not None
    assert stored.release == dated
    assert stored.release.published_on == date(2016, 12, 9)


@pytest.mark.parametrize("moving", ["first", "second", "both"])
def test_of_two_documents_that_claimed_one_release_none_is_lost_when_they_part(database: Database, moving: str) -> None:
    first, second = document("Kent Police"), document("Essex Police")
    one, other = the_release(first), the_release(second)
    shared = {"first": other.id, "second": one.id, "both": "both"}[moving]
    read_by_older(database, first, replace(one, id=shared))
    read_by_older(database, second, replace(other, id=shared))
    reparse(database)

    assert held_ids(database) == sorted((one.id, other.id))
    stored = current(database, other.id)
    assert stored is not None
    assert stored.release == other
    assert reparse(database) == []


def test_the_same_bytes_at_two_locations_are_one_release(database: Database) -> None:
    better = the_release(document())
    read_by_older(database, document(), replace(better, judgments=()))
    read_by_older(database, document(location="copy.txt"))
    assert outcomes(reparse(database)) == [Outcome.REREAD]
    assert held_ids(database) == [better.id]


def test_many_that_reparse_at_once_do_it_once(database: Database) -> None:
    for force in FORCES:
        read_by_older(database, document(force), replace(the_release(document(force)), id=f"old-{force}"))
    read_by_older(database, page_of_three(), problem="Unread.")
    with ThreadPoolExecutor(4) as pool:
        reports = [report for found in pool.map(lambda _: reparse(database), range(4)) for report in found]

    assert outcomes(reports).count(Outcome.RENAMED) == 3
    assert Outcome.NEW not in outcomes(reports)
    assert len(held_ids(database)) == 3
    assert reparse(database) == []


def test_every_reading_is_noted_with_the_version_of_its_parser(database: Database, database_url: str) -> None:
    read_by_older(database, document(), the_release(document()))
    read_by_older(database, RawRelease("empty.txt", b" "), problem="Empty.")
    reparse(database)
    for table in (raw_document, raw_reading):
        assert set(run_sql(database_url, sa.select(table.c.parser_version))) == {(PARSER_VERSION,)}


def test_a_report_counts_its_releases_by_outcome() -> None:
    report = ReparseReport("a.txt", "", (Reread(Outcome.NEW, "a", "A"), Reread(Outcome.RETIRED, "b", "B")))
    assert [report.count(outcome) for outcome in (Outcome.NEW, Outcome.RETIRED, Outcome.REREAD)] == [1, 1, 0]
