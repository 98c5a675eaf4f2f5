"""The order of the articles in an issue."""

from collections.abc import Sequence

from publisher.model import Article, Order


def in_order(articles: Sequence[Article], order: Order) -> tuple[Article, ...]:
    """The articles as ``order`` says. Those of the same day stay as given; those without a date come last."""
    if order == "given":
        return tuple(articles)
    dated = [article for article in articles if article.published is not None]
    undated = [article for article in articles if article.published is None]
    # sorted() keeps equals as they came, in reverse too.
    ordered = sorted(dated, key=lambda article: str(article.published), reverse=order == "newest")
    return (*ordered, *undated)
