"""Pages whose text a program prints, and which have it for search engines too."""

import json

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from publisher.model import Paragraph, plain
from tests.reading.html.pages import SENTENCES, TEXT, article_of, page, reading_of

NODE = {"@type": "NewsArticle", "headline": "A quiet ferry", "author": {"@type": "Person", "name": "Ruth Okafor"}}
PROMPT = '<div id="root"></div><p>Please switch scripts on.</p>'


def page_with(body: object, prints: str = PROMPT, **more: object) -> str:
    data = json.dumps({**NODE, "articleBody": body, **more})
    return page(prints, f'<script type="application/ld+json">{data}</script>')


def printed(markup: str) -> list[str]:
    return [plain(block.inlines) for block in article_of(markup).body if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("\n\n".join(SENTENCES), id="empty lines"),
        pytest.param("\r\n".join(SENTENCES), id="lines"),
        pytest.param(TEXT, id="markup"),
        pytest.param(TEXT.replace("<", "&lt;").replace(">", "&gt;"), id="markup, escaped"),
        pytest.param("<br/>".join(f"<b>{sentence}</b>" for sentence in SENTENCES), id="breaks"),
    ],
)
def test_a_text_that_a_program_would_print_is_read(body: str) -> None:
    markup = page_with(body)

    article = article_of(markup)

    assert printed(markup) == list(SENTENCES)
    assert (article.headline, article.bylines, article.problems) == ("A quiet ferry", ("Ruth Okafor",), ())


def test_characters_that_no_page_has_are_none_of_it() -> None:
    body = "\n".join(SENTENCES).replace(" at noon", "\0 at noon\ud800")

    assert [text.replace("\ufffd", "") for text in printed(page_with(body))] == list(SENTENCES)


def test_it_stands_under_the_headline_that_the_page_prints() -> None:
    markup = page_with("\n".join(SENTENCES), f"<header><h1>The ferry is quiet</h1></header>{PROMPT}")

    assert article_of(markup).headline == "The ferry is quiet"
    assert [line.text for line in reading_of(markup).trace][:2] == ["The ferry is quiet", SENTENCES[0]]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(page_with("\n".join(SENTENCES), isAccessibleForFree=False), id="to be paid for"),
        pytest.param(page_with("\n".join(SENTENCES), isAccessibleForFree="False"), id="and in words"),
        pytest.param(page_with("\n".join(SENTENCES), **{"@type": "WebPage"}), id="of no article"),
        pytest.param(page_with("A ferry."), id="hardly any"),
        pytest.param(page_with(["a", 1, None]), id="no text"),
    ],
)
def test_what_is_not_the_article_s_or_not_free_is_left(markup: str) -> None:
    assert printed(markup) == []
    assert article_of(markup).problems


def test_a_text_that_the_page_prints_is_read_once() -> None:
    markup = page_with("\n".join(SENTENCES), f"<article><h1>A quiet ferry</h1>{TEXT}</article>")

    assert printed(markup) == list(SENTENCES)


def test_a_text_of_lines_without_end_is_cut() -> None:
    assert len(reading_of(page_with("a word\n" * 50_000)).trace) < 2_100
