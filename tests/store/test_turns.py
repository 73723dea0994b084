"""Threads that write to one SQLite file take turns; PostgreSQL lets them write at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from waiting import wait_for

from summaries.errors import StoreUnavailable
from summaries.store.database import Database
from summaries.store.engines import database_url as read_url
from summaries.store.turns import Turns

if TYPE_CHECKING:
    from pathlib import Path


def test_who_writes_again_comes_after_all_who_waited_in_the_order_in_which_they_asked(tmp_path: Path) -> None:
    turns, order = Turns(), list[str]()
    with Database(read_url(f"sqlite:///{tmp_path / 'store.sqlite3'}"), turns=turns) as database:
        database.upgrade()

        def write(name: str) -> None:
            with database.write():
                order.append(name)

        with ThreadPoolExecutor(4) as threads:
            with database.write():
                waiting = []
                for asked, name in enumerate("abcd", start=2):
                    waiting.append(threads.submit(write, name))
                    wait_for(lambda asked=asked: turns.asked == asked)
            write("again")
            for each in waiting:
                each.result()
    assert order == [*"abcd", "again"]
    assert turns.asked == 0


def test_a_turn_that_does_not_come_in_time_is_given_up_and_keeps_nobody_else_from_theirs() -> None:
    turns = Turns(longest_seconds=0.01)
    with turns.turn(), pytest.raises(StoreUnavailable), turns.turn():
        raise AssertionError("two at once")
    assert turns.asked == 0
    with turns.turn():
        assert turns.asked == 1
