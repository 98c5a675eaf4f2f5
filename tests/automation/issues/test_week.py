"""Weeks as ISO 8601 counts them."""

import datetime as dt

import pytest

from publisher.automation.issues.week import Week, last_complete_week, parse_week, parse_weeks, week_of
from publisher.errors import OptionError


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (dt.date(2025, 12, 28), "2025-W52"),
        *((dt.date(2025, 12, 29) + dt.timedelta(days=number), "2026-W01") for number in range(7)),
        (dt.date(2026, 1, 5), "2026-W02"),
        (dt.date(2026, 12, 28), "2026-W53"),
        (dt.date(2027, 1, 3), "2026-W53"),
        (dt.date(2027, 1, 4), "2027-W01"),
        (dt.date(2021, 1, 3), "2020-W53"),
    ],
)
def test_a_day_is_in_the_week_of_its_thursday(day, week):
    assert str(week_of(day)) == week


def test_a_week_has_seven_days_from_monday_to_sunday():
    week = parse_week("2026-W01")

    assert (week.monday, week.sunday) == (dt.date(2025, 12, 29), dt.date(2026, 1, 4))


@pytest.mark.parametrize("text", ["2025-W53", "2026-W00", "2026-W54", "2026-12", "W12", "2026-W1", "", "2026-W12 "])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(OptionError) as raised:
        parse_week(text)

    assert str(raised.value) == f"{text!r} is no week. Give one such as 2026-W12."


def test_weeks_are_in_the_order_of_time_across_years():
    assert sorted(map(parse_week, ["2026-W01", "2025-W52", "2026-W53", "2026-W09"])) == [
        Week(year=2025, number=52),
        Week(year=2026, number=1),
        Week(year=2026, number=9),
        Week(year=2026, number=53),
    ]


@pytest.mark.parametrize(
    ("now", "timezone", "week"),
    [
        pytest.param("2026-03-22T16:59:59+00:00", "Asia/Ho_Chi_Minh", "2026-W11", id="Sunday, 23:59:59 in Vietnam"),
        pytest.param("2026-03-22T17:00:00+00:00", "Asia/Ho_Chi_Minh", "2026-W12", id="Monday, midnight in Vietnam"),
        pytest.param("2026-03-22T17:00:00+00:00", "UTC", "2026-W11", id="still Sunday in Greenwich"),
        pytest.param("2026-03-23T04:59:59+00:00", "America/Chicago", "2026-W11", id="still Sunday in Chicago"),
        pytest.param("2026-03-23T05:00:00+00:00", "America/Chicago", "2026-W12", id="Monday in Chicago, summer time"),
        pytest.param("2026-01-04T17:00:00+00:00", "Asia/Ho_Chi_Minh", "2026-W01", id="the week of the New Year"),
        pytest.param("2025-12-31T12:00:00+00:00", "UTC", "2025-W52", id="inside it"),
        pytest.param("2027-01-04T00:00:00+00:00", "UTC", "2026-W53", id="a year of 53 weeks"),
    ],
)
def test_the_last_complete_week_ends_at_midnight_of_the_time_zone(now, timezone, week):
    assert str(last_complete_week(dt.datetime.fromisoformat(now), timezone)) == week


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("2026-W12", ["2026-W12"]),
        ("2026-W12..W14", ["2026-W12", "2026-W13", "2026-W14"]),
        ("2026-W52..2027-W01", ["2026-W52", "2026-W53", "2027-W01"]),
    ],
)
def test_weeks_are_from_the_first_to_the_last(text: str, weeks: list[str]) -> None:
    assert [str(week) for week in parse_weeks(text)] == weeks


def test_weeks_do_not_run_backwards() -> None:
    with pytest.raises(OptionError, match=r"^'2026-W12..W11' ends before it begins. Give the earlier week first.$"):
        parse_weeks("2026-W12..W11")
