from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.cadence import describe, describe_quiet, parse_cadence, parse_quiet, quiet_words
from summaries.delivery import Cadence, CadenceKind, Quiet
from summaries.errors import BadSubscription
from summaries.holidays import is_bank_holiday
from summaries.periods import due_periods, next_due
from summaries.quiet import is_quiet, quiet_until, within_hours

ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "UTC")
NIGHT = Quiet((time(18), time(8)))
HALF_HOUR = timedelta(minutes=30)

half_hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
hours = st.tuples(half_hours, half_hours).filter(lambda pair: pair[0] != pair[1])
quiets = st.builds(Quiet, st.none() | hours, st.booleans(), st.booleans())
moments = st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "quiet"),
    [
        ("none", Quiet()),
        ("18:00-08:00", NIGHT),
        ("6pm-8am", NIGHT),
        ("18.00–08.00", NIGHT),
        ("weekends", Quiet(weekends=True)),
        ("Holidays", Quiet(holidays=True)),
        ("holidays,18:00-08:00, weekends", Quiet((time(18), time(8)), weekends=True, holidays=True)),
    ],
)
def test_quiet_times_are_read_as_people_type_them(typed: str, quiet: Quiet) -> None:
    assert parse_quiet(typed) == quiet


@pytest.mark.parametrize(
    "typed", ["", ",", "18:00", "08:00-08:00", "18:00-25:00", "nights", "none,weekends", "1:00-2:00,3:00-4:00", "-"]
)
def test_other_words_are_answered_with_the_right_ones(typed: str) -> None:
    with pytest.raises(BadSubscription) as raised:
        parse_quiet(typed)
    assert "`quiet:weekends`" in str(raised.value)
    assert "`quiet:none`" in str(raised.value)


@given(quiets)
def test_quiet_times_written_out_read_the_same(quiet: Quiet) -> None:
    assert parse_quiet(quiet_words(quiet)) == quiet


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("none", ""),
        ("weekends", "not at weekends"),
        ("holidays", "not on bank holidays"),
        ("18:00-08:00", "not between 18:00 and 08:00"),
        ("18:00-08:00,weekends", "not at weekends, nor between 18:00 and 08:00"),
        ("18:00-08:00,weekends,holidays", "not at weekends or on bank holidays, nor between 18:00 and 08:00"),
    ],
)
def test_quiet_times_are_told_in_plain_words(typed: str, told: str) -> None:
    assert describe_quiet(parse_quiet(typed)) == told


def test_a_cadence_is_told_with_when_it_is_not() -> None:
    quiet = parse_quiet("weekends")
    assert describe(parse_cadence("daily"), "UTC", quiet) == "every day at 08:30 (UTC), not at weekends"
    assert describe(parse_cadence("daily"), "UTC", Quiet()) == "every day at 08:30 (UTC)"
    assert describe(parse_cadence("now"), "UTC", quiet) == "as soon as there is something new, not at weekends (UTC)"


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-11-20T17:59", "2026-11-20T17:59"),  # a Friday
        ("2026-11-20T18:00", "2026-11-21T08:00"),
        ("2026-11-21T07:59", "2026-11-21T08:00"),
        ("2026-11-21T08:00", "2026-11-21T08:00"),
        ("2026-07-01T17:00", "2026-07-02T07:00"),  # London is an hour ahead
    ],
)
def test_quiet_hours_go_over_midnight(moment: str, until: str) -> None:
    assert quiet_until(NIGHT, "Europe/London", utc(moment)) == utc(until)
    assert is_quiet(NIGHT, "Europe/London", utc(moment)) == (moment != until)


def test_quiet_hours_weekend_and_holiday_follow_one_another() -> None:
    everything = Quiet((time(18), time(8)), weekends=True, holidays=True)
    thursday = utc("2026-12-24T18:30")
    assert quiet_until(everything, "Europe/London", thursday) == utc("2026-12-29T08:00")


def test_quiet_hours_by_day_do_not_go_over_midnight() -> None:
    noon = Quiet((time(12), time(14)))
    assert not is_quiet(noon, "UTC", utc("2026-11-20T11:59"))
    assert quiet_until(noon, "UTC", utc("2026-11-20T12:00")) == utc("2026-11-20T14:00")
    assert not is_quiet(noon, "UTC", utc("2026-11-21T02:00"))


def test_hours_that_end_where_autumn_repeats_end_at_the_first_pass() -> None:
    night = Quiet((time(22), time(1, 30)))
    assert quiet_until(night, "Europe/London", utc("2026-10-24T23:00")) == utc("2026-10-25T00:30")
    assert not is_quiet(night, "Europe/London", utc("2026-10-25T01:15"))  # 01:15 for the second time


def test_hours_that_end_where_spring_skips_end_with_the_gap() -> None:
    night = Quiet((time(22), time(1, 30)))
    assert quiet_until(night, "Europe/London", utc("2026-03-29T00:30")) == utc("2026-03-29T01:00")


@given(quiets, st.sampled_from(ZONES), moments)
def test_what_is_quiet_ends_and_not_before(quiet: Quiet, zone: str, moment: datetime) -> None:
    until = quiet_until(quiet, zone, moment)
    assert until >= moment
    assert not is_quiet(quiet, zone, until)
    assert quiet_until(quiet, zone, until) == until
    step = moment
    while step < until:
        assert is_quiet(quiet, zone, step)
        step += HALF_HOUR


@given(quiets, st.sampled_from(ZONES), moments)
def test_far_from_changes_of_the_clocks_it_is_quiet_by_what_the_clock_shows(
    quiet: Quiet, zone: str, moment: datetime
) -> None:
    tz = ZoneInfo(zone)
    local = moment.astimezone(tz)
    if len({(moment + timedelta(hours=away)).astimezone(tz).utcoffset() for away in range(-48, 49, 4)}) > 1:
        return
    quiet_day = (quiet.weekends and f"{local:%a}" in "Sat Sun") or (quiet.holidays and is_bank_holiday(local.date()))
    assert is_quiet(quiet, zone, moment) == (quiet_day or within_hours(quiet, local.time()))


def due(typed: str, quiet: str, after: str, now: str) -> list[tuple[str, str]]:
    periods = due_periods(parse_cadence(typed), "Europe/London", utc(after), utc(now), parse_quiet(quiet))
    return [(key, f"{at:%a %d %H:%M}") for key, at in periods]


def test_a_quiet_day_has_no_period_by_the_day() -> None:
    assert due("daily 09:00", "weekends,holidays", "2026-12-24T00:00", "2026-12-30T00:00") == [
        ("2026-12-24/daily", "Thu 24 09:00"),
        ("2026-12-29/daily", "Tue 29 09:00"),
    ]
    assert due("weekdays 09:00", "holidays", "2026-12-24T00:00", "2026-12-30T00:00") == [
        ("2026-12-24/weekdays", "Thu 24 09:00"),
        ("2026-12-29/weekdays", "Tue 29 09:00"),
    ]


def test_a_week_or_month_named_by_a_quiet_day_keeps_its_period_and_waits() -> None:
    assert due("weekly Fri 09:00", "weekends,holidays", "2026-12-19T00:00", "2026-12-30T00:00") == [
        ("2026-W52/weekly", "Tue 29 09:00")
    ]
    assert due("monthly last Fri 09:00", "weekends,holidays", "2026-12-01T00:00", "2026-12-30T00:00") == [
        ("2026-12/monthly", "Tue 29 09:00")
    ]


def test_a_week_that_waits_into_the_next_is_found_from_within_its_delay() -> None:
    friday = Cadence(CadenceKind.WEEKLY, time(9), 4)
    quiet = parse_quiet("weekends,holidays")
    assert next_due(friday, "Europe/London", utc("2026-12-28T12:00"), quiet) == utc("2026-12-29T09:00")
    assert next_due(friday, "Europe/London", utc("2026-12-29T09:00"), quiet) == utc("2027-01-04T09:00")


def test_a_missing_friday_is_not_made_up_for_at_a_quiet_weekend() -> None:
    friday, quiet = parse_cadence("weekly Fri 09:00"), Quiet(weekends=True)
    [period] = due_periods(friday, "Pacific/Apia", utc("2011-12-27T00:00"), utc("2012-01-04T00:00"), quiet)
    assert period.key == "2011-W52/weekly"
    local = period.due_at.astimezone(ZoneInfo("Pacific/Apia"))
    assert (local.date(), local.time()) == (date(2012, 1, 2), time(9))
