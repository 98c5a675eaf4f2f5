"""The tag tree of a PDF as text to compare, and what in it breaks the order that ISO 32000-1, 14.8.4, describes."""

from collections.abc import Iterator

import pikepdf

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
PARENTS = {
    "Document": {None},
    "TOCI": {"TOC"},
    "LI": {"L"},
    "Lbl": {"LI", "Note"},
    "LBody": {"LI"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "Caption": {"Figure", "Table", "L"},
}
"""What may hold an element that has its place in another alone."""

CHILDREN = {
    "TOC": {"TOC", "TOCI", "Caption"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "TR": {"TH", "TD"},
}
"""What such an element may hold."""


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The structure elements in an element, in order."""
    found = element.get("/K", pikepdf.Array())
    every = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def kind_of(element: pikepdf.Object) -> str:
    return str(element.S).removeprefix("/")


def walk(element: pikepdf.Object, parent: str | None = None) -> Iterator[tuple[str | None, pikepdf.Object]]:
    """Each element from this one down, in reading order, with the kind of the one that holds it."""
    yield parent, element
    for kid in kids(element):
        yield from walk(kid, kind_of(element))


def root(pdf: pikepdf.Pdf) -> pikepdf.Object:
    (document,) = kids(pdf.Root.StructTreeRoot)
    return document


def outline(element: pikepdf.Object, depth: int = 0) -> Iterator[str]:
    """The tree as indented lines; elements without a meaning of their own are left out, what they hold is not."""
    kind = kind_of(element)
    if kind in ("NonStruct", "Div", "Span") and "/Lang" not in element:
        for kid in kids(element):
            yield from outline(kid, depth)
        return
    facts = [f"{name[1:].lower()}={element[name]}" for name in ("/Alt", "/Lang") if name in element]
    attributes = element.get("/A", {})
    if "/Scope" in attributes:
        facts.append(f"scope={str(attributes.Scope)[1:]}")
    yield "  " * depth + " ".join((kind, *facts))
    for kid in kids(element):
        yield from outline(kid, depth + 1)


def faults(pdf: pikepdf.Pdf) -> list[str]:
    """What is not as it should be; empty for a sound tree."""
    wrong = []
    level = 0
    if "/Lang" not in pdf.Root:
        wrong.append("the document has no language")
    for parent, element in walk(root(pdf)):
        kind = kind_of(element)
        if kind in PARENTS and parent not in PARENTS[kind]:
            wrong.append(f"{kind} in {parent}")
        if kind in CHILDREN and (odd := {kind_of(kid) for kid in kids(element)} - CHILDREN[kind]):
            wrong.append(f"{', '.join(sorted(odd))} in {kind}")
        if kind in HEADINGS:
            if HEADINGS.index(kind) + 1 > level + 1:
                wrong.append(f"{kind} after H{level}")
            level = HEADINGS.index(kind) + 1
        if kind == "TH" and str(element.get("/A", {}).get("/Scope")) not in ("/Column", "/Row"):
            wrong.append("TH without scope")
        if kind == "Figure" and not str(element.get("/Alt", "")).strip():
            wrong.append("Figure without alternative text")
        if kind == "Link" and not _describes(element):
            wrong.append("Link without its annotation's description")
    return wrong


def furniture_faults(pdf: pikepdf.Pdf) -> list[str]:
    """The pages on which something is drawn or set that is neither marked as content nor as an artifact."""
    wrong = []
    for number, page in enumerate(pdf.pages, start=1):
        marks: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BMC" | "BDC":
                    marks.append(str(operands[0]))
                case "EMC":
                    marks.pop()
                case "Tj" | "TJ" | "Do" | "f" | "S" if not marks:
                    wrong.append(f"page {number}: {operator} is unmarked")
    return wrong


def _describes(link: pikepdf.Object) -> bool:
    held = link.get("/K", pikepdf.Array())
    every = list(held) if isinstance(held, pikepdf.Array) else [held]
    references = [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"]
    return bool(references) and all(str(reference.Obj.get("/Contents", "")).strip() for reference in references)
