"""An opened EPUB: its package, its documents and its style sheets, as the rules ask for them."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from publisher.checking.budget import Budget, OutOfTimeError
from publisher.checking.epub.document import DocumentSetting, Facts, finding, resolved
from publisher.checking.epub.xml import Node, XmlError, parse
from publisher.errors import InputError
from publisher.model import Finding, Severity

CONTAINER = "META-INF/container.xml"
MAX_MEMBERS = 50_000
MAX_MEMBER_BYTES = 256 * 1024**2
"""Of a member when it is unpacked; what is larger is not read."""

MAX_DOCUMENT_BYTES = 20 * 1024**2
"""Of a document that is parsed: e-readers give up long before."""

DOCUMENT_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")

Surveyor = Callable[[DocumentSetting, bytes], Facts]
"""Gives the facts of a document."""


class Meta(NamedTuple):
    """A statement in the package's metadata."""

    name: str
    """``dc:title``, or the ``property`` of EPUB 3 and the ``name`` of EPUB 2: ``schema:accessMode``, ``cover``."""

    value: str
    node: Node


class ManifestItem(NamedTuple):
    """An entry of the manifest."""

    identity: str
    path: str
    """Of the file in the archive."""

    media_type: str
    properties: frozenset[str]


class NavLine(NamedTuple):
    """A line of a contents."""

    text: str
    path: str
    anchor: str
    depth: int


class Book:
    """An EPUB that could be opened."""

    def __init__(self, data: bytes, name: str, budget: Budget, survey: Surveyor) -> None:
        self.name = name
        self.budget = budget
        self._survey = survey
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            self.members = [info for info in self.archive.infolist() if not info.is_dir()][:MAX_MEMBERS]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise InputError(f"cannot check {name}: its archive is damaged ({error}). Make it again.") from error
        self.sizes: Mapping[str, int] = {info.filename: info.file_size for info in self.members}
        self.package_path = self._find_package()
        self.package = self._parsed_or_refused(self.package_path)
        self.folder = posixpath.dirname(self.package_path)
        self.broken: dict[str, str] = {}
        """Why documents cannot be parsed."""

        self._facts: dict[str, Facts] = {}
        self._trees: dict[str, Node | None] = {}
        self._nav_lines: dict[str, list[NavLine]] = {}

    # --- the archive ------------------------------------------------------------------------------------------------

    def data(self, path: str) -> bytes:
        """A member's bytes; empty when it is missing, damaged or too large. OutOfTimeError when the time is over."""
        self.budget.ask()
        return self._unpacked(path)

    def _unpacked(self, path: str) -> bytes:
        if self.sizes.get(path, MAX_MEMBER_BYTES + 1) > MAX_MEMBER_BYTES:
            return b""
        try:
            return self.archive.read(path)
        except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
            return b""
        except Exception as error:  # zlib.error, lzma.LZMAError: each method of packing has its own
            if type(error).__module__ in ("zlib", "lzma", "_lzma", "builtins"):
                return b""
            raise

    def facts(self, path: str) -> Facts | None:
        """What is asked of a document; ``None`` when it is missing or not well-formed, as ``broken`` then tells."""
        if path not in self.sizes:
            return None
        if path not in self._facts:
            facts = self._surveyed(self.setting(path))
            self._facts[path] = facts
            if facts.broken is not None:
                self.broken[path] = facts.broken
        return self._facts[path] if path not in self.broken else None

    def _surveyed(self, setting: DocumentSetting) -> Facts:
        if setting.size > MAX_DOCUMENT_BYTES:
            return Facts(broken="it is too large to be read")
        return self._survey(setting, self.data(setting.path))

    def setting(self, path: str) -> DocumentSetting:
        """What a document is told of the book."""
        return DocumentSetting(
            path=path,
            size=self.sizes[path],
            is_document=path in self._document_paths,
            in_spine=path in self._spine_paths,
            languages=tuple(self.values("dc:language")),
        )

    @cached_property
    def _document_paths(self) -> frozenset[str]:
        return frozenset(item.path for item in self.documents)

    @cached_property
    def _spine_paths(self) -> frozenset[str]:
        return frozenset(item.path for item in self.spine)

    def _tree(self, path: str) -> Node | None:
        """The tree of a contents; ``None`` when there is none that can be parsed."""
        if path not in self._trees:
            self._trees[path] = parse(self.data(path)) if self.facts(path) else None
        return self._trees[path]

    def _find_package(self) -> str:
        container = self._parsed_or_refused(CONTAINER)
        root = container.first("rootfile")
        path = root.get("full-path") if root is not None else None
        if not path or path not in self.sizes:
            what = f"its container names {path!r}, which is not in it" if path else "its container names no package"
            raise InputError(f"cannot check {self.name}: {what}. Make it again.")
        return path

    def _parsed_or_refused(self, path: str) -> Node:
        if path not in self.sizes:
            what = "it is a ZIP archive but no EPUB" if path == CONTAINER else f"it has no {path}"
            raise InputError(f"cannot check {self.name}: {what}. Name a PDF or an EPUB.")
        if self.sizes[path] > MAX_DOCUMENT_BYTES:
            raise InputError(f"cannot check {self.name}: its {path} is too large. Make it again.")
        try:
            return parse(self._unpacked(path))
        except XmlError as error:
            raise InputError(
                f"cannot check {self.name}: its {path} cannot be read ({error}). Make it again."
            ) from error

    # --- the package ------------------------------------------------------------------------------------------------

    @property
    def version(self) -> str:
        """``3.0`` for all of EPUB 3."""
        return self.package.get("version") or "unknown"

    @cached_property
    def metadata(self) -> list[Meta]:
        """All statements, in order."""
        metadata = self.package.first("opf:metadata")
        found = []
        for node in metadata.walk() if metadata else ():
            if node.tag.startswith("dc:"):
                found.append(Meta(node.tag, node.text, node))
            elif node.tag == "opf:meta":
                name = node.get("property") or node.get("name") or ""
                found.append(Meta(name, node.text or node.get("content") or "", node))
            elif node.tag == "opf:link":
                found.append(Meta(node.get("rel") or "", node.get("href") or "", node))
        return found

    def values(self, name: str) -> list[str]:
        """The values of a statement, empty ones left out."""
        return [meta.value for meta in self.metadata if meta.name == name and meta.value]

    @cached_property
    def items(self) -> list[ManifestItem]:
        """The manifest."""
        return [
            ManifestItem(
                node.get("id") or "",
                resolved(self.package_path, node.get("href") or "")[0],
                (node.get("media-type") or "").strip().casefold(),
                frozenset((node.get("properties") or "").split()),
            )
            for node in self.package.all("opf:item")
        ]

    @cached_property
    def spine(self) -> list[ManifestItem]:
        """The documents in reading order, those left out of it too."""
        by_identity = {item.identity: item for item in self.items}
        references = (node.get("idref") or "" for node in self.package.all("opf:itemref"))
        return [by_identity[identity] for identity in references if identity in by_identity]

    @cached_property
    def documents(self) -> list[ManifestItem]:
        """Every document of the manifest, those of the spine first and in its order."""
        rest = [item for item in self.items if item.media_type in DOCUMENT_TYPES and item not in self.spine]
        return [item for item in self.spine if item.media_type in DOCUMENT_TYPES] + rest

    @cached_property
    def nav(self) -> ManifestItem | None:
        """The navigation document of EPUB 3."""
        return next((item for item in self.items if "nav" in item.properties), None)

    @cached_property
    def ncx(self) -> ManifestItem | None:
        """The contents of EPUB 2."""
        return next((item for item in self.items if item.media_type == "application/x-dtbncx+xml"), None)

    def nav_lines(self, kind: str) -> list[NavLine]:
        """The lines of the ``nav`` of a type: ``toc``, ``landmarks``, ``page-list``."""
        if kind not in self._nav_lines:  # Many rules ask for them, and a book has hundreds.
            self._nav_lines[kind] = self._lines_of(kind)
        return self._nav_lines[kind]

    def _lines_of(self, kind: str) -> list[NavLine]:
        root = self._tree(self.nav.path) if self.nav else None
        for node in root.all("nav") if root else ():
            if kind in (node.get("epub:type") or "").split():
                return [self._line(link, self.nav.path) for link in node.all("a") if self.nav]
        return []

    def _line(self, link: Node, base: str) -> NavLine:
        depth = -1
        around = link.parent
        while around is not None and around.tag != "nav":
            depth += around.tag == "ol"
            around = around.parent
        words = link.text or " ".join(image.get("alt") or "" for image in link.all("img"))
        return NavLine(words, *resolved(base, link.get("href") or ""), depth)

    @cached_property
    def ncx_lines(self) -> list[NavLine]:
        """The lines of the NCX."""
        root = self._tree(self.ncx.path) if self.ncx else None
        lines = []
        for point in root.all("navPoint") if root else ():
            label, target = point.first("text"), point.first("content")
            depth = -1
            around: Node | None = point
            while around is not None:
                depth += around.tag == "navPoint"
                around = around.parent
            href = (target.get("src") or "") if target else ""
            lines.append(NavLine(label.text if label else "", *resolved(self.ncx.path, href), depth))  # type: ignore[union-attr]
        return lines

    @cached_property
    def contents(self) -> list[NavLine]:
        """The contents that readers show: of EPUB 3, else of EPUB 2."""
        return self.nav_lines("toc") or self.ncx_lines

    @cached_property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """The anchors of each document."""
        found = {}
        for item in self.items:
            facts = self.facts(item.path) if item.media_type in (*DOCUMENT_TYPES, "image/svg+xml") else None
            found[item.path] = frozenset((*facts.places, *facts.names)) - {""} if facts else frozenset()
        return found

    def leads(self, path: str, anchor: str) -> bool:
        """Whether there is such a file and, in it, such an anchor."""
        if path not in self.sizes:
            return False
        return not anchor or path not in self.anchors or path in self.broken or anchor in self.anchors[path]

    # --- findings ---------------------------------------------------------------------------------------------------

    def found(
        self, code: str, severity: Severity, message: str, document: str | None = None, place: str | None = None
    ) -> Finding:
        """A finding about the book, or about a document of it, with the article that the contents name."""
        return self.placed(finding(code, severity, message, document, place))

    def placed(self, finding: Finding) -> Finding:
        """A finding in a document with the article that the contents name."""
        article = self._titles.get(finding.where.document or "")
        return replace(finding, where=replace(finding.where, article=article)) if article else finding

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        titles: dict[str, str] = {}
        try:
            lines = self.contents
        except OutOfTimeError:  # A finding without its article still says what it says.
            return {}
        for line in lines:
            titles.setdefault(line.path, line.text)
        return {path: text for path, text in titles.items() if text}
