"""An EPUB 3.3 from a rendition. The only user of EbookLib.

EbookLib makes the package document, the NCX and the container; of documents it is given the names alone and nothing to
parse or to template, since it drops heads, body attributes and loose text. What it cannot express is added to its
output by ``_finish_package`` and ``_finish_ncx``, and the zip is packed again so that it is the same on every day.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from publisher.errors import RenderingError
from publisher.model import Asset, Document, NavEntry, Problem, Rendition, Written
from publisher.seams import Keep, made_anew
from publisher.writing.consistency import NCX, PACKAGE, check_consistency, check_names, reading_order
from publisher.writing.container import EPOCH, pack
from publisher.writing.cover import draw
from publisher.writing.ncx import XML_LANG, add_page_list, number_targets, parsed, serialized, set_totals
from publisher.writing.survey import BookPicture, Survey, survey_document

if TYPE_CHECKING:
    from ebooklib.epub import EpubBook, EpubItem

__all__ = ["write_epub"]

FOLDER = "EPUB"
CONTAINER = "META-INF/container.xml"
EBOOKLIB_PACKAGE = "content.opf"
"""The name that EbookLib gives to the package document, whatever it is told."""

IDENTIFIER_ID = "book-id"
CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
"""The form that EPUB Accessibility 1.1, section 4.2.1, asks for, to the letter."""

UNDATED = dt.datetime(*EPOCH, tzinfo=dt.UTC)
"""The time of the last change to a book without a date: as good as any, as long as it is the same tomorrow."""

_MOVING = {"image/gif": b"", "image/webp": b"ANIM", "image/png": b"acTL", "image/svg+xml": b"<animate"}
"""What shows that a picture of that type may move; for a GIF, nothing needs to."""

_MOVING_WITHIN_BYTES = 8192
"""How far into a picture the mark can stand: animation control comes before the first frame."""


def write_epub(rendition: Rendition, keep: Keep = made_anew) -> Written:
    """The EPUB of a rendition whose target is ``ebook``: the same bytes for the same rendition.

    ``keep`` may have its cover from before, which takes longer to draw than all the rest, and what is in its documents.

    Raises ``RenderingError`` when the rendition is inconsistent (a link that leads nowhere, a name that is unsafe or
    taken, contents that disagree with the documents) or EbookLib fails.

    Source: EPUB 3.3 (package, container, navigation), EPUB Accessibility 1.1, OPF 2.0.1 (guide and NCX, for readers
    that know nothing newer).
    """
    rendition = _with_cover(rendition, keep)
    check_names(rendition)
    book = _Binding(rendition, keep)
    check_consistency(rendition, book.surveys)
    order = reading_order(rendition, book.surveys)
    members = _finished(book.written_by_ebooklib(), book.contents(), rendition, order)
    return Written(data=pack(members), problems=tuple(book.unproven_claims()))


def _with_cover(rendition: Rendition, keep: Keep) -> Rendition:
    """The rendition with the picture of its cover among its assets."""
    drawing = rendition.cover
    if drawing is None:
        return rendition
    cover = keep("covers", Asset, drawing, lambda: draw(drawing))
    return replace(rendition, assets=(cover, *rendition.assets))


class _Binding:
    """One rendition on its way into EbookLib's book."""

    def __init__(self, rendition: Rendition, keep: Keep) -> None:
        self.rendition = rendition
        self.data = {document.name: _encoded(document) for document in rendition.documents}
        self.surveys: Mapping[str, Survey] = {
            document.name: self._survey(document, keep) for document in rendition.documents
        }

    def _survey(self, document: Document, keep: Keep) -> Survey:
        data = self.data[document.name]
        return keep("surveys", Survey, data, partial(survey_document, document, data))

    # --- what is true of this book ------------------------------------------------------------------------------------

    @cached_property
    def cover_picture(self) -> str | None:
        """The picture drawn for the cover, else the asset that the cover shows, when it shows exactly one."""
        if self.rendition.cover:
            return self.rendition.cover.name
        first = self.rendition.documents[0]
        pictures = self.surveys[first.name].pictures
        return pictures[0].src if first.role == "cover" and len(pictures) == 1 else None

    def accessibility(self) -> Iterator[tuple[str, str]]:
        """The properties of EPUB Accessibility 1.1 and their values; only what was found to be so.

        Conformance to a level of WCAG is claimed when somebody vouches for it: no program can confirm it.
        """
        telling = self._telling_pictures
        all_described = all(picture.described for picture in telling)
        yield "schema:accessMode", "textual"
        if telling:
            yield "schema:accessMode", "visual"
            yield "schema:accessModeSufficient", "textual,visual"
        if all_described:
            yield "schema:accessModeSufficient", "textual"
        if telling and all_described:
            yield "schema:accessibilityFeature", "alternativeText"
        yield "schema:accessibilityFeature", "readingOrder"
        if self._has_sound_headings:
            yield "schema:accessibilityFeature", "structuralNavigation"
        yield "schema:accessibilityFeature", "tableOfContents"
        if self.rendition.page_list:
            yield "schema:accessibilityFeature", "pageBreakMarkers"
            yield "schema:accessibilityFeature", "pageNavigation"
        yield "schema:accessibilityHazard", "unknown" if any(map(_may_move, self.rendition.assets)) else "none"
        if self.rendition.metadata.accessibility_summary:
            yield "schema:accessibilitySummary", self.rendition.metadata.accessibility_summary
        if self.rendition.metadata.certified_by and not self._speaks_against_conformance:
            yield "dcterms:conformsTo", CONFORMANCE
            yield "a11y:certifiedBy", self.rendition.metadata.certified_by

    @cached_property
    def _telling_pictures(self) -> list[BookPicture]:
        pictures = [picture for survey in self.surveys.values() for picture in survey.pictures]
        return [picture for picture in pictures if not picture.decorative]

    @cached_property
    def _has_sound_headings(self) -> bool:
        """A cover has none: it is a picture."""
        covers = {document.name for document in self.rendition.documents if document.role == "cover"}
        return all(survey.has_sound_headings for name, survey in self.surveys.items() if name not in covers)

    @cached_property
    def _speaks_against_conformance(self) -> list[str]:
        """What a program can see that no vouching mends."""
        undescribed = sum(not picture.described for picture in self._telling_pictures)
        found = {
            f"pictures without a description: {undescribed}": undescribed > 0,
            "headings that skip a level": not self._has_sound_headings,
            "pictures that may flash": any(map(_may_move, self.rendition.assets)),
        }
        return [what for what, is_so in found.items() if is_so]

    def unproven_claims(self) -> Iterator[Problem]:
        """A problem when somebody vouches for the conformance of a book that does not conform."""
        vouching = self.rendition.metadata.certified_by
        if vouching and self._speaks_against_conformance:
            reasons = "; ".join(self._speaks_against_conformance)
            message = f"{vouching} vouches for {CONFORMANCE}, but the e-book holds {reasons}. It does not claim it"
            yield Problem(code="unproven-claim", message=message)

    # --- the book ---------------------------------------------------------------------------------------------------

    def contents(self) -> dict[str, bytes]:
        """What the rendition's files hold, by their names."""
        documents = {f"{name}.xhtml": data for name, data in self.data.items()}
        return documents | {each.name: each.data for each in (*self.rendition.stylesheets, *self.rendition.assets)}

    def written_by_ebooklib(self) -> bytes:
        """EbookLib's zip: of the rendition's files it has the names alone, so that nothing is copied back and forth."""
        from ebooklib.epub import write_epub as write_with_ebooklib

        file = io.BytesIO()
        options = {
            "mtime": self._modified(),
            "play_order": {"enabled": True, "start_from": 1},
            "raise_exceptions": True,
        }
        try:
            done = write_with_ebooklib(file, self.book(), options)
        except Exception as error:  # whatever lxml, zipfile and EbookLib itself raise: none of it is documented
            raise RenderingError(f"EbookLib cannot write the e-book: {error}. Report this as a bug.") from error
        if not done:
            raise RenderingError("EbookLib did not write the e-book: it gives no reason. Report this as a bug.")
        return file.getvalue()

    def book(self) -> "EpubBook":
        """The whole rendition as EbookLib's book."""
        from ebooklib.epub import EpubBook, EpubNcx

        book = EpubBook()
        self._add_metadata(book)
        for sheet in self.rendition.stylesheets:
            book.add_item(_item(sheet.name, sheet.media_type))
        for document in self.rendition.documents:
            item = _item(f"{document.name}.xhtml", "application/xhtml+xml")
            item.properties = sorted(self._properties(document))
            book.add_item(item)
            book.spine.append(item)
        book.add_item(EpubNcx(file_name=NCX))
        for asset in self.rendition.assets:
            item = _item(asset.name, asset.media_type)
            item.properties = ["cover-image"] if asset.name == self.cover_picture else []
            book.add_item(item)
        book.toc = [_toc_entry(entry) for entry in self.rendition.nav]
        book.guide = list(self._guide())
        return book

    def _properties(self, document: Document) -> set[str]:
        nav = {"nav"} if document.role == "contents" else set()
        return nav | self.surveys[document.name].properties

    def _add_metadata(self, book: "EpubBook") -> None:
        metadata = self.rendition.metadata
        book.metadata.clear()  # a random identifier, and EbookLib's own name as the generator
        book.IDENTIFIER_ID = IDENTIFIER_ID
        book.set_identifier(metadata.identifier)
        book.set_title(metadata.title)
        book.set_language(metadata.language)
        for number, creator in enumerate(metadata.creators, start=1):
            book.add_metadata("DC", "creator", creator, {"id": f"creator-{number}"})
        if metadata.publisher:
            book.add_metadata("DC", "publisher", metadata.publisher)
        if metadata.date:
            book.add_metadata("DC", "date", metadata.date.isoformat())
        if metadata.description:
            book.add_metadata("DC", "description", metadata.description)
        self._add_series(book)
        if metadata.page_source and self.rendition.page_list:
            book.add_metadata("DC", "source", metadata.page_source)
            book.add_metadata(None, "meta", metadata.page_source, {"property": "pageBreakSource"})
        for name, value in self.accessibility():
            book.add_metadata(None, "meta", value, {"property": name})
        if self.cover_picture:  # Kindle and older readers look for the EPUB 2 form
            book.add_metadata(None, "meta", None, {"name": "cover", "content": _id_of(self.cover_picture)})
        if metadata.generator:
            book.add_metadata(None, "meta", None, {"name": "generator", "content": metadata.generator})

    def _add_series(self, book: "EpubBook") -> None:
        """The series as EPUB 3 says it (3.3, section D.3.3) and as calibre does; issue and week as schema.org does."""
        metadata = self.rendition.metadata
        if series := metadata.series:
            book.add_metadata(None, "meta", series.name, {"property": "belongs-to-collection", "id": "series"})
            book.add_metadata(None, "meta", "series", {"refines": "#series", "property": "collection-type"})
            book.add_metadata(None, "meta", series.position, {"refines": "#series", "property": "group-position"})
            book.add_metadata(None, "meta", None, {"name": "calibre:series", "content": series.name})
            book.add_metadata(None, "meta", None, {"name": "calibre:series_index", "content": series.position})
        if metadata.number:
            book.add_metadata(None, "meta", metadata.number, {"property": "schema:issueNumber"})
        if metadata.week:
            book.add_metadata(None, "meta", metadata.week, {"property": "schema:temporalCoverage"})

    def _modified(self) -> dt.datetime:
        day = self.rendition.metadata.date
        return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) if day else UNDATED

    def _guide(self) -> Iterator[dict[str, str]]:
        """Where EPUB 2 readers find the cover, the contents and the first article."""
        kinds = {"cover": "cover", "title-page": "title-page", "contents": "toc", "article": "text"}
        for role, kind in kinds.items():
            document = next((document for document in self.rendition.documents if document.role == role), None)
            if document:
                yield {"type": kind, "title": document.title, "href": f"{document.name}.xhtml"}


def _encoded(document: Document) -> bytes:
    try:
        return document.markup.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RenderingError(
            f"cannot write the e-book: its document {document.name!r} holds half a character ({error.reason}). "
            "Correct its source."
        ) from error


def _id_of(name: str) -> str:
    """A manifest id that belongs to the name alone: XML allows no slash, and no digit in front."""
    return "item-" + name.replace("_", "_u").replace("/", "_s")


def _item(name: str, media_type: str) -> "EpubItem":
    from ebooklib.epub import EpubItem

    return EpubItem(uid=_id_of(name), file_name=name, media_type=media_type)


def _toc_entry(entry: NavEntry) -> Any:
    """What EbookLib takes: a link, or a pair of a link and the list of the entries below it."""
    from ebooklib.epub import Link

    link = Link(entry.href, entry.title, "nav-" + entry.href.replace("_", "_u").replace("/", "_s").replace("#", "_h"))
    return (link, [_toc_entry(child) for child in entry.children]) if entry.children else link


def _may_move(asset: Asset) -> bool:
    mark = _MOVING.get(asset.media_type)
    return mark is not None and mark in asset.data[:_MOVING_WITHIN_BYTES]


# --- after EbookLib -------------------------------------------------------------------------------------------------


def _finished(
    data: bytes, contents: Mapping[str, bytes], rendition: Rendition, order: Mapping[str, int]
) -> Iterator[tuple[str, bytes]]:
    """The members of EbookLib's zip in their order, the package and the NCX finished; ``pack`` adds ``mimetype``."""
    finish: dict[str, Callable[[bytes], bytes]] = {
        CONTAINER: _finish_container,
        f"{FOLDER}/{EBOOKLIB_PACKAGE}": lambda package: _finish_package(package, rendition.metadata.language),
        f"{FOLDER}/{NCX}": lambda ncx: _finish_ncx(ncx, rendition, order),
    }
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.filename == "mimetype":
                continue
            if info.filename in finish:
                content = finish[info.filename](archive.read(info))
            else:
                content = contents[info.filename.removeprefix(f"{FOLDER}/")]
            name = f"{FOLDER}/{PACKAGE}" if info.filename == f"{FOLDER}/{EBOOKLIB_PACKAGE}" else info.filename
            yield name, content


def _finish_container(data: bytes) -> bytes:
    return data.replace(f'"{FOLDER}/{EBOOKLIB_PACKAGE}"'.encode(), f'"{FOLDER}/{PACKAGE}"'.encode())


def _finish_package(data: bytes, language: str) -> bytes:
    """The package with its language, which Ace asks for, and without the prefix, which EPUB 3.3 reserves anyway."""
    package = parsed(data)
    package.set(XML_LANG, language)
    del package.attrib["prefix"]
    return serialized(package)


def _finish_ncx(data: bytes, rendition: Rendition, order: Mapping[str, int]) -> bytes:
    """The NCX with its language, its page list, and the true depth in place of EbookLib's 0."""
    ncx = parsed(data)
    ncx.set(XML_LANG, rendition.metadata.language)
    set_totals(ncx, {"dtb:depth": str(_depth(rendition.nav))})
    if rendition.page_list:
        add_page_list(ncx, rendition.page_list)
    number_targets(ncx, order)
    return serialized(ncx)


def _depth(entries: tuple[NavEntry, ...]) -> int:
    return 1 + max((_depth(entry.children) for entry in entries if entry.children), default=0)
