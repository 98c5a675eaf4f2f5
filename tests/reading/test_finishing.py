"""What every reader does last."""

import datetime as dt

import pytest

from publisher.model import Article, Problem, Reading, Source, TracedLine
from publisher.reading.finishing import finish, first_words

SOURCE = Source(name="bai.txt", data=b"x")
DAY = dt.date(2026, 3, 7)


@pytest.mark.parametrize(
    ("texts", "headline"),
    [
        pytest.param([], "", id="nothing"),
        pytest.param(["", "  ", "Sáng nay cầu thông xe."], "Sáng nay cầu thông xe.", id="empty ones before"),
        pytest.param(["một", "hai"], "một", id="only the first"),
        pytest.param([" ".join("a" * 13)], " ".join("a" * 13), id="13 words"),
        pytest.param([" ".join("a" * 14)], " ".join("a" * 14), id="14 words"),
        pytest.param([" ".join("a" * 15)], " ".join("a" * 14) + "…", id="15 words"),
    ],
)
def test_the_first_words_of_the_first_text_that_has_any_stand_for_a_headline(texts: list[str], headline: str) -> None:
    assert first_words(texts) == headline


def test_a_date_is_stated_unless_its_reader_worked_it_out() -> None:
    articles = [
        Article(headline="Một", language="vi"),
        Article(headline="Hai", language="vi", published=DAY),
        Article(headline="Ba", language="vi", published=DAY, certainty="inferred"),
    ]

    assert [(article.origin, article.certainty) for article in finish(SOURCE, articles, ()).articles] == [
        ("bai.txt", None),
        ("bai.txt", "stated"),
        ("bai.txt", "inferred"),
    ]


def test_what_is_odd_about_the_source_is_told_once_and_first() -> None:
    trace = (TracedLine(number=1, text="Một", role="headline", rule="feed.title", confidence=1.0),)
    own, whole = (Problem(code=code, message="…", where="bai.txt") for code in ("no-headline", "cut-short"))
    articles = [Article(headline=headline, language="vi", problems=(own,)) for headline in ("Một", "Hai")]

    assert finish(SOURCE, articles, trace, [whole]) == Reading(
        articles=(
            Article(headline="Một", language="vi", problems=(whole, own), origin="bai.txt"),
            Article(headline="Hai", language="vi", problems=(own,), origin="bai.txt"),
        ),
        trace=trace,
    )
