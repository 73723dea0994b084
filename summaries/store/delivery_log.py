"""The log of a delivery in the database: each call, each look at the channel, each decision of a person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from summaries.delivery import Attempt
from summaries.store.tables import delivery_attempt as table
from summaries.store.upserts import for_each_database

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE_LENGTH = 120
"""As much of an error code as its column holds; PostgreSQL refuses more."""


def _renewed(insert: Any) -> sa.Executable:
    new = insert(table)
    renewed: sa.Executable = new.on_conflict_do_update(
        index_elements=[table.c.delivery_id, table.c.attempt, table.c.outcome],
        set_={name: new.excluded[name] for name in ("worker", "started_at", "ended_at")},
    )
    return renewed


FIRST = for_each_database(lambda insert: insert(table).on_conflict_do_nothing())
LAST = for_each_database(_renewed)
OF_DELIVERY = (
    sa.select(table)
    .where(table.c.delivery_id == sa.bindparam("wanted"))
    .order_by(table.c.attempt, table.c.ended_at, table.c.outcome)
)


def short(code: str | None) -> str | None:
    """As much of a code as can be kept."""
    return code[:CODE_LENGTH] if code else code


def log_attempt(connection: sa.Connection, attempt: Attempt, *, again: bool = False) -> None:
    """Write a line. One of the same attempt and outcome stays as it is or, with `again`, is written anew."""
    row = {
        "delivery_id": attempt.delivery_id,
        "attempt": attempt.attempt,
        "worker": attempt.worker,
        "started_at": attempt.started_at,
        "ended_at": attempt.ended_at,
        "http_status": attempt.http_status,
        "slack_error": short(attempt.slack_error),
        "outcome": attempt.outcome,
    }
    connection.execute((LAST if again else FIRST)[connection.dialect.name], row)


def read_log(connection: sa.Connection, delivery_id: str) -> Sequence[Attempt]:
    """The lines of a delivery, oldest first."""
    return [Attempt(**row._mapping) for row in connection.execute(OF_DELIVERY, {"wanted": delivery_id})]
