"""The rendition: finished documents of one target, ready for a writer."""

import datetime as dt
from typing import Literal, TypeAlias

import msgspec

from publisher.model.blocks import Value
from publisher.model.issue import Asset
from publisher.model.problem import Problem

Target: TypeAlias = Literal["print", "ebook"]
DocumentRole: TypeAlias = Literal["cover", "title-page", "contents", "article", "articles", "appendix", "colophon"]
"""``articles`` are several that flow on in one document of the printed edition."""

Flow: TypeAlias = Literal["each", "section", "run-on"]
"""Of printed articles: ``each`` on a page of its own, those of a ``section`` in a row, or all of them."""

Device: TypeAlias = Literal["generic", "kobo", "kindle", "apple", "small"]
"""Whom an e-book is made for; ``generic`` is the master that the others are made from."""


class Series(Value, frozen=True, kw_only=True):
    """The issues of one name, and the place of one among them."""

    name: str
    position: str
    """Digits, and perhaps a full stop and more digits: what EPUB and calibre both take."""


class Metadata(Value, frozen=True, kw_only=True):
    """What a PDF or an EPUB says about itself."""

    identifier: str
    title: str
    language: str
    creators: tuple[str, ...] = ()
    publisher: str | None = None
    date: dt.date | None = None
    description: str | None = None
    generator: str | None = None
    """The software that made it, with its version."""

    number: str | None = None
    """The issue's, as printed."""

    week: str | None = None
    """That of the date, as ISO 8601 writes it: ``2025-W42``."""

    series: Series | None = None

    certified_by: str | None = None
    """Who has evaluated the e-book and vouches that it conforms to EPUB Accessibility 1.1 at level AA of WCAG 2.1."""

    accessibility_summary: str | None = None
    """One or two sentences in ``language`` that are true of this very book."""

    page_source: str | None = None
    """Of an e-book with a page list: the identifier of the edition whose pages they are."""


class Document(Value, frozen=True, kw_only=True):
    """One XHTML document of a rendition."""

    name: str
    """ASCII, unique: the file's stem in an EPUB."""

    title: str
    role: DocumentRole
    language: str
    markup: str
    """A complete XHTML document. Its links go to ``#anchor`` in print, to ``name.xhtml#anchor`` in an e-book.

    In print, an empty ``<span class="folio" data-anchor="…"></span>`` receives the anchor's page number from the
    writer: documents are laid out one by one, so the engine's own ``target-counter`` cannot see into another. Elements
    with a ``data-place`` are what its page breaks are told by.
    """


class Drawing(Value, frozen=True, kw_only=True):
    """A picture that a theme drew: an SVG whose words are set in the fonts that come with it."""

    name: str
    """That of the picture it becomes, as an asset's: ``cover.png``, or ``cover.jpg`` where photographs are in it."""

    markup: str
    """An SVG document. It loads nothing but its pictures, by their names."""

    fonts: tuple[Asset, ...]
    pictures: tuple[Asset, ...] = ()
    """JPEG or PNG."""


Attach: TypeAlias = Literal["none", "articles", "sources"]
"""What a PDF for archives carries: nothing, the articles as they were understood, or what they were read from too."""


class Attachment(Value, frozen=True, kw_only=True):
    """A file that a PDF carries: the evidence for what it prints."""

    name: str
    """ASCII, unique in its rendition."""

    description: str
    relationship: Literal["Source", "Data"]
    """ISO 19005-3, annex E: ``Source`` is what the pages were made from, ``Data`` what was understood of it."""

    media_type: str
    data: bytes


class NavEntry(Value, frozen=True, kw_only=True):
    """A line of the contents."""

    title: str
    href: str
    """As a document's links are written for the target."""

    children: tuple["NavEntry", ...] = ()


class PageBreak(Value, frozen=True, kw_only=True):
    """Where a printed page begins, in terms that hold in the issue's other renditions too.

    Lines are broken and hyphenated otherwise there, spaces are bound and quotation marks exchanged: so the point is
    told by the letters and digits before it (those of ``str.isalnum``), which are the same in all of them.
    """

    page: int
    """From 1, as printed."""

    place: str
    """The ``data-place`` of the element that the page begins with or goes on with."""

    letters: int = 0
    """How many letters and digits of the element stand on the pages before."""

    signs: int = 0
    """How many other characters, white space apart, stand between the break and the next letter: opening quotes."""


class Pagination(Value, frozen=True, kw_only=True):
    """The pages of a printed edition."""

    source: str
    """The edition's identifier."""

    breaks: tuple[PageBreak, ...]
    """In the order of the pages, at most one each: a page without any element that has a place has none."""


class Rendition(Value, frozen=True, kw_only=True):
    """What a theme made of an issue for one target. Nothing outside ``assets`` is ever loaded."""

    target: Target
    metadata: Metadata
    documents: tuple[Document, ...]
    """In reading order. In an e-book the one whose role is ``contents`` is the EPUB navigation document."""

    nav: tuple[NavEntry, ...]
    """The contents, in reading order: the source of the e-book's NCX, equal to its navigation document."""

    page_list: tuple[NavEntry, ...] = ()
    """Of an e-book made with a printed edition: its pages by number, in reading order, equal to the ``page-list`` of
    the navigation document."""

    stylesheets: tuple[Asset, ...]
    sheet_places: tuple[str, ...] = ()
    """Of print: where each line of the sheet came from, as ``brief:print.css, line 12``; ``""`` where from no theme."""

    assets: tuple[Asset, ...]
    """Fonts and pictures, by name."""

    cover: Drawing | None = None
    """Of an e-book: its writer makes a picture of it, under which libraries show the book."""

    attachments: tuple[Attachment, ...] = ()
    """Carried by a PDF, left out of an e-book."""

    problems: tuple[Problem, ...] = ()
    """Those of the issue, and those met while rendering."""


class Change(Value, frozen=True, kw_only=True):
    """One thing that an e-book for a reader has differently from the master."""

    what: str
    """In words, such as ``language of the package: vi → en``."""

    members: tuple[str, ...]
    """The files of the e-book that differ because of it, sorted; of a renamed one the old name and the new."""


class Written(Value, frozen=True, kw_only=True):
    """A finished file, not yet on disk."""

    data: bytes
    sha256: str = ""
    """That of the data, in hexadecimal digits, where it has been worked out."""

    pages: dict[str, int] = msgspec.field(default_factory=dict)
    """For a PDF: the anchor's page, from 1, as printed. Empty for an e-book."""

    page_count: int = 0
    pagination: Pagination | None = None
    """Of a PDF: where its pages begin."""

    problems: tuple[Problem, ...] = ()

    changes: tuple[Change, ...] = ()
    """What distinguishes an e-book from the master that it was made from; empty for the master itself."""
