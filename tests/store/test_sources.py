"""What is remembered of sources, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from summaries.watched import CheckOutcome, Source, SourceCheck, SourceKind, SourcePage, SourceState

if TYPE_CHECKING:
    from summaries.store.database import Database

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NEWS = Source(SourceKind.LIST, "https://example.org/news", 1800)
FEED = Source(SourceKind.FEED, "https://example.org/feed", 900)


def keep(database: Database, *sources: Source, at: datetime = NOON) -> None:
    with database.write() as unit:
        unit.sources.keep(sources, at=at)


def known(database: Database, source: Source = NEWS) -> SourceState:
    with database.read() as unit:
        return unit.sources.known([source.key])[source.key]


def claim(database: Database, *, now: datetime = NOON, early: bool = False) -> SourceState | None:
    with database.write() as unit:
        return unit.sources.claim(NEWS.key, now=now, until=now + MINUTE, early=early)


def a_page(name: str, position: int = 0, *, source: Source = NEWS, at: datetime = NOON) -> SourcePage:
    return SourcePage(f"https://example.org/{name}", source.key, at, position, next_at=at)


def due(database: Database, source: Source = NEWS, *, now: datetime = NOON) -> list[str]:
    with database.read() as unit:
        return [page.url.rpartition("/")[2] for page in unit.sources.due_pages(source.key, now=now)]


def test_a_source_kept_first_is_due_and_one_never_kept_is_not_known(database: Database) -> None:
    keep(database, NEWS)

    assert known(database) == SourceState(NEWS.key, 1800, NOON)
    with database.read() as unit:
        assert set(unit.sources.known([NEWS.key, FEED.key])) == {NEWS.key}


def test_keeping_again_changes_nothing(database: Database) -> None:
    keep(database, NEWS)
    keep(database, NEWS, at=NOON - DAY)

    assert known(database) == SourceState(NEWS.key, 1800, NOON)


def test_a_source_at_a_shorter_pace_is_due_by_it_and_at_a_longer_one_is_not_put_off(database: Database) -> None:
    keep(database, NEWS, FEED, at=NOON + DAY)
    keep(database, replace(NEWS, interval_seconds=60), FEED)
    assert (known(database).interval_seconds, known(database).next_at) == (60, NOON + MINUTE)
    assert known(database, FEED).next_at == NOON + DAY

    keep(database, NEWS)
    assert (known(database).interval_seconds, known(database).next_at) == (1800, NOON + MINUTE)


def test_a_source_is_claimed_when_it_is_due_by_one_worker(database: Database) -> None:
    keep(database, NEWS)
    assert claim(database, now=NOON - MINUTE) is None

    with ThreadPoolExecutor(8) as pool:
        claims = [one for one in pool.map(lambda _: claim(database), range(8)) if one]

    assert [one.checking_until for one in claims] == [NOON + MINUTE]


def test_a_lease_that_ran_out_can_be_claimed(database: Database) -> None:
    keep(database, NEWS)
    claim(database)

    assert claim(database, now=NOON + MINUTE - timedelta(microseconds=1)) is None
    assert claim(database, now=NOON + MINUTE)


def test_a_source_can_be_claimed_early_but_not_from_another_worker(database: Database) -> None:
    keep(database, NEWS, at=NOON + DAY)

    assert claim(database, early=True)
    assert claim(database, early=True) is None


def test_settling_writes_all_of_it_and_lets_go(database: Database) -> None:
    keep(database, NEWS)
    claimed = claim(database)
    assert claimed is not None
    after = replace(
        claimed,
        next_at=NOON + DAY,
        etag='W/"1"',
        last_modified="yesterday",
        parser_version=3,
        last_checked_at=NOON,
        last_success_at=NOON,
        last_new_at=NOON,
        failures=2,
        problem="Too slow.",
        checks=7,
        failed_checks=3,
    )
    with database.write() as unit:
        assert unit.sources.settle(after, held=NOON + MINUTE)

    assert known(database) == replace(after, checking_until=None)


def test_a_worker_that_was_overtaken_settles_nothing(database: Database) -> None:
    keep(database, NEWS)
    slow = claim(database)
    assert slow is not None
    claim(database, now=NOON + 2 * MINUTE)
    with database.write() as unit:
        assert not unit.sources.settle(replace(slow, failures=9), held=NOON + MINUTE)

    assert known(database).failures == 0


def test_an_interval_changed_during_a_check_is_not_written_over(database: Database) -> None:
    keep(database, NEWS)
    claimed = claim(database)
    assert claimed is not None
    keep(database, replace(NEWS, interval_seconds=60))
    with database.write() as unit:
        unit.sources.settle(claimed, held=NOON + MINUTE)

    assert known(database).interval_seconds == 60


def test_checks_are_logged_oldest_first_and_forgotten_in_time(database: Database) -> None:
    keep(database, NEWS, FEED)
    first = SourceCheck(NOON, CheckOutcome.OK, 2, 1, None)
    second = SourceCheck(NOON + DAY, CheckOutcome.FAILED, 0, 0, "Too slow.")
    with database.write() as unit:
        for source in (NEWS, FEED):
            unit.sources.record(source.key, first, forget_before=NOON)
        unit.sources.record(NEWS.key, second, forget_before=NOON)
        assert unit.sources.checks(NEWS.key, since=NOON) == [first, second]

        unit.sources.record(NEWS.key, second, forget_before=NOON + MINUTE)
        assert unit.sources.checks(NEWS.key, since=NOON) == [second, second]
        assert unit.sources.checks(FEED.key, since=NOON) == [first]
        assert unit.sources.checks(FEED.key, since=NOON + MINUTE) == []


def test_pages_are_due_unread_first_in_the_order_of_the_newest_list(database: Database) -> None:
    keep(database, NEWS)
    with database.write() as unit:
        unit.sources.list_pages([a_page("old", 0), a_page("older", 1)])
        unit.sources.list_pages([a_page("read", 0, at=NOON + MINUTE), a_page("newest", 1, at=NOON + MINUTE)])
        unit.sources.save_page(replace(a_page("read"), read_at=NOON))

    assert due(database, now=NOON + MINUTE) == ["newest", "old", "older", "read"]
    assert due(database, now=NOON - MINUTE) == []


def test_a_page_listed_again_keeps_what_is_known_of_it(database: Database) -> None:
    keep(database, NEWS)
    read = replace(
        a_page("a"),
        read_at=NOON,
        next_at=NOON + DAY,
        failures=1,
        problem="Odd.",
        etag='"1"',
        last_modified="now",
        parser_version=2,
        sha256="0" * 64,
    )
    with database.write() as unit:
        unit.sources.list_pages([a_page("a")])
        unit.sources.save_page(read)
        unit.sources.list_pages([replace(a_page("a", 4, at=NOON + MINUTE), published_on=date(2026, 11, 20))])
        [page] = unit.sources.due_pages(NEWS.key, now=NOON + DAY)

    assert page == replace(read, listed_at=NOON + MINUTE, position=4, published_on=date(2026, 11, 20))


def test_a_page_of_two_sources_is_one_page_with_the_date_that_either_gave(database: Database) -> None:
    keep(database, NEWS, FEED)
    with database.write() as unit:
        unit.sources.list_pages([replace(a_page("a", source=FEED), published_on=date(2026, 11, 20))])
        unit.sources.list_pages([a_page("a")])
        [page] = unit.sources.due_pages(FEED.key, now=NOON)

    assert page.published_on == date(2026, 11, 20)
    assert due(database, NEWS) == []


def test_a_page_goes_over_to_another_list_when_its_own_source_is_no_longer_looked_at(database: Database) -> None:
    keep(database, NEWS, FEED)
    with database.write() as unit:
        unit.sources.list_pages([a_page("a", source=FEED)])
        unit.sources.list_pages([a_page("a", at=NOON + 60 * MINUTE)])
    assert due(database, FEED, now=NOON + DAY) == ["a"]
    with database.write() as unit:
        unit.sources.list_pages([a_page("a", 3, at=NOON + 61 * MINUTE)])
        [page] = unit.sources.due_pages(NEWS.key, now=NOON + DAY)

    assert (page.position, page.listed_at) == (3, NOON + 61 * MINUTE)
    assert due(database, FEED, now=NOON + DAY) == []


def test_a_page_goes_over_to_another_list_when_its_own_source_fails(database: Database) -> None:
    keep(database, NEWS, FEED)
    claimed = claim(database)
    assert claimed is not None
    with database.write() as unit:
        unit.sources.settle(replace(claimed, failures=1, next_at=NOON + DAY), held=NOON + MINUTE)
        unit.sources.list_pages([a_page("a")])
        unit.sources.list_pages([a_page("a", source=FEED)])

    assert due(database, FEED) == ["a"]


def test_a_source_is_got_whole_while_a_page_waits_that_another_left_behind(database: Database) -> None:
    keep(database, NEWS, FEED)
    claimed = claim(database)
    assert claimed is not None
    after = replace(claimed, etag='"1"', last_modified="yesterday", next_at=NOON + DAY)
    with database.write() as unit:
        unit.sources.settle(after, held=NOON + MINUTE)
        unit.sources.list_pages([a_page("a", source=FEED)])
    early = claim(database, now=NOON + 60 * MINUTE, early=True)
    later = claim(database, now=NOON + 62 * MINUTE, early=True)
    assert early is not None
    assert later is not None
    assert (early.etag, early.last_modified) == ('"1"', "yesterday")
    assert (later.etag, later.last_modified) == (None, None)


def test_a_page_that_failed_before_comes_last(database: Database) -> None:
    keep(database, NEWS)
    with database.write() as unit:
        unit.sources.list_pages([a_page("failed", 0), a_page("read", 1), a_page("new", 2)])
        unit.sources.save_page(replace(a_page("failed"), failures=1))
        unit.sources.save_page(replace(a_page("read"), read_at=NOON))

    assert due(database) == ["new", "read", "failed"]


def test_a_page_let_go_is_never_due(database: Database) -> None:
    keep(database, NEWS)
    with database.write() as unit:
        unit.sources.list_pages([a_page("a")])
        unit.sources.save_page(replace(a_page("a"), next_at=None))
        unit.sources.list_pages([a_page("a", at=NOON + MINUTE)])

    assert due(database, now=NOON + DAY) == []
