"""The contents as readers have them: the bookmarks of a PDF, the navigation of an e-book."""

from collections.abc import Callable, Iterator, Sequence

from publisher.model import NavEntry, PlacedArticle
from publisher.theming.sections import Section

Href = Callable[[str], str]


def article_lines(articles: Sequence[PlacedArticle], sections: Sequence[Section], href: Href) -> Iterator[NavEntry]:
    """A line for each article, in an issue with sections below a line for each of these."""
    if not sections:
        for placed in articles:
            yield NavEntry(title=placed.article.headline, href=href(placed.id))
    for section in sections:
        below = tuple(article_lines(section.articles, (), href))
        yield NavEntry(title=section.name, href=href(section.first), children=below)
