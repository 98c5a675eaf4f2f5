"""The linker: fragments become one file, PDF/A-3a and PDF/UA-1 in one.

It writes as they come: one is held at a time. What is known only when all have been seen is written last: names,
outline, tag tree's index, page tree, and for each font one subset of what all of them use.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

import pydyf
import weasyprint
from pydyf import _to_bytes
from weasyprint.anchors import make_page_bookmark_tree
from weasyprint.matrix import Matrix
from weasyprint.pdf import D50, D65, _w3c_date_to_pdf
from weasyprint.pdf.anchors import add_outlines, write_pdf_attachment
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.text.fonts import FontConfiguration

from publisher.model import Attachment, Metadata
from publisher.writing.pdf.attachments import engine_attachment, mend_attachments
from publisher.writing.pdf.container import COMPRESSION, Container, Sink, dictionary
from publisher.writing.pdf.faces import UnitedFonts
from publisher.writing.pdf.folios import POINTS_A_PIXEL, folio_operators, shown_text
from publisher.writing.pdf.fragment import FragmentPage, PdfFragment, ShownNumber, Template
from publisher.writing.pdf.numbers import utf_16
from publisher.writing.pdf.painting import OPTIONS
from publisher.writing.pdf.settling import UNKNOWN
from publisher.writing.pdf.xmp import xmp_packet

__all__ = ["link"]

PRODUCER = f"WeasyPrint {weasyprint.VERSION}"
_PROFILE = "sRGB2014.icc"
_CONDITION = "IEC 61966-2-1 Default RGB Colour Space - sRGB"
"""What the profile calls itself."""


def link(
    fragments: Iterable[PdfFragment],
    pages: Mapping[str, int],
    metadata: Metadata,
    attachments: Sequence[Attachment],
    fonts: FontConfiguration,
    output: Sink,
) -> None:
    """Write the file of all fragments in their order. ``pages`` are those of the anchors, from 1."""
    linker = _Linker(Container(output), pages, fonts)
    linker.attach(attachments)
    for fragment in fragments:
        linker.add(fragment)
    linker.describe(metadata)
    linker.finish()


class _File(pydyf.PDF):  # type: ignore[misc]  # the engine has no types
    """What belongs to the whole file, as the engine's functions take it; the numbers are a container's."""

    page_references: Sequence[bytes] = ()

    def __init__(self, container: Container) -> None:
        self._container = container
        super().__init__()

    def add_object(self, item: pydyf.Object) -> None:
        """Give the object a number; but for the first, which no object has, they are written when all is done."""
        item.number = 0 if item.free == "f" else self._container.reserve()
        self.objects.append(item)


class _BookmarkedPage(NamedTuple):
    """What the engine asks of a page to make an outline."""

    bookmarks: Sequence[object]
    height: float


class _Linker:
    """A file that grows by fragments."""

    def __init__(self, container: Container, pages: Mapping[str, int], fonts: FontConfiguration) -> None:
        self._container = container
        self._pages_of_anchors = pages
        self._file = _File(container)
        self._fonts = UnitedFonts(fonts)
        self._profile = pydyf.Stream(
            [files("weasyprint.pdf").joinpath(_PROFILE).read_bytes()], pydyf.Dictionary({"N": 3}), compress=True
        )
        self._file.add_object(self._profile)
        self._colours = self._added(_colour_spaces(self._profile))
        self._pdf_fonts = self._added(pydyf.Dictionary())
        self._index = self._added(pydyf.Dictionary())
        self._root = self._added(pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": self._index.reference}))
        self._document = self._added(
            pydyf.Dictionary({"Type": "/StructElem", "S": "/Document", "K": pydyf.Array(), "P": self._root.reference})
        )
        self._root["K"] = pydyf.Array([self._document.reference])
        self._symbols = [
            self._file.pages.reference,
            self._document.reference,
            self._colours.reference,
            self._pdf_fonts.reference,
            self._profile.reference,
        ]
        self._indexed: list[bytes] = []
        """The entries of the tag tree's index, by page or annotation."""

        self._shared: dict[bytes, int] = {}
        self._names: dict[str, pydyf.Array] = {}
        """For each anchor where it is."""

        self._bookmarked: list[_BookmarkedPage] = []
        self._pages: list[bytes] = []

    def _added(self, item: pydyf.Dictionary) -> pydyf.Dictionary:
        self._file.add_object(item)
        return item

    def attach(self, attachments: Sequence[Attachment]) -> None:
        """Carry the files. To be done before there are pages: until then an object's number is its place in a list."""
        if not attachments:
            return
        names = pydyf.Array()
        for attachment in attachments:
            specification = write_pdf_attachment(self._file, engine_attachment(attachment), compress=True)
            names += (specification["F"], specification.reference)
        tree = self._added(pydyf.Dictionary({"Names": names}))
        self._file.catalog["Names"] = pydyf.Dictionary({"EmbeddedFiles": tree.reference})
        mend_attachments(self._file, attachments)

    def add(self, fragment: PdfFragment) -> None:
        """Write the fragment's objects, and remember what the whole file is to say of it."""
        self._fonts.add(fragment.fonts)
        first_page = len(self._pages)
        numbers, written = self._numbers(fragment.shared, len(fragment.objects))
        references = [b"%d 0 R" % number for number in numbers]
        entries = range(len(self._indexed), len(self._indexed) + len(fragment.pages) + len(fragment.annotations))
        told = [str(self._pages_of_anchors.get(anchor, UNKNOWN)) for anchor in fragment.pointed]
        slots = [
            *self._symbols,
            *(b"%d" % entry for entry in entries),
            *map(utf_16, told),
            *references,
        ]
        for place, data in fragment.streams.items():
            if place not in written:
                self._container.add_stream(numbers[place], _filled(fragment.objects[place], slots), data)
        for place, late in fragment.late.items():
            self._add_late(numbers[place], late, fragment.shown, told)
        self._container.add_many(
            {
                number: _filled(template, slots)
                for place, (number, template) in enumerate(zip(numbers, fragment.objects, strict=True))
                if template and place not in fragment.streams
            }
        )
        for number, page in enumerate(fragment.pages, start=first_page + 1):
            if page.late is not None:
                self._set_folios(numbers[page.late], page, number)
            self._indexed.append(_filled(page.elements, slots))
            self._bookmarked.append(_BookmarkedPage(page.bookmarks, page.height))
            self._pages.append(references[page.object])
        self._indexed += [references[element] for element in fragment.annotations]
        self._document["K"] += [references[element] for element in fragment.elements]
        for anchor in fragment.anchors:
            place_on_page = pydyf.Array([references[fragment.pages[anchor.page].object], "/XYZ", anchor.x, anchor.y, 0])
            self._names.setdefault(anchor.name, place_on_page)

    def _numbers(self, shared: Mapping[int, bytes], count: int) -> tuple[list[int], set[int]]:
        """The number of each of so many objects, and the places of those that the file has already."""
        written = {place for place, digest in shared.items() if digest in self._shared}
        firsts = {digest: place for place, digest in sorted(shared.items(), reverse=True)}
        written |= {place for place, digest in shared.items() if place != firsts[digest]}
        new = iter(self._container.reserve_many(count - len(written)))
        numbers = [0 if place in written else next(new) for place in range(count)]
        for digest, place in firsts.items():
            self._shared.setdefault(digest, numbers[place])
        for place in written:
            numbers[place] = self._shared[shared[place]]
        return numbers, written

    def _add_late(self, number: int, late: Template, shown: Sequence[ShownNumber], told: Sequence[str]) -> None:
        """Write the content of a page that tells the numbers of others."""
        slots = [
            shown_text(each.numerals.glyphs(told[each.number]), each.size, self._fonts.fonts[each.font].widths)
            for each in shown
        ]
        data = zlib.compress(_filled(late, slots), COMPRESSION)
        self._container.add_stream(number, dictionary({}, data), data)

    def _set_folios(self, number: int, page: FragmentPage, page_number: int) -> None:
        data = b"\n".join(
            folio_operators(folio, page_number, self._fonts.fonts[folio.font].widths) for folio in page.folios
        )
        self._container.add_stream(number, b"<</Length %d>>" % len(data), data)

    def describe(self, metadata: Metadata) -> None:
        """Say what the file is, in its information and in XMP."""
        date = metadata.date.isoformat() if metadata.date else None
        facts = {
            "Producer": PRODUCER,
            "Title": metadata.title,
            "Author": ", ".join(metadata.creators),
            "Subject": metadata.description,
            "Creator": metadata.generator,
            "CreationDate": _w3c_date_to_pdf(date, "created"),
            "ModDate": _w3c_date_to_pdf(date, "modified"),
        }
        self._file.info.update({name: pydyf.String(value) for name, value in facts.items() if value})
        # Not compressed, so that an archive's tools can read it without a PDF library.
        packet = pydyf.Stream(
            [xmp_packet(metadata, PRODUCER)], pydyf.Dictionary({"Type": "/Metadata", "Subtype": "/XML"})
        )
        self._file.add_object(packet)
        intent = {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String(_CONDITION),
            "Info": pydyf.String(_CONDITION),
            "DestOutputProfile": self._profile.reference,
        }
        self._file.catalog.update(
            {
                "Lang": pydyf.String(metadata.language),
                "Metadata": packet.reference,
                "StructTreeRoot": self._root.reference,
                "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
                "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
                "OutputIntents": pydyf.Array([pydyf.Dictionary(intent)]),
            }
        )

    def finish(self) -> None:
        """Write what belongs to the whole file, and end it."""
        file = self._file
        file.page_references = self._pages
        file.pages.update({"Kids": pydyf.Array(self._pages), "Count": len(self._pages)})
        self._index["Nums"] = pydyf.Array(part for entry in enumerate(self._indexed) for part in entry)
        self._name_places()
        add_outlines(file, self._outline())
        self._pdf_fonts.update(build_fonts_dictionary(file, self._fonts.fonts, True, True, OPTIONS))
        file.add_object(file.info)
        for item in file.objects[1:]:
            if isinstance(item, pydyf.Stream):
                self._add_stream(item)
            else:
                self._container.add(item.number, item.data)
        self._container.close({"Root": file.catalog.reference, "Info": file.info.reference})

    def _name_places(self) -> None:
        if self._names:
            names = pydyf.Array()
            for name in sorted(self._names):
                names += (pydyf.String(name), self._names[name])
            self._file.catalog.setdefault("Names", pydyf.Dictionary())["Dests"] = pydyf.Dictionary({"Names": names})

    def _outline(self) -> list[object]:
        """The bookmarks of all pages as a tree: where a document's stand in it, those before decide."""
        tree: list[object] = []
        skipped: list[int] = []
        last, level = [tree], 0
        for number, page in enumerate(self._bookmarked):
            matrix = Matrix(a=POINTS_A_PIXEL, d=-POINTS_A_PIXEL, f=page.height * POINTS_A_PIXEL)
            level = make_page_bookmark_tree(page, skipped, last, level, number, matrix)
        return tree

    def _add_stream(self, stream: pydyf.Stream) -> None:
        data = b"\n".join(map(_to_bytes, stream.stream))
        facts = dict(stream.extra)
        if stream.compress:
            data = zlib.compress(data, COMPRESSION)
            facts["Filter"] = "/FlateDecode"
        facts["Length"] = len(data)
        self._container.add_stream(stream.number, pydyf.Dictionary(facts).data, data)


def _filled(template: Template, slots: Sequence[bytes]) -> bytes:
    parts: list[Any] = list(template)
    parts[1::2] = [slots[slot] for slot in parts[1::2]]
    return b"".join(parts)


def _colour_spaces(profile: pydyf.Stream) -> pydyf.Dictionary:
    """Those that the pages name, as the engine defines them."""
    spaces = {
        name: pydyf.Array(
            (
                "/Lab",
                pydyf.Dictionary({"WhitePoint": pydyf.Array(white), "Range": pydyf.Array((-125, 125, -125, 125))}),
            )
        )
        for name, white in (("lab-d50", D50), ("lab-d65", D65))
    }
    return pydyf.Dictionary({**spaces, "srgb": pydyf.Array(("/ICCBased", profile.reference))})
