"""The archive and its package: names, files, metadata, and whether these are true."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from publisher.checking.epub.book import MAX_MEMBER_BYTES, Book
from publisher.checking.epub.document import is_elsewhere
from publisher.checking.languages import is_language_tag
from publisher.checking.words import is_poor_title
from publisher.model import Finding
from publisher.model.characters import normal

MIMETYPE = b"application/epub+zip"
MAIL_BYTES = 36 * 1000 * 1000
"""What an e-mail of 50 MB carries after encoding: the limit of Send to Kindle by mail."""

UNLISTED = re.compile(r"^(?:mimetype|META-INF/.*|.*\.opf|iTunesMetadata\.plist)$")
_SAFE_NAME = re.compile(r"^[A-Za-z0-9_.\-/]+$")
_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
FONT_SCHEMES = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
DESCRIPTIONS = ("schema:accessMode", "schema:accessibilityFeature", "schema:accessibilityHazard")


def find(book: Book) -> Iterator[Finding]:
    """What is wrong with the archive and the package."""
    yield from _archive(book)
    yield from _damage(book)
    yield from _names(book)
    yield from _files(book)
    yield from _metadata(book)
    yield from _cover(book)
    if "META-INF/encryption.xml" in book.sizes:
        text = book.data("META-INF/encryption.xml").decode("utf-8", "replace")
        algorithms = set(re.findall(r'EncryptionMethod[^>]*Algorithm="([^"]+)"', text))
        if algorithms - set(FONT_SCHEMES):
            yield book.found("encrypted", "warning", "parts of the book are encrypted: only some readers may open it")


def _archive(book: Book) -> Iterator[Finding]:
    first = book.members[0]
    if first.filename != "mimetype" or book.data("mimetype").strip() != MIMETYPE:
        message = "the archive does not begin with the file mimetype: some readers take it for a common ZIP"
        yield book.found("archive-form", "error", message)
    elif first.compress_type != 0 or book.data("mimetype") != MIMETYPE:
        yield book.found("archive-form", "error", "the file mimetype is compressed or has stray characters")
    total = sum(info.compress_size for info in book.members)
    if total > MAIL_BYTES:
        message = f"{total / 1e6:.0f} MB are more than can be mailed to most e-readers ({MAIL_BYTES / 1e6:.0f} MB)"
        yield book.found("oversize-book", "note", message)


def _damage(book: Book) -> Iterator[Finding]:
    """Members that do not unpack to what their checksums say, as far as a bomb leaves time to look."""
    unpacked = 0
    for path, size in book.sizes.items():
        unpacked += size
        if unpacked > MAX_MEMBER_BYTES:
            return
        if size and not book.data(path):
            message = "this part of the archive is damaged and cannot be unpacked"
            yield book.found("damaged", "error", message, path)


def _names(book: Book) -> Iterator[Finding]:
    for path in book.sizes:
        if path.startswith("/") or ".." in path.split("/") or "\\" in path:
            yield book.found("unsafe-name", "error", f"the name {path!r} leads out of the book's folder")
        elif not _SAFE_NAME.match(path):
            kind = (
                "spaces" if " " in path else "characters beyond ASCII" if not path.isascii() else "unusual characters"
            )
            message = f"the name {path!r} has {kind}, which unpacking programs and older readers damage"
            yield book.found("unsafe-name", "warning", message)
    folded = Counter(normal(path).casefold() for path in book.sizes)
    for path, number in folded.items():
        if number > 1:
            yield book.found("unsafe-name", "error", f"{number} files differ from {path!r} only in case")


def _files(book: Book) -> Iterator[Finding]:
    listed = {item.path for item in book.items}
    for item in book.items:
        if item.path not in book.sizes and not is_elsewhere(item.path):
            yield book.found("missing-file", "error", f"the manifest lists {item.path!r}, which is not in the book")
        elif is_elsewhere(item.path) and not item.media_type.startswith(("audio/", "video/")):
            yield book.found("remote-resource", "error", f"{item.path!r} is loaded from the network")
    for path in book.sizes:
        if path not in listed and not UNLISTED.match(path):
            yield book.found("unlisted-file", "warning", f"{path!r} is in the book but not in its manifest")
    spine = {node.get("idref") for node in book.package.all("opf:itemref")}
    for identity in sorted(filter(None, spine - {item.identity for item in book.items})):
        yield book.found("missing-file", "error", f"the reading order names {identity!r}, which the manifest lacks")
    if not book.spine:
        yield book.found("missing-file", "error", "the book has no reading order (spine)")


def _metadata(book: Book) -> Iterator[Finding]:
    title = next(iter(book.values("dc:title")), "")
    if not title:
        yield book.found("missing-title", "error", "the book has no title")
    elif is_poor_title(title):
        yield book.found("poor-title", "warning", "the title is a file name or a program's default", place=title)
    if not book.values("dc:identifier"):
        yield book.found("missing-identifier", "error", "the book has no identifier: readers cannot tell issues apart")
    elif not any(
        meta.node.get("id") == book.package.get("unique-identifier")
        for meta in book.metadata
        if meta.name == "dc:identifier"
    ):
        message = "the package does not say which identifier is the book's own (unique-identifier)"
        yield book.found("missing-identifier", "error", message)
    languages = book.values("dc:language")
    if not languages:
        yield book.found("missing-language", "error", "the book does not say its language")
    for language in languages:
        if not is_language_tag(language):
            yield book.found("unknown-language", "error", f"{language!r} is no language tag")
    if book.version.startswith("3"):
        modified = book.values("dcterms:modified")
        if len(modified) != 1 or not _MODIFIED.fullmatch(modified[0]):
            message = "the book does not say when it was last changed (dcterms:modified, in UTC)"
            yield book.found("date-mismatch", "error", message)
        missing = [name.removeprefix("schema:") for name in DESCRIPTIONS if not book.values(name)]
        if missing:
            message = f"the book does not say how accessible it is: {', '.join(missing)}"
            yield book.found("accessibility-unstated", "warning", message)
    else:
        message = f"the book is EPUB {book.version}: readers of today expect EPUB 3"
        yield book.found("old-version", "note", message)


def _cover(book: Book) -> Iterator[Finding]:
    new = next((item for item in book.items if "cover-image" in item.properties), None)
    named = next(iter(book.values("cover")), None)
    old = next((item for item in book.items if named and item.identity == named), None)
    if new is None and old is None:
        yield book.found("no-cover", "note", "the book has no cover picture: libraries show a grey sheet instead")
    elif new is not None and old is None:
        message = "the cover is marked for EPUB 3 only; Kindle and older readers look for the meta element cover"
        yield book.found("no-cover", "note", message, place=posixpath.basename(new.path))
    elif new is None and book.version.startswith("3"):
        yield book.found("no-cover", "note", "the cover is not marked as EPUB 3 asks (properties cover-image)")
