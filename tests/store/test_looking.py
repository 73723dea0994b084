"""What a look at a source reads, on both databases."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from watch import ACCORDION, FEED, NEWS, NO_RELEASE, Watch, release

from summaries.errors import FetchProblem, PageGone, SiteRefused
from summaries.parsing import PARSER_VERSION
from summaries.watched import CheckOutcome, Source, SourceKind
from summaries.watching import check_due

if TYPE_CHECKING:
    from pathlib import Path

    from summaries.store.database import Database


@pytest.fixture
def watch(database: Database) -> Watch:
    return Watch(database)


def test_the_pages_of_a_list_are_read_newest_first_with_a_pause_before_each(watch: Watch) -> None:
    watch.lists("c", "b", "a")
    [report] = watch.check()

    assert watch.web.asked == [NEWS.address, watch.url("c"), watch.url("b"), watch.url("a")]
    assert watch.paused == [1.0] * 3
    assert (report.outcome, report.new, report.problem) == (CheckOutcome.OK, 3, None)
    assert watch.held() == 3
    assert watch.state().last_new_at == watch.state().last_success_at == watch.clock.now()


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


def test_a_refusal_says_to_paste_forward_or_drop_the_release(watch: Watch) -> None:
    watch.web.pages[NEWS.address] = SiteRefused(status=403)
    [report] = watch.check()

    assert "Paste the release, forward it, or drop the file" in (report.problem or "")


def test_a_list_without_a_release_is_a_failure(watch: Watch) -> None:
    watch.web.pages[NEWS.address] = b"<html><body><a href='/about/'>About</a></body></html>"
    [report] = watch.check()

    assert report.outcome is CheckOutcome.FAILED
    assert "no link to a release" in (report.problem or "")


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


def test_a_page_that_could_not_be_read_is_tried_again_whole(watch: Watch) -> None:
    watch.lists("b", "a")
    watch.web.pages[watch.url("b")] = NO_RELEASE
    watch.check()
    watch.web.known.clear()
    watch.clock.advance(days=1)
    [report] = watch.check()

    assert dict(zip(watch.web.asked[-2:], watch.web.known[-2:], strict=True))[watch.url("b")] is None
    assert (report.problem or "").startswith(f"{watch.url('b')}: ")


def test_one_page_refused_keeps_no_other_from_being_read_and_is_tried_last(watch: Watch) -> None:
    watch.lists("d", "c", "b", "a")
    watch.web.pages[watch.url("d")] = SiteRefused("Not for us (403).", status=403)
    [report] = watch.check()
    assert (report.outcome, report.new, report.problem) == (CheckOutcome.OK, 3, f"{watch.url('d')}: Not for us (403).")

    watch.lists("e", "d", "c", "b", "a")
    watch.pages_asked()
    watch.clock.advance(hours=1)
    assert watch.check()[0].outcome is CheckOutcome.OK
    assert watch.pages_asked() == ["e", "d"]


def test_three_pages_refused_in_a_row_end_the_look_and_the_next_begins_with_others(watch: Watch) -> None:
    names = [f"r{number}" for number in range(5)]
    watch.lists(*names)
    for name in names[:4]:
        watch.web.pages[watch.url(name)] = SiteRefused("Not for us (403).", status=403)
    [report] = watch.check()
    assert (report.outcome, report.new, report.problem) == (
        CheckOutcome.FAILED,
        0,
        "Not for us (403). (and 3 more)",
    )
    assert watch.pages_asked() == names[:3]
    assert watch.next_check().new == 1


@pytest.mark.parametrize("kept", [NEWS, FEED])
def test_pages_of_two_lists_are_read_though_one_is_no_longer_configured(watch: Watch, kept: Source) -> None:
    names = [f"r{number:02}" for number in range(30)]
    watch.lists(*names)
    watch.lists(*names, source=FEED)
    watch.check(NEWS, FEED)
    for _ in range(6):
        watch.clock.advance(minutes=30)
        watch.check(kept)

    assert watch.held() == 30


def test_a_single_page_that_yields_nothing_is_a_failure_each_time(watch: Watch) -> None:
    watch.web.pages[ACCORDION.address] = NO_RELEASE

    assert [watch.check(ACCORDION)[0].outcome, watch.next_check(ACCORDION).outcome] == [CheckOutcome.FAILED] * 2


def test_a_single_page_that_changes_is_read_again(watch: Watch) -> None:
    watch.web.pages[ACCORDION.address] = release("a")
    assert watch.check(ACCORDION)[0].new == 1
    watch.web.pages[ACCORDION.address] = release("a", "A correction.")

    assert watch.next_check(ACCORDION).revised == 1


def test_a_folder_is_read_and_read_again_for_what_was_dropped_into_it(watch: Watch, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    folder = Source(SourceKind.FOLDER, str(drop), 60)
    assert watch.check(folder)[0].outcome is CheckOutcome.FAILED
    drop.mkdir()
    (drop / "a.txt").write_text("Kent Police has made progress\n\nHMICFRS inspected Kent Police.")

    assert (watch.next_check(folder).new, watch.next_check(folder).outcome) == (1, CheckOutcome.UNCHANGED)
    assert watch.paused == []


def test_a_file_that_may_still_be_written_is_read_soon_after(watch: Watch, tmp_path: Path) -> None:
    folder = Source(SourceKind.FOLDER, str(tmp_path), 1800)
    (tmp_path / "a.txt").write_bytes(release("a"))
    now = watch.clock.now().timestamp()
    os.utime(tmp_path / "a.txt", (now, now - 4))
    (tmp_path / "b.txt").write_bytes(release("b"))
    os.utime(tmp_path / "b.txt", (now, now - 5))
    (tmp_path / "c.txt").write_bytes(release("c"))
    os.utime(tmp_path / "c.txt", (now, now + 3600))
    [report] = watch.check(folder)

    assert (report.new, report.left) == (2, 1)
    assert watch.state(folder).next_at - watch.clock.now() == timedelta(minutes=1)
    assert watch.next_check(folder).new == 1


def test_told_to_stop_no_further_file_is_read_and_it_goes_on_soon(watch: Watch, tmp_path: Path) -> None:
    folder = Source(SourceKind.FOLDER, str(tmp_path), 1800)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_bytes(release(name))
    asked = iter([False, False, True])
    [report] = check_due(watch.database, watch.web, watch.clock, sources=[folder], stopping=lambda: next(asked, True))

    assert report.new == 1
    assert watch.next_check(folder).new == 2
    assert watch.state(folder).checks == 2


def test_links_that_no_store_could_hold_are_left_out(watch: Watch) -> None:
    watch.lists("a", "b" * 1000)

    assert watch.check()[0].new == 1
    assert watch.pages_asked() == ["a"]
