from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from follow import run_sql
from releases import NOON

if TYPE_CHECKING:
    from summaries.store.database import Database


def test_the_words_last_understood_in_a_thread_are_remembered(database: Database) -> None:
    with database.write() as unit:
        assert unit.conversations.last("T1", "C1", "1.1") is None
        unit.conversations.remember("T1", "C1", "1.1", "hampshire", at=NOON)
        unit.conversations.remember("T1", "C1", "1.1", "hampshire 2016", at=NOON + timedelta(seconds=1))
    with database.read() as unit:
        assert unit.conversations.last("T1", "C1", "1.1") == "hampshire 2016"


def test_what_was_asked_more_than_thirty_days_ago_is_forgotten(database: Database, database_url: str) -> None:
    def remember(thread: str, *, days: float) -> None:
        with database.write() as unit:
            unit.conversations.remember("T1", "C1", thread, "kent", at=NOON + timedelta(days=days))

    remember("old", days=0)
    remember("kept on", days=0)
    remember("younger", days=1)
    remember("kept on", days=30)
    assert len(run_sql(database_url, sa.text("SELECT * FROM conversation"))) == 3
    remember("new", days=30.5)

    held = run_sql(database_url, sa.text("SELECT thread FROM conversation"))
    assert sorted(held) == [("kept on",), ("new",), ("younger",)]


def test_threads_do_not_share_what_is_remembered(database: Database) -> None:
    with database.write() as unit:
        unit.conversations.remember("T1", "C1", "1.1", "kent", at=NOON)
        unit.conversations.remember("T2", "C1", "1.1", "essex", at=NOON)
    with database.read() as unit:
        assert unit.conversations.last("T1", "C1", "1.1") == "kent"
        assert unit.conversations.last("T2", "C1", "1.1") == "essex"
        assert unit.conversations.last("T1", "C2", "1.1") is None
        assert unit.conversations.last("T1", "C1", "1.2") is None
