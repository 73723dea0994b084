"""A fresh store for each run, on SQLite or PostgreSQL: laid out once, then copied."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from databases import run_on

from summaries.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KINDS = ("sqlite", "postgresql")
_TEMPLATE = "proof_template"


class Stores:
    """Makes stores in a folder, and on a PostgreSQL server that is started when first asked for."""

    def __init__(self, folder: Path, server: Callable[[], str]) -> None:
        self._folder = folder
        self._server = server
        self._laid_out: set[str] = set()

    @contextmanager
    def fresh(self, kind: str) -> Iterator[str]:
        """The address of an empty store whose tables are in place; it is gone after the block."""
        with self._sqlite() if kind == "sqlite" else self._postgresql() as url:
            yield url

    @contextmanager
    def _sqlite(self) -> Iterator[str]:
        template = self._folder / f"{_TEMPLATE}.sqlite3"
        self._lay_out("sqlite", f"sqlite:///{template}")
        folder = self._folder / uuid4().hex
        folder.mkdir()
        try:
            shutil.copyfile(template, folder / "hmic.sqlite3")
            yield f"sqlite:///{folder / 'hmic.sqlite3'}"
        finally:
            shutil.rmtree(folder)

    @contextmanager
    def _postgresql(self) -> Iterator[str]:
        server = self._server()
        if "postgresql" not in self._laid_out:
            run_on(server, f"DROP DATABASE IF EXISTS {_TEMPLATE}", f"CREATE DATABASE {_TEMPLATE}")
        self._lay_out("postgresql", server.format(name=_TEMPLATE))
        name = f"proof_{uuid4().hex}"
        run_on(server, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} STRATEGY file_copy")
        try:
            yield server.format(name=name)
        finally:
            run_on(server, f"DROP DATABASE {name} WITH (FORCE)")

    def _lay_out(self, kind: str, url: str) -> None:
        if kind in self._laid_out:
            return
        with open_database(url) as database:
            database.upgrade()
        self._laid_out.add(kind)
