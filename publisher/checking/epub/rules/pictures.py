"""Pictures: described or not, too large, in formats that readers do not show."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from publisher.checking.epub.book import Book, ManifestItem
from publisher.checking.epub.document import CheckedDocument, is_elsewhere
from publisher.checking.epub.xml import Node
from publisher.checking.words import is_filler
from publisher.model import Finding

MAX_PIXELS = 5_600_000
"""Apple's limit for a picture; older e-readers run out of memory above it."""

MAX_BYTES = 5_000_000
WIDELY_SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/svg+xml"})
"""What every reader shows; WebP came into EPUB 3.3 and into few devices."""


MARKS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
"""How files of a type begin."""


class Shape(NamedTuple):
    """What the head of a picture file says."""

    width: int
    height: int
    components: int


def find(book: Book) -> Iterator[Finding]:
    """What is wrong with the files of the pictures."""
    for item in book.items:
        if item.media_type.startswith("image/") and item.path in book.sizes:
            yield from _file(book, item)


def undescribed(root: Node) -> list[Node]:
    """The pictures of a document that must have a description and have none."""
    return [image for image in root.all("img") if _needs_words(image) and not (image.get("alt") or "").strip()]


def _needs_words(image: Node) -> bool:
    """Not when it is declared to be an ornament: by its role, or by an empty description beside words that say it."""
    if image.get("role") in ("presentation", "none") or image.get("aria-hidden") == "true":
        return False
    if image.get("aria-label") or image.get("aria-labelledby"):
        return False
    return image.get("alt") is None or not _beside_words(image)


def _beside_words(image: Node) -> bool:
    """Whether it stands in a figure with a caption, or in a link or a heading with words of its own."""
    around = image.parent
    while around is not None and around.tag not in ("body", "section", "div"):
        if around.tag in ("figure", "a", "h1", "h2", "h3", "p"):
            return bool(around.text)
        around = around.parent
    return False


def find_in_document(document: CheckedDocument) -> Iterator[Finding]:
    """What is wrong with how a document shows pictures."""
    root = document.root
    for image in undescribed(root):
        message = "the picture has no description (alt)"
        severity = "error" if image.get("alt") is None else "warning"
        yield document.found("missing-alternative", severity, message, image.get("src"))  # type: ignore[arg-type]
    for drawing in root.all("svg:svg"):
        if drawing.first("svg:image") and not _is_labelled(drawing):
            message = "the picture stands in a drawing without words (title, aria-label)"
            yield document.found("missing-alternative", "warning", message, f"line {drawing.line}")
    for image in root.all("img", "svg:image", "source", "audio", "video"):
        words = image.get("alt")
        if words and image.tag == "img" and is_filler(words):
            message = "the description of the picture describes nothing"
            yield document.found("poor-alternative", "warning", message, words)
        href = image.get("src") or image.get("xlink:href") or image.get("href")
        if href is None:
            continue
        if is_elsewhere(href) and not href.startswith("data:") and image.tag in ("img", "svg:image"):
            message = "the picture is loaded from the network: without it nothing is shown"
            yield document.found("remote-resource", "error", message, href)
        elif not is_elsewhere(href) and not document.holds(href):
            yield document.found("missing-file", "error", f"the picture {href!r} is not in the book")


def _is_labelled(drawing: Node) -> bool:
    hidden = drawing.get("aria-hidden") == "true" or drawing.get("role") in ("presentation", "none")
    named = drawing.get("aria-label") or drawing.get("aria-labelledby")
    return hidden or bool(named) or any(each.text for each in drawing.all("svg:title", "svg:desc", "svg:text"))


def _file(book: Book, item: ManifestItem) -> Iterator[Finding]:
    if item.media_type not in WIDELY_SHOWN:
        message = f"{item.path!r} is {item.media_type}, which many readers do not show"
        yield book.found("picture-format", "warning", message)
    size = book.sizes[item.path]
    if size > MAX_BYTES:
        yield book.found("oversize-picture", "warning", f"{item.path!r} has {size / 1e6:.1f} MB")
    data = book.data(item.path)
    true = _type_of(data)
    if true and item.media_type in WIDELY_SHOWN and true != item.media_type:
        message = f"{item.path!r} is said to be {item.media_type} and is {true}: readers may show nothing"
        yield book.found("picture-format", "error", message)
    if _is_transparent(data):
        message = f"{item.path!r} is transparent: on dark paper its dark lines are lost"
        yield book.found("transparent-picture", "note", message)
    shape = shape_of(data)
    if shape is None:
        return
    if shape.width * shape.height > MAX_PIXELS:
        size_shown = f"{shape.width} × {shape.height} pixels"
        message = f"{item.path!r} has {size_shown}; readers take up to {MAX_PIXELS / 1e6:.1f} million"
        yield book.found("oversize-picture", "warning", message)
    if shape.components == 4:
        message = f"{item.path!r} is in CMYK: screens show its colours wrongly, or not at all"
        yield book.found("picture-format", "warning", message)


def _type_of(data: bytes) -> str | None:
    """What the first bytes say."""
    return next((media_type for mark, media_type in MARKS.items() if data.startswith(mark)), None)


def _is_transparent(data: bytes) -> bool:
    """Whether a PNG has an alpha channel or a transparent colour, which stand before its pixels (PNG, 11.2, 11.3.2)."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or len(data) < 26:
        return False
    return data[25] in (4, 6) or b"tRNS" in data[: data.find(b"IDAT")]


def shape_of(data: bytes) -> Shape | None:
    """The size of a JPEG, PNG or GIF from its head; ``None`` for others and for damaged ones."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 26:
        width, height = struct.unpack(">II", data[16:24])
        return Shape(width, height, 3)
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return Shape(width, height, 3)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    return None


def _jpeg(data: bytes) -> Shape | None:
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        mark, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):  # a frame header
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return Shape(width, height, data[place + 9])
        place += 2 + length
    return None
