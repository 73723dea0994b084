"""Deliveries in the database (`ports.Deliveries`): the outbox.

A worker holds a delivery by `owner` until `lease_until`; `attempt` counts the calls begun. Every write of a worker asks
for both, so one that was overtaken writes nothing. What anybody else changes (pause, drop) takes the owner away.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from summaries.delivery import Delivery, DeliveryState
from summaries.store import delivery_statements as say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from summaries.delivery import Outcome, Sighting

CODE_LENGTH = 120
"""As much of an error code as its column holds; PostgreSQL refuses more."""


class SqlDeliveries:
    """The outbox, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, delivery: Delivery) -> None:
        """Write a message that is owed."""
        self._connection.execute(say.ADD, _row(delivery))

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery of this id."""
        row = self._connection.execute(say.BY_ID, {"wanted": delivery_id}).one_or_none()
        return None if row is None else _delivery(row)

    def of_window(self, window_id: int) -> Sequence[Delivery]:
        """The messages of a window's digest, the parent first."""
        return [_delivery(row) for row in self._connection.execute(say.OF_WINDOW, {"window": window_id})]

    def claim(
        self, *, owner: str, now: datetime, lease_until: datetime, settle_at: datetime, limit: int
    ) -> Sequence[Delivery]:
        """Sweep what died in a call or lost its parent, then take what the port says is due, under a lease."""
        execute = self._connection.execute
        execute(say.LEASES_RUN_OUT, {"now": now, "settle_at": settle_at})
        execute(say.ORPHANS, {})
        ids = list(execute(say.DUE, {"now": now, "at_most": limit}).scalars())
        if not ids:
            return []
        taken = execute(say.TAKE, {"ids": ids, "new_owner": owner, "new_lease": lease_until})
        return sorted((_delivery(row) for row in taken), key=lambda delivery: ids.index(delivery.id))

    def update(self, delivery: Delivery, *, owner: str, attempt: int) -> bool:
        """Write what a worker may change; False when another one holds the delivery by now."""
        held = {"wanted": delivery.id, "held_by": owner, "at_attempt": attempt}
        row = _row(delivery)
        return self._connection.execute(say.HELD, {name: row[name] for name in say.CHANGING} | held).rowcount == 1

    def record_attempt(self, delivery: Delivery, *, worker: str, ended_at: datetime, outcome: Outcome) -> None:
        """Log what a call to post came to."""
        self._log(delivery, worker, ended_at, outcome.kind.value, outcome.code, outcome.http_status)

    def record_sighting(self, delivery: Delivery, *, worker: str, ended_at: datetime, sighting: Sighting) -> None:
        """Log what reading the channel back came to, the first time it came to that."""
        seen = "found" if sighting.found else "absent" if sighting.readable else "unreadable"
        self._log(delivery, worker, ended_at, seen, sighting.code, None)

    def pause(self, subscription_id: int, *, error_class: str, error_code: str | None) -> int:
        """Pause what is pending for a subscription, claimed or not, and say how many."""
        values = {"subscription": subscription_id, "new_class": error_class, "new_code": _short(error_code)}
        return self._connection.execute(say.PAUSE, values).rowcount

    def resume(self, subscription_id: int, *, now: datetime) -> int:
        """Make pending, due `now`, what was paused, and say how many."""
        return self._connection.execute(say.RESUME, {"subscription": subscription_id, "new_next": now}).rowcount

    def drop(self, subscription_id: int, *, error_class: str) -> int:
        """Turn dead what is pending or paused, and say how many."""
        return self._connection.execute(say.DROP, {"subscription": subscription_id, "new_class": error_class}).rowcount

    def counts(self) -> dict[str, int]:
        """State → how many deliveries are in it."""
        return {row.state: row.owed for row in self._connection.execute(say.COUNTS)}

    def next_due(self) -> datetime | None:
        """When there may next be something to claim: by its time, or when a lease runs out."""
        moments = [self._connection.execute(statement).scalar_one() for statement in (say.NEXT_AT, say.NEXT_LEASE)]
        return min((moment for moment in moments if moment is not None), default=None)

    def _log(
        self, delivery: Delivery, worker: str, ended_at: datetime, outcome: str, code: str | None, status: int | None
    ) -> None:
        row = {
            "delivery_id": delivery.id,
            "attempt": delivery.attempt,
            "worker": worker,
            "started_at": delivery.attempt_started_at,
            "ended_at": ended_at,
            "http_status": status,
            "slack_error": _short(code),
            "outcome": outcome,
        }
        self._connection.execute(say.LOG[self._connection.dialect.name], row)


def _short(code: str | None) -> str | None:
    return code[:CODE_LENGTH] if code else code


def _row(delivery: Delivery) -> dict[str, Any]:
    row = {field.name: getattr(delivery, field.name) for field in fields(delivery)}
    row["payload"] = dict(delivery.payload)
    row["state"] = delivery.state.value
    row["error_code"] = _short(delivery.error_code)
    return row


def _delivery(row: sa.Row[Any]) -> Delivery:
    values = dict(row._mapping)
    values["state"] = DeliveryState(values["state"])
    return Delivery(**values)
