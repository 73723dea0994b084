from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summaries.store.database import Database

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_key_never_held_has_no_time(database: Database) -> None:
    with database.read() as unit:
        assert unit.throttles.not_before("channel:C1") is None


def test_a_hold_moves_forward_and_never_backward(database: Database) -> None:
    for until in (NOON, NOON + SECOND, NOON - SECOND):
        with database.write() as unit:
            unit.throttles.hold("channel:C1", until)
    with database.read() as unit:
        assert unit.throttles.not_before("channel:C1") == NOON + SECOND


def test_a_hold_of_microseconds_counts(database: Database) -> None:
    with database.write() as unit:
        unit.throttles.hold("workspace:T1", NOON)
        unit.throttles.hold("workspace:T1", NOON + timedelta(microseconds=1))
        assert unit.throttles.not_before("workspace:T1") == NOON + timedelta(microseconds=1)


def test_keys_are_held_apart(database: Database) -> None:
    with database.write() as unit:
        unit.throttles.hold("channel:C1", NOON)
        assert unit.throttles.not_before("channel:C2") is None


def test_of_many_that_take_a_key_at_once_one_has_it_until_it_is_free_again(database: Database) -> None:
    def take(_: int, now: datetime = NOON) -> bool:
        with database.write() as unit:
            return unit.throttles.take("channel:C1", now=now, until=now + SECOND)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(8))) == 1
    assert not take(0, NOON + SECOND - timedelta(microseconds=1))
    assert take(0, NOON + SECOND)


def test_who_took_a_key_may_give_back_the_time_it_did_not_need_and_nobody_else(database: Database) -> None:
    with database.write() as unit:
        unit.throttles.hold("channel:C1", NOON + SECOND)
        assert not unit.throttles.shorten("channel:C1", was=NOON + 2 * SECOND, until=NOON)
        assert unit.throttles.shorten("channel:C1", was=NOON + SECOND, until=NOON)
        assert unit.throttles.not_before("channel:C1") == NOON
        assert not unit.throttles.shorten("channel:C2", was=NOON, until=NOON)


def test_what_is_held_for_more_than_an_hour_was_written_by_a_wrong_clock_and_is_free(database: Database) -> None:
    with database.write() as unit:
        unit.throttles.hold("post:T1", NOON + 3600 * SECOND)
        assert not unit.throttles.take("post:T1", now=NOON, until=NOON + SECOND)
        unit.throttles.hold("post:T2", NOON + 3601 * SECOND)
        assert unit.throttles.take("post:T2", now=NOON, until=NOON + SECOND)
        assert unit.throttles.not_before("post:T2") == NOON + SECOND
        unit.throttles.hold("post:T3", NOON + 9999 * SECOND)
        unit.throttles.hold("post:T3", NOON + SECOND)
        assert unit.throttles.not_before("post:T3") == NOON + SECOND
