"""What `windows.py` says to the database, each statement built once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from summaries.delivery import CadenceKind, DeliveryKind, DeliveryState, SubscriptionState, WindowKind
from summaries.store.tables import (
    delivery,
    delivery_item,
    digest_item,
    digest_window,
    heartbeat,
    release,
    release_revision,
    subscription,
)
from summaries.store.upserts import for_each_database

FEWEST_OF_A_DAY = 3
"""Releases in one digest, from which on it may be a publication day's by itself."""

_subscription = sa.bindparam("subscription", type_=sa.Integer)
_window = sa.bindparam("window", type_=sa.Integer)
_numbers: sa.BindParameter[int] = sa.bindparam("numbers", expanding=True)

OPEN = for_each_database(
    lambda insert: (
        insert(digest_window)
        .on_conflict_do_nothing(index_elements=["subscription_id", "period"])
        .returning(digest_window.c.id)
    )
)
ADD_ITEMS = sa.insert(digest_item)
BY_ID = sa.select(digest_window).where(digest_window.c.id == _window)
NEWEST = (
    sa.select(digest_window)
    .where(digest_window.c.subscription_id == _subscription)
    .order_by(digest_window.c.due_at.desc(), digest_window.c.id.desc())
    .limit(sa.bindparam("at_most"))
)
NEWEST_OF_KIND = NEWEST.where(digest_window.c.kind == sa.bindparam("kind"))
_before = sa.bindparam("before", type_=digest_window.c.due_at.type)
NEWEST_OF_KIND_BEFORE = NEWEST_OF_KIND.where(digest_window.c.due_at < _before)
NEWEST_OF_TEAM = (
    sa.select(digest_window)
    .join_from(digest_window, subscription, subscription.c.id == digest_window.c.subscription_id)
    .where(subscription.c.team_id == sa.bindparam("team"))
    .order_by(digest_window.c.id.desc())
    .limit(sa.bindparam("at_most"))
)
JOINED_TO = sa.select(digest_window).where(digest_window.c.joins == _window).order_by(digest_window.c.id)
# One step into an index a subscription, where GROUP BY would read every window there ever was.
LAST_DUE = sa.select(
    subscription.c.id,
    sa.select(sa.func.max(digest_window.c.due_at))
    .where(
        digest_window.c.subscription_id == subscription.c.id,
        digest_window.c.kind == WindowKind.PERIOD.value,
        digest_window.c.due_at < _before,
    )
    .scalar_subquery(),
).where(subscription.c.state == SubscriptionState.ACTIVE.value)
SHOWN = sa.select(digest_item.c.release_number, digest_item.c.kind, digest_item.c.version).where(
    digest_item.c.subscription_id == _subscription, digest_item.c.release_number.in_(_numbers)
)
ITEMS_OF = (
    sa.select(digest_item.c.release_number, digest_item.c.kind, digest_item.c.version)
    .join_from(
        digest_item,
        release_revision,
        sa.and_(
            release_revision.c.number == digest_item.c.release_number,
            release_revision.c.revision == digest_item.c.version,
        ),
    )
    .where(digest_item.c.window_id == _window)
    .order_by(release_revision.c.seq, digest_item.c.kind)
)
WINDOWS_OF_RELEASE = (
    sa.select(digest_window, digest_item.c.kind.label("item_kind"), digest_item.c.version)
    .join_from(digest_item, digest_window, digest_window.c.id == digest_item.c.window_id)
    .where(digest_item.c.subscription_id == _subscription, digest_item.c.release_number == sa.bindparam("number"))
    .order_by(digest_window.c.id)
)


def _unclosed_days() -> sa.Select[Any]:
    """By subscription, so that it is a step into an index for each and not a walk through all windows."""
    joined = digest_window.alias("joined")
    still_since = sa.bindparam("still_since", type_=digest_window.c.opened_at.type)
    is_joined = sa.exists().where(joined.c.joins == digest_window.c.id)
    is_growing = sa.exists().where(joined.c.joins == digest_window.c.id, joined.c.opened_at > still_since)
    held = sa.select(sa.func.count()).where(digest_item.c.window_id == digest_window.c.id).scalar_subquery()
    return (
        sa.select(digest_window)
        .join_from(subscription, digest_window, digest_window.c.subscription_id == subscription.c.id)
        .where(
            subscription.c.state == SubscriptionState.ACTIVE.value,
            subscription.c.cadence["kind"].as_string() == CadenceKind.NOW.value,
            digest_window.c.kind == WindowKind.NOW.value,
            digest_window.c.due_at >= sa.bindparam("since", type_=digest_window.c.due_at.type),
            digest_window.c.closed_at.is_(None),
            digest_window.c.joins.is_(None),
            digest_window.c.opened_at <= still_since,
            sa.not_(is_growing),
            sa.or_(is_joined, held >= FEWEST_OF_A_DAY),
        )
        .order_by(digest_window.c.id)
    )


UNCLOSED_DAYS = _unclosed_days()
CLOSE_DAY = sa.update(digest_window).where(digest_window.c.id == _window).values(closed_at=sa.bindparam("at"))

_SHOWING = (
    sa.select(
        digest_window.c.subscription_id,
        delivery_item.c.delivery_id,
        delivery_item.c.release_number,
        delivery_item.c.kind,
        delivery_item.c.version,
    )
    .select_from(
        delivery_item.join(delivery, delivery.c.id == delivery_item.c.delivery_id)
        .join(digest_window, digest_window.c.id == delivery.c.window_id)
        .join(subscription, subscription.c.id == digest_window.c.subscription_id)
        .join(release, release.c.number == delivery_item.c.release_number)
    )
    .where(
        delivery.c.kind == DeliveryKind.POST.value,
        delivery.c.state != DeliveryState.DEAD.value,
        subscription.c.state != SubscriptionState.ENDED.value,
    )
    .order_by(digest_window.c.subscription_id, digest_window.c.id, delivery.c.part)
)
MESSAGES_SHOWING = _SHOWING.where(delivery_item.c.release_number.in_(_numbers))
OWN_MESSAGES_SHOWING = MESSAGES_SHOWING.where(digest_window.c.subscription_id == _subscription)
UNSTRUCK = _SHOWING.where(release.c.withdrawn_at.is_not(None), delivery_item.c.kind != "withdrawn")

PLANNED_TO = sa.select(heartbeat.c.planned_to)
PLAN_TO = (
    sa.update(heartbeat).where(heartbeat.c.planned_to < sa.bindparam("seq")).values(planned_to=sa.bindparam("seq"))
)
