"""Lines of text written run by run instead of glyph by glyph.

WeasyPrint 70 asks Pango for each property of each glyph and works out again what stands in the file for it: of an issue
of 243 pages that was a tenth of the time. A glyph as wide as before, in a font of a size, comes to the same bytes. What
is drawn otherwise goes the engine's way: coloured glyphs, missing ones, raised ones, and lines with an ellipsis.
"""

import contextlib
from collections.abc import Iterator
from typing import Any, TypeAlias

import weasyprint.draw.text as engine
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

__all__ = ["glyphs_by_runs"]

Box: TypeAlias = Any
Run: TypeAlias = Any
EngineFont: TypeAlias = Any

_INTEGERS = 5
"""Of a ``PangoGlyphInfo``: number, width, offset to the right and down, attributes."""

_BYTES = 4 * _INTEGERS

_SMALLEST = 1e-6
"""Text of such a size is not drawn."""


class _Face:
    """A font in a size, with what shows its runs: those of a word are alike wherever it stands."""

    def __init__(self, font: EngineFont, size: float) -> None:
        self.font = font
        self.size = size
        self._runs: dict[bytes, str] = {}
        self._glyphs: dict[tuple[int, ...], str] = {}

    def shown(self, stream: Stream, box: Box, run: Run) -> str | None:
        """What shows the run, as operands of ``TJ`` (ISO 32000-1, 9.4.3); ``None`` where one of its glyphs is raised.

        The font is told what each of them stands for, and how wide it is.
        """
        described = ffi.buffer(run.glyphs.glyphs, _BYTES * run.glyphs.num_glyphs)[:]
        shown = self._runs.get(described)
        if shown is None:
            numbers = memoryview(described).cast("i").tolist()
            if any(numbers[3::_INTEGERS]):
                return None
            operands = "<"
            for place, glyph in enumerate(zip(*(numbers[part::_INTEGERS] for part in range(3)), strict=True)):
                operand = self._glyphs.get(glyph)
                if operand is None:
                    operand = self._operand(stream, box, run, place, *glyph)
                    if operand is None:
                        return None
                    self._glyphs[glyph] = operand
                operands += operand
            shown = self._runs[described] = operands[:-1] if operands[-1] == "<" else f"{operands}>"
        return shown

    def _operand(
        self, stream: Stream, box: Box, run: Run, place: int, glyph: int, width: int, offset: int
    ) -> str | None:
        """What shows the glyph, with how what follows it is moved; ``None`` where it is none of the font's."""
        font, size = self.font, self.size
        if not 0 <= glyph < pango.PANGO_GLYPH_EMPTY:
            return None
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = _meaning(box, run, place)
        if glyph not in font.widths:
            pango.pango_font_get_glyph_extents(run.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect)
            font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        moved = offset / size
        kerning = font.widths[glyph] + moved - width * 1000 * FROM_UNITS / size
        before, after = f">{-moved}<" if moved else "", f">{int(kerning)}<" if kerning else ""
        return f"{before}{glyph:04x}{after}"


@contextlib.contextmanager
def glyphs_by_runs() -> Iterator[None]:
    """While it is open, the engine writes plain text by runs, to the same bytes."""
    original = engine.draw_first_line
    faces: dict[tuple[EngineFont, float], _Face] = {}

    def draw_first_line(stream: Stream, box: Box, text_overflow: str, block_ellipsis: Any, matrix: Matrix) -> Any:
        is_whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        if is_whole and box.text.strip() and box.style["font_size"] >= _SMALLEST:
            pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
            shown = _shown(stream, box, faces)
            if shown:
                stream.set_text_matrix(*matrix.values)
                for face, operands in shown:
                    stream.set_font_size(face.font.hash, face.size)
                    stream.show_text("".join(operands))
                return []
        return original(stream, box, text_overflow, block_ellipsis, matrix)

    engine.draw_first_line = draw_first_line
    try:
        yield
    finally:
        engine.draw_first_line = original


def _shown(
    stream: Stream, box: Box, faces: dict[tuple[EngineFont, float], _Face]
) -> list[tuple[_Face, list[str]]] | None:
    """The line's fonts, each with what shows its runs up to the next font's; ``None`` where one is not plain."""
    shown: list[tuple[_Face, list[str]]] = []
    before = None
    line, _ = box.pango_layout.get_first_line()
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
        operands = face.shown(stream, box, run)
        if operands is None:
            return None
        shown[-1][1].append(operands)
        link = link.next
    return shown


def _meaning(box: Box, run: Run, place: int) -> str:
    """The text of the cluster of glyphs that this one is of."""
    start, clusters = run.item.offset, run.glyphs.log_clusters
    beside = place - 1 if run.item.analysis.level % 2 else place + 1
    end = clusters[beside] if 0 <= beside < run.glyphs.num_glyphs else run.item.length
    text: str = box.pango_layout.text.encode()[start + clusters[place] : start + end].decode()
    return text
