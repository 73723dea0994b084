"""Searches of the releases held (`ports.Search`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.found import SEARCH_COUNTED, Found
from summaries.store.release_statements import BY_SEQ
from summaries.store.releases import stored_release
from summaries.store.search_statements import SEARCH_SQL
from summaries.store.search_terms import Condition, conditions_of, of_words, seq_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from summaries.ports import StoredRelease
    from summaries.query import Filter


class SqlSearch:
    """Searches, in the transaction of a connection. `counted` is how many matches are too many to be ranked."""

    def __init__(self, connection: sa.Connection, *, counted: int = SEARCH_COUNTED) -> None:
        self._connection = connection
        self._counted = counted
        self._sql = SEARCH_SQL[connection.dialect.name]

    def find(self, wanted: Filter, *, limit: int, offset: int = 0) -> Found:
        """The releases held that a filter means, with how many there are. Those of a filter that asks for words come
        best first, if they are not too many; all others newest first.
        """
        clauses = conditions_of(wanted)
        expression = self._sql.syntax.expression(clauses)
        total = self._count(expression)
        ranking = self._ranking(clauses) if 0 < total < self._counted else None
        if ranking is None:
            return Found(self._newest(expression, total, limit, offset), total, ranked=False)
        asked = {"wanted": expression, "ranking": ranking, "limit": limit, "offset": offset}
        return Found(self._read(self._sql.ranked, asked), total, ranked=True)

    def newest(self, wanted: Filter, *, limit: int, offset: int = 0) -> Sequence[StoredRelease]:
        """The releases held that a filter means, newest first: by the date they bear, then by when they came in."""
        expression = self._sql.syntax.expression(conditions_of(wanted))
        return self._newest(expression, self._count(expression), limit, offset)

    def _count(self, expression: str) -> int:
        asked = {"wanted": expression, "counted": self._counted}
        return int(self._connection.execute(self._sql.count, asked).scalar_one())

    def _newest(self, expression: str, total: int, limit: int, offset: int) -> list[StoredRelease]:
        statement = self._sql.newest_of_few if total < self._counted else self._sql.newest_of_many
        return self._read(statement, {"wanted": expression, "limit": limit, "offset": offset})

    def _ranking(self, clauses: list[list[Condition]]) -> str | None:
        """The words that matches are ranked by; None when some matches may hold none of them."""
        by_words = of_words(clauses)
        if self._sql.weighs_rarity and len(clauses) > 1:
            by_words = [one for one in by_words if self._count(self._sql.syntax.expression([one])) < self._counted]
        return self._sql.syntax.expression(by_words) if by_words else None

    def _read(self, statement: sa.TextClause, asked: Mapping[str, object]) -> list[StoredRelease]:
        seqs = [seq_at(found) for found in self._connection.execute(statement, asked).scalars()]
        read = (
            {row.seq: stored_release(row) for row in self._connection.execute(BY_SEQ, {"seqs": seqs})} if seqs else {}
        )
        return [read[seq] for seq in seqs]
