"""Deliveries in the database (`ports.Deliveries`): the outbox.

A worker holds a delivery by `owner` until `lease_until`; `attempt` counts the calls begun. Every write of a worker asks
for both, so one that was overtaken writes nothing. What anybody else changes (pause, drop) takes the owner away.

Of the edits of a message at most one waits: writing one gives up those that have not begun. The row of the message is
locked for that, and by who asks `is_superseded`.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from summaries.delivery import Attempt, Delivery, DeliveryKind, DeliveryState, Role, Shape
from summaries.store import delivery_claims as claims
from summaries.store import delivery_statements as say
from summaries.store.delivery_log import log_attempt, read_log, short
from summaries.throttle_keys import FURTHEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from summaries.delivery import DigestItem, Outcome, Sighting

SPARE = 8
"""How many candidates are looked at for each delivery taken, since of one workspace only one is."""


class SqlDeliveries:
    """The outbox, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, delivery: Delivery, shows: Iterable[DigestItem] = ()) -> None:
        """Write what is owed, and the releases that its message (of an edit, the one it changes) will hold. An edit
        that names none leaves those of its message."""
        if delivery.kind is DeliveryKind.EDIT and delivery.target_id:
            self._lock(delivery.target_id)
            self._connection.execute(say.SUPERSEDE, {"target": delivery.target_id})
        self._connection.execute(say.ADD, _row(delivery))
        self._show(delivery.target_id or delivery.id, shows)

    def rewrite(
        self, delivery: Delivery, payload: Mapping[str, Any], payload_hash: str, shows: Iterable[DigestItem]
    ) -> bool:
        """Give what nobody began to send another content, taken from whoever claimed it; False when it was begun."""
        content = {"wanted": delivery.id, "new_payload": dict(payload), "new_hash": payload_hash}
        if self._connection.execute(say.REWRITE, content).rowcount != 1:
            return False
        self._show(delivery.id, shows)
        return True

    def _show(self, message: str, shows: Iterable[DigestItem]) -> None:
        rows = [
            {
                "delivery_id": message,
                "position": position,
                "release_number": item.release.number,
                "kind": item.kind,
                "version": item.version,
            }
            for position, item in enumerate(shows)
        ]
        if rows:
            self._connection.execute(say.FORGET_ITEMS, {"wanted": message})
            self._connection.execute(say.ADD_ITEMS, rows)

    def shown_in(self, delivery_id: str) -> Sequence[tuple[int, str, int]]:
        """The (number, kind, version) that a message holds, in their order there."""
        rows = self._connection.execute(say.ITEMS, {"wanted": delivery_id})
        return [(number, kind, version) for number, kind, version in rows]

    def is_superseded(self, edit: Delivery) -> bool:
        """Whether a newer edit of the same message waits. None can come in before this transaction ends."""
        if edit.target_id is None:
            return False
        self._lock(edit.target_id)
        return self._connection.execute(say.NEWER_EDIT, _rivals(edit)).first() is not None

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery of this id."""
        row = self._connection.execute(say.BY_ID, {"wanted": delivery_id}).one_or_none()
        return None if row is None else _delivery(row._mapping)

    def of_window(self, window_id: int) -> Sequence[Delivery]:
        """Its posts, the parent first, then its edits, then its notices."""
        return self._all(say.OF_WINDOW, {"window": window_id})

    def leaning_on(self, delivery_id: str) -> Sequence[Delivery]:
        """The replies to a message and the changes of it, whichever windows they are of, oldest window first."""
        return self._all(say.LEANING_ON, {"wanted": delivery_id})

    def of_team(
        self,
        team_id: str | None,
        *,
        states: Iterable[DeliveryState] = (),
        without: Iterable[str] = (),
        limit: int = 20,
    ) -> Sequence[Delivery]:
        """Of a workspace or of all, in any of these states, the newest window's first, but for these errors."""
        wanted = [state.value for state in states] or [state.value for state in DeliveryState]
        asked = {"at_most": limit, "states": wanted, "without": list(without)}
        return self._all(say.OF_TEAM, asked | {"team": team_id}) if team_id else self._all(say.NEWEST, asked)

    def claim(
        self, *, owner: str, now: datetime, lease_until: datetime, settle_at: datetime, limit: int
    ) -> Sequence[Delivery]:
        """Sweep what died in a call or lost its parent, then take what the port says is due, under a lease."""
        execute = self._connection.execute
        execute(claims.LEASES_RUN_OUT, {"now": now, "settle_at": settle_at})
        execute(claims.STAND_ALONE, {})
        execute(claims.ORPHANS, {})
        ids = self._choose(now, limit)
        if not ids:
            return []
        taken = execute(claims.TAKE, {"ids": ids, "new_owner": owner, "new_lease": lease_until})
        return sorted((_delivery(row._mapping) for row in taken), key=lambda delivery: ids.index(delivery.id))

    def _choose(self, now: datetime, limit: int) -> list[str]:
        """The longest due first, one a turn: the next would find its throttle held. Whoever owes so much that nobody
        else is among the candidates keeps nobody from being asked for."""
        chosen: dict[str, None] = {}
        turns: set[str] = set()
        at_most, may_be_more = limit * SPARE, True
        while may_be_more and len(chosen) < limit:
            asked = {"now": now, "too_far": now + FURTHEST, "at_most": at_most, "turns_taken": list(turns)}
            pages = [self._connection.execute(statement, asked).all() for statement in claims.DUE]
            for row in sorted((row for page in pages for row in page), key=lambda row: row.next_at):
                if row.turn not in turns and len(chosen) < limit:
                    chosen[row.id] = None
                    turns.update({row.turn} - {None})
            may_be_more = any(len(page) == at_most for page in pages)
        return list(chosen)

    def update(self, delivery: Delivery, *, owner: str, attempt: int) -> bool:
        """Write what a worker may change; False when another one holds the delivery by now."""
        held = {"wanted": delivery.id, "held_by": owner, "at_attempt": attempt}
        return self._connection.execute(say.UPDATE, _changed(delivery) | held).rowcount == 1

    def record_attempt(self, delivery: Delivery, *, worker: str, ended_at: datetime, outcome: Outcome) -> None:
        """Log what a call came to."""
        began = delivery.attempt_started_at or ended_at
        told = (outcome.http_status, outcome.code, outcome.kind.value)
        log_attempt(self._connection, Attempt(delivery.id, delivery.attempt, worker, began, ended_at, *told))

    def record_sighting(self, delivery: Delivery, *, worker: str, ended_at: datetime, sighting: Sighting) -> None:
        """Log what reading the channel back came to, the first time it came to that."""
        began = delivery.attempt_started_at or ended_at
        seen = "found" if sighting.found else "absent" if sighting.readable else "unreadable"
        told = (None, sighting.code, seen)
        log_attempt(self._connection, Attempt(delivery.id, delivery.attempt, worker, began, ended_at, *told))

    def attempts(self, delivery_id: str) -> Sequence[Attempt]:
        """The log of a delivery, oldest first."""
        return read_log(self._connection, delivery_id)

    def decide(
        self,
        delivery: Delivery,
        *,
        by: str,
        at: datetime,
        outcome: str,
        was: DeliveryState,
        shows: Iterable[DigestItem] = (),
    ) -> bool:
        """Write what a person decided, and log it. False when the delivery is no longer in the state they saw, or when
        an edit is to be made again and a later one has been made since."""
        if delivery.state is DeliveryState.PENDING and self._overtaken(delivery):
            return False
        values = _changed(delivery) | say.FREE | {"wanted": delivery.id, "was": was.value}
        if self._connection.execute(say.DECIDE, values).rowcount != 1:
            return False
        self._show(delivery.id, shows)
        decided = Attempt(delivery.id, delivery.attempt, by, at, at, None, None, outcome)
        log_attempt(self._connection, decided, again=True)
        return True

    def _overtaken(self, delivery: Delivery) -> bool:
        if delivery.kind is not DeliveryKind.EDIT:
            return False
        if self.is_superseded(delivery):
            return True
        began = delivery.attempt_started_at
        asked = (say.LATER_EDIT, {"since": began}) if began else (say.LATER_MADE, {"window": delivery.window_id})
        return self._connection.execute(asked[0], _rivals(delivery) | asked[1]).first() is not None

    def pause(self, subscription_id: int, *, error_class: str, error_code: str | None) -> int:
        """Pause what is pending for a subscription, claimed or not, and say how many."""
        values = {"subscription": subscription_id, "new_class": error_class, "new_code": short(error_code)}
        return self._connection.execute(say.PAUSE, values).rowcount

    def resume(self, subscription_id: int, *, now: datetime) -> int:
        """Make pending, due `now`, what was paused, and say how many."""
        return self._connection.execute(say.RESUME, {"subscription": subscription_id, "new_next": now}).rowcount

    def drop(self, subscription_id: int, *, error_class: str) -> int:
        """Turn dead what is held, pending or paused, and say how many."""
        return self._connection.execute(say.DROP, {"subscription": subscription_id, "new_class": error_class}).rowcount

    def take_back(self, subscription_id: int, *, error_class: str, held: bool, now: datetime) -> int:
        """Make pending, due `now`, what was dropped for this reason; with `held`, its digests are held again."""
        values = {"subscription": subscription_id, "old_class": error_class, "new_next": now}
        digests = DeliveryState.HELD if held else DeliveryState.PENDING
        return self._connection.execute(say.TAKE_BACK, values | {"digests": digests.value}).rowcount

    def approve(self, window_id: int, *, now: datetime) -> int:
        """Make pending, due `now`, what is held of a window, and say how many."""
        return self._connection.execute(say.APPROVE, {"window": window_id, "new_next": now}).rowcount

    def reject(self, window_id: int, *, by: str | None = None) -> int:
        """Turn dead what is held of a window, and say how many; `by` is noted as the detail of the error."""
        return self._connection.execute(say.REJECT, {"window": window_id, "new_code": by}).rowcount

    def settle_others(self, team_id: str, channel_id: str, seen: Mapping[str, str]) -> int:
        """Delivery id → ts: those that were ambiguous here, and that nobody holds, are sent. Says how many."""
        if not seen:
            return 0
        here = {"ids": list(seen), "team": team_id, "channel": channel_id}
        unknown = list(self._connection.execute(say.UNKNOWN_HERE, here).scalars())
        for delivery_id in unknown:
            self._connection.execute(say.SEEN, {"wanted": delivery_id, "seen_ts": seen[delivery_id]})
        return len(unknown)

    def counts(self, team_id: str | None = None) -> dict[str, int]:
        """State → how many deliveries, of a workspace or of all, are in it."""
        counted = (say.COUNTS_IN, {"team": team_id}) if team_id else (say.COUNTS, {})
        return {row.state: row.owed for row in self._connection.execute(*counted)}

    def oldest_owed(self, team_id: str | None = None) -> datetime | None:
        """When the window of the oldest delivery opened that is pending, sending or ambiguous."""
        statement, asked = (say.OLDEST_OWED_IN, {"team": team_id}) if team_id else (say.OLDEST_OWED, {})
        opened: datetime | None = self._connection.execute(statement, asked).scalar_one()
        return opened

    def next_due(self) -> datetime | None:
        """When there may next be something to claim: by its time and its throttles, or when a lease runs out."""
        moments = [self._connection.execute(statement).scalar_one() for statement in claims.NEXT]
        return min((moment for moment in moments if moment is not None), default=None)

    def _all(self, statement: sa.Select[Any], values: Mapping[str, Any]) -> Sequence[Delivery]:
        return [_delivery(row._mapping) for row in self._connection.execute(statement, values)]

    def _lock(self, delivery_id: str) -> None:
        self._connection.execute(say.LOCK, {"wanted": delivery_id})


def _rivals(edit: Delivery) -> dict[str, str | None]:
    return {"target": edit.target_id, "wanted": edit.id}


def _changed(delivery: Delivery) -> dict[str, Any]:
    row = _row(delivery)
    return {name: row[name] for name in say.CHANGING}


def _row(delivery: Delivery) -> dict[str, Any]:
    row = {field.name: getattr(delivery, field.name) for field in fields(delivery)}
    row["payload"] = dict(delivery.payload)
    row["state"] = delivery.state.value
    row["kind"] = delivery.kind.value
    row["shape"] = asdict(delivery.shape) if delivery.shape else None
    row["error_code"] = short(delivery.error_code)
    return row


def _delivery(row: Mapping[Any, Any]) -> Delivery:
    values = dict(row)
    values["state"] = DeliveryState(values["state"])
    values["kind"] = DeliveryKind(values["kind"])
    shape = values["shape"]
    values["shape"] = Shape(Role(shape["role"]), shape["first"], shape["total"]) if shape else None
    return Delivery(**values)
