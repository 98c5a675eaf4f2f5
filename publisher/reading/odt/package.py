"""An OpenDocument file: a zip archive of XML parts, or all of them as one flat piece of XML."""

import re

from publisher.errors import InputError
from publisher.reading.odt.markup import OFFICE, XLINK
from publisher.reading.office.archive import LIMIT_XML_BYTES, Archive, Element, parse_xml

__all__ = ["Element", "OdtPackage"]

_KIND = "OpenDocument text"
_PROGRAM = "LibreOffice"
_ZIP = b"PK"
_BINARY = re.compile(rb"(<(?:[\w.-]+:)?binary-data\s*>)([^<]*)")
_OTHERS = ("chart", "drawing", "presentation", "spreadsheet")


class OdtPackage:
    """The parts of one document. Raises ``InputError`` when it is none, is damaged, or is too large unpacked."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._members: frozenset[str] = frozenset()
        self.content: Element
        self.styles: Element | None
        self.meta: Element | None
        if data.startswith(_ZIP):
            self._unpack(data)
        else:
            self.content = self.styles = self.meta = self._flat(data)

    def _unpack(self, data: bytes) -> None:
        archive = Archive(data, self.name, kind=_KIND, program=_PROGRAM)
        if b"encryption-data" in (archive.part("META-INF/manifest.xml") or b""):
            raise InputError(f"{self.name} is encrypted. Save it without a password.")
        content = archive.xml("content.xml")
        if content is None:
            raise self._no_text()
        self._members = archive.members
        self.content, self.styles, self.meta = content, archive.xml("styles.xml"), archive.xml("meta.xml")

    def _flat(self, data: bytes) -> Element:
        """The root, in which the name of where a picture stands is put in the place of its data.

        A picture of more than 10 MB is more text than the parser takes.
        """

        def named(match: re.Match[bytes]) -> bytes:
            return match[1] + f"base64-{match.start(2)}-{match.end(2)}".encode()

        text = _BINARY.sub(named, data)
        if len(text) > LIMIT_XML_BYTES:
            raise InputError(
                f"{self.name} has more than {LIMIT_XML_BYTES // 1024**2} MiB beside its pictures. It was not read."
            )
        return parse_xml(text, self.name, "its text", kind=_KIND, program=_PROGRAM)

    def text(self) -> Element:
        """The element that holds the text. Raises ``InputError`` when there is none."""
        body = self.content.find(f"{OFFICE}body")
        for element in body if body is not None else ():
            kind = str(element.tag).removeprefix(OFFICE)
            if kind == "text":
                return element
            if kind in _OTHERS:
                raise InputError(
                    f"{self.name} is an OpenDocument {kind}, which is not read. Copy its words into a .txt file."
                )
        raise self._no_text()

    def _no_text(self) -> InputError:
        return InputError(f"{self.name} is no {_KIND}: it has no text. Give an .odt or .fodt file.")

    def picture(self, image: Element) -> str | None:
        """Where in the document a picture stands; ``None`` when it is elsewhere or missing."""
        named = image.find(f"{OFFICE}binary-data")
        if named is not None:
            return (named.text or "").strip()[:40]
        member = image.get(f"{XLINK}href", "").removeprefix("./")
        return member if member in self._members else None
