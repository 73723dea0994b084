"""Subscriptions in the database (`ports.Subscriptions`)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from datetime import time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from summaries.delivery import Cadence, CadenceKind, CatchUp, Quiet, Subscription, SubscriptionState
from summaries.errors import BadSubscription
from summaries.store.tables import subscription as table
from summaries.store.upserts import for_each_database

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LIVE = table.c.state != SubscriptionState.ENDED.value
BY_ID = sa.select(table).where(table.c.id == sa.bindparam("wanted"))
LOCKED = BY_ID.with_for_update()  # SQLite has no row locks and needs none: its writers come one at a time
OF_CHANNEL = (
    sa.select(table)
    .where(table.c.team_id == sa.bindparam("team"), table.c.channel_id == sa.bindparam("channel"), LIVE)
    .order_by(table.c.id)
)
OF_TEAM = sa.select(table).where(table.c.team_id == sa.bindparam("team"), LIVE).order_by(table.c.id)
ENDED = (
    sa.select(table)
    .where(
        table.c.team_id == sa.bindparam("team"),
        table.c.channel_id == sa.bindparam("channel"),
        table.c.state == SubscriptionState.ENDED.value,
    )
    .order_by(table.c.changed_at.desc(), table.c.id.desc())
    .limit(sa.bindparam("at_most"))
)
ACTIVE = sa.select(table).where(table.c.state == SubscriptionState.ACTIVE.value).order_by(table.c.id)
PARKED = (
    sa.select(table)
    .where(table.c.state == SubscriptionState.PARKED.value, table.c.error_class == sa.bindparam("wanted_class"))
    .order_by(table.c.id)
)
PAUSED_UNTIL = (
    sa.select(table)
    .where(
        table.c.state == SubscriptionState.PAUSED.value,
        table.c.paused_until <= sa.bindparam("now", type_=table.c.paused_until.type),
    )
    .order_by(table.c.id)
)
ADD = for_each_database(
    lambda insert: insert(table).on_conflict_do_nothing(index_elements=["live_key"]).returning(table.c.id)
)
SAVE = sa.update(table).where(table.c.id == sa.bindparam("wanted"))


class SqlSubscriptions:
    """Standing wishes, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, subscription: Subscription) -> Subscription | None:
        """Store it and give it back with its id; None when the channel has the same wish, not ended."""
        statement = ADD[self._connection.dialect.name]
        added = self._connection.execute(statement, _row(subscription)).scalar_one_or_none()
        return None if added is None else replace(subscription, id=added)

    def get(self, subscription_id: int) -> Subscription | None:
        """The subscription of this id, ended or not."""
        return self._one(BY_ID, subscription_id)

    def lock(self, subscription_id: int) -> Subscription | None:
        """As `get`, and held to the end of the transaction."""
        return self._one(LOCKED, subscription_id)

    def of_channel(self, team_id: str, channel_id: str) -> Sequence[Subscription]:
        """Not ended, oldest first."""
        rows = self._connection.execute(OF_CHANNEL, {"team": team_id, "channel": channel_id})
        return [_subscription(row) for row in rows]

    def ended(self, team_id: str, channel_id: str, *, limit: int = 50) -> Sequence[Subscription]:
        """Of a channel, the last to end first."""
        asked = {"team": team_id, "channel": channel_id, "at_most": limit}
        return [_subscription(row) for row in self._connection.execute(ENDED, asked)]

    def of_team(self, team_id: str) -> Sequence[Subscription]:
        """Not ended, oldest first."""
        return [_subscription(row) for row in self._connection.execute(OF_TEAM, {"team": team_id})]

    def active(self) -> Sequence[Subscription]:
        """All that are active, oldest first."""
        return [_subscription(row) for row in self._connection.execute(ACTIVE)]

    def parked(self, *, error_class: str) -> Sequence[Subscription]:
        """All that are parked for this class of error, oldest first."""
        return [_subscription(row) for row in self._connection.execute(PARKED, {"wanted_class": error_class})]

    def paused_until(self, now: datetime) -> Sequence[Subscription]:
        """All that are paused to a time that has come, oldest first."""
        return [_subscription(row) for row in self._connection.execute(PAUSED_UNTIL, {"now": now})]

    def save(self, subscription: Subscription) -> None:
        """Write all of it, by its id. Raises BadSubscription when the channel has the same wish, not ended: somebody
        made it at this moment."""
        try:
            self._connection.execute(SAVE, {"wanted": subscription.id} | _row(subscription))
        except sa.exc.IntegrityError as error:
            raise BadSubscription(
                "The same is followed here at the same times already. `/hmic subscriptions` lists it."
            ) from error

    def _one(self, statement: sa.Select[Any], subscription_id: int) -> Subscription | None:
        row = self._connection.execute(statement, {"wanted": subscription_id}).one_or_none()
        return None if row is None else _subscription(row)


def _row(subscription: Subscription) -> dict[str, Any]:
    row = {field.name: getattr(subscription, field.name) for field in fields(subscription) if field.name != "id"}
    cadence = subscription.cadence
    row["cadence"] = {
        "kind": cadence.kind.value,
        "at": cadence.at.isoformat("minutes") if cadence.at else None,
        "weekday": cadence.weekday,
        "nth": cadence.nth,
    }
    row["state"] = subscription.state.value
    row["quiet"] = {
        "hours": [at.isoformat("minutes") for at in subscription.quiet.hours] if subscription.quiet.hours else None,
        "weekends": subscription.quiet.weekends,
        "holidays": subscription.quiet.holidays,
    }
    row["catch_up"] = subscription.catch_up.value if subscription.catch_up else None
    row["skipped"] = [list(span) for span in subscription.skipped]
    ended = subscription.state is SubscriptionState.ENDED
    row["live_key"] = None if ended else _live_key(subscription, row["cadence"])
    return row


def _live_key(subscription: Subscription, cadence: dict[str, Any]) -> str:
    wish = [subscription.team_id, subscription.channel_id, subscription.filter, cadence]
    return hashlib.sha256(json.dumps(wish, sort_keys=True).encode()).hexdigest()


def _subscription(row: sa.Row[Any]) -> Subscription:
    values = dict(row._mapping)
    del values["live_key"]
    cadence = values["cadence"]
    at = cadence["at"]
    values["cadence"] = Cadence(
        CadenceKind(cadence["kind"]), time.fromisoformat(at) if at else None, cadence["weekday"], cadence["nth"]
    )
    values["state"] = SubscriptionState(values["state"])
    values["quiet"] = _quiet(values["quiet"])
    values["catch_up"] = CatchUp(values["catch_up"]) if values["catch_up"] else None
    values["skipped"] = tuple((after, upto) for after, upto in values["skipped"])
    return Subscription(**values)


def _quiet(held: dict[str, Any]) -> Quiet:
    hours = held["hours"]
    between = (time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if hours else None
    return Quiet(between, held["weekends"], held["holidays"])
