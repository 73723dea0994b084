"""When no worker ran, in the database (`ports.Outages`).

One row beats; a beat that comes long after the one before it leaves an outage behind.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from summaries.delivery import Outage
from summaries.store.tables import heartbeat, outage
from summaries.store.upserts import for_each_database

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

FIRST_BEAT = for_each_database(
    lambda insert: insert(heartbeat).on_conflict_do_nothing(index_elements=["id"]).returning(heartbeat.c.id)
)
LAST_BEAT = sa.select(heartbeat.c.at).with_for_update()
BEAT = sa.update(heartbeat).values(at=sa.bindparam("now"))
NOTE = for_each_database(lambda insert: insert(outage).on_conflict_do_nothing(index_elements=["started_at"]))
SINCE = (
    sa.select(outage.c.started_at, outage.c.ended_at)
    .where(outage.c.ended_at > sa.bindparam("moment", type_=outage.c.ended_at.type))
    .order_by(outage.c.started_at)
)


class SqlOutages:
    """Heartbeat and outages, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def beat(self, now: datetime, *, longest_gap: float) -> Outage | None:
        """A worker runs now; the outage that this ends, if any. A clock that was set back beats without moving."""
        dialect = self._connection.dialect.name
        first = {"id": 1, "at": now, "planned_to": 0}
        if self._connection.execute(FIRST_BEAT[dialect], first).scalar_one_or_none() is not None:
            return None
        last: datetime = self._connection.execute(LAST_BEAT).scalar_one()
        if now <= last:
            return None
        self._connection.execute(BEAT, {"now": now})
        if now - last <= timedelta(seconds=longest_gap):
            return None
        self._connection.execute(NOTE[dialect], {"started_at": last, "ended_at": now})
        return Outage(last, now)

    def since(self, moment: datetime) -> Sequence[Outage]:
        """The outages that ended after this moment, oldest first."""
        return [Outage(row.started_at, row.ended_at) for row in self._connection.execute(SINCE, {"moment": moment})]
