"""How long the worst searches take in small and in large SQLite stores, beside ranking all that matches.

Made-up releases are written straight into the tables and the index: a few thousand words of a language, the common ones
more often, a force and a day for each. Every search reads its ten releases in a transaction of its own.

    python benchmarks/search.py [HOW MANY ...]        such as 1000 100000 1000000
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from summaries.parsing import parse
from summaries.query import Filter, Literal
from summaries.release_json import to_json
from summaries.sources.folder import read_file
from summaries.store.database import open_database
from summaries.store.engines import upgrading
from summaries.store.search_statements import SEARCH_SQL
from summaries.store.search_terms import Terms, place, terms_of
from summaries.store.tables import raw_document, release, release_revision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from summaries.store.database import Database

SIZES = (1_000, 100_000)
REPEATS, PAGE, BATCH, WORDS, DAYS = 25, 10, 2_000, 150, 5_000
UNDER_THE_GATE = 2_000
FIRST_DAY = date(2010, 1, 1)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
[MODEL] = parse(read_file(next(iter(sorted((Path(__file__).parents[1] / "seeds").glob("*.txt")))))).releases
LANGUAGE = [f"word{number}" for number in range(8_000)]
LIKELY = list(accumulate(1 / (rank + 10) for rank in range(len(LANGUAGE))))


def words(*asked: str) -> Filter:
    return Filter(tuple((Literal("text", word),) for word in asked))


def force(*also: Literal) -> Filter:
    return Filter(((Literal("force", "force-7"),), *((one,) for one in also)))


SEARCHES = {
    "rare": words("rare"),
    "force": force(),
    "common": words("common"),
    "two words, each in one of twenty": words("often", "seldom"),
    "a rare word and a common one": words("rare", "common"),
    "a force and a common word": force(Literal("text", "common")),
    "a common word but no force": Filter((*words("common").clauses, (Literal("force", "force-7", negated=True),))),
    "just under the gate": words("gate"),
    "just under the gate, before a day": Filter((*words("gate").clauses, (Literal("before", "2023-06-05"),))),
    "a phrase": Filter(((Literal("text", "often word0", exact=True),),)),
}


@cache
def facets_of_force(number: int) -> frozenset[str]:
    body = replace(MODEL.subjects[0], id=f"force-{number}")
    return frozenset(terms_of(replace(MODEL, bodies=(body,), text="")).facets) - {"*"}


@cache
def facets_of_day(day: date) -> frozenset[str]:
    return frozenset(terms_of(replace(MODEL, bodies=(), cycle=None, published_on=day, text="")).facets)


def made_up(number: int, size: int) -> tuple[str, Terms, date]:
    """The text, terms and day of one release; the order in which they came in is that of their days."""
    day = FIRST_DAY + timedelta(days=number * DAYS // size)
    said = random.choices(LANGUAGE, cum_weights=LIKELY, k=WORDS)
    said += ["common"] + ["often"] * (random.random() < 0.05) + ["seldom"] * (random.random() < 0.05)
    said += ["rare"] * (number % (size // 10) == 0) + ["gate"] * (number % max(1, size // UNDER_THE_GATE) == 0)
    random.shuffle(said)
    facets = facets_of_force(number % 44) | facets_of_day(day)
    return " ".join(said), Terms(said, said, sorted(facets)), day


def fill(connection: sa.Connection, size: int) -> None:
    random.seed(size)
    raw: dict[str, Any] = {"id": 1, "sha256": "0", "location": "made-up", "parser_version": 1, "kept_at": NOON}
    connection.execute(sa.insert(raw_document), raw | {"content": b""})
    document = {key: value for key, value in to_json(MODEL).items() if key != "text"}
    sql = SEARCH_SQL[connection.dialect.name]
    numbers = iter(range(1, size + 1))
    while batch := list(islice(numbers, BATCH)):
        releases, revisions, entries = [], [], []
        for number in batch:
            text, terms, day = made_up(number, size)
            dated = day.year * 10_000 + day.month * 100 + day.day
            shared = {"number": number, "seq": number, "revision": 1}
            releases.append(
                shared | {"release_id": str(number), "title": "", "kind": "other", "dated": dated, "year": day.year}
            )
            revisions.append(
                shared
                | {"raw_id": 1, "content_hash": "0", "parser_version": 1, "document": document}
                | {"text": text, "ingested_at": NOON}
            )
            entries.append({"place": place(dated, number), **sql.entry(terms)})
        connection.execute(sa.insert(release), releases)
        connection.execute(sa.insert(release_revision), revisions)
        connection.execute(sql.add, entries)


def measure(size: int) -> dict[str, float]:
    """Milliseconds in the middle of several, by what was searched."""
    with tempfile.TemporaryDirectory() as folder:
        url = sa.make_url(f"sqlite:///{folder}/hmic.sqlite3")
        with open_database(str(url)) as database:
            database.upgrade()
            engine = upgrading(url)
            with engine.begin() as connection:
                seconds = took(lambda: fill(connection, size))
            engine.dispose()
            sys.stderr.write(f"{size:,} releases written, {size / seconds:,.0f} a second\n")
            return dict(timed(database))


def timed(database: Database) -> Iterator[tuple[str, float]]:
    for name, wanted in SEARCHES.items():
        yield name, middle(lambda wanted=wanted: search(database, wanted))
    yield "newest of all", middle(lambda: newest(database))
    yield PLAIN, middle(lambda: plain_bm25(database), repeats=3)


PLAIN = "plain bm25 of the common word"


def search(database: Database, wanted: Filter) -> None:
    with database.read() as unit:
        found = unit.search.find(wanted, limit=PAGE)
    if not found.releases:
        raise SystemExit(f"{wanted.text} found {found.total}")


def newest(database: Database) -> None:
    with database.read() as unit:
        if len(unit.search.newest(Filter(), limit=PAGE)) != PAGE:
            raise SystemExit("nothing is held")


def plain_bm25(database: Database) -> None:
    ranked = sa.text("SELECT rowid FROM release_terms WHERE release_terms MATCH :word ORDER BY rank LIMIT 10")
    with database._reading.connect() as connection:
        connection.execute(ranked, {"word": "stems:common"}).all()


def middle(work: Callable[[], None], repeats: int = REPEATS) -> float:
    return statistics.median(took(work) for _ in range(repeats)) * 1000


def took(work: Callable[[], object]) -> float:
    """Seconds of the processor: SQLite works in this process, and others may be at work beside it."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main(sizes: tuple[int, ...]) -> int:
    measured = [measure(size) for size in sizes]
    heads = "".join(f"{size:>14,}" for size in sizes)
    sys.stdout.write(f"{'milliseconds of the processor, in':36}{heads}\n")
    for name in measured[0]:
        sys.stdout.write(f"{name:36}" + "".join(f"{one[name]:14.2f}" for one in measured) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))
