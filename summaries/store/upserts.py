"""`INSERT … ON CONFLICT` is spelled the same on both databases, but SQLAlchemy keeps a class of it for each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import sqlalchemy as sa


def for_each_database(build: Callable[[Any], sa.Executable]) -> Mapping[str, sa.Executable]:
    """Build a statement once a database, with that database's `insert`; look it up by `connection.dialect.name`."""
    return MappingProxyType({"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)})
