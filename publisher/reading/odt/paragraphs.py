"""The paragraphs of an OpenDocument text in order, as it reads when all changes are accepted and comments are gone."""

import re
from collections.abc import Iterable, Iterator

from publisher.model.blocks import Value
from publisher.reading.decoding import clean
from publisher.reading.odt.markup import CONTENTS, DRAW, OBJECTS, OFFICE, SVG, TABLE, TEXT, UNPRINTED, XLINK
from publisher.reading.odt.package import Element, OdtPackage
from publisher.reading.odt.properties import read_properties
from publisher.reading.odt.styles import OdtMeaning, OdtStyles
from publisher.reading.office.archive import number_of
from publisher.reading.office.numberings import Numberings
from publisher.reading.office.omissions import Omissions
from publisher.reading.office.pieces import (
    BREAK,
    CellRead,
    OfficeDocument,
    ParagraphRead,
    Picture,
    Piece,
    TableRead,
    as_note,
    in_box,
    paragraphs_of,
)

_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
"""That one element stands for: what is wider is a drawing in signs, or a bomb."""

_UNREADABLE = re.compile(r"\.(?:emf|svm|wmf)$", re.IGNORECASE)


class _Look(Value, frozen=True, kw_only=True):
    """What holds for the words that are read at the moment."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    url: str | None = None

    def styled(self, meaning: OdtMeaning) -> "_Look":
        """The look of what has a style in it."""
        return _Look(
            bold=self.bold if meaning.bold is None else meaning.bold,
            italic=self.italic if meaning.italic is None else meaning.italic,
            hidden=self.hidden if meaning.hidden is None else meaning.hidden,
            url=self.url,
        )


class OdtReader:
    """Reads one document's paragraphs and tables, then its notes."""

    def __init__(self, package: OdtPackage) -> None:
        self.package = package
        self.styles = OdtStyles(package)
        self.numberings = Numberings()
        self.omissions = Omissions(package.name)
        self._lists: dict[str, str] = {}
        """By the name of a list, and of its style, which numbering goes on with it."""

        self._notes: list[Element] = []
        self._boxes: list[Piece] = []
        self._hidden = False
        """Whether a field said of the paragraph in which it stands that it does not print."""

    def read(self) -> OfficeDocument:
        """The document; the notes follow as paragraphs, in the order of their marks."""
        pieces = list(self._pieces(self.package.text()))
        number = 0
        while number < len(self._notes):  # A note may hold the mark of another.
            number += 1
            pieces += as_note(list(self._pieces(self._notes[number - 1])), number)
        return OfficeDocument(
            pieces=tuple(pieces), properties=read_properties(self.package), problems=self.omissions.problems
        )

    def _pieces(self, parent: Iterable[Element]) -> Iterator[Piece]:
        """The pieces in an element; what stands in a frame beside a paragraph follows it."""
        for element in parent:
            tag = str(element.tag)
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                if not self.omissions.paragraph():
                    return
                paragraph = self._paragraph(element)
                if paragraph is not None:
                    yield paragraph
            elif tag == f"{TEXT}list":
                yield from self._list(element)
            elif tag == f"{TABLE}table":
                yield self._table(element)
            elif tag.startswith(DRAW):
                if not self.omissions.paragraph():
                    return
                paragraph = ParagraphRead()
                self._shape(element, paragraph)
                if paragraph.pictures:
                    yield paragraph
            elif tag in CONTENTS:
                yield from self._contents(element)
            elif tag == f"{OFFICE}annotation":
                self.omissions.comments += 1
            elif tag not in UNPRINTED and element.get(f"{TEXT}display") != "none" and not _is_hidden(element):
                yield from self._pieces(element)
            boxes, self._boxes = self._boxes, []
            yield from boxes

    def _contents(self, element: Element) -> Iterator[Piece]:
        """The entries of a table of contents or an index."""
        for body in element.iterfind(f"{TEXT}index-body"):
            for piece in self._pieces(body):
                for paragraph in paragraphs_of(piece):
                    paragraph.kind, paragraph.item = "contents", None
                    yield paragraph

    def _paragraph(self, element: Element) -> ParagraphRead | None:
        """The paragraph; ``None`` when it does not print."""
        meaning = self.styles.meaning("paragraph", element.get(f"{TEXT}style-name"))
        kind, level = meaning.kind or "text", meaning.level
        if element.tag == f"{TEXT}h" and kind in ("text", "heading"):
            kind, level = "heading", number_of(element.get(f"{TEXT}outline-level"), level or 1)
        paragraph = ParagraphRead(kind=kind, level=level)
        kept, self._hidden = self._hidden, False
        self._inside(element, paragraph, _Look().styled(meaning))
        hidden, self._hidden = self._hidden, kept
        return None if hidden else paragraph

    def _inside(self, parent: Element, paragraph: ParagraphRead, look: _Look) -> None:
        """Add the words in an element to the paragraph, and what stands between them."""
        self._add(paragraph, parent.text, look)
        for element in parent:
            self._sign(element, paragraph, look)
            self._add(paragraph, element.tail, look)

    def _add(self, paragraph: ParagraphRead, text: str | None, look: _Look) -> None:
        """Add words; white space counts once, and not at the beginning (6.1.2)."""
        if not text or look.hidden:
            return
        text = _SPACES.sub(" ", text)
        if not paragraph.runs or paragraph.runs[-1].text.endswith((" ", BREAK)):
            text = text.removeprefix(" ")
        if text and self.omissions.run():
            paragraph.add(text, bold=look.bold, italic=look.italic, url=look.url)

    def _add_sign(self, paragraph: ParagraphRead, text: str, look: _Look) -> None:
        """Add a sign that stands as an element: spaces, a break, the mark of a note."""
        if not look.hidden and self.omissions.run():
            paragraph.add(text, bold=look.bold, italic=look.italic, url=look.url)

    def _sign(self, element: Element, paragraph: ParagraphRead, look: _Look) -> None:
        tag = str(element.tag)
        match tag.removeprefix(TEXT):
            case "span":
                look = look.styled(self.styles.meaning("text", element.get(f"{TEXT}style-name")))
                self._inside(element, paragraph, look)
            case "a":
                url = element.get(f"{XLINK}href", "").strip()
                inner = _Look(bold=look.bold, italic=look.italic, hidden=look.hidden, url=_outward(url))
                self._inside(element, paragraph, inner)
            case "s":
                count = min(number_of(element.get(f"{TEXT}c"), 1), _MOST_SPACES)
                self._add_sign(paragraph, " " * count, look)
            case "tab":
                self._add_sign(paragraph, " ", look)
            case "line-break":
                self._add_sign(paragraph, BREAK, look)
            case "note" if not look.hidden:
                self._notes.append(element)
                self._add_sign(paragraph, f"[{len(self._notes)}]", look)
            case "ruby-text":
                self.omissions.dropped("how signs are pronounced (ruby) was left out")
            case "hidden-paragraph":
                self._hidden = self._hidden or _is_hidden(element)
            case "note" | "hidden-text" if look.hidden or _is_hidden(element):
                pass
            case _ if tag == f"{OFFICE}annotation":
                self.omissions.comments += 1
            case _ if tag.startswith(DRAW):
                if not look.hidden:
                    self._shape(element, paragraph)
            case _ if tag not in UNPRINTED:
                self._inside(element, paragraph, look)

    def _list(self, element: Element, identifier: str | None = None, level: int = 0) -> Iterator[Piece]:
        """The items of a list; a nested one counts in that which holds it."""
        style = element.get(f"{TEXT}style-name")
        if identifier is None:
            identifier = self._numbering(element, style)
        elif style in self.styles.lists:
            self.numberings.levels[identifier] = self.styles.lists[style]
        for item in element:
            marked = item.tag == f"{TEXT}list-item"
            number = number_of(item.get(f"{TEXT}start-value"), -1)
            opened: ParagraphRead | None = None
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, identifier, level + 1)
                    continue
                for piece in self._pieces((child,)):
                    if not isinstance(piece, ParagraphRead) or piece.kind != "text" or piece.in_box or not marked:
                        yield piece
                    elif opened is None:
                        opened = piece
                        counted = self.numberings.count(identifier, level, number if number >= 0 else None)
                        piece.item = counted or (True, 0)
                        yield piece
                    else:  # It was handed on, and nobody has looked at it yet.
                        opened.join(piece)

    def _numbering(self, element: Element, style: str | None) -> str:
        """Which numbering the items of a list count in: that of an earlier list that it goes on with, or its own."""
        if style is None:
            first = next(element.iter(f"{TEXT}p"), None)
            named = first.get(f"{TEXT}style-name") if first is not None else None
            style = self.styles.meaning("paragraph", named).list_style
        earlier = element.get(f"{TEXT}continue-list") or (
            f"style {style}" if element.get(f"{TEXT}continue-numbering") == "true" else ""
        )
        identifier = self._lists.get(earlier) or str(len(self.numberings.levels))
        self.numberings.levels[identifier] = self.styles.lists.get(style or "", {})
        self._lists[f"style {style}"] = identifier
        name = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if name:
            self._lists[name] = identifier
        return identifier

    def _shape(self, element: Element, paragraph: ParagraphRead) -> None:
        """The pictures in a frame or a drawing, and the paragraphs in its boxes."""
        if element.tag in (f"{DRAW}g", f"{DRAW}a"):
            for child in element:
                if str(child.tag).startswith(DRAW):
                    self._shape(child, paragraph)
            return
        images = element.findall(f"{DRAW}image")
        box = element.find(f"{DRAW}text-box")
        if images:
            # One picture in several formats (10.4.2): the first that is more than a program's own.
            usual = (each for each in images if not _UNREADABLE.search(each.get(f"{XLINK}href", "")))
            self._picture(next(usual, images[0]), element, paragraph)
            return
        if box is None and any(child.tag in OBJECTS for child in element):
            self.omissions.dropped("an object inside the document was left out")
            return
        pieces = self._box(element if box is None else box)
        if any(each.worded or each.pictures for piece in pieces for each in paragraphs_of(piece)):
            self._boxes += pieces
        elif box is None:
            self.omissions.dropped("a drawing was left out")

    def _picture(self, image: Element, frame: Element, paragraph: ParagraphRead) -> None:
        described = frame.findtext(f"{SVG}desc") or frame.findtext(f"{SVG}title") or ""
        inside = self.package.picture(image)
        url = image.get(f"{XLINK}href", "").strip()
        if inside is None and ":" not in url:
            self.omissions.dropped("a picture that the document names is not in it")
            return
        if not self.omissions.run():
            return
        alt = clean(" ".join(described.split())) or None
        paragraph.add_picture(Picture(inside=inside, url=None if inside else url, alt=alt))

    def _box(self, box: Element) -> list[Piece]:
        """The paragraphs in a box, for after the one that it stands beside."""
        kept, self._boxes = self._boxes, []
        pieces = in_box(list(self._pieces(box)))
        self._boxes = kept
        return pieces

    def _table(self, element: Element) -> TableRead:
        rows: list[list[CellRead]] = []
        headed = False
        for row, heading in _rows(element):
            for _ in range(number_of(row.get(f"{TABLE}number-rows-repeated"), 1)):
                if not self.omissions.paragraph():
                    return self.omissions.squared(rows, headed)
                headed = headed or (heading and not rows)
                rows.append(self._row(row))
        return self.omissions.squared(rows, headed)

    def _row(self, row: Element) -> list[CellRead]:
        """The cells of a row, as many as it has columns: those that another reaches over are there and empty."""
        cells: list[CellRead] = []
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            for _ in range(number_of(cell.get(f"{TABLE}number-columns-repeated"), 1)):
                if not self.omissions.paragraph():
                    return cells
                cells.append(CellRead(self._cell(cell) if cell.tag == f"{TABLE}table-cell" else []))
        return cells

    def _cell(self, cell: Element) -> list[ParagraphRead]:
        paragraphs: list[ParagraphRead] = []
        for piece in self._pieces(cell):
            if isinstance(piece, TableRead):
                self.omissions.dropped("a table inside a table lost its rows; its words were kept")
            paragraphs += paragraphs_of(piece)
        return paragraphs


def _rows(element: Element, heading: bool = False) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, and whether each stands in its heading."""
    for child in element:
        if child.tag == f"{TABLE}table-row":
            yield child, heading
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child, heading or child.tag == f"{TABLE}table-header-rows")


def _outward(url: str) -> str | None:
    """The address that a link leads to; ``None`` for one inside the document."""
    return None if not url or url.startswith("#") else url


def _is_hidden(element: Element) -> bool:
    return bool(element.get(f"{TEXT}is-hidden") == "true")
