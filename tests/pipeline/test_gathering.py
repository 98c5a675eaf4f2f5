"""References become readings: what is fetched when, what is left out before, and by whom it is read."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from publisher.errors import InputError
from publisher.fetching import LIMIT_BYTES, Web
from publisher.model import Article, Omission, Problem, Reading
from publisher.pipeline import Gathered, Means, Wanted, gather
from publisher.pipeline.readings import READ_TOGETHER
from publisher.reading import read
from publisher.seams import Lost
from tests.fetching.serving import Server, body, serving

T = TypeVar("T")
R = TypeVar("R")

SENTENCE = "<p>Sáng nay cây cầu mới qua sông được thông xe, và người dân hai bờ đã đến xem từ sớm.</p>"
NOW = dt.datetime(2026, 3, 23, tzinfo=dt.UTC)


def page(headline: str) -> bytes:
    return (
        f"<!doctype html><html lang='vi'><head><title>{headline}</title></head>"
        f"<body><article><h1>{headline}</h1>{SENTENCE * 8}</article></body></html>"
    ).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    """A feed of two summaries, and the pages that they lead to."""
    with serving() as server:
        items = "".join(
            f"<item><title>{name}</title><link>{server.url(path)}</link><description>Tóm tắt.</description></item>"
            for name, path in (("Cầu mới", "/cau"), ("Chợ nổi", "/cho"))
        )
        server.answers["/rss"] = body(
            f"<rss version='2.0'><channel><title>Báo Cầu</title>{items}</channel></rss>".encode(), "application/rss+xml"
        )
        server.answers["/cau"] = body(page("Cầu mới thông xe"), "text/html")
        server.answers["/cho"] = body(page("Chợ nổi họp sớm"), "text/html")
        yield server


@pytest.fixture
def means() -> Means:
    return Means(web=Web(lambda: NOW, allow_private=("127.0.0.1",)))


def asked(server: Server) -> list[str]:
    return [path for path, _ in server.requests]


def headlines(gathered: Gathered) -> list[str]:
    return [article.headline for article in gathered.articles]


def test_the_pages_of_a_feed_are_fetched_after_it_was_read(server: Server, means: Means) -> None:
    gathered = gather(Wanted(references=(server.url("/rss"),), articles=True), means)

    assert asked(server) == ["/rss", "/cau", "/cho"]
    assert headlines(gathered) == ["Cầu mới thông xe", "Chợ nổi họp sớm"]
    assert [source.name for source in gathered.sources] == [server.url(path) for path in ("/rss", "/cau", "/cho")]


def test_they_are_not_unless_it_is_wanted(server: Server, means: Means) -> None:
    gathered = gather(Wanted(references=(server.url("/rss"),)), means)

    assert asked(server) == ["/rss"]
    assert headlines(gathered) == ["Cầu mới", "Chợ nổi"]


def test_what_is_left_out_is_not_fetched_and_says_why(server: Server, means: Means) -> None:
    def leave_out(article: Article) -> Omission | None:
        if article.headline != "Cầu mới":
            return None
        return Omission(what=article.headline, reason="ran-before", because="issue 11 ran it")

    gathered = gather(Wanted(references=(server.url("/rss"),), articles=True), means, leave_out)

    assert asked(server) == ["/rss", "/cho"]
    assert headlines(gathered) == ["Chợ nổi họp sớm"]
    assert gathered.omissions == (Omission(what="Cầu mới", reason="ran-before", because="issue 11 ran it"),)


def test_the_reader_that_is_given_reads_the_sources_and_the_pages(server: Server, means: Means) -> None:
    names = []

    def reader(source, profile, corrections) -> Reading:
        names.append(source.name)
        return read(source, profile, corrections)

    gather(Wanted(references=(server.url("/rss"),), articles=True), Means(web=means.web, read=reader))

    assert names == [server.url(path) for path in ("/rss", "/cau", "/cho")]


def test_of_several_sources_one_without_an_article_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Cầu mới thông xe\n\nSáng nay cây cầu mới qua sông được thông xe.\n", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")

    gathered = gather(Wanted(references=(str(tmp_path),)), Means())

    assert headlines(gathered) == ["Cầu mới thông xe"]
    assert [(problem.code, problem.where) for problem in gathered.problems] == [("no-article", "b.txt")]


def test_articles_chosen_stand_alone_with_all_else_that_was_gathered(server: Server, means: Means) -> None:
    gathered = gather(Wanted(references=(server.url("/rss"),), articles=True), means)

    chosen = gathered.only(gathered.articles[1:])

    assert headlines(chosen) == ["Chợ nổi họp sớm"]
    assert chosen.sources == gathered.sources


class TestFolders:
    """The files of a folder are judged one by one."""

    GOOD = "Cầu mới thông xe\n\nSáng nay cây cầu mới được thông xe, người dân hai bờ đã đến xem từ sớm.\n"

    def bad(self, folder: Path, kind: str) -> str:
        """Put a file into the folder that cannot be used; its name."""
        name = "xau.txt"
        match kind:
            case "too large":
                with (folder / name).open("wb") as file:
                    file.truncate(LIMIT_BYTES + 1)
            case "link to nothing":
                (folder / name).symlink_to("khong-co.txt")
            case "link out":
                (folder.parent / "secret.txt").write_text(self.GOOD)
                (folder / name).symlink_to(folder.parent / "secret.txt")
            case "name":
                name = os.fsdecode(b"x\xff.txt")
                (folder / name).write_text(self.GOOD)
            case "corrections":
                (folder / name).write_text(self.GOOD)
                (folder / f"{name}.corrections.toml").write_text("lines = [")
        return name

    @pytest.mark.parametrize("kind", ["too large", "link to nothing", "link out", "name", "corrections"])
    def test_one_that_cannot_be_used_costs_itself(self, tmp_path: Path, kind: str) -> None:
        folder = tmp_path / "tin"
        folder.mkdir()
        (folder / "tot.txt").write_text(self.GOOD)
        name = self.bad(folder, kind)

        gathered = gather(Wanted(references=(str(folder),)), Means())

        assert headlines(gathered) == ["Cầu mới thông xe"]
        assert [(each.code, each.where) for each in gathered.problems] == [("no-article", name)]

    def test_when_none_can_be_used_the_first_is_told_of(self, tmp_path: Path) -> None:
        folder = tmp_path / "tin"
        folder.mkdir()
        self.bad(folder, "link to nothing")

        with pytest.raises(InputError) as raised:
            gather(Wanted(references=(str(folder),)), Means())

        assert str(raised.value) == (
            f"cannot read '{folder / 'xau.txt'}': it is a link that leads out of the folder. "
            "Give the file that it leads to by its own name."
        )


class LosingThird:
    """An executor of which each process ends over the third value; it says what it was given."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def map(self, function: Callable[[T], R], values: Iterable[T], batch: int = 1) -> Iterator[R | Lost]:
        self.batches.append(batch)
        for number, value in enumerate(values):
            yield Lost() if number == 2 else function(value)


def test_what_ends_the_process_that_reads_it_is_a_problem(tmp_path: Path) -> None:
    for number in range(READ_TOGETHER + 1):
        (tmp_path / f"{number:02}.md").write_text(f"# Bài {number}\n\nSáng nay cầu mới qua sông thông xe.\n")
    wanted = Wanted(references=(str(tmp_path),))
    executor = LosingThird()

    apart = gather(wanted, Means(executor=executor))

    name = str(tmp_path / "02.md")
    assert executor.batches == [READ_TOGETHER]
    assert apart.articles == tuple(article for article in gather(wanted, Means()).articles if article.origin != name)
    assert apart.problems == (
        Problem(
            code="reader-failed",
            message=f"{name} could not be read: each process that read it has ended. Report it together with the input",
            where="02.md",
        ),
    )


def test_so_few_that_one_batch_holds_them_are_read_here(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_text("# Bài\n\nSáng nay cầu mới qua sông thông xe.\n")
    executor = LosingThird()

    gather(Wanted(references=(str(tmp_path),)), Means(executor=executor))

    assert executor.batches == []
