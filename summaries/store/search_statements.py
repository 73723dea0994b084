"""The statements of searches, spelled for each database, and how each is given terms and expressions.

All are built once: whatever is asked for is one expression, and that is a parameter.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import sqlalchemy as sa

from summaries.store.release_statements import NOT_RETIRED
from summaries.store.search_terms import EXACT, FACETS, STEMS, Syntax, Term, Terms
from summaries.store.tables import release, release_revision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LAST_POSITION = 16_382
"""PostgreSQL keeps all later words at one position, the next: a phrase is not found there."""

POSITIONS = 255
"""How many positions PostgreSQL keeps of a term."""

STREAM_BYTES = 450_000
"""How much of the words of one release PostgreSQL is given, and of their stems; it refuses a mebibyte in all."""


@dataclass(frozen=True, slots=True)
class SearchSql:
    """How one database is asked. `weighs_rarity` says that ranking looks through all that holds a term."""

    syntax: Syntax
    entry: Callable[[Terms], Mapping[str, str]]
    weighs_rarity: bool
    add: sa.TextClause
    remove: sa.TextClause
    count: sa.TextClause
    newest_of_few: sa.TextClause
    newest_of_many: sa.TextClause
    ranked: sa.TextClause


def _quoted(term: Term) -> str:
    """Within quotation marks FTS5 sees words only; the words of a phrase are parted by spaces."""
    phrase = " ".join(term.tokens).replace('"', '""')
    return f'{term.stream}:"{phrase}"'


def _columns(terms: Terms) -> Mapping[str, str]:
    return {EXACT: " ".join(terms.exact), STEMS: " ".join(terms.stems), FACETS: " ".join(terms.facets)}


_NEWEST = sa.text(
    "SELECT rowid FROM release_terms WHERE release_terms MATCH :wanted ORDER BY rowid DESC LIMIT :limit OFFSET :offset"
)
_SQLITE = SearchSql(
    syntax=Syntax(_quoted, conjunction=" AND ", disjunction=" OR ", exception=" NOT "),
    entry=_columns,
    weighs_rarity=True,
    add=sa.text("INSERT INTO release_terms (rowid, exact, stems, facets) VALUES (:place, :exact, :stems, :facets)"),
    remove=sa.text("DELETE FROM release_terms WHERE rowid = :place"),
    count=sa.text(
        "SELECT count(*) FROM (SELECT rowid FROM release_terms WHERE release_terms MATCH :wanted LIMIT :counted)"
    ),
    newest_of_few=_NEWEST,
    newest_of_many=_NEWEST,
    # bm25 looks through the whole index for each term of its own expression: it is given only what is not common. The
    # plus keeps SQLite from asking the index anew for each row of the rest.
    ranked=sa.text(
        "SELECT rowid FROM release_terms WHERE release_terms MATCH :ranking"
        " AND +rowid IN (SELECT rowid FROM release_terms WHERE release_terms MATCH :wanted)"
        " ORDER BY bm25(release_terms, 1, 1, 0), rowid DESC LIMIT :limit OFFSET :offset"
    ),
)


def _lexeme(stream: str, token: str) -> str:
    """All streams share one column: an exact word begins with `=`, as no stem and no facet does."""
    named = "=" + token if stream == EXACT else token
    return "'" + named.replace("\\", "\\\\").replace("'", "''") + "'"


def _followed(term: Term) -> str:
    return "(" + " <-> ".join(_lexeme(term.stream, token) for token in term.tokens) + ")"


def _vector(terms: Terms) -> Mapping[str, str]:
    facets = (_lexeme(FACETS, one) for one in terms.facets)
    return {"terms": " ".join((*facets, *_placed(STEMS, terms.stems), *_placed(EXACT, terms.exact)))}


def _placed(stream: str, words: Iterable[str]) -> Iterator[str]:
    """The lexemes of a stream with their positions, as many as there is room for."""
    room = STREAM_BYTES
    for token, positions in _positions(words).items():
        lexeme = _lexeme(stream, token)
        room -= len(lexeme.encode()) + 2 * len(positions) + 8
        if room < 0:
            return
        yield f"{lexeme}:{','.join(positions)}" if positions else lexeme


def _positions(words: Iterable[str]) -> dict[str, list[str]]:
    positions: defaultdict[str, list[str]] = defaultdict(list)
    for position, word in enumerate(words, start=1):
        kept = positions[word]
        if position <= LAST_POSITION and len(kept) < POSITIONS:
            kept.append(str(position))
    return positions


_POSTGRESQL = SearchSql(
    syntax=Syntax(_followed, conjunction=" & ", disjunction=" | ", exception=" & !"),
    entry=_vector,
    weighs_rarity=False,
    add=sa.text("INSERT INTO release_terms (place, terms) VALUES (:place, CAST(:terms AS tsvector))"),
    remove=sa.text("DELETE FROM release_terms WHERE place = :place"),
    count=sa.text(
        "SELECT count(*) FROM"
        " (SELECT 1 FROM release_terms WHERE terms @@ CAST(:wanted AS tsquery) LIMIT :counted) AS matches"
    ),
    # Fenced: for ORDER BY and LIMIT the planner would walk through all places, however few match.
    newest_of_few=sa.text(
        "WITH matches AS MATERIALIZED (SELECT place FROM release_terms WHERE terms @@ CAST(:wanted AS tsquery))"
        " SELECT place FROM matches ORDER BY place DESC LIMIT :limit OFFSET :offset"
    ),
    # Of many the walk is short. IS TRUE keeps the planner from collecting them all by the other index.
    newest_of_many=sa.text(
        "SELECT place FROM release_terms WHERE (terms @@ CAST(:wanted AS tsquery)) IS TRUE"
        " ORDER BY place DESC LIMIT :limit OFFSET :offset"
    ),
    ranked=sa.text(
        "WITH matches AS MATERIALIZED (SELECT place, terms FROM release_terms WHERE terms @@ CAST(:wanted AS tsquery))"
        " SELECT place FROM matches ORDER BY ts_rank_cd(terms, CAST(:ranking AS tsquery), 1) DESC, place DESC"
        " LIMIT :limit OFFSET :offset"
    ),
)

SEARCH_SQL = MappingProxyType({"sqlite": _SQLITE, "postgresql": _POSTGRESQL})
CLEAR_TERMS = sa.text("DELETE FROM release_terms")
HELD = (
    sa.select(release_revision.c.seq, release_revision.c.document, release_revision.c.text)
    .join_from(release, release_revision, release_revision.c.seq == release.c.seq)
    .where(NOT_RETIRED)
)
"""What belongs in the index."""
