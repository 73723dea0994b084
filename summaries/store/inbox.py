"""Events received but perhaps not yet answered (`ports.Inbox`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from summaries.store.tables import inbox_event
from summaries.store.upserts import for_each_database

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

RECEIVE = for_each_database(
    lambda insert: insert(inbox_event).on_conflict_do_nothing().returning(inbox_event.c.event_id)
)
DONE = (
    sa.update(inbox_event)
    .where(inbox_event.c.event_id == sa.bindparam("key"), inbox_event.c.done_at.is_(None))
    .values(done_at=sa.bindparam("at"))
)
WAITING = (
    sa.select(inbox_event.c.event_id, inbox_event.c.body, inbox_event.c.received_at)
    .where(inbox_event.c.done_at.is_(None), inbox_event.c.received_at < sa.bindparam("older_than"))
    .order_by(inbox_event.c.received_at, inbox_event.c.event_id)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
# Only as it was found: of two workers that found it one takes it.
TAKE = (
    sa.update(inbox_event)
    .where(
        inbox_event.c.event_id == sa.bindparam("key"),
        inbox_event.c.received_at == sa.bindparam("found"),
        inbox_event.c.done_at.is_(None),
    )
    .values(received_at=sa.bindparam("at"))
)


class SqlInbox:
    """Events received, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def receive(self, event_id: str, body: str, at: datetime) -> bool:
        """Store an event; False when it was received before. Slack sends one again when our answer was late."""
        new = {"event_id": event_id, "body": body, "received_at": at}
        return self._connection.execute(RECEIVE[self._connection.dialect.name], new).first() is not None

    def done(self, event_id: str, at: datetime) -> None:
        """Note that it was answered; the first time counts."""
        self._connection.execute(DONE, {"key": event_id, "at": at})

    def take_waiting(self, *, older_than: datetime, at: datetime, limit: int = 20) -> Sequence[tuple[str, str]]:
        """Take what was received before `older_than` and not answered, oldest first, as (event_id, body).

        It then counts as received at `at`: no other worker takes it before it has waited as long again.
        """
        found = self._connection.execute(WAITING, {"older_than": older_than, "limit": limit}).all()
        return [
            (row.event_id, row.body)
            for row in found
            if self._connection.execute(TAKE, {"key": row.event_id, "found": row.received_at, "at": at}).rowcount
        ]
