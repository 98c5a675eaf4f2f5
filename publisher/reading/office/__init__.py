"""Documents of word processors: what their formats have in common, from paragraphs with styles to the article.

The readers of formats give an ``OfficeDocument``; ``article_of`` makes the article of it.
"""

from publisher.reading.office.article import article_of

__all__ = ["article_of"]
