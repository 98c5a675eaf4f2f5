"""A Word document's file: a zip archive of XML parts and the relations between them (ECMA-376, part 2)."""

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from publisher.errors import InputError
from publisher.model.blocks import Value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = object  # lxml is imported when the first document is read

__all__ = ["LIMIT_PARTS", "LIMIT_XML_BYTES", "Element", "Package", "Relation"]

LIMIT_PARTS = 10_000
"""Members of the archive; a document with a thousand pictures has some two thousand."""

LIMIT_XML_BYTES = 16 * 1024 * 1024
"""What the XML of one part may unpack to: a tree takes twenty times that. A book of 500 pages has about 5 MiB."""

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""The namespaces of the strict variant (ECMA-376, part 1) and those that nearly all files have (part 4)."""

_OLE = b"\xd0\xcf\x11\xe0"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # compressed in a way that Python does not know
    OSError,
    RuntimeError,  # encrypted
    ValueError,
)


class Relation(Value, frozen=True, kw_only=True):
    """What an id in a part leads to."""

    kind: str
    """The last word of its type: ``image``, ``hyperlink``, ``footnotes``."""

    target: str
    """A member of the archive, or an address when ``external``."""

    external: bool


class Package:
    """The parts of one document. Raises ``InputError`` when it is none, is damaged, or is too large unpacked."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if data.startswith(_OLE):
            raise InputError(f"{name} is an old or an encrypted Word document. Save it as .docx without a password.")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise InputError(
                f"{name} is no Word document, or a damaged one. Open it in Word and save it anew."
            ) from error
        self.members = frozenset(self._archive.namelist())
        self._relations: dict[str, dict[str, Relation]] = {}
        if len(self.members) > LIMIT_PARTS:
            raise InputError(f"{name} has more than {LIMIT_PARTS} parts. Give a document with an article in it.")

    def main_part(self) -> str:
        """The member that holds the text. Raises ``InputError`` when there is none."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self.members:
                return relation.target
        if "word/document.xml" in self.members:
            return "word/document.xml"
        raise InputError(f"{self.name} is no Word document: it has no text. Give a .docx file.")

    def relations(self, part: str) -> dict[str, Relation]:
        """What the ids in a part lead to; ``""`` is the package itself."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for element in root if root is not None else ():
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind=kind, target=target, external=external)
        return found

    def related(self, part: str, kind: str) -> "Element | None":
        """The root of the part that another one relates to in some way, such as ``styles``; ``None`` without one."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.external:
                return self.xml(relation.target)
        return None

    def xml(self, member: str) -> "Element | None":
        """The root element of a part; ``None`` when there is no such part.

        Raises ``InputError`` when it is damaged, unpacks to more than the limit, or declares a document type: no part
        may (ECMA-376, part 2, 8.1.4), and only those that mean harm do.
        """
        from lxml import etree

        if member not in self.members:
            return None
        data = self._read(member)
        if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
            raise InputError(
                f"{self.name} declares entities in {member}, which no Word document does. It was not read."
            )
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise InputError(
                f"{self.name} is damaged in {member}: {' '.join(error.msg.split())}. Open it in Word and save it anew."
            ) from error

    def _read(self, member: str) -> bytes:
        try:
            with self._archive.open(member) as stream:
                data = stream.read(LIMIT_XML_BYTES + 1)
        except _DAMAGED as error:
            raise InputError(f"{self.name} is damaged in {member}. Open it in Word and save it anew.") from error
        if len(data) > LIMIT_XML_BYTES:
            raise InputError(
                f"{self.name} unpacks to more than {LIMIT_XML_BYTES // 1024**2} MiB in {member}. It was not read."
            )
        return data
