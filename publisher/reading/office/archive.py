"""A zip archive of XML parts, as word processors pack their documents."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from publisher.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = object  # lxml is imported when the first document is read

__all__ = ["LIMIT_PARTS", "LIMIT_XML_BYTES", "Archive", "Element", "number_of", "parse_xml"]

LIMIT_PARTS = 10_000
"""Members of the archive; a document with a thousand pictures has some two thousand."""

LIMIT_XML_BYTES = 16 * 1024 * 1024
"""What the XML of one part may unpack to: a tree takes twenty times that. A book of 500 pages has about 5 MiB."""

_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # compressed in a way that Python does not know
    OSError,
    RuntimeError,  # encrypted
    ValueError,
)


class Archive:
    """The parts of one document. Raises ``InputError`` when it is no archive, is damaged, or has too many parts.

    ``kind`` is what the document is called in messages, ``program`` what could mend it.
    """

    def __init__(self, data: bytes, name: str, *, kind: str, program: str) -> None:
        self.name = name
        self.kind = kind
        self.program = program
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise InputError(
                f"{name} is no {kind}, or a damaged one. Open it in {program} and save it anew."
            ) from error
        self.members = frozenset(self._archive.namelist())
        if len(self.members) > LIMIT_PARTS:
            raise InputError(f"{name} has more than {LIMIT_PARTS} parts. Give a document with an article in it.")

    def part(self, member: str) -> bytes | None:
        """The bytes of a part of XML; ``None`` when there is none.

        Raises ``InputError`` when it is damaged or unpacks to more than the limit.
        """
        if member not in self.members:
            return None
        try:
            with self._archive.open(member) as stream:
                data = stream.read(LIMIT_XML_BYTES + 1)
        except _DAMAGED as error:
            raise InputError(
                f"{self.name} is damaged in {member}. Open it in {self.program} and save it anew."
            ) from error
        if len(data) > LIMIT_XML_BYTES:
            raise InputError(
                f"{self.name} unpacks to more than {LIMIT_XML_BYTES // 1024**2} MiB in {member}. It was not read."
            )
        return data

    def xml(self, member: str, renamed: Sequence[tuple[bytes, bytes]] = ()) -> "Element | None":
        """The root element of a part, some of its namespaces renamed; ``None`` when there is no such part.

        Raises as ``part`` and ``parse_xml`` do.
        """
        data = self.part(member)
        if data is None:
            return None
        for one, other in renamed:
            data = data.replace(one, other)
        return parse_xml(data, self.name, member, kind=self.kind, program=self.program)


def parse_xml(data: bytes, name: str, where: str, *, kind: str, program: str) -> "Element":
    """The root element of a part, whatever it holds.

    Raises ``InputError`` when it is damaged, or declares a document type: Word's may not (ECMA-376, part 2, 8.1.4), the
    others have no need to, and only those that mean harm do.
    """
    from lxml import etree

    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
        raise InputError(f"{name} declares entities in {where}, which no {kind} does. It was not read.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"{name} is damaged in {where}: {' '.join(error.msg.split())}. Open it in {program} and save it anew."
        ) from error


def number_of(text: str | None, default: int) -> int:
    """A whole number from an attribute; the default when it is none, or absurd."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 7 else default
