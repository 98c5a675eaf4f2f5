"""The formats that sources come in: one table, which fetching, reading, the memo and the hints of what to install read.

A new format is a module under ``publisher/reading/``, a row here, and a folder of cases.
"""

import re
from typing import Literal

from publisher.model.blocks import Value

ATOM = "application/atom+xml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
JSON = "application/json"
MARKDOWN = "text/markdown"
MHTML = "multipart/related"
ODT = "application/vnd.oasis.opendocument.text"
RSS = "application/rss+xml"
RTF = "application/rtf"
TEXT = "text/plain"


class Format(Value, frozen=True, kw_only=True):
    """One format: how its sources are known, and who reads them."""

    media_type: str
    name: str
    """What its sources are called in messages, in the plural."""

    suffixes: tuple[str, ...]
    """Lower case, with the dot; files of ours are named with the first."""

    also_served_as: tuple[str, ...] = ()
    """The other media types by which servers call it, lower case."""

    opening: bytes | None = None
    """A regular expression, in which a dot matches a line's end too, that its data begin with."""

    part: bytes | None = None
    """Of a zip archive: what stands uncompressed in this format's alone, such as how a member's name begins."""

    reader: str
    """The module under ``publisher/reading/``: its function ``read`` makes the reading."""

    takes: Literal["text", "bytes"]
    """Whether the reader is given the decoded text too, or the format says itself how its text is encoded."""

    correctable: bool = False
    """Whether the reader takes corrections of what lines are; those of words are taken in every format."""

    extra: str | None = None
    """The extra that installs what the reader needs; ``None`` when nothing is needed that is not always there."""

    packages: tuple[str, ...] = ()
    """The packages that decide what is read, beside our own code: another version may read otherwise."""


_PROLOGUE = rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*+"
"""What may stand before an XML document's root. A comment ends at its first end: with another to try, each of a page's
comments would double the time."""

_FIELDS = rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
"""What fields may stand before one in the header of a mail (RFC 5322, 2.2)."""

FORMATS = (
    Format(
        media_type=TEXT,
        name="texts",
        suffixes=(".txt", ".text"),
        reader="text",
        takes="text",
        correctable=True,
    ),
    Format(
        media_type=MARKDOWN,
        name="Markdown files",
        suffixes=(".md", ".markdown"),
        also_served_as=("text/x-markdown",),
        reader="markdown",
        takes="text",
        packages=("markdown-it-py", "pyyaml"),
    ),
    Format(
        media_type=RSS,
        name="feeds",
        suffixes=(".rss",),
        also_served_as=("application/rdf+xml",),
        opening=_PROLOGUE + rb"<(?:rss|rdf:RDF)[\s>]",
        reader="feed",
        takes="bytes",
        extra="feeds",
        packages=("feedparser", "lxml"),
    ),
    Format(
        media_type=ATOM,
        name="feeds",
        suffixes=(".atom",),
        opening=_PROLOGUE + rb"<(?:\w+:)?feed[\s>]",
        reader="feed",
        takes="bytes",
        extra="feeds",
        packages=("feedparser", "lxml"),
    ),
    Format(
        media_type=JSON,
        name="articles in JSON",
        suffixes=(".json", ".jsonl"),
        also_served_as=("application/jsonl", "application/x-ndjson"),
        opening=rb"\s*\{\s*\"headline\"\s*:",
        reader="given.articles",
        takes="bytes",
    ),
    Format(
        media_type=HTML,
        name="web pages",
        suffixes=(".html", ".htm", ".xhtml"),
        also_served_as=("application/xhtml+xml",),
        opening=rb"(?i:" + _PROLOGUE + rb"<(?:html|head|body)[\s>]|\s*<!DOCTYPE\s+html)",
        reader="html",
        takes="text",
        extra="html",
        packages=("trafilatura", "lxml"),
    ),
    Format(
        media_type=MHTML,
        name="web archives",
        suffixes=(".mhtml", ".mht"),
        also_served_as=("application/x-mimearchive", "message/rfc822"),
        opening=rb"(?i:" + _FIELDS + rb"Content-Type:\s*multipart/related\b)",
        reader="mhtml",
        takes="bytes",
        extra="html",
        packages=("trafilatura", "lxml"),
    ),
    Format(
        media_type=ODT,
        name="OpenDocument texts",
        suffixes=(".odt", ".fodt", ".ott"),
        also_served_as=(
            "application/vnd.oasis.opendocument.text-flat-xml",
            "application/vnd.oasis.opendocument.text-template",
            "application/x-vnd.oasis.opendocument.text",
        ),
        opening=_PROLOGUE + rb"<(?:\w+:)?document\s[^>]*urn:oasis:names:tc:opendocument:",
        part=b"mimetypeapplication/vnd.oasis.opendocument.text",
        reader="odt",
        takes="bytes",
        extra="docx",
        packages=("lxml",),
    ),
    Format(
        media_type=DOCX,
        name="Word documents",
        suffixes=(".docx",),
        part=b"word/",
        reader="docx",
        takes="bytes",
        extra="docx",
        packages=("lxml",),
    ),
    Format(
        media_type=RTF,
        name="rich text documents",
        suffixes=(".rtf",),
        also_served_as=("application/x-rtf", "text/richtext", "text/rtf"),
        opening=rb"\s*\{\\rtf",
        reader="rtf",
        takes="bytes",
    ),
)
"""Where the data could be of two formats, the earlier row decides."""


class Unread(Value, frozen=True, kw_only=True):
    """What is given for an article and is none that can be read."""

    name: str
    """With its article."""

    opening: bytes
    """A regular expression that its data begin with, in which a dot matches a line's end too."""

    advice: str
    """What to do instead: a sentence, without its stop."""


_RETYPE = "Copy its words into a .txt file, and name the picture there on a line above its caption"

UNREAD = (
    Unread(
        name="a PDF document",
        opening=rb"%PDF-",
        advice="Save the page that it was made from, or copy its words into a .txt file",
    ),
    Unread(
        name="an e-book",
        opening=rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip",
        advice="Unpack it, and name the chapters in it (.xhtml)",
    ),
    Unread(
        name="a list of feeds",
        opening=_PROLOGUE + rb"<opml[\s>]",
        advice="Make its feeds sources of a digest with publisher digest import",
    ),
    Unread(
        name="an OpenDocument file",
        opening=rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument",
        advice="Give it the suffix .odt where it is a text, and copy its words into a .txt file where it is none",
    ),
    Unread(
        name="a rich text document",
        opening=rb"\s*\{\\rtf",
        advice="Give it the suffix .rtf",
    ),
    Unread(
        name="a workbook or a presentation",
        opening=rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/\.rels).{0,20000}?(?:xl|ppt)/",
        advice="Copy its words into a .txt file",
    ),
    Unread(name="an archive", opening=rb"PK\x03\x04|\x1f\x8b", advice="Unpack it, and name the articles in it"),
    Unread(
        name="an old Word document",
        opening=rb"\xd0\xcf\x11\xe0",
        advice="Open it in Word or LibreOffice and save it as .docx",
    ),
    Unread(
        name="a web archive of Safari",
        opening=rb"bplist00",
        advice="Save the page as its source, or as a web page in one file (.mhtml) with another browser",
    ),
    Unread(
        name="JSON without articles",
        opening=rb"\s*(?:\[\s*)?\{\s*\"[^\"\n]{1,80}\"\s*:",
        advice="Give what publisher read --format json prints",
    ),
    Unread(name="a JPEG picture", opening=rb"\xff\xd8\xff", advice=_RETYPE),
    Unread(name="a PNG picture", opening=rb"\x89PNG\r\n", advice=_RETYPE),
    Unread(name="a GIF picture", opening=rb"GIF8[79]a", advice=_RETYPE),
    Unread(name="a WebP picture", opening=rb"RIFF.{4}WEBP", advice=_RETYPE),
    Unread(name="a HEIC or AVIF picture", opening=rb".{4}ftyp(?:hei|mif1|msf1|avi)", advice=_RETYPE),
)
"""The first that fits says what the data is."""


def unread_for(data: bytes) -> Unread | None:
    """What the data is that cannot be read, as it shows itself; ``None`` when it may be an article."""
    return next((each for each in UNREAD if re.match(each.opening, data, re.DOTALL)), None)


def format_for(media_type: str) -> Format | None:
    """The format of a media type; ``None`` when it is none that is read."""
    return next((form for form in FORMATS if form.media_type == media_type), None)
