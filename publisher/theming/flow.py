"""The flow of the printed articles: which of them stand in one document, one beginning where another ends.

An article is filled by itself in any flow (``print/article.xhtml``), so that one that cannot be filled costs no other.
What flows on is then put together by the theme's ``print/articles.xhtml``.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from markupsafe import Markup

from publisher.model import Article, Flow, PlacedArticle


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """An article that was filled, without the frame of a document."""

    placed: PlacedArticle
    markup: Markup

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.placed.article


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Articles that flow on, in the order of the issue; one at least."""

    name: str
    """The document's: that of its only article, ``section-2``, or ``articles``."""

    section: str | None
    """What all of them belong to, as printed."""

    pieces: tuple[Piece, ...]


def rows(pieces: Sequence[Piece], flow: Flow) -> Iterator[Row]:
    """The pieces by document. Neighbours of one section are a section; so are neighbours that have none."""
    groups: Iterable[tuple[str | None, Iterable[Piece]]] = [(None, pieces)]
    if flow == "section":
        groups = itertools.groupby(pieces, lambda piece: piece.placed.note.section)
    for number, (section, members) in enumerate(groups, start=1):
        row = tuple(members)
        name = f"section-{number}" if flow == "section" else "articles"
        yield Row(name=row[0].placed.id if len(row) == 1 else name, section=section, pieces=row)
