from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summaries.store.database import Database

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LATER = NOON + 60 * SECOND


def test_an_event_is_received_once_and_keeps_its_first_body(database: Database) -> None:
    with database.write() as unit:
        assert unit.inbox.receive("Ev1", "first", NOON)
    with database.write() as unit:
        assert not unit.inbox.receive("Ev1", "again", NOON)
    with database.write() as unit:
        assert unit.inbox.take_waiting(older_than=NOON + SECOND, at=LATER) == [("Ev1", "first")]


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
        assert unit.inbox.take_waiting(older_than=NOON + SECOND, at=LATER) == [("Ev2", "{}")]


def test_a_done_event_that_comes_again_is_not_new(database: Database) -> None:
    with database.write() as unit:
        unit.inbox.receive("Ev1", "{}", NOON)
        unit.inbox.done("Ev1", NOON)
        assert not unit.inbox.receive("Ev1", "{}", NOON + SECOND)
        assert unit.inbox.take_waiting(older_than=NOON + 9 * SECOND, at=LATER) == []


def test_the_oldest_that_wait_are_taken_first_and_the_recent_are_left(database: Database) -> None:
    with database.write() as unit:
        for minute in (3, 1, 2):
            unit.inbox.receive(f"Ev{minute}", "{}", NOON + minute * SECOND)
        [(first, _)] = unit.inbox.take_waiting(older_than=NOON + 3 * SECOND, at=LATER, limit=1)
        taken = unit.inbox.take_waiting(older_than=NOON + 3 * SECOND, at=LATER)
        assert (first, [event for event, _ in taken]) == ("Ev1", ["Ev2"])


def test_of_many_that_sweep_at_once_one_takes_each_event(database: Database) -> None:
    with database.write() as unit:
        for number in range(12):
            unit.inbox.receive(f"Ev{number}", "{}", NOON)

    def sweep(_: int) -> list[str]:
        with database.write() as unit:
            return [event for event, _ in unit.inbox.take_waiting(older_than=NOON + SECOND, at=LATER)]

    with ThreadPoolExecutor(6) as pool:
        taken = [event for events in pool.map(sweep, range(6)) for event in events]
    assert sorted(taken) == sorted(f"Ev{number}" for number in range(12))


def test_what_was_taken_and_not_finished_waits_again_later(database: Database) -> None:
    with database.write() as unit:
        unit.inbox.receive("Ev1", "{}", NOON)
        assert unit.inbox.take_waiting(older_than=NOON + SECOND, at=LATER)
        assert not unit.inbox.take_waiting(older_than=LATER, at=LATER)
        assert unit.inbox.take_waiting(older_than=LATER + SECOND, at=LATER + SECOND)
