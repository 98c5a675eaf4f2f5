"""A document of a book, as the rules are given it that look at one by itself, and the facts that all others ask for."""

import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

import msgspec

from publisher.checking.epub.xml import Node
from publisher.checking.phrases import shortened
from publisher.model import Finding, Severity, Where

PLACE_LENGTH = 80
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

Leads = Callable[[str, str], bool]
"""Whether there is a file of that path, and in it the anchor, unless that is empty."""


class DocumentSetting(msgspec.Struct, frozen=True, kw_only=True):
    """What is found in a document depends on, besides its bytes and what it names."""

    path: str
    size: int
    """In bytes, as the archive says."""

    is_document: bool
    """Whether it is text, that rules for documents are for: a drawing is not."""

    in_spine: bool
    languages: tuple[str, ...]
    """Those that the book says it is in."""


class CheckedFile:
    """A file of a book, as it is looked at by itself."""

    def __init__(self, path: str, leads: Leads) -> None:
        self.path = path
        self.asked: dict[tuple[str, str], None] = {}
        """Where what it names leads, as path and anchor: which of these are there is all that it asks of the book."""

        self._leads = leads

    def leads(self, href: str) -> bool:
        """Whether an address in it leads to a file of the book, and to an anchor in it if it names one."""
        target = resolved(self.path, href)
        self.asked[target] = None
        return self._leads(*target)

    def holds(self, href: str) -> bool:
        """Whether the book holds the file that an address in it names."""
        path, _ = resolved(self.path, href)
        self.asked[path, ""] = None
        return self._leads(path, "")

    def found(self, code: str, severity: Severity, message: str, place: str | None = None) -> Finding:
        """A finding in it."""
        return finding(code, severity, message, self.path, place)


class CheckedDocument(CheckedFile):
    """A document that could be parsed."""

    def __init__(self, setting: DocumentSetting, root: Node, leads: Leads) -> None:
        super().__init__(setting.path, leads)
        self.setting = setting
        self.root = root


class PageMark(msgspec.Struct, frozen=True):
    """Where a page of another edition begins."""

    anchor: str | None
    said: str
    """What it is called, or empty."""

    line: int


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a document that others are compared with; it depends on its bytes and its setting alone."""

    broken: str | None = None
    """Why it cannot be parsed; all else is then as of an empty one."""

    title: str = ""
    language: str = ""
    """The one that it says it is in."""

    heading: str = ""
    """The first of the three highest levels."""

    levels: tuple[int, ...] = ()
    """Of its headings, in order."""

    places: Mapping[str, int] = msgspec.field(default_factory=dict)
    """Of each ``id``, its element's place among all."""

    names: tuple[str, ...] = ()
    """Those of its links, which anchors had before they had an ``id``."""

    breaks: tuple[PageMark, ...] = ()
    undescribed: int = 0
    """How many pictures need words and have none."""

    shows: bool = False
    """Whether it shows a picture that is no ornament."""

    plays: bool = False
    """Whether it holds sound or film."""

    moving: str | None = None
    """The first element that may move, by its name."""

    explains: bool = False
    """Whether it describes something at length."""

    has_index: bool = False
    has_formulas: bool = False
    findings: tuple[Finding, ...] = ()
    """What is wrong with it by itself, if all that it asks of the book is there."""

    asked: tuple[tuple[str, str], ...] = ()
    """Where what it names leads: see ``CheckedFile.asked``."""


def finding(
    code: str, severity: Severity, message: str, document: str | None = None, place: str | None = None
) -> Finding:
    """A finding in a file of a book, or in the book as a whole."""
    words = shortened(place or "", PLACE_LENGTH)
    return Finding(code=code, severity=severity, message=message, where=Where(document=document, place=words or None))


def resolved(base: str, href: str) -> tuple[str, str]:
    """The path in the archive and the anchor that an address leads to; addresses elsewhere stay as they are."""
    if is_elsewhere(href):
        return href, ""
    path, _, anchor = href.partition("#")
    path = unquote(path.partition("?")[0])
    full = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    return full, unquote(anchor)


def is_elsewhere(href: str) -> bool:
    """Whether an address leads out of the book."""
    return bool(_SCHEME.match(href))
