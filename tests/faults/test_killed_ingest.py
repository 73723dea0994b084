"""`hmic add` and `hmic run`, killed with SIGKILL again and again while releases are read and posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_up import force_names, write_releases
from waiting import wait_for

from summaries.store.database import open_database

if TYPE_CHECKING:
    from processes import Process
    from scene import Scene

pytestmark = pytest.mark.faults
FILES = 40


def stored_by(adding: Process) -> int:
    """How many releases this `hmic add --json` says it has stored."""
    return sum('"decision": "new"' in line for line in adding.output)


def kill_reader_and_bot(scene: Scene, running: Process, stored: int) -> None:
    """Kill the one when it has stored so many releases, the other when it has posted some of them."""
    before = len(scene.texts())
    adding = scene.hmic("add", "releases", "--json")
    wait_for(lambda: stored_by(adding) >= stored)
    adding.kill()
    wait_for(lambda: len(scene.texts()) > before)
    running.kill()


def test_releases_are_stored_once_and_posted_once_though_reader_and_bot_are_killed_again_and_again(
    scene: Scene,
) -> None:
    names = force_names(FILES)
    write_releases(scene.folder / "releases", names)
    running = scene.run()
    scene.ask("subscribe all now layout:flat confirm")  # else releases of one programme and day are one message
    for stored in (1, 5, 12):
        kill_reader_and_bot(scene, running, stored)
        running = scene.run()
    adding = scene.hmic("add", "releases", "--json")
    assert adding.ended() == 0
    assert stored_by(adding) > 0, "the kills came too late to prove anything"
    wait_for(lambda: all(scene.copies(name) for name in names), seconds=60)
    wait_for(lambda: scene.sent() == len(scene.texts()) - 1, seconds=60)  # all but the answer to the command

    assert {name: scene.copies(name) for name in names} == dict.fromkeys(names, 1)
    with open_database(scene.database_url) as database, database.read() as unit:
        items = unit.releases.ingested_between(0, 1_000_000)
    assert [item.release.seq for item in items] == list(range(1, FILES + 1))
    assert sorted(item.release.release.title.partition(" is ")[0] for item in items) == sorted(names)
