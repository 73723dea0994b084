"""What `deliveries.py` says to the database, each statement built once. What can be claimed is in `delivery_claims.py`.

A state changes for many at once by whoever may (pause, drop, approve): that takes them from the worker that holds them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from summaries.delivery import DeliveryKind, DeliveryState, OutcomeKind
from summaries.store.tables import delivery as table
from summaries.store.tables import delivery_item, digest_window

HELD, PENDING, SENDING = DeliveryState.HELD.value, DeliveryState.PENDING.value, DeliveryState.SENDING.value
AMBIGUOUS, SENT = DeliveryState.AMBIGUOUS.value, DeliveryState.SENT.value
PAUSED, DEAD = DeliveryState.PAUSED.value, DeliveryState.DEAD.value
POST, EDIT, NOTICE = DeliveryKind.POST.value, DeliveryKind.EDIT.value, DeliveryKind.NOTICE.value
FREE: dict[str, Any] = {"owner": None, "lease_until": None}
in_order = (table.c.window_id, sa.case((table.c.kind == POST, 0), (table.c.kind == EDIT, 1), else_=2), table.c.part)
by_id = table.c.id == sa.bindparam("wanted")

ADD = sa.insert(table)
ADD_ITEMS = sa.insert(delivery_item)
FORGET_ITEMS = sa.delete(delivery_item).where(delivery_item.c.delivery_id == sa.bindparam("wanted"))
ITEMS = (
    sa.select(delivery_item.c.release_number, delivery_item.c.kind, delivery_item.c.version)
    .where(delivery_item.c.delivery_id == sa.bindparam("wanted"))
    .order_by(delivery_item.c.position)
)
BY_ID = sa.select(table).where(by_id)
LOCK = sa.select(table.c.id).where(by_id).with_for_update()
OF_WINDOW = sa.select(table).where(table.c.window_id == sa.bindparam("window")).order_by(*in_order)
LEANING_ON = (
    sa.select(table)
    .where(sa.or_(table.c.parent_id == sa.bindparam("wanted"), table.c.target_id == sa.bindparam("wanted")))
    .order_by(*in_order)
)
NEWEST = (
    sa.select(table)
    .where(
        table.c.state.in_(sa.bindparam("states", expanding=True)),
        sa.or_(table.c.error_class.is_(None), table.c.error_class.not_in(sa.bindparam("without", expanding=True))),
    )
    .order_by(table.c.window_id.desc(), *in_order[1:])
    .limit(sa.bindparam("at_most"))
)
OF_TEAM = NEWEST.where(table.c.team_id == sa.bindparam("team"))

# A worker changes these only: where a delivery goes, but for its thread, and whose it is, was settled when its window
# opened.
CHANGING = (
    "state",
    "owner",
    "lease_until",
    "attempt",
    "attempt_started_at",
    "next_at",
    "expires_at",
    "payload",
    "payload_hash",
    "parent_id",
    "thread_ts",
    "searched_to",
    "slack_ts",
    "error_class",
    "error_code",
)
UPDATE = sa.update(table).where(
    by_id, table.c.owner == sa.bindparam("held_by"), table.c.attempt == sa.bindparam("at_attempt")
)
REWRITE = (
    sa.update(table)
    .where(by_id, table.c.state.in_([HELD, PENDING, PAUSED]), table.c.attempt == 0)
    .values(payload=sa.bindparam("new_payload"), payload_hash=sa.bindparam("new_hash"), **FREE)
)
DECIDE = sa.update(table).where(by_id, table.c.state == sa.bindparam("was"))

rival = table.alias("rival")
NEWER_EDIT = sa.select(rival.c.id).where(
    rival.c.target_id == sa.bindparam("target"),
    rival.c.id != sa.bindparam("wanted"),
    rival.c.state.not_in([SENT, DEAD]),
)
LATER_EDIT = sa.select(rival.c.id).where(
    rival.c.target_id == sa.bindparam("target"),
    rival.c.id != sa.bindparam("wanted"),
    rival.c.attempt_started_at > sa.bindparam("since", type_=table.c.attempt_started_at.type),
)
LATER_MADE = sa.select(rival.c.id).where(  # than one that was never tried
    rival.c.target_id == sa.bindparam("target"),
    rival.c.window_id > sa.bindparam("window"),
    rival.c.id != sa.bindparam("wanted"),
    rival.c.attempt_started_at.is_not(None),
)
SUPERSEDE = (
    sa.update(table)
    .where(table.c.target_id == sa.bindparam("target"), table.c.state.in_([HELD, PENDING, PAUSED]))
    .values(state=DEAD, error_class="superseded", error_code=None, **FREE)
)

of_subscription = table.c.window_id.in_(
    sa.select(digest_window.c.id).where(digest_window.c.subscription_id == sa.bindparam("subscription"))
)
new_class, new_code = sa.bindparam("new_class", type_=sa.String), sa.bindparam("new_code", type_=sa.String)
# A notice goes elsewhere than the digest: only a workspace that is gone concerns it, too.
PAUSE = (
    sa.update(table)
    .where(
        table.c.state == PENDING,
        of_subscription,
        sa.or_(table.c.kind != NOTICE, new_class == OutcomeKind.WORKSPACE_GONE.value),
    )
    .values(state=PAUSED, error_class=new_class, error_code=new_code, **FREE)
)
AFRESH: dict[str, Any] = {
    "state": PENDING,
    "next_at": sa.bindparam("new_next"),
    "expires_at": None,
    "error_class": None,
    "error_code": None,
    **FREE,
}
RESUME = sa.update(table).where(table.c.state == PAUSED, of_subscription).values(**AFRESH)
DROP = (
    sa.update(table)
    .where(table.c.state.in_([HELD, PENDING, PAUSED]), of_subscription)
    .values(state=DEAD, error_class=new_class, error_code=None, **FREE)
)
asked_about = table.alias("asked_about")
was_asked = sa.exists().where(asked_about.c.window_id == table.c.window_id, asked_about.c.kind == NOTICE)
TAKE_BACK = (
    sa.update(table)
    .where(table.c.state == DEAD, table.c.error_class == sa.bindparam("old_class", type_=sa.String), of_subscription)
    .values(
        AFRESH
        | {
            "state": sa.case(
                (sa.and_(table.c.kind == POST, was_asked), sa.bindparam("digests", type_=sa.String)), else_=PENDING
            )
        }
    )
)
held_of_window = sa.and_(table.c.state == HELD, table.c.window_id == sa.bindparam("window"))
APPROVE = sa.update(table).where(held_of_window).values(**AFRESH)
REJECT = (
    sa.update(table)
    .where(held_of_window)
    .values(state=DEAD, error_class="rejected", error_code=sa.bindparam("new_code", type_=sa.String), **FREE)
)

UNKNOWN_HERE = (
    sa.select(table.c.id)
    .where(
        table.c.id.in_(sa.bindparam("ids", expanding=True)),
        table.c.team_id == sa.bindparam("team"),
        table.c.channel_id == sa.bindparam("channel"),
        table.c.state == AMBIGUOUS,
        table.c.kind != EDIT,
        table.c.owner.is_(None),
    )
    .with_for_update(skip_locked=True)
)
SEEN = (
    sa.update(table)
    .where(by_id)
    .values(state=SENT, slack_ts=sa.bindparam("seen_ts"), error_class=None, error_code=None, searched_to=None, **FREE)
)

COUNTS = sa.select(table.c.state, sa.func.count().label("owed")).group_by(table.c.state)
COUNTS_IN = COUNTS.where(table.c.team_id == sa.bindparam("team"))
OLDEST_OWED = (
    sa.select(sa.func.min(digest_window.c.opened_at))
    .join(table, table.c.window_id == digest_window.c.id)
    .where(table.c.state.in_([PENDING, SENDING, AMBIGUOUS]))
)
OLDEST_OWED_IN = OLDEST_OWED.where(table.c.team_id == sa.bindparam("team"))
