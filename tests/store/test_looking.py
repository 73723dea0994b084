"""Looking at sources that are due, on both databases, with a web written by hand."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from fakes import FakeClock

from summaries.errors import FetchProblem, PageGone, SiteBusy, SiteRefused, StoreUnavailable
from summaries.parsing import PARSER_VERSION
from summaries.ports import Fetched, NotModified, Validators
from summaries.watched import CheckOutcome, Source, SourceKind, SourceState
from summaries.watching import LEASE, CheckReport, check_due, check_now, statuses

if TYPE_CHECKING:
    from pathlib import Path

    from summaries.store.database import Database

SITE = "https://news.example.org"
NEWS = Source(SourceKind.LIST, f"{SITE}/hmicfrs/news/", 1800)
FEED = Source(SourceKind.FEED, f"{SITE}/feed.xml", 1800)
ACCORDION = Source(SourceKind.PAGE, f"{SITE}/hmicfrs/all-at-once/", 1800)


@dataclass
class FakeWeb:
    """Gives pages by address, or raises what stands there. A page is not modified while its bytes are the same.

    Releases are plain text here: what looking does is the same for every format.
    """

    clock: FakeClock
    pages: dict[str, bytes | BaseException] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    known: list[Validators | None] = field(default_factory=list)

    def fetch(self, url: str, known: Validators | None = None) -> Fetched | NotModified:
        self.asked.append(url)
        self.known.append(known)
        content = self.pages.get(url, PageGone())
        if isinstance(content, BaseException):
            raise content
        etag = f'"{hash(content)}"'
        if known and known.etag == etag:
            return NotModified(url)
        media_type = "text/html; charset=utf-8" if content.startswith(b"<") else "text/plain; charset=utf-8"
        return Fetched(url, content, media_type, Validators(etag), self.clock.now())


class Watch:
    """A store, a clock and a web, with what tests do to them. `paused` holds the seconds of each pause."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.web = FakeWeb(self.clock)
        self.paused: list[float] = []
        self.stopping = threading.Event()

    def lists(self, *names: str, source: Source = NEWS) -> None:
        """From now on the list holds these releases, newest first; each has a page."""
        links = "".join(f'<li><a href="{self.url(name)}">{name}</a></li>' for name in names)
        self.web.pages[source.address] = f"<html><body><ul>{links}</ul></body></html>".encode()
        for name in names:
            self.web.pages.setdefault(self.url(name), release(name))

    @staticmethod
    def url(name: str) -> str:
        return f"{SITE}/hmicfrs/news/news-feed/{name}/"

    def check(self, *sources: Source) -> list[CheckReport]:
        return check_due(
            self.database,
            self.web,
            self.clock,
            sources=sources or (NEWS,),
            jitter=Random(1),
            wait=self.paused.append,
            stopping=self.stopping.is_set,
        )

    def next_check(self, source: Source = NEWS) -> CheckReport:
        """The clock is moved on to when the source is due."""
        wait = self.state(source).next_at - self.clock.now()
        self.clock.advance(seconds=max(0.0, wait.total_seconds()))
        [report] = self.check(source)
        return report

    def state(self, source: Source = NEWS) -> SourceState:
        with self.database.read() as unit:
            return unit.sources.known([source.key])[source.key]

    def held(self) -> int:
        with self.database.read() as unit:
            return unit.releases.count()

    def pages_asked(self) -> list[str]:
        """The names of the pages asked for since this was last called, without lists."""
        asked = [url.rstrip("/").rpartition("/")[2] for url in self.web.asked if "/news-feed/" in url]
        self.web.asked.clear()
        return asked


@pytest.fixture
def watch(database: Database) -> Watch:
    return Watch(database)


def release(name: str, closing: str = "") -> bytes:
    """A page with a release of its own headline."""
    headline = f"Kent Police has made progress, inspection {name} finds"
    return f"{headline}\n\nHMICFRS inspected Kent Police. Report {name} was published today. {closing}".encode()


NO_RELEASE = b"My cat is well.\n\nShe sleeps."


def test_the_pages_of_a_list_are_read_newest_first_with_a_pause_before_each(watch: Watch) -> None:
    watch.lists("c", "b", "a")
    [report] = watch.check()

    assert watch.web.asked == [NEWS.address, watch.url("c"), watch.url("b"), watch.url("a")]
    assert watch.paused == [1.0] * 3
    assert (report.outcome, report.new, report.problem) == (CheckOutcome.OK, 3, None)
    assert watch.held() == 3
    assert watch.state().last_new_at == watch.state().last_success_at == watch.clock.now()


def test_a_source_that_is_not_due_is_left_alone(watch: Watch) -> None:
    watch.lists("a")
    watch.check()
    watch.clock.advance(minutes=29)

    assert watch.check() == []
    watch.clock.advance(minutes=1)
    assert [report.outcome for report in watch.check()] == [CheckOutcome.UNCHANGED]


def test_only_what_is_new_in_the_list_is_asked_for(watch: Watch) -> None:
    watch.lists("a")
    watch.check()
    watch.pages_asked()
    watch.lists("b", "a")

    assert watch.next_check().new == 1
    assert watch.pages_asked() == ["b"]


def test_ten_pages_are_read_in_a_check_and_the_rest_soon_though_the_list_has_not_changed(watch: Watch) -> None:
    names = [f"r{number:02}" for number in range(23)]
    watch.lists(*names)
    [report] = watch.check()

    assert (report.new, report.left) == (10, 13)
    assert watch.pages_asked() == names[:10]
    assert watch.state().next_at - watch.clock.now() == timedelta(minutes=1)
    assert (watch.next_check().left, watch.next_check().left) == (3, 0)
    assert watch.pages_asked() == names[10:]
    assert watch.held() == 23


def test_a_page_is_looked_at_again_after_a_day_and_a_change_is_a_revision(watch: Watch) -> None:
    watch.lists("a", "b")
    watch.check()
    watch.web.pages[watch.url("a")] = release("a", "A correction.")
    watch.clock.advance(hours=23)
    assert watch.check()[0].revised == 0
    watch.clock.advance(hours=1)

    assert watch.check()[0].revised == 1
    assert watch.held() == 2


def test_only_changes_are_asked_for_unless_an_older_parser_read_it(watch: Watch) -> None:
    watch.web.pages[ACCORDION.address] = release("a")
    watch.check(ACCORDION)
    watch.next_check(ACCORDION)
    older = replace(watch.state(ACCORDION), parser_version=PARSER_VERSION - 1)
    now = watch.clock.now()
    with watch.database.write() as unit:
        unit.sources.claim(ACCORDION.key, now=now, until=now, early=True)
        unit.sources.settle(older, held=now)
    watch.next_check(ACCORDION)

    assert [known is not None for known in watch.web.known] == [False, True, False]
    assert watch.held() == 1


def test_the_date_of_a_feed_reaches_the_release(watch: Watch) -> None:
    watch.lists("a")
    watch.web.pages[FEED.address] = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>a</title>'
        f"<link>{watch.url('a')}</link><pubDate>Fri, 20 Nov 2026 09:30:00 GMT</pubDate></item></channel></rss>"
    ).encode()
    [report] = watch.check(FEED)

    assert report.new == 1
    with watch.database.read() as unit:
        [stored] = unit.releases.latest()
    assert str(stored.release.published_on) == "2026-11-20"
    assert stored.location == watch.url("a")


def test_a_page_that_a_feed_and_a_list_lead_to_is_asked_for_once(watch: Watch) -> None:
    watch.lists("a")
    watch.lists("a", source=FEED)
    watch.check(NEWS, FEED)

    assert watch.pages_asked() == ["a"]


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


def test_a_refusal_says_to_paste_forward_or_drop_the_release(watch: Watch) -> None:
    watch.web.pages[NEWS.address] = SiteRefused(status=403)
    [report] = watch.check()

    assert "Paste the release, forward it, or drop the file" in (report.problem or "")


def test_a_list_without_a_release_is_a_failure(watch: Watch) -> None:
    watch.web.pages[NEWS.address] = b"<html><body><a href='/about/'>About</a></body></html>"
    [report] = watch.check()

    assert report.outcome is CheckOutcome.FAILED
    assert "no link to a release" in (report.problem or "")


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


def test_a_listed_page_that_is_gone_is_noted_and_not_tried_for_ever(watch: Watch) -> None:
    watch.lists("b", "a")
    watch.web.pages[watch.url("b")] = PageGone("The page is not there (404).")
    [report] = watch.check()

    assert (report.outcome, report.new) == (CheckOutcome.OK, 1)
    assert report.problem == f"{watch.url('b')}: The page is not there (404)."
    watch.pages_asked()
    for _ in range(100):
        watch.next_check()
    assert watch.pages_asked().count("b") == 5


def test_one_page_in_trouble_keeps_no_other_from_being_read_and_is_tried_again(watch: Watch) -> None:
    watch.lists("c", "b", "a")
    watch.web.pages[watch.url("c")] = FetchProblem("Cut short.")
    [report] = watch.check()
    assert (report.outcome, report.new, report.problem) == (CheckOutcome.OK, 2, f"{watch.url('c')}: Cut short.")

    watch.web.pages[watch.url("c")] = release("c")
    assert watch.next_check().new == 1


def test_a_new_page_that_cannot_be_read_is_no_success(watch: Watch) -> None:
    watch.lists("a")
    watch.check()
    watch.lists("b", "a")
    watch.web.pages[watch.url("b")] = FetchProblem("Cut short.")

    assert watch.next_check().outcome is CheckOutcome.FAILED
    watch.web.pages[watch.url("b")] = release("b")
    assert watch.next_check().new == 1


def test_a_page_that_is_no_release_is_kept_and_told(watch: Watch) -> None:
    watch.lists("b", "a")
    watch.web.pages[watch.url("b")] = NO_RELEASE
    [report] = watch.check()

    assert report.new == 1
    assert (report.problem or "").startswith(f"{watch.url('b')}: ")
    with watch.database.read() as unit:
        assert [location for location, _ in unit.releases.unreadable()] == [watch.url("b")]


def test_a_single_page_that_yields_nothing_is_a_failure_each_time(watch: Watch) -> None:
    watch.web.pages[ACCORDION.address] = NO_RELEASE

    assert [watch.check(ACCORDION)[0].outcome, watch.next_check(ACCORDION).outcome] == [CheckOutcome.FAILED] * 2


def test_a_single_page_that_changes_is_read_again(watch: Watch) -> None:
    watch.web.pages[ACCORDION.address] = release("a")
    assert watch.check(ACCORDION)[0].new == 1
    watch.web.pages[ACCORDION.address] = release("a", "A correction.")

    assert watch.next_check(ACCORDION).revised == 1


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


def test_a_folder_is_read_and_read_again_for_what_was_dropped_into_it(watch: Watch, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    folder = Source(SourceKind.FOLDER, str(drop), 60)
    assert watch.check(folder)[0].outcome is CheckOutcome.FAILED
    drop.mkdir()
    (drop / "a.txt").write_text("Kent Police has made progress\n\nHMICFRS inspected Kent Police.")

    assert (watch.next_check(folder).new, watch.next_check(folder).outcome) == (1, CheckOutcome.UNCHANGED)
    assert watch.paused == []


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


def test_links_that_no_store_could_hold_are_left_out(watch: Watch) -> None:
    watch.lists("a", "b" * 1000)

    assert watch.check()[0].new == 1
    assert watch.pages_asked() == ["a"]
