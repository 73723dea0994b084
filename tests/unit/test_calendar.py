"""Five years of every cadence in six zones, against an oracle that walks the clock on the wall by half-hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from summaries.delivery import Cadence, CadenceKind, Quiet
from summaries.periods import Period, due_periods
from summaries.quiet import is_quiet, quiet_until

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY, HALF_HOUR = timedelta(days=1), timedelta(minutes=30)
FIVE_YEARS = {
    "Europe/London": 2024,
    "America/New_York": 2024,
    "Australia/Lord_Howe": 2024,  # its clocks move by half an hour
    "Pacific/Apia": 2009,  # left out 30 December 2011; summer time began and ended in these years
    "Asia/Kolkata": 2024,  # at half past, all the year
    "UTC": 2024,
}
TIMES = [time(minute // 60, minute % 60) for minute in range(0, 24 * 60, 30)]
CADENCES = [
    Cadence(CadenceKind.DAILY),
    Cadence(CadenceKind.WEEKDAYS),
    *(Cadence(CadenceKind.WEEKLY, weekday=weekday) for weekday in range(7)),
    *(Cadence(CadenceKind.MONTHLY, weekday=nth % 7, nth=nth) for nth in (1, 2, 3, 4, -1)),
    *(Cadence(CadenceKind.MONTHLY, weekday=4, nth=nth) for nth in (1, -1)),
]


def span_of(zone: str) -> tuple[date, date]:
    """The first and last local date of a zone's five years."""
    return date(FIVE_YEARS[zone], 1, 1), date(FIVE_YEARS[zone] + 4, 12, 31)


@cache
def on_the_wall(zone: str, step: timedelta = HALF_HOUR) -> tuple[dict[datetime, datetime], frozenset[date]]:
    """Local date and time → the first moment at which the clock on the wall shows it, or has passed it; and the dates
    that it shows at all. Knows nothing of offsets: it looks at the clock again and again."""
    first, last = span_of(zone)
    shows: dict[datetime, datetime] = {}
    dates = set()
    wanted = datetime.combine(first, time(0))
    end = datetime.combine(last, time(23, 30))
    moment, tz = datetime.combine(first - 2 * DAY, time(0), UTC), ZoneInfo(zone)
    while wanted <= end:
        wall = moment.astimezone(tz).replace(tzinfo=None)
        dates.add(wall.date())
        while wanted <= wall:
            shows[wanted] = moment
            wanted += step
        moment += step
    return shows, frozenset(dates)


def named_days(cadence: Cadence, first: date, last: date) -> Iterator[tuple[str, date]]:
    """The local dates that a cadence names, each with the name of its period, said otherwise than `periods` says it."""
    day = first
    while day <= last:
        nth_last = (day + 7 * DAY).month != day.month
        match cadence.kind:
            case CadenceKind.DAILY:
                yield f"{day}/daily", day
            case CadenceKind.WEEKDAYS if day.strftime("%a") not in ("Sat", "Sun"):
                yield f"{day}/weekdays", day
            case CadenceKind.WEEKLY if day.weekday() == cadence.weekday:
                yield f"{day:%G-W%V}/weekly", day
            case CadenceKind.MONTHLY if day.weekday() == cadence.weekday:
                if nth_last if cadence.nth == -1 else (day.day + 6) // 7 == cadence.nth:
                    yield f"{day:%Y-%m}/monthly", day
        day += DAY


def expected(cadence: Cadence, zone: str, days: list[tuple[str, date]]) -> list[Period]:
    shows, dates = on_the_wall(zone)
    by_day = cadence.kind in (CadenceKind.DAILY, CadenceKind.WEEKDAYS)
    at = cadence.at or time(0)
    return [Period(key, shows[datetime.combine(day, at)]) for key, day in days if not by_day or day in dates]


def five_years(cadence: Cadence, zone: str) -> list[Period]:
    """What is due from the first midnight of a zone's five years to the last."""
    first, last = (datetime.combine(day, time(0), ZoneInfo(zone)) for day in span_of(zone))
    after, until = first.astimezone(UTC) - timedelta(seconds=1), last.astimezone(UTC) + DAY - timedelta(seconds=1)
    return due_periods(cadence, zone, after, until)


@pytest.mark.parametrize("zone", FIVE_YEARS)
def test_every_local_period_of_five_years_is_due_once_at_its_local_time(zone: str) -> None:
    checked = 0
    for shape in CADENCES:
        days = list(named_days(shape, *span_of(zone)))
        for at in TIMES:
            cadence = replace(shape, at=at)
            periods = five_years(cadence, zone)
            assert periods == expected(cadence, zone, days), (zone, cadence)
            assert all(one.due_at < other.due_at for one, other in pairwise(periods))
            assert len({period.key for period in periods}) == len(periods)
            checked += len(periods)
    assert checked > 40_000


@pytest.mark.parametrize("zone", FIVE_YEARS)
def test_these_five_years_hold_what_is_hard(zone: str) -> None:
    shows, dates = on_the_wall(zone)
    tz = ZoneInfo(zone)
    skipped = [wall for wall, moment in shows.items() if moment.astimezone(tz).replace(tzinfo=None) != wall]
    changes = {"Asia/Kolkata": 0, "UTC": 0, "Australia/Lord_Howe": 5, "Pacific/Apia": 4 * 2 + 48}.get(zone, 5 * 2)
    assert len(skipped) == changes
    assert (date(2011, 12, 30) in dates) == (zone != "Pacific/Apia" and FIVE_YEARS[zone] <= 2011)


@pytest.mark.parametrize("zone", FIVE_YEARS)
def test_whenever_a_worker_looks_each_period_is_told_once(zone: str) -> None:
    """Late by minutes or weeks, early, or with its clock gone back: what was told last is all that it remembers."""
    dice = Random(f"ticks {zone}")
    for shape in CADENCES:
        cadence = replace(shape, at=dice.choice(TIMES))
        wanted = five_years(cadence, zone)
        start, end = wanted[0].due_at - timedelta(seconds=1), wanted[-1].due_at
        told: list[Period] = []
        now = start
        while now < end:
            now += timedelta(minutes=dice.choice((1, 45, 60 * 9, 60 * 24 * 3, 60 * 24 * 40))) * dice.random()
            looked = min(end, now - dice.choice((timedelta(0), timedelta(0), timedelta(hours=30))))
            told += due_periods(cadence, zone, told[-1].due_at if told else start, looked)
        told += due_periods(cadence, zone, told[-1].due_at if told else start, end)
        assert told == wanted, (zone, cadence)


QUIETS = [
    Quiet(weekends=True),
    Quiet(holidays=True),
    Quiet((time(18), time(8)), weekends=True, holidays=True),
    Quiet((time(1), time(3))),
]


@pytest.mark.parametrize("zone", FIVE_YEARS)
@pytest.mark.parametrize("quiet", QUIETS, ids=["weekends", "holidays", "all", "at night"])
def test_with_quiet_times_weeks_and_months_keep_their_period_and_quiet_days_have_none(zone: str, quiet: Quiet) -> None:
    first, last = span_of(zone)
    after = datetime.combine(first, time(0), UTC)
    until = datetime.combine(last, time(0), UTC)
    for shape in CADENCES:
        cadence = replace(shape, at=time(9, 30))
        plain, kept = five_years(cadence, zone), due_periods(cadence, zone, after, until, quiet)
        assert all(one.due_at < other.due_at for one, other in pairwise(kept))
        assert not any(is_quiet(quiet, zone, period.due_at) for period in kept)
        if cadence.kind in (CadenceKind.DAILY, CadenceKind.WEEKDAYS):
            loud = [one for one in plain if after < one.due_at <= until and not is_quiet(quiet, zone, one.due_at)]
            assert kept == loud
            continue
        due = {period.key: period.due_at for period in kept}
        for period in plain[1:-1]:
            moved = due[period.key] - period.due_at
            assert timedelta(0) <= moved < 6 * DAY
            assert (moved < HALF_HOUR) == (not is_quiet(quiet, zone, period.due_at))


def test_a_time_that_the_clocks_move_into_quiet_hours_is_due_at_their_end() -> None:
    quiet = Quiet((time(2), time(8)))
    cadence = Cadence(CadenceKind.DAILY, time(1, 30))
    [period] = due_periods(
        cadence, "Europe/London", datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 3, 29, 20, tzinfo=UTC), quiet
    )
    assert period == Period("2026-03-29/daily", datetime(2026, 3, 29, 7, tzinfo=UTC))
    assert quiet_until(quiet, "Europe/London", datetime(2026, 3, 29, 1, tzinfo=UTC)) == period.due_at
