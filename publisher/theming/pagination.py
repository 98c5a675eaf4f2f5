"""The pages of the printed edition in an e-book: a marker where each begins, and the list of them.

An e-book that is made together with a PDF can be cited by its pages. The PDF tells where they begin by the place that
an element has in both, and by the letters of that element which stand on the pages before (``PageBreak``); here that
point is found in the finished markup of the e-book.
"""

import bisect
import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec
from markupsafe import Markup, escape

from publisher.model import Document, NavEntry, PageBreak
from publisher.model.pagemarks import ANCHOR, page_mark
from publisher.seams import Keep, made_anew

__all__ = ["PagePoint", "list_pages", "mark_pages", "page_points", "place_attribute"]

_PLACE = re.compile(r' data-place="([^"]*)"')
"""As ``place_attribute`` writes it. In text it cannot stand: there quotation marks are escaped."""

_TOKEN = re.compile(
    r"""
    (?P<aside> <!--.*?--> | <[!?][^>]*> )
    | </ (?P<end> [^\s>]+ ) \s* >
    | < (?P<start> [^\s/>]+ ) (?: [^<>"']++ | "[^"]*+" | '[^']*+' )*+ >
    | (?P<reference> &[^;\s]*; )
    | (?P<text> [^<&]+ )
    """,
    re.DOTALL | re.VERBOSE,
)
"""The parts of well-formed XHTML. That it is well-formed is checked when the book is written."""

_MARKED_BEFORE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "nav"})
"""A marker is read aloud: inside a heading it would be part of the headline, and a ``nav`` may hold no more than a
heading and a list. So their pages begin in front of them."""


class PagePoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where a page begins in an e-book."""

    page: int
    document: str
    """The document's name."""

    index: int
    """In its markup."""

    @property
    def anchor(self) -> str:
        """The marker's ``id``."""
        return f"{ANCHOR}{self.page}"


def place_attribute(*key: object) -> Markup:
    """The attribute, with a space before it, that gives an element its place: the key's parts, joined by slashes."""
    return Markup(f' data-place="{escape("/".join(map(str, key)))}"')  # noqa: S704 - escaped; ten a paragraph


def page_points(
    documents: Iterable[Document], breaks: Iterable[PageBreak], keep: Keep = made_anew
) -> tuple[PagePoint, ...]:
    """Where pages begin in the documents, which are in reading order: so are the points, and so are their pages.

    A page is left out when it begins with what the e-book has not, or has in another order than the others.
    ``keep`` may know where the same text was parted before.
    """
    wanted: dict[str, list[PageBreak]] = {}
    for page_break in breaks:
        wanted.setdefault(page_break.place, []).append(page_break)
    points = []
    for document in documents:
        markup = document.markup
        places = dict.fromkeys(place for place in _PLACE.findall(markup) if place in wanted)
        if not places:
            continue
        here = [page_break for place in places for page_break in wanted[place]]
        # What number a page has does not decide where it begins.
        asked = [msgspec.structs.replace(page_break, page=0) for page_break in here]
        indices = keep("points", tuple[tuple[int, int], ...], (markup, asked), partial(_indices, markup, here))
        found = sorted((index, here[number].page) for number, index in indices)
        points += [PagePoint(page=page, document=document.name, index=index) for index, page in found]
    return _longest_rise(points)


def _indices(markup: str, breaks: Sequence[PageBreak]) -> tuple[tuple[int, int], ...]:
    """Pairs of the number of a break and where in the markup it is, once for each element that has its place."""
    wanted: dict[str, list[tuple[int, PageBreak]]] = {}
    for number, page_break in enumerate(breaks):
        wanted.setdefault(page_break.place, []).append((number, page_break))
    return tuple(
        (number, element.index_of(page_break))
        for element in _elements(markup, wanted)
        for number, page_break in wanted[element.place]
    )


def mark_pages(document: Document, points: Iterable[PagePoint]) -> Document:
    """The document with a marker at each of the points that lie in it, and without its places."""
    pieces, end = [], 0
    for point in points:
        if point.document == document.name:
            pieces += [document.markup[end : point.index], page_mark(point.page)]
            end = point.index
    return msgspec.structs.replace(document, markup=_PLACE.sub("", "".join([*pieces, document.markup[end:]])))


def list_pages(points: Iterable[PagePoint]) -> tuple[NavEntry, ...]:
    """The page list, in reading order."""
    return tuple(NavEntry(title=str(point.page), href=f"{point.document}.xhtml#{point.anchor}") for point in points)


def _longest_rise(points: Sequence[PagePoint]) -> tuple[PagePoint, ...]:
    """The most points that can be kept, in their order, so that each has a higher page number than the one before.

    Patience sorting: ``ends`` has for each length the lowest page that a rise of that length can end with.
    """
    ends: list[int] = []
    last: list[int] = []
    previous: list[int | None] = []
    for number, point in enumerate(points):
        length = bisect.bisect_left(ends, point.page)
        ends[length : length + 1] = [point.page]
        last[length : length + 1] = [number]
        previous.append(last[length - 1] if length else None)
    rise: list[PagePoint] = []
    step = last[-1] if last else None
    while step is not None:
        rise.append(points[step])
        step = previous[step]
    return tuple(reversed(rise))


class _Character(msgspec.Struct, frozen=True):
    """A character of an element's text."""

    index: int
    """Where it stands in the markup."""

    text: str
    link: int | None
    """Where the link begins that it stands in; ``None``: in none inside the element."""

    @property
    def point(self) -> int:
        """Where a marker before it goes. A link is read in one: the marker goes before it."""
        return self.index if self.link is None else self.link


class _Element(msgspec.Struct, kw_only=True):
    """An element that has a place, or one inside it."""

    name: str
    start: int
    """Where its tag begins in the markup."""

    inside: int
    """Where its content begins."""

    place: str = ""
    """``""`` for one that has none."""

    owner: "_Element | None" = None
    """The element itself if it has a place, else the nearest around it that has one."""

    link: int | None = None
    """Where the link begins that it is or stands in, as long as that is inside the owner."""

    characters: list[_Character] = []
    """The text that it owns."""

    def index_of(self, page_break: PageBreak) -> int:
        """Where in the markup the break is; at the end of the text when that has fewer letters than it should."""
        if page_break.letters == 0:
            return self.start if self.name in _MARKED_BEFORE else self.inside
        letters = [number for number, character in enumerate(self.characters) if character.text.isalnum()]
        if not letters:
            return self.inside
        after = letters[: page_break.letters][-1] + 1
        before = (*letters[page_break.letters :], len(self.characters))[0]
        between = self.characters[after:before]
        signs = [character for character in between if not character.text.isspace()]
        if page_break.signs and signs:
            return signs[-page_break.signs :][0].point
        if before < len(self.characters):
            return self.characters[before].point
        return self.characters[-1].index + 1


def _elements(markup: str, places: Mapping[str, object]) -> Iterator[_Element]:
    """The elements that have one of the places, with their text, in the order in which they end."""
    stack: list[_Element] = []
    for token in _TOKEN.finditer(markup):
        match token.lastgroup:
            case "start":
                element = _opened(token, stack[-1] if stack else None)
                if not token[0].endswith("/>"):
                    stack.append(element)
                elif element.place in places:
                    yield element
            case "end" if stack:
                element = stack.pop()
                if element.place in places:
                    yield element
            case "text" | "reference" if stack and (owner := stack[-1].owner):
                if owner.place in places:
                    text = token[0] if token.lastgroup == "text" else html.unescape(token[0])
                    step = token.lastgroup == "text"
                    owner.characters += [
                        _Character(token.start() + step * number, character, stack[-1].link)
                        for number, character in enumerate(text)
                    ]


def _opened(token: re.Match[str], around: _Element | None) -> _Element:
    element = _Element(name=token["start"], start=token.start(), inside=token.end())
    if place := _PLACE.search(token[0]):
        element.place = place[1]
        element.owner = element
    elif around:
        element.owner = around.owner
        element.link = token.start() if element.name == "a" else around.link
    return element
