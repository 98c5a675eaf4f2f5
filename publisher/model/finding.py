"""Findings: what a check of a finished file has to say. Each code is stable and stands in ``docs/checking.md``.

A ``Problem`` is about content on its way in; a ``Finding`` is about a file as it would be handed out, ours or not.
"""

from types import MappingProxyType
from typing import Literal, TypeAlias

from publisher.model.blocks import Value

Severity: TypeAlias = Literal["error", "warning", "note"]
"""``error``: the file is broken, or is not what it claims to be. ``warning``: somebody will be served badly by it.
``note``: worth knowing, and no fault by itself."""

FINDING_CODES = MappingProxyType(
    {
        # PDF: the file as a whole
        "active-content": "the file runs scripts, starts programs, submits forms or plays media",
        "attachment-unrelated": "an attached file does not say how it relates to the document",
        "broken-destination": "a link or a bookmark of the file leads nowhere in it",
        "cut-short": "the file is too large, too deep or too slow to be looked at in full; what was seen is reported",
        "part-failed": "a part of the check failed, by a fault of ours; what its other parts found is reported",
        "damaged": "the file had to be repaired before it could be read, or a part of it cannot be read",
        "encrypted": "the file is encrypted, or restricts what may be done with it",
        "no-bookmarks": "a long document has no bookmarks",
        # PDF: claims and evidence
        "claim-confirmed": "a validator confirms a standard that the file claims",
        "claim-contradicted": "a standard that the file claims is contradicted by what was found in it",
        "claim-impossible": "the file claims a standard that does not exist, or two that exclude each other",
        "claim-none": "the file claims no standard of archiving, accessibility or printing",
        "claim-refuted": "a validator refutes a standard that the file claims",
        "claim-unconfirmed": "a standard that the file claims could not be confirmed here",
        # PDF: metadata
        "date-mismatch": "the dates in the file are missing, malformed, or disagree",
        "metadata-mismatch": "the document information and the XMP metadata say different things",
        "missing-language": "the document or the book does not say what language it is in",
        "missing-title": "the document has no title in its metadata, or readers are told not to show it",
        "poor-title": "the title in the metadata is a file name or a program's default",
        "unknown-language": "a language tag is malformed",
        "xmp-broken": "the XMP metadata are not well-formed",
        "xmp-missing": "the file has no XMP metadata",
        # PDF: pages
        "blank-page": "a page shows nothing, or nothing but page furniture",
        "box-missing": "a page lacks a box that its printing needs",
        "box-order": "the boxes of a page do not lie inside each other, or have no area",
        "bleed-short": "what reaches the edge of the page is not printed beyond it",
        "page-sizes": "the pages are of different sizes",
        "page-turned": "a page is shown turned, or in units other than points",
        # PDF: text
        "clipped-text": "text is cut off by a clipping path or by the edge of the page",
        "font-not-embedded": "a font is not in the file: other machines will set its text in another one",
        "font-not-subset": "a font is embedded with all its characters",
        "font-type3": "a font is made of drawing procedures, which print and zoom poorly",
        "invisible-glyph": "a character that has a shape in its text has none in its font",
        "low-contrast": "text stands out too little against what is behind it",
        "missing-glyph": "the font lacks a character; an empty box or nothing stands in its place",
        "single-line": "the first or the last line of a paragraph is alone on its page (orphan or widow)",
        "stranded-heading": "a heading is the last line of a page",
        "tiny-text": "text is too small to be read on paper",
        "unmapped-text": "text cannot be searched, copied or read aloud: its characters are not known",
        # PDF: colour and ink
        "annotation-in-print": "an annotation that a press must not print lies on the page",
        "black-knocks-out": "black text is not set to overprint: a white line may show around it",
        "colour-census": "which colour spaces are used, and where",
        "device-colour": "a device's own colour is used, and no output intent says which device that is",
        "intent-broken": "an output intent is incomplete, or its profile is broken or of the wrong kind",
        "intent-missing": "no output intent says what the colours are meant for",
        "registration-colour": "the colour of printer's marks is used on the page itself",
        "rgb-in-print": "RGB or Lab colour in a file for a press",
        "rich-black-text": "black text is made of several inks, which rarely meet exactly",
        "thin-line": "a line is thinner than a press can hold (0.2 pt)",
        "total-ink": "more ink lies on one spot than paper can take",
        "transparency": "transparency that the file's standard, or a press, does not take",
        "white-overprint": "white is set to overprint, which makes it vanish",
        # PDF: pictures
        "interpolated-picture": "a picture asks to be smoothed, which PDF/A forbids",
        "low-resolution": "a picture is too coarse for the size it is shown at",
        # PDF: structure
        "broken-list": "a list in the tag tree holds other things than items, or an item no body",
        "broken-tags": "the tag tree, its index and the pages disagree",
        "contents-mismatch": "the contents, the reading order and what they lead to disagree",
        "empty-tag": "an element of the tag tree holds nothing",
        "heading-order": "headings skip a level, or do not begin with the first",
        "link-untagged": "a link is no part of the tag tree, or does not say where it leads",
        "missing-alternative": "a picture has no alternative text",
        "not-tagged": "the document has no tag tree: a screen reader must guess",
        "poor-alternative": "an alternative text is a file name or a filler",
        "table-headers": "a table has no header cells, or they do not say what they head",
        "unknown-tag": "an element of the tag tree is of a type that no standard knows",
        "untagged-content": "content on a page is neither in the tag tree nor marked as page furniture",
        # EPUB: the archive and the package
        "accessibility-unstated": "an e-book does not say how accessible it is",
        "accessibility-untrue": "an e-book claims a feature of accessibility that it does not have",
        "archive-form": "the archive of an e-book is not put together as readers expect",
        "missing-file": "a file that an e-book names is not in it",
        "missing-identifier": "an e-book has no identifier of its own",
        "language-mismatch": "the language that a book or a document says it is in is not that of its text",
        "no-contents": "an e-book has no contents",
        "no-cover": "an e-book has no cover picture, or not every reader will find it",
        "no-landmarks": "an e-book does not say where its parts begin",
        "old-version": "an e-book is of an older version of EPUB",
        "oversize-book": "an e-book is too large to be mailed to most readers",
        "page-source": "the page list of an e-book and the edition that it names do not belong together",
        "poor-creator": "the author or publisher in the metadata is a program's placeholder",
        "remote-resource": "an e-book loads something from the network",
        "series-mismatch": "what an e-book says of its series is incomplete or contradicts itself",
        "unlisted-file": "a file in an e-book is not in its manifest",
        "unsafe-name": "a file in an e-book has a name that readers and unpacking programs damage",
        # EPUB: what outside validators say
        "judged-bad": "epubcheck or Ace objects to something",
        "judged-good": "epubcheck or Ace finds nothing wrong",
        "not-judged": "epubcheck or Ace could not be asked",
        # EPUB: documents
        "dead-link": "a link leads to something that is not there",
        "empty-document": "a document of the reading order shows nothing",
        "malformed": "a document is not well-formed and cannot be read",
        "misleading-link": "a link's words name another address than the one it leads to",
        "oversize-document": "a document is so large that e-readers turn slow",
        "oversize-picture": "a picture is larger than e-readers take",
        "picture-format": "a picture is in a format that many readers do not show",
        "poor-link": "a link has no words, or words that do not say where it leads",
        "repeated-anchor": "several elements of a document have the same name",
        "transparent-picture": "a picture is transparent, and its dark lines vanish on dark paper",
        # EPUB: styles
        "fixed-colour": "a colour is fixed, which a dark screen makes unreadable",
        "fixed-size": "a size is fixed, which readers cannot change",
        "old-engine": "a construct that older e-readers do not know, and that may cost the whole style sheet",
        "style-broken": "a style sheet cannot be read in full",
    }
)


class Where(Value, frozen=True, kw_only=True):
    """The place of a finding. Whatever is not known, or does not apply, is ``None``."""

    file: str | None = None
    """As it was named on the command line."""

    page: int | None = None
    """From 1, in the order of the file; of several pages, the first."""

    document: str | None = None
    """In an e-book: the path of the file inside it."""

    article: str | None = None
    """The title of the article, as the bookmarks or the contents name it."""

    place: str | None = None
    """What to look for there: the first words, a picture's name, a line number, a rule of a validator."""

    def __str__(self) -> str:
        page = f"page {self.page}" if self.page else None
        article = f"“{self.article}”" if self.article else None
        return ", ".join(part for part in (self.file, page, self.document, article, self.place) if part)


class Finding(Value, frozen=True, kw_only=True):
    """One thing that a check found."""

    code: str
    """A key of ``FINDING_CODES``."""

    severity: Severity
    message: str
    """One sentence for the person who will mend it."""

    where: Where = Where()

    def __post_init__(self) -> None:
        if self.code not in FINDING_CODES:
            raise ValueError(f"unknown finding code: {self.code}")


class Claim(Value, frozen=True, kw_only=True):
    """A standard that a PDF says it follows."""

    standard: Literal["PDF/A", "PDF/UA", "PDF/X"]
    version: str
    """As the file has it, whether it exists or not: ``3a`` of PDF/A-3a, ``1`` of PDF/UA-1, ``4`` of PDF/X-4."""

    @property
    def name(self) -> str:
        """As people write it."""
        return f"{self.standard}-{self.version}"


class Look(Value, frozen=True, kw_only=True):
    """What is seen in a file by looking at it alone, before any validator is asked."""

    form: Literal["PDF", "EPUB"]
    summary: str
    """What it is, in half a line: ``PDF 1.7, 2 pages, claims PDF/A-3a and PDF/UA-1``."""

    findings: tuple[Finding, ...]
    claims: tuple[Claim, ...] = ()
    """Of a PDF, in the order PDF/A, PDF/UA, PDF/X."""
