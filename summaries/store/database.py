"""The store: SQLite or PostgreSQL by address, one transaction at a time.

This is the border to the database: beyond it a driver's errors are `StoreUnavailable`, with the cause chained.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING

import sqlalchemy as sa

from summaries.errors import SchemaOutOfDate, StoreUnavailable
from summaries.store.conversations import SqlConversations
from summaries.store.deliveries import SqlDeliveries
from summaries.store.engines import database_url, reading_and_writing, upgrading
from summaries.store.inbox import SqlInbox
from summaries.store.outages import SqlOutages
from summaries.store.release_statements import LAST_SEQ
from summaries.store.releases import SqlReleases
from summaries.store.rereading import SqlRereading
from summaries.store.search import SqlSearch
from summaries.store.sources import SqlSources
from summaries.store.subscriptions import SqlSubscriptions
from summaries.store.tables import SCHEMA
from summaries.store.throttles import SqlThrottles
from summaries.store.turns import Turns
from summaries.store.windows import SqlWindows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA_FOUND = sa.text("SELECT version_num FROM alembic_version")


class SqlUnitOfWork:
    """One transaction (`ports.UnitOfWork`); each repository is made when first asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @cached_property
    def releases(self) -> SqlReleases:
        """Releases, their revisions and the ingest sequence."""
        return SqlReleases(self._connection)

    @cached_property
    def search(self) -> SqlSearch:
        """The index of the releases held."""
        return SqlSearch(self._connection)

    @cached_property
    def conversations(self) -> SqlConversations:
        """What was last understood in threads."""
        return SqlConversations(self._connection)

    @cached_property
    def rereading(self) -> SqlRereading:
        """Documents that an older parser read."""
        return SqlRereading(self._connection)

    @cached_property
    def subscriptions(self) -> SqlSubscriptions:
        """Standing wishes."""
        return SqlSubscriptions(self._connection)

    @cached_property
    def windows(self) -> SqlWindows:
        """Windows and what their digests held."""
        return SqlWindows(self._connection)

    @cached_property
    def deliveries(self) -> SqlDeliveries:
        """The outbox."""
        return SqlDeliveries(self._connection)

    @cached_property
    def inbox(self) -> SqlInbox:
        """Events received."""
        return SqlInbox(self._connection)

    @cached_property
    def throttles(self) -> SqlThrottles:
        """Not-before times."""
        return SqlThrottles(self._connection)

    @cached_property
    def sources(self) -> SqlSources:
        """What is remembered of the sources."""
        return SqlSources(self._connection)

    @cached_property
    def outages(self) -> SqlOutages:
        """When no worker ran."""
        return SqlOutages(self._connection)


class Database:
    """A store open for use (`ports.Store`); threads may share it. Close it when done, or use it in a `with`.

    Where one writes at a time, on SQLite, threads write by `turns`.
    """

    def __init__(self, url: sa.URL, *, turns: Turns | None = None) -> None:
        self._url = url
        self._reading, self._writing = reading_and_writing(url)
        self._turns = (turns or Turns()) if url.drivername == "sqlite" else None

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[SqlUnitOfWork]:
        """One snapshot: all that is read inside belongs to one moment. Writing is refused.

        Raises StoreUnavailable, and SchemaOutOfDate when there is no database yet.
        """
        with _driver_errors_wrapped(), self._reading.connect() as connection:
            yield SqlUnitOfWork(connection)

    @contextmanager
    def write(self) -> Iterator[SqlUnitOfWork]:
        """One transaction: leaving the block commits, an error rolls back. Raises StoreUnavailable, and SchemaOutOfDate
        when there is no database yet.

        Do not nest it: the inner one would wait for the outer one.
        """
        turn = self._turns.turn() if self._turns else nullcontext()
        with turn, _driver_errors_wrapped(), self._writing.begin() as connection:
            yield SqlUnitOfWork(connection)

    def revision(self) -> int:
        """The revision of the releases held, to key caches on. Cheap: one row by its primary key.

        It moves whenever a release is stored, revised or read otherwise, and only then.
        """
        with _driver_errors_wrapped(), self._reading.connect() as connection:
            return int(connection.execute(LAST_SEQ).scalar_one())

    def check_schema(self) -> None:
        """Raise SchemaOutOfDate (facts: `found`, `expected`) unless the tables are as this version needs them."""
        with _driver_errors_wrapped(), self._reading.connect() as connection:
            known = sa.inspect(connection).has_table("alembic_version")
            found = connection.execute(SCHEMA_FOUND).scalar_one_or_none() if known else None
        if found == SCHEMA:
            return
        newer = found is not None and found > SCHEMA
        message = "The database was laid out by a newer version of hmic. Install that version." if newer else None
        raise SchemaOutOfDate(message, found=found, expected=SCHEMA)

    def upgrade(self, progress: Callable[[str], None] | None = None) -> None:
        """Bring the tables up to date; `progress` is told the name of each migration as it is done. A SQLite file is
        created, and its folder: nothing else does so.

        Any number of processes may do so at once: one works, the others wait and then find nothing to do.
        """
        from summaries.store.migrations import migrate  # Alembic is only needed here, and slow to import

        engine = upgrading(self._url)
        try:
            with _driver_errors_wrapped(), engine.begin() as connection:
                migrate(connection, progress)
        finally:
            engine.dispose()

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._reading.dispose()
        self._writing.dispose()


def open_database(url: str) -> Database:
    """Open the store at `sqlite:///path` or `postgresql://…`. Nothing is read or written yet; see `check_schema`.

    Raises StoreUnavailable when the address is not one of these.
    """
    return Database(database_url(url))


@contextmanager
def _driver_errors_wrapped() -> Iterator[None]:
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        raise StoreUnavailable from error
    except sa.exc.DatabaseError as error:
        if type(error) is not sa.exc.DatabaseError:  # one of its children, such as a key that refused a row
            raise
        raise StoreUnavailable("The file DATABASE_URL names is not a database, or is damaged.") from error
