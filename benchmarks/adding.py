"""How fast releases are added, how much of that is parsing, and whether it stays so as the store grows.

Made-up releases are added to a SQLite store in rounds; each round also parses the same documents without storing them,
and writes as many rows to a bare SQLite file, each durably committed. What is told are ratios within one run. At the
end everything is added once more, and part of it is reparsed.

    python benchmarks/adding.py [HOW MANY]
"""

from __future__ import annotations

import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.bootstrap import SystemClock
from summaries.contents import read_contents
from summaries.ingest import Decision, ingest_all
from summaries.register import BodyKind, bodies
from summaries.reparsing import reparse_all
from summaries.store.database import open_database
from summaries.store.engines import database_url
from summaries.store.tables import raw_reading
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summaries.store.database import Database

COUNT, ROUNDS, REPARSED = 10_000, 20, 200
FORCES = [body.official for body in bodies().values() if body.kind is BodyKind.POLICE]

TEMPLATE = """{force} must look after what it seizes, inspection {number} of its stores finds

{force} has begun to put its property stores in order, but it does not yet know what it holds, a report published today
says. Visit {number} was the inspectorate's {ordinal} to the stores.

Inspectors found that {force}:

- keeps drugs and cash apart from other property and counts them each week;
- does not destroy what it no longer needs, so that {items} items had been kept for too long; and
- should improve the way in which it labels property that belongs to victims.

Her Majesty's Inspector of Constabulary, Jane Example, said:

"I am pleased that the people who run the stores take pride in their work. The stores are clean and they are safe.

"However, {force} cannot say where everything is. I have asked for a plan within {weeks} weeks, and I will be back to
see whether it was kept to."

The full report can be found on the inspectorate's website.

Notes to editors

1. The inspectorate assesses police forces independently, in the public interest.
2. Visit {number} took place over {days} days.
"""


def release(number: int) -> RawRelease:
    """A release of its own title, and so of its own id."""
    text = TEMPLATE.format(
        force=FORCES[number % len(FORCES)],
        number=number,
        ordinal=("first", "second", "third", "latest")[number % 4],
        items=number % 900 + 100,
        weeks=number % 9 + 4,
        days=number % 5 + 2,
    )
    return RawRelease(f"made-up/{number:06}.txt", text.encode())


def main(count: int) -> int:
    size = max(1, count // ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/hmic.sqlite3"
        with open_database(url) as database:
            database.upgrade()
            rounds = [measure(database, Path(folder), start, size) for start in range(0, size * ROUNDS, size)]
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            known = took(lambda: add(database, range(size * ROUNDS), Decision.NEW, expected=0)) / (size * ROUNDS)
            reparsed = reparse(database, url)
    report(rounds, size * ROUNDS, memory, known, reparsed)
    return 0


def measure(database: Database, folder: Path, start: int, size: int) -> dict[str, float]:
    """Seconds a document in one round, by what was done: on the clock, and of the processor (`… work`)."""
    numbers = range(start, start + size)
    done: dict[str, Callable[[], object]] = {
        "add": lambda: add(database, numbers, Decision.NEW, expected=size),
        "parse": lambda: parse(numbers),
        "commit": lambda: commit(folder / "bare.sqlite3", numbers),
    }
    seconds: dict[str, float] = {}
    for name, work in done.items():
        before = time.process_time()
        seconds[name] = took(work) / size
        seconds[f"{name} work"] = (time.process_time() - before) / size
    return seconds


def add(database: Database, numbers: Sequence[int], decision: Decision, *, expected: int) -> None:
    found = sum(r.count(decision) for r in ingest_all(database, map(release, numbers), clock=SystemClock()))
    if found != expected:
        raise SystemExit(f"{found} releases were {decision}, not {expected}")


def parse(numbers: Sequence[int]) -> None:
    for number in numbers:
        if not read_contents(release(number)).releases:
            raise SystemExit("a made-up release was not recognised")


def commit(file: Path, numbers: Sequence[int]) -> None:
    """The least that could be done: each document's bytes in a row, committed for good."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS kept (content BLOB)")
    for number in numbers:
        connection.execute("INSERT INTO kept VALUES (?)", (release(number).content,))
    connection.close()


def reparse(database: Database, url: str) -> float:
    """Seconds a document, with everything to be read again, of which some is."""
    engine = sa.create_engine(database_url(url))
    with engine.begin() as connection:
        connection.execute(sa.update(raw_reading).values(parser_version=0))
    engine.dispose()
    done: list[object] = []
    seconds = took(lambda: done.extend(islice(reparse_all(database, SystemClock()), REPARSED)))
    return seconds / len(done)


def took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report(rounds: list[dict[str, float]], count: int, memory: float, known: float, reparsed: float) -> None:
    middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    shares = sorted(one["parse work"] / one["add work"] for one in rounds)
    share = f"{shares[len(shares) // 2]:.0%} of it ({shares[0]:.0%} to {shares[-1]:.0%})"
    quarter = max(1, len(rounds) // 4)
    rest = [one["add work"] - one["parse work"] for one in rounds]
    growth = statistics.median(rest[-quarter:]) / statistics.median(rest[:quarter])
    storing = (middle["add"] - middle["parse"]) / middle["commit"]
    for line in (
        f"{count} releases added, {1 / middle['add']:.0f} a second; {1 / known:.0f} a second when known already",
        f"parsing is {share} by the processor, {middle['parse'] * 1000:.1f} ms a document",
        f"storing is {storing:.1f} x a bare commit of the bytes; at the end {growth:.2f} x what it was at first",
        f"reparsing takes {reparsed / middle['add']:.2f} x as long as adding, {1 / reparsed:.0f} a second",
        f"most memory {memory:.0f} MiB",
    ):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
