"""An issue's place among those of its name: what libraries sort their shelves by."""

import datetime as dt
import re

from publisher.model import Issue, Series

_ORDINAL = re.compile(r"0*(\d{1,9}(?:\.\d{1,9})?)")


def series_for(issue: Issue, masthead: str) -> Series | None:
    """The series that an issue with a name, and with a number or a date, belongs to; ``None`` for any other.

    Its name is that of the plan, else the issue's title, else the masthead: a theme's own title names no series.
    """
    name = issue.series or issue.title or masthead
    position = _position(issue)
    return Series(name=name, position=position) if name and position else None


def week_of(day: dt.date) -> str:
    """The week as ISO 8601 writes it, with the year that the week belongs to: 2024-12-30 is in 2025-W01."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _position(issue: Issue) -> str | None:
    """The number, if it is one; else the year and the week, whose two digits put the ninth before the tenth."""
    if issue.number and (match := _ORDINAL.fullmatch(issue.number.strip())):
        return match[1]
    return week_of(issue.date).replace("-W", ".") if issue.date else None
