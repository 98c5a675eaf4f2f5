"""The tag tree, mended: what the engine builds page by page becomes one tree with the meaning that the markup has.

The engine (WeasyPrint 70, ``pdf/tags.py``) walks the boxes of each page and makes a structure element of each. Here its
walk is followed box by box, and what it made is put right:

1. page furniture (margin boxes, and what the markup calls ``data-artifact``) is an artifact, not content;
2. an element that goes on over a page's end stays one element;
3. ``data-tag`` in the markup names the structure type where HTML has no element for it (TOC, TOCI, Note);
4. a figure holds its picture's alternative text and its caption;
5. a header cell has its scope, a link the words it stands on, a run in another language its language;
6. a paragraph holds its lines, which are no elements of their own.

Types and attributes follow ISO 32000-1, 14.8.4 and 14.8.5.
"""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags as engine

StructureElement: TypeAlias = Any
"""A ``pydyf.Dictionary`` of Type StructElem: the engine has no types."""

TRANSPARENT = ("html", "body")
"""The engine makes no structure element of these."""

HOLDING = frozenset(
    f"/{each}" for each in ("P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "Span", "TD", "TH")
)
"""Structure elements that are not there to group others, and so may hold content."""

CONTENTS_ITEM = "TOCI"
SCOPES = {"col": "/Column", "row": "/Row"}


class TagTree:
    """What is remembered between the boxes of all pages."""

    def __init__(self, language: str, words_of: Callable[[Any], pydyf.Object]) -> None:
        self._words_of = words_of
        self._build = engine._build_box_tree
        self._open: list[object] = []
        """The elements around the box at hand, each as often as it has boxes there."""

        self._language = language
        self._document_language = language
        self._languages = [language]
        """Those of the structure elements around the box at hand; the first is the PDF's."""

        self._made: dict[tuple[object, str, int], tuple[StructureElement, int]] = {}
        """For each element, its pseudo-element or anonymous box: the structure element, and the last page it is on."""

        self._elements: set[bytes] = set()
        """The references of those made of boxes; the engine makes one of each line besides."""

        self.artifacts: dict[int, set[int]] = defaultdict(set)
        """For each page, from 0, the marked content that is page furniture."""

    def build(
        self, box: Any, parent: StructureElement, pdf: Any, page: int, nums: Any, annotations: Any, tags: Any
    ) -> Iterator[StructureElement]:
        """Stands in for the engine's ``_build_box_tree``: the structure elements of one box."""
        element = box.element
        if isinstance(box, boxes.MarginBox) or (element is not None and "data-artifact" in element.attrib):
            self._make_artifacts(box, page, nums, tags)
            return
        if element is None or box.element_tag in TRANSPARENT:
            if box.element_tag == "html":
                self._document_language = element.get("lang") or self._language
            yield from self._build(box, parent, pdf, page, nums, annotations, tags)
            return
        around = self._languages[-1]
        inherited = self._document_language if parent["S"] == "/Document" else around
        self._languages.append(element.get("lang") or inherited)
        self._open.append(element)
        level = sum(1 for other in self._open if other is element)
        made = list(self._build(box, parent, pdf, page, nums, annotations, tags))
        self._open.pop()
        language = self._languages.pop()
        for structure in made:
            self._elements.add(structure.reference)
            self._hold_lines(structure, pdf, nums)
            if language != around:
                structure["Lang"] = pydyf.String(language)
            self._amend(structure, box, pdf)
            key = (element, f"{box.element_tag} {structure['S']}", level)
            before, last_page = self._made.get(key, (structure, page))
            if last_page < page:
                _move(structure, before, pdf, nums)
            else:
                yield structure
                before = structure
            self._made[key] = (before, page)

    def _hold_lines(self, structure: StructureElement, pdf: Any, nums: Any) -> None:
        """Have a paragraph hold its lines themselves, as far as its type may (14.8.4.1), and no element for each."""
        if structure["S"] not in HOLDING:
            return
        for place, kid in enumerate(structure["K"]):
            line = None if isinstance(kid, int) or kid in self._elements else _object(pdf, kid)
            if line and line.get("S") == "/Span":
                (number,) = line["K"]
                structure["K"][place] = number
                nums[number] = structure.reference

    def _make_artifacts(self, box: Any, page: int, nums: Any, tags: Any) -> None:
        for child in box.descendants():
            if child in tags:
                number = tags.pop(child)["mcid"]
                nums[number] = b"null"  # The parent tree is an array: each number keeps its place.
                self.artifacts[page].add(number)

    def _amend(self, structure: StructureElement, box: Any, pdf: Any) -> None:
        element, tag = box.element, box.element_tag
        named = element.get("data-tag") if tag == element.tag else None
        if named == CONTENTS_ITEM:
            # The engine wraps an item in LI and LBody; a contents item holds a paragraph instead (14.8.4.3.2).
            structure["S"] = "/P" if structure["S"] == "/LBody" else f"/{named}"
        elif named:
            structure["S"] = f"/{named}"
        elif tag == "figure":
            _gather_figure(structure, pdf)
        elif tag == "th" and structure["S"] == "/TH":
            structure["A"]["Scope"] = SCOPES.get(element.get("scope"), "/Column")
        if tag == "a" and box.link_annotation:
            box.link_annotation["Contents"] = self._words_of(element)

    def finish(self, pdf: Any) -> None:
        """Mark the page furniture as artifacts in the pages' content."""
        for index, numbers in self.artifacts.items():
            page = pdf.objects[pdf.pages["Kids"][3 * index]]
            stream = _object(pdf, page["Contents"]).stream
            for place, operator in enumerate(stream):
                if operator == b"BDC" and stream[place - 1].get("MCID") in numbers:
                    stream[place - 2 : place + 1] = [b"/Artifact", b"BMC", b""]


def _move(structure: StructureElement, before: StructureElement, pdf: Any, nums: Any) -> None:
    """Add what an element holds on this page to what it held on the pages before."""
    for kid in structure["K"]:
        if isinstance(kid, int):
            before["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": structure["Pg"], "MCID": kid}))
            nums[kid] = before.reference
        else:
            child = _object(pdf, kid)
            if child.get("Type") == "/StructElem":
                child["P"] = before.reference
            before["K"].append(kid)


def _gather_figure(figure: StructureElement, pdf: Any) -> None:
    """Make the picture's element part of the figure's, which takes over its place and its alternative text."""
    for kid in figure["K"]:
        picture = _object(pdf, kid)
        if picture.get("S") == "/Figure":
            figure["S"] = "/Figure"
            for name in ("A", "Alt"):
                if name in picture:
                    figure[name] = picture.pop(name)
            picture["S"] = "/NonStruct"
            return


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def plain_words(element: Any) -> pydyf.Object:
    """The words of an element, on one line."""
    return pydyf.String(" ".join("".join(element.itertext()).split()))


@contextlib.contextmanager
def mended_tags(language: str, words_of: Callable[[Any], pydyf.Object] = plain_words) -> Iterator[TagTree]:
    """While it is open, the engine's tag trees are mended; ``finish`` is to be called before the PDF is written.

    ``words_of`` gives what is said of a link by its element.
    """
    tree = TagTree(language, words_of)
    original, engine._build_box_tree = engine._build_box_tree, tree.build
    try:
        yield tree
    finally:
        engine._build_box_tree = original
