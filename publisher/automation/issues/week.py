"""Weeks as ISO 8601 counts them: from Monday to Sunday, the first one of a year being that with its first Thursday."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from publisher.errors import OptionError
from publisher.model.blocks import Value

_WEEK = re.compile(r"(\d{4})-W(\d{2})")


class Week(Value, frozen=True, kw_only=True):
    """A week; ``year`` is the ISO year, which is not always the calendar year of its days. An earlier one is less."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    def __lt__(self, other: "Week") -> bool:
        return (self.year, self.number) < (other.year, other.number)

    @property
    def monday(self) -> dt.date:
        """Its first day."""
        return dt.date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> dt.date:
        """Its last day."""
        return dt.date.fromisocalendar(self.year, self.number, 7)


def week_of(day: dt.date) -> Week:
    """The week that the day is in."""
    year, number, _ = day.isocalendar()
    return Week(year=year, number=number)


def parse_week(text: str) -> Week:
    """The week of a text such as ``2026-W12``; OptionError for any other, and for a week that the year has not."""
    match = _WEEK.fullmatch(text)
    try:
        if match:
            week = Week(year=int(match[1]), number=int(match[2]))
            if week.sunday:  # raises for a 53rd week where there are 52
                return week
    except ValueError:
        pass
    raise OptionError(f"{text!r} is no week. Give one such as 2026-W12.")


def parse_weeks(text: str) -> tuple[Week, ...]:
    """The weeks of a text such as ``2026-W12``, ``2026-W01..W52`` or ``2025-W50..2026-W03``, the first one first.

    OptionError for any other, and where the last is before the first.
    """
    first, dots, last = text.partition("..")
    start = parse_week(first)
    end = parse_week(f"{start.year:04}-{last}" if last.startswith("W") else last) if dots else start
    if end < start:
        raise OptionError(f"{text!r} ends before it begins. Give the earlier week first.")
    days = range(0, (end.monday - start.monday).days + 1, 7)
    return tuple(week_of(start.monday + dt.timedelta(days=each)) for each in days)


def last_complete_week(now: dt.datetime, timezone: str) -> Week:
    """The last week that was over at an aware moment, where the time zone's clocks are read."""
    today = now.astimezone(ZoneInfo(timezone)).date()
    return week_of(today - dt.timedelta(days=7))


def names_of(week: Week, number: str | None) -> dict[str, str]:
    """What the names in braces stand for, fit for a file's name."""
    return {"week": str(week), "year": f"{week.year:04}", "number": (number or str(week)).replace("/", "-")}
