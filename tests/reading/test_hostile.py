"""Pages of absurd size and shape: read, without a traceback and without costing the square of their size."""

import cProfile
import pstats
from collections.abc import Callable

import pytest

from publisher.model import Source
from publisher.reading import read

PAGES = {
    "one long line": "a" * 300_000,
    "one long line of words": "một câu dài không nghỉ " * 15_000,
    "one long line of brackets": "(" * 200_000 + "a",
    "many short lines": "\n".join(f"Dòng ngắn {n}" for n in range(2_500)),
    "many bullets": "\n".join(f"* Đầu đề của một bài khác số {n}" for n in range(2_500)),
    "many equal lines": "\n".join(["Cùng một dòng chữ ấy"] * 2_500),
    "many labels": "\n".join(["Tin liên quan"] * 2_500),
    "many dates": "chữ\n" + "\n".join(["1/1/2020 " * 15] * 500),
    "many headings": "Đầu đề của bài\n\n" + "\n".join(["Đề mục không chấm\nĐoạn văn kết thúc bằng dấu chấm."] * 1_200),
    "many headlines run together": "Đầu đề của bài\n\n" + "\n".join(["Xác lập mô hình mới " * 12] * 250),
    "many separators": "Báo Cầu | " * 20_000 + "\n\nĐoạn văn kết thúc bằng dấu chấm.",
    "many cards under comments": "Headline of the page\n\nThis is a paragraph of some words.\n\n218 comments\n\n"
    + "\n".join(["Sports\nThe mayor of the town opens a bridge for all\nBy someone"] * 1_200),
    "many kickers that run into headlines": "\n".join(
        f"At the quay{n}Ferries of the town run late" for n in range(2_000)
    ),
    "many counted parts": "Headline of the page\n\n" + "1. foo bar\n\nThis is a paragraph of some words.\n\n" * 1_200,
    "scripts": "<script>alert(1)</script>\n" * 2_000,
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_absurd_pages_are_read(page: str, media_type: str) -> None:
    reading = read(Source(name="page.txt", data=page.encode(), media_type=media_type))

    assert [line.text for line in reading.trace] == page.removesuffix("\n").split("\n")
    assert reading.articles[0].headline


TOWN = ("harbour", "council", "bridge", "ferry", "market", "museum", "library", "station", "airport", "theatre")


def _voted(number: int) -> str:
    return f"The {TOWN[number % 10]} of the town is item {number} of the plan that was debated for long on Monday."


def _asked(number: int) -> str:
    return f"What does the {TOWN[number % 10]} mean to the {TOWN[number // 10 % 10]}?"


LONG: dict[str, Callable[[int], str]] = {
    "paragraphs": _voted,
    "questions": lambda number: f"{_asked(number)}\n\n{_voted(number)}",
    "sub-headings": lambda number: f"Of the {TOWN[number % 10]} and the {TOWN[number // 10 % 10]}\n\n{_voted(number)}",
    "long sub-headings": lambda number: (
        f"{' '.join(f'{town}s{number}'.title() for town in TOWN)}\n\n"
        f"Der Plan für die Stadt wurde am Montag lange beraten und dann mit Punkt {number} von allen angenommen."
    ),
    "captions": lambda number: f"The {TOWN[number % 10]} {number} at night. Photo: Jane Smith\n\n{_voted(number)}",
    "credits": lambda number: f"Photo: Jane Smith\n\n{_voted(number)}",
    "names": lambda number: f"JANE {TOWN[number % 10].upper()}\n\n{_voted(number)}",
}
"""What stands in a text again and again, with other words each time."""


@pytest.mark.parametrize("part", LONG.values(), ids=LONG)
def test_a_text_twice_as_long_takes_twice_the_calls(part: Callable[[int], str]) -> None:
    def page(times: int) -> str:
        return "The plan of the town\n\n12 March 2026\n\n" + "\n\n".join(map(part, range(times)))

    _calls(page(400), "text/plain")  # What is loaded and remembered once does not count.

    assert _calls(page(400), "text/plain") < 2.4 * _calls(page(200), "text/plain")


def _linked(number: int) -> str:
    node = f'{{"@type": "Article", "headline": "Item {number} of it", "articleBody": "{_voted(number) * 4}"}}'
    return f'<script type="application/ld+json">{node}</script><p>{_voted(number)}</p>'


LONG_WEB: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda number: f"<p>{_voted(number)}</p>",
    "cards": lambda number: f'<div><h3><a href="/{number}">{_asked(number)}</a></h3><p>{_voted(number)}</p></div>',
    "titles": lambda number: f'<meta property="og:title" content="Item {number} of it"><p>{_voted(number)}</p>',
    "linked data": _linked,
}


@pytest.mark.parametrize("part", LONG_WEB.values(), ids=LONG_WEB)
def test_a_web_page_twice_as_long_takes_twice_the_calls(part: Callable[[int], str]) -> None:
    pytest.importorskip("trafilatura", reason="the html extra is not installed")

    def page(times: int) -> str:
        parts = "".join(map(part, range(times)))
        return f"<html lang=en><body><article><h1>The plan of the town</h1>{parts}</article></body></html>"

    _calls(page(600), "text/html")

    assert _calls(page(600), "text/html") < 2.4 * _calls(page(300), "text/html")


def _calls(page: str, media_type: str) -> int:
    """How many functions are called to read a page."""
    profile = cProfile.Profile()
    profile.runcall(read, Source(name="page", data=page.encode(), media_type=media_type))
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def test_overlong_markdown_is_cut_with_a_problem() -> None:
    page = "# Đầu đề\n\n" + "Một đoạn văn dài hơn một chút cho đủ chữ.\n\n" * 15_000

    reading = read(Source(name="page.md", data=page.encode(), media_type="text/markdown"))

    assert [problem.code for problem in reading.articles[0].problems] == ["cut-short"]
    assert reading.trace[-1].rule == "blank"


def test_a_front_matter_bomb_is_left_out() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
    page = f"---\ntitle: Đầu đề\nauthor: {'[' * 1000}\n---\nMột đoạn.\n"

    article = read(Source(name="page.md", data=page.encode(), media_type="text/markdown")).articles[0]
    aliased = read(Source(name="page.md", data=f"---\n{bomb}---\nMột đoạn.\n".encode(), media_type="text/markdown"))

    assert [problem.code for problem in article.problems] == ["dropped-content", "no-headline"]
    assert [problem.code for problem in aliased.articles[0].problems] == ["dropped-content", "no-headline"]
