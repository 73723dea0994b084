"""Feed the parser with documents nobody would write, and prove what must hold of each (`tests/fuzzing.py`).

Only `UnreadableRelease` may be raised, every evidence must be the text it points at, the JSON must be JSON, and no
input may take more than two seconds of processor time. What fails is kept in a file of its own, to be read again. No
connection can be opened meanwhile.

    python benchmarks/fuzz.py [--inputs 100000] [--processes 2] [--seed 0]
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import socket
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import fuzzing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.types import RawRelease

BATCH = 500


@dataclass
class Told:
    """What a batch of inputs came to. `slowest` is its seconds, kind and seed."""

    inputs: Counter[str] = field(default_factory=Counter)
    releases: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, str, int] = (0.0, "", 0)

    def add(self, other: Told) -> None:
        self.inputs += other.inputs
        self.releases += other.releases
        self.failures += other.failures
        self.slowest = max(self.slowest, other.slowest)


def refuse_connections() -> None:
    """From here on this process opens no connection; the children that read PDFs talk through pipes."""

    def refused(*_: object) -> NoReturn:
        raise AssertionError("something opened a connection")

    socket.socket.connect = refused  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = refused  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = refused


def spent() -> float:
    """Seconds of processor time used so far by this process and the children it has waited for."""
    return sum(os.times()[:4])


def run(seeds: range) -> Told:
    told = Told()
    for seed in seeds:
        kind, raw = fuzzing.any_input(random.Random(seed))
        started = spent()
        try:
            told.releases[kind] += fuzzing.check(raw)
        except Exception:
            told.failures.append(_failure(kind, seed, raw, traceback.format_exc(limit=-4)))
        took = spent() - started
        if took > fuzzing.LONGEST:
            told.failures.append(_failure(kind, seed, raw, f"took {took:.1f} s"))
        told.inputs[kind] += 1
        told.slowest = max(told.slowest, (took, kind, seed))
    return told


def _failure(kind: str, seed: int, raw: RawRelease, why: str) -> str:
    with tempfile.NamedTemporaryFile(prefix=f"fuzz-{seed}-", delete=False) as kept:
        kept.write(raw.content)
    return f"{kind}, seed {seed}, as {raw.location!r} {raw.media_type!r}, kept in {kept.name}\n{why}"


def batches(first: int, inputs: int) -> Iterator[range]:
    for start in range(first, first + inputs, BATCH):
        yield range(start, min(start + BATCH, first + inputs))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--inputs", type=int, default=100_000)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--seed", type=int, default=0, help="of the first input; each has the next")
    wants = options.parse_args()
    told, started = Told(), time.perf_counter()
    with multiprocessing.Pool(wants.processes, refuse_connections) as pool:
        for done, batch in enumerate(pool.imap_unordered(run, batches(wants.seed, wants.inputs)), 1):
            told.add(batch)
            if done % 10 == 0:
                sys.stderr.write(f"{told.inputs.total():9,} inputs, {len(told.failures)} failures\n")
    report(told, time.perf_counter() - started)
    return 1 if told.failures else 0


def report(told: Told, seconds: float) -> None:
    for failure in told.failures:
        sys.stdout.write(f"\n{failure}\n")
    for kind, count in told.inputs.most_common():
        sys.stdout.write(f"{kind:20} {count:9,} inputs {told.releases[kind]:9,} releases\n")
    took, kind, seed = told.slowest
    inputs, releases = told.inputs.total(), told.releases.total()
    sys.stdout.write(
        f"{'all':20} {inputs:9,} inputs {releases:9,} releases, {len(told.failures)} failures,"
        f" {inputs / seconds:,.0f} a second; slowest {took:.2f} s ({kind}, seed {seed})\n"
    )


if __name__ == "__main__":
    sys.exit(main())
