"""Events received but perhaps not yet answered (`ports.Inbox`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from summaries.store.tables import UtcDateTime, inbox_event
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
    sa.select(inbox_event.c.event_id, inbox_event.c.body, inbox_event.c.not_before)
    .where(
        inbox_event.c.done_at.is_(None),
        sa.or_(inbox_event.c.not_before.is_(None), inbox_event.c.not_before <= sa.bindparam("at")),
    )
    .order_by(inbox_event.c.received_at, inbox_event.c.event_id)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
# Only as it was found: of two workers that found it one takes it.
TAKE = (
    sa.update(inbox_event)
    .where(
        inbox_event.c.event_id == sa.bindparam("key"),
        inbox_event.c.not_before.is_not_distinct_from(sa.bindparam("found", type_=UtcDateTime)),
        inbox_event.c.done_at.is_(None),
    )
    .values(not_before=sa.bindparam("until"))
)
FREE = sa.update(inbox_event).where(inbox_event.c.done_at.is_(None)).values(not_before=None)


class SqlInbox:
    """Events received, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def receive(self, event_id: str, body: str, at: datetime, *, not_before: datetime | None = None) -> bool:
        """Store an event; False when it was received before. Slack sends one again when our answer was late.

        Whoever looks for what waits leaves it alone until `not_before`; without it, finds it at once.
        """
        new = {"event_id": event_id, "body": body, "received_at": at, "not_before": not_before}
        return self._connection.execute(RECEIVE[self._connection.dialect.name], new).first() is not None

    def done(self, event_id: str, at: datetime) -> None:
        """Note that it was answered; the first time counts."""
        self._connection.execute(DONE, {"key": event_id, "at": at})

    def take(self, event_id: str, *, found: datetime | None, until: datetime) -> bool:
        """Hold an event to `until`; False when it is done, or no longer held to `found`: then another has taken it."""
        return self._connection.execute(TAKE, {"key": event_id, "found": found, "until": until}).rowcount > 0

    def take_waiting(self, *, at: datetime, until: datetime, limit: int = 20) -> Sequence[tuple[str, str]]:
        """Take what is not answered and at `at` held by nobody, the first received first, as (event_id, body).

        It is held to `until`: no other worker takes it before.
        """
        found = self._connection.execute(WAITING, {"at": at, "limit": limit}).all()
        return [(row.event_id, row.body) for row in found if self.take(row.event_id, found=row.not_before, until=until)]

    def free_waiting(self) -> None:
        """Let go of all that is held: who held it is gone."""
        self._connection.execute(FREE)
