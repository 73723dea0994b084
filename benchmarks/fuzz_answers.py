"""Ask what nobody would ask, and prove that there is an answer every time (`tests/fuzzing_questions.py`).

The store holds the seeds. Nothing outside it can be reached. What fails is printed with its seed.

    python benchmarks/fuzz_answers.py [--asks 50000] [--processes 2] [--seed 0]
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import fuzzing_questions

from bot.bootstrap import SystemClock, build_services
from bot.settings import Settings
from summaries.ingest import ingest_all
from summaries.sources.folder import find_files, read_file
from summaries.store.database import open_database

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
BATCH = 250


def store_of_seeds(folder: Path) -> Path:
    """A SQLite file with the seeds in it."""
    made = folder / "seeds.sqlite3"
    with open_database(f"sqlite:///{made}") as database:
        database.upgrade()
        for _ in ingest_all(database, map(read_file, find_files([SEEDS])), clock=SystemClock()):
            pass
    return made


def run(work: tuple[Path, range]) -> tuple[Counter[str], list[str], tuple[float, int]]:
    """Ask a batch of a copy of the store: how many of each kind, what failed, and the slowest with its seed."""
    made, seeds = work
    asked: Counter[str] = Counter()
    failures: list[str] = []
    slowest = (0.0, 0)
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(made, folder)
        services, database = build_services(Settings(_env_file=None, DATABASE_URL=f"sqlite:///{copy}"))  # type: ignore[call-arg]
        with database:
            plugged_out = fuzzing_questions.unplugged(services)
            for seed in seeds:
                kind, ask = fuzzing_questions.any_ask(random.Random(seed))
                started = time.process_time()
                try:
                    fuzzing_questions.check(ask, plugged_out)
                except Exception:
                    failures.append(f"{kind}, seed {seed}: {ask}\n{traceback.format_exc(limit=-3)}")
                asked[kind] += 1
                slowest = max(slowest, (time.process_time() - started, seed))
    return asked, failures, slowest


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--asks", type=int, default=50_000)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--seed", type=int, default=0, help="of the first; each has the next")
    wants = options.parse_args()
    asked: Counter[str] = Counter()
    failed, slowest, started = 0, (0.0, 0), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, multiprocessing.Pool(wants.processes) as pool:
        made = store_of_seeds(Path(folder))
        last = wants.seed + wants.asks
        work = ((made, range(first, min(first + BATCH, last))) for first in range(wants.seed, last, BATCH))
        for kinds, failures, slow in pool.imap_unordered(run, work):
            asked, slowest, failed = asked + kinds, max(slowest, slow), failed + len(failures)
            for failure in failures:
                sys.stdout.write(f"\n{failure}\n")
            sys.stderr.write(f"\r{asked.total():9,} asked, {failed} failures")
    for kind, count in asked.most_common():
        sys.stdout.write(f"\n{kind:10} {count:9,}")
    seconds = time.perf_counter() - started
    sys.stdout.write(
        f"\n{'all':10} {asked.total():9,} asked, {failed} failures, {asked.total() / seconds:,.0f} a second;"
        f" slowest {slowest[0]:.2f} s (seed {slowest[1]})\n"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
