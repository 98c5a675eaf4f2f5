"""An office: two series that take their articles from one archive."""

import datetime as dt
from pathlib import Path

from tests.archive.pages import MONDAY, added, page
from tests.automation.digests import PLAIN, Desk

SETTINGS = (
    """\
[series]
title = "{title}"
name = "{name}"
language = "vi"

[[sources]]
from = "archive:../news{query}"

[[outputs]]
file = "{name}-{{week}}.epub"

"""
    + PLAIN
)


def office(folder: Path, weeks: int) -> tuple[Path, Path]:
    """The settings of two series that take from one archive: six stories a week, one of which is told again later."""
    pages = folder / "pages"
    pages.mkdir()
    for number in range(6 * weeks):
        day = MONDAY + dt.timedelta(days=number // 6 * 7 + number % 6)
        (pages / f"{number:04}.md").write_text(page(number, day), encoding="utf-8")
        if number % 6 == 5:  # Another page with the same article, a week later.
            again = page(number, day + dt.timedelta(days=3))
            (pages / f"{number:04}-again.md").write_text(again, encoding="utf-8")
    added(folder / "news", pages)
    for name, query in (("all", ""), ("mekong", "?publication=Báo Sông Mây")):
        (folder / name).mkdir()
        Desk(folder / name, SETTINGS.format(title=name.title(), name=name, query=query))
    return folder / "all" / "digest.toml", folder / "mekong" / "digest.toml"
