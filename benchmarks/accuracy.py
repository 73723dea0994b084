"""How much of the corpus is read as a careful reader reads it: right of checked, field by format.

A cell holds how many values were checked, all of them right; `3/4` where one was wrong. Fields that are checked as
empty count too: a grade that nobody gave is as wrong as one that was missed.

    python benchmarks/accuracy.py [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from corpus import Document, differences, documents, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDEST = 150  # characters of a table with a column a format
RELEASES = "releases"  # their number


@dataclass
class Score:
    """Counts by (field, format), and what was wrong in words."""

    checked: Counter[tuple[str, int]] = field(default_factory=Counter)
    right: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[dict[str, Any]] = field(default_factory=list)

    def add(self, document: Document) -> None:
        releases = document.parse()
        agree = len(releases) == len(document.releases)
        self._count(document, RELEASES, is_right=agree)
        if not agree:
            self._miss(document, RELEASES, len(document.releases), len(releases))
            return
        for expected, release in zip(document.releases, releases, strict=True):
            missed = {name: (wanted, found) for name, wanted, found in differences(expected, release)}
            for name in fields_of(release, expected):
                self._count(document, name, is_right=name not in missed)
            for name, (wanted, found) in missed.items():
                self._miss(document, name, wanted, found)

    def _count(self, document: Document, name: str, *, is_right: bool) -> None:
        self.checked[name, document.format] += 1
        self.right[name, document.format] += is_right

    def _miss(self, document: Document, name: str, wanted: Any, found: Any) -> None:
        self.wrong.append({"document": document.name, "field": name, "expected": wanted, "found": found})

    def cell(self, names: Iterable[str], formats: Iterable[int]) -> str:
        keys = [(name, number) for name in names for number in formats]
        right, checked = (sum(counts[key] for key in keys) for counts in (self.right, self.checked))
        if not checked:
            return ""
        return str(checked) if right == checked else f"[red]{right}/{checked}[/]"


def table_of(score: Score) -> Table:
    names = list(dict.fromkeys(name for name, _ in score.checked))
    formats = sorted({number for _, number in score.checked})
    table = Table("field", title="Right of checked, field by format", box=None, padding=(0, 1, 0, 0))
    for number in formats:
        table.add_column(str(number), justify="right")
    table.add_column("all", justify="right", style="bold")
    for name in names:
        table.add_row(name, *(score.cell([name], [number]) for number in formats), score.cell([name], formats))
    table.add_row("all", *(score.cell(names, [number]) for number in formats), score.cell(names, formats), style="bold")
    return table


def as_json(score: Score) -> str:
    cells = [
        {"field": name, "format": number, "checked": checked, "right": score.right[name, number]}
        for (name, number), checked in score.checked.items()
    ]
    return json.dumps({"cells": cells, "wrong": score.wrong}, default=str, ensure_ascii=False)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", action="store_true", help="one object instead of the table")
    wants = options.parse_args()
    score = Score()
    for document in documents():
        score.add(document)
    if wants.json:
        sys.stdout.write(as_json(score) + "\n")
        return 1 if score.wrong else 0
    console = Console()
    console.width = max(console.width, WIDEST)
    console.print(table_of(score))
    for miss in score.wrong:
        console.print("{document}: {field}: expected {expected!r}, found {found!r}".format(**miss), markup=False)
    return 1 if score.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
