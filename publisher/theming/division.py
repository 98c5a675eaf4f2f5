"""Documents of an e-book that are too long for e-readers, divided: the next part goes on where the one before ends.

The division works on the finished markup, as the division of a text into pages does. So it needs no word from a theme,
and treats an article of five megabytes and a list of ten thousand teasers alike. A part closes the elements that are
open at its end, and the next one opens them again, under the document's headline with the number of the part.
"""

import re
from collections.abc import Iterable
from functools import partial

import msgspec
from markupsafe import escape
from msgspec.structs import replace

from publisher.model import Document
from publisher.seams import Keep, made_anew
from publisher.theming.markup import shorten

__all__ = ["LIMIT_BYTES", "divide_documents"]

LIMIT_BYTES = 290_000
"""Of a document. Readers lay out a whole document before they show a page of it, and slow ones take seconds from 300 kB
on; the difference is for the markers of the printed pages, which are set later."""

_REPEATED_BYTES = 4000
"""The longest heading or table header that is repeated: a longer one is no help to anybody."""

_RESERVE_BYTES = 1000
"""What the elements that are closed at the end of a part, and the numbers of the parts, may take."""

_CUT_WITHIN = 2000
"""How many characters before the end of what fits a text may be cut, to cut it well."""

_CONTINUED = "continued"
"""The anchor of the headline of every part but the first."""

_HEADLINE = "\x00"
"""What stands for that headline until the parts are counted: a character that XML cannot have."""

# XML 1.0, section 2.4: a document is markup and character data; the templates declare nothing of their own.
_TOKEN = re.compile(
    r"""(?P<aside><!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>)
    |</(?P<end>[^\s>]+)\s*>
    |<(?P<start>[^\s/>]+)(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>
    |(?P<text>[^<]+)""",
    re.DOTALL | re.VERBOSE,
)
_BODY = re.compile(r"""(<body\b(?:[^<>"']|"[^"]*"|'[^']*')*>)(.*)(</body>)""", re.DOTALL)
_TITLE = re.compile(r"(?<=<title>).*?(?=</title>)", re.DOTALL)
_ONCE = re.compile(r"""\s(?:id|aria-labelledby|data-place)=(?:"[^"]*"|'[^']*')""")
"""Attributes that only one element may have, or that lead to one of another part."""

_PLACE_NAME = " data-place="
_PLACE = re.compile(rf'{_PLACE_NAME}"[^"]*"')
_ID = re.compile(r'\sid="([^"]*)"')
_LINK = re.compile(r'href="(?<=\shref=")(?:(?P<document>[\w-]+)\.xhtml)?#(?P<anchor>[^"]+)(?=")')
"""It begins with letters, which are looked for faster than what stands before them."""

_START = re.compile(r'\sstart="(-?\d+)"')
_HEADING = re.compile(r"h([1-6])")
_BLOCK = re.compile(r"aside|blockquote|div|figure|footer|h[2-6]|hr|li|ol|p|pre|section|table|tr|ul")
"""Elements that a part may begin with."""

_WHOLE = re.compile(r"a|caption|figure|h[1-6]|header|math|nav|svg|t[dhr]|thead")
"""Elements that are never divided."""

_CUTS = (re.compile(r"\n"), re.compile(r"[.!?…][\"'”’»)]*\s+"), re.compile(r"\s+"))
"""What a text may be cut after, the best first: a line, a sentence, a word."""


def divide_documents(
    documents: Iterable[Document], keep: Keep = made_anew
) -> tuple[tuple[Document, ...], dict[str, str]]:
    """The documents with those over ``LIMIT_BYTES`` in parts, all links right; and where each anchor that moved is now.

    ``keep`` may have the parts of the same document from before.

    The first part keeps the document's name, and the others are called ``name-part-2`` and so on. No article and no
    item is called so, since their names end in digits of a hash or in a counter. The contents stay whole: an EPUB has
    one navigation document. So does what has no place to divide it, such as a heading.
    """
    divided = [
        keep("divisions", tuple[Document, ...], document, partial(_parts, document))
        if _is_too_long(document)
        else (document,)
        for document in documents
    ]
    moved = {
        (parts[0].name, anchor): part.name
        for parts in divided
        for part in parts[1:]
        for anchor in _ID.findall(part.markup)
        if anchor != _CONTINUED
    }
    if not moved and all(len(parts) == 1 for parts in divided):
        return tuple(parts[0] for parts in divided), {}
    linked = tuple(_linked(part, parts[0].name, moved) for parts in divided for part in parts)
    return linked, {anchor: part for (_, anchor), part in moved.items()}


def _linked(part: Document, whole: str, moved: dict[tuple[str, str], str]) -> Document:
    """The part with its links to where the anchors are now; ``whole`` is the document that it was cut from."""

    def lead(link: re.Match[str]) -> str:
        document, anchor = link["document"] or whole, link["anchor"]
        there = moved.get((document, anchor), document)
        return f'href="#{anchor}' if there == part.name else f'href="{there}.xhtml#{anchor}'

    return replace(part, markup=_LINK.sub(lead, part.markup))


def _is_too_long(document: Document) -> bool:
    return document.role != "contents" and _weight(document.markup) > LIMIT_BYTES


def _parts(document: Document) -> tuple[Document, ...]:
    body = _BODY.search(document.markup)
    if body is None:
        return (document,)
    head, tail = document.markup[: body.end(1)], document.markup[body.start(3) :]
    headline = shorten(document.title, _CUT_WITHIN)
    limit = LIMIT_BYTES - _RESERVE_BYTES - len(f"{head}{tail}{2 * headline}".encode())
    bodies = _Divider(max(limit, LIMIT_BYTES // 2)).bodies(body[2])
    first = replace(document, markup=f"{head}{bodies[0]}{tail}")
    return (
        first,
        *(
            _continuation(document, f"{headline} ({number}/{len(bodies)})", number, (head, body, tail))
            for number, body in enumerate(bodies[1:], start=2)
        ),
    )


def _continuation(document: Document, title: str, number: int, markup: tuple[str, str, str]) -> Document:
    """A part other than the first: its head, body and tail with the title where it belongs."""
    head, body, tail = markup
    words = str(escape(title))
    head = _TITLE.sub(lambda _: words, head, count=1)
    return replace(
        document,
        name=f"{document.name}-part-{number}",
        title=title,
        markup=f"{head}{body.replace(_HEADLINE, words, 1)}{tail}",
    )


class _Open(msgspec.Struct, frozen=True):
    """An element that is open; at the bottom of all, the body."""

    name: str
    tag: str
    headings: tuple[tuple[int, str], ...] = ()
    """Those that what follows in it stands under, each with its level."""

    items: int = 0
    """Of a list: those that are closed."""

    header: str = ""
    """Of a table."""

    def again(self, headline: str, below: int) -> str:
        """What opens it in the next part, with its headings of a higher level than ``below``."""
        tag = _ONCE.sub("", self.tag)
        if self.name == "ol":
            start = _START.search(tag)
            number = self.items + (int(start[1]) if start else 1)
            tag = f'{_START.sub("", tag)[:-1]} start="{number}">'
        return "".join([tag, headline, *(markup for level, markup in self.headings if 1 < level < below), self.header])


class _Break(msgspec.Struct, frozen=True):
    """A place where a part may end."""

    index: int
    """In the pieces of the part."""

    size: int
    """How many bytes of the part stand before it."""

    stack: tuple[_Open, ...]
    below: int = 7
    """The level of the heading that comes next; 7 when none does."""


class _Divider:
    """Goes through one body, and cuts it before it gets too long."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._bodies: list[str] = []
        self._pieces: list[str] = []
        self._size = 0
        self._stack = [_Open("body", "")]
        self._break: _Break | None = None
        self._after_heading = False
        self._heard: list[str] = []
        """The pieces since the last heading or table header began."""

    def bodies(self, body: str) -> list[str]:
        """The body of each part."""
        for token in _TOKEN.finditer(body):
            match token.lastgroup:
                case "start":
                    self._start(token[0], token["start"])
                case "end":
                    self._end(token[0], token["end"])
                case "text":
                    self._text(token[0])
                case _:
                    self._add(token[0])
        return [*self._bodies, "".join(self._pieces)]

    # --- what it meets ------------------------------------------------------------------------------------------------

    def _start(self, tag: str, name: str) -> None:
        if _BLOCK.fullmatch(name) and not self._after_heading and not self._in_whole():
            self._note_break(name)
        if _HEADING.fullmatch(name) or name == "thead":
            self._heard = []
        self._add(tag)
        if not tag.endswith("/>"):
            self._stack.append(_Open(name, tag))

    def _end(self, tag: str, name: str) -> None:
        self._add(tag)
        self._stack.pop()
        around = self._stack[-1]
        heading = _HEADING.fullmatch(name)
        self._after_heading = heading is not None
        if name == "li":
            around = replace(around, items=around.items + 1)
        elif name == "thead":
            around = replace(around, header=self._repeatable())
        elif heading:
            level = int(heading[1])
            above = (each for each in around.headings if each[0] < level)
            around = replace(around, headings=(*above, (level, self._repeatable())))
        self._stack[-1] = around

    def _repeatable(self) -> str:
        """The heading or table header that was just closed, without its names; empty when it is too long."""
        markup = _ONCE.sub("", "".join(self._heard))
        return markup if len(markup.encode()) <= _REPEATED_BYTES else ""

    def _text(self, text: str) -> None:
        while self._size + _weight(text) > self._limit and not self._in_whole():
            if self._break and self._break.size > self._limit // 2:
                self._cut(self._break)
                continue
            end = _end_of_what_fits(text, self._limit - self._size)
            self._push(text[:end], _weight(text[:end]))
            self._cut(_Break(len(self._pieces), self._size, tuple(self._stack)))
            text = text[end:]
        self._add(text)

    def _add(self, piece: str) -> None:
        weight = _weight(piece)
        if self._break and self._size + weight > self._limit:
            self._cut(self._break)
        self._push(piece, weight)

    def _push(self, piece: str, weight: int) -> None:
        self._pieces.append(piece)
        self._heard.append(piece)
        self._size += weight

    def _in_whole(self) -> bool:
        return any(_WHOLE.fullmatch(element.name) for element in self._stack)

    # --- where it cuts ------------------------------------------------------------------------------------------------

    def _note_break(self, name: str) -> None:
        """Remember the place before an element: in the second half of a part, the last of those least deep inside."""
        before = self._break
        if before and before.size > self._limit // 2 and len(before.stack) < len(self._stack):
            return
        heading = _HEADING.fullmatch(name)
        below = int(heading[1]) if heading else 7
        self._break = _Break(len(self._pieces), self._size, tuple(self._stack), below)

    def _cut(self, where: _Break) -> None:
        """End the part there, and begin the next with what is open there."""
        closing = [f"</{element.name}>" for element in reversed(where.stack[1:])]
        self._bodies.append("".join([*self._pieces[: where.index], *closing]))
        headline = f'<h1 id="{_CONTINUED}">{_HEADLINE}</h1>'
        outermost = 1 if len(where.stack) > 1 and where.stack[1].name in ("div", "section") else 0
        opening = [
            element.again(headline if depth == outermost else "", where.below)
            for depth, element in enumerate(where.stack)
        ]
        self._pieces = [*opening, *self._pieces[where.index :]]
        self._size = sum(map(_weight, self._pieces))
        self._break = None


def _weight(markup: str) -> int:
    """Its bytes without the places by which printed pages are found, which are taken out when they are.

    So an e-book is divided alike whether a PDF is made with it or not.
    """
    if _PLACE_NAME in markup:
        markup = _PLACE.sub("", markup)
    return len(markup) if markup.isascii() else len(markup.encode())


def _end_of_what_fits(text: str, room_bytes: int) -> int:
    """Where to cut the text so that what comes before has about so many bytes: never inside a reference."""
    room = text.encode()[: max(64, room_bytes)].decode(errors="ignore")
    first = max(0, len(room) - _CUT_WITHIN)
    for cut in _CUTS:
        ends = [found.end() for found in cut.finditer(room, first)]
        if ends:
            return ends[-1]
    reference = room.rfind("&", len(room) - 12)
    return reference if reference > 0 and ";" not in room[reference:] else len(room)
