"""Counts how well the pages of PDFs are filled: pages, the share of them that is blank, and letters a line.

    tools/blank.py week.pdf [more.pdf …]

What is blank is white that runs over half the width of the type area and is higher than the space of a heading: two
lines of the text, ten millimetres at least, so that the same pages in larger print have the same share. The last page
is left out, since an issue ends where it ends. A line is full that reaches nine tenths of the widest of its block; of
blocks with three lines or more the median of these is the measure, and of what lies between their lines, the leading.
"""

import itertools
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

DPI = 36
LEAST_MM = 10
POINTS_PER_MM = 72 / 25.4
XHTML = "{http://www.w3.org/1999/xhtml}"
HEAD_AND_FOOT = 0.07
"""Of the page's height: running head above, folio below."""


def pages_of(pdf: Path) -> list[Image.Image]:
    """The pages in grey, without their heads and feet."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", str(pdf), f"{folder}/page"], check=True)
        pages = []
        for path in sorted(Path(folder).iterdir()):
            with Image.open(path) as page:
                margin = round(page.height * HEAD_AND_FOOT)
                pages.append(page.crop((0, margin, page.width, page.height - margin)).copy())
    return pages


def type_area(pages: list[Image.Image]) -> tuple[int, int, int, int]:
    """What all pages together have ink in."""
    boxes = [box for page in pages if (box := ink(page).getbbox())]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def ink(page: Image.Image) -> Image.Image:
    """White where the page has ink, black where it has none."""
    return page.point(lambda value: 255 if value < 245 else 0)


def blank_share(page: Image.Image, area: tuple[int, int, int, int], least_mm: float = LEAST_MM) -> float:
    """How much of the type area is blank: white that is higher than ``least_mm``."""
    left, top, right, bottom = area
    middle = (left + right) // 2
    least = least_mm / 25.4 * DPI
    blank = 0
    for start, end in ((left, middle), (middle, right)):
        half = ink(page.crop((start, top, end, bottom)))
        rows = ["x" if half.crop((0, y, half.width, y + 1)).getbbox() else " " for y in range(half.height)]
        blank += sum(len(run) for run in re.findall(" +", "".join(rows)) if len(run) >= least)
    return blank / (2 * (bottom - top))


def blocks(pdf: Path) -> Iterator[list[ElementTree.Element]]:
    """The lines of each block of three or more."""
    found = subprocess.run(["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True)
    for block in ElementTree.fromstring(found.stdout).iter(f"{XHTML}block"):  # noqa: S314 (poppler wrote it)
        lines = list(block.iter(f"{XHTML}line"))
        if len(lines) >= 3:
            yield lines


def measure(pdf: Path) -> float:
    """The letters of a full line of text, spaces included; the median of all."""
    lengths = []
    for lines in blocks(pdf):
        widths = [float(line.attrib["xMax"]) - float(line.attrib["xMin"]) for line in lines]
        full = (line for line, width in zip(lines, widths, strict=True) if width >= 0.9 * max(widths))
        lengths += [len(" ".join(word.text or "" for word in line.iter(f"{XHTML}word"))) for line in full]
    return statistics.median(lengths) if lengths else 0


def leading_mm(pdf: Path) -> float:
    """From one line of the text to the next; the median of all."""
    feet = ([float(line.attrib["yMax"]) for line in lines] for lines in blocks(pdf))
    apart = [below - above for block in feet for above, below in itertools.pairwise(block)]
    return statistics.median(apart) / POINTS_PER_MM if apart else 0


def blank_shares(pdf: Path) -> list[float]:
    """How much of each page is blank."""
    pages = pages_of(pdf)
    least = max(LEAST_MM, 2 * leading_mm(pdf))
    return [blank_share(page, type_area(pages), least) for page in pages]


def main(files: list[str]) -> None:
    """Print a line for each of the files."""
    for name in files:
        shares = blank_shares(Path(name))
        counted = shares[:-1] or shares
        blank = f"{statistics.mean(counted):.0%} blank ({' '.join(f'{share:.0%}' for share in shares)})"
        print(f"{name}: {len(shares)} pages, {blank}, {measure(Path(name)):g} letters a line")


if __name__ == "__main__":
    main(sys.argv[1:])
