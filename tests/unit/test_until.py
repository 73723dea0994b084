from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.errors import BadSubscription
from summaries.subscriptions import parse_until

SUNDAY = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("2w", "2026-12-06T09:00"),
        ("3d", "2026-11-25T09:00"),
        ("1 day", "2026-11-23T09:00"),
        ("for two weeks", "2026-12-06T09:00"),
        ("a fortnight", "2026-12-06T09:00"),
        ("tomorrow", "2026-11-23T00:00"),
        ("until Monday", "2026-11-23T00:00"),
        ("until next fri", "2026-11-27T00:00"),
        ("until Sunday", "2026-11-29T00:00"),
        ("until 5 Dec", "2026-12-05T00:00"),
        ("until 5th of December 2027", "2027-12-05T00:00"),
        ("until 2026-12-05", "2026-12-05T00:00"),
        ("until 05/12/2026", "2026-12-05T00:00"),
        ("until January", "2027-01-01T00:00"),
        ("until 3 February", "2027-02-03T00:00"),
        ("until 5 Oct", "2027-10-04T23:00"),  # summer time
    ],
)
def test_the_end_of_a_pause_is_read_as_people_type_it(typed: str, until: str) -> None:
    assert parse_until(typed, "Europe/London", SUNDAY) == datetime.fromisoformat(until).replace(tzinfo=UTC)


def test_without_words_a_pause_has_no_end() -> None:
    assert parse_until(" ", "Europe/London", SUNDAY) is None


def test_days_end_at_the_same_time_of_day_though_the_clocks_change() -> None:
    before = datetime(2026, 10, 24, 8, tzinfo=UTC)  # 09:00 in London
    assert parse_until("2d", "Europe/London", before) == datetime(2026, 10, 26, 9, tzinfo=UTC)


def test_a_day_begins_where_the_subscription_is() -> None:
    assert parse_until("until Monday", "Pacific/Apia", SUNDAY) == datetime(2026, 11, 22, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("until later", "is not a time"),
        ("until 30 Feb", "is not a time"),
        ("until 22 Nov", "is not to come any more"),
        ("until 5 Dec 2025", "is not to come any more"),
        ("0d", "is not to come any more"),
        ("150w", "more than two years"),
        ("9999w", "more than two years"),
        ("until 5 Dec 2031", "more than two years"),
    ],
)
def test_what_is_no_end_is_answered_with_right_forms(typed: str, why: str) -> None:
    with pytest.raises(BadSubscription) as raised:
        parse_until(typed, "Europe/London", SUNDAY)
    assert why in str(raised.value)
    assert "`until 5 Dec`" in str(raised.value)


@given(st.text(max_size=30))
def test_any_words_are_an_end_to_come_or_a_bad_subscription(words: str) -> None:
    with suppress(BadSubscription):
        until = parse_until(words, "Asia/Kolkata", SUNDAY)
        assert until is None or until > SUNDAY
