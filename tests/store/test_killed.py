"""What a process killed with SIGKILL leaves in the store. Real processes; only what they committed may remain."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from releases import make_release, store_release

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.store.database import Database

pytestmark = pytest.mark.faults
TESTS = Path(__file__).parents[1]

STORE_THEN_WAIT = """
import sys
from releases import make_release, store_release
from summaries.store.database import open_database

database = open_database(sys.argv[1])
def wait():
    print("waiting", flush=True)
    sys.stdin.read()
with database.write() as unit:
    store_release(unit.releases, make_release())
    if sys.argv[2] == "before commit":
        wait()
wait()
"""

INGEST_FOR_EVER = """
import sys
from releases import make_release, store_release
from summaries.store.database import open_database

database = open_database(sys.argv[1])
for turn in range(int(sys.argv[2]), 1_000_000):
    with database.write() as unit:
        seq = store_release(unit.releases, make_release(f"release-{turn % 7}", closing=f"Turn {turn}.")).seq
    print(turn, seq, flush=True)
"""


@contextmanager
def running(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process that is killed when the block ends."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
    command = [sys.executable, "-c", code, *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    with process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize(("killed", "left"), [("before commit", 0), ("after commit", 1)])
def test_a_process_killed_in_a_transaction_leaves_nothing_of_it(
    database: Database, database_url: str, killed: str, left: int
) -> None:
    """Killed just after the commit, the same process leaves all: the first case is not empty by accident."""
    with running(STORE_THEN_WAIT, database_url, killed) as process:
        assert line_of(process) == "waiting"
    assert process.returncode == -signal.SIGKILL
    with database.write() as unit:  # waits until the database has noticed that the process is gone
        unit.releases.hold_ingest()
        assert unit.releases.count() == left
        assert unit.releases.last_seq() == left
        assert store_release(unit.releases, make_release("next")).seq == left + 1


def test_processes_killed_anywhere_lose_nothing_committed_and_leave_nothing_half_written(
    database: Database, database_url: str
) -> None:
    turn, last = 0, 0
    for reports in (1, 4, 9):
        with running(INGEST_FOR_EVER, database_url, str(turn)) as process:
            for _ in range(reports):
                turn, last = map(int, line_of(process).split())
        turn += 1
    with database.write() as unit:
        unit.releases.hold_ingest()
        releases = unit.releases
        items = releases.ingested_between(0, 1_000_000)
        held = [stored for stored in (releases.current(f"release-{n}") for n in range(7)) if stored is not None]
        assert releases.last_seq() >= last
        assert [item.release.seq for item in items] == list(range(1, releases.last_seq() + 1))
        newest = {item.release.number: item.release for item in items}
        assert sorted(held, key=lambda stored: stored.number) == [newest[number] for number in sorted(newest)]
        assert releases.bodies_held() == {"kent": len(held)}
        assert {stored.seq for stored in releases.of_body("kent")} == {stored.seq for stored in held}
