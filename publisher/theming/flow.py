"""The flow of the printed articles: which of them stand in one document, one beginning where another ends.

An article is filled by itself in any flow (``print/article.xhtml``), so that one that cannot be filled costs no other.
What flows on is then put together by the theme's ``print/articles.xhtml``.
"""

import itertools
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from markupsafe import Markup

from publisher.errors import ThemeError
from publisher.model import Article, Flow, PlacedArticle

MOST_IN_A_ROW = 24
"""Articles of one document: the engine needs more than in proportion, and one that has changed costs its row."""

_FEWEST_IN_A_ROW = 6
"""A row that goes on in another document leaves the end of its last page blank, and so ends seldom."""

_ONE_END_IN = 9
"""So many articles, one by what it is: where rows end moves only near what was put in or taken out."""


_FRAME = re.compile(r"<html[\s>]")


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
    """The document's: that of its only article, ``section-2``, ``articles``, or ``from-`` its first, if it goes on."""

    section: str | None
    """What all of them belong to, as printed."""

    pieces: tuple[Piece, ...]

    begins: bool
    """Whether nothing of the section, or of the issue, stands in a row before it."""

    ends: bool
    """Whether nothing of it stands in a row after it."""


def piece_of(placed: PlacedArticle, markup: str, theme: str) -> Piece:
    """The filled article; ThemeError, which names the theme, when it is a document of its own."""
    if _FRAME.search(markup):
        raise ThemeError(
            f"theme {theme!r}: print/article.xhtml gives a whole document where articles stand in a row. "
            "Have it extend print/page.xhtml, or set the option flow to each"
        )
    return Piece(placed=placed, markup=Markup(markup))  # noqa: S704 - what a template gives is markup


def rows(pieces: Sequence[Piece], flow: Flow) -> Iterator[Row]:
    """The pieces by document. Neighbours of one section are a section; so are neighbours that have none.

    More than ``MOST_IN_A_ROW`` are several rows, the next of which begins on a page of its own.
    """
    groups: Iterable[tuple[str | None, Iterable[Piece]]] = [(None, pieces)]
    if flow == "section":
        groups = itertools.groupby(pieces, lambda piece: piece.placed.note.section)
    for number, (section, members) in enumerate(groups, start=1):
        name = f"section-{number}" if flow == "section" else "articles"
        cut = tuple(_cut(tuple(members)))
        for row in cut:
            begins = row is cut[0]
            first = row[0].placed.id
            whole = name if begins else f"from-{first}"
            yield Row(
                name=first if len(row) == 1 else whole, section=section, pieces=row, begins=begins, ends=row is cut[-1]
            )


def _cut(row: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of a row in pieces of no more than ``MOST_IN_A_ROW``, each ending with what may end one."""
    while len(row) > MOST_IN_A_ROW:
        ends = (place for place in range(_FEWEST_IN_A_ROW, MOST_IN_A_ROW) if _may_end(row[place - 1]))
        end = next(ends, MOST_IN_A_ROW)
        yield row[:end]
        row = row[end:]
    yield row


def _may_end(piece: Piece) -> bool:
    return zlib.crc32(piece.placed.id.encode()) % _ONE_END_IN == 0
