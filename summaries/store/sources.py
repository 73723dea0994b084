"""Sources, their checks and their pages in the database (`ports.Sources`).

A worker holds a source by the time its lease runs out, `checking_until`; one that was overtaken settles nothing.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from summaries.store import source_statements as say
from summaries.watched import CheckOutcome, PagesOfDay, SourceCheck, SourcePage, SourceState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    import sqlalchemy as sa

    from summaries.watched import Source


ABANDONED_AFTER = timedelta(hours=1)
"""A source not looked at for so long after its time is looked at by nobody: its pages go over to others that list them.
"""

WAITED_FOR = timedelta(days=30)
"""How long an unread page that its source has left behind makes the other lists be got whole."""


class SqlSources:
    """What is remembered of the sources, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def keep(self, sources: Iterable[Source], *, at: datetime) -> None:
        """Remember these and how often each is looked at; one not known before is due `at`."""
        rows = [
            {
                "key": source.key,
                "interval_seconds": source.interval_seconds,
                "next_at": at,
                "paced_at": at + timedelta(seconds=source.interval_seconds),
                "failures": 0,
                "checks": 0,
                "failed_checks": 0,
            }
            for source in sources
        ]
        self._write_many(say.KEEP, sorted(rows, key=lambda row: row["key"]))

    def known(self, keys: Iterable[str]) -> dict[str, SourceState]:
        """Key → what is remembered of it; a source never kept is left out."""
        rows = self._connection.execute(say.KNOWN, {"keys": list(keys)})
        return {row.key: SourceState(**row._mapping) for row in rows}

    def claim(self, key: str, *, now: datetime, until: datetime, early: bool = False) -> SourceState | None:
        """Take it under a lease to `until` when it is due (or `early`) and under no other.

        While a page waits that its own source has left behind, the validators of all others are forgotten: a list got
        whole can take it over (`list_pages`), and one that "has not changed" cannot.
        """
        statement = say.CLAIM_EARLY if early else say.CLAIM
        times = {"now": now, "until": until, "abandoned": now - ABANDONED_AFTER, "listed_after": now - WAITED_FOR}
        row = self._connection.execute(statement, {"wanted": key} | times).one_or_none()
        return None if row is None else SourceState(**row._mapping)

    def settle(self, state: SourceState, *, held: datetime) -> bool:
        """Write all of it and let go. False when the lease to `held` was lost by then: nothing is written."""
        values = _row(state) | {"checking_until": None}
        del values["key"]
        del values["interval_seconds"]  # another process may have been given another one meanwhile
        which = {"wanted": state.key, "held": held}
        return self._connection.execute(say.SETTLE, values | which).rowcount == 1

    def record(self, key: str, check: SourceCheck, *, forget_before: datetime) -> None:
        """Log a check, and forget those of this source before a time."""
        self._connection.execute(say.FORGET, {"wanted": key, "before": forget_before})
        self._connection.execute(say.RECORD, _row(check) | {"source_key": key, "outcome": check.outcome.value})

    def checks(self, key: str, *, since: datetime) -> Sequence[SourceCheck]:
        """The checks of a source that were logged, oldest first."""
        rows = self._connection.execute(say.CHECKS, {"wanted": key, "since": since})
        return [SourceCheck(row.at, CheckOutcome(row.outcome), row.new, row.revised, row.problem) for row in rows]

    def list_pages(self, pages: Iterable[SourcePage]) -> None:
        """Note pages that a list led to just now: of one known before only where it was listed, and the day given.

        A page stays with the source that listed it first, unless that one fails or is no longer looked at.
        """
        # In one order everywhere: two workers that note the same pages wait for each other, and not in a circle.
        rows = [_row(page) | {"abandoned": page.listed_at - ABANDONED_AFTER} for page in pages]
        self._write_many(say.LIST_PAGE, sorted(rows, key=lambda row: row["url"]))

    def due_pages(self, key: str, *, now: datetime) -> Sequence[SourcePage]:
        """The pages of a source to look at: first those never read, each kind in the order of the list; what
        failed before comes last."""
        rows = self._connection.execute(say.DUE_PAGES, {"wanted": key, "now": now})
        return [SourcePage(**row._mapping) for row in rows]

    def save_page(self, page: SourcePage) -> None:
        """Write what a look at a page came to. Whose it is and where it was listed stay as they are."""
        row = _row(page)
        self._connection.execute(say.SAVE_PAGE, {name: row[name] for name in say.LOOKED_AT} | {"wanted": page.url})

    def pages_of_day(self, day: date, *, start: datetime, end: datetime) -> PagesOfDay:
        """Count the pages of a day: dated so by a list or, undated, first read or listed between two moments."""
        counted = {"read": 0, "unreadable": 0, "waiting": 0}
        for row in self._connection.execute(say.PAGES_OF_DAY, {"day": day, "start": start, "end": end}):
            counted["read" if row.is_read else "waiting" if row.is_untried else "unreadable"] += row.pages
        return PagesOfDay(**counted)

    def _write_many(self, statements: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(statements[self._connection.dialect.name], rows)


def _row(value: SourceState | SourceCheck | SourcePage) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
