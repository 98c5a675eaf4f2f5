"""The engine writes the file itself, all pages at once: for a press, and where fragments cannot be cut.

What a press gets is rewritten as a whole, sheet by sheet (``plates``). An engine of another version than the one that
``painting`` was made for may keep its objects otherwise: then its own way is the one that is sure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec
import pydyf
from weasyprint.pdf.metadata import DocumentMetadata

from publisher.model import Attachment, Document, Metadata, PageBreak, Rendition
from publisher.writing.pdf.attachments import engine_attachment, mend_attachments
from publisher.writing.pdf.balance import lay_out_balanced
from publisher.writing.pdf.breaks import page_breaks
from publisher.writing.pdf.engine import VARIANT, Engine, LaidOut, anchors, references_once
from publisher.writing.pdf.limits import Begin, untold
from publisher.writing.pdf.plates import write_plates
from publisher.writing.pdf.press import PreparedPress
from publisher.writing.pdf.settling import Known, fill_folios, pages_of, settle
from publisher.writing.pdf.tags import mended_tags
from publisher.writing.pdf.xmp import xmp_packet

__all__ = ["Whole", "write_whole"]


class _LaidOutDocument(msgspec.Struct, frozen=True):
    """A document with its pages."""

    laid_out: LaidOut
    page_count: int
    anchors: Mapping[str, int]
    numbers: Sequence[str]
    links: Sequence[str] = ()
    """None: the engine itself leaves out those that lead nowhere."""

    is_bound: bool = True
    is_numbered: bool = True


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A file that the engine has written, and what is known of it."""

    data: bytes
    pages: dict[str, int]
    """The page of each anchor, from 1."""

    page_count: int
    breaks: tuple[PageBreak, ...]


def write_whole(
    rendition: Rendition,
    engine: Engine,
    report: Callable[[int, int], None],
    press: PreparedPress | None = None,
    begin: Begin = untold,
) -> Whole:
    """The PDF of all documents: PDF/A-3a and PDF/UA-1 in one, or PDF/X-4 for the press, without attachments.

    ``begin`` is told of each document that is laid out, and when none is.
    """
    documents = rendition.documents

    def make(wanted: Mapping[int, Known]) -> Iterator[tuple[int, _LaidOutDocument]]:
        for index, known in wanted.items():
            begin(documents[index].name)
            yield index, _lay_out(engine, documents[index], known, is_last=index == len(documents) - 1)
        begin("")

    made = settle(documents, make, report, in_turn=True)
    breaks: list[PageBreak] = []
    first = 1
    for each in made:
        breaks += page_breaks(each.laid_out, first)
        first += each.page_count
    joined = made[0].laid_out.copy([page for each in made for page in each.laid_out.pages])
    if press:
        data = write_plates(joined, rendition.metadata, press)
    else:
        data = _written(joined, rendition.metadata, rendition.attachments)
    return Whole(data=data, pages=pages_of(made), page_count=first - 1, breaks=tuple(breaks))


def _lay_out(engine: Engine, document: Document, known: Known, *, is_last: bool) -> _LaidOutDocument:
    markup = fill_folios(document, known.numbers)
    laid_out = lay_out_balanced(engine, document, markup, known.first_page or 1, is_last=is_last)
    return _LaidOutDocument(laid_out, len(laid_out.pages), dict(anchors(laid_out)), known.numbers)


def _written(joined: LaidOut, metadata: Metadata, attachments: Sequence[Attachment]) -> bytes:
    date = metadata.date.isoformat() if metadata.date else None
    joined.metadata = DocumentMetadata(
        title=metadata.title,
        authors=list(metadata.creators),
        description=metadata.description,
        generator=metadata.generator,
        created=date,
        modified=date,
        lang=metadata.language,
    )
    with references_once(), mended_tags(metadata.language) as tree:

        def finish(_document: LaidOut, pdf: pydyf.PDF) -> None:
            tree.finish(pdf)
            packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
            packet.stream = [xmp_packet(metadata, pdf.info["Producer"].string)]
            packet.compress = False  # So that an archive's tools can read it without a PDF library.
            mend_attachments(pdf, attachments)

        data: bytes = joined.write_pdf(
            pdf_variant=VARIANT,
            finisher=finish,
            attachments=[engine_attachment(attachment) for attachment in attachments],
        )
    return data
