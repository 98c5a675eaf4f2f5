"""What two PDFs have in common that are the same to all who look: text, pixels, places, outline, links, tags."""

import hashlib
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

TEXT_MODES = ((), ("-layout",), ("-raw",))


def seen(data: bytes) -> dict[str, Any]:
    """The file as a reader, an eye and a screen reader have it."""
    with tempfile.TemporaryDirectory() as folder, pikepdf.open(io.BytesIO(data)) as pdf:
        path = Path(folder, "it.pdf")
        path.write_bytes(data)
        indexes = {page.objgen: index for index, page in enumerate(pdf.pages)}
        return {
            **{f"text {' '.join(mode)}": _text(path, *mode) for mode in TEXT_MODES},
            "pixels": _pixels(path),
            "sizes": [[float(side) for side in page.mediabox] for page in pdf.pages],
            "places": _places(pdf, indexes),
            "outline": list(_outline(pdf.Root.get("/Outlines", {}).get("/First"), indexes)),
            "links": list(_links(pdf)),
            "tags": list(_tags(pdf.Root.StructTreeRoot.K[0], indexes)),
            "index of the tags": list(_index(pdf)),
            "facts": {str(key): str(value) for key, value in pdf.docinfo.items()},
            "catalog": _catalog(pdf),
            "attachments": {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()},
        }


def _text(path: Path, *mode: str) -> str:
    return _poppler("pdftotext", *mode, path, "-")


def _pixels(path: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        _poppler("pdftoppm", "-r", "60", path, f"{folder}/page")
        return [hashlib.sha256(page.read_bytes()).hexdigest() for page in sorted(Path(folder).iterdir())]


def _poppler(tool: str, *arguments: object) -> str:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed; make test installs it")
    return subprocess.run([tool, *map(str, arguments)], capture_output=True, check=True, text=True).stdout


def _places(pdf: pikepdf.Pdf, indexes: dict[Any, int]) -> dict[str, tuple[float, ...]]:
    names = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Dests" in pdf.Root.get("/Names", {}) else {}
    return {name: (indexes[place[0].objgen], _round(place[2]), _round(place[3])) for name, place in names.items()}


def _outline(entry: Any, indexes: dict[Any, int], depth: int = 0) -> Iterator[tuple[Any, ...]]:
    while entry is not None:
        yield depth, str(entry.Title), indexes[entry.Dest[0].objgen], _round(entry.Dest[3]), entry.get("/Count")
        yield from _outline(entry.get("/First"), indexes, depth + 1)
        entry = entry.get("/Next")


def _links(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, ...]]:
    for index, page in enumerate(pdf.pages):
        for link in page.get("/Annots", []):
            target = link.Dest if "/Dest" in link else link.A.URI
            yield index, str(target), str(link.Contents), [_round(side) for side in link.Rect], link.F


def _tags(element: Any, indexes: dict[Any, int], depth: int = 0) -> Iterator[tuple[Any, ...]]:
    """The tree, line by line; of the headers of a cell how many there are, since their names are nobody's matter."""
    page = indexes[element.Pg.objgen] if "/Pg" in element else None
    facts = [str(element.get(name, "")) for name in ("/S", "/Alt", "/Lang", "/ActualText")]
    attributes = {key: repr(value) for key, value in element.get("/A", {}).items() if key != "/Headers"}
    yield depth, *facts, attributes, len(element.get("/A", {}).get("/Headers", [])), page
    held = element.get("/K", [])
    for kid in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(kid, int):
            yield depth + 1, kid
        elif kid.get("/Type") == "/MCR":
            yield depth + 1, "content", kid.MCID, indexes[kid.Pg.objgen]
        elif kid.get("/Type") == "/OBJR":
            yield depth + 1, "object", str(kid.Obj.Subtype), indexes[kid.Pg.objgen]
        else:
            yield from _tags(kid, indexes, depth + 1)


def _index(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, ...]]:
    """What the tag tree's index has for each page, and for each annotation of it."""
    numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        entries = [None if kid is None else str(kid.S) for kid in numbers[page.StructParents]]
        while entries and entries[-1] is None:  # Page furniture comes last, and need not be counted.
            entries.pop()
        yield "page", *entries
        yield "annotations", *(str(numbers[each.StructParent].S) for each in page.get("/Annots", []))


def _catalog(pdf: pikepdf.Pdf) -> dict[str, str]:
    names = ("/Lang", "/MarkInfo", "/ViewerPreferences")
    facts = {name: repr(pdf.Root[name]) for name in names}
    return facts | {
        "XMP": pdf.Root.Metadata.read_bytes().decode(),
        "intent": str(pdf.Root.OutputIntents[0].OutputConditionIdentifier),
        "AF": [str(file.UF) for file in pdf.Root.get("/AF", [])],
    }


def _round(number: Any) -> float:
    return round(float(number), 3)
