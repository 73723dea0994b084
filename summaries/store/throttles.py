"""Not-before times shared by all workers (`ports.Throttles`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from summaries.store.tables import throttle
from summaries.store.upserts import for_each_database
from summaries.throttle_keys import FURTHEST

if TYPE_CHECKING:
    from datetime import datetime


too_far = sa.bindparam("too_far", type_=throttle.c.not_before.type)


def _hold(insert: Any) -> sa.Executable:
    new = insert(throttle)
    moved: sa.Executable = new.on_conflict_do_update(
        index_elements=[throttle.c.key],
        set_={"not_before": new.excluded.not_before},
        where=sa.or_(new.excluded.not_before > throttle.c.not_before, throttle.c.not_before > too_far),
    )
    return moved


def _take(insert: Any) -> sa.Executable:
    new = insert(throttle)
    taken: sa.Executable = new.on_conflict_do_update(
        index_elements=[throttle.c.key],
        set_={"not_before": new.excluded.not_before},
        where=sa.or_(
            throttle.c.not_before <= sa.bindparam("now", type_=throttle.c.not_before.type),
            throttle.c.not_before > too_far,
        ),
    ).returning(throttle.c.key)
    return taken


HOLD = for_each_database(_hold)
TAKE = for_each_database(_take)
SHORTEN = (
    sa.update(throttle)
    .where(
        throttle.c.key == sa.bindparam("wanted"),
        throttle.c.not_before == sa.bindparam("was", type_=throttle.c.not_before.type),
    )
    .values(not_before=sa.bindparam("until"))
)
NOT_BEFORE = sa.select(throttle.c.not_before).where(throttle.c.key == sa.bindparam("key"))


class SqlThrottles:
    """Not-before times, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def not_before(self, key: str) -> datetime | None:
        """The time before which nothing may be sent under this key; None when nothing was ever held."""
        return self._connection.execute(NOT_BEFORE, {"key": key}).scalar_one_or_none()

    def hold(self, key: str, until: datetime) -> None:
        """Move the time forward to `until`; never backward, but from what a wrong clock wrote."""
        values = {"key": key, "not_before": until, "too_far": until + FURTHEST}
        self._connection.execute(HOLD[self._connection.dialect.name], values)

    def take(self, key: str, *, now: datetime, until: datetime) -> bool:
        """Hold `key` to `until` when nothing holds it at `now`; of two workers that ask at once one is told True."""
        statement = TAKE[self._connection.dialect.name]
        values = {"key": key, "not_before": until, "now": now, "too_far": now + FURTHEST}
        return self._connection.execute(statement, values).one_or_none() is not None

    def shorten(self, key: str, *, was: datetime, until: datetime) -> bool:
        """Move the time back from `was` to `until`; False, and nothing, when it is another one by now."""
        return self._connection.execute(SHORTEN, {"wanted": key, "was": was, "until": until}).rowcount == 1
