"""Windows and their items in the database (`ports.Windows`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from summaries.delivery import SubscriptionState, Window
from summaries.store.tables import digest_item, digest_window, subscription
from summaries.store.upserts import for_each_database

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from summaries.delivery import DigestItem

OPEN = for_each_database(
    lambda insert: (
        insert(digest_window)
        .on_conflict_do_nothing(index_elements=["subscription_id", "period"])
        .returning(digest_window.c.id)
    )
)
ADD_ITEMS = sa.insert(digest_item)
BY_ID = sa.select(digest_window).where(digest_window.c.id == sa.bindparam("wanted"))
NEWEST = (
    sa.select(digest_window)
    .where(digest_window.c.subscription_id == sa.bindparam("subscription"))
    .order_by(digest_window.c.due_at.desc(), digest_window.c.id.desc())
    .limit(sa.bindparam("at_most"))
)
# One step into an index a subscription, where GROUP BY would read every window there ever was.
LAST_DUE = sa.select(
    subscription.c.id,
    sa.select(sa.func.max(digest_window.c.due_at))
    .where(digest_window.c.subscription_id == subscription.c.id)
    .scalar_subquery(),
).where(subscription.c.state == SubscriptionState.ACTIVE.value)
SHOWN = sa.select(digest_item.c.release_number, digest_item.c.kind, digest_item.c.version).where(
    digest_item.c.subscription_id == sa.bindparam("subscription"),
    digest_item.c.release_number.in_(sa.bindparam("numbers", expanding=True)),
)


class SqlWindows:
    """Windows and their items, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open(self, window: Window, items: Iterable[DigestItem]) -> Window | None:
        """Write window and items; None when the period is open already."""
        statement = OPEN[self._connection.dialect.name]
        opened = self._connection.execute(statement, _row(window)).scalar_one_or_none()
        if opened is None:
            return None
        rows = [
            {
                "window_id": opened,
                "subscription_id": window.subscription_id,
                "release_number": item.release.number,
                "kind": item.kind,
                "version": item.version,
            }
            for item in items
        ]
        if rows:
            self._connection.execute(ADD_ITEMS, rows)
        return replace(window, id=opened)

    def get(self, window_id: int) -> Window | None:
        """The window of this id."""
        row = self._connection.execute(BY_ID, {"wanted": window_id}).one_or_none()
        return None if row is None else Window(**row._mapping)

    def of_subscription(self, subscription_id: int, *, limit: int = 10) -> Sequence[Window]:
        """Newest first."""
        rows = self._connection.execute(NEWEST, {"subscription": subscription_id, "at_most": limit})
        return [Window(**row._mapping) for row in rows]

    def last_due(self) -> dict[int, datetime]:
        """Subscription id → when its newest window was due, of the active subscriptions that have one."""
        return {number: due for number, due in self._connection.execute(LAST_DUE) if due is not None}

    def shown(self, subscription_id: int, numbers: Iterable[int]) -> set[tuple[int, str, int]]:
        """Of these releases, the (number, kind, version) that the subscription was shown."""
        rows = self._connection.execute(SHOWN, {"subscription": subscription_id, "numbers": list(numbers)})
        return {(number, kind, version) for number, kind, version in rows}


def _row(window: Window) -> dict[str, Any]:
    return {
        "subscription_id": window.subscription_id,
        "period": window.period,
        "from_seq": window.from_seq,
        "to_seq": window.to_seq,
        "due_at": window.due_at,
        "opened_at": window.opened_at,
        "coalesced": window.coalesced,
        "covers_from": window.covers_from,
    }
