from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summaries.store.database import Database

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_an_event_is_received_once_and_keeps_its_first_body(database: Database) -> None:
    with database.write() as unit:
        assert unit.inbox.receive("Ev1", "first", NOON)
    with database.write() as unit:
        assert not unit.inbox.receive("Ev1", "again", NOON)
    with database.read() as unit:
        assert unit.inbox.waiting(older_than=NOON + SECOND) == [("Ev1", "first")]


def test_of_many_that_receive_the_same_event_at_once_one_is_first(database: Database) -> None:
    def receive(_: int) -> bool:
        with database.write() as unit:
            return unit.inbox.receive("Ev1", "{}", NOON)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(receive, range(16))) == 1


def test_what_is_done_no_longer_waits(database: Database) -> None:
    with database.write() as unit:
        for event in ("Ev1", "Ev2"):
            unit.inbox.receive(event, "{}", NOON)
        unit.inbox.done("Ev1", NOON + SECOND)
        assert unit.inbox.waiting(older_than=NOON + SECOND) == [("Ev2", "{}")]


def test_a_done_event_that_comes_again_is_not_new(database: Database) -> None:
    with database.write() as unit:
        unit.inbox.receive("Ev1", "{}", NOON)
        unit.inbox.done("Ev1", NOON)
        assert not unit.inbox.receive("Ev1", "{}", NOON + SECOND)
        assert unit.inbox.waiting(older_than=NOON + 9 * SECOND) == []


def test_waiting_gives_the_oldest_first_and_leaves_out_the_recent(database: Database) -> None:
    with database.write() as unit:
        for minute in (3, 1, 2):
            unit.inbox.receive(f"Ev{minute}", "{}", NOON + minute * SECOND)
        waiting = unit.inbox.waiting(older_than=NOON + 3 * SECOND, limit=5)
        assert [event for event, _ in waiting] == ["Ev1", "Ev2"]
        assert [event for event, _ in unit.inbox.waiting(older_than=NOON + 9 * SECOND, limit=1)] == ["Ev1"]
