"""The e-book of an issue, unpacked for a frame of no origin: its documents, at an address that nobody guesses."""

import hashlib
import hmac
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote
from xml.etree import ElementTree

from msgspec.structs import replace

from publisher.model import Issue, Problem, Source
from publisher.model.blocks import Value
from publisher.pipeline import Bindery, Output, Request

CSP = (
    "sandbox; default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "frame-ancestors 'self'"
)
"""Nothing runs in it, and nothing is loaded but its own parts."""

_OPF = "{http://www.idpf.org/2007/opf}"
_MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".xhtml": "application/xhtml+xml",
        ".css": "text/css",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".svg": "image/svg+xml",
        ".otf": "font/otf",
        ".ttf": "font/ttf",
    }
)
_NIGHT = "html,body{background:#101010!important;color:#d8d8d8!important}*{background-color:transparent!important}"
_NIGHT += "*{color:inherit!important}"


class BookDocument(Value, frozen=True, kw_only=True):
    """A document of the book."""

    title: str
    src: str


class ShownBook(Value, frozen=True, kw_only=True):
    """The book."""

    id: str
    documents: tuple[BookDocument, ...]
    problems: tuple[Problem, ...]


class BookPart(Value, frozen=True, kw_only=True):
    """A file of the book, as it is sent."""

    media_type: str
    data: bytes


class OpenBook:
    """An e-book that was made here. ``secret`` makes its address one that nobody guesses."""

    def __init__(self, data: bytes, problems: tuple[Problem, ...], secret: str) -> None:
        self._archive = {
            name: archive.read(name)
            for archive in (zipfile.ZipFile(io.BytesIO(data)),)
            for name in archive.namelist()
            if not name.endswith("/")
        }
        self.key = hmac.new(secret.encode(), hashlib.sha256(data).digest(), "sha256").hexdigest()[:32]
        self.shown = ShownBook(id=self.key[:8], documents=tuple(self._documents()), problems=problems)

    def part(self, name: str, *, night: bool, zoom: int) -> BookPart | None:
        """A file of the book, its documents as they look at night and enlarged; ``None`` when there is none."""
        data = self._archive.get(name)
        media_type = _MEDIA_TYPES.get(PurePosixPath(name).suffix.lower())
        if data is None or media_type is None:
            return None
        if media_type == "application/xhtml+xml":
            style = f"html{{font-size:{zoom}%!important}}{_NIGHT if night else ''}"
            data = data.replace(b"</head>", f"<style>{style}</style></head>".encode(), 1)
        return BookPart(media_type=media_type, data=data)

    def _documents(self) -> list[BookDocument]:
        """Those of the spine, in their order."""
        name = next(name for name in self._archive if name.endswith(".opf"))
        package = ElementTree.fromstring(self._archive[name])  # noqa: S314 - our own file
        hrefs = {item.get("id"): unquote(item.get("href", "")) for item in package.iter(f"{_OPF}item")}
        folder = PurePosixPath(name).parent
        paths = [str(folder / hrefs[ref.get("idref")]) for ref in package.iter(f"{_OPF}itemref")]
        return [BookDocument(title=self._title(path), src=f"/book/{self.key}/{path}") for path in paths]

    def _title(self, path: str) -> str:
        found = re.search(r"<title>(.*?)</title>", self._archive[path].decode(), re.DOTALL)
        return ElementTree.fromstring(f"<t>{found[1]}</t>").text or "" if found else ""  # noqa: S314 - our own file


def make_book(request: Request, issue: Issue, sources: tuple[Source, ...], secret: str) -> OpenBook:
    """The e-book of an issue. Any error of a bindery."""
    place = Path(request.references[0], "issue.epub")  # Nothing is written there.
    edition = replace(request.edition, outputs=(Output(path=place),), pages=None)
    with Bindery(edition) as bindery:
        written = bindery.make(issue, sources)[place]
    return OpenBook(written.data, written.problems, secret)
