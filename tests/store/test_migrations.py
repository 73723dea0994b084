from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from corpus import held_releases
from migrating import connected, is_index, lay_out, take_back_to
from releases import store_release

from summaries.errors import SchemaOutOfDate
from summaries.query import parse_filter
from summaries.store.database import open_database
from summaries.store.migrations import config
from summaries.store.tables import RELEASE_TERMS, SCHEMA, metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from summaries.store.database import Database


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FTS5_SPELLED = f"SELECT sql FROM sqlite_master WHERE name = '{RELEASE_TERMS}'"
FILTERS = ("all", "force:kent", "text:vetting", "-after:2016", "grade:outstanding", 'text:"abuse of authority"')
MIGRATIONS = [
    "0001 Releases, subscriptions, windows and deliveries.",
    "0002 Sources, their checks and their pages; revisions by document.",
    "0003 The index of what is held, and what was last asked in a thread.",
    "0004 Edits and notices; what a message shows; kinds of windows; quiet times, pauses, outages, withdrawals.",
]


def layout(connection: sa.Connection) -> dict[str, Any]:
    """All the database itself says of its tables, by table, in a form that can be compared."""
    inspector = sa.inspect(connection)

    def described(table: str) -> Iterator[tuple[str, str]]:
        for column in inspector.get_columns(table):
            yield "column", f"{column['name']} {column['type']!r} null={column['nullable']}"
        yield "primary key", repr(inspector.get_pk_constraint(table))
        for kind in ("foreign_keys", "unique_constraints", "indexes", "check_constraints"):
            for found in getattr(inspector, f"get_{kind}")(table):
                yield kind, repr(found)

    found = {table: sorted(described(table)) for table in inspector.get_table_names() if table != "alembic_version"}
    if connection.dialect.name == "sqlite":  # which knows no options of an FTS5 table but in its words
        found[RELEASE_TERMS].append(("spelled", connection.exec_driver_sql(FTS5_SPELLED).scalar_one()))
    return found


def test_migrations_end_at_the_tables(database_url: str) -> None:
    with connected(database_url) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": lambda name, *_: not is_index(name)})
        assert compare_metadata(context, metadata) == []


def test_migrations_lay_out_what_creating_the_tables_would(database_url: str) -> None:
    """Also what Alembic does not compare: check constraints, names of keys, types to the letter."""
    with connected(database_url) as connection:
        migrated = layout(connection)
        metadata.drop_all(connection)
        metadata.create_all(connection)
        assert migrated == layout(connection)
    assert {table for table in migrated if not is_index(table)} == set(metadata.tables)
    assert RELEASE_TERMS in migrated


def test_the_version_of_the_tables_is_that_of_the_last_migration() -> None:
    assert ScriptDirectory.from_config(config()).get_current_head() == SCHEMA


def test_an_upgrade_names_each_migration_and_a_second_does_nothing(empty_url: str) -> None:
    with open_database(empty_url) as database:
        done: list[str] = []
        database.upgrade(done.append)
        assert done == MIGRATIONS
        database.upgrade(done.append)
        assert done == MIGRATIONS
        database.check_schema()
        assert database.revision() == 0


def test_a_database_of_an_earlier_version_is_brought_up_to_date_and_keeps_what_it_holds(empty_url: str) -> None:
    with open_database(empty_url) as database:
        lay_out(empty_url, "0001")
        with database.write() as unit:
            unit.throttles.hold("channel:C1", NOON)
        done: list[str] = []
        database.upgrade(done.append)
        assert done == MIGRATIONS[1:]
        with database.read() as unit:
            assert unit.throttles.not_before("channel:C1") == NOON


def index_of(url: str) -> list[tuple[Any, ...]]:
    place = "rowid" if url.startswith("sqlite") else "place"
    with connected(url) as connection:
        return [tuple(row) for row in connection.execute(sa.text(f"SELECT {place} AS at, * FROM {RELEASE_TERMS}"))]


def found(database: Database) -> dict[str, list[tuple[str, int]]]:
    with database.read() as unit:
        every = {typed: unit.search.find(parse_filter(typed), limit=500).releases for typed in FILTERS}
    return {typed: [(one.release.id, one.revision) for one in releases] for typed, releases in every.items()}


def test_what_was_held_before_there_was_an_index_is_found_as_in_a_new_store(empty_url: str) -> None:
    with open_database(empty_url) as database:
        database.upgrade()
        with database.write() as unit:
            for release in held_releases():
                store_release(unit.releases, release)
        of_new, indexed = found(database), index_of(empty_url)
        take_back_to(empty_url, "0002")
        done: list[str] = []
        database.upgrade(done.append)

        assert done == MIGRATIONS[2:]
        assert found(database) == of_new
        assert sorted(index_of(empty_url)) == sorted(indexed)
        assert len(indexed) == len(of_new["all"]) == len(held_releases())
        assert all(of_new.values())


def test_a_database_never_upgraded_is_refused_with_what_to_run(empty_url: str) -> None:
    with open_database(empty_url) as database, pytest.raises(SchemaOutOfDate, match="hmic db upgrade") as caught:
        database.check_schema()
    assert caught.value.facts == {"found": None, "expected": SCHEMA}


@pytest.mark.parametrize(("found", "advice"), [("0000", "hmic db upgrade"), ("9999", "newer version")])
def test_a_database_of_another_version_is_refused(database_url: str, found: str, advice: str) -> None:
    with connected(database_url) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :found"), {"found": found})
        connection.commit()
    with open_database(database_url) as database, pytest.raises(SchemaOutOfDate, match=advice) as caught:
        database.check_schema()
    assert caught.value.facts["found"] == found


def test_a_migration_that_breaks_a_foreign_key_is_undone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'hmic.sqlite3'}"
    with closing(sqlite3.connect(tmp_path / "hmic.sqlite3")) as connection:
        connection.executescript("CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a);")
        connection.execute("INSERT INTO b VALUES (1)")
        connection.commit()
    with open_database(url) as database:
        with pytest.raises(RuntimeError, match="foreign key of b"):
            database.upgrade()
        with pytest.raises(SchemaOutOfDate):
            database.check_schema()


UPGRADE = """
import sys
from summaries.store.database import open_database
import summaries.store.migrations
print("ready", flush=True)
sys.stdin.readline()
with open_database(sys.argv[1]) as database:
    database.upgrade(print)
    database.check_schema()
"""


def test_of_processes_that_upgrade_at_once_one_works_and_none_fails(empty_url: str) -> None:
    command = [sys.executable, "-W", "error", "-c", UPGRADE, empty_url]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0] * 4, outputs
    assert sorted(printed for printed, _ in outputs) == [
        "",
        "",
        "",
        "".join(f"{name}\n" for name in MIGRATIONS),
    ]
