"""Where the picture of an ``img`` element is, whichever of its attributes says so."""

import re

from publisher.model import Problem
from publisher.reading.html.metadata import absolute
from publisher.reading.html.page import WebPage
from publisher.reading.html.tree import Element

_LAZY = ("data-src", "data-original", "data-lazy-src", "src")
_PLACEHOLDER = re.compile(
    r"(?:placeholder|spacer|blank|pixel|transparent|loading|lazy|1x1|grey)[\w.-]*$", re.IGNORECASE
)
_DATA = re.compile(r"^\s*data:", re.IGNORECASE)
_SCHEME = re.compile(r"^\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)

_INLINED_PICTURE = 3_000
"""Characters from which a ``data:`` address is a picture and not the place-holder of one."""


def address_of(image: Element) -> str:
    """The picture's address as written, from the attributes that lazy loading uses too; ``""`` when there is none."""
    for name in _LAZY:
        value = (image.get(name) or "").strip()
        if value and not _DATA.match(value) and not _PLACEHOLDER.search(_stem(value)):
            return value
    for name in ("data-srcset", "srcset"):
        candidates = [part.split() for part in (image.get(name) or "").split(", ") if part.strip()]
        if candidates and candidates[-1] and not _DATA.match(candidates[-1][0]):
            return candidates[-1][0].strip(",")
    holder = image.getparent()
    if holder is not None and holder.tag in ("picture", "source"):
        for source in holder.iter("source"):
            first = (source.get("srcset") or source.get("data-srcset") or "").split()
            if first and not _DATA.match(first[0]):
                return first[0].strip(",")
    src = (image.get("src") or "").strip()
    return src if len(src) > _INLINED_PICTURE or not _DATA.match(src) else ""


def _stem(address: str) -> str:
    """The name of an address's file, without its ending."""
    name = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return stem if stem and dot and ending else name


def source_of(page: WebPage, image: Element) -> str | None:
    """What ``Figure.src`` says: absolute, or the path of a saved page's own file as written."""
    written = address_of(image)
    scheme = _SCHEME.match(written)
    if not written:
        return None
    if scheme and scheme[1].lower() not in ("http", "https"):
        if scheme[1].lower() == "data":
            message = "a picture that stands inside the markup was left out; its words were kept"
        else:
            message = f"the picture {written[:60]!r} is neither on the web nor beside the page; its words were kept"
        page.problems.append(Problem(code="dropped-content", message=message, where=page.name))
        return None
    if scheme or written.startswith(("/", "//")):
        return absolute(written, page.metadata.base)
    if page.fetched:
        return absolute(written, page.metadata.base)
    return written
