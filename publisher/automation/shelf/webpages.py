"""An issue's articles as web pages, one each, for telephones and desks without a program for e-books.

They are made of the issue's e-book, which is public, accessible and on the shelf already: the words, their order, their
headings and their languages are its own. What e-books alone have is taken out, and a web page's frame is put around.
"""

import posixpath
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from html import escape, unescape
from pathlib import Path
from typing import IO
from urllib.parse import unquote
from xml.etree import ElementTree

from publisher import __version__
from publisher.automation.issues.proof import File, sha256, sha256_of
from publisher.automation.shelf.downloads import download
from publisher.automation.shelf.elements import Element, element, html
from publisher.automation.shelf.presented import Presented
from publisher.automation.shelf.shelved import Shelved
from publisher.automation.shelf.styles import style_sheet
from publisher.automation.wording import numbered_title
from publisher.model.blocks import Value
from publisher.model.pagemarks import without_numbers
from publisher.seams import Keep, made_anew
from publisher.writing import remove_unfinished
from publisher.writing.together import write_together

FOLDER = "read"
"""The folder of the issues' pages, from the shelf's; each issue has one of its own, named after its week."""

CONTENTS = "index.html"

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


_CONTENT, _OPENS, _CLOSES = "\ufdd2", "\ufdd3", "\ufdd4"
"""Stand for what comes between the tags of a page, and around the name of a document that a link leads to.
Noncharacters: the gate that an issue comes through lets none in."""

_PLACE = re.compile(f"{_OPENS}([^{_OPENS}{_CLOSES}]*){_CLOSES}")


class _Book(Value, frozen=True, kw_only=True):
    """What an e-book is made of, as far as pages need it."""

    members: Mapping[str, bytes]
    """By their names in the package's folder."""

    spine: tuple[str, ...]


class _Leaf(Value, frozen=True, kw_only=True):
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


def make_webpages(folder: Path, shelf: Presented, keep: Keep = made_anew) -> Iterator[tuple[str, bool]]:
    """The paths of the pages of all listed issues and of their pictures, and whether each was changed.

    Those of an issue whose e-book, and the shelf's own words, are as they were are left as they are: its contents say
    what they were made of, and are written last. An issue has none without an e-book for everybody that is as it was
    published. ``keep`` may have what documents of it became before. OSError when the shelf cannot be written to.
    """
    for shelved in shelf.issues:
        place = folder / FOLDER / shelved.proof.week
        book = _ebook(shelved)
        if book is None:
            continue
        mark = _mark(book, shelf)
        contents = place / CONTENTS
        if contents.is_file() and mark.encode() in contents.read_bytes():
            yield from ((path.relative_to(folder).as_posix(), False) for path in sorted(place.iterdir()))
            continue
        with (folder / shelved.href(book)).open("rb") as stream:
            if sha256_of(stream) != book.sha256:
                continue
            made_of = _read(stream)
        files = dict(_files(made_of, shelved, shelf, mark, keep))
        if not files:
            continue
        place.mkdir(parents=True, exist_ok=True)
        remove_unfinished(place)
        last = {CONTENTS: files.pop(CONTENTS)}
        for some in (files, last):
            for name, is_new in write_together(place, some.items()).items():
                yield f"{FOLDER}/{shelved.proof.week}/{name}", is_new


def contents_in(paths: Iterable[str]) -> dict[str, str]:
    """By week, the contents of the issues whose pages these are."""
    return {path.split("/")[1]: path for path in paths if posixpath.basename(path) == CONTENTS}


def _ebook(shelved: Shelved) -> File | None:
    """The e-book that is for every reader."""
    return next((file for file in shelved.readable if file.format == "epub" and not file.profile), None)


def _mark(book: File, shelf: Presented) -> str:
    """What the pages are made of, in short."""
    made_of = "\0".join((__version__, book.sha256, shelf.title, shelf.language, style_sheet("webpages")))
    return sha256(made_of.encode())


# --- the e-book -------------------------------------------------------------------------------------------------------


def _read(stream: IO[bytes]) -> _Book:
    """The e-book; one without documents where it is none."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(info.file_size for info in archive.infolist()) > LIMIT_BYTES:
                return _Book(members={}, spine=())
            package = next(name for name in archive.namelist() if name.endswith(".opf"))
            root = posixpath.dirname(package)
            members = {posixpath.relpath(name, root or "."): archive.read(name) for name in archive.namelist()}
        opf = ElementTree.fromstring(members[posixpath.basename(package)])  # noqa: S314 - ours, as its proof says
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, StopIteration, OSError, ValueError, KeyError):
        return _Book(members={}, spine=())
    hrefs = {item.get("id"): unquote(item.get("href", "")) for item in opf.iter("{http://www.idpf.org/2007/opf}item")}
    order = [hrefs.get(ref.get("idref"), "") for ref in opf.iter("{http://www.idpf.org/2007/opf}itemref")]
    return _Book(members=members, spine=tuple(name for name in order if name in members and _NAME.fullmatch(name)))


def _files(book: _Book, shelved: Shelved, shelf: Presented, mark: str, keep: Keep) -> Iterator[tuple[str, bytes]]:
    """The pictures, then the pages, then their contents, each with its name; nothing of a book without articles."""
    made_with = tuple(sys.version_info[:3])  # Python reads and writes the markup.
    alike = {name: without_numbers(book.members[name])[0] for name in book.spine}  # A web page has no marks of pages.
    try:
        documents = {
            name: keep("webpages", _Leaf, (data, made_with), partial(_leaf, data)) for name, data in alike.items()
        }
    except ElementTree.ParseError:
        return
    if not any(document.kind == "body" for document in documents.values()):
        return
    names = {name: _page_name(name) for name, document in documents.items() if document.kind != "front"}
    leaves = {page: documents[name] for name, page in names.items()}
    pictures = {picture for leaf in leaves.values() for picture in leaf.pictures}
    for name, data in book.members.items():
        if posixpath.basename(name) in pictures:
            yield posixpath.basename(name), data
    around = (None, *leaves.items(), None)
    for before, (name, leaf), after in zip(around, leaves.items(), around[2:], strict=False):
        yield name, _placed(html(_page(leaf, before, after, shelved, shelf)), leaf.content, names)
    lists = (leaf.contents for leaf in documents.values() if leaf.contents is not None)
    first = next(iter(leaves.values()))
    yield CONTENTS, _placed(html(_contents(first, shelved, shelf, mark)), next(lists, ""), names)


def _placed(page: bytes, content: str, names: Mapping[str, str]) -> bytes:
    """A page with its content, whose links lead to the pages; to the contents where a document is none."""
    led = _PLACE.sub(lambda place: escape(names.get(unescape(place[1]), CONTENTS)), content)
    return page.replace(_CONTENT.encode(), led.encode())


def _kind(document: Element) -> str:
    body = document.find(f"{_HTML}body")
    kind = body.get(_EPUB_TYPE, "") if body is not None else ""
    return {"bodymatter": "body", "backmatter": "back"}.get(kind, "front")


def _page_name(name: str) -> str:
    return f"{posixpath.splitext(name)[0]}.html"


def _leaf(data: bytes) -> _Leaf:
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
    return _Leaf(
        kind=kind,
        title=document.findtext(f"{_HTML}head/{_HTML}title", ""),
        language=document.get("lang", "und"),
        direction=document.get("dir"),
        content=_markup(parts),
        pictures=tuple(picture.get("src", "") for part in parts for picture in part.iter("img")),
        contents=None if contents is None else _markup(_as_html(contents)),
    )


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


# --- the pages --------------------------------------------------------------------------------------------------------


def _page(
    leaf: _Leaf, before: tuple[str, _Leaf] | None, after: tuple[str, _Leaf] | None, shelved: Shelved, shelf: Presented
) -> Element:
    words = shelf.wording
    steps = [(words.previous, "prev", before), (words.following, "next", after)]
    return _framed(
        leaf.title,
        leaf,
        shelved,
        shelf,
        element("main", {"id": "text"}, _CONTENT),
        element(
            "nav",
            {"class": "steps", "aria-label": words.contents, "lang": shelf.language},
            *(
                element("a", {"rel": rel, "href": other[0]}, element("small", {}, way), " ", _named(other[1], shelf))
                for way, rel, other in steps
                if other
            ),
            element("a", {"rel": "contents", "href": CONTENTS}, words.contents),
        ),
    )


def _named(leaf: _Leaf, shelf: Presented) -> Element:
    return element("span", {"lang": leaf.language if leaf.language != shelf.language else None}, leaf.title)


def _contents(first: _Leaf, shelved: Shelved, shelf: Presented, mark: str) -> Element:
    """The issue's own page: its contents by section, and its files."""
    title = numbered_title(shelved.proof)
    return _framed(
        title,
        first,
        shelved,
        shelf,
        element(
            "main",
            {"id": "text", "class": "contents"},
            element("h1", {}, title),
            _CONTENT,
            element(
                "ul",
                {"class": "files", "role": "list", "lang": shelf.language},
                *(
                    element("li", {}, download(f"../../{shelved.href(file)}", file, title, shelf))
                    for file in shelved.proof.files
                ),
            ),
        ),
        made_of=mark,
    )


def _framed(
    title: str, leaf: _Leaf, shelved: Shelved, shelf: Presented, *content: Element, made_of: str | None = None
) -> Element:
    """A page in the language of one of the issue's; what it is of stands above it."""
    issue = numbered_title(shelved.proof)
    language = shelved.proof.language if made_of else leaf.language
    return element(
        "html",
        {"lang": language, "dir": leaf.direction},
        element(
            "head",
            {},
            element("meta", {"charset": "utf-8"}),
            element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            element("meta", {"name": "color-scheme", "content": "light dark"}),
            *([element("meta", {"name": "made-of", "content": made_of})] if made_of else []),
            element("title", {}, title if title == issue else f"{title} – {issue}"),
            element("link", {"rel": "icon", "href": "data:,"}),
            element("style", {}, f"\n{style_sheet('webpages')}"),
        ),
        element(
            "body",
            {},
            element("a", {"class": "skip", "href": "#text", "lang": shelf.language}, shelf.wording.skip_to_text),
            element(
                "header",
                {"class": "top", "lang": shelf.language},
                element("a", {"href": "../../index.html"}, shelf.title),
                *([] if title == issue else [element("a", {"href": CONTENTS, "lang": shelved.proof.language}, issue)]),
            ),
            *content,
        ),
    )
