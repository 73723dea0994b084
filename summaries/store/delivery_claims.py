"""Which deliveries can be worked on now, and when the next can: statements built once.

Rows are locked with SKIP LOCKED wherever a worker changes several at once: two workers neither wait for each other nor
deadlock. SQLite ignores the clause; its writers come one at a time.

What a throttle holds is left alone, so that nothing is claimed only to be put back. Pending and unknown deliveries are
asked for apart: each is then read from its index in the order of `next_at`, to as many as are wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from summaries.store.delivery_statements import AMBIGUOUS, DEAD, EDIT, FREE, PENDING, POST, SENDING, SENT, rival
from summaries.store.tables import delivery as table
from summaries.store.tables import digest_window, throttle
from summaries.throttle_keys import CHANNEL, EDITING, FINDING, POSTING

if TYPE_CHECKING:
    from datetime import datetime

now = sa.bindparam("now", type_=table.c.next_at.type)
too_far = sa.bindparam("too_far", type_=table.c.next_at.type)
not_held = sa.or_(table.c.lease_until.is_(None), table.c.lease_until <= now)

# What a delivery leans on: the message whose thread it goes into, or which it changes.
other = table.alias("other")
leans_on = other.c.id.in_([table.c.parent_id, table.c.target_id])
not_there_yet = sa.exists().where(leans_on, other.c.state != SENT)
orphaned = sa.exists().where(leans_on, other.c.state == DEAD)
earlier = table.alias("earlier")
earlier_undone = sa.exists().where(
    table.c.kind == POST,
    earlier.c.window_id == table.c.window_id,
    earlier.c.kind == POST,
    earlier.c.part < table.c.part,
    earlier.c.state.not_in([SENT, DEAD]),
)
# An edit under way, or of which it is not known whether it is over, might overwrite a newer one.
edit_under_way = sa.exists().where(
    rival.c.target_id == table.c.target_id, rival.c.id != table.c.id, rival.c.state.in_([SENDING, AMBIGUOUS])
)
workable = sa.and_(sa.not_(not_there_yet), sa.not_(earlier_undone), sa.not_(edit_under_way))


def _key(prefix: str) -> sa.ColumnElement[str]:
    return sa.literal(prefix, sa.String) + table.c.team_id


is_edit = table.c.kind == EDIT
calling = sa.case((is_edit, _key(EDITING)), else_=_key(POSTING))
place = sa.case((sa.not_(is_edit), _key(CHANNEL) + sa.literal(":", sa.String) + table.c.channel_id))
finding = sa.case((sa.not_(is_edit), _key(FINDING)))  # an edit is not looked for: it is made again


def _swept(*condition: sa.ColumnElement[bool]) -> sa.Update:
    chosen = sa.select(table.c.id).where(*condition).correlate(None).with_for_update(skip_locked=True, of=table)
    return sa.update(table).where(table.c.id.in_(chosen))


LEASES_RUN_OUT = _swept(table.c.state == SENDING, table.c.lease_until <= now).values(
    state=AMBIGUOUS,
    next_at=sa.bindparam("settle_at"),
    searched_to=None,
    error_class="lease_ran_out",
    error_code=None,
    **FREE,
)
# What came later to a message of another window is told by nothing else: it is better seen alone than not at all.
came_later = sa.and_(
    table.c.kind == POST,
    sa.exists().where(digest_window.c.id == table.c.window_id, digest_window.c.joins.is_not(None)),
)
STAND_ALONE = _swept(table.c.state == PENDING, orphaned, came_later).values(parent_id=None, thread_ts=None)
ORPHANS = _swept(table.c.state == PENDING, orphaned, sa.not_(came_later)).values(
    state=DEAD, error_class=sa.case((is_edit, "target_dead"), else_="parent_dead"), error_code=None, **FREE
)


def _due(state: str, turn: sa.ColumnElement[str], *keys: sa.ColumnElement[str]) -> sa.Select[str, datetime, str]:
    """Id, time and turn: of those with the same turn one can be worked on at a time."""
    held_back = sa.exists().where(
        throttle.c.key.in_([turn, *keys]), throttle.c.not_before > now, throttle.c.not_before <= too_far
    )
    taken = turn.in_(sa.bindparam("turns_taken", expanding=True, type_=sa.String))
    return (
        sa.select(table.c.id, table.c.next_at, turn.label("turn"))
        .where(table.c.state == state, table.c.next_at <= now, not_held, sa.not_(held_back))
        .where(sa.or_(turn.is_(None), sa.not_(taken)))
        .order_by(table.c.next_at)
        .limit(sa.bindparam("at_most"))
        .with_for_update(skip_locked=True, of=table)
    )


DUE = (_due(PENDING, calling, place).where(workable), _due(AMBIGUOUS, finding))

parent = table.alias("parent")
parent_ts = sa.select(parent.c.slack_ts).where(parent.c.id == table.c.parent_id).scalar_subquery()
target = table.alias("target")
target_ts = sa.select(target.c.slack_ts).where(target.c.id == table.c.target_id).scalar_subquery()
TAKE = (
    sa.update(table)
    .where(table.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(
        owner=sa.bindparam("new_owner"),
        lease_until=sa.bindparam("new_lease"),
        thread_ts=sa.func.coalesce(parent_ts, table.c.thread_ts),
        target_ts=sa.func.coalesce(target_ts, table.c.target_ts),
    )
    .returning(table)
)


def _later(one: sa.ColumnElement[datetime], than: sa.ColumnElement[datetime]) -> sa.ColumnElement[datetime]:
    return sa.case((one > than, one), else_=than)  # of nothing held, nothing is later


def _next(state: str, *keys: sa.ColumnElement[str]) -> sa.Select[datetime]:
    """When the first delivery in a state has come to its time, and neither a worker nor a throttle holds it."""
    due: sa.ColumnElement[datetime] = _later(table.c.lease_until, table.c.next_at)
    joined: sa.FromClause = table
    for place_of, key in enumerate(keys):
        held = throttle.alias(f"held_{place_of}")
        joined, due = joined.outerjoin(held, held.c.key == key), _later(held.c.not_before, due)
    return sa.select(sa.func.min(due)).select_from(joined).where(table.c.state == state)


NEXT = (
    _next(PENDING, calling, place).where(sa.or_(workable, orphaned)),
    _next(AMBIGUOUS, finding),
    sa.select(sa.func.min(table.c.lease_until)).where(table.c.state == SENDING),
)
