"""``publisher archive``: from pages to what is found of them."""

import json
from pathlib import Path

import pytest

from tests.archive.pages import write_pages
from tests.automation.digests import Desk
from tests.cli.running import run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of four pages."""
    folder = tmp_path_factory.mktemp("office")
    pages = write_pages(folder / "pages", 4)
    (pages / "empty.md").write_text("")
    made = run("archive", "add", folder / "news", pages)
    assert made.exit_code == 0
    lost = folder / "news" / "lost.jsonl"
    assert made.stdout == (
        f"{folder / 'news'}: 5 pages read, 4 articles; 0 pages were there already; 1 is lost, see {lost}\n"
    )
    return folder


def test_pages_that_are_there_are_passed_over(folder: Path) -> None:
    again = run("archive", "add", folder / "news", folder / "pages")

    assert again.stdout.startswith(
        f"{folder / 'news'}: 0 pages read, 0 articles; 5 pages were there already; 1 is lost"
    )


def test_articles_are_found_without_their_marks(folder: Path) -> None:
    found = run("archive", "find", folder / "news", "con muoi")

    assert found.stdout == ("2026-01-06  Cồn Muối phải sửa trạm đo mưa thứ 1  Báo Sông Mây https://bao.example/1\n")


def test_as_json_they_are_whole_and_can_be_read_again(folder: Path) -> None:
    found = run("archive", "find", folder / "news", "--until", "2026-01-05", "--json")

    assert json.loads(found.stdout)["headline"] == "Bến Lụa khánh thành cầu treo thứ 0"
    (folder / "found.jsonl").write_text(found.stdout)
    assert "Bến Lụa khánh thành cầu treo thứ 0" in run("read", folder / "found.jsonl").stdout


def test_the_status_says_what_there_is(folder: Path) -> None:
    said = run("archive", "status", folder / "news")

    first, second = said.stdout.splitlines()
    assert first.startswith("4 articles of 5 pages, 2026-W02 to undated, in 0.0 MB")
    assert second == f"1 page is lost: see {folder / 'news' / 'lost.jsonl'}"
    assert json.loads(run("archive", "status", folder / "news", "--json").stdout)["weeks"] == ["2026-W02", "undated"]


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    refused = run("archive", "status", tmp_path)

    assert (refused.exit_code, refused.stderr) == (
        *(3, f"publisher: there is no archive in {tmp_path}. Make one: publisher archive add {tmp_path} PAGES\n"),
    )


def test_one_executor_is_enough(tmp_path: Path) -> None:
    refused = run("archive", "add", tmp_path / "news", tmp_path, "--jobs", "2", "--cluster", "tcp://127.0.0.1:1")

    assert (refused.exit_code, refused.stderr) == (
        *(2, "publisher: --jobs is of this machine, and --cluster of others. Give one of both.\n"),
    )


def test_stories_are_grouped_where_there_are_new_ones(folder: Path) -> None:
    first = run("archive", "group", folder / "news")

    assert first.stdout == f"{folder / 'news'}: 2 weeks grouped, with 4 articles in 4 stories\n"
    assert run("archive", "group", folder / "news").stdout == (
        f"{folder / 'news'}: 0 weeks grouped, with 0 articles in 0 stories\n"
    )


DIGEST = """\
[series]
title = "Tin"
name = "tin"
language = "vi"

[[sources]]
from = "archive:news"

[[outputs]]
file = "tin-{week}.epub"

[shelf]
folder = "shelf"

[policy]
checks = "none"
"""


def test_issues_are_published_once(folder: Path) -> None:
    Desk(folder, DIGEST + '\n[theme]\nname = "bare"\nfolders = ["themes"]\n')
    command = ("archive", "publish", folder / "news", folder / "digest.toml", "--weeks", "2026-W02")

    first, second = run(*command), run(*command, "--json")

    issue = folder / "shelf" / "issues" / "2026-W02"
    assert first.stdout == f"digest.toml 2026-W02: 2026-W02 is published with 4 articles in {issue}\n"
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert json.loads(second.stdout)["message"] == f"2026-W02 is published already: {issue}"


def test_what_cannot_be_published_is_counted_and_its_first_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text(
        DIGEST.replace("archive:news", f'archive:{folder / "news"}?day=1"\nrequired = true #')
    )

    failed = run("archive", "publish", folder / "news", tmp_path / "digest.toml", "--weeks", "2026-W02..W03")

    assert failed.exit_code == 8
    assert failed.stderr.startswith(
        "publisher: 2 of 2 issues could not be published. The first: digest.toml 2026-W02: "
        f"'{folder / 'news'}?day=1' asks for 'day'. "
    )


def test_a_digest_without_the_archive_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text(DIGEST)

    refused = run("archive", "publish", folder / "news", tmp_path / "digest.toml", "--weeks", "2026-W02")

    assert (refused.exit_code, refused.stderr) == (
        2,
        f"publisher: {tmp_path / 'digest.toml'} takes nothing from {folder / 'news'}. "
        'Give it a source: from = "archive:FOLDER".\n',
    )
