"""Colours, inks and overprinting: what a screen forgives and a press does not."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from publisher.checking.pdf.colours import Colour, inks_of
from publisher.checking.pdf.document import Pdf, PdfPage
from publisher.checking.pdf.geometry import Box
from publisher.checking.pdf.marks import INVISIBLE, PaintedPicture, Tag
from publisher.checking.pdf.rules.pictures import ink_of_picture
from publisher.checking.pdf.tally import Tally
from publisher.checking.phrases import listed
from publisher.counting import counted
from publisher.model import Finding

FOREIGN = ("RGB", "Lab")
"""What a press has no inks for."""

COATED, UNCOATED = 3.2, 2.8
"""The most ink that paper takes, as a sum of shares: FOGRA's 320% and 280%."""

THIN_PT = 0.2
RICH = 0.10
"""How much of other inks beside black is no accident of rounding."""

WITHOUT_TRANSPARENCY = ("1a", "1a:2001", "1a:2003", "3", "3:2002", "3:2003")


class _Mark(NamedTuple):
    """A text, an area, a line: what is common to them."""

    kind: str
    colour: Colour
    box: Box
    overprint: bool
    place: str | None
    tag: Tag
    located: bool


def find_in_page(page: PdfPage) -> Iterator[Finding]:
    """What is wrong with the colours of a page."""
    marks = _marks(page)
    press = "press" in page.pdf.purposes
    if press:
        yield from _foreign_colours(page, marks)
        yield from _registration(page, marks)
    yield from _total_ink(page, marks)
    yield from _rich_black(page)
    yield from _thin_lines(page)
    for mark in marks:
        inks = inks_of(mark.colour)
        if mark.overprint and inks is not None and not any(inks) and mark.located:
            message = f"{mark.kind} in white is set to overprint: nothing of it will be printed"
            yield page.found("white-overprint", page.pdf.worse_for("press"), message, mark.place)
            break


def find_in_file(pdf: Pdf, tally: Tally) -> Iterator[Finding]:
    """Which colours are used, whether they mean anything, and what blends in them."""
    if tally.used:
        parts = []
        for used, kinds in sorted(tally.used.items()):
            where = ", ".join(f"{kind} ({counted(len(pages), 'page')})" for kind, pages in kinds.items())
            parts.append(f"{used} in {where}")
        yield pdf.found("colour-census", "note", "; ".join(parts))
    if tally.knocking_out and "press" in pdf.purposes:
        first = min(tally.knocking_out)
        number = sum(tally.knocking_out.values())
        message = (
            f"{counted(number, 'text')} in black on {counted(len(tally.knocking_out), 'page')} "
            f"{'does' if number == 1 else 'do'} not overprint: ask the press whether it sets that itself"
        )
        yield pdf.found("black-knocks-out", "note", message, first)


def transparency(page: PdfPage) -> Iterator[Finding]:
    """What blends on a page, where that is forbidden or would be done in the wrong colours."""
    content, pdf = page.content, page.pdf
    forbidding = [
        claim.name
        for claim in pdf.claims
        if (claim.standard == "PDF/X" and claim.version in WITHOUT_TRANSPARENCY)
        or (claim.standard == "PDF/A" and claim.version.startswith("1"))
    ]
    if content.blending and forbidding:
        used = listed(sorted(content.blending))
        yield page.found("transparency", "error", f"{forbidding[0]} forbids transparency, which is used: {used}")
    foreign = sorted(content.blending_spaces & set(FOREIGN))
    if foreign and "press" in pdf.purposes:
        message = f"transparency is blended in {foreign[0]}: a press needs it in CMYK"
        yield page.found("transparency", "error", message)


def _marks(page: PdfPage) -> list[_Mark]:
    content = page.content
    marks = [
        _Mark("text", run.colour, run.letters, run.overprint, run.text, run.tag, run.located)
        for run in content.runs
        if run.mode != INVISIBLE
    ]
    kinds = {"fill": "an area", "stroke": "a line", "shading": "a shading"}
    marks += [
        _Mark(
            kinds[paint.kind], paint.colour, paint.box.meet(paint.clip), paint.overprint, None, paint.tag, paint.located
        )
        for paint in content.paints
    ]
    return marks


def _foreign_colours(page: PdfPage, marks: list[_Mark]) -> Iterator[Finding]:
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    places: dict[str, str | None] = {}
    for mark in marks:
        family = mark.colour.space.family
        if family in FOREIGN:
            found[family][mark.kind.removeprefix("an ").removeprefix("a ")] += 1
            places[family] = places.get(family) or mark.place
    for picture in page.content.pictures:
        if picture.space and picture.space.family in FOREIGN:
            found[picture.space.family]["picture"] += 1
            places.setdefault(picture.space.family, picture.name)
    for used, kinds in sorted(found.items()):
        objects = ", ".join(counted(number, kind) for kind, number in kinds.items())
        message = f"{used} colour is used: {objects}; a press needs CMYK, gray or named inks"
        yield page.found("rgb-in-print", "error", message, places[used])


def _registration(page: PdfPage, marks: list[_Mark]) -> Iterator[Finding]:
    inside = [
        mark
        for mark in marks
        if mark.colour.space.family == "registration" and mark.located and mark.box.meets(page.trim.grown(-0.1))
    ]
    if inside:
        message = f"{inside[0].kind} inside the trim is in registration colour, which prints in all inks"
        yield page.found("registration-colour", "error", message, inside[0].place)


def _total_ink(page: PdfPage, marks: list[_Mark]) -> Iterator[Finding]:
    most, kind, place = 0.0, "", None
    for mark in marks:
        outside = mark.located and not mark.box.meets(page.trim)
        if mark.colour.space.family in ("CMYK", "spot") and not outside:
            inks = inks_of(mark.colour)
            if inks and sum(inks) > most:
                most, kind, place = sum(inks), mark.kind, mark.place
    for picture in page.content.pictures:
        ink = _picture_ink(page.pdf, picture)
        if ink > most:
            most, kind, place = ink, "a picture", picture.name
    if most > UNCOATED + 1e-6:
        paper = "coated paper takes 320%" if most > COATED + 1e-6 else "uncoated paper takes 280%, coated 320%"
        severe = most > COATED + 1e-6 and "press" in page.pdf.purposes
        message = f"{kind} lays {most:.0%} of ink on one spot; {paper}"
        yield page.found("total-ink", "warning" if severe else "note", message, place)


def _picture_ink(pdf: Pdf, picture: PaintedPicture) -> float:
    """Measured once for each picture, however many pages show it."""
    key = getattr(picture.value, "objgen", None)
    if key is None or key == (0, 0):
        return ink_of_picture(picture)
    if key not in pdf.picture_inks:
        pdf.picture_inks[key] = ink_of_picture(picture)
    return pdf.picture_inks[key]


def _rich_black(page: PdfPage) -> Iterator[Finding]:
    rich = [
        run
        for run in page.content.runs
        if run.mode != INVISIBLE
        and run.colour.space.family == "CMYK"
        and (inks := inks_of(run.colour))
        and inks[3] >= 0.5
        and sum(inks[:3]) > RICH
    ]
    if rich:
        inks = inks_of(rich[0].colour) or ()
        message = (
            f"{counted(len(rich), 'text')} in black made of {counted(sum(ink > 0 for ink in inks), 'ink')} "
            f"({' '.join(f'{ink:.0%}' for ink in inks)}): letters need black alone"
        )
        severity = page.pdf.worse_for("press", severity="warning", otherwise="note")
        yield page.found("rich-black-text", severity, message, rich[0].text)


def _thin_lines(page: PdfPage) -> Iterator[Finding]:
    thin = []
    for paint in page.content.paints:
        seen = paint.box.meet(paint.clip)
        if seen.empty and not paint.box.empty:
            continue  # Clipped away. A path without area is still painted, as thin as the device can.
        width = paint.thinnest_pt if paint.kind == "stroke" else min(paint.thinnest_pt, seen.width, seen.height)
        if 0 <= width < THIN_PT - 1e-3 and paint.located and paint.kind != "shading" and seen.meets(page.trim):
            thin.append(width)
    if thin:
        verb = "is" if len(thin) == 1 else "are"
        message = f"{counted(len(thin), 'line')} {verb} thinner than {THIN_PT} pt; the thinnest has {min(thin):.2f} pt"
        yield page.found("thin-line", page.pdf.worse_for("press", severity="warning", otherwise="note"), message)
