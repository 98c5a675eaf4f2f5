"""What people type for a value."""

import datetime as dt

import click
import pytest

from publisher.cli.parameters import Day


@pytest.mark.parametrize("typed", ["2026-03-21", "21/3/2026", "21/03/2026", "21.3.2026", "21-03-2026"])
def test_a_day_is_understood_as_people_write_it(typed):
    assert Day().convert(typed, None, None) == dt.date(2026, 3, 21)


@pytest.mark.parametrize("typed", ["3/21/2026", "31/2/2026", "21/3-2026", "21/3", "mai"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(click.BadParameter, match=r"^'[^']+' is not a day such as 2026-03-21 or 21/3/2026, nor today$"):
        Day().convert(typed, None, None)
