"""The series that an issue belongs to, and its place in it."""

import datetime as dt

import pytest

from publisher.model import Issue, Series
from publisher.theming.series import series_for, week_of


def issue(**fields):
    kept = {"identifier": "urn:a", "title": "Tuần tin", "number": None, "date": None, "language": "vi"}
    return Issue(**{**kept, "articles": (), "appendix": (), **fields})


@pytest.mark.parametrize(
    ("number", "date", "position"),
    [
        ("12", None, "12"),
        ("012", None, "12"),
        ("0", None, "0"),
        ("12.5", None, "12.5"),
        (" 7 ", dt.date(2025, 10, 18), "7"),
        ("12-13", dt.date(2025, 10, 18), "2025.42"),
        ("Tết", dt.date(2025, 2, 26), "2025.09"),
        (None, dt.date(2024, 12, 30), "2025.01"),
    ],
)
def test_the_number_is_the_place_else_the_week_is(number, date, position):
    assert series_for(issue(number=number, date=date), "") == Series(name="Tuần tin", position=position)


@pytest.mark.parametrize(
    "fields",
    [{}, {"number": "Tết"}, {"title": None, "number": "12"}],
    ids=["neither number nor date", "a number that is none", "no name"],
)
def test_without_a_name_and_a_place_there_is_no_series(fields):
    assert series_for(issue(**fields), "") is None


def test_the_plans_name_comes_before_the_title_and_the_title_before_the_masthead():
    given = {"number": "1"}

    assert series_for(issue(series="Tin tuần", **given), "Báo").name == "Tin tuần"
    assert series_for(issue(**given), "Báo").name == "Tuần tin"
    assert series_for(issue(title=None, **given), "Báo").name == "Báo"


def test_the_weeks_of_a_year_sort_as_text_and_as_numbers():
    positions = [series_for(issue(date=dt.date.fromisocalendar(2026, week, 1)), "").position for week in range(1, 54)]

    assert positions == sorted(positions) == sorted(positions, key=float)


@pytest.mark.parametrize(
    ("day", "week"), [((2024, 12, 30), "2025-W01"), ((2027, 1, 3), "2026-W53"), ((2025, 10, 18), "2025-W42")]
)
def test_a_week_belongs_to_the_year_of_its_thursday(day, week):
    assert week_of(dt.date(*day)) == week
