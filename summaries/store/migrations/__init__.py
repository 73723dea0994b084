"""Migrations, run from code: there is no alembic.ini, and the connection and its transaction are the caller's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable

LOCK = 4_862_003
"""The PostgreSQL advisory lock of upgrades: any number, but always this one."""


def config() -> Config:
    """Alembic's configuration for this folder."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def migrate(connection: sa.Connection, progress: Callable[[str], None] | None = None) -> None:
    """Run what has not been run, all in the connection's transaction, one process at a time.

    On SQLite the transaction must have begun with `BEGIN IMMEDIATE`, which is the lock.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    made = config()
    made.attributes["connection"] = connection
    made.attributes["progress"] = progress
    command.upgrade(made, "head")
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"a migration broke a foreign key of {broken[0]}; nothing was changed")
