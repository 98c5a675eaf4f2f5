"""An issue that a person made is put on a shelf."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.automation.issues.verify import verify_proof
from publisher.automation.shelf import read_shelf
from publisher.automation.shelving import put_on_shelf
from publisher.config import DeskSettings, parse_desk
from publisher.errors import ConfigError, InputError
from publisher.pipeline import Means, desk_request, publish
from tests.automation.digests import Desk, page

SETTINGS = """\
[issue]
title = "Điểm tin chiều"
number = "12"
date = 2026-03-21

[theme]
name = "bare"
folders = ["themes"]

[[outputs]]
file = "chieu.epub"
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """The folder of a desk, with one page."""
    desk = Desk(tmp_path / "week", settings=None)
    desk.folder.joinpath("cau.md").write_text(page("Cầu Bến Lụa hợp long", "2026-03-20"), encoding="utf-8")
    return desk.folder


@pytest.fixture
def settings() -> DeskSettings:
    return parse_desk(SETTINGS.encode(), Path("desk.toml"))


def put(settings: DeskSettings, folder: Path, **options: bool) -> list[tuple[str, str]]:
    """The weeks and headlines of what the shelf has then."""
    shelf = folder.parent / "shelf"
    put_on_shelf(settings, folder, shelf, Means(), **options)
    return [(each.proof.week, each.proof.articles[0].headline) for each in read_shelf(shelf)]


def test_it_stands_there_as_the_issue_of_its_week_with_the_bytes_of_an_export(folder, settings):
    assert put(settings, folder) == [("2026-W12", "Cầu Bến Lụa hợp long")]

    issue = folder.parent / "shelf" / "issues" / "2026-W12"
    publish(desk_request(settings, folder), Means())
    assert (issue / "chieu.epub").read_bytes() == (folder / "chieu.epub").read_bytes()
    assert verify_proof(issue, None, checks=False, archives=None).doubts == ()
    (shelved,) = read_shelf(folder.parent / "shelf")
    assert (shelved.proof.series, shelved.proof.title, shelved.proof.number) == (
        "diem-tin-chieu",
        "Điểm tin chiều",
        "12",
    )
    assert str(folder).encode() not in (issue / "issue.json").read_bytes()
    assert (folder.parent / "shelf" / "read" / "2026-W12" / "index.html").is_file()


def test_another_of_its_week_is_replaced_when_that_is_said_alone(folder, settings):
    put(settings, folder)
    before = (folder.parent / "shelf" / "index.html").read_bytes()
    folder.joinpath("cau.md").write_text(page("Sếu về bãi Cồn Muối", "2026-03-20"), encoding="utf-8")

    with pytest.raises(InputError) as raised:
        put(settings, folder)

    assert str(raised.value) == f"the shelf {folder.parent / 'shelf'} has an issue of 2026-W12 already"
    assert (folder.parent / "shelf" / "index.html").read_bytes() == before
    assert put(settings, folder, replace=True) == [("2026-W12", "Sếu về bãi Cồn Muối")]


def test_a_shelf_has_one_series_and_an_issue_that_names_none_joins_it(folder, settings):
    named = replace(settings, issue=replace(settings.issue, series="Tuần tin"))
    put(named, folder)
    later = replace(settings, issue=replace(settings.issue, date=dt.date(2026, 3, 28)))

    assert [week for week, _ in put(later, folder)] == ["2026-W13", "2026-W12"]
    with pytest.raises(ConfigError) as raised:
        put(replace(named, issue=replace(named.issue, series="Điểm báo")), folder)
    shelf = folder.parent / "shelf"
    assert str(raised.value) == (
        f"the shelf {shelf} holds the series 'tuan-tin', not 'diem-bao'. Give each its own shelf."
    )


def test_an_issue_without_a_day_is_of_no_week(folder, settings):
    text = (folder / "cau.md").read_text(encoding="utf-8")
    (folder / "cau.md").write_text(text.replace("date: 2026-03-20\n", ""), encoding="utf-8")

    with pytest.raises(InputError) as raised:
        put(replace(settings, issue=replace(settings.issue, date=None)), folder)

    assert str(raised.value) == "the issue has no date, and a shelf has issues by their weeks. Give it a date."
