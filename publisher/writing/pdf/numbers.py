"""Page numbers in the text, set late: a document need not be laid out again when what it points to has moved.

It is laid out with as many noughts as the number has digits. Where all digits of the font are as wide, that is the room
of any such number, and the operator that shows the noughts is left open. Whether it can be, is seen when it is drawn:
what the engine has just written must be what the noughts come to.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias

import pydyf
import weasyprint.draw.text as engine
from weasyprint.formatting_structure.boxes import MarginBox, TextBox
from weasyprint.pdf.stream import Stream

from publisher.writing.pdf.folios import Folios, shown_text, use_digits
from publisher.writing.pdf.fragment import ShownNumber
from publisher.writing.pdf.renumbering import NUMBER

__all__ = ["LateText", "LateWords", "Numbers", "utf_16"]

Box: TypeAlias = Any
Element: TypeAlias = Any

_MARK = "\x00"
"""Stands on both sides of a number among words: a character that XML cannot have."""

_HEADING = re.compile(r"(?:\{.*\})?h[1-6]")


class LateText(pydyf.Object):  # type: ignore[misc]  # the engine has no types
    """Stands in a stream for the operator that shows a number."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place
        """In ``Numbers.shown``."""


class LateWords(pydyf.Object):  # type: ignore[misc]  # the engine has no types
    """Words with numbers among them: strings, and which number it is."""

    def __init__(self, parts: Sequence[str | int]) -> None:
        super().__init__()
        self.parts = parts


class Numbers:
    """The numbers in a document's text, while it is painted."""

    def __init__(self, laid_out: Any, numbers: Sequence[str], folios: Folios) -> None:
        self._numbers = numbers
        self._folios = folios
        noughts = all(set(number) == {"0"} for number in numbers)
        self.are_certain = noughts and not (numbers and _is_told_elsewhere(laid_out))
        """Whether all of them can be set late."""

        self.shown: list[ShownNumber] = []

    @contextlib.contextmanager
    def left_open(self) -> Iterator[None]:
        """While it is open, the numbers that the engine draws become ``LateText``."""
        original = engine.draw_first_line

        def draw_first_line(stream: Stream, box: Box, *arguments: Any) -> Any:
            drawn = original(stream, box, *arguments)
            number = _number_of(box.element)
            if number is not None and self.are_certain and "::" not in box.element_tag:
                self._open(stream, box, number)
            return drawn

        engine.draw_first_line = draw_first_line
        try:
            yield
        finally:
            engine.draw_first_line = original

    def _open(self, stream: Stream, box: Box, number: int) -> None:
        noughts = self._numbers[number]
        numerals = self._folios.numerals(box.style)
        if numerals is None or not numerals.are_even or stream.extra or box.text != noughts:
            self.are_certain = False
            return
        font, size = use_digits(stream, box.style, numerals)
        if stream.stream[-1] != shown_text(numerals.glyphs(noughts), size, font.widths):
            self.are_certain = False
            return
        stream.stream[-1] = LateText(len(self.shown))
        self.shown.append(ShownNumber(number, font.hash, size, numerals))

    def words_of(self, element: Element) -> pydyf.Object:
        """The words of an element on one line, for whoever is read to, the numbers among them left open."""
        marked = "".join(_marked(element)) if self.are_certain else "".join(element.itertext())
        parts = " ".join(marked.split()).split(_MARK)
        if len(parts) == 1:
            return pydyf.String(parts[0])
        return LateWords([int(part) if place % 2 else part for place, part in enumerate(parts)])


def utf_16(text: str) -> bytes:
    """The text as a string of UTF-16 has it in hexadecimal digits, without the mark at its beginning."""
    return text.encode("utf-16-be").hex().encode()


def _number_of(element: Element) -> int | None:
    number = None if element is None else element.get(NUMBER)
    return None if number is None else int(number)


def _marked(element: Element) -> Iterator[str]:
    number = _number_of(element)
    if number is not None:
        yield f"{_MARK}{number}{_MARK}"
        return
    yield element.text or ""
    for child in element:
        yield from _marked(child)
        yield child.tail or ""


def _is_told_elsewhere(laid_out: Any) -> bool:
    """Whether a number is: in a bookmark or a running head, which have the words of a heading."""
    root = laid_out._html.etree_element
    headings = (each for each in root.iter() if isinstance(each.tag, str) and _HEADING.fullmatch(each.tag))
    numbered = [each for each in headings if any(_number_of(inner) is not None for inner in each.iter())]
    if not numbered:
        return False
    told = _squeezed(chain.from_iterable(map(_words_beside, laid_out.pages)))
    return any(_squeezed(heading.itertext()) in told for heading in numbered)


def _words_beside(page: Any) -> Iterator[str]:
    """The bookmarks of a page and what stands in its margins."""
    yield from (label for _level, label, *_ in page.bookmarks)
    for margin in page._page_box.children:
        if isinstance(margin, MarginBox):
            yield from (box.text for box in margin.descendants() if isinstance(box, TextBox))


def _squeezed(texts: Iterable[str]) -> str:
    """Without spaces, which are not everywhere alike."""
    return "".join("".join(texts).split())
