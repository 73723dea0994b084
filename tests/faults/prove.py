"""Prove that no digest is lost and none repeated, and write down what was done: `make faults`.

Kills, freezes and misleads real workers over real databases, and judges by what the receiver accepted. The same seed
makes the same faults and chooses the same workers; what a worker is doing when it is killed is up to the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

LANES = (("sqlite",), ("postgresql", "none"))
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "faults"), str(ROOT / "tests")]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from proof.result import Result


def main() -> int:
    """0 when every line of the report holds."""
    wanted = _arguments()
    began = time.monotonic()
    lanes = [lane for lane in LANES if wanted.database in (None, *lane)]
    # What runs on one database mostly waits for its workers: the other one's runs go on beside it.
    with ProcessPoolExecutor(len(lanes), mp_context=get_context("spawn")) as beside:
        done = list(beside.map(_lane, [wanted] * len(lanes), lanes))
    results = [result for lane, _ in done for result in lane]
    lines = [result.json() for result in results]
    postgresql = next((version for _, version in done if version), "not run")
    report = _report([*_kept(wanted, lines), *lines], postgresql, wanted.seed)
    wanted.report.write_text(json.dumps(report, indent=1) + "\n")
    seconds = time.monotonic() - began
    failed = [result for result in results if not result.holds]
    _tell(f"{len(results)} runs, {len(failed)} that do not hold, {seconds:.0f} s: {wanted.report.name}")
    return 1 if failed or not results else 0


def _lane(wanted: argparse.Namespace, databases: tuple[str, ...]) -> tuple[list[Result], str]:
    """The runs of some databases, one after another; and the version of PostgreSQL, when it was one of them."""
    from proof.runs import FULL, QUICK, TRIAL, all_runs
    from proof.stores import KINDS, Stores

    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="hmic-proof-") as folder, _postgres(Path(folder)) as server:
        stores = Stores(Path(folder), server)
        for run in all_runs(QUICK if wanted.quick else TRIAL if wanted.trial else FULL, wanted.seed):
            if wanted.only not in (None, run.group, run.name) or run.database not in databases:
                continue
            with stores.fresh(run.database) if run.database in KINDS else nullcontext("") as url:
                results.append(run.do(url))
            _tell(results[-1].line())
        return results, _postgres_version(server) if "postgresql" in databases else ""


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description="Prove that no digest is lost and none repeated.")
    groups = (
        "failpoints",
        "random",
        "pauses",
        "matrix",
        "scale",
        "controls",
        "down",
        "machine",
        "machine-control",
        "calendar",
    )
    reader.add_argument("--quick", action="store_true", help="a little of everything")
    reader.add_argument("--trial", action="store_true", help="a tenth or more of everything")
    reader.add_argument("--only", help=f"one kind of run ({', '.join(groups)}), or one failpoint")
    reader.add_argument("--database", choices=("sqlite", "postgresql", "none"), help="on one database")
    reader.add_argument("--seed", type=int, default=20261122)
    reader.add_argument("--report", type=Path, default=ROOT / "delivery-report.json")
    return reader.parse_args()


@contextlib.contextmanager
def _postgres(folder: Path) -> Iterator[Callable[[], str]]:
    """Gives what starts the server when it is first asked for; it is stopped after the block."""
    from databases import start_server

    with contextlib.ExitStack() as stack:
        started: list[str] = []

        def server() -> str:
            if not started:
                place = folder / "postgres"
                place.mkdir()
                started.append(start_server(place, stack.callback))
            return started[0]

        yield server


def _kept(wanted: argparse.Namespace, done: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of an earlier report that runs of one kind, or on one database, leave as they were."""
    if not (wanted.only or wanted.database) or not wanted.report.exists():
        return []
    again = {(line["run"], line["what"], line["database"]) for line in done}
    earlier = json.loads(wanted.report.read_text())["runs"]
    return [line for line in earlier if (line["run"], line["what"], line["database"]) not in again]


def _report(lines: Sequence[dict[str, Any]], postgresql: str, seed: int) -> dict[str, object]:
    proofs = [line for line in lines if line["wanted"] == "0 lost, 0 repeated"]
    controls = [line for line in lines if line["wanted"] == "some repeated"]
    return {
        "holds": all(line["holds"] for line in lines),
        "seed": seed,
        **{name: sum(line.get(name, 0) for line in proofs) for name in ("kills", "deliveries", "lost", "repeated")},
        "repeated_by_negative_controls": {
            f"{line['what']} ({line['database']})": line["repeated"] for line in controls
        },
        "failpoints": {
            f"{line['what']} ({line['database']})": line["kills"] for line in lines if line["run"] == "failpoint"
        },
        "seconds": round(sum(line["seconds"] for line in lines)),
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "postgresql": postgresql,
            "processors": os.cpu_count(),
        },
        "runs": list(lines),
    }


def _postgres_version(server: Callable[[], str]) -> str:
    import psycopg

    with contextlib.closing(psycopg.connect(server().format(name="postgres"))) as connection:
        return str(connection.execute("SHOW server_version").fetchone()[0])  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main())
