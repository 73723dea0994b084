"""Which sources are looked at when, by whom, and what is remembered of it, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from watch import ACCORDION, FEED, NEWS, Watch, release

from summaries.errors import FetchProblem, SiteBusy, StoreUnavailable
from summaries.watched import CheckOutcome
from summaries.watching import LEASE, check_due, check_now, statuses

if TYPE_CHECKING:
    from summaries.store.database import Database


@pytest.fixture
def watch(database: Database) -> Watch:
    return Watch(database)


def test_a_source_that_is_not_due_is_left_alone(watch: Watch) -> None:
    watch.lists("a")
    watch.check()
    watch.clock.advance(minutes=29)

    assert watch.check() == []
    watch.clock.advance(minutes=1)
    assert [report.outcome for report in watch.check()] == [CheckOutcome.UNCHANGED]


def test_a_failure_is_counted_and_waited_for_and_a_success_ends_it(watch: Watch) -> None:
    watch.web.pages[NEWS.address] = FetchProblem("The site is out of order (500).", kind="failed")
    [report] = watch.check()
    assert (report.outcome, report.problem) == (CheckOutcome.FAILED, "The site is out of order (500).")
    assert timedelta(seconds=30) <= watch.state().next_at - watch.clock.now() <= timedelta(minutes=1)
    watch.next_check()
    assert (watch.state().failures, watch.state().failed_checks, watch.state().last_success_at) == (2, 2, None)
    watch.lists("a")
    watch.next_check()

    assert (watch.state().failures, watch.state().checks, watch.state().problem) == (0, 3, None)


def test_a_busy_site_ends_the_check_and_is_left_alone_by_every_source_on_it(watch: Watch) -> None:
    watch.lists("c", "b", "a")
    watch.web.pages[watch.url("b")] = SiteBusy("Busy for an hour.", retry_after=3600)
    watch.web.pages[ACCORDION.address] = release("d")
    first, second = watch.check(NEWS, ACCORDION)

    assert (first.outcome, first.new, first.problem) == (CheckOutcome.FAILED, 1, "Busy for an hour.")
    assert watch.web.asked == [NEWS.address, watch.url("c"), watch.url("b")]
    assert second.outcome is CheckOutcome.WAITING
    free_at = watch.clock.now() + timedelta(hours=1)
    assert (watch.state().next_at, watch.state(ACCORDION).next_at) == (free_at, free_at)
    assert watch.state(ACCORDION).checks == 0
    del watch.web.pages[watch.url("b")]
    watch.lists("c", "b", "a")
    watch.web.asked.clear()
    watch.next_check()
    assert watch.pages_asked() == ["b", "a"]


def test_the_trouble_of_one_source_keeps_no_other_from_its_turn(watch: Watch) -> None:
    error = RuntimeError("nobody foresaw this")
    watch.web.pages[NEWS.address] = error
    watch.web.pages[ACCORDION.address] = release("a")
    first, second = watch.check(NEWS, ACCORDION)

    assert (first.outcome, first.errors) == (CheckOutcome.FAILED, (error,))
    assert "nobody foresaw this" not in (first.problem or "")
    assert second.new == 1


@pytest.mark.parametrize("end", [StoreUnavailable(), KeyboardInterrupt()])
def test_a_look_that_was_broken_off_can_be_taken_up_at_once(watch: Watch, end: BaseException) -> None:
    watch.lists("b", "a")
    watch.web.pages[watch.url("a")] = end
    with pytest.raises(type(end)):
        watch.check()

    watch.web.pages[watch.url("a")] = release("a")
    watch.pages_asked()
    assert watch.check()[0].new == 1
    assert watch.pages_asked() == ["a"]


def test_the_source_of_a_worker_that_was_killed_is_taken_up_when_its_lease_has_run_out(watch: Watch) -> None:
    watch.lists("a")
    with watch.database.write() as unit:
        unit.sources.keep([NEWS], at=watch.clock.now())
        unit.sources.claim(NEWS.key, now=watch.clock.now(), until=watch.clock.now() + LEASE)

    assert watch.check() == []
    watch.clock.advance(seconds=LEASE.total_seconds())
    assert watch.check()[0].new == 1


def test_told_to_stop_it_asks_for_no_further_page_and_goes_on_soon(watch: Watch) -> None:
    watch.lists("b", "a")

    def stop(seconds: float) -> None:
        watch.stopping.set()

    check_due(watch.database, watch.web, watch.clock, sources=[NEWS, FEED], wait=stop, stopping=watch.stopping.is_set)
    assert watch.web.asked == [NEWS.address, watch.url("b")]

    watch.stopping.clear()
    assert watch.next_check().new == 1


def test_a_source_no_longer_configured_is_neither_looked_at_nor_told_of(watch: Watch) -> None:
    watch.web.pages[NEWS.address] = FetchProblem()
    watch.check(NEWS)
    watch.clock.advance(days=1)
    watch.web.asked.clear()
    watch.check(FEED)

    assert watch.web.asked == [FEED.address]
    assert [status.source for status in statuses(watch.database, watch.clock, [FEED])] == [FEED]


def test_asked_to_look_now_it_does_though_nothing_is_due(watch: Watch) -> None:
    watch.lists("a")
    watch.check()
    watch.lists("b", "a")
    report = check_now(watch.database, watch.web, watch.clock, source=NEWS, wait=watch.paused.append)

    assert report.new == 1
    assert watch.state().next_at == watch.clock.now() + timedelta(minutes=30)


def test_asked_to_look_now_while_another_worker_does_it_says_so(watch: Watch) -> None:
    watch.lists("a")
    watch.check()
    with watch.database.write() as unit:
        unit.sources.claim(NEWS.key, now=watch.clock.now(), until=watch.clock.now() + timedelta(hours=1), early=True)

    assert check_now(watch.database, watch.web, watch.clock, source=NEWS).outcome is CheckOutcome.WAITING


def test_each_check_is_logged(watch: Watch) -> None:
    started = watch.clock.now()
    watch.lists("a")
    watch.check()
    watch.next_check()
    watch.web.pages[NEWS.address] = FetchProblem("Cut short.")
    watch.next_check()
    with watch.database.read() as unit:
        checks = unit.sources.checks(NEWS.key, since=started)

    assert [(one.outcome.value, one.new) for one in checks] == [("ok", 1), ("unchanged", 0), ("failed", 0)]
    assert checks[-1].problem == "Cut short."


def test_a_source_long_past_its_time_is_overdue(watch: Watch) -> None:
    watch.lists("a")
    [before] = statuses(watch.database, watch.clock, [NEWS])
    assert (before.state, before.overdue) == (None, False)
    watch.check()
    watch.clock.advance(minutes=49)
    assert not statuses(watch.database, watch.clock, [NEWS])[0].overdue
    watch.clock.advance(minutes=2)

    assert statuses(watch.database, watch.clock, [NEWS])[0].overdue


def test_of_many_workers_that_look_at_once_one_asks_the_site(watch: Watch) -> None:
    watch.lists("a")
    with ThreadPoolExecutor(4) as pool:
        reports = [report for reports in pool.map(lambda _: watch.check(), range(4)) for report in reports]

    assert [report.new for report in reports] == [1]
    assert watch.web.asked == [NEWS.address, watch.url("a")]
