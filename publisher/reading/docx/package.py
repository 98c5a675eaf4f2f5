"""A Word document's file: a zip archive of XML parts and the relations between them (ECMA-376, part 2)."""

import posixpath
from urllib.parse import unquote

from publisher.errors import InputError
from publisher.model.blocks import Value
from publisher.reading.office.archive import Archive, Element

__all__ = ["Element", "Package", "Relation"]

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""The namespaces of the strict variant (ECMA-376, part 1) and those that nearly all files have (part 4)."""

_OLE = b"\xd0\xcf\x11\xe0"


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
        self._archive = Archive(data, name, kind="Word document", program="Word")
        self.members = self._archive.members
        self._relations: dict[str, dict[str, Relation]] = {}

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
        """The root element of a part; ``None`` when there is no such part. Raises ``InputError`` as archives do."""
        return self._archive.xml(member, _STRICT)
