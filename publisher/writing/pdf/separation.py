"""Separation: every colour of a finished PDF in the inks of a press.

The engine writes sRGB whatever it is told. What it wrote is still at hand as objects when it has finished, each
operator one item of a content stream (pydyf), so it is rewritten there and nothing is parsed:

1. the operators of content streams: colours become inks, and solid black text prints over what lies under it instead of
   leaving a hole that shows paper when the plates do not lie true;
2. shadings: the colours of their functions;
3. transparency groups blend in the inks; the groups of masks in light, as they are not printed.

An operator that could hold a colour and is not known here is an error: nothing may pass as it was.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

from publisher.errors import RenderingError
from publisher.writing.pdf.colour import Ink, Inks, srgb_of_lab

__all__ = ["separate"]

SOLID_BLACK: Ink = (0, 0, 0, 1)

STATES = {
    b"overprint": {"OP": "false", "op": "true", "OPM": 1},
    b"knockout": {"OP": "false", "op": "false"},
}
"""Graphics states (ISO 32000-1, 8.6.7). With ``OPM`` 1 an ink of which a colour has none is left as it lies."""

_LAB = frozenset({b"/lab-d50", b"/lab-d65"})
"""The engine writes CIE Lab under both names, and under both with the numbers that it has under D50."""

_REFUSED = frozenset({b"g", b"G", b"k", b"K", b"sc", b"SC", b"EI", b"ri"})
"""Operators of colour that the engine never writes."""


def separate(pdf: pydyf.PDF, inks: Inks) -> None:
    """Rewrite the colours of all content streams, shadings and groups; RenderingError when one is not known."""
    streams = [item for item in pdf.objects if isinstance(item, Stream)]
    masks = _masks(pdf, streams)
    for stream in streams:
        is_mask = stream.number in masks
        stream.stream = list(_Rewriting(stream, inks, is_mask=is_mask).operators())
        if "Group" in stream.extra:
            stream.extra["Group"]["CS"] = "/DeviceGray" if is_mask else "/DeviceCMYK"
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and "ShadingType" in item:
            _separate_shading(item, inks)


class _Rewriting:
    """One content stream on its way into inks."""

    def __init__(self, stream: Stream, inks: Inks, *, is_mask: bool) -> None:
        self.stream = stream
        self.inks = inks
        self.is_mask = is_mask
        self.spaces: dict[bool, bytes] = {}
        """The space last chosen for painting and for stroking, its operator held back until the colour comes."""

        self.fills: list[Ink | None] = [None]
        """The ink for painting, for each graphics state that is open; ``None`` for a pattern, or where none was set."""

    def operators(self) -> Iterator[object]:
        """The content anew."""
        for item in self.stream.stream:
            if isinstance(item, str | bytes):
                yield from self._operator(item.encode() if isinstance(item, str) else item)
            else:
                yield item  # A property list.

    def _operator(self, item: bytes) -> Iterator[bytes]:
        *operands, operator = item.split() if len(item) < 100 else (item, item[-3:].strip())
        match operator:
            case b"rg" | b"RG":
                yield self._colour(tuple(map(float, operands)), stroke=operator == b"RG")
            case b"cs" | b"CS":
                self.spaces[operator == b"CS"] = operands[0]
            case b"scn" | b"SCN":
                yield from self._in_space(item, operands, stroke=operator == b"SCN")
            case b"q" | b"Q":
                self._nest(operator)
                yield item
            case b"BT" | b"ET" if self.fills[-1] == SOLID_BLACK and not self.is_mask:
                yield from (item, self._state(b"overprint" if operator == b"BT" else b"knockout"))
            case _ if operator in _REFUSED:
                raise _refused(operator)
            case _:
                yield item

    def _nest(self, operator: bytes) -> None:
        if operator == b"q":
            self.fills.append(self.fills[-1])
        else:
            self.fills.pop()

    def _in_space(self, item: bytes, operands: list[bytes], *, stroke: bool) -> Iterator[bytes]:
        """The colour in the space that was chosen just before."""
        space = self.spaces.get(stroke)
        if space == b"/Pattern":
            if not stroke:
                self.fills[-1] = None
            yield from (b"/Pattern CS" if stroke else b"/Pattern cs", item)
        elif space in _LAB:
            lightness, a, b = map(float, operands)
            yield self._colour(srgb_of_lab(lightness, a, b), stroke=stroke)
        elif space == b"/DeviceCMYK":
            cyan, magenta, yellow, black = map(float, operands)
            yield self._ink((cyan, magenta, yellow, black), stroke=stroke)
        else:
            raise _refused(space or b"scn")

    def _colour(self, rgb: tuple[float, ...], *, stroke: bool) -> bytes:
        red, green, blue = rgb
        if self.is_mask:
            # What a mask lets through is its light; in a grey group that is the grey (ISO 32000-1, 10.3.2).
            return b"%s %s" % (_number(0.3 * red + 0.59 * green + 0.11 * blue), b"G" if stroke else b"g")
        return self._ink(self.inks.ink_for(red, green, blue), stroke=stroke)

    def _ink(self, ink: Ink, *, stroke: bool) -> bytes:
        if not stroke:
            self.fills[-1] = ink
        return b"%s %s" % (b" ".join(map(_number, ink)), b"K" if stroke else b"k")

    def _state(self, name: bytes) -> bytes:
        self.stream._resources["ExtGState"].setdefault(name.decode(), pydyf.Dictionary(STATES[name]))
        return b"/%s gs" % name


def _separate_shading(shading: pydyf.Dictionary, inks: Inks) -> None:
    match shading["ColorSpace"]:
        case "/DeviceRGB":
            shading["ColorSpace"] = "/DeviceCMYK"
            _separate_function(shading["Function"], inks)
        case "/DeviceGray":
            pass  # The engine uses it in masks alone.
        case other:
            raise _refused(str(other).encode())


def _separate_function(function: pydyf.Dictionary, inks: Inks) -> None:
    for part in function.get("Functions", ()):
        _separate_function(part, inks)
    for end in ("C0", "C1"):
        if end in function:
            red, green, blue = map(float, function[end])
            function[end] = pydyf.Array(inks.ink_for(red, green, blue))


def _masks(pdf: pydyf.PDF, streams: list[Stream]) -> set[int]:
    """The numbers of the groups that soft masks are made of, and of the groups inside those."""
    found: set[int] = set()
    waiting = [
        state["SMask"]["G"]
        for stream in streams
        for state in stream._resources["ExtGState"].values()
        if isinstance(state.get("SMask"), dict)
    ]
    while waiting:
        group = _object(pdf, waiting.pop())
        if group.number not in found and isinstance(group, Stream):
            found.add(group.number)
            waiting += group._resources["XObject"].values()
    return found


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _number(value: float) -> bytes:
    return (b"%.4f" % value).rstrip(b"0").rstrip(b".")


def _refused(what: bytes) -> RenderingError:
    return RenderingError(
        f"the PDF could not be made: a page holds a colour by {what.decode('ascii', 'replace')!r},"
        " which cannot be turned into inks. Use plain CSS colours in the theme"
    )
