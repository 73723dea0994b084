"""Engines for the two databases: how each begins a transaction, and what is set on every connection.

Reading and writing are told apart on both. A reader sees one snapshot and cannot write: what it wrote would be rolled
back unnoticed. A SQLite writer begins with `BEGIN IMMEDIATE`: a deferred transaction that turns into a writer half-way
may fail at once with "database is locked", without waiting for `busy_timeout` (https://sqlite.org/rescode.html,
SQLITE_BUSY_SNAPSHOT).
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from summaries.errors import SchemaOutOfDate, StoreUnavailable
from summaries.store.tables import SCHEMA

if TYPE_CHECKING:
    import sqlite3

BUSY_MILLISECONDS = 5_000
"""How long a SQLite connection waits for another one's write."""

CONNECT_SECONDS = 5
"""How long to try to reach a PostgreSQL server."""


def database_url(text: str) -> sa.URL:
    """Read a database address: `sqlite:///path` (relative, or absolute with a fourth slash), `postgresql://…`, `postgres://…`.

    Raises StoreUnavailable for anything else; the address itself, which may hold a password, is not repeated.
    """
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):  # of a bad port or bracket it only says that it is no number
        raise StoreUnavailable(
            "DATABASE_URL is not an address. Write sqlite:///hmic.sqlite3 or postgresql://…"
        ) from None
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database in {None, "", ":memory:"}:
        raise StoreUnavailable("DATABASE_URL must name a file, such as sqlite:///hmic.sqlite3: memory is not kept.")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise StoreUnavailable(f"DATABASE_URL names {url.drivername}. Use sqlite:///… or postgresql://…")
    return url


def reading_and_writing(url: sa.URL) -> tuple[sa.Engine, sa.Engine]:
    """An engine for snapshots and one for writing. Nothing connects yet.

    Neither creates a SQLite file: connecting raises SchemaOutOfDate when it is not there.
    """
    if url.drivername == "sqlite":
        # One writing connection a process: its threads take turns (`turns.py`) instead of racing for the file's lock,
        # which only writers of other processes then need.
        reading = _sqlite(url, begin="BEGIN", pragmas={"query_only": "ON"})
        writing = _sqlite(url, begin="BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
        for engine in (reading, writing):
            _refuse_missing_file(engine, Path(url.database or ""))
        return reading, writing
    writing = sa.create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
    return writing.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True), writing


def upgrading(url: sa.URL) -> sa.Engine:
    """An engine for one migration run. On SQLite foreign keys are off: a batch migration drops and renames tables.

    It creates a SQLite file that is not there, and its folder, or raises StoreUnavailable.
    """
    if url.drivername == "sqlite":
        _make_folder(Path(url.database or "").absolute().parent)
        return _sqlite(url, begin="BEGIN IMMEDIATE", pragmas={"foreign_keys": "OFF", "busy_timeout": "60000"})
    return sa.create_engine(url, connect_args={"connect_timeout": CONNECT_SECONDS})


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"The folder {folder} for the database could not be made: {error.strerror}.") from error


def _refuse_missing_file(engine: sa.Engine, file: Path) -> None:
    """SQLite would create it, empty, and a mistyped path would look like a database that was never upgraded."""

    @sa.event.listens_for(engine, "do_connect")
    def refuse(*_: object) -> None:
        if not file.exists():
            raise SchemaOutOfDate("There is no database yet. Run `hmic db upgrade`.", found=None, expected=SCHEMA)


def _sqlite(url: sa.URL, *, begin: str, pragmas: dict[str, str] | None = None, **pool: Any) -> sa.Engine:
    settings = {"foreign_keys": "ON", "synchronous": "FULL"} | (pragmas or {})
    # The driver must not begin transactions by itself: it would only do so at the first INSERT or UPDATE, and never
    # before a SELECT or DDL. `isolation_level=None` leaves that to the event below.
    engine = sa.create_engine(url, connect_args={"isolation_level": None}, **pool)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        _enter_wal(connection)
        for name, value in settings.items():
            connection.execute(f"PRAGMA {name}={value}")

    @sa.event.listens_for(engine, "begin")
    def begin_explicitly(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _enter_wal(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, which the file then keeps.

    `busy_timeout` does not cover the switch itself: of two processes that open a new file together one gets "database
    is locked" at once, so it tries again.
    """
    until = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except connection.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
