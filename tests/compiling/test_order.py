import datetime as dt

import pytest

from publisher.compiling.order import in_order
from publisher.model import Article, Order


def dated(headline: str, day: int | None) -> Article:
    return Article(headline=headline, language="vi", published=dt.date(2025, 10, day) if day else None)


ARTICLES = (dated("a", 9), dated("b", None), dated("c", 17), dated("d", 9), dated("e", None), dated("f", 10))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param("given", "abcdef", id="given"),
        pytest.param("newest", "cfadbe", id="newest"),
        pytest.param("oldest", "adfcbe", id="oldest"),
    ],
)
def test_articles_stand_as_ordered_with_equals_as_given_and_undated_last(order: Order, expected: str) -> None:
    assert "".join(article.headline for article in in_order(ARTICLES, order)) == expected


def test_years_before_1000_are_ordered_as_dates() -> None:
    old = Article(headline="old", language="vi", published=dt.date(987, 1, 1))
    new = dated("new", 1)

    assert in_order((new, old), "oldest") == (old, new)
