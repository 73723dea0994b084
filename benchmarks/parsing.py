"""How fast releases are read: the seeds and the corpus in text, one document at a time, and whether a page of 43
releases takes 43 times as long as one of them.

    python benchmarks/parsing.py
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from accordions import Layout, page, police_forces
from corpus import documents
from reading import SEEDS

from summaries.parsing import parse
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Iterable

REPEATS = 7


def texts() -> list[RawRelease]:
    """Each seed and each document of the corpus that is text or Markdown."""
    corpus = [document for document in documents() if document.path.suffix in (".txt", ".md")]
    seeds = [RawRelease(path.name, path.read_bytes()) for path in SEEDS.values()]
    return [*seeds, *(RawRelease(document.location, document.path.read_bytes()) for document in corpus)]


def seconds(raw: RawRelease) -> float:
    """The median of several readings, in seconds."""
    took = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        parse(raw)
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def report(raws: Iterable[RawRelease]) -> None:
    took = {raw.location: (seconds(raw), len(raw.content)) for raw in raws}
    total, size = sum(spent for spent, _ in took.values()), sum(length for _, length in took.values())
    middle = statistics.median(spent for spent, _ in took.values())
    slowest = max(took, key=lambda name: took[name][0])
    worst = took[slowest][0]
    sys.stdout.write(
        f"{len(took)} documents of {size / len(took) / 1000:.1f} kB: {len(took) / total:.0f} documents/s,"
        f" {size / total / 1e6:.2f} MB/s\n"
        f"median {middle * 1000:.1f} ms, slowest {worst * 1000:.1f} ms, {worst / middle:.1f} times that: {slowest}\n"
    )


def report_growth() -> None:
    """A page of many releases against a page of one, per release."""
    forces = police_forces()
    one, all_of_them = (
        seconds(RawRelease("page.md", page(some, Layout.HEADED).encode())) for some in (forces[:1], forces)
    )
    ratio = all_of_them / one
    sys.stdout.write(
        f"a page of {len(forces)} releases {all_of_them * 1000:.0f} ms, of one {one * 1000:.1f} ms:"
        f" {ratio:.1f} times, {ratio / len(forces):.2f} for each release\n"
    )


def main() -> int:
    raws = texts()
    parse(raws[0])  # facts are loaded once
    report(raws)
    report_growth()
    return 0


if __name__ == "__main__":
    sys.exit(main())
