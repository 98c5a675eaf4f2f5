"""A laid out document becomes a fragment: the engine paints it as if it were a file, and what it wrote is cut free.

The engine writes objects that know each other by number (pydyf). Those that can be reached from the pages and from the
topmost elements of the tag tree are kept, in that order, and each number in them becomes a slot for the linker.
"""

import contextlib
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple, TypeAlias

import pydyf
import weasyprint.pdf
from pydyf import _to_bytes
from weasyprint import DEFAULT_OPTIONS
from weasyprint.logger import LOGGER
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

from publisher.model import Document
from publisher.writing.pdf.breaks import page_breaks
from publisher.writing.pdf.container import COMPRESSION
from publisher.writing.pdf.engine import VARIANT, LaidOut, references_once
from publisher.writing.pdf.faces import font_uses, missing_by_character
from publisher.writing.pdf.folios import Folios, Late, numbered_margins
from publisher.writing.pdf.fragment import (
    COLOURS,
    DOCUMENT,
    FONTS,
    PAGES,
    PROFILE,
    SYMBOLS,
    Anchor,
    FragmentPage,
    PdfFragment,
    Template,
)
from publisher.writing.pdf.numbers import LateText, LateWords, Numbers, utf_16
from publisher.writing.pdf.renumbering import numbers_of
from publisher.writing.pdf.settling import Known, pointed_at
from publisher.writing.pdf.tags import mended_tags

__all__ = ["OPTIONS", "paint"]

OPTIONS = {
    **DEFAULT_OPTIONS,
    "pdf_variant": VARIANT,
    "pdf_version": "1.7",
    "pdf_tags": True,
    "output_intent": "srgb",
}
"""The engine's, for a file that is PDF/A-3a and PDF/UA-1."""

Value: TypeAlias = Any
"""What pydyf can write."""

_REFERENCE = re.compile(rb"(\d+) 0 R")


def paint(
    laid_out: LaidOut, document: Document, language: str, known: Known, folios: Folios, heard: Iterable[str]
) -> PdfFragment:
    """The fragment of a document that was laid out with what is ``known``; its pages lose what is set late.

    ``language`` is the issue's. Links to anchors that no document has are left out. ``heard`` is what the engine
    complains of, which may become more here.
    """
    breaks = tuple(page_breaks(laid_out, 1))
    late = _late(laid_out, folios) if known.first_page is None else None
    for margin in (margin for margins in late or () for margin in margins):
        margin.take_off()
    told = numbers_of(laid_out)
    numbers = Numbers(laid_out, told, folios)
    laid_out.metadata.lang = language
    links: dict[str, None] = {}
    with (
        references_once(),
        mended_tags(language, numbers.words_of) as tree,
        numbers.left_open(),
        _as_a_part(frozenset(known.dead), links),
    ):
        pdf = weasyprint.pdf.generate_pdf(laid_out, None, 1, **OPTIONS)
        tree.finish(pdf)
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    resources = _object(pdf, pages[0]["Resources"])
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    topmost = _object(pdf, root["K"][0])
    elements = _object(pdf, root["ParentTree"])["Nums"][1::2]
    cut = _Cut(pdf, _symbols(pdf, topmost, resources), SYMBOLS + len(elements), len(told))
    _open_numbers(pdf, pages)
    _name_headers(pdf, document.name)
    made = [
        _page(cut, page, laid_out_page, margins, elements_of_page, _scratch(laid_out, laid_out_page, resources))
        for page, laid_out_page, margins, elements_of_page in zip(
            pages, laid_out.pages, late or [[] for _ in pages], elements, strict=False
        )
    ]
    topmost_elements = tuple(map(cut.place, topmost["K"]))
    annotations = tuple(map(cut.place, elements[len(pages) :]))
    objects = tuple(cut.templates())
    return PdfFragment(
        objects=objects,
        streams=cut.streams,
        shared=cut.shared(objects),
        pages=tuple(made),
        annotations=annotations,
        elements=topmost_elements,
        anchors=tuple(_anchors(pdf, pages)),
        links=tuple(links),
        fonts=tuple(font_uses(laid_out.fonts)),
        breaks=breaks,
        complaints=tuple(heard),
        is_bound=late is None,
        pointed=tuple(pointed_at(document)),
        is_numbered=not numbers.are_certain,
        numbers=told,
        shown=tuple(numbers.shown),
        late=cut.late,
    )


def _late(document: LaidOut, folios: Folios) -> list[list[Late]] | None:
    """For each page the margin boxes that are set late; ``None`` where one cannot be."""
    found = []
    for index, page in enumerate(document.pages):
        margins = [folios.late(margin, document, index) for margin in numbered_margins(page)]
        if None in margins:
            return None
        found.append([margin for margin in margins if margin])
    return found


# --- what the engine wrote, made ready ------------------------------------------------------------------------------


class _Slot(NamedTuple):
    """Stands in an object for what the linker knows."""

    number: int


def _symbols(pdf: pydyf.PDF, document: pydyf.Dictionary, resources: pydyf.Dictionary) -> dict[int, int]:
    """By number, the objects that belong to the whole file, as slots."""
    colours = _object(pdf, resources["ColorSpace"])
    return {
        pdf.pages.number: PAGES,
        document.number: DOCUMENT,
        colours.number: COLOURS,
        _number(resources["Font"]): FONTS,
        _number(colours["srgb"][1]): PROFILE,
    }


def _open_numbers(pdf: pydyf.PDF, pages: Sequence[pydyf.Dictionary]) -> None:
    """Make slots of the places that pages and annotations have in the index of the tag tree."""
    for at, page in enumerate(pages):
        page["StructParents"] = _Slot(SYMBOLS + at)
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and "StructParent" in item:
            item["StructParent"] = _Slot(SYMBOLS + item["StructParent"])


def _name_headers(pdf: pydyf.PDF, name: str) -> None:
    """Name table headers after their document: the engine does after the numbers of objects, which others have too."""
    for item in pdf.objects:
        if not isinstance(item, pydyf.Dictionary) or item.get("Type") != "/StructElem":
            continue
        if "ID" in item:
            item["ID"] = pydyf.String(f"{name}-{item['ID'].string}")
        if headers := item.get("A", {}).get("Headers"):
            item["A"]["Headers"] = pydyf.Array(pydyf.String(f"{name}-{header.string}") for header in headers)


def _scratch(laid_out: LaidOut, page: Any, resources: pydyf.Dictionary) -> Stream:
    """A stream that nobody writes, with the fonts and the resources of the document."""
    area = (0, 0, page.width, page.height)
    return Stream(laid_out.fonts, area, resources, {}, None, laid_out.color_profiles, laid_out.output_intent)


def _page(
    cut: "_Cut", page: pydyf.Dictionary, laid_out: Any, late: Sequence[Late], elements: pydyf.Array, scratch: Stream
) -> FragmentPage:
    place = cut.place(page.reference)
    open_place = None
    if late:
        open_place = cut.leave_open()
        page["Contents"] = pydyf.Array([page["Contents"], _Slot(cut.first_slot + open_place)])
    return FragmentPage(
        object=place,
        height=laid_out.height,
        elements=cut.template(elements),
        bookmarks=tuple(laid_out.bookmarks),
        folios=tuple(margin.described(scratch) for margin in late),
        late=open_place,
    )


def _anchors(pdf: pydyf.PDF, pages: Sequence[pydyf.Dictionary]) -> Iterator[Anchor]:
    indexes = {page.reference: index for index, page in enumerate(pages)}
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
    for name, (page, _, x, y, _) in zip(names[::2], names[1::2], strict=True):
        yield Anchor(name.string, indexes[page], x, y)


# --- cut free -------------------------------------------------------------------------------------------------------


class _Cut:
    """Objects that were asked for, and those that they lead to, each in the order in which it was first met."""

    def __init__(self, pdf: pydyf.PDF, symbols: Mapping[int, int], first_number: int, numbers: int) -> None:
        self._pdf = pdf
        self._symbols = symbols
        self._first_number = first_number
        """The slot of the first page that the document tells; it tells so many ``numbers``."""

        self.first_slot = first_number + numbers
        """That of the first object."""

        self._met: list[pydyf.Object | None] = []
        self._places: dict[int, int] = {}
        self.streams: dict[int, bytes] = {}
        self.late: dict[int, Template] = {}

    def place(self, reference: bytes) -> int:
        """Where the object stands among ours."""
        number = _number(reference)
        if number not in self._places:
            self._places[number] = len(self._met)
            self._met.append(self._pdf.objects[number])
        return self._places[number]

    def leave_open(self) -> int:
        """The place of an object that the linker makes."""
        self._met.append(None)
        return len(self._met) - 1

    def templates(self) -> Iterator[Template]:
        """Each object, of a stream its dictionary; until the last, more of them are met."""
        for place, item in enumerate(self._met):
            if item is None:
                yield ()
            elif isinstance(item, pydyf.Stream):
                yield self._stream(place, item)
            else:
                yield self.template(item)

    def template(self, value: Value) -> Template:
        """The value as bytes, with slots."""
        parts: list[bytes | int] = []
        self._write(value, parts)
        return _closed(parts)

    def _write(self, value: Value, parts: list[bytes | int]) -> None:
        if isinstance(value, dict):
            parts.append(b"<<")
            for key, each in value.items():
                parts.append(b"/%b " % _to_bytes(key))
                self._write(each, parts)
            parts.append(b">>")
        elif isinstance(value, _Slot):
            parts.append(value.number)
        elif isinstance(value, LateWords):
            words = (utf_16(each) if isinstance(each, str) else self._first_number + each for each in value.parts)
            parts += (b"<feff", *words, b">")
        elif isinstance(value, list):
            parts.append(b"[")
            for each in value:
                self._write(each, parts)
                parts.append(b" ")
            parts.append(b"]")
        elif isinstance(value, bytes) and (match := _REFERENCE.fullmatch(value)):
            number = int(match[1])
            symbol = self._symbols.get(number)
            parts.append(self.first_slot + self.place(value) if symbol is None else symbol)
        else:
            parts.append(_to_bytes(value))

    def _stream(self, place: int, stream: pydyf.Stream) -> Template:
        if any(isinstance(item, LateText) for item in stream.stream):
            lines = (item.place if isinstance(item, LateText) else _to_bytes(item) for item in stream.stream)
            self.late[place] = _closed([part for line in lines for part in (line, b"\n")])
            return ()
        data = b"\n".join(map(_to_bytes, stream.stream))
        facts = dict(stream.extra)
        if stream.compress:
            facts["Filter"] = "/FlateDecode"
            data = zlib.compress(data, COMPRESSION)
        facts["Length"] = len(data)
        self.streams[place] = data
        return self.template(facts)

    def shared(self, objects: Sequence[Template]) -> dict[int, bytes]:
        """The digests of pictures, their masks included."""
        return {
            place: self._digest(place, objects)
            for place, item in enumerate(self._met)
            if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/Image"
        }

    def _digest(self, place: int, objects: Sequence[Template]) -> bytes:
        digest = hashlib.sha256(self.streams[place])
        for part in objects[place]:
            digest.update(part if isinstance(part, bytes) else self._digest(part - self.first_slot, objects))
        return digest.digest()


def _closed(parts: Iterable[bytes | int]) -> Template:
    """The parts with all bytes between two slots together."""
    whole: list[bytes | int] = []
    run: list[bytes] = []
    for part in parts:
        if isinstance(part, bytes):
            run.append(part)
        else:
            whole += (b"".join(run), part)
            run.clear()
    return (*whole, b"".join(run))


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]


# --- the engine, told that there is more than this document ---------------------------------------------------------


@contextlib.contextmanager
def _as_a_part(dead: Set[str], links: dict[str, None]) -> Iterator[None]:
    """While it is open, the engine keeps links to other documents, which it adds to ``links``, and embeds no fonts."""

    def resolve_links(pages: Sequence[Any]) -> Iterator[tuple[list[Any], list[tuple[str, float, float]]]]:
        seen: set[str] = set()
        for page in pages:
            kept = []
            for link in page.links:
                kind, target = link[:2]
                if kind != "internal":
                    kept.append(link)
                elif target in dead:
                    LOGGER.error("No anchor #%s for internal URI reference", target)  # As the engine says it.
                else:
                    kept.append(link)
                    links[target] = None
            yield kept, [(name, x, y) for name, (x, y, _, _) in page.anchors.items() if name not in seen]
            seen |= page.anchors.keys()

    with contextlib.ExitStack() as stack:
        for place, name, ours in (
            (weasyprint.pdf, "resolve_links", resolve_links),
            (weasyprint.pdf, "build_fonts_dictionary", lambda *_: pydyf.Dictionary()),
            (Font, "get_unused_glyph_id", missing_by_character),
        ):
            stack.callback(setattr, place, name, getattr(place, name))
            setattr(place, name, ours)
        yield
