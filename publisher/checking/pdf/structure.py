"""The tag tree of a PDF (ISO 32000-1, 14.7 and 14.8), read once."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pikepdf

from publisher.checking.pdf.marks import ObjectId

MAX_ELEMENTS = 2_000_000
"""A book of two thousand pages has some hundred thousand."""

MAX_DEPTH = 200

GROUPING = frozenset(
    ["Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private"]
)
STANDARD = GROUPING | frozenset(
    [
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Figure",
        "Formula",
        "Form",
    ]
)
"""The standard structure types of PDF 1.7 (14.8.4)."""

STANDARD_2 = STANDARD | frozenset(["DocumentFragment", "Aside", "Title", "FENote", "Sub", "Em", "Strong", "Artifact"])
"""Those of PDF 2.0 (ISO 32000-2, 14.8.4)."""


class Content(NamedTuple):
    """A piece of marked content that an element holds."""

    page: int | None
    """From 0; ``None`` when the file does not say, or names no page of its own."""

    owner: ObjectId | None
    mcid: int


class ObjectHeld(NamedTuple):
    """An annotation or a form that an element holds."""

    page: int | None
    identity: ObjectId


class Element:
    """One structure element."""

    def __init__(self, raw: str, kind: str, page: int | None, parent: "Element | None", value: Any) -> None:
        self.raw = raw
        """Its type as the file names it."""

        self.kind = kind
        """Its type after the role map; the same when there is no role for it."""

        self.page = page
        self.parent = parent
        self.kids: list[Element | Content | ObjectHeld] = []
        self._value = value

    @property
    def elements(self) -> "list[Element]":
        """Those directly inside."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def all_elements(self) -> "Iterator[Element]":
        """Itself and all inside, in order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.elements))

    def contents(self) -> Iterator[Content]:
        """All marked content inside, in order."""
        stack: list[Any] = [self]
        while stack:
            kid = stack.pop()
            if isinstance(kid, Content):
                yield kid
            elif isinstance(kid, Element):
                stack.extend(reversed(kid.kids))

    @property
    def first_page(self) -> int | None:
        """Where its first content is, from 0."""
        first = next((content.page for content in self.contents() if content.page is not None), None)
        return self.page if first is None else first

    def text_of(self, key: str) -> str | None:
        """One of its texts: ``Alt``, ``ActualText``, ``Lang``, ``ID``."""
        if f"/{key}" not in self._value:  # As in most: to get what is not there takes five times as long.
            return None
        value = self._value.get(f"/{key}")
        return str(value) if value is not None and not isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) else None

    def attribute(self, name: str) -> Any:
        """One of its attributes, of whatever owner; ``None`` when it has none of that name."""
        attributes = self._value.get("/A")
        listed = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
        for each in listed:
            if isinstance(each, pikepdf.Dictionary) and f"/{name}" in each:
                return each.get(f"/{name}")
        return None

    def inside(self, *kinds: str) -> bool:
        """Whether it stands in an element of one of these types."""
        around = self.parent
        while around is not None:
            if around.kind in kinds:
                return True
            around = around.parent
        return False


class Structure:
    """The whole tree."""

    def __init__(self, root: Any, pages: Mapping[ObjectId, int]) -> None:
        self._pages = pages
        self._roles = _roles(root.get("/RoleMap"))
        self.cut_short = False
        self.looped = False
        """Whether an element stands in the tree more than once."""

        self.elements: list[Element] = []
        """All of them, in order."""

        self.top = self._read(root)
        self.owners: dict[Content, Element] = {}
        """The element that holds each piece of marked content."""

        self.objects: dict[ObjectId, Element] = {}
        """The element that holds each annotation."""

        for element in self.elements:
            for kid in element.kids:
                if isinstance(kid, Content):
                    self.owners[kid] = element
                elif isinstance(kid, ObjectHeld):
                    self.objects[kid.identity] = element
        self.index = root.get("/ParentTree")

    def role_of(self, raw: str) -> str:
        """The standard type that a type stands for, by the role map; itself when it stands for none."""
        seen = set()
        while raw in self._roles and raw not in STANDARD_2 and raw not in seen:
            seen.add(raw)
            raw = self._roles[raw]
        return raw

    def _read(self, root: Any) -> list[Element]:
        top: list[Element] = []
        seen: set[ObjectId] = set()
        stack: list[tuple[Any, Element | None, int]] = [(kid, None, 0) for kid in reversed(_kids(root))]
        while stack:
            value, parent, depth = stack.pop()
            page = parent.page if parent else None
            if isinstance(value, int):
                if parent is not None:
                    parent.kids.append(Content(page, None, value))
                continue
            if not isinstance(value, pikepdf.Dictionary):
                continue
            kind = value.get("/Type")
            if kind == "/MCR" and parent is not None:
                self._hold_content(value, parent)
            elif kind == "/OBJR" and parent is not None:
                held = value.get("/Obj")
                if isinstance(held, pikepdf.Object):
                    parent.kids.append(ObjectHeld(self._page(value, page), held.objgen))
            elif isinstance(name := value.get("/S"), pikepdf.Name):
                key = value.objgen
                if key != (0, 0) and key in seen:
                    self.looped = True
                    continue
                seen.add(key)
                if len(self.elements) >= MAX_ELEMENTS or depth > MAX_DEPTH:
                    self.cut_short = True
                    continue
                raw = str(name)[1:]
                element = Element(raw, self.role_of(raw), self._page(value, page), parent, value)
                (parent.kids if parent else top).append(element)
                self.elements.append(element)
                stack.extend((kid, element, depth + 1) for kid in reversed(_kids(value)))
        return top

    def _hold_content(self, value: Any, parent: Element) -> None:
        number = value.get("/MCID")
        if isinstance(number, int):
            stream = value.get("/Stm")
            owner = stream.objgen if stream is not None else None
            parent.kids.append(Content(self._page(value, parent.page), owner, number))

    def _page(self, value: Any, inherited: int | None) -> int | None:
        page = value.get("/Pg")
        return self._pages.get(page.objgen) if isinstance(page, pikepdf.Object) else inherited


def _kids(value: Any) -> list[Any]:
    kids = value.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _roles(value: Any) -> Mapping[str, str]:
    if not isinstance(value, pikepdf.Dictionary):
        return {}
    return {key[1:]: str(role)[1:] for key, role in value.items() if isinstance(role, pikepdf.Name)}
