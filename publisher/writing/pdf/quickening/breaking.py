"""Lines broken with less text put to Pango.

WeasyPrint 70 lays out twice the text of a line to break one, then the line with the first word of the next, which might
fit without its space, and then the line alone. Here so much as a line and a word take is laid out first, and the word
is measured where it stands: the line with it only where it might fit. What is to be hyphenated, and all that is not
plain text that wraps, goes the engine's way.
"""

import contextlib
from collections.abc import Iterator
from typing import Any, TypeAlias

from weasyprint.layout import inline
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import (
    Layout,
    create_layout,
    first_line_metrics,
    get_next_break_point,
    line_size,
    pyphen,
)

from publisher.writing.pdf.quickening.keeping import keep_first_line

__all__ = ["lines_broken_at_once"]

Style: TypeAlias = Any

_LETTERS = 2.7
"""So many are laid out where one as wide as the font is high has room: of ordinary text a line has 2.2 to 2.5."""

_SHORTEST = 8
"""Lines of fewer such widths are broken by the engine: there a word may be longer than a line."""


_WIDEST = 2**21
"""In CSS pixels: Pango knows no wider lines."""

_ALONE = ffi.new("PangoRectangle *")
"""What a letter that was measured last takes where nothing stands beside it."""


@contextlib.contextmanager
def lines_broken_at_once() -> Iterator[None]:
    """While it is open, the engine breaks lines of plain text with less."""
    original = inline.split_first_line

    def ours(text: str, style: Style, context: Any, max_width: float | None, spacing: float, **how: bool) -> Any:
        size = style["font_size"]
        if size and max_width is not None and _SHORTEST * size < max_width < _WIDEST and _is_plain(style):
            found = _broken(text, style, context, max_width, spacing)
            if found:
                return found
        return original(text, style, context, max_width, spacing, **how)

    inline.split_first_line = ours
    try:
        yield
    finally:
        inline.split_first_line = original


def _is_plain(style: Style) -> bool:
    """Whether lines of the style break between words alone."""
    try:
        known: bool = style.publisher_breaks
    except AttributeError:
        hyphenates = style["hyphens"] == "auto" and style["lang"] and pyphen.language_fallback(style["lang"])
        known = style.publisher_breaks = (
            style["white_space"] == "normal"
            and not hyphenates
            and style["word_break"] == "normal"
            and style["letter_spacing"] == "normal"
            and style["direction"] == "ltr"
        )
    return known


def _broken(text: str, style: Style, context: Any, max_width: float, spacing: float) -> tuple[Any, ...] | None:
    """What ``split_first_line`` gives; ``None`` where it has to say."""
    size = style["font_size"]
    short = text[: int(max_width / size * _LETTERS)]
    if "\xad" in text or "\n" in short:
        return None
    layout = create_layout(short, style, context, max_width, spacing)
    line, resume = layout.get_first_line()
    width, _height = line_size(line, style)
    if width > max_width:
        return None
    if resume is None:
        return None if short != text else first_line_metrics(line, text, layout, None, True, style)
    encoded = short.encode()
    first = encoded[:resume].decode()
    attributes = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)[len(first) + 1 : len(short)]
    point = get_next_break_point(attributes)
    rest = encoded[resume:].decode()
    if point is None or not first:
        return None
    word = rest[:point].rstrip(" ")
    if not word or rest[point] != " ":
        return None
    least = _least_width(layout, resume, len(word.encode()))
    if least is None or width + least <= max_width:  # The space between is wider than what kerning takes off.
        layout.set_text(first + word)
        line, found = layout.get_first_line()
        resume = len((first + word).encode()) + 1 if found is None else found
    elif first[-1] == " " != first[-2:-1] and _ends_as_alone(line, resume):
        width, height = line_size(line, style)
        baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        keep_first_line(layout, first[:-1])
        return layout, resume - 1, resume, width, height, baseline
    broken: tuple[Any, ...] = first_line_metrics(line, text, layout, resume, True, style)
    return broken


def _ends_as_alone(line: Any, length: int) -> bool:
    """Whether the line of so many bytes, with a space at its end, is as it would be without it.

    Pango takes no room for the space; the font may have the letter before it as wide as before a space.
    """
    link = line.runs[0]
    while link.next != ffi.NULL:
        link = link.next
    run = link.data
    last = run.glyphs.num_glyphs - 1
    if last < 1 or run.item.offset + run.glyphs.log_clusters[last] != length - 1:
        return False
    glyphs = run.glyphs.glyphs
    letter, space = glyphs[last - 1], glyphs[last]
    pango.pango_font_get_glyph_extents(run.item.analysis.font, letter.glyph, ffi.NULL, _ALONE)
    return not space.geometry.width and letter.geometry.width == _ALONE.width


def _least_width(layout: Layout, start: int, length: int) -> float | None:
    """How wide the first word of the second line is that begins there, in CSS pixels; ``None`` where it is in parts."""
    line = pango.pango_layout_get_line_readonly(layout.layout, 1)
    run = line.runs[0].data
    glyphs, offset = run.glyphs, start - run.item.offset
    if offset < 0 or offset + length > run.item.length or run.item.analysis.level % 2:
        return None
    infos, clusters = glyphs.glyphs, glyphs.log_clusters
    width = 0
    for place in range(glyphs.num_glyphs):
        if offset <= clusters[place] < offset + length:
            width += infos[place].geometry.width
    return float(width * FROM_UNITS)
