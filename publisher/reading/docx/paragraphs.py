"""The paragraphs of a Word document in order, as it reads when all changes are accepted and comments are gone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.reading.decoding import clean
from publisher.reading.docx.markup import MC, PIC, WP, WRAPPERS, A, M, O, R, V, chosen, own, through
from publisher.reading.docx.package import Element, Package
from publisher.reading.docx.properties import read_properties
from publisher.reading.docx.styles import Meaning, Styles, W, numbering_of, numberings_of, switch, value_of
from publisher.reading.office.archive import number_of
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

NO_BREAK_HYPHEN = "‑"

_HYPERLINK = re.compile(r'^\s*HYPERLINK\s+"([^"]*)"')
_PRIVATE = range(0xE000, 0xF900)
_DEEPEST_TABLE = 8


@dataclass(slots=True)
class _Look:
    """What holds for the runs that are read at the moment."""

    bold: bool
    italic: bool
    hidden: bool
    url: str | None = None


class Reader:
    """Reads one document's paragraphs and tables, then its notes."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = self._main = package.main_part()
        self.styles = Styles(package, self._main)
        self.numberings = numberings_of(package, self._main)
        self.omissions = Omissions(package.name)
        self._fields: list[list[str | bool]] = []
        """The fields that are open: what each says, and whether its result has begun."""

        self._notes: dict[tuple[str, str], int] = {}
        self._deleted_end: ParagraphRead | None = None
        self._boxes: list[Piece] = []

    def read(self) -> OfficeDocument:
        """The document; the notes follow as paragraphs, in the order of their marks."""
        root = self.package.xml(self._main)
        body = root.find(f"{W}body") if root is not None else None
        pieces = list(self._pieces(body)) if body is not None else []
        pieces += self._take_notes()
        properties = read_properties(self.package)
        return OfficeDocument(pieces=tuple(pieces), properties=properties, problems=self.omissions.problems)

    def _pieces(self, parent: Iterable[Element]) -> Iterator[Piece]:
        """The pieces in an element; what stands in a box beside a paragraph follows it."""
        for element in parent:
            if element.tag == f"{W}p":
                if not self.omissions.paragraph():
                    return
                paragraph = self._paragraph(element)
                if paragraph is not None:
                    yield paragraph
                yield from self._take_boxes()
            elif element.tag == f"{W}tbl":
                yield self._table(element, 1)
                yield from self._take_boxes()
            elif element.tag in WRAPPERS:
                yield from self._pieces(element)
            elif element.tag == f"{MC}AlternateContent":
                yield from self._pieces(chosen(element))
            elif element.tag == f"{W}altChunk":
                self.omissions.dropped("a document inside the document was left out")

    def _take_boxes(self) -> list[Piece]:
        boxes, self._boxes = self._boxes, []
        return boxes

    def _paragraph(self, element: Element) -> ParagraphRead | None:
        """The paragraph; ``None`` when its end is deleted, for then it is the beginning of the next one."""
        properties = element.find(f"{W}pPr")
        meaning = self.styles.meaning(value_of(properties, "pStyle") if properties is not None else None)
        paragraph = ParagraphRead(kind=meaning.kind, level=meaning.level)
        if self._deleted_end is not None:
            paragraph.runs, paragraph.pictures = self._deleted_end.runs, self._deleted_end.pictures
            paragraph.worded = self._deleted_end.worded
            paragraph.pictures_first = self._deleted_end.pictures_first
            self._deleted_end = None
        self._inside(element, paragraph, _Look(bold=meaning.bold, italic=meaning.italic, hidden=meaning.hidden))
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self._deleted_end = paragraph
            return None
        numbering = numbering_of(element) or meaning.numbering
        if numbering is not None and numbering[0] != "0":
            paragraph.item = self.numberings.count(*numbering)
        elif numbering is None and meaning.bullet is not None:
            paragraph.item = (meaning.bullet, 0)
        return paragraph

    def _inside(self, parent: Iterable[Element], paragraph: ParagraphRead, look: _Look) -> None:
        """Add the runs in an element to the paragraph."""
        for element in parent:
            tag = element.tag
            if tag == f"{W}r":
                self._run(element, paragraph, look)
            elif tag in (f"{W}hyperlink", f"{W}fldSimple"):
                self._inside(element, paragraph, _Look(look.bold, look.italic, look.hidden, self._url(element)))
            elif tag in WRAPPERS:
                self._inside(element, paragraph, look)
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                self.omissions.dropped("an equation lost its form; its signs were kept")
                self._add(paragraph, "".join(sign.text or "" for sign in element.iter(f"{M}t")), look)
            elif tag == f"{MC}AlternateContent":
                self._inside(chosen(element), paragraph, look)

    def _url(self, element: Element) -> str | None:
        """The address that a link leads to; ``None`` for one inside the document."""
        relation = self.package.relations(self.part).get(element.get(f"{R}id", ""))
        if relation is not None and relation.external:
            anchor = element.get(f"{W}anchor")
            return f"{relation.target}#{anchor}" if anchor and "#" not in relation.target else relation.target
        found = _HYPERLINK.match(element.get(f"{W}instr", ""))
        return found[1] if found else None

    def _run(self, element: Element, paragraph: ParagraphRead, look: _Look) -> None:
        if not self.omissions.run():
            return
        properties = element.find(f"{W}rPr")
        style = self.styles.meaning(value_of(properties, "rStyle")) if properties is not None else Meaning()
        bold, italic, hidden = (switch(properties, name) for name in ("b", "i", "vanish"))
        look = _Look(
            bold=(look.bold or style.bold) if bold is None else bold,
            italic=(look.italic or style.italic) if italic is None else italic,
            hidden=(look.hidden or style.hidden) if hidden is None else hidden,
            url=look.url or self._field_url(),
        )
        for child in element:
            self._sign(child, paragraph, look)

    def _sign(self, element: Element, paragraph: ParagraphRead, look: _Look) -> None:
        """Add one piece of a run: text, a break, a picture, the mark of a note."""
        match str(element.tag).rpartition("}")[2]:
            case "t":
                self._add(paragraph, element.text or "", look)
            case "tab" | "ptab":
                self._add(paragraph, " ", look)
            case "br" if element.get(f"{W}type") in ("page", "column"):
                self._add(paragraph, " ", look)
            case "br" | "cr":
                self._add(paragraph, BREAK, look)
            case "noBreakHyphen":
                self._add(paragraph, NO_BREAK_HYPHEN, look)
            case "sym":
                self._symbol(element, paragraph, look)
            case "fldChar":
                self._field(element.get(f"{W}fldCharType"))
            case "instrText" if self._fields and not self._fields[-1][1]:
                self._fields[-1][0] = f"{self._fields[-1][0]}{element.text or ''}"
            case "footnoteReference" | "endnoteReference" as tag:
                self._note(tag.removesuffix("Reference"), element.get(f"{W}id", ""), paragraph, look)
            case "commentReference":
                self.omissions.comments += 1
            case "drawing" | "pict" | "object":
                self._drawing(element, paragraph)
            case "AlternateContent":
                for child in chosen(element):
                    self._sign(child, paragraph, look)
            case "ruby":
                self._inside(element, paragraph, look)

    def _add(self, paragraph: ParagraphRead, text: str, look: _Look) -> None:
        """Add text, unless it is hidden or part of what a field says."""
        if not look.hidden and all(result for _, result in self._fields):
            paragraph.add(text, bold=look.bold, italic=look.italic, url=look.url)

    def _symbol(self, element: Element, paragraph: ParagraphRead, look: _Look) -> None:
        """A sign by its number. In the private area it means something in one font only, which we do not have."""
        try:
            number = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            return
        if number in _PRIVATE or not 0x20 <= number < 0x10000:
            self.omissions.dropped(f"a sign of the font {element.get(f'{W}font', 'unknown')[:40]} was left out")
        else:
            self._add(paragraph, chr(number), look)

    def _field(self, kind: str | None) -> None:
        """Open a field, begin its result, or close it; one may stand inside another and run over paragraphs."""
        if kind == "begin":
            self._fields.append(["", False])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _field_url(self) -> str | None:
        for says, _ in reversed(self._fields):
            found = _HYPERLINK.match(str(says))
            if found and found[1]:
                return found[1]
        return None

    def _note(self, kind: str, identifier: str, paragraph: ParagraphRead, look: _Look) -> None:
        number = self._notes.setdefault((kind, identifier), len(self._notes) + 1)
        self._add(paragraph, f"[{number}]", look)

    def _take_notes(self) -> Iterator[Piece]:
        """The notes that are referred to, each opened by its mark."""
        found: dict[tuple[str, str], tuple[str, Element]] = {}
        for relation in self.package.relations(self._main).values():
            kind = {"footnotes": "footnote", "endnotes": "endnote"}.get(relation.kind)
            root = self.package.xml(relation.target) if kind and not relation.external else None
            for element in root if root is not None else ():
                found.setdefault((kind or "", element.get(f"{W}id", "")), (relation.target, element))
        waiting = list(self._notes)
        while waiting:
            for key in waiting:
                if key not in found:
                    self.omissions.dropped("a note that the text refers to is missing")
                    continue
                self.part, element = found[key]
                yield from as_note(list(self._pieces(element)), self._notes[key])
            waiting = list(self._notes)[self._notes[waiting[-1]] :]  # a note may refer to another
        self.part = self._main

    def _drawing(self, element: Element, paragraph: ParagraphRead) -> None:
        """The pictures in a drawing, and the paragraphs in its boxes."""
        blips, boxes, words = [], [], ""
        for part in own(element):
            if part.tag in (f"{WP}docPr", f"{PIC}cNvPr"):
                words = (part.get("descr") or words).strip()
            elif part.tag == f"{A}blip":
                blips.append((part.get(f"{R}embed") or part.get(f"{R}link"), words))
            elif part.tag == f"{V}imagedata":
                blips.append((part.get(f"{R}id"), (part.get(f"{O}title") or "").strip()))
            elif part.tag == f"{W}txbxContent":
                boxes.append(part)
        for identifier, alt in blips:
            self._picture(identifier, alt, paragraph)
        for box in boxes:
            self._box(box)
        if not blips and not boxes:
            self.omissions.dropped("a drawing was left out")

    def _picture(self, identifier: str | None, alt: str, paragraph: ParagraphRead) -> None:
        relation = self.package.relations(self.part).get(identifier or "")
        if relation is None:
            self.omissions.dropped("a picture that the document names is not in it")
            return
        paragraph.add_picture(
            Picture(
                inside=None if relation.external else relation.target,
                url=relation.target if relation.external else None,
                alt=clean(" ".join(alt.split())) or None,
            )
        )

    def _box(self, box: Element) -> None:
        """Keep the paragraphs in a box for after the one that it stands beside."""
        kept, self._boxes = self._boxes, []
        fields, self._fields = self._fields, []  # a box is no part of the field that it may stand in
        pieces = in_box(list(self._pieces(box)))
        self._boxes, self._fields = [*kept, *pieces], fields

    def _table(self, element: Element, depth: int) -> TableRead:
        rows: list[list[CellRead]] = []
        headed = False
        for row in through(element, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            if not self.omissions.paragraph():
                break
            if not rows and properties is not None:
                headed = switch(properties, "tblHeader") is True
            rows.append(self._row(row, depth))
        return self.omissions.squared(rows, headed)

    def _row(self, row: Element, depth: int) -> list[CellRead]:
        """The cells of a row, as many as it has columns: one over several is followed by empty ones."""
        cells: list[CellRead] = []
        for cell in through(row, f"{W}tc"):
            if not self.omissions.paragraph():
                break
            properties = cell.find(f"{W}tcPr")
            span = number_of(value_of(properties, "gridSpan") if properties is not None else None, 1)
            cells.append(CellRead(self._cell(cell, depth)))
            cells += [CellRead([]) for _ in range(min(span, 64) - 1)]
        return cells

    def _cell(self, cell: Element, depth: int) -> list[ParagraphRead]:
        paragraphs: list[ParagraphRead] = []
        for element in cell:
            if element.tag == f"{W}tbl":
                self.omissions.dropped("a table inside a table lost its rows; its words were kept")
                if depth < _DEEPEST_TABLE:
                    inner = self._table(element, depth + 1)
                    paragraphs += paragraphs_of(inner)
            else:
                for piece in self._pieces((element,)):
                    paragraphs += paragraphs_of(piece)
        return paragraphs
