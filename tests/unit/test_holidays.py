from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.holidays import bank_holidays, easter_sunday, is_bank_holiday

DAY = timedelta(days=1)

PUBLISHED = {
    2010: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
    2013: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2014: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2015: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2017: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}
"""The bank holidays of England and Wales as the government lists them."""


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_bank_holidays_of_a_year_are_those_the_government_lists(year: int) -> None:
    assert [f"{day:%m-%d}" for day in bank_holidays(year)] == PUBLISHED[year].split()


def test_the_jubilee_of_2002_moved_one_and_added_one() -> None:
    assert [f"{day:%m-%d}" for day in bank_holidays(2002) if day.month in (5, 6)] == ["05-06", "06-03", "06-04"]


def test_each_has_its_name() -> None:
    assert bank_holidays(2026)[date(2026, 12, 28)] == "Boxing Day"
    assert bank_holidays(2022)[date(2022, 12, 27)] == "Christmas Day"
    assert bank_holidays(2022)[date(2022, 9, 19)] == "Bank holiday for the State Funeral of Elizabeth II"


def test_every_day_of_two_decades_is_a_bank_holiday_exactly_when_listed() -> None:
    listed = {date.fromisoformat(f"{year}-{day}") for year, days in PUBLISHED.items() for day in days.split()}
    day = date(2010, 1, 1)
    while day.year < 2029:
        assert is_bank_holiday(day) == (day in listed), day
        day += DAY


@given(st.integers(2029, 2500))
def test_a_year_without_a_proclamation_has_eight_and_none_on_a_weekend(year: int) -> None:
    days = list(bank_holidays(year))
    assert len(days) == 8
    assert all(day.weekday() < 5 and day.year == year for day in days)
    assert days == sorted(days)
    assert Counter(day.month for day in days)[5] == 2


@given(st.integers(1600, 4000))
def test_easter_is_a_sunday_between_the_22nd_of_march_and_the_25th_of_april(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@given(st.integers(1900, 2199))
def test_easter_follows_the_full_moon_of_spring(year: int) -> None:
    """The tables of the Church: the golden number gives the full moon, the Sunday after it is Easter."""
    moons = (414, 403, 323, 411, 331, 418, 408, 328, 416, 405, 325, 413, 402, 322, 410, 330, 417, 407, 327)
    month, day = divmod(moons[year % 19], 100)
    full_moon = date(year, month, day)
    assert easter_sunday(year) == full_moon + DAY * (7 - (full_moon.weekday() + 1) % 7)
