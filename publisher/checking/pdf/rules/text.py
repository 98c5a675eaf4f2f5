"""Text as it is seen and as it is searched: its fonts, its glyphs, its size, its place, its contrast."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from publisher.checking.pdf.colours import Rgb, blended, contrast, rgb_of
from publisher.checking.pdf.document import Pdf, PdfPage
from publisher.checking.pdf.fonts import Fault
from publisher.checking.pdf.geometry import Box
from publisher.checking.pdf.marks import INVISIBLE, GlyphRun
from publisher.checking.pdf.tally import Tally
from publisher.checking.phrases import listed
from publisher.counting import counted
from publisher.model import Finding, Severity

SMALL_CONTRAST, LARGE_CONTRAST = 4.5, 3.0
"""The least contrast of text by WCAG 2, 1.4.3."""

LARGE_PT, LARGE_BOLD_PT = 18.0, 14.0
TINY_PT = 5.0
"""Smaller letters fill with ink; the smallest print that consumer law knows is taller."""

SLACK_PT, SLACK_EM = 0.75, 0.06
"""How far text may reach over an edge: side bearings and rounding do."""

INK_SLACK_EM = 0.1
"""A little more for marks and descenders, which engines clip by a hair when they clip a line's box."""

ALL_CHARACTERS_BYTES = 150_000
"""A font program of this size holds more than one document needs."""

WHITE: Rgb = (1.0, 1.0, 1.0)
BAND_PT = 36.0
"""Areas are looked up by bands of the page's height, so that a page of a thousand table cells stays quick."""


def find_in_page(page: PdfPage) -> Iterator[Finding]:
    """What is wrong with the text of a page."""
    runs = [run for run in page.content.runs if run.mode != INVISIBLE and run.located]
    yield from _faulty_glyphs(page, page.content.runs)
    yield from _clipped(page, runs)
    yield from _low_contrast(page, runs)
    tiny = [run for run in runs if run.size_pt * page.unit < TINY_PT and run.text.strip()]
    if tiny:
        least = min(run.size_pt * page.unit for run in tiny)
        message = f"{counted(len(tiny), 'text')} smaller than {TINY_PT:g} pt; the smallest has {least:.1f} pt"
        yield page.found("tiny-text", "warning", message, page.content.words_from(tiny[0]))


def find_in_file(pdf: Pdf, tally: Tally) -> Iterator[Finding]:
    """What is wrong with the fonts."""
    for font, page in tally.fonts.values():
        if font.kind == "Type3":
            message = "a font of drawing procedures: it prints and zooms poorly, and few programs can search it"
            yield pdf.found("font-type3", "note", message, page, font.name)
        elif not font.embedded:
            severity = pdf.worse_for("access", "archive", "press")
            message = f"{font.name} is not in the file: where it is missing, another font will be used"
            yield pdf.found("font-not-embedded", severity, message, page, font.name)
        elif not font.subset:
            severity = "warning" if font.program_bytes > ALL_CHARACTERS_BYTES else "note"
            message = f"{font.name} is embedded with all its characters ({font.program_bytes / 1000:.0f} kB)"
            yield pdf.found("font-not-subset", severity, message, page, font.name)


def _faulty_glyphs(page: PdfPage, runs: list[GlyphRun]) -> Iterator[Finding]:
    found: dict[tuple[Fault, str], list[tuple[str, GlyphRun]]] = defaultdict(list)
    for run in runs:
        for glyph in run.glyphs:
            if glyph.fault and (run.mode != INVISIBLE or glyph.fault == "unmapped-text"):
                found[glyph.fault, run.font.name].append((glyph.text or "", run))
    for (fault, font), places in found.items():
        characters = list(dict.fromkeys(text for text, _ in places if text.strip("\0\ufffd")))
        named = listed([f"{text} ({_code_points(text)})" for text in characters])
        number = counted(len(places), "character")
        verb = "is" if len(places) == 1 else "are"
        of_what = f": {named}" if named else ""
        message = {
            "missing-glyph": f"{number} {verb} missing from {font}{of_what}; a box or nothing stands there instead",
            "invisible-glyph": f"{number} of {font} {verb} drawn as nothing{of_what}",
            "unmapped-text": f"{number} of {font} cannot be searched, copied or read aloud: no map says what they are",
        }[fault]
        severity: Severity = "error"
        if fault == "unmapped-text":
            severity = page.pdf.worse_for("access", "archive")
        yield page.found(fault, severity, message, page.content.words_from(places[0][1]))


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text)


# --- what is cut off ------------------------------------------------------------------------------------------------


def _clipped(page: PdfPage, runs: list[GlyphRun]) -> Iterator[Finding]:
    cut: dict[str, list[GlyphRun]] = defaultdict(list)
    for run in runs:
        if run.text.strip() or (run.glyphs and not run.text):
            edge = _edge_over(page, run)
            if edge:
                cut[edge].append(run)
    for edge, those in cut.items():
        verb = "is" if len(those) == 1 else "are"
        yield page.found(
            "clipped-text", "warning", f"{counted(len(those), 'text')} {verb} {edge}", page.content.words_from(those[0])
        )


def _edge_over(page: PdfPage, run: GlyphRun) -> str | None:
    """What a text reaches over; ``None`` when it is all to be seen."""
    slack = SLACK_PT + SLACK_EM * run.size_pt
    letters = _words_only(run)
    if not page.crop.holds(letters, slack):
        return "outside the page" if letters.meet(page.crop).empty else "cut off by the edge of the page"
    if not run.clip.holds(letters, slack):
        return "hidden by a clipping path" if letters.meet(run.clip).empty else "cut off by a clipping path"
    if page.trim != page.crop and letters.meets(page.trim) and not page.trim.holds(letters, slack):
        return "cut off by the trim"
    # Its marks and descenders are measured only where the clip is near: that needs each glyph's outline.
    if not is_clear_of_clip(page, run):
        ink = run.ink
        high_or_low = ink._replace(left=letters.left, right=letters.right) if run.upright else ink
        if not run.clip.holds(high_or_low, 0.25 + INK_SLACK_EM * run.size_pt):
            return "cut off at the top or the foot by a clipping path"
    return None


def is_clear_of_clip(page: PdfPage, run: GlyphRun) -> bool:
    """Whether no clip is near enough that it matters which of its font's glyphs the text has."""
    low, high = run.font.height
    return run.clip.holds(run.box(low, high)) or run.clip == page.crop


def _words_only(run: GlyphRun) -> Box:
    """Its letters' box without spaces at its ends, which may hang over any edge."""
    glyphs = run.glyphs
    if run.text[-1:].isspace() or run.text[:1].isspace():
        unit = run.size
        first, last = 0, len(glyphs)
        while last > first and (glyphs[last - 1].text or "x").isspace():
            last -= 1
        while first < last and (glyphs[first].text or "x").isspace():
            first += 1
        sign = 1 if run.end >= run.start else -1
        before = sum(abs(glyph.width * unit) for glyph in glyphs[:first])
        after = sum(abs(glyph.width * unit) for glyph in glyphs[last:])
        shorter = GlyphRun.__new__(GlyphRun)
        shorter.matrix, shorter.size = run.matrix, run.size
        shorter.start, shorter.end = run.start + sign * before, run.end - sign * after
        return shorter.box(0.0, 0.45)
    return run.letters


# --- contrast -------------------------------------------------------------------------------------------------------


class _Backdrop(NamedTuple):
    """Something painted that text may stand on."""

    box: Box
    order: int
    rgb: Rgb | None
    """``None`` when its colour under the text cannot be told."""

    alpha: float


def _low_contrast(page: PdfPage, runs: list[GlyphRun]) -> Iterator[Finding]:
    bands = _backdrops(page)
    found: dict[tuple[str, str], list[GlyphRun]] = defaultdict(list)
    ratios: dict[tuple[str, str], float] = {}
    for run in runs:
        front = rgb_of(run.colour)
        if front is None or not _has_letters(run.text):
            continue
        behind = _behind(run, bands)
        if behind is None:
            continue
        ratio = contrast(blended(front, behind, min(1.0, max(0.0, run.alpha))), behind)
        large = run.size_pt >= LARGE_PT or (run.font.bold and run.size_pt >= LARGE_BOLD_PT)
        if ratio < (LARGE_CONTRAST if large else SMALL_CONTRAST) - 0.02:
            pair = (_hex(front), _hex(behind))
            found[pair].append(run)
            ratios[pair] = min(ratio, ratios.get(pair, ratio))
    for (front_hex, behind_hex), those in found.items():
        ratio = ratios[front_hex, behind_hex]
        message = f"{counted(len(those), 'text')} in {front_hex} on {behind_hex}: a contrast of {ratio:.1f}:1"
        yield page.found(
            "low-contrast", "warning", f"{message}; {SMALL_CONTRAST}:1 is needed", page.content.words_from(those[0])
        )


def _backdrops(page: PdfPage) -> dict[int, list[_Backdrop]]:
    """What text may stand on, in the order of painting, by bands of the page's height."""
    backdrops = []
    for paint in page.content.paints:
        seen = paint.box.meet(paint.clip).meet(page.media)
        if paint.kind == "stroke" or not paint.located or seen.empty:
            continue
        rgb = rgb_of(paint.colour) if paint.plain and paint.kind == "fill" else None
        backdrops.append(_Backdrop(seen, paint.order, rgb, paint.alpha))
    for picture in page.content.pictures:
        seen = picture.box.meet(picture.clip).meet(page.media)
        if picture.located and not seen.empty:
            backdrops.append(_Backdrop(seen, picture.order, None, 1.0))
    bands: dict[int, list[_Backdrop]] = defaultdict(list)
    for backdrop in sorted(backdrops, key=lambda each: each.order):
        for band in range(int(backdrop.box.bottom // BAND_PT), int(backdrop.box.top // BAND_PT) + 1):
            bands[band].append(backdrop)
    return bands


def _behind(run: GlyphRun, bands: dict[int, list[_Backdrop]]) -> Rgb | None:
    """The colour behind a text; ``None`` when it cannot be told."""
    left, bottom, right, top = run.letters
    x, y = (left + right) / 2, (bottom + top) / 2
    over: list[tuple[Rgb, float]] = []
    behind = WHITE
    for box, order, rgb, alpha in reversed(bands.get(int(y // BAND_PT), [])):
        if order < run.order and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            if rgb is None:
                return None
            if alpha >= 1:
                behind = rgb
                break
            over.append((rgb, max(0.0, alpha)))
    for rgb, alpha in reversed(over):
        behind = blended(rgb, behind, alpha)
    return behind


def _has_letters(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgb)
