"""The tag tree of a PDF (ISO 32000-1, 14.7 and 14.8), read once."""

import contextlib
import gc
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pikepdf

from publisher.checking.pdf.marks import ObjectId
from publisher.checking.pdf.plain import DIRECT, Objects, name_of, number_of_reference, plain, reference_to, text_of

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


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Look for no objects that hold each other: where all that are made stay, that took a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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

    __slots__ = ("_objects", "_value", "kids", "kind", "page", "parent", "raw")

    def __init__(
        self,
        raw: str,
        kind: str,
        page: int | None,
        parent: "Element | None",
        value: Mapping[str, Any],
        objects: Objects,
    ) -> None:
        self.raw = raw
        """Its type as the file names it."""

        self.kind = kind
        """Its type after the role map; the same when there is no role for it."""

        self.page = page
        self.parent = parent
        self.kids: list[Element | Content | ObjectHeld] = []
        self._value = value
        self._objects = objects

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
        value = self._value.get(f"/{key}")
        return None if value is None else text_of(self._objects.resolved(value))

    def attribute(self, name: str) -> Any:
        """One of its attributes, of whatever owner; ``None`` when it has none of that name."""
        attributes = self._objects.resolved(self._value.get("/A"))
        for each in map(self._objects.resolved, attributes if isinstance(attributes, list) else [attributes]):
            if isinstance(each, dict) and f"/{name}" in each:
                return self._objects.resolved(each[f"/{name}"])
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

    def __init__(self, file: pikepdf.Pdf, root: pikepdf.Dictionary, pages: Mapping[ObjectId, int]) -> None:
        self._objects = Objects(file)
        self._pages = {reference_to(number): page for number, page in pages.items()}
        self._roles = _roles(root.get("/RoleMap"))
        self.cut_short = False
        self.looped = False
        """Whether an element stands in the tree more than once."""

        self.elements: list[Element] = []
        """All of them, in order."""

        self._references: set[str] = set()
        """By which they are referred to: those that stand in objects of their own."""

        with uncollected():
            self.top = self._read(plain(root))
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

    def is_element(self, value: Any) -> bool:
        """Whether a plain value is a dictionary, as elements are, or refers to one."""
        is_known = isinstance(value, str) and value in self._references
        return is_known or isinstance(self._objects.resolved(value), dict)

    def role_of(self, raw: str) -> str:
        """The standard type that a type stands for, by the role map; itself when it stands for none."""
        if raw not in self._roles:
            return raw
        seen = set()
        while raw in self._roles and raw not in STANDARD_2 and raw not in seen:
            seen.add(raw)
            raw = self._roles[raw]
        return raw

    def _read(self, root: dict[str, Any]) -> list[Element]:
        top: list[Element] = []
        objects, elements, references = self._objects, self.elements, self._references
        stack: list[tuple[Any, Element | None, int]] = [(kid, None, 0) for kid in reversed(self._kids(root))]
        while stack:
            reference, parent, depth = stack.pop()
            value = objects.resolved(reference)
            if isinstance(value, int):
                if parent is not None:
                    parent.kids.append(Content(parent.page, None, value))
                continue
            if not isinstance(value, dict):
                continue
            page = parent.page if parent else None
            kind = objects.entry(value, "/Type")
            if kind == "/MCR" and parent is not None:
                self._hold_content(value, parent)
            elif kind == "/OBJR" and parent is not None:
                held = value.get("/Obj")
                if isinstance(held, (str, list, dict)):
                    parent.kids.append(ObjectHeld(self._page(value, page), number_of_reference(held) or DIRECT))
            elif (raw := name_of(objects.entry(value, "/S"))) is not None:
                if isinstance(reference, str):
                    if reference in references:
                        self.looped = True
                        continue
                    references.add(reference)
                if len(elements) >= MAX_ELEMENTS or depth > MAX_DEPTH:
                    self.cut_short = True
                    continue
                element = Element(raw, self.role_of(raw), self._page(value, page), parent, value, objects)
                (parent.kids if parent else top).append(element)
                elements.append(element)
                kids = self._kids(value)
                if len(kids) == 1 and type(kids[0]) is int:  # As those of most.
                    element.kids.append(Content(element.page, None, kids[0]))
                else:
                    stack += [(kid, element, depth + 1) for kid in reversed(kids)]
        return top

    def _hold_content(self, value: dict[str, Any], parent: Element) -> None:
        number = self._objects.entry(value, "/MCID")
        if isinstance(number, int):
            stream = value.get("/Stm")
            owner = None if stream is None else number_of_reference(stream) or DIRECT
            parent.kids.append(Content(self._page(value, parent.page), owner, number))

    def _page(self, value: dict[str, Any], inherited: int | None) -> int | None:
        page = value.get("/Pg")
        return self._pages.get(page) if isinstance(page, str) else None if isinstance(page, (dict, list)) else inherited

    def _kids(self, value: dict[str, Any]) -> list[Any]:
        kids = self._objects.entry(value, "/K")
        return kids if isinstance(kids, list) else [] if kids is None else [value["/K"]]


def _roles(value: Any) -> Mapping[str, str]:
    if not isinstance(value, pikepdf.Dictionary):
        return {}
    return {key[1:]: str(role)[1:] for key, role in value.items() if isinstance(role, pikepdf.Name)}
