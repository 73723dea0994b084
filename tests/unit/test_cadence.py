from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summaries.cadence import cadence_words, describe, parse_cadence
from summaries.delivery import Cadence, CadenceKind
from summaries.errors import BadSubscription
from summaries.periods import due_periods, next_due

ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "UTC")
DAY = timedelta(days=1)

times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
cadences = st.one_of(
    st.builds(Cadence, st.sampled_from([CadenceKind.DAILY, CadenceKind.WEEKDAYS]), times),
    st.builds(Cadence, st.just(CadenceKind.WEEKLY), times, st.integers(0, 6)),
    st.builds(Cadence, st.just(CadenceKind.MONTHLY), times, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1])),
)
moments = st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("typed", "cadence"),
    [
        ("now", Cadence(CadenceKind.NOW)),
        ("daily", Cadence(CadenceKind.DAILY, time(8, 30))),
        ("Daily at 17:05", Cadence(CadenceKind.DAILY, time(17, 5))),
        ("daily 9am", Cadence(CadenceKind.DAILY, time(9))),
        ("daily 12.30 pm", Cadence(CadenceKind.DAILY, time(12, 30))),
        ("daily 12am", Cadence(CadenceKind.DAILY, time(0))),
        ("weekdays 09:00", Cadence(CadenceKind.WEEKDAYS, time(9))),
        ("weekly Mon", Cadence(CadenceKind.WEEKLY, time(8, 30), 0)),
        ("weekly Thursdays 8:30", Cadence(CadenceKind.WEEKLY, time(8, 30), 3)),
        ("weekly weds", Cadence(CadenceKind.WEEKLY, time(8, 30), 2)),
        ("monthly 1st Tue", Cadence(CadenceKind.MONTHLY, time(8, 30), 1, 1)),
        ("monthly last friday 16:00", Cadence(CadenceKind.MONTHLY, time(16), 4, -1)),
    ],
)
def test_a_cadence_is_read_as_people_type_it(typed: str, cadence: Cadence) -> None:
    assert parse_cadence(typed) == cadence


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("", "daily 08:30"),
        ("dayly 9:00", "daily 08:30"),
        ("weekday 09:00", "weekdays 08:30"),
        ("hourly", "daily 08:30"),
        ("now please", "now"),
        ("daily 25:00", "daily 08:30"),
        ("daily 8:60", "daily 08:30"),
        ("daily 13pm", "daily 08:30"),
        ("daily 8", "daily 08:30"),
        ("weekly", "weekly Mon 08:30"),
        ("weekly 08:30", "weekly Mon 08:30"),
        ("weekly s", "weekly Mon 08:30"),
        ("monthly Tue", "monthly 1st Tue 08:30"),
        ("monthly 5th Tue", "monthly 1st Tue 08:30"),
        ("monthly", "monthly 1st Tue 08:30"),
    ],
)
def test_a_wrong_cadence_is_answered_with_the_nearest_right_form(typed: str, nearest: str) -> None:
    with pytest.raises(BadSubscription) as raised:
        parse_cadence(typed)
    assert raised.value.facts["nearest"] == nearest
    assert f"`{nearest}`" in str(raised.value)
    parse_cadence(nearest)


@given(st.one_of(cadences, st.just(Cadence(CadenceKind.NOW))))
def test_a_cadence_written_out_reads_the_same(cadence: Cadence) -> None:
    assert parse_cadence(cadence_words(cadence)) == cadence


@given(st.text(max_size=40))
def test_any_words_are_a_cadence_or_a_bad_subscription(words: str) -> None:
    with suppress(BadSubscription):
        assert parse_cadence(words).kind in CadenceKind


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("now", "as soon as there is something new"),
        ("daily", "every day at 08:30 (Europe/London)"),
        ("weekdays 09:00", "every weekday at 09:00 (Europe/London)"),
        ("weekly Sun 18:00", "every Sunday at 18:00 (Europe/London)"),
        ("monthly last Fri", "on the last Friday of the month at 08:30 (Europe/London)"),
    ],
)
def test_a_cadence_is_told_in_plain_words(typed: str, told: str) -> None:
    assert describe(parse_cadence(typed), "Europe/London") == told


def due(typed: str, zone: str, after: datetime, now: datetime) -> list[tuple[str, str]]:
    return [(key, f"{at:%Y-%m-%dT%H:%M}") for key, at in due_periods(parse_cadence(typed), zone, after, now)]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_periods_are_named_by_the_local_calendar() -> None:
    after, now = utc("2026-10-18T12:00"), utc("2026-11-04T12:00")
    assert due("weekly Fri 09:00", "Europe/London", after, now) == [
        ("2026-W43/weekly", "2026-10-23T08:00"),
        ("2026-W44/weekly", "2026-10-30T09:00"),
    ]
    assert due("monthly 1st Tue", "Europe/London", after, now) == [("2026-11/monthly", "2026-11-03T08:30")]
    assert due("monthly last Sat", "Europe/London", after, now) == [("2026-10/monthly", "2026-10-31T08:30")]
    assert [key for key, _ in due("weekdays", "UTC", after, utc("2026-10-27T00:00"))] == [
        f"2026-10-{day}/weekdays" for day in (19, 20, 21, 22, 23, 26)
    ]


def test_the_iso_week_belongs_to_its_own_year() -> None:
    periods = due("weekly Fri", "UTC", utc("2026-12-26T00:00"), utc("2027-01-02T00:00"))
    assert periods == [("2026-W53/weekly", "2027-01-01T08:30")]


def test_a_local_day_is_not_the_day_in_utc() -> None:
    periods = due("daily 08:30", "Pacific/Apia", utc("2026-11-20T00:00"), utc("2026-11-21T00:00"))
    assert periods == [("2026-11-21/daily", "2026-11-20T19:30")]


def test_the_hour_autumn_repeats_is_due_once_at_its_first_pass() -> None:
    periods = due("daily 01:30", "Europe/London", utc("2026-10-24T12:00"), utc("2026-10-25T12:00"))
    assert periods == [("2026-10-25/daily", "2026-10-25T00:30")]
    periods = due("daily 01:45", "Australia/Lord_Howe", utc("2026-04-04T06:00"), utc("2026-04-05T06:00"))
    assert periods == [("2026-04-05/daily", "2026-04-04T14:45")]


def test_the_hour_spring_skips_is_due_at_the_first_moment_after_it() -> None:
    periods = due("daily 01:30", "Europe/London", utc("2026-03-28T12:00"), utc("2026-03-29T12:00"))
    assert periods == [("2026-03-29/daily", "2026-03-29T01:00")]
    periods = due("daily 02:10", "Australia/Lord_Howe", utc("2026-10-03T06:00"), utc("2026-10-04T06:00"))
    assert periods == [("2026-10-04/daily", "2026-10-03T15:30")]


def test_a_day_the_calendar_left_out_has_no_daily_period_but_its_week_is_not_lost() -> None:
    after, now = utc("2011-12-29T00:00"), utc("2011-12-31T20:00")
    assert [key for key, _ in due("daily", "Pacific/Apia", after, now)] == [
        "2011-12-29/daily",
        "2011-12-31/daily",
        "2012-01-01/daily",
    ]
    assert due("weekly Fri", "Pacific/Apia", after, now) == [("2011-W52/weekly", "2011-12-30T10:00")]


def test_now_has_no_periods() -> None:
    cadence = parse_cadence("now")
    assert due_periods(cadence, "UTC", utc("2020-01-01T00:00"), utc("2026-01-01T00:00")) == []
    assert next_due(cadence, "UTC", utc("2026-01-01T00:00")) is None


@given(cadences, st.sampled_from(ZONES), moments, st.integers(0, 400))
@example(Cadence(CadenceKind.WEEKDAYS, time(8, 30)), "Pacific/Apia", datetime(2011, 12, 20, tzinfo=UTC), 20)
def test_each_local_period_is_due_exactly_once_and_never_early(
    cadence: Cadence, zone: str, after: datetime, days: int
) -> None:
    now = after + days * DAY
    periods = due_periods(cadence, zone, after, now)
    assert all(after < period.due_at <= now for period in periods)
    assert len({period.key for period in periods}) == len(periods)
    assert periods == sorted(periods, key=lambda period: period.due_at)
    assert [period.key for period in periods] == expected_keys(cadence, zone, after, now)
    for period in periods:
        local = period.due_at.astimezone(ZoneInfo(zone))
        before = (period.due_at - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        skipped_to_here = before.utcoffset() != local.utcoffset()
        assert local.time() == cadence.at or skipped_to_here
        assert local.fold == 0


def expected_keys(cadence: Cadence, zone: str, after: datetime, now: datetime) -> list[str]:
    """The same question answered by brute force: walk every minute near each day's time and name the day."""
    tz, keys = ZoneInfo(zone), []
    day = after.astimezone(tz).date() - 2 * DAY
    while day <= now.astimezone(tz).date():
        if named(cadence, day):
            moment = walk_to(day, cadence.at or time(0), tz)
            whole_day_missing = walk_to(day, time(0), tz).astimezone(tz).date() > day
            by_day = cadence.kind in {CadenceKind.DAILY, CadenceKind.WEEKDAYS}
            if after < moment <= now and not (by_day and whole_day_missing):
                keys.append(key_of(cadence, day))
        day += DAY
    return keys


def walk_to(day: date, at: time, tz: ZoneInfo) -> datetime:
    """The first minute that shows this local time or a later one; walked to when the clocks change thereabouts."""
    wanted = datetime.combine(day, at, tzinfo=UTC)
    moment = wanted - timedelta(hours=40)
    offset = moment.astimezone(tz).utcoffset() or timedelta(0)
    if (wanted + timedelta(hours=40)).astimezone(tz).utcoffset() == offset:
        return wanted - offset
    while moment.astimezone(tz).replace(tzinfo=UTC) < wanted:
        moment += timedelta(minutes=1)
    return moment


def named(cadence: Cadence, day: date) -> bool:
    last_week = (day + 7 * DAY).month != day.month
    return {
        CadenceKind.DAILY: True,
        CadenceKind.WEEKDAYS: day.weekday() < 5,
        CadenceKind.WEEKLY: day.weekday() == cadence.weekday,
        CadenceKind.MONTHLY: day.weekday() == cadence.weekday
        and (last_week if cadence.nth == -1 else (day.day - 1) // 7 + 1 == cadence.nth),
    }[cadence.kind]


def key_of(cadence: Cadence, day: date) -> str:
    weekly, monthly = f"{day:%G-W%V}", f"{day:%Y-%m}"
    name = {CadenceKind.WEEKLY: weekly, CadenceKind.MONTHLY: monthly}.get(cadence.kind, day.isoformat())
    return f"{name}/{cadence.kind.value}"


@given(cadences, st.sampled_from(ZONES), moments)
def test_the_next_run_is_the_first_period_to_come(cadence: Cadence, zone: str, now: datetime) -> None:
    following = next_due(cadence, zone, now)
    assert following is not None
    assert [period.due_at for period in due_periods(cadence, zone, now, following)] == [following]


@given(cadences, st.sampled_from(ZONES), moments, st.lists(st.integers(1, 60 * 24 * 40), min_size=1, max_size=8))
def test_however_often_it_is_asked_every_period_is_told_once(
    cadence: Cadence, zone: str, start: datetime, minutes: list[int]
) -> None:
    told, after = [], start
    for wait in minutes:
        now = after + timedelta(minutes=wait)
        told += due_periods(cadence, zone, after, now)
        after = now
    assert told == due_periods(cadence, zone, start, after)
