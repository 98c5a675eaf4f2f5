"""An archive is the same whoever reads its pages, and however often that was ended."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from publisher.archive.adding import Added, add
from publisher.archive.batches import ArchiveReader, Batch, WantedPage
from publisher.archive.parts import read_part
from publisher.archive.places import parts_of, weeks_of
from publisher.archive.receipts import LostPage, list_lost
from publisher.errors import InputError
from publisher.executing.cluster import Cluster
from publisher.executing.processes import Processes
from publisher.fetching import load
from publisher.model import Problem
from publisher.pipeline import Means
from publisher.reading import read
from publisher.seams import Lost
from tests.archive import pages as made
from tests.archive.pages import KilledError, added, files, write_pages
from tests.cli.running import run
from tests.executing.cluster import local_cluster

COUNT = 23

T = TypeVar("T")
R = TypeVar("R")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("of") / "pages", COUNT)


@pytest.fixture(scope="module")
def whole(pages: Path) -> dict[str, bytes]:
    """The archive of the pages, made in one run, in this process."""
    archive = pages.parent / "whole"
    assert added(archive, pages) == Added(pages=COUNT, articles=COUNT, lost=0, known=0)
    return files(archive)


def test_articles_lie_in_the_weeks_of_their_days(pages: Path, whole: dict[str, bytes]) -> None:
    archive = pages.parent / "whole"

    assert weeks_of(archive) == ("2026-W02", "2026-W03", "2026-W04", "2026-W05", "undated")
    found = {
        week: [row.origin[-7:-3] for part in parts_of(archive, week) for row in read_part(part)]
        for week in weeks_of(archive)
    }
    assert sorted(found["2026-W02"]) == [f"{number:04}" for number in range(7)]
    assert found["undated"] == ["0022"]


def test_an_article_comes_back_as_it_was_read(pages: Path, whole: dict[str, bytes]) -> None:
    (part,) = parts_of(pages.parent / "whole", "undated")
    (row,) = read_part(part)

    article = read(load([row.origin])[0]).articles[0]
    assert row.whole() == article
    assert (row.key, row.headline, row.publication) == (article.key, article.headline, article.publication)


def test_what_is_there_is_not_read_again(tmp_path: Path, pages: Path, whole: dict[str, bytes]) -> None:
    archive = tmp_path / "news"
    added(archive, pages)

    again = add(archive, [str(pages)], made.reader_of(made.killed_at, ".md"), Means())

    assert again == Added(pages=0, articles=0, lost=0, known=COUNT)
    assert files(archive) == whole


def test_pages_that_come_later_are_added_and_those_that_change_are_read_again(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", 6)
    archive = tmp_path / "news"
    added(archive, folder)
    before = files(archive)
    (folder / "0003.md").write_text(made.page(33, made.MONDAY), encoding="utf-8")
    (folder / "9999.md").write_text(made.page(99, made.MONDAY), encoding="utf-8")

    assert added(archive, folder) == Added(pages=2, articles=2, lost=0, known=5)
    assert {name: data for name, data in files(archive).items() if name in before} == before


@pytest.mark.parametrize("at", [0, 7, 22])
def test_a_run_that_was_ended_goes_on_to_the_same_bytes(
    tmp_path: Path, pages: Path, whole: dict[str, bytes], at: int
) -> None:
    archive = tmp_path / "news"
    with pytest.raises(KilledError):
        added(archive, pages, reader=made.reader_of(made.killed_at, f"{at:04}.md"))

    rest = added(archive, pages)

    assert (rest.known, rest.pages) == (at // 5 * 5, COUNT - at // 5 * 5)
    assert files(archive) == whole


PROGRAM = """
import sys
from pathlib import Path
from tests.archive.pages import added, killed_once, reader_of

archive, pages, at = sys.argv[1:]
added(Path(archive), Path(pages), reader=reader_of(killed_once, Path(archive).parent, at))
"""


@pytest.mark.campaign
@pytest.mark.parametrize("at", range(1, 22, 2))
def test_one_that_the_kernel_ended_does_too(tmp_path: Path, pages: Path, whole: dict[str, bytes], at: int) -> None:
    archive = tmp_path / "news"
    command = [sys.executable, "-c", PROGRAM, archive, pages, f"{at:04}.md"]
    root = Path(__file__).parents[2]
    assert subprocess.run(command, cwd=root, check=False).returncode == -9

    subprocess.run(command, cwd=root, check=True)

    assert files(archive) == whole


def test_processes_give_the_same_though_one_ends(tmp_path: Path, pages: Path, whole: dict[str, bytes]) -> None:
    with Processes(2) as processes:
        added(tmp_path / "news", pages, processes, made.reader_of(made.killed_once, tmp_path, "0013.md"))

    assert files(tmp_path / "news") == whole


def test_so_do_the_workers_of_a_cluster(tmp_path: Path, pages: Path, whole: dict[str, bytes], scheduler: str) -> None:
    with Cluster(scheduler) as cluster:
        added(tmp_path / "news", pages, cluster, made.reader_of(made.killed_once, tmp_path, "0013.md"))
    typed = run("archive", "add", tmp_path / "typed", pages, "--cluster", scheduler)

    assert files(tmp_path / "news") == whole
    assert typed.stdout == (f"{tmp_path / 'typed'}: {COUNT} pages read, {COUNT} articles; 0 pages were there already\n")


class LosingOne:
    """An executor of which each process ends over one page, whatever it does with it."""

    def map(self, function: Callable[[T], R], values: Iterable[T], batch: int = 1) -> Iterator[R | Lost]:
        for value in values:
            pages = value.pages if isinstance(value, Batch) and not value.ending else [value]
            lost = any(isinstance(page, WantedPage) and page.name.endswith(LOST_PAGE) for page in pages)
            yield Lost() if lost else function(value)


LOST_PAGE = "0012.md"


def lost_of(pages: Path) -> tuple[LostPage, ...]:
    digest = hashlib.sha256((pages / LOST_PAGE).read_bytes()).hexdigest()
    reason = "each process that read it has ended"
    return (LostPage(name=str(pages / LOST_PAGE), sha256=digest, code="reader-failed", reason=reason),)


def test_a_page_that_ends_its_process_is_lost_and_no_other(
    tmp_path: Path, pages: Path, whole: dict[str, bytes]
) -> None:
    less = added(tmp_path / "less", pages, LosingOne())

    assert less == Added(pages=COUNT, articles=COUNT - 1, lost=1, known=0)
    assert list_lost(tmp_path / "less") == lost_of(pages)
    others = {name for name, data in whole.items() if files(tmp_path / "less")[name] != data}
    assert [name.partition("/")[0] for name in sorted(others)] == ["articles", "batches", "lost.jsonl"]


@pytest.mark.campaign
def test_so_it_is_whoever_reads(tmp_path: Path, pages: Path) -> None:
    reader = made.reader_of(made.ending_at, LOST_PAGE)
    with local_cluster(2) as workers, Cluster(workers.scheduler_address) as cluster:
        added(tmp_path / "cluster", pages, cluster, reader)
    with Processes(2) as processes:
        added(tmp_path / "processes", pages, processes, reader)
    added(tmp_path / "told", pages, LosingOne())

    assert files(tmp_path / "cluster") == files(tmp_path / "processes") == files(tmp_path / "told")


def test_a_page_without_an_article_is_lost_and_the_others_are_not(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", 3)
    (folder / "0001.md").write_text("", encoding="utf-8")

    assert added(tmp_path / "news", folder) == Added(pages=3, articles=2, lost=1, known=0)
    (lost,) = list_lost(tmp_path / "news")
    assert (lost.name, lost.code) == (str(folder / "0001.md"), "no-article")


def test_a_reference_that_leads_nowhere_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        add(tmp_path / "news", [str(tmp_path / "pages")], ArchiveReader(read=read), Means())

    assert not (tmp_path / "news").exists()


def test_a_text_of_addresses_stands_for_them_and_what_cannot_be_fetched_is_told(tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text("# ours\nhttps://bao.example/rss\n\nhttps://tin.example/rss\n")
    told: list[Problem] = []

    result = add(tmp_path / "news", [str(tmp_path / "feeds.txt")], ArchiveReader(read=read), Means(), tell=told.append)

    assert result == Added(pages=0, articles=0, lost=0, known=0)
    assert [problem.where for problem in told] == ["https://bao.example/rss", "https://tin.example/rss"]
