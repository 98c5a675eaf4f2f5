"""A plain rendering of the page: the lines that an HTML source has.

A line is the text of one block (a paragraph, a heading, a list item, a table's cell), cut at its ``<br>``. A picture
with a description stands as a line of its own, the description; a data table has a line for each row. Links that
stand side by side with nothing else in their block are a line each. The lines are all that the page prints, menus and
footer included, in the order of the markup.
"""

import re
from typing import NamedTuple

from publisher.reading.decoding import clean
from publisher.reading.html.destinations import BLOCKS, FLOWING, INLINE, destination_of
from publisher.reading.html.joints import Joint, glued, parted
from publisher.reading.html.lines import BLANKS, SPACE, STOPS, Kind, PageLine, StyledRun, text_of, tidied
from publisher.reading.html.tree import Element
from publisher.reading.html.visibility import is_hidden, is_unseen

_UNPRINTED = frozenset(("head", "noscript", "title", "meta", "link", "base", "source", "track", "area", "map"))
_STRONG = frozenset(("b", "strong"))
_EMPHASIS = frozenset(("i", "em", "cite", "dfn", "var"))
_SEPARATORS = re.compile(r"^[\s|•·,;/»›>–—-]*$")
_RUNNING = 6
"""Words that a sentence has begun with, so that a capital after them is a name's."""

_LISTED_WORDS = 4
"""Words that each link has of those which make a row of headlines."""

_TOLD = 15
"""Words that a paragraph of parts has at least."""

_CELLS = ("td", "dd")
_MOST_CELLS = 30
_CELL_LENGTH = 400
_ICON = 32
"""Pixels: a picture this small in a line of text is read as a character of it."""


def render(root: Element) -> list[PageLine]:
    """All lines of the page, numbered; pictures without a description among them as empty lines numbered 0."""
    renderer = _Renderer()
    renderer.block(root, _Look())
    number = 0
    for line in renderer.lines:
        if line.text:
            number += 1
            line.number = number
    return renderer.lines


class _Look(NamedTuple):
    """What holds for all text inside an element."""

    strong: bool = False
    emphasis: bool = False
    href: str | None = None
    hidden: bool = False
    preformatted: bool = False


class _Renderer:
    """Walks the tree; text collects until a block begins or ends."""

    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self._runs: list[StyledRun] = []
        self._block: list[Element] = []
        """The open block elements, the innermost last."""

        self._chain: list[Element] = []
        """The open elements, inline ones too."""

        self._chains: list[tuple[Element, ...]] = []
        """The open elements of each collected run."""

        self._loose: dict[Element, bool] = {}
        """Whether an open block has words outside its child elements."""

        self._listing: dict[Element, bool] = {}
        """Whether an open block is a row of headlines."""

        self._told: dict[Element, bool] = {}
        """Whether an open block is a paragraph of words and links."""

        self._continued = False

    def block(self, element: Element, look: _Look) -> None:
        """Render a block element: its lines are its own."""
        look = _leading(element, _seen(element, look))
        if element.tag in _UNPRINTED:
            return
        self._end_line()
        self._chain.append(element)
        self._block.append(element)
        if element.tag == "table" and _is_data(element):
            self._rows(element, look)
        elif element.tag == "hr":
            self._add("", (), "break", look)
        else:
            if element.tag == "pre":
                look = look._replace(preformatted=True)
            self._content(element, look)
        self._end_line(look)
        self._block.pop()
        self._chain.pop()

    def _content(self, element: Element, look: _Look) -> None:
        if element.text:
            self._text(element.text, look)
        for child in element:
            self._child(child, look)
            if child.tail:
                self._text(child.tail, look)

    def _child(self, child: Element, look: _Look) -> None:
        tag = child.tag
        if tag == "br":
            broken = bool(self._runs)
            self._end_line(look)
            # The second of two in a row ends the paragraph.
            self._continued = broken
        elif tag == "img":
            self._picture(child, _seen(child, look))
        elif (tag not in INLINE or _is_box(child)) and (tag in BLOCKS or _holds_blocks(child)):
            self.block(child, look)
        elif tag not in _UNPRINTED and not (look.href is not None and self._is_aside(child)):
            self._inline(child, _seen(child, look))

    def _is_aside(self, element: Element) -> bool:
        """Whether an element of a link holds what only a screen reader says, and others see other words there."""
        if not is_unseen(element):
            return False
        link = next((each for each in reversed(self._chain) if each.tag == "a"), None)
        if link is None:
            return False
        said, own = ("".join("".join(each.itertext()).split()) for each in (link, element))
        return any(character.isalnum() for character in said.replace(own, "", 1))

    def _inline(self, element: Element, look: _Look) -> None:
        tag = element.tag
        if self._runs and self._stands_alone(element):
            while len(self._runs) > 1 and _SEPARATORS.match(self._runs[-1].text):
                del self._runs[-1], self._chains[-1]
            self._end_line(look)
        href = _leading(element, look).href
        look = _Look(
            look.strong or tag in _STRONG, look.emphasis or tag in _EMPHASIS, href, look.hidden, look.preformatted
        )
        self._chain.append(element)
        if tag == "q":
            self._text("“", look)
        self._content(element, look)
        if tag == "q":
            self._text("”", look)
        self._chain.pop()

    def _stands_alone(self, element: Element) -> bool:
        """Whether an inline element begins a line: a block's links, times and classed parts, no words between them.

        Style sheets set such parts apart; words in a paragraph, or beside loose text, they do not.
        """
        parent, before = element.getparent(), element.getprevious()
        if parent is None or before is None or (parent.tag in FLOWING and not self._lists(parent)):
            return False
        if parent.tag in INLINE and not _is_tile(parent):
            return False
        if parent not in self._loose:
            words = (parent.text or "") + "".join(child.tail or "" for child in parent)
            self._loose[parent] = not _SEPARATORS.match(words)
        if self._loose[parent]:
            return False
        joint = Joint(before, element)
        if (joint.flows and self._is_running()) or (joint.is_close and self._tells(parent)):
            return False
        if element.tag == before.tag == "a":
            return joint.changes_name or joint.collides or bool(element.get("href") != before.get("href"))
        if {element.tag, before.tag} & {"a", "time"}:
            return True
        return element.tag == before.tag == "span" and (joint.parts_names or joint.collides)

    def _lists(self, element: Element) -> bool:
        """Whether a paragraph is a row of headlines: nothing but links of several words, and signs between them."""
        known = self._listing.get(element)
        if known is None:
            links = list(element)
            texts = ("".join(link.itertext()).split() for link in links)
            listed = len(links) > 1 and all(link.tag == "a" for link in links)
            known = listed and all(len(words) >= _LISTED_WORDS for words in texts)
            self._listing[element] = known
        return known

    def _tells(self, element: Element) -> bool:
        """Whether an element is a paragraph, whatever it is called: words enough, most in no link, and a full stop."""
        known = self._told.get(element)
        if known is None:
            text = "".join(element.itertext()).strip()
            linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
            known = len(text.split()) >= _TOLD and text.endswith(STOPS) and 2 * linked < len(text)
            self._told[element] = known
        return known

    def _is_running(self) -> bool:
        """Whether enough words are collected that they can be a sentence."""
        return sum(len(run.text.split()) for run in self._runs[-_RUNNING:]) >= _RUNNING

    def _text(self, text: str, look: _Look) -> None:
        if look.preformatted:
            first, *rest = text.split("\n")
            self._run(first, look)
            for piece in rest:
                self._end_line(look, keep=True)
                self._run(piece, look)
            return
        # Half of all text is the white space of the template, between two blocks.
        if not text.isprintable() or "  " in text:
            text = SPACE.sub(" ", text) if text.strip(BLANKS) else " "
        self._run(text, look)

    def _run(self, text: str, look: _Look) -> None:
        if not text:
            return
        # Nobody asks what holds white space.
        chain = tuple(self._chain) if text.strip() else ()
        if self._runs and glued(self._runs[-1].text, text) and parted(self._chains[-1], chain):
            text = " " + text
        self._runs.append(StyledRun(text, look.strong, look.emphasis, look.href))
        self._chains.append(chain)

    def _picture(self, element: Element, look: _Look) -> None:
        alt = " ".join(clean(element.get("alt") or "").split())
        if self._runs and _is_character(element):
            self._run(alt, look)
            return
        self._end_line(look)
        self._chain.append(element)
        self._add(alt, (StyledRun(alt, href=look.href),) if alt else (), "picture", look)
        self._chain.pop()

    def _rows(self, table: Element, look: _Look) -> None:
        for row in table.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            self._chain.append(row)
            rendered = tuple(_cell(cell) for cell in cells)
            runs: list[StyledRun] = []
            for cell in rendered:
                runs += [StyledRun(" | "), *cell] if runs else cell
            header = bool(cells) and all(cell.tag == "th" for cell in cells)
            text = text_of(runs)
            if text.strip(" |"):
                self._add(text, tidied(runs), "row", look, cells=rendered, header=header)
            self._chain.pop()
        for caption in table.iter("caption"):
            self.block(caption, look)

    def _end_line(self, look: _Look | None = None, keep: bool = False) -> None:
        """Make a line of the collected text; ``keep`` also when it is white space, as preformatted text asks."""
        runs, chains = self._runs, self._chains
        preformatted = look is not None and look.preformatted
        if not runs and not (preformatted and keep):
            return
        continued, self._continued = self._continued, False
        self._runs, self._chains = [], []
        if not any(run.text.strip() for run in runs) and not (preformatted and keep):
            return
        look = look or _Look()
        if preformatted:
            text = clean("".join(run.text for run in runs)).rstrip()
            if text or (self.lines and self.lines[-1].kind == "preformatted"):
                self._add(text or " ", tuple(runs), "preformatted", look)
            return
        tidy = tidied(runs)
        if tidy:
            said = [chain for run, chain in zip(runs, chains, strict=True) if run.text.strip()]
            shared = _shared(said)
            inner = dict.fromkeys(element for chain in said for element in chain[len(shared) :])
            self._add(text_of(tidy), tidy, "text", look, continued=continued, chain=shared, inner=tuple(inner))

    def _add(
        self,
        text: str,
        runs: tuple[StyledRun, ...],
        kind: Kind,
        look: _Look,
        *,
        continued: bool = False,
        cells: tuple[tuple[StyledRun, ...], ...] = (),
        header: bool = False,
        chain: tuple[Element, ...] | None = None,
        inner: tuple[Element, ...] = (),
    ) -> None:
        ancestors = tuple(reversed(chain or self._chain))
        self.lines.append(
            PageLine(
                number=0,
                text=text,
                runs=runs,
                element=ancestors[0] if kind == "picture" else self._block[-1],
                kind=kind,
                continued=continued,
                hidden=look.hidden,
                cells=cells,
                header=header,
                ancestors=ancestors,
                inner=inner,
            )
        )


def _seen(element: Element, look: _Look) -> _Look:
    """The look inside an element, hidden or not."""
    if look.hidden:
        return look
    return look._replace(hidden=True) if is_hidden(element) else look


def _leading(element: Element, look: _Look) -> _Look:
    """The look inside an element that leads elsewhere."""
    href = destination_of(element, linked=look.href is not None)
    return look if href is None else look._replace(href=href)


def _shared(chains: list[tuple[Element, ...]]) -> tuple[Element, ...]:
    """The elements that all chains begin with."""
    first, *rest = chains
    length = len(first)
    for chain in rest:
        length = min(length, len(chain))
        while length and chain[length - 1] is not first[length - 1]:
            length -= 1
    return first[:length]


def _holds_blocks(element: Element) -> bool:
    return any(child.tag not in INLINE for child in element.iter() if child is not element)


def _is_box(element: Element) -> bool:
    """Whether an inline element holds a block, so that words after it begin a line: a picture with its caption."""
    return element.tag == "span" and any(isinstance(child.tag, str) and child.tag not in INLINE for child in element)


def _is_tile(element: Element) -> bool:
    """Whether a link stands in no line of text: then classed parts of it are a headline, a rubric, a source."""
    around = element.getparent()
    if element.tag != "a" or around is None or around.tag in INLINE:
        return False
    alone = around.tag in _CELLS and len(around) == 1 and not (around.text or "").strip()
    return around.tag not in FLOWING or (alone and not (element.tail or "").strip())


def _is_character(picture: Element) -> bool:
    """Whether a picture stands for a character of the text: an emoji, an icon."""
    width = picture.get("width") or ""
    return "emoji" in (picture.get("class") or "") or (width.isdigit() and int(width) <= _ICON)


def _is_data(table: Element) -> bool:
    """Whether a table holds data and not the page's layout or a picture: several short cells in several rows."""
    if any(child.tag in ("table", "img", "h1", "h2", "ul", "video", "picture") for child in table.iterdescendants()):
        return False
    widths = []
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) > _MOST_CELLS or any(_length(cell) > _CELL_LENGTH for cell in cells):
            return False
        widths.append(len(cells))
    several = len(widths) > 1 and max(widths, default=0) > 1 and sum(width > 1 for width in widths) * 2 > len(widths)
    return several and not _lists_links(table, len(widths))


def _lists_links(table: Element, rows: int) -> bool:
    """Whether most rows of a table hold a link of several words, and one of them hardly anything else: headlines."""
    linked = sum(len("".join(link.itertext()).split()) >= _LISTED_WORDS for link in table.iter("a") if link.get("href"))
    return 2 * linked > rows and 2 * sum(_length(link) for link in table.iter("a")) > _length(table)


def _length(cell: Element) -> int:
    return sum(len(text.strip()) for text in cell.itertext())


def _cell(cell: Element) -> tuple[StyledRun, ...]:
    """A cell's runs; its lines are joined."""
    inner = _Renderer()
    inner.block(cell, _Look())
    runs: list[StyledRun] = []
    for line in inner.lines:
        runs += [StyledRun(" "), *line.runs] if runs else line.runs
    return tuple(runs)
