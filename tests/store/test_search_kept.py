"""The index says what is held, whatever happens to the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from follow import run_sql
from migrating import take_back_to
from older import document, read_by_older, reparse, the_release
from releases import make_release, store_release

from summaries.query import Filter, Literal
from summaries.store.database import open_database
from summaries.types import Kind

if TYPE_CHECKING:
    from summaries.store.database import Database

KENT = Filter.of_bodies("kent")


def word(*words: str) -> Filter:
    return Filter(tuple((Literal("text", one),) for one in words))


def found(database: Database, wanted: Filter) -> list[tuple[str, int]]:
    with database.read() as unit:
        return [(one.release.id, one.revision) for one in unit.search.find(wanted, limit=10).releases]


def entries(url: str) -> int:
    return len(run_sql(url, sa.text("SELECT * FROM release_terms")))


def test_a_revision_is_found_in_place_of_what_was_before(database: Database, database_url: str) -> None:
    with database.write() as unit:
        store_release(unit.releases, make_release(closing="Vetting.", published_on=date(2016, 12, 8)))
        store_release(unit.releases, make_release(bodies=("essex",), closing="Custody.", published_on=date(2017, 1, 1)))
    assert found(database, Filter()) == found(database, word("custody")) == [("peel-2016-legitimacy-kent", 2)]
    assert found(database, word("vetting")) == found(database, KENT) == []
    assert entries(database_url) == 1


def test_what_a_newer_parser_reads_is_found_in_place_of_what_was_read_before(
    database: Database, database_url: str
) -> None:
    raw = document()
    better = the_release(raw)
    read_by_older(database, raw, replace(better, kind=Kind.OTHER, topics=(), bodies=(), published_on=date(1999, 9, 9)))
    assert found(database, KENT) == []
    assert found(database, Filter(((Literal("kind", "other"),),))) == [(better.id, 1)]
    reparse(database)

    assert found(database, KENT) == [(better.id, 1)]
    assert found(database, Filter(((Literal("before", "2001"), Literal("kind", "other")),))) == []
    assert entries(database_url) == 1


def test_what_is_retired_is_not_found_until_it_comes_back(database: Database, database_url: str) -> None:
    raw = document()
    better = the_release(raw)
    [number] = read_by_older(database, raw, better)
    with database.write() as unit:
        unit.rereading.retire(number, raw_id=0)
    assert found(database, Filter()) == found(database, KENT) == []
    assert entries(database_url) == 0
    reparse(database)
    assert found(database, KENT) == [(better.id, 2)]
    assert entries(database_url) == 1


def test_a_release_that_goes_by_another_id_is_still_found_once(database: Database) -> None:
    raw = document()
    [number] = read_by_older(database, raw, replace(the_release(raw), id="some-old-id"))
    with database.write() as unit:
        unit.rereading.rename(number, "another-id", raw_id=0)
    with database.read() as unit:
        assert [one.number for one in unit.search.find(KENT, limit=10).releases] == [number]


def add_and_fail(database: Database) -> None:
    with database.write() as unit:
        store_release(unit.releases, make_release(closing="Custody."))
        store_release(unit.releases, make_release("another", closing="Custody."))
        assert unit.search.find(word("custody"), limit=10).total == 2
        raise RuntimeError


def test_a_transaction_that_fails_leaves_the_index_as_it_was(database: Database, database_url: str) -> None:
    with database.write() as unit:
        store_release(unit.releases, make_release(closing="Vetting."))
    with pytest.raises(RuntimeError):
        add_and_fail(database)
    assert found(database, word("vetting")) == found(database, Filter()) == [("peel-2016-legitimacy-kent", 1)]
    assert entries(database_url) == 1


def test_a_store_of_before_the_index_is_searched_once_it_is_brought_up_to_date(empty_url: str) -> None:
    with open_database(empty_url) as database:
        database.upgrade()
        with database.write() as unit:
            for number in range(5):
                store_release(unit.releases, make_release(f"kent-{number}", closing=f"Vetting {number}."))
            store_release(unit.releases, make_release("kent-0", closing="Custody."))
            unit.rereading.retire(2, raw_id=0)
        take_back_to(empty_url, "0002")
        database.upgrade()
        assert sorted(found(database, Filter())) == [("kent-0", 2), ("kent-2", 1), ("kent-3", 1), ("kent-4", 1)]
        assert found(database, word("vetting", "3")) == [("kent-3", 1)]
        assert found(database, word("custody")) == [("kent-0", 2)]
    assert entries(empty_url) == 4
