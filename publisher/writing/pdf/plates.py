"""The file for a press: PDF/X-4 (ISO 15930-7), its pages imposed, in inks, with marks.

PDF/X-4 rather than an older part: fonts stay fonts, transparency stays, and the profile is embedded. What a press has
no use for, or must not meet inside the trimmed page, is left out: links, bookmarks, attachments, the tag tree. They are
in the other PDF, the one for screens and archives.
"""

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import pydyf
from weasyprint import Document as LaidOut
from weasyprint.images import RasterImage
from weasyprint.pdf.metadata import DocumentMetadata

from publisher.errors import RenderingError
from publisher.model import Metadata
from publisher.writing.pdf.colour import Inks
from publisher.writing.pdf.imposition import Side, sides
from publisher.writing.pdf.marks import REGISTRATION, SLUG_MM, Sheet, mark_operators, points
from publisher.writing.pdf.press import PreparedPress
from publisher.writing.pdf.separation import separate
from publisher.writing.pdf.xmp import PRESS_VERSION, Identity, press_packet

__all__ = ["bleed_css", "write_plates"]

PDF_VERSION = "1.6"
"""What PDF/X-4 is made of (ISO 15930-7, 6.1)."""

ICC_REGISTRY = "http://www.color.org"
UNREGISTERED = "Custom"
"""What a printing condition is called that no registry has (ISO 32000-1, table 365)."""

_SAME_SIZE_PT = 0.01


def bleed_css(press: PreparedPress) -> str:
    """The style sheet that lays pages out with the bleed, and leaves the marks to us: the engine's are RGB."""
    return f"@page {{ bleed: {press.bleed_mm}mm !important; marks: none !important }}"


def write_plates(document: LaidOut, metadata: Metadata, press: PreparedPress) -> bytes:
    """The pages of the document as PDF/X-4; they were laid out with ``bleed_css``.

    RenderingError when a colour cannot be separated, or a booklet's pages differ in size.
    """
    for page in document.pages:
        page.links, page.bookmarks, page.anchors = [], [], {}
    document.metadata = DocumentMetadata()
    inks = Inks(press.output_profile.data)

    def finish(_document: LaidOut, pdf: pydyf.PDF) -> None:
        separate(pdf, inks)
        _impose(pdf, press)
        _describe(pdf, metadata, press)

    with _pictures_in(inks):
        data: bytes = document.write_pdf(finisher=finish, pdf_version=PDF_VERSION, pdf_identifier=True, pdf_tags=False)
    return data


class _LaidOutPage(NamedTuple):
    """A page as the engine wrote it: its content, which is to become a form, and its size when trimmed, in points."""

    content: Any
    resources: bytes
    width: float
    height: float


def _impose(pdf: pydyf.PDF, press: PreparedPress) -> None:
    """Make sheets of the pages: each page a form, placed where the imposition wants it."""
    written = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    _object(pdf, _object(pdf, written[0]["Resources"])["ColorSpace"]).clear()  # Lab, which nothing uses any longer.
    pages = [_laid_out_page(pdf, page) for page in written]
    # The page objects are used again, and those left over stay empty: pydyf cannot take an object out.
    for page in written:
        page.clear()
    pdf.pages["Kids"], pdf.pages["Count"] = pydyf.Array([]), 0
    for side in sides(len(pages), press.imposition):
        sheet = _sheet(side, pages, press)
        names = {}
        for place, number in enumerate(side):
            if number is not None:
                _make_form(pages[number], sheet, place, len(side))
                names[f"P{place}"] = pages[number].content.reference
        content = pydyf.Stream([*_placed(side, sheet), *mark_operators(sheet, press.marks)], compress=True)
        pdf.add_object(content)
        used = written.pop(0) if written else None
        _add_page(pdf, used, _page(pdf, sheet, content, names))


def _laid_out_page(pdf: pydyf.PDF, page: pydyf.Dictionary) -> _LaidOutPage:
    left, bottom, right, top = page["TrimBox"]
    return _LaidOutPage(_object(pdf, page["Contents"]), page["Resources"], right - left, top - bottom)


def _sheet(side: Side, pages: list[_LaidOutPage], press: PreparedPress) -> Sheet:
    """The sheet for one side; RenderingError when pages that are to be bound together differ in size."""
    page = pages[0]
    if len(side) == 1 and side[0] is not None:
        page = pages[side[0]]
    elif any(abs(a - b) > _SAME_SIZE_PT for other in pages for a, b in zip(page[2:], other[2:], strict=True)):
        raise RenderingError("the PDF could not be made: a booklet's pages must be of one size")
    return Sheet(
        width=page.width * len(side),
        height=page.height,
        bleed=points(press.bleed_mm),
        slug=points(SLUG_MM) if press.marks else 0,
        fold=page.width if len(side) > 1 else None,
    )


def _placed(side: Side, sheet: Sheet) -> Iterator[bytes]:
    for place, number in enumerate(side):
        if number is not None:
            left = sheet.margin + place * sheet.width / len(side)
            yield from (b"q", b"1 0 0 1 %.4f %.4f cm" % (left, sheet.margin), b"/P%d Do" % place, b"Q")


def _make_form(page: _LaidOutPage, sheet: Sheet, place: int, places: int) -> None:
    """Turn a page's content into a form that is cut off at the bleed, and at the fold where another page begins."""
    left = -sheet.bleed if place == 0 else 0
    right = page.width + sheet.bleed if place == places - 1 else page.width
    page.content.extra = pydyf.Dictionary(
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array([left, -sheet.bleed, right, page.height + sheet.bleed]),
            "Resources": page.resources,
        }
    )


def _page(pdf: pydyf.PDF, sheet: Sheet, content: pydyf.Stream, names: dict[str, bytes]) -> dict[str, object]:
    return {
        "Type": "/Page",
        "Parent": pdf.pages.reference,
        "MediaBox": pydyf.Array(sheet.media_box),
        "BleedBox": pydyf.Array(sheet.bleed_box),
        "TrimBox": pydyf.Array(sheet.trim_box),
        "Contents": content.reference,
        "Resources": pydyf.Dictionary(
            {"XObject": pydyf.Dictionary(names), "ColorSpace": pydyf.Dictionary({"All": REGISTRATION})}
        ),
    }


def _add_page(pdf: pydyf.PDF, used: pydyf.Dictionary | None, values: dict[str, object]) -> None:
    if used is None:
        pdf.add_page(pydyf.Dictionary(values))
        return
    used.update(values)
    pdf.pages["Kids"].extend([used.number, 0, "R"])
    pdf.pages["Count"] += 1


def _describe(pdf: pydyf.PDF, metadata: Metadata, press: PreparedPress) -> None:
    """Output intent, document information and XMP; the same facts in both (ISO 15930-7, 6.7 and 6.8)."""
    profile = pydyf.Stream([press.output_profile.data], pydyf.Dictionary({"N": 4}), compress=True)
    pdf.add_object(profile)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": pydyf.String(press.output_profile.condition or UNREGISTERED),
        "OutputCondition": pydyf.String(press.output_profile.description),
        "Info": pydyf.String(press.output_profile.description),
        "DestOutputProfile": profile.reference,
    }
    if press.output_profile.condition:
        intent["RegistryName"] = pydyf.String(ICC_REGISTRY)
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
    producer = pdf.info["Producer"].string
    identity = Identity.of(
        metadata, f"{press.bleed_mm} {press.marks} {press.imposition} {press.output_profile.description}"
    )
    pdf.info.clear()
    facts = {
        "Title": metadata.title,
        "Author": ", ".join(metadata.creators),
        "Subject": metadata.description,
        "Creator": metadata.generator,
        "Producer": producer,
        "CreationDate": identity.moment.strftime("D:%Y%m%d%H%M%SZ"),
        "ModDate": identity.moment.strftime("D:%Y%m%d%H%M%SZ"),
        "GTS_PDFXVersion": PRESS_VERSION,
    }
    pdf.info.update({key: pydyf.String(value) for key, value in facts.items() if value})
    pdf.info["Trapped"] = "/False"
    pdf.catalog["Lang"] = pydyf.String(metadata.language)
    packet = pydyf.Stream(
        [press_packet(metadata, producer, identity)], pydyf.Dictionary({"Type": "/Metadata", "Subtype": "/XML"})
    )
    pdf.add_object(packet)
    pdf.catalog["Metadata"] = packet.reference


@contextlib.contextmanager
def _pictures_in(inks: Inks) -> Iterator[None]:
    """While it is open, the engine's pictures go into the PDF in inks."""

    def get_x_object(picture: RasterImage, interpolate: bool, _ratio: float) -> pydyf.Stream:
        return _x_object(picture, inks, interpolate=interpolate)

    original, RasterImage.get_x_object = RasterImage.get_x_object, get_x_object
    try:
        yield
    finally:
        RasterImage.get_x_object = original


def _x_object(picture: RasterImage, inks: Inks, *, interpolate: bool) -> pydyf.Stream:
    raster = inks.separate(picture.image_data.data)
    extra = pydyf.Dictionary(
        {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": raster.width,
            "Height": raster.height,
            "ColorSpace": f"/{raster.colour_space}",
            "BitsPerComponent": 8,
            "Interpolate": "true" if interpolate else "false",
            "Filter": f"/{raster.filter}",
        }
    )
    if raster.is_complement:
        extra["Decode"] = pydyf.Array((1, 0) * 4)
    if raster.mask is not None:
        mask = extra | {"ColorSpace": "/DeviceGray", "Filter": "/FlateDecode"}
        mask.pop("Decode", None)
        extra["SMask"] = pydyf.Stream([raster.mask], pydyf.Dictionary(mask))
    return pydyf.Stream([raster.data], extra)


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
