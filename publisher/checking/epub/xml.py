"""XML of an e-book as a tree of plain nodes: safe against entity bombs, and exact about where it breaks."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

NAMESPACES = {
    "http://www.idpf.org/2007/ops": "epub",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.idpf.org/2007/opf": "opf",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
}
"""The namespaces whose names keep a prefix; all others are known by their local names."""

MAX_DEPTH = 500
MAX_NODES = 2_000_000


class XmlError(ValueError):
    """A document that is not well-formed, or not safe; the message says why and where."""


class _Elements:
    """All elements of a document in order, and where those of a name, or with an attribute, are among them.

    Each rule walks through all documents: most of them look for what few elements are or have.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.by_tag: dict[str, list[int]] = {}
        self.by_attribute: dict[str, list[int]] = {}

    def add(self, node: "Node") -> None:
        place = len(self.nodes)
        self.nodes.append(node)
        self.by_tag.setdefault(node.tag, []).append(place)
        for name in node.attributes:
            self.by_attribute.setdefault(name, []).append(place)


class Node:
    """An element."""

    __slots__ = ("_elements", "_end", "attributes", "content", "line", "parent", "place", "tag")

    def __init__(
        self, tag: str, attributes: dict[str, str], parent: "Node | None", line: int, elements: _Elements
    ) -> None:
        self.tag = tag
        """Its name: plain for XHTML, the NCX and the container; ``dc:title``, ``opf:meta``, ``svg:image``."""

        self.attributes = attributes
        self.content: list[str | Node] = []
        self.parent = parent
        self.line = line
        self._elements = elements
        self.place = self._end = len(elements.nodes)
        """From 0, among all elements of the document."""

        elements.add(self)

    def close(self) -> None:
        """No element that comes after this is inside it."""
        self._end = len(self._elements.nodes)

    def get(self, name: str) -> str | None:
        """An attribute; ``None`` when it has none of that name."""
        return self.attributes.get(name)

    def walk(self) -> "Iterator[Node]":
        """Itself and all inside, in order."""
        return iter(self._elements.nodes[self.place : self._end])

    def all(self, *tags: str) -> "Iterator[Node]":
        """Those with one of these names, itself and inside, in order."""
        return self._found(self._elements.by_tag, tags)

    def having(self, *names: str) -> "Iterator[Node]":
        """Those with one of these attributes, itself and inside, in order."""
        return self._found(self._elements.by_attribute, names)

    def _found(self, index: Mapping[str, Sequence[int]], names: Sequence[str]) -> "Iterator[Node]":
        places: list[int] = []
        for name in names:
            among = index.get(name, ())
            places += among[bisect_left(among, self.place) : bisect_left(among, self._end)]
        nodes = self._elements.nodes
        return (nodes[place] for place in (sorted(set(places)) if len(names) > 1 else places))

    def first(self, *tags: str) -> "Node | None":
        """The first inside with one of these names."""
        return next(self.all(*tags), None)

    @property
    def text(self) -> str:
        """All its text, white space folded."""
        if len(self.content) == 1 and isinstance(self.content[0], str):  # As of most that anybody asks.
            return " ".join(self.content[0].split())
        pieces: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            each = stack.pop()
            if isinstance(each, str):
                pieces.append(each)
            else:
                stack.extend(reversed(each.content))
        return " ".join("".join(pieces).split())

    @property
    def has_text(self) -> bool:
        """Whether there is any text in it but white space."""
        return any(isinstance(each, str) and not each.isspace() for node in self.walk() for each in node.content)

    def inherited(self, *names: str) -> str | None:
        """The nearest value of one of these attributes, its own first."""
        node: Node | None = self
        while node is not None:
            for name in names:
                if node.attributes.get(name) is not None:
                    return node.attributes[name]
            node = node.parent
        return None


def parse(data: bytes) -> Node:
    """The root of a document; XmlError when it is not well-formed, declares entities or is too deep."""
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except ExpatError as error:
        raise XmlError(str(error)) from error
    except (LookupError, ValueError) as error:
        raise XmlError(str(error)) from error
    if builder.root is None:
        raise XmlError("it is empty")
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Node] = []
        self.elements = _Elements()
        self.parser: XMLParserType = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.refuse

    def refuse(self, *_declaration: object) -> None:
        raise XmlError("it declares entities")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise XmlError("it is nested too deeply")
        if len(self.elements.nodes) >= MAX_NODES:
            raise XmlError("it has too many elements")
        parent = self.open[-1] if self.open else None
        named = {_named(name) if " " in name else name: value for name, value in attributes.items()}
        node = Node(_named(tag), named, parent, self.parser.CurrentLineNumber, self.elements)
        if parent is None:
            self.root = node
        else:
            parent.content.append(node)
        self.open.append(node)

    def end(self, _tag: str) -> None:
        self.open.pop().close()

    def characters(self, text: str) -> None:
        if self.open:
            self.open[-1].content.append(text)


@lru_cache(maxsize=1000)  # Documents have few names, each of them hundreds of times.
def _named(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    prefix = NAMESPACES.get(uri)
    return f"{prefix}:{local}" if prefix else local
