"""What stands on the pages of a PDF, as others see it: poppler for its words, pikepdf for its bookmarks and links."""

import functools
import re
import shutil
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

POINTS_PER_MM = 72 / 25.4
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Word(NamedTuple):
    """A word and its box, in points from the page's upper left corner; the box is as high as the font."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    width: float
    height: float
    words: list[Word]


@functools.cache  # A file is made once and looked at often.
def pages(path: Path) -> list[Page]:
    """The words of each page, in reading order."""
    root = ET.fromstring(_CONTROL.sub("", _poppler("-bbox", path)))  # noqa: S314  (poppler's own)
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        Page(
            float(page.get("width")),
            float(page.get("height")),
            [
                Word(word.text or "", *(float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax")))
                for word in page.iter(f"{space}word")
            ],
        )
        for page in root.iter(f"{space}page")
    ]


def type_area(path: Path, *, top_mm: float, bottom_mm: float, height_mm: float = 297) -> list[str]:
    """The text of each page between running head and folio, white space folded; words parted at a solidus are whole."""
    top, bottom = round(top_mm * POINTS_PER_MM), round((height_mm - bottom_mm) * POINTS_PER_MM)
    text = _poppler("-x", "0", "-y", str(top), "-W", "2000", "-H", str(bottom - top), path)
    return [fold(re.sub(r"(?<=\w/)\n(?=\w)", "", page)) for page in text.split("\f")[:-1]]


STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def fold(text: str) -> str:
    """The text in NFC, each run of white space as one space, and marks of quotation straight, as pages have them."""
    return " ".join(unicodedata.normalize("NFC", text).translate(STRAIGHT).split())


def account(text: str, expected: list[str]) -> tuple[list[str], str]:
    """What of the expected is not in the text, and what the text has besides.

    Each expected piece takes one place of the text away, the longest first: a piece that is missing shows, and one that
    stands twice.
    """
    missing = []
    for piece in sorted(map(fold, expected), key=len, reverse=True):
        # An address has no spaces: those that the text has in it are ends of lines, and a hyphen before one is dropped.
        letters = ["-?" if c == "-" else re.escape(c) for c in piece] if "://" in piece else [re.escape(piece)]
        text, found = re.subn(" ?".join(letters), "\n", text, count=1)
        if not found:
            missing.append(piece)
    return missing, fold(text)


def bookmarks(path: Path) -> list[tuple[int, str]]:
    """Each bookmark's depth, from 1, and words, in order."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return [(depth, str(item.title)) for depth, item in _walk(outline.root, 1)]


def _walk(items, depth):
    for item in items:
        yield depth, item
        yield from _walk(item.children, depth + 1)


def dead_links(path: Path) -> list[str]:
    """The internal links and bookmarks whose target is not a page of the file, and addresses of other schemes."""
    dead = []
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen for page in pdf.pages}
        named = _named_destinations(pdf)
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                if annotation.Subtype != "/Link":
                    continue
                if "/A" in annotation:
                    address = str(annotation.A.get("/URI", ""))
                    if not address.startswith(("http://", "https://", "mailto:")):
                        dead.append(address)
                elif _page_of(annotation.Dest, named) not in numbers:
                    dead.append(str(annotation.Dest))
        with pdf.open_outline() as outline:
            dead += [
                str(item.title)
                for _, item in _walk(outline.root, 1)
                if _page_of(item.destination, named) not in numbers
            ]
    return dead


def link_targets(path: Path) -> list[tuple[int, int]]:
    """For each internal link the page it stands on and the page it leads to, from 1."""
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        named = _named_destinations(pdf)
        return [
            (number, numbers[_page_of(annotation.Dest, named)])
            for number, page in enumerate(pdf.pages, start=1)
            for annotation in page.get("/Annots", [])
            if annotation.Subtype == "/Link" and "/Dest" in annotation
        ]


def _named_destinations(pdf):
    return dict(pikepdf.NameTree(pdf.Root.Names.Dests).items()) if "/Dests" in pdf.Root.get("/Names", {}) else {}


def _page_of(destination, named):
    if isinstance(destination, pikepdf.String | pikepdf.Name):
        destination = named.get(str(destination))
    if isinstance(destination, pikepdf.Dictionary):
        destination = destination.D
    return destination[0].objgen if isinstance(destination, pikepdf.Array) else None


def _poppler(*arguments: object) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed; make test installs it")
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", *map(str, arguments), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8")
