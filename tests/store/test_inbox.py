from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summaries.store.database import Database

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LATER = NOON + 60 * SECOND


def take(database: Database, at: datetime, *, until: datetime = LATER, limit: int = 20) -> list[str]:
    with database.write() as unit:
        return [event for event, _ in unit.inbox.take_waiting(at=at, until=until, limit=limit)]


def test_an_event_is_received_once_and_keeps_its_first_body(database: Database) -> None:
    with database.write() as unit:
        assert unit.inbox.receive("Ev1", "first", NOON)
    with database.write() as unit:
        assert not unit.inbox.receive("Ev1", "again", NOON)
    with database.write() as unit:
        assert unit.inbox.take_waiting(at=NOON, until=LATER) == [("Ev1", "first")]


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
    assert take(database, NOON) == ["Ev2"]


def test_a_done_event_that_comes_again_is_not_new(database: Database) -> None:
    with database.write() as unit:
        unit.inbox.receive("Ev1", "{}", NOON)
        unit.inbox.done("Ev1", NOON)
        assert not unit.inbox.receive("Ev1", "{}", NOON + SECOND)
    assert take(database, LATER) == []


def test_the_first_received_are_taken_first_and_what_is_held_is_left(database: Database) -> None:
    with database.write() as unit:
        for minute in (3, 1, 2):
            at = NOON + minute * SECOND
            unit.inbox.receive(f"Ev{minute}", "{}", at, not_before=at + SECOND)
    assert take(database, NOON + 3 * SECOND, limit=1) == ["Ev1"]
    assert take(database, NOON + 3 * SECOND) == ["Ev2"]
    assert take(database, NOON + 4 * SECOND) == ["Ev3"]


def test_of_many_that_sweep_at_once_one_takes_each_event(database: Database) -> None:
    with database.write() as unit:
        for number in range(12):
            unit.inbox.receive(f"Ev{number}", "{}", NOON)

    with ThreadPoolExecutor(6) as pool:
        taken = [event for events in pool.map(lambda _: take(database, NOON), range(6)) for event in events]
    assert sorted(taken) == sorted(f"Ev{number}" for number in range(12))


def test_of_many_that_take_one_event_as_it_was_received_one_gets_it(database: Database) -> None:
    with database.write() as unit:
        unit.inbox.receive("Ev1", "{}", NOON, not_before=NOON + SECOND)

    def begin(_: int) -> bool:
        with database.write() as unit:
            return unit.inbox.take("Ev1", found=NOON + SECOND, until=LATER)

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(begin, range(6))) == 1


def test_what_a_sweep_took_is_not_taken_by_who_received_it_nor_the_other_way_round(database: Database) -> None:
    held = NOON + SECOND
    with database.write() as unit:
        for event in ("Ev1", "Ev2", "Ev3"):
            unit.inbox.receive(event, "{}", NOON, not_before=held)
        assert unit.inbox.take("Ev1", found=held, until=LATER)
        unit.inbox.done("Ev3", NOON)
        assert not unit.inbox.take("Ev3", found=held, until=LATER)
    assert take(database, held) == ["Ev2"]
    with database.write() as unit:
        assert not unit.inbox.take("Ev2", found=held, until=LATER)


def test_what_was_taken_and_not_finished_waits_again_later(database: Database) -> None:
    with database.write() as unit:
        unit.inbox.receive("Ev1", "{}", NOON)
    assert take(database, NOON) == ["Ev1"]
    assert take(database, LATER - SECOND) == []
    assert take(database, LATER) == ["Ev1"]


def test_what_nobody_holds_any_more_waits_at_once_unless_it_is_done(database: Database) -> None:
    with database.write() as unit:
        for event in ("Ev1", "Ev2"):
            unit.inbox.receive(event, "{}", NOON, not_before=LATER)
        unit.inbox.done("Ev2", NOON)
    assert take(database, NOON) == []
    with database.write() as unit:
        unit.inbox.free_waiting()
    assert take(database, NOON) == ["Ev1"]
