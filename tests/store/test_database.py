from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from releases import make_release, store_release

from summaries.errors import SchemaOutOfDate, StoreUnavailable
from summaries.store.database import open_database
from summaries.store.engines import database_url as read_url
from summaries.store.engines import reading_and_writing

if TYPE_CHECKING:
    from pathlib import Path

    from summaries.store.database import Database


def test_an_error_rolls_all_of_a_transaction_back(database: Database) -> None:
    def store_and_fail() -> None:
        with database.write() as unit:
            store_release(unit.releases, make_release())
            raise ValueError("after storing")

    with pytest.raises(ValueError, match="after storing"):
        store_and_fail()
    with database.read() as unit:
        assert unit.releases.count() == 0
        assert unit.releases.last_seq() == 0
        assert not unit.releases.unreadable()


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    with database.read() as reader:
        assert reader.releases.count() == 0
        with database.write() as unit:
            store_release(unit.releases, make_release())
        assert reader.releases.count() == 0
        assert reader.releases.last_seq() == 0
    with database.read() as reader:
        assert reader.releases.count() == 1


def test_a_reader_cannot_write(database: Database) -> None:
    def write_while_reading() -> None:
        with database.read() as unit:
            store_release(unit.releases, make_release())

    with pytest.raises((StoreUnavailable, sa.exc.DBAPIError)):
        write_while_reading()
    assert database.revision() == 0


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    with database.write() as unit:
        store_release(unit.releases, make_release())
        assert database.revision() == 0
    assert database.revision() == 1


def test_writers_at_once_all_succeed_and_commit_in_the_order_of_the_sequence(database: Database) -> None:
    """Eight threads store; meanwhile every reader sees 1…n without a gap, so a later one never commits first."""
    threads, each = 8, 6

    def store(thread: int) -> list[int]:
        taken = []
        for turn in range(each):
            with database.write() as unit:
                taken.append(store_release(unit.releases, make_release(f"release-{thread}-{turn}")).seq)
        return taken

    def seen() -> list[int]:
        with database.read() as unit:
            return [item.release.seq for item in unit.releases.ingested_between(0, 10_000)]

    observed = [seen()]
    with ThreadPoolExecutor(threads) as pool:
        writers = [pool.submit(store, thread) for thread in range(threads)]
        while not all(writer.done() for writer in writers):
            observed.append(seen())
        taken = [writer.result() for writer in as_completed(writers)]
    observed.append(seen())
    assert all(sequence == list(range(1, len(sequence) + 1)) for sequence in observed)
    assert len(observed[-1]) == threads * each
    assert sorted(seq for sequence in taken for seq in sequence) == observed[-1]
    assert all(sequence == sorted(sequence) for sequence in taken)


def test_two_stores_on_one_database_share_what_is_written(database: Database, database_url: str) -> None:
    """As two processes do: each has its own connections."""
    with open_database(database_url) as other, ThreadPoolExecutor(2) as pool:

        def store(source: Database, name: str) -> None:
            for turn in range(10):
                with source.write() as unit:
                    store_release(unit.releases, make_release(f"{name}-{turn}"))

        for writer in [pool.submit(store, database, "here"), pool.submit(store, other, "there")]:
            writer.result()
        assert database.revision() == other.revision() == 20


def test_a_database_that_cannot_be_reached_is_a_typed_error_that_keeps_the_cause(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}", "postgresql://nobody:secret@127.0.0.1:1/none"):
        with open_database(url) as database, pytest.raises(StoreUnavailable) as caught:
            database.revision()
        assert isinstance(caught.value.__cause__, sa.exc.OperationalError)
        assert "secret" not in str(caught.value)


BAD_ADDRESSES = [
    "",
    "hmic.sqlite3",
    "mysql://host/name",
    "sqlite://",
    "sqlite:///:memory:",
    "postgresql://[::1",
    "postgresql://user:secret@host:port/name",
]


@pytest.mark.parametrize("url", BAD_ADDRESSES)
def test_an_address_that_names_no_kept_database_is_refused(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="DATABASE_URL") as caught:
        open_database(url)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_a_typed_error_and_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("These are notes, and more than a header of them. " * 40)
    before = file.read_bytes()
    with open_database(f"sqlite:///{file}") as database:
        for use in (database.revision, database.check_schema, database.upgrade):
            with pytest.raises(StoreUnavailable, match="DATABASE_URL") as caught:
                use()
            assert isinstance(caught.value.__cause__, sa.exc.DatabaseError)
    assert file.read_bytes() == before


def test_a_file_that_is_not_there_is_created_by_an_upgrade_and_by_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    def read() -> None:
        with database.read() as unit:
            unit.releases.count()

    def write() -> None:
        with database.write() as unit:
            store_release(unit.releases, make_release())

    with open_database(f"sqlite:///{folder}/hmic.sqlite3") as database:
        for use in (database.check_schema, database.revision, read, write):
            with pytest.raises(SchemaOutOfDate, match=r"There is no database yet\. Run `hmic db upgrade`\."):
                use()
        assert not folder.exists()
        database.upgrade()
        write()
        assert database.revision() == 1


def test_a_folder_that_cannot_be_made_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    url = f"sqlite:///{tmp_path}/file/hmic.sqlite3"
    with open_database(url) as database, pytest.raises(StoreUnavailable, match="folder"):
        database.upgrade()


def test_a_relative_path_is_relative_to_the_working_folder_and_its_parents_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_database("sqlite:///var/data/hmic.sqlite3") as database:
        database.upgrade()
    assert (tmp_path / "var/data/hmic.sqlite3").is_file()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_every_common_spelling_of_a_postgresql_address_is_understood(database_url: str, scheme: str) -> None:
    with open_database(database_url.replace("postgresql", scheme, 1)) as database:
        assert database.revision() == 0


def test_sqlite_connections_survive_a_power_cut_and_wait_for_each_other(tmp_path: Path) -> None:
    (tmp_path / "hmic.sqlite3").touch()
    settings = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    for engine in reading_and_writing(read_url(f"sqlite:///{tmp_path}/hmic.sqlite3")):
        with engine.connect() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in settings}
        engine.dispose()
        assert found == settings


def test_a_new_sqlite_file_opened_by_many_at_once_fails_none(tmp_path: Path) -> None:
    """The switch to the write-ahead log is the one lock that SQLite does not wait for."""
    together = Barrier(4)

    def connect(path: Path) -> None:
        path.touch()
        engine, _ = reading_and_writing(read_url(f"sqlite:///{path}"))
        together.wait()
        engine.connect().close()
        engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        for number in range(40):
            list(pool.map(connect, [tmp_path / f"{number}.sqlite3"] * 4))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_writer_waits_for_another_process_instead_of_failing(database: Database, database_url: str) -> None:
    path = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other, ThreadPoolExecutor(1) as pool:
        other.execute("BEGIN IMMEDIATE")

        def store() -> int:
            with database.write() as unit:
                return store_release(unit.releases, make_release()).seq

        waiting = pool.submit(store)
        other.execute("UPDATE ingest_counter SET value = 41")
        assert not waiting.done()
        other.execute("COMMIT")
        assert waiting.result(timeout=5) == 42
