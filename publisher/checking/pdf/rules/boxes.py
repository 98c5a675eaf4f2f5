"""The boxes of pages (ISO 32000-1, 14.11.2), what reaches over their edges, and pages that show nothing."""

from collections.abc import Iterator

from publisher.checking.pdf.colours import rgb_of
from publisher.checking.pdf.document import Pdf, PdfPage
from publisher.checking.pdf.geometry import Box
from publisher.checking.pdf.marks import INVISIBLE, PageContent
from publisher.checking.pdf.tally import Tally
from publisher.checking.phrases import listed
from publisher.counting import counted
from publisher.model import Finding

MM = 72 / 25.4
BLEED_MM = 3.0
"""What most printers ask for (some ask for 5 mm on covers)."""

SLACK = 0.02
"""In points: boxes are often written with two decimals."""

AT_EDGE = 0.5
"""In points: what ends so near the trim is meant to reach it."""

NESTING = (("TrimBox", "BleedBox"), ("ArtBox", "BleedBox"), ("BleedBox", "MediaBox"), ("TrimBox", "MediaBox"))


def find_in_page(page: PdfPage) -> Iterator[Finding]:
    """What is wrong with the page's boxes, and what misses their edges."""
    given = page.given
    if "MediaBox" not in given:
        yield page.found("box-missing", "error", "the page has no MediaBox: viewers disagree about its size")
    for name, box in given.items():
        if box.empty:
            yield page.found("box-order", "error", f"the {name} has no area: {shown(box)}")
    for inner, outer in NESTING:
        if inner in given and outer in given and not given[outer].holds(given[inner], SLACK):
            message = f"the {inner} {shown(given[inner])} is not inside the {outer} {shown(given[outer])}"
            yield page.found("box-order", "error", message)
    if "press" in page.pdf.purposes:
        yield from _for_press(page)
    if page.turned or page.unit != 1:
        how = f"turned by {page.turned}°" if page.turned else f"in units of {page.unit:g} points"
        yield page.found("page-turned", "note", f"the page is shown {how}")
    if not page.content.cut_short and not _shows_anything(page.content, page.crop):
        furniture = " but page furniture" if page.content.runs or page.content.paints else ""
        yield page.found("blank-page", "warning", f"the page shows nothing{furniture}")


def find_in_file(pdf: Pdf, tally: Tally) -> Iterator[Finding]:
    """Whether all pages are of one size."""
    if len(tally.sizes) > 1:
        sizes = [
            f"{width / MM:.0f} × {height / MM:.0f} mm ({counted(number, 'page')})"
            for (width, height), number in tally.sizes.most_common()
        ]
        severity = pdf.worse_for("press", severity="warning", otherwise="note")
        yield pdf.found("page-sizes", severity, f"the pages are of different sizes: {listed(sizes)}")


def shown(box: Box) -> str:
    """A box in millimetres, as people compare it: its size and where it begins."""
    return f"{box.width / MM:.1f} × {box.height / MM:.1f} mm at {box.left / MM:.1f}, {box.bottom / MM:.1f}"


def _for_press(page: PdfPage) -> Iterator[Finding]:
    given = page.given
    if "TrimBox" not in given and "ArtBox" not in given:
        yield page.found("box-missing", "error", "the page has no TrimBox: a printer cannot know where it is cut")
        return
    if "TrimBox" in given and "ArtBox" in given:
        yield page.found("box-order", "error", "the page has a TrimBox and an ArtBox: PDF/X allows one of them")
    sides = list(_short_sides(page))
    if sides:
        where = ", ".join(dict.fromkeys(side for side, _ in sides))
        bleed_mm = min(reach for _, reach in sides) / MM
        message = f"what reaches the {where} edge goes {bleed_mm:.1f} mm beyond it; {BLEED_MM:g} mm are needed"
        yield page.found("bleed-short", "warning", message)


def _short_sides(page: PdfPage) -> Iterator[tuple[str, float]]:
    """Each side that something coloured reaches without going far enough beyond, and how far it goes."""
    trim, needed = page.trim, BLEED_MM * MM - 0.05
    boxes = [
        paint.box.meet(paint.clip).meet(page.bleed)
        for paint in page.content.paints
        if paint.located and paint.kind != "stroke" and rgb_of(paint.colour) != (1.0, 1.0, 1.0)
    ]
    boxes += [picture.box.meet(picture.clip).meet(page.bleed) for picture in page.content.pictures if picture.located]
    for box in boxes:
        if box.empty or not box.meets(trim.grown(-AT_EDGE)):
            continue  # A printer's mark, or nothing that will be seen.
        reaches = {
            "left": trim.left - box.left,
            "lower": trim.bottom - box.bottom,
            "right": box.right - trim.right,
            "upper": box.top - trim.top,
        }
        for side, reach in reaches.items():
            if -AT_EDGE <= reach < needed:
                yield side, max(0.0, reach)


def _shows_anything(content: PageContent, visible: Box) -> bool:
    for run in content.runs:
        if run.mode != INVISIBLE and not run.tag.artifact and run.text.strip() and run.letters.meets(visible):
            return True
        if run.mode != INVISIBLE and not run.tag.artifact and not run.text and run.letters.meets(visible):
            return True  # Its characters are not known, but it is there.
    for picture in content.pictures:
        if not picture.tag.artifact and not picture.box.meet(picture.clip).empty:
            return True
    # Rules and tints alone are a page's furniture, tagged as such or not; without any tags they may be a drawing.
    return any(
        paint.tag.mcid is not None or (not paint.tag.artifact and rgb_of(paint.colour) != (1.0, 1.0, 1.0))
        for paint in content.paints
        if not paint.box.meet(paint.clip).meet(visible).empty or paint.kind == "stroke"
    )
