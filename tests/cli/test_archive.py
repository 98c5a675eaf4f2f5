"""``publisher archive``: from pages to what is found of them."""

import json
from pathlib import Path

import pytest

from tests.archive.pages import write_pages
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
