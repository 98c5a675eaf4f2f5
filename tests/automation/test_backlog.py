"""Issues of many weeks and series from one archive."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.automation.backlog import Folders, IssueMade, publish_backlog
from publisher.automation.issues.verify import verify_proof
from publisher.automation.issues.week import Week, parse_weeks
from publisher.executing.processes import Processes
from publisher.seams import Executor, Here
from tests.archive.pages import MONDAY, added, page
from tests.automation.digests import Desk

SETTINGS = """\
[series]
title = "{title}"
name = "{name}"
language = "vi"

[[sources]]
from = "archive:../news{query}"

[[outputs]]
file = "{name}-{{week}}.epub"

[shelf]
folder = "shelf"

[policy]
checks = "none"

[theme]
name = "bare"
folders = ["themes"]

[files]
cache = "cache"
"""


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


def keys(folder: Path, weeks: tuple[Week, ...]) -> list[str]:
    """The articles of all issues, in their order."""
    desk = Desk(folder, settings=None)
    return [article["key"] for week in weeks for article in desk.proof(str(week))["articles"]]


def endings(issued: Iterator[IssueMade]) -> list[tuple[str, str, int]]:
    return [(Path(each.settings).parent.name, str(each.week), each.code) for each in issued]


def checked(folder: Path, weeks: tuple[Week, ...], executor: Executor) -> float:
    """How much of the first run's processor time a second one takes, which does nothing; each story is told once."""
    digests = [*office(folder, len(weeks))]
    start = time.process_time()
    first = endings(publish_backlog(digests, weeks, Folders(), executor))
    took = time.process_time() - start

    assert first == [(name, str(week), 0) for week in weeks for name in ("all", "mekong")]
    ran = keys(folder / "all", weeks)
    assert len(ran) == len(set(ran)) == 6 * len(weeks)
    assert set(keys(folder / "mekong", weeks)) == {key for key in ran if int(key.rpartition("/")[2]) % 2}
    for week in weeks:
        proof = folder / "all" / "shelf" / "issues" / str(week)
        assert verify_proof(proof, None, checks=False, archives=folder / "all" / "archives").doubts == ()

    start = time.process_time()
    second = endings(publish_backlog(digests, weeks, Folders(), executor))
    again = time.process_time() - start
    assert second == [(name, str(week), 22) for week in weeks for name in ("all", "mekong")]
    return again / took


def test_the_weeks_of_two_series_are_published_with_each_story_once(tmp_path: Path) -> None:
    assert checked(tmp_path, parse_weeks("2026-W02..W05"), Here()) < 0.15


@pytest.mark.campaign
def test_a_year_of_them_is(tmp_path: Path) -> None:
    assert checked(tmp_path, parse_weeks("2026-W02..2027-W01"), Here()) < 0.25


@pytest.mark.campaign
def test_side_by_side_the_issues_are_the_same(tmp_path: Path) -> None:
    weeks = parse_weeks("2026-W02..W03")
    shelves = []
    for name, executor in (("one", Here()), ("two", Processes(2))):
        (tmp_path / name).mkdir()
        digests = office(tmp_path / name, 2)
        assert {each.code for each in publish_backlog(digests, weeks, Folders(), executor)} == {0}
        shelves.append(sorted(path.name for path in (tmp_path / name).rglob("*.epub")))
    assert shelves[0] == shelves[1]


def test_settings_that_cannot_be_used_cost_their_own_issue(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"

    (issued,) = publish_backlog([missing], parse_weeks("2026-W12"), Folders(), Here())

    assert (issued.code, issued.is_published) == (9, False)
    assert issued.message == f"cannot read the settings {missing}: no such file or directory. Name a digest.toml"
