"""When a source or a page is looked at again, decided without a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.errors import FetchProblem, NoSuchFile, PageGone, SiteBusy, SiteRefused
from summaries.ports import Validators
from summaries.rechecks import (
    LONGEST_WAIT,
    SOON,
    Trouble,
    page_failed,
    page_read,
    source_checked,
    source_failed,
    trouble_of,
)
from summaries.watched import CheckOutcome, SourceCheck, SourcePage, SourceState

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
STATE = SourceState("list:https://example.org/", 1800, NOW, etag='"1"', parser_version=1)
PAGE = SourcePage("https://example.org/a", STATE.key, NOW, 0, next_at=NOW)
TIMED_OUT = Trouble("Too slow.", "too slow")


def check(outcome: CheckOutcome, *, new: int = 0, problem: str | None = None) -> SourceCheck:
    return SourceCheck(NOW, outcome, new, 0, problem)


def failed(trouble: Trouble, *, before: int = 0, patient: bool = True, jitter: float = 1.0) -> SourceState:
    state = replace(STATE, failures=before)
    outcome = check(CheckOutcome.FAILED, problem=trouble.words)
    return source_failed(state, outcome, trouble, patient=patient, jitter=jitter)


def test_a_source_that_was_read_is_looked_at_again_after_its_interval() -> None:
    after = source_checked(replace(STATE, failures=3), check(CheckOutcome.UNCHANGED), parser_version=1)

    assert after.next_at == NOW + HALF_AN_HOUR
    assert (after.failures, after.checks, after.failed_checks) == (0, 1, 0)
    assert (after.last_checked_at, after.last_success_at, after.last_new_at) == (NOW, NOW, None)
    assert after.etag == '"1"'


def test_new_validators_take_the_place_of_the_old() -> None:
    new = Validators(None, "yesterday")
    after = source_checked(STATE, check(CheckOutcome.OK, new=1), validators=new, parser_version=2)

    assert (after.etag, after.last_modified, after.parser_version) == (None, "yesterday", 2)
    assert after.last_new_at == NOW


def test_with_pages_left_the_next_look_is_soon() -> None:
    assert source_checked(STATE, check(CheckOutcome.OK), pages_left=True, parser_version=1).next_at == NOW + SOON


def test_failures_in_a_row_are_waited_for_twice_as_long_each_up_to_six_hours() -> None:
    waits = [failed(TIMED_OUT, before=before).next_at - NOW for before in range(12)]

    assert waits[:4] == [SOON, 2 * SOON, 4 * SOON, 8 * SOON]
    assert waits[-1] == LONGEST_WAIT == timedelta(hours=6)


def test_a_failure_counts_and_the_next_look_gets_all_of_it() -> None:
    after = failed(TIMED_OUT, before=1)

    assert (after.failures, after.checks, after.failed_checks, after.problem) == (2, 1, 1, "Too slow.")
    assert (after.etag, after.last_modified, after.last_success_at) == (None, None, None)


@pytest.mark.parametrize("kind", ["refused", "not allowed", "gone"])
def test_a_site_that_says_no_is_not_asked_sooner_than_usual(kind: str) -> None:
    assert failed(Trouble("No.", kind)).next_at == NOW + HALF_AN_HOUR


def test_a_folder_is_looked_at_as_often_as_ever() -> None:
    assert failed(Trouble("Nothing there."), before=9, patient=False).next_at == NOW + HALF_AN_HOUR


def test_a_folder_with_files_left_is_looked_at_soon() -> None:
    outcome = check(CheckOutcome.FAILED)
    after = source_failed(STATE, outcome, Trouble("One."), patient=False, jitter=1.0, pages_left=True)

    assert after.next_at == NOW + SOON


def test_a_page_refused_is_left_alone_for_an_hour_and_never_let_go() -> None:
    page = page_failed(PAGE, trouble_of(SiteRefused()), NOW, jitter=1.0)
    assert page.next_at == NOW + timedelta(hours=1)
    for _ in range(40):
        page = page_failed(page, trouble_of(SiteRefused()), NOW, jitter=1.0)
    assert page.next_at == NOW + timedelta(days=7)


def test_retry_after_is_kept_to() -> None:
    assert failed(Trouble("Busy.", "busy", 7200)).next_at == NOW + timedelta(hours=2)


@given(st.integers(0, 10_000), st.floats(0, 1), st.sampled_from(["failed", "busy", "refused", "gone"]))
def test_between_half_and_all_of_a_wait_is_waited_and_never_more_than_six_hours(
    before: int, jitter: float, kind: str
) -> None:
    wait = failed(Trouble("", kind), before=before, jitter=jitter).next_at - NOW

    assert SOON / 2 <= wait <= LONGEST_WAIT


def test_a_page_is_looked_at_daily_for_thirty_days_and_then_weekly() -> None:
    read = page_read(PAGE, NOW)
    assert (read.read_at, read.next_at) == (NOW, NOW + timedelta(days=1))

    for days, again in ((1, 1), (29, 1), (30, 7), (400, 7)):
        later = NOW + timedelta(days=days)
        assert page_read(read, later).next_at == later + timedelta(days=again)
        assert page_read(read, later).read_at == NOW


def test_a_page_that_is_gone_is_tried_for_some_hours_and_then_let_go() -> None:
    page, spent = PAGE, timedelta(0)
    for _ in range(5):
        page = page_failed(page, trouble_of(PageGone()), NOW, jitter=0.0)
        assert page.next_at is not None
        spent += page.next_at - NOW
    page = page_failed(page, trouble_of(PageGone()), NOW, jitter=0.0)

    assert spent > timedelta(hours=8)
    assert page.next_at is None
    assert page.problem == str(PageGone())


def test_a_page_with_trouble_that_may_pass_is_tried_for_days_then_weekly_and_never_given_up() -> None:
    page, spent = PAGE, timedelta(0)
    for _ in range(40):
        page = page_failed(page, TIMED_OUT, NOW, jitter=0.0)
        assert page.next_at is not None
        wait = page.next_at - NOW
        if wait < timedelta(days=7):
            spent += wait

    assert spent > timedelta(days=2)
    assert wait == timedelta(days=7)


def test_a_page_read_after_all_has_no_trouble() -> None:
    page = page_read(page_failed(PAGE, TIMED_OUT, NOW, jitter=1.0), NOW)

    assert (page.failures, page.problem) == (0, None)


def test_what_an_error_means_is_told_in_its_own_words() -> None:
    assert trouble_of(SiteBusy("Wait.", retry_after=5)) == Trouble("Wait.", "busy", 5)
    assert trouble_of(NoSuchFile("No file.")) == Trouble("No file.")
    assert trouble_of(FetchProblem("Cut short.")).kind == "failed"


def test_an_error_nobody_foresaw_is_kept_for_the_log() -> None:
    error = RuntimeError("deep inside")
    trouble = trouble_of(error)

    assert trouble.error is error
    assert "deep inside" not in trouble.words


def test_a_busy_site_rests_and_ends_the_check_and_one_refusal_does_not() -> None:
    assert trouble_of(SiteBusy()).host_rest == timedelta(minutes=5)
    assert trouble_of(SiteRefused()).host_rest is None
    assert [trouble_of(error).stops_the_check for error in (SiteBusy(), SiteRefused(), PageGone())] == [
        True,
        False,
        False,
    ]
