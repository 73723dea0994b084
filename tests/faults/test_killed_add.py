"""`hmic add` and `hmic reparse`, told to stop and killed half-way: run again they go on, nothing lost or doubled."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from follow import run_sql
from made_up import force_names, write_releases
from processes import Process, hmic
from waiting import wait_for

from summaries.parsing import PARSER_VERSION
from summaries.store.database import open_database
from summaries.store.tables import raw_document, raw_reading, release_body, release_revision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from summaries.ports import StoredRelease

pytestmark = pytest.mark.faults
FILES = 40


class Shop:
    """A folder of releases and a store, and `hmic` started on them."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url

    @contextmanager
    def hmic(self, *arguments: str) -> Iterator[Process]:
        with hmic(*arguments, folder=self.folder, settings={"DATABASE_URL": self.url}) as process:
            yield process

    def done(self, *arguments: str) -> Process:
        """Run it to its end, which must be a good one."""
        with self.hmic(*arguments) as process:
            assert process.ended() == 0, process.errors
        return process

    def everything(self) -> list[StoredRelease]:
        """All that ever came in."""
        with open_database(self.url) as database, database.read() as unit:
            return [item.release for item in unit.releases.ingested_between(0, 1_000_000)]

    def make_old(self) -> None:
        """Leave the store as an older parser would have, which found neither grades nor forces."""
        for table in (raw_document, raw_reading):
            run_sql(self.url, sa.update(table).values(parser_version=PARSER_VERSION - 1))
        run_sql(
            self.url, sa.update(release_revision).values(content_hash="v1:older", parser_version=PARSER_VERSION - 1)
        )
        run_sql(self.url, sa.delete(release_body))

    def left(self) -> int:
        """How many documents no parser of this version has read."""
        with open_database(self.url) as database, database.read() as unit:
            return len(unit.rereading.stale(PARSER_VERSION))


@pytest.fixture
def shop(database_url: str, tmp_path: Path) -> Shop:
    write_releases(tmp_path / "releases", force_names(FILES))
    return Shop(tmp_path, database_url)


def test_add_told_to_stop_finishes_the_document_says_how_far_it_came_and_goes_on_when_run_again(shop: Shop) -> None:
    with shop.hmic("add", "releases") as adding:
        wait_for(lambda: adding.output)
        assert adding.stop(signal.SIGINT) == 130
    stored = shop.everything()
    assert 0 < len(stored) < FILES, "the signal came too late to prove anything"
    assert adding.output[-1] == f"{len(stored)} new, 0 revised, 0 unchanged, 0 unreadable"
    assert adding.errors[-1] == "hmic: interrupted; run it again to go on"

    again = shop.done("add", "releases")
    assert again.output[-1] == f"{FILES - len(stored)} new, 0 revised, {len(stored)} unchanged, 0 unreadable"
    assert [one.seq for one in shop.everything()] == list(range(1, FILES + 1))


def test_add_killed_half_way_goes_on_when_run_again(shop: Shop) -> None:
    for lines in (1, 5):
        with shop.hmic("add", "releases") as adding:
            wait_for(lambda adding=adding, lines=lines: len(adding.output) >= lines)  # type: ignore[misc]
            adding.kill()
    shop.done("add", "releases")
    assert [one.seq for one in shop.everything()] == list(range(1, FILES + 1))
    assert [one.revision for one in shop.everything()] == [1] * FILES


def test_reparse_killed_and_told_to_stop_half_way_goes_on_when_run_again(shop: Shop) -> None:
    shop.done("add", "releases")
    before = shop.everything()
    shop.make_old()
    with shop.hmic("reparse", "--json") as reparsing:
        wait_for(lambda: len(reparsing.output) >= 3)
        reparsing.kill()
    left = shop.left()
    assert 0 < left <= FILES - 3
    with shop.hmic("reparse") as reparsing:
        wait_for(lambda: reparsing.output)
        assert reparsing.stop(signal.SIGINT) == 130
    assert 0 < shop.left() < left, "the signal came too late to prove anything"
    assert reparsing.errors[-1] == "hmic: interrupted; run it again to go on"

    left = shop.left()
    last = shop.done("reparse")
    assert last.output[-1].startswith(f"{left} documents read again: 0 unchanged, {left} read otherwise, 0 new,")
    assert shop.left() == 0
    assert shop.everything() == before, "the same numbers, sequences, hashes and releases"
    with open_database(shop.url) as database, database.read() as unit:
        assert sum(unit.releases.bodies_held().values()) == FILES
    assert shop.done("reparse").output[-1].startswith("0 documents read again")
