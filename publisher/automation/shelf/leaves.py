"""The documents of an e-book as what stands in web pages: what e-books alone have is taken out."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from html import escape, unescape
from typing import IO
from urllib.parse import unquote
from xml.etree import ElementTree

from publisher.automation.shelf.elements import Element
from publisher.model.blocks import Value

__all__ = ["CONTENT", "Leaf", "Unpacked", "leaf_of", "placed", "unpacked"]

LIMIT_BYTES = 512 * 1024 * 1024
"""What an e-book may unpack to; its readers stop far below that."""

_HTML = "{http://www.w3.org/1999/xhtml}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")
_PICTURES = (".jpg", ".png", ".gif", ".svg")

_TEXT = (
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u"
)
_PARTS = "article aside blockquote div figcaption figure footer h1 h2 h3 h4 h5 h6 header hr nav p pre section"
_LISTS = "caption col colgroup dd dl dt li ol table tbody td tfoot th thead tr ul"
_ELEMENTS = frozenset(f"{_TEXT} {_PARTS} {_LISTS}".split())
"""What an article may be made of; of any other element the content alone is taken."""

_WITHOUT_CONTENT = frozenset(["script", "style", "template", "object", "iframe", "form"])
"""Of these, and of what is not HTML, nothing is."""

_OF_ALL = "id class lang dir tabindex"
_OF_SOME = "href src alt width height datetime colspan rowspan scope start reversed value"
_ATTRIBUTES = frozenset(f"{_OF_ALL} {_OF_SOME}".split())

CONTENT, _OPENS, _CLOSES = "\ufdd2", "\ufdd3", "\ufdd4"
"""Stand for what comes between the tags of a page, and around the name of a document that a link leads to.
Noncharacters: the gate that an issue comes through lets none in."""

_PLACE = re.compile(f"{_OPENS}([^{_OPENS}{_CLOSES}]*){_CLOSES}")


class Unpacked(Value, frozen=True, kw_only=True):
    """What an e-book is made of, as far as pages need it."""

    members: Mapping[str, bytes]
    """By their names in the package's folder."""

    spine: tuple[str, ...]


class Leaf(Value, frozen=True, kw_only=True):
    """What a document of the e-book is as a web page, wherever it stands in it."""

    kind: str
    """``body`` for an article, ``back`` for what follows them, ``front`` for all else."""

    title: str
    language: str
    direction: str | None
    content: str
    """HTML, in which documents of the e-book are named as places (``_PLACE``)."""

    pictures: tuple[str, ...]
    """The names of the files that it shows."""

    contents: str | None
    """The first table of contents in it, likewise as HTML; ``None`` without one."""


def unpacked(stream: IO[bytes]) -> Unpacked:
    """The e-book; one without documents where it is none."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(info.file_size for info in archive.infolist()) > LIMIT_BYTES:
                return Unpacked(members={}, spine=())
            package = next(name for name in archive.namelist() if name.endswith(".opf"))
            root = posixpath.dirname(package)
            members = {posixpath.relpath(name, root or "."): archive.read(name) for name in archive.namelist()}
        opf = ElementTree.fromstring(members[posixpath.basename(package)])  # noqa: S314 - ours, as its proof says
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, StopIteration, OSError, ValueError, KeyError):
        return Unpacked(members={}, spine=())
    hrefs = {item.get("id"): unquote(item.get("href", "")) for item in opf.iter("{http://www.idpf.org/2007/opf}item")}
    order = [hrefs.get(ref.get("idref"), "") for ref in opf.iter("{http://www.idpf.org/2007/opf}itemref")]
    return Unpacked(members=members, spine=tuple(name for name in order if name in members and _NAME.fullmatch(name)))


def leaf_of(data: bytes) -> Leaf:
    """A document of the e-book as a web page; ElementTree's ParseError where it is none."""
    document = ElementTree.fromstring(data)  # noqa: S314 - ours, as its proof says
    kind = _kind(document)
    body = document.findall(f"{_HTML}body/*") if kind != "front" else []
    parts = [part for child in body for part in _as_html(child)]
    lists = (
        listed
        for nav in document.iter(f"{_HTML}nav")
        if nav.get(_EPUB_TYPE) == "toc"
        for listed in nav.findall(f"{_HTML}ol")
    )
    contents = next(lists, None)
    return Leaf(
        kind=kind,
        title=document.findtext(f"{_HTML}head/{_HTML}title", ""),
        language=document.get("lang", "und"),
        direction=document.get("dir"),
        content=_markup(parts),
        pictures=tuple(picture.get("src", "") for part in parts for picture in part.iter("img")),
        contents=None if contents is None else _markup(_as_html(contents)),
    )


def placed(page: bytes, content: str, names: Mapping[str, str], otherwise: str) -> bytes:
    """A page with the content of a leaf, whose links to documents lead to the pages so named, or ``otherwise``."""
    led = _PLACE.sub(lambda place: escape(names.get(unescape(place[1]), otherwise)), content)
    return page.replace(CONTENT.encode(), led.encode())


def _kind(document: Element) -> str:
    body = document.find(f"{_HTML}body")
    kind = body.get(_EPUB_TYPE, "") if body is not None else ""
    return {"bodymatter": "body", "backmatter": "back"}.get(kind, "front")


def _markup(parts: Iterable[Element]) -> str:
    return "".join(ElementTree.tostring(part, encoding="unicode", method="html") for part in parts)


def _as_html(source: Element) -> list[Element]:
    """An element of an e-book as one of a web page, or as nothing."""
    name = source.tag.removeprefix(_HTML)
    if "}" in name or name in _WITHOUT_CONTENT or source.get(_EPUB_TYPE) == "pagebreak":
        return []
    made = ElementTree.Element(name if name in _ELEMENTS else "span", _attributes(source))
    made.text = source.text
    for child in source:
        parts = _as_html(child)
        made.extend(parts)
        if not child.tail:
            continue
        if len(made):
            made[-1].tail = (made[-1].tail or "") + child.tail
        else:
            made.text = (made.text or "") + child.tail
    return [made]


def _attributes(source: Element) -> dict[str, str]:
    """What a web page has a use for; links lead to the pages, pictures lie beside them."""
    kept = {key: value for key, value in source.attrib.items() if key in _ATTRIBUTES or key.startswith("aria-")}
    if not source.get("role", "doc-").startswith("doc-"):
        kept["role"] = source.attrib["role"]
    if "src" in kept:
        kept["src"] = posixpath.basename(unquote(kept["src"]))
        kept["loading"] = "lazy"
        if posixpath.splitext(kept["src"])[1] not in _PICTURES:
            del kept["src"]
    if href := kept.get("href"):
        path, hash_, fragment = href.partition("#")
        if not re.match(r"(https?|mailto):", href):
            kept["href"] = f"{_OPENS}{unquote(path)}{_CLOSES}{hash_}{fragment}" if path else f"{hash_}{fragment}"
    return kept
