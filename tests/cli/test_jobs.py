"""``--jobs``: pages are read in several processes, to the same end."""

from pathlib import Path

import pytest

from publisher.pipeline.readings import READ_TOGETHER
from tests.archive.pages import write_pages
from tests.cli.running import run


def test_pages_that_several_processes_read_are_the_same(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", READ_TOGETHER + 2)
    alone = run("read", pages, "--format", "json")

    assert alone.stdout.count("\n") == READ_TOGETHER + 2
    assert run("read", pages, "--format", "json", "--jobs", 2).stdout == alone.stdout


@pytest.mark.campaign
def test_so_is_the_issue_made_of_them(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", READ_TOGETHER + 2)
    one, two = tmp_path / "one.epub", tmp_path / "two.epub"

    for output, jobs in ((one, 1), (two, 2)):
        assert run("compile", pages, "-o", output, "--title", "Tin", "--jobs", jobs).exit_code == 0

    assert one.read_bytes() == two.read_bytes()
