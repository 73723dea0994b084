"""Stores as earlier versions laid them out, for tests of migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import command

from summaries.store.engines import database_url
from summaries.store.migrations import config
from summaries.store.tables import RELEASE_TERMS, metadata

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


COUNT_ON = """
SELECT setval(sequence, (SELECT max(id) FROM {table})) FROM pg_get_serial_sequence('{table}', 'id') AS sequence
WHERE sequence IS NOT NULL
"""
"""What was written with its id is not counted by PostgreSQL."""


def connected(url: str) -> AbstractContextManager[sa.Connection]:
    engine = sa.create_engine(database_url(url), poolclass=sa.NullPool)
    return engine.connect()


def is_index(table: str | None) -> bool:
    """Whether a table is the index of searches or, on SQLite, one of those that FTS5 keeps it in."""
    return table is not None and table.startswith(RELEASE_TERMS)


def lay_out(url: str, version: str) -> None:
    with connected(url) as connection:
        earlier = config()
        earlier.attributes["connection"] = connection
        command.upgrade(earlier, version)
        connection.commit()


def take_back_to(url: str, version: str) -> None:
    """Lay a store out anew as an earlier version did, with what it holds in the tables and columns that
    there were."""
    with connected(url) as connection:
        newer = sa.MetaData()
        newer.reflect(connection, only=[name for name in metadata.tables if not is_index(name)])
        held = {table.name: list(connection.execute(sa.select(table)).mappings()) for table in newer.sorted_tables}
        metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE alembic_version"))
        connection.commit()
    lay_out(url, version)
    with connected(url) as connection:
        older = sa.MetaData()
        older.reflect(connection, only=lambda name, _: name in held)
        for table in older.sorted_tables:
            connection.execute(table.delete())
            rows = [{name: row[name] for name in table.columns.keys() & row.keys()} for row in held[table.name]]
            if rows:
                connection.execute(table.insert(), rows)
            numbered = "id" in table.columns and isinstance(table.columns["id"].type, sa.Integer)
            if connection.dialect.name == "postgresql" and numbered:
                connection.execute(sa.text(COUNT_ON.format(table=table.name)))
        connection.commit()
