"""Starting and stopping the real processes: told to stop they end cleanly, and a taken port is one plain line."""

from __future__ import annotations

import contextlib
import re
import signal
from typing import TYPE_CHECKING

import httpx
import pytest
from processes import Process, hmic

from summaries.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.faults
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-made-up", "SLACK_SIGNING_SECRET": "made-up"}
READY = {"run": "listening on", "web": "listening on", "worker": "looking for due work"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an empty store of the default name."""
    with open_database(f"sqlite:///{tmp_path / 'hmic.sqlite3'}") as database:
        database.upgrade()
    return tmp_path


@contextlib.contextmanager
def all_processes(folder: Path) -> Iterator[dict[str, Process]]:
    """Each kind of process, up and running."""
    with contextlib.ExitStack() as stack:
        settings = TOKENS | {"PORT": "0"}
        started = {command: stack.enter_context(hmic(command, folder=folder, settings=settings)) for command in READY}
        for command, words in READY.items():
            started[command].wait_for_line(words)
        yield started


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_every_process_ends_with_status_0_and_without_another_word(
    folder: Path, number: signal.Signals
) -> None:
    with all_processes(folder) as started:
        assert {command: process.stop(number) for command, process in started.items()} == dict.fromkeys(READY, 0)
    for command, process in started.items():
        assert READY[command] in process.errors[-1], process.errors


def test_the_stand_in_workspace_stops_at_once_though_a_page_is_open(folder: Path) -> None:
    with hmic("run", folder=folder, settings={"PORT": "0"}) as running:
        found = re.search(r"http://\S+", running.wait_for_line("hmic is ready"))
        assert found is not None
        with httpx.stream("GET", f"{found[0]}page-api/stream", params={"after": "0"}, trust_env=False) as stream:
            assert running.stop() == 0
            assert all(line.startswith(":") or not line for line in stream.iter_lines())
    assert running.errors == []


@pytest.mark.parametrize(("command", "settings"), [("run", {}), ("run", TOKENS), ("web", TOKENS)])
def test_a_taken_port_is_told_in_one_line_that_names_the_setting(
    folder: Path, command: str, settings: dict[str, str]
) -> None:
    with hmic("run", folder=folder, settings={"PORT": "0"}) as first:
        found = re.search(r":(\d+)/", first.wait_for_line("hmic is ready"))
        assert found is not None
        with hmic(command, folder=folder, settings=settings | {"PORT": found[1], "HMIC_HOST": "127.0.0.1"}) as second:
            assert second.ended() == 1
    assert not any("Traceback" in line for line in second.errors)
    assert second.errors[-1] == f"hmic: Port {found[1]} is in use: stop what listens there, or set PORT to another."
    assert second.output == []
