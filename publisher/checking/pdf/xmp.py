"""The XMP metadata of a PDF as plain values (ISO 16684-1)."""

from collections import defaultdict
from collections.abc import Mapping
from xml.parsers.expat import ExpatError, ParserCreate

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
}
"""The schemas that checks ask for, by the prefixes that everybody gives them."""

MAX_DEPTH = 100


class XmpError(ValueError):
    """A packet that is not well-formed; the message says where."""


def xmp_values(data: bytes) -> Mapping[str, tuple[str, ...]]:
    """The texts of each known property, by names such as ``dc:title``; of a list all its items, in order.

    XmpError when the packet is not well-formed, or declares entities.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(data.strip(b"\0 \r\n\t"), True)
    except ExpatError as error:
        raise XmpError(str(error)) from error
    return {name: tuple(texts) for name, texts in reader.values.items()}


class _Reader:
    def __init__(self) -> None:
        self.values: dict[str, list[str]] = defaultdict(list)
        self.path: list[str] = []
        self.text = ""
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.refuse

    def refuse(self, *_declaration: object) -> None:
        raise XmpError("it declares entities")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.path) >= MAX_DEPTH:
            raise XmpError("it is nested too deeply")
        self.path.append(tag)
        self.text = ""
        if tag == f"{RDF} Description" and self.property is None:
            for name, value in attributes.items():
                self.add(_short(name), value)

    def characters(self, text: str) -> None:
        self.text += text

    def end(self, tag: str) -> None:
        name = self.property
        if name is not None and self.text.strip():
            self.add(name, self.text.strip())
        self.text = ""
        self.path.pop()

    @property
    def property(self) -> str | None:
        """The property that is being read: the one directly in a description, whatever lists are around its text."""
        for around, tag in zip(self.path, self.path[1:], strict=False):
            if around == f"{RDF} Description":
                return _short(tag)
        return None

    def add(self, name: str | None, value: str) -> None:
        if name:
            self.values[name].append(value)


def _short(name: str) -> str | None:
    uri, _, local = name.rpartition(" ")
    return f"{PREFIXES[uri]}:{local}" if uri in PREFIXES else None
