"""What `deliveries.py` says to the database, each statement built once.

Rows are locked with SKIP LOCKED wherever a worker changes several at once: two workers neither wait for each other nor
deadlock. SQLite ignores the clause; its writers come one at a time.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from summaries.delivery import DeliveryState
from summaries.store.tables import delivery as table
from summaries.store.tables import delivery_attempt, digest_window
from summaries.store.upserts import for_each_database

PENDING, SENDING, AMBIGUOUS = DeliveryState.PENDING.value, DeliveryState.SENDING.value, DeliveryState.AMBIGUOUS.value
SENT, PAUSED, DEAD = DeliveryState.SENT.value, DeliveryState.PAUSED.value, DeliveryState.DEAD.value
FREE: dict[str, Any] = {"owner": None, "lease_until": None}
now = sa.bindparam("now", type_=table.c.next_at.type)
not_held = sa.or_(table.c.lease_until.is_(None), table.c.lease_until <= now)

earlier = table.alias("earlier")
earlier_undone = sa.exists().where(
    earlier.c.window_id == table.c.window_id,
    earlier.c.part < table.c.part,
    sa.or_(sa.and_(earlier.c.part == 0, earlier.c.state != SENT), earlier.c.state.not_in([SENT, DEAD])),
)
parent_dead = sa.exists().where(earlier.c.window_id == table.c.window_id, earlier.c.part == 0, earlier.c.state == DEAD)
parent_ts = (
    sa.select(earlier.c.slack_ts)
    .where(earlier.c.window_id == table.c.window_id, earlier.c.part == 0, table.c.part > 0)
    .scalar_subquery()
)
workable = sa.or_(table.c.state == AMBIGUOUS, sa.and_(table.c.state == PENDING, sa.not_(earlier_undone)))


def _swept(*condition: sa.ColumnElement[bool]) -> sa.Update:
    chosen = sa.select(table.c.id).where(*condition).correlate(None).with_for_update(skip_locked=True, of=table)
    return sa.update(table).where(table.c.id.in_(chosen))


LEASES_RUN_OUT = _swept(table.c.state == SENDING, table.c.lease_until <= now).values(
    state=AMBIGUOUS, next_at=sa.bindparam("settle_at"), error_class="lease_ran_out", error_code=None, **FREE
)
ORPHANS = _swept(table.c.state == PENDING, table.c.part > 0, parent_dead).values(
    state=DEAD, error_class="parent_dead", error_code=None, **FREE
)
DUE = (
    sa.select(table.c.id)
    .where(table.c.state.in_([PENDING, AMBIGUOUS]), table.c.next_at <= now, not_held, workable)
    .order_by(table.c.next_at, table.c.window_id, table.c.part)
    .limit(sa.bindparam("at_most"))
    .with_for_update(skip_locked=True, of=table)
)
TAKE = (
    sa.update(table)
    .where(table.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(
        owner=sa.bindparam("new_owner"),
        lease_until=sa.bindparam("new_lease"),
        thread_ts=sa.func.coalesce(parent_ts, table.c.thread_ts),
    )
    .returning(table)
)

ADD = sa.insert(table)
BY_ID = sa.select(table).where(table.c.id == sa.bindparam("wanted"))
OF_WINDOW = sa.select(table).where(table.c.window_id == sa.bindparam("window")).order_by(table.c.part)
# A worker changes these only: where a delivery goes and what it says were settled when its window opened.
CHANGING = (
    "state",
    "owner",
    "lease_until",
    "attempt",
    "attempt_started_at",
    "next_at",
    "expires_at",
    "slack_ts",
    "error_class",
    "error_code",
)
HELD = sa.update(table).where(
    table.c.id == sa.bindparam("wanted"),
    table.c.owner == sa.bindparam("held_by"),
    table.c.attempt == sa.bindparam("at_attempt"),
)
OF_SUBSCRIPTION = table.c.window_id.in_(
    sa.select(digest_window.c.id).where(digest_window.c.subscription_id == sa.bindparam("subscription"))
)
PAUSE = (
    sa.update(table)
    .where(table.c.state == PENDING, OF_SUBSCRIPTION)
    .values(state=PAUSED, error_class=sa.bindparam("new_class"), error_code=sa.bindparam("new_code"), **FREE)
)
RESUME = (
    sa.update(table)
    .where(table.c.state == PAUSED, OF_SUBSCRIPTION)
    .values(
        state=PENDING,
        next_at=sa.bindparam("new_next"),
        expires_at=None,
        error_class=None,
        error_code=None,
        **FREE,
    )
)
DROP = (
    sa.update(table)
    .where(table.c.state.in_([PENDING, PAUSED]), OF_SUBSCRIPTION)
    .values(state=DEAD, error_class=sa.bindparam("new_class"), error_code=None, **FREE)
)
LOG = for_each_database(lambda insert: insert(delivery_attempt).on_conflict_do_nothing())
COUNTS = sa.select(table.c.state, sa.func.count().label("owed")).group_by(table.c.state)
NEXT_AT = sa.select(sa.func.min(table.c.next_at)).where(
    table.c.state.in_([PENDING, AMBIGUOUS]), table.c.lease_until.is_(None), sa.or_(workable, parent_dead)
)
NEXT_LEASE = sa.select(sa.func.min(table.c.lease_until)).where(table.c.state.in_([PENDING, AMBIGUOUS, SENDING]))
