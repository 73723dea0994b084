"""Windows and their items in the database (`ports.Windows`)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from summaries.delivery import Showing, Window, WindowKind
from summaries.store import window_statements as say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from summaries.delivery import DigestItem


class SqlWindows:
    """Windows and their items, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open(self, window: Window, items: Iterable[DigestItem]) -> Window | None:
        """Write window and items; None when the period is open already."""
        statement = say.OPEN[self._connection.dialect.name]
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
            self._connection.execute(say.ADD_ITEMS, rows)
        return replace(window, id=opened)

    def get(self, window_id: int) -> Window | None:
        """The window of this id."""
        return next(iter(self._many(say.BY_ID, {"window": window_id})), None)

    def of_subscription(
        self, subscription_id: int, *, limit: int = 10, kind: WindowKind | None = None
    ) -> Sequence[Window]:
        """Newest first; of one kind when it is named."""
        asked = {"subscription": subscription_id, "at_most": limit}
        return self._many(say.NEWEST_OF_KIND, asked | {"kind": kind.value}) if kind else self._many(say.NEWEST, asked)

    def last_before(self, subscription_id: int, kind: WindowKind, *, before: datetime) -> Window | None:
        """The newest window of a kind that was due before a moment."""
        asked = {"subscription": subscription_id, "at_most": 1, "kind": kind.value, "before": before}
        return next(iter(self._many(say.NEWEST_OF_KIND_BEFORE, asked)), None)

    def of_team(self, team_id: str, *, limit: int = 10) -> Sequence[Window]:
        """The newest windows of all subscriptions of a workspace, newest first."""
        return self._many(say.NEWEST_OF_TEAM, {"team": team_id, "at_most": limit})

    def joined_to(self, window_id: int) -> Sequence[Window]:
        """The windows that added to this one's message, oldest first."""
        return self._many(say.JOINED_TO, {"window": window_id})

    def unclosed_days(self, *, since: datetime, still_since: datetime) -> Sequence[Window]:
        """The windows whose message may be of a publication day, not closed yet, that nothing came to for long; oldest
        first."""
        return self._many(say.UNCLOSED_DAYS, {"since": since, "still_since": still_since})

    def close_day(self, window_id: int, at: datetime | None) -> None:
        """Note that a publication day's message got its last line or, without a time, that it goes on."""
        self._connection.execute(say.CLOSE_DAY, {"window": window_id, "at": at})

    def last_due(self, *, before: datetime) -> dict[int, datetime]:
        """Subscription id → when its newest period before a moment was due, of the active ones that have one."""
        rows = self._connection.execute(say.LAST_DUE, {"before": before})
        return {number: due for number, due in rows if due is not None}

    def shown(self, subscription_id: int, numbers: Iterable[int]) -> set[tuple[int, str, int]]:
        """Of these releases, the (number, kind, version) that the subscription was shown."""
        asked = list(numbers)
        if not asked:
            return set()
        rows = self._connection.execute(say.SHOWN, {"subscription": subscription_id, "numbers": asked})
        return {(number, kind, version) for number, kind, version in rows}

    def items_of(self, window_id: int) -> Sequence[tuple[int, str, int]]:
        """The (number, kind, version) of a window's items, in the order in which these versions came in."""
        rows = self._connection.execute(say.ITEMS_OF, {"window": window_id})
        return [(number, kind, version) for number, kind, version in rows]

    def window_of(self, subscription_id: int, number: int) -> Sequence[tuple[Window, str, int]]:
        """The windows in which a subscription got a release, oldest first, each with kind and version."""
        rows = self._connection.execute(
            say.WINDOWS_OF_RELEASE, {"subscription": subscription_id, "number": number}
        ).mappings()
        return [(_window(row), row["item_kind"], row["version"]) for row in rows]

    def messages_showing(self, numbers: Iterable[int], *, subscription_id: int | None = None) -> Sequence[Showing]:
        """The messages that show any of these releases: of one subscription or, one after the other, of all."""
        asked = {"numbers": list(numbers)}
        if subscription_id is None:
            return [Showing(*row) for row in self._connection.execute(say.MESSAGES_SHOWING, asked)]
        own = asked | {"subscription": subscription_id}
        return [Showing(*row) for row in self._connection.execute(say.OWN_MESSAGES_SHOWING, own)]

    def unstruck(self) -> Sequence[Showing]:
        """The messages that show a withdrawn release as if it were not."""
        return [Showing(*row) for row in self._connection.execute(say.UNSTRUCK)]

    def planned_to(self) -> int:
        """The ingest sequence up to which planning has looked; 0 at first."""
        return int(self._connection.execute(say.PLANNED_TO).scalar_one_or_none() or 0)

    def plan_to(self, seq: int) -> None:
        """Move that on; never back."""
        self._connection.execute(say.PLAN_TO, {"seq": seq})

    def _many(self, statement: sa.Select[Any], asked: Mapping[str, object]) -> list[Window]:
        return [_window(row) for row in self._connection.execute(statement, asked).mappings()]


_COLUMNS = tuple(field.name for field in fields(Window))


def _row(window: Window) -> dict[str, Any]:
    row = {name: getattr(window, name) for name in _COLUMNS if name != "id"}
    row["kind"] = window.kind.value
    return row


def _window(row: Mapping[Any, Any]) -> Window:
    values = {name: row[name] for name in _COLUMNS}
    values["kind"] = WindowKind(values["kind"])
    return Window(**values)
