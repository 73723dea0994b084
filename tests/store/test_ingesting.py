"""Ingest on both databases, with the real parser and the five seeds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from releases import SteppingClock

from summaries.ingest import Decision, IngestReport, ingest, ingest_all
from summaries.sources.folder import find_files, read_file
from summaries.store.engines import database_url as read_url
from summaries.store.tables import metadata
from summaries.types import RawRelease

if TYPE_CHECKING:
    from summaries.store.database import Database

SEEDS = Path(__file__).parents[2] / "seeds"
UNREADABLE = RawRelease("empty.txt", b" \n ")


@pytest.fixture
def seeds() -> list[RawRelease]:
    return [read_file(file) for file in find_files([SEEDS])]


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


def everything_in(url: str) -> dict[str, list[Any]]:
    engine = sa.create_engine(read_url(url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(sa.select(table)))) for name, table in metadata.tables.items()
        }


def ingest_again(database: Database, raw: RawRelease, clock: SteppingClock) -> IngestReport:
    """As part of a bulk ingest, which skips what is known."""
    [report] = ingest_all(database, [raw], clock=clock)
    return report


def changed(raw: RawRelease) -> RawRelease:
    content = raw.content.replace(b"HMIC considers", b"The inspectorate considers")
    assert content != raw.content
    return replace(raw, content=content)


def test_each_release_of_a_document_is_stored_and_points_to_it(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    reports = list(ingest_all(database, seeds, clock=clock))
    assert [report.count(Decision.NEW) for report in reports] == [1] * 5
    assert [report.location for report in reports] == [raw.location for raw in seeds]
    stored = [report.releases[0].stored for report in reports]
    assert [(one.number, one.seq, one.revision) for one in stored] == [(n, n, 1) for n in range(1, 6)]
    with database.read() as unit:
        assert [unit.releases.current(one.release.id) for one in stored] == stored
        assert unit.releases.last_ingested_at() == clock.time


def test_the_same_bytes_again_write_nothing_at_all(
    database: Database, database_url: str, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    first = ingest(database, seeds[0], clock=clock)
    ingest(database, UNREADABLE, clock=clock)
    before = everything_in(database_url)
    again = ingest(database, seeds[0], clock=clock)
    assert [one.decision for one in again.releases] == [Decision.UNCHANGED]
    assert again.releases[0].stored == first.releases[0].stored
    assert ingest(database, UNREADABLE, clock=clock).problem
    assert ingest_again(database, seeds[0], clock).skipped
    assert everything_in(database_url) == before


def test_other_bytes_that_say_the_same_are_kept_but_change_nothing(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    ingest(database, seeds[0], clock=clock)
    other = replace(seeds[0], content=seeds[0].content.replace(b"\n", b"\r\n"))
    assert ingest(database, other, clock=clock).count(Decision.UNCHANGED) == 1
    assert database.revision() == 1
    assert ingest_again(database, other, clock).skipped


def test_a_changed_document_becomes_the_next_revision(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    first = ingest(database, seeds[0], clock=clock).releases[0].stored
    report = ingest(database, changed(seeds[0]), clock=clock)
    [second] = report.releases
    assert second.decision is Decision.REVISED
    assert (second.stored.number, second.stored.revision, second.stored.seq) == (first.number, 2, 2)
    with database.read() as unit:
        assert unit.releases.by_number(first.number, revision=1) == first
        assert [(item.kind, item.version) for item in unit.releases.ingested_between(0, 9)] == [
            ("new", 1),
            ("revised", 2),
        ]


def test_a_document_changed_back_is_a_revision_too(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    for raw, revision in ((seeds[0], 1), (changed(seeds[0]), 2), (seeds[0], 3)):
        report = ingest_again(database, raw, clock)
        assert report.releases[0].stored.revision == revision
    assert ingest_again(database, seeds[0], clock).skipped
    assert database.revision() == 3


def test_a_document_changed_back_and_forth_is_always_held_as_it_was_last_read(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    one, other = seeds[0], changed(seeds[0])
    for revision, raw in enumerate((one, other, one, other, one), start=1):
        report = ingest_again(database, raw, clock)
        assert [ingested.stored.revision for ingested in report.releases] == [revision]
        assert ingest_again(database, raw, clock).skipped
        with database.read() as unit:
            held = unit.releases.current(report.releases[0].stored.release.id)
        assert held is not None
        assert held.revision == revision
        assert ("The inspectorate considers" in held.release.text) == (raw is other)


def test_two_documents_that_claim_one_release_come_to_rest(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    copy = replace(changed(seeds[0]), location="copy.txt")
    for _ in range(3):
        list(ingest_all(database, [seeds[0], copy], clock=clock))
    assert database.revision() == 2


def test_what_cannot_be_read_is_kept_reported_and_does_not_stop_the_rest(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    for _ in range(2):
        reports = list(ingest_all(database, [UNREADABLE, *seeds], clock=clock))
        assert len(reports) == 6
        assert reports[0].problem
        assert not reports[0].skipped
    with database.read() as unit:
        assert unit.releases.unreadable() == [("empty.txt", reports[0].problem)]
        assert unit.releases.count() == 5


def test_an_ingest_stopped_half_way_is_taken_up_where_it_stopped(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    assert len(list(islice(ingest_all(database, seeds, clock=clock), 2))) == 2
    assert database.revision() == 2
    reports = list(ingest_all(database, seeds, clock=clock))
    assert [report.skipped for report in reports] == [True, True, False, False, False]
    assert database.revision() == 5


def test_of_many_that_ingest_the_same_at_once_one_finds_it_new(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda _: list(ingest_all(database, seeds, clock=clock)), range(8)))
    found = [report.count(Decision.NEW) for ingested in reports for report in ingested]
    assert sum(found) == 5
    assert not any(report.count(Decision.REVISED) for ingested in reports for report in ingested)
    with database.read() as unit:
        assert [item.release.seq for item in unit.releases.ingested_between(0, 99)] == [1, 2, 3, 4, 5]


def test_of_many_that_ingest_the_same_in_other_bytes_at_once_one_finds_it_new(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    def variant(number: int) -> RawRelease:
        return RawRelease(f"copy-{number}.txt", seeds[0].content.replace(b"\n", b"\r\n", number))

    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda number: ingest(database, variant(number), clock=clock), range(8)))
    assert sorted(report.releases[0].decision for report in reports) == ["new"] + ["unchanged"] * 7
    assert database.revision() == 1


def test_documents_that_claim_one_release_at_once_become_its_revisions(
    database: Database, seeds: list[RawRelease], clock: SteppingClock
) -> None:
    def copy(number: int) -> RawRelease:
        return RawRelease(f"copy-{number}.txt", seeds[0].content + f"\n\nCopy {number}.".encode())

    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda number: ingest(database, copy(number), clock=clock), range(8)))
    assert sorted(report.releases[0].stored.revision for report in reports) == list(range(1, 9))
    assert sum(report.count(Decision.NEW) for report in reports) == 1
    with database.read() as unit:
        assert unit.releases.count() == 1
        assert unit.releases.last_seq() == 8


JUNK = st.sampled_from(
    [b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\x1b[0m", b"\x0c", b"\xe2\x80\x99", b"\n\n", b"'good'"]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_the_bytes_they_are_stored_as_a_release_or_kept_with_their_problem(
    database: Database, seeds: list[RawRelease], clock: SteppingClock, data: st.DataObject
) -> None:
    start = data.draw(st.sampled_from([*(raw.content for raw in seeds), b""]))
    cut = data.draw(st.integers(0, len(start)))
    content = start[:cut] + data.draw(JUNK | st.binary(max_size=40)) + start[cut:]
    report = ingest(database, RawRelease("drawn.txt", content), clock=clock)
    assert (report.problem is None) == bool(report.releases)
    with database.read() as unit:
        for ingested in report.releases:
            assert unit.releases.current(ingested.stored.release.id) == ingested.stored
