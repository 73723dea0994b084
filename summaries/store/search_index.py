"""The index that searches read, as those who change what is held keep it: in the same transaction, so that the two
cannot differ. An entry stands at the place that its release's date and sequence give it, and only while it is held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.release_json import from_json
from summaries.store.search_statements import CLEAR_TERMS, HELD, SEARCH_SQL
from summaries.store.search_terms import place, terms_of

if TYPE_CHECKING:
    import sqlalchemy as sa

    from summaries.types import Release

BATCH = 200
"""How many stored releases are read at once to make the index anew."""


class TermIndex:
    """The index itself, as those who change what is held see it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._sql = SEARCH_SQL[connection.dialect.name]

    def add(self, release: Release, seq: int) -> None:
        """Enter a release, of which this is the sequence of the newest revision."""
        entry = {"place": place(release.dated, seq), **self._sql.entry(terms_of(release))}
        self._connection.execute(self._sql.add, entry)

    def remove(self, dated: int, seq: int) -> None:
        """Take out the release that stands there, if any does."""
        self._connection.execute(self._sql.remove, {"place": place(dated, seq)})

    def fill(self) -> None:
        """Make it anew from all that is held."""
        self._connection.execute(CLEAR_TERMS)
        for row in self._connection.execute(HELD.execution_options(yield_per=BATCH)):
            self.add(from_json(row.document, row.text), row.seq)
