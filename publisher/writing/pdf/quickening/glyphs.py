"""Lines of text written run by run instead of glyph by glyph.

WeasyPrint 70 asks Pango for each property of each glyph and works out again what stands in the file for it: of an issue
of 243 pages that was a tenth of the time. A glyph as wide as before, in a font of a size, comes to the same bytes. What
is drawn otherwise goes the engine's way: coloured glyphs, missing ones, raised ones, and lines with an ellipsis.
"""

import contextlib
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import weasyprint.draw.text as engine
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from publisher.writing.pdf.quickening.keeping import kept_line, make_again, unjustified

__all__ = ["glyphs_by_runs"]

Box: TypeAlias = Any
Line: TypeAlias = Any
Run: TypeAlias = Any
Style: TypeAlias = Any
EngineFont: TypeAlias = Any

_INTEGERS = 5
"""Of a ``PangoGlyphInfo``: number, width, offset to the right and down, attributes."""

_BYTES = 4 * _INTEGERS

_SMALLEST = 1e-6
"""Text of such a size is not drawn."""

_SPACE = re.compile(" |\u00a0".encode())
"""What is wider in a line that is justified."""

_NOT_ALONE = re.compile("^[ \u00a0]|[ \u00a0]{2}|[ \u00a0]$")
"""Where a line has such, they are not the only letter that Pango makes as much wider."""


class _Face:
    """A font in a size, with what shows its runs: those of a word are alike wherever it stands."""

    def __init__(self, font: EngineFont, size: float) -> None:
        self.font = font
        self.size = size
        self._runs: dict[bytes, str] = {}
        self._glyphs: dict[tuple[int, ...], str] = {}
        self._widths: dict[int, int] = {}

    def shown(self, stream: Stream, layout: Layout, run: Run, count: int) -> str | None:
        """What shows so many glyphs of the run, as operands of ``TJ`` (ISO 32000-1, 9.4.3).

        ``None`` where one of them is raised. The font is told what each of them stands for, and how wide it is.
        """
        described = ffi.buffer(run.glyphs.glyphs, _BYTES * count)[:]
        return self._shown(stream, layout, run, described, 0)

    def shown_spaced(self, stream: Stream, layout: Layout, run: Run, count: int, spacing: "_Spacing") -> str | None:
        """The same with spaces that are wider.

        ``None`` also where words do not run from left to right, or a space is not a glyph by itself. Pango lays out
        what is justified word by word, and so without what the font has letters and spaces moved.
        """
        if run.item.analysis.level % 2:
            return None
        described = ffi.buffer(run.glyphs.glyphs, _BYTES * count)[:]
        numbers = memoryview(described).cast("i")
        clusters = ffi.unpack(run.glyphs.log_clusters, count)
        inside = {place - run.item.offset for place in spacing.places}
        spaces = [place for place, cluster in enumerate(clusters) if cluster in inside]
        if len(spaces) != sum(0 <= place < run.item.length for place in inside):
            return None
        shown, start = "", 0
        for place in spaces:
            word = described[_BYTES * start : _BYTES * place]
            if word:
                glyph, width = numbers[_INTEGERS * (place - 1) : _INTEGERS * (place - 1) + 2]
                alone = self._width(stream, run, glyph)
                if width != alone:
                    if not width:  # A mark, which stands on another letter.
                        return None
                    word = word[: -_BYTES + 4] + alone.to_bytes(4, sys.byteorder) + word[-_BYTES + 8 :]
            glyph, _, right = numbers[_INTEGERS * place : _INTEGERS * place + 3]
            before = self._shown(stream, layout, run, word, start)
            width = self._width(stream, run, glyph) + spacing.more
            operand = self._known_operand(stream, layout, run, place, (glyph, width, right + spacing.before))
            if before is None or operand is None:
                return None
            shown += before + _closed(f"<{operand}")
            start = place + 1
        rest = self._shown(stream, layout, run, described[_BYTES * start :], start)
        return None if rest is None else shown + rest

    def _shown(self, stream: Stream, layout: Layout, run: Run, described: bytes, first: int) -> str | None:
        """What shows some of the run's glyphs, the first of which has that place."""
        if not described:
            return ""
        shown = self._runs.get(described)
        if shown is None:
            numbers = memoryview(described).cast("i").tolist()
            if any(numbers[3::_INTEGERS]):
                return None
            operands = "<"
            for place, glyph in enumerate(zip(*(numbers[part::_INTEGERS] for part in range(3)), strict=True), first):
                operand = self._known_operand(stream, layout, run, place, glyph)
                if operand is None:
                    return None
                operands += operand
            shown = self._runs[described] = _closed(operands)
        return shown

    def _width(self, stream: Stream, run: Run, glyph: int) -> int:
        """How wide the font has the glyph where nothing stands beside it."""
        width: int | None = self._widths.get(glyph)
        if width is None:
            pango.pango_font_get_glyph_extents(run.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect)
            width = self._widths[glyph] = stream.logical_rect.width
        return width

    def _known_operand(
        self, stream: Stream, layout: Layout, run: Run, place: int, glyph: tuple[int, ...]
    ) -> str | None:
        """``_operand`` of a glyph with its width and its offset, once."""
        operand = self._glyphs.get(glyph)
        if operand is None:
            operand = self._operand(stream, layout, run, place, *glyph)
            if operand is not None:
                self._glyphs[glyph] = operand
        return operand

    def _operand(
        self, stream: Stream, layout: Layout, run: Run, place: int, glyph: int, width: int, offset: int
    ) -> str | None:
        """What shows the glyph, with how what follows it is moved; ``None`` where it is none of the font's."""
        font, size = self.font, self.size
        if not 0 <= glyph < pango.PANGO_GLYPH_EMPTY:
            return None
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = _meaning(layout, run, place)
        if glyph not in font.widths:
            pango.pango_font_get_glyph_extents(run.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect)
            font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        moved = offset / size
        kerning = font.widths[glyph] + moved - width * 1000 * FROM_UNITS / size
        before, after = f">{-moved}<" if moved else "", f">{int(kerning)}<" if kerning else ""
        return f"{before}{glyph:04x}{after}"


Faces: TypeAlias = dict[tuple[EngineFont, float], _Face]
Shown: TypeAlias = list[tuple[_Face, list[str]]]


class _Spacing(NamedTuple):
    """How a line that was measured is justified."""

    places: frozenset[int]
    """Where the spaces are, in bytes of the text."""

    more: int
    """How much wider each is, in Pango's units."""

    before: int
    """The share of it that stands before the space."""


@contextlib.contextmanager
def glyphs_by_runs() -> Iterator[None]:
    """While it is open, the engine writes plain text by runs, to the same bytes."""
    original = engine.draw_first_line
    faces: Faces = {}

    def draw_first_line(stream: Stream, box: Box, text_overflow: str, block_ellipsis: Any, matrix: Matrix) -> Any:
        is_whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        is_seen = is_whole and box.text.strip() and box.style["font_size"] >= _SMALLEST
        shown = _as_measured(stream, box, faces) if is_seen else None
        if shown is None:
            make_again(box.pango_layout, box.style)
            shown = _laid_out_again(stream, box, faces) if is_seen else None
        if shown is None:
            return original(stream, box, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        for face, operands in shown:
            stream.set_font_size(face.font.hash, face.size)
            stream.show_text("".join(operands))
        return []

    engine.draw_first_line = draw_first_line
    try:
        yield
    finally:
        engine.draw_first_line = original


def _as_measured(stream: Stream, box: Box, faces: Faces) -> Shown | None:
    """What shows the text as it was laid out to be measured; ``None`` where it has to be laid out again."""
    layout = box.pango_layout
    line = kept_line(layout)
    if line is not None:
        return _shown(stream, layout, line, faces)
    measured = unjustified(layout)
    line = kept_line(measured) if measured else None
    spacing = _spacing(layout, box.style) if line is not None else None
    return _shown(stream, layout, line, faces, spacing) if spacing else None


def _laid_out_again(stream: Stream, box: Box, faces: Faces) -> Shown | None:
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    return _shown(stream, box.pango_layout, line, faces)


def _spacing(layout: Layout, style: Style) -> _Spacing | None:
    """How the layout is justified; ``None`` where Pango does not take each of its spaces by itself."""
    if style["letter_spacing"] != "normal" or style["word_spacing"] or _NOT_ALONE.search(layout.text):
        return None
    more = int(layout.justification_spacing * TO_UNITS)
    before = more // 2 if more % TO_UNITS else (more + TO_UNITS) // (2 * TO_UNITS) * TO_UNITS  # To whole pixels.
    places = frozenset(match.start() for match in _SPACE.finditer(layout.text.encode()))
    return _Spacing(places, more, before) if places and more > 0 else None


def _shown(stream: Stream, layout: Layout, line: Line, faces: Faces, spacing: _Spacing | None = None) -> Shown | None:
    """The line's fonts, each with what shows its runs up to the next font's; ``None`` where one is not plain."""
    shown: Shown = []
    before = None
    end = len(layout.text.encode())
    link = line.runs[0]
    while link != ffi.NULL:
        run = link.data
        pango_font = run.item.analysis.font
        if pango_font != before:
            before = pango_font
            font, size = stream.add_font(pango_font)
            if font.bitmap or font.png or font.svg or font.colr:
                return None
            face = faces.setdefault((font, size), _Face(font, size))
            shown.append((face, []))
        count = run.glyphs.num_glyphs
        if end < line.length and run.item.offset + run.item.length > end:
            count -= 1  # The space that the line was broken at.
        if spacing is None:
            operands = face.shown(stream, layout, run, count)
        else:
            operands = face.shown_spaced(stream, layout, run, count, spacing)
        if operands is None:
            return None
        shown[-1][1].append(operands)
        link = link.next
    return shown


def _closed(operands: str) -> str:
    """Operands without the string that was opened last, if nothing is in it."""
    return operands[:-1] if operands[-1] == "<" else f"{operands}>"


def _meaning(layout: Layout, run: Run, place: int) -> str:
    """The text of the cluster of glyphs that this one is of."""
    start, clusters = run.item.offset, run.glyphs.log_clusters
    beside = place - 1 if run.item.analysis.level % 2 else place + 1
    end = clusters[beside] if 0 <= beside < run.glyphs.num_glyphs else run.item.length
    text: str = layout.text.encode()[start + clusters[place] : start + end].decode()
    return text
