"""Page numbers in the margins, set late: a document need not know on which page it begins.

The margin boxes that hold the page's number are emptied before a page is painted; what they held is described glyph by
glyph, and set with the true number by the linker. That is done only where the outcome is certain to be what the engine
would have set: a document with another is bound to its place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from weasyprint.formatting_structure.boxes import LineBox, MarginBox, TextBox
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout

from publisher.writing.pdf.fragment import Glyph, LateFolio, Numerals

__all__ = ["Folios", "Late", "counts_pages_in_flow", "folio_operators", "numbered_margins", "shown_text", "use_digits"]

Box: TypeAlias = Any
Style: TypeAlias = Any

POINTS_A_PIXEL = 0.75

_EXACT = 0.001
"""CSS pixels; the engine's own unit is a 1024th."""

_PAGE, _TOTAL = ("page", "decimal"), ("pages", "decimal")
"""Counters; the second counts the pages of the one document that the engine has before it."""

_LAST_GLYPH = 0xFFFF
"""Beyond are the engine's signs for characters that the font lacks."""

_SHAPING = (
    "direction",
    "lang",
    "letter_spacing",
    "word_spacing",
    "overflow_wrap",
    *("font_family", "font_size", "font_style", "font_weight", "font_stretch", "font_kerning"),
    *("font_language_override", "font_feature_settings", "font_variation_settings"),
    *(f"font_variant_{each}" for each in ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")),
)
"""The properties that glyphs and their advances follow from."""

_SAMPLES = (1, 7, 40, 118)
"""Numbers that are set whole, to see that what stands beside a number does not change with it."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PAGE_RULE = re.compile(r"@page\b[^{]*")
_PAGE_COUNTER = re.compile(r"\bcounters?\(\s*page\b")


def counts_pages_in_flow(texts: Iterable[str]) -> bool:
    """Whether style sheets, or documents, set page numbers elsewhere than in margin boxes."""
    return any("counter" in text and _PAGE_COUNTER.search(_without_page_rules(text)) for text in texts)


def _without_page_rules(sheet: str) -> str:
    rest, at = [], 0
    sheet = _COMMENT.sub("", sheet)
    while rule := _PAGE_RULE.search(sheet, at):
        rest.append(sheet[at : rule.start()])
        at, depth = rule.end(), 0
        while at < len(sheet):
            depth += {"{": 1, "}": -1}.get(sheet[at], 0)
            at += 1
            if depth == 0:
                break
    return "".join((*rest, sheet[at:]))


def numbered_margins(page: Any) -> list[Box]:
    """The margin boxes of a page that hold its number."""
    return [box for box in page._page_box.children if isinstance(box, MarginBox) and _counts_pages(box)]


def _counts_pages(box: Box) -> bool:
    content = box.style["content"]
    return isinstance(content, list | tuple) and any(
        isinstance(part, tuple) and part[0] in ("counter()", "counters()") and part[1][0] == "page" for part in content
    )


class Folios:
    """Finds out how page numbers are set, and remembers how numbers are in each font."""

    def __init__(self) -> None:
        self._numerals: dict[str, Numerals | None] = {}

    def numerals(self, style: Style) -> Numerals | None:
        """How numbers are set; ``None`` when a digit is more than a glyph, or is another one beside another."""
        key = repr([style[name] for name in _SHAPING])
        if key not in self._numerals:
            self._numerals[key] = _numerals(style)
        return self._numerals[key]

    def late(self, margin: Box, document: Any, index: int) -> "Late | None":
        """What the margin box holds, on that page of a document; ``None`` where it cannot be set late."""
        texts = [box for box in margin.descendants() if isinstance(box, TextBox)]
        lines = [box for box in margin.descendants() if isinstance(box, LineBox)]
        parts = _parts(margin.style["content"], len(document.pages))
        if len(lines) != 1 or len(texts) != 1 or parts is None:
            return None
        (text,) = texts
        if text.text != str(index + 1).join(parts) or not _is_plain(margin, text.style, document.pages[index]):
            return None
        numerals = self.numerals(text.style)
        if numerals is None:
            return None
        late = Late(margin, text, parts, tuple(_shaped(part, text.style) for part in parts), numerals)
        return late if all(late.stands_apart(sample) for sample in _SAMPLES) else None


class Late(NamedTuple):
    """A margin box whose number is set late."""

    margin: Box
    text: Box
    parts: Sequence[str]
    """The words before and after the number."""

    ends: Sequence[tuple[Glyph, ...]]
    """The same as glyphs."""

    numerals: Numerals

    def stands_apart(self, number: int) -> bool:
        """Whether the words and the number are set the same together as they are apart, and in one font."""
        text = str(number).join(self.parts)
        whole = _Setting(text, self.text.style)
        apart = (*self.ends[0], *self.numerals.glyphs(str(number)), *self.ends[1])
        return (
            [glyph for glyph, _ in whole.glyphs] == [glyph for glyph, _ in apart]
            and all(abs(one - other) < _EXACT for (_, one), (_, other) in zip(whole.glyphs, apart, strict=True))
            and len(apart) == len(text)
            and len(whole.fonts) == 1
        )

    def take_off(self) -> None:
        """Leave the margin box without its text."""
        self.margin.children = []

    def described(self, stream: Stream) -> LateFolio:
        """How to set it. ``stream`` is one of the document's that nobody writes: it is told of font and colour."""
        style = self.text.style
        stream.set_color(style["color"])
        font, size = use_digits(stream, style, self.numerals, self.parts, self.ends)
        align = str(self.margin.style["text_align_all"])
        return LateFolio(
            state=b"\n".join(stream.stream),
            left=self.margin.content_box_x(),
            width=self.margin.width,
            align={"start": "left", "end": "right"}.get(align, align),
            baseline=self.text.position_y + self.text.baseline,
            font=font.hash,
            size=size,
            before=self.ends[0],
            after=self.ends[1],
            numerals=self.numerals,
        )


def use_digits(
    stream: Stream,
    style: Style,
    numerals: Numerals,
    parts: Sequence[str] = ("", ""),
    ends: Sequence[tuple[Glyph, ...]] = ((), ()),
) -> tuple[Any, float]:
    """The font of numbers between words, told by way of ``stream`` that any digit may be used, and its size."""
    text = "0123456789".join(parts)
    setting = _Setting(text, style)
    pango_font = next(iter(setting.fonts))
    font, size = stream.add_font(pango_font)
    for letter, (glyph, _) in zip(text, (*ends[0], *numerals.digits, *ends[1]), strict=True):
        font.to_unicode.setdefault(glyph, letter)
        if glyph not in font.widths:
            pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
            font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    return font, size


def _parts(content: Any, total: int) -> tuple[str, str] | None:
    """The words before and after the number; ``None`` when it is not one number between words."""
    parts = [""]
    for kind, value in content:
        if kind == "string":
            parts[-1] += value
        elif kind == "counter()" and value == _PAGE:
            parts.append("")
        elif kind == "counter()" and value == _TOTAL:
            parts[-1] += str(total)
        else:
            return None
    return (parts[0], parts[1]) if len(parts) == 2 else None


def _is_plain(margin: Box, style: Style, page: Any) -> bool:
    """Whether nothing but the text changes with the number, and the text is nothing but glyphs in one colour."""
    side = margin.at_keyword.split("-")[0]
    beside = [
        box
        for box in page._page_box.children
        if isinstance(box, MarginBox) and box is not margin and box.at_keyword.split("-")[0] == side
    ]
    return (
        (margin.style["width"] != "auto" or not beside)
        and margin.style["text_align_all"] in ("left", "right", "center", "start", "end")
        and style["direction"] == "ltr"
        and style["text_decoration_line"] == "none"
        and style["visibility"] == "visible"
        and margin.style["opacity"] == 1
        and not margin.style["transform"]
    )


def _numerals(style: Style) -> Numerals | None:
    alone = [_shaped(str(digit), style) for digit in range(10)]
    if any(len(glyphs) != 1 or glyphs[0][0] > _LAST_GLYPH for glyphs in alone):
        return None
    digits = tuple(glyphs[0] for glyphs in alone)
    kerns = {}
    for first, (glyph, advance) in enumerate(digits):
        for second, other in enumerate(digits):
            pair = _shaped(f"{first}{second}", style)
            if [glyph, other[0]] != [each for each, _ in pair] or abs(pair[1][1] - other[1]) > _EXACT:
                return None
            if abs(pair[0][1] - advance) > _EXACT:
                kerns[10 * first + second] = pair[0][1] - advance
    return Numerals(digits, kerns)


class _Setting:
    """A text as the engine sets it on one line. What it gives lives as long as itself: the memory is Pango's."""

    def __init__(self, text: str, style: Style) -> None:
        self._layout = create_layout(text, style, None, None, 0)
        self._line, _ = self._layout.get_first_line()

    @property
    def fonts(self) -> set[Any]:
        return {run.item.analysis.font for run in self._runs()}

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """With their advances."""
        return tuple(
            (glyph.glyph, glyph.geometry.width * FROM_UNITS)
            for run in self._runs()
            for glyph in run.glyphs.glyphs[0 : run.glyphs.num_glyphs]
        )

    def _runs(self) -> Iterator[Any]:
        run = self._line.runs[0]
        while run != ffi.NULL:
            yield run.data
            run = run.next


def _shaped(text: str, style: Style) -> tuple[Glyph, ...]:
    return _Setting(text, style).glyphs if text else ()


def folio_operators(folio: LateFolio, number: int, widths: Mapping[int, float]) -> bytes:
    """The operators that set the number, as the engine would have; ``widths`` are those that the file gives the font.

    They follow the page's own, which leave the axis turned round.
    """
    glyphs = (*folio.before, *folio.numerals.glyphs(str(number)), *folio.after)
    spare = folio.width - sum(advance for _, advance in glyphs)
    left = folio.left + {"left": 0, "right": spare, "center": spare / 2}[folio.align]
    return b"\n".join(
        (
            b"/Artifact BMC q",
            b"%.2f 0 0 %.2f 0 0 cm" % (POINTS_A_PIXEL, POINTS_A_PIXEL),
            folio.state,
            b"BT",
            b"1 0 0 -1 %f %f Tm" % (left, folio.baseline),
            b"/%b %f Tf" % (folio.font.encode(), folio.size),
            shown_text(glyphs, folio.size, widths),
            b"ET Q EMC",
        )
    )


def shown_text(glyphs: Sequence[Glyph], size: float, widths: Mapping[int, float]) -> bytes:
    """The operator that shows the glyphs, as the engine writes it; ``widths`` are the font's."""
    text = "<"
    for glyph, advance in glyphs:
        text += f"{glyph:04x}"
        if kerning := widths[glyph] - advance * 1000 / size:
            text += f">{int(kerning)}<"
    return b"[%b] TJ" % f"{text}>".removesuffix("<>").encode()
