"""The flow of what is printed: which articles, and which related news, stand in one document.

An article is filled by itself in any flow (``print/article.xhtml``), so that one that cannot be filled costs no other.
What flows on is then put together by the theme's ``print/articles.xhtml``.
"""

import bisect
import itertools
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec
from markupsafe import Markup

from publisher.errors import ThemeError
from publisher.model import Article, Flow, PlacedArticle
from publisher.theming.extracts import word_count
from publisher.theming.related import Beside

T = TypeVar("T")

MOST_IN_A_ROW = 24
"""Articles, or what stood beside so many, that are one document however long they are; short ones count less."""

WHOLE = 400
"""The words of an article that counts whole among those."""

ARTICLES_REACH, RELATED_REACH = 3, 9
"""A document ends with the least, by a number that is its name's alone, of so many members before and behind it.

So it has more members than that, and about twice as many. The end of its last page may stay blank; one member that has
changed costs it whole. An article takes some two pages and a second to lay out, what stood beside one a sixth of that.
"""

REACHED = 700
"""The words of an article that counts whole of those. With 400, rows of articles of 250 words had three pages or four:
half of one of them was blank, and the others had too few lines to be set apart for it."""

LONGEST = 12_000
"""The words of a row, where there are several, that is laid out anew at once: some fifteen pages. What has more is cut
once more, so that both parts have half of that at least. Most rows of long articles are; a hundred such, of three pages
each, take one page more for it, and would take seven more with two thirds of that."""

SHORTEST = LONGEST // 4
"""The first of several rows ends with the article that brings it to so many words, if as many are behind it: it may
have the contents, and these change with every article that is put in anywhere."""

RELATED_WHOLE = 8
"""Related headlines beside one article that count whole; fewer do too. Twice as many take half a page."""

_LEAST = WHOLE // 6
"""What an article counts at least: its head takes room too. Seven items of sixty words would end a row in mid-page."""

_FRAME = re.compile(r"<html[\s>]")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """An article that was filled, without the frame of a document."""

    placed: PlacedArticle
    markup: Markup
    words: int
    """How many the article's body has."""

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
    markup = Markup(markup)  # noqa: S704 - what a template gives is markup
    return Piece(placed=placed, markup=markup, words=word_count(placed.article))


def rows(pieces: Sequence[Piece], flow: Flow) -> Iterator[Row]:
    """The pieces by document. Neighbours of one section are a section; so are neighbours that have none.

    Text for more than ``MOST_IN_A_ROW`` articles makes several rows, each of which begins on a page of its own.
    """
    groups: Iterable[tuple[str | None, Iterable[Piece]]] = [(None, pieces)]
    if flow == "section":
        groups = itertools.groupby(pieces, lambda piece: piece.placed.note.section)
    for number, (section, members) in enumerate(groups, start=1):
        name = f"section-{number}" if flow == "section" else "articles"
        whole = tuple(members)
        cut: tuple[Sequence[Piece], ...] = (whole,)
        if sum(_size_of(piece, WHOLE) for piece in whole) > MOST_IN_A_ROW * WHOLE:
            cut = tuple(cut_by_content(whole, lambda piece: piece.placed.id, ARTICLES_REACH * REACHED, _size_of))
        if len(cut) > 1:
            cut = tuple(part for row in (*_begun(cut[0]), *cut[1:]) for part in _cut_once_more(row))
        for row in cut:
            begins = row is cut[0]
            first = row[0].placed.id
            of_several = name if begins else f"from-{first}"
            yield Row(
                name=first if len(row) == 1 else of_several,
                section=section,
                pieces=tuple(row),
                begins=begins,
                ends=row is cut[-1],
            )


def _size_of(piece: Piece, most: int = REACHED) -> int:
    return max(_LEAST, min(piece.words, most))


def _begun(row: Sequence[Piece]) -> tuple[Sequence[Piece], ...]:
    """The first row: its first articles with text enough, and the others where they have as much."""
    ends = tuple(itertools.accumulate(piece.words for piece in row))
    first = next((at for at, end in enumerate(ends, start=1) if end >= SHORTEST), len(row))
    return (row[:first], row[first:]) if ends[-1] - ends[first - 1] >= SHORTEST else (row,)


def related_documents(row: Sequence[Beside]) -> Iterator[Sequence[Beside]]:
    """What stood beside the articles, in their order, by document of the appendix: all in one where it is little."""
    if sum(map(_size_beside, row)) <= MOST_IN_A_ROW * WHOLE:
        return iter((row,))
    return cut_by_content(row, lambda beside: beside.placed.id, RELATED_REACH * WHOLE, _size_beside)


def _size_beside(beside: Beside) -> int:
    return max(WHOLE, WHOLE * sum(len(group.items) for group in beside.groups) // RELATED_WHOLE)


def _cut_once_more(row: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """The row, or its parts where it has too much text: what is put into one moves no end of another."""
    ends = tuple(itertools.accumulate(piece.words for piece in row))
    places = [at for at, end in enumerate(ends) if min(end, ends[-1] - end) >= LONGEST // 2]
    if ends[-1] <= LONGEST or not places:
        yield row
        return
    last = min(places, key=lambda at: _number(row[at].placed.id))
    yield from _cut_once_more(row[: last + 1])
    yield from _cut_once_more(row[last + 1 :])


def _number(name: str) -> int:
    """A number that is the name's alone."""
    return zlib.crc32(name.encode())


def cut_by_content(
    row: Sequence[T], id_of: Callable[[T], str], reach: int, size_of: Callable[[T], int] = lambda _: 1
) -> Iterator[Sequence[T]]:
    """The members in their order, by document.

    Whether a document ends with a member, its neighbours on either side decide, as many as have together the size of
    ``reach``: what is put in or taken out moves no end that is further away.
    """
    ends = tuple(itertools.accumulate(map(size_of, row), initial=0))  # the size of all before each member, and of all
    numbers = [_number(id_of(member)) for member in row]
    start = 0
    for place in range(len(row)):
        first = bisect.bisect_right(ends, ends[place] - reach) - 1
        behind = bisect.bisect_left(ends, ends[place + 1] + reach)
        if first >= 0 and behind < len(row) and numbers[place] == min(numbers[first:behind]):
            yield row[start : place + 1]
            start = place + 1
    yield row[start:]
