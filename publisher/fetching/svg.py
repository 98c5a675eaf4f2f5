"""The markup of an SVG picture, reduced to what draws it: shapes, paints, words, and pictures that it holds itself.

An SVG file can hold scripts and name files and addresses. What is let through here is a list of elements, and of their
attributes whatever points nowhere; all else is left out. Entities, which can grow without end, are refused.
"""

import re
from html import escape
from typing import NamedTuple
from xml.parsers import expat

from publisher.errors import InputError

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

LIMIT_ELEMENTS = 200_000
"""A detailed map has some ten thousand."""

LIMIT_DEPTH = 200
"""How deep elements may stand in each other: below where the drawing library's own stack ends."""

DEFAULT_SIZE = (300.0, 150.0)
"""The width and height in pixels of a drawing that says nothing about them, as in browsers (CSS 2.1, 10.3.2)."""

_SHAPES = (
    "svg g defs symbol use switch a title desc style path rect circle ellipse line polyline polygon marker image "
    "text tspan textPath linearGradient radialGradient stop pattern clipPath mask filter"
)
_FILTERS = (
    "Blend ColorMatrix ComponentTransfer Composite ConvolveMatrix DiffuseLighting DisplacementMap DistantLight "
    "DropShadow Flood FuncA FuncB FuncG FuncR GaussianBlur Image Merge MergeNode Morphology Offset PointLight "
    "SpecularLighting SpotLight Tile Turbulence"
)
_ELEMENTS = frozenset((*_SHAPES.split(), *(f"fe{name}" for name in _FILTERS.split())))
"""What draws (SVG 1.1, and Filter Effects 1). Not animations: the picture stands still."""

_PREFIXES = {XLINK: "xlink:", XML: "xml:"}
_RASTER = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_OUTWARD_URL = re.compile(r"""url\(\s*(?!['"]?\s*#)[^)]*\)?""", re.IGNORECASE)
_IMPORT = re.compile(r"@import\b[^;]*;?", re.IGNORECASE)
_LENGTH = re.compile(
    r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|rem|ex|q)?\s*", re.IGNORECASE
)
_PIXELS = {
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "q": 96 / 101.6,
}
_LARGEST = 1e9
"""Pixels: above, a size is a mistake or a trap."""


class SafeSvg(NamedTuple):
    """A drawing's markup, of which nothing leads outside."""

    markup: str
    """From the opening tag's end on; ``svg_of`` adds that with the size wanted."""

    attributes: dict[str, str]
    """Those of the ``svg`` element, its size apart."""

    width: float
    """CSS pixels, as the drawing means to be shown."""

    height: float

    def at(self, width: int, height: int) -> str:
        """The whole document, to be drawn at so many pixels."""
        attributes = self.attributes | {"width": str(width), "height": str(height)}
        return f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}"{_written(attributes)}>{self.markup}'


def read_drawing(data: bytes) -> SafeSvg:
    """The drawing in the data. Raises ``InputError`` with the bare reason: no SVG, broken, entities, too much of it."""
    return _Reader().read(data)


class _Reader:
    """Follows the markup once, event by event: no tree, whose depth or number of nodes a file could choose."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._root: dict[str, str] | None = None
        self._depth = 0
        self._elements = 0
        self._dropped_below: int | None = None
        """The depth of the element that is being left out with all in it."""

        self._style: list[str] | None = None
        """The text of the style sheet that is being read."""

    def read(self, data: bytes) -> SafeSvg:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            raise InputError("it is SVG whose markup is broken") from error
        if self._root is None:
            raise InputError("it is SVG whose markup is broken")
        width, height, view_box = _size(self._root)
        kept = {name: value for name, value in self._root.items() if name not in ("width", "height", "viewBox")}
        return SafeSvg("".join(self._out), kept | {"viewBox": view_box}, width, height)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise InputError("it is SVG that declares entities")

    def _entity(self, *_: object) -> None:
        raise InputError("it is SVG that declares entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > LIMIT_DEPTH or self._elements > LIMIT_ELEMENTS:
            raise InputError(f"it is SVG of more than {LIMIT_ELEMENTS:,} elements, or {LIMIT_DEPTH} inside each other")
        namespace, _, local = name.rpartition(" ")
        if self._root is None:
            if (namespace, local) != (SVG, "svg"):
                raise InputError("it is XML, but no SVG picture")
            self._root = _kept(attributes)
            return
        if self._dropped_below is not None:
            return
        if namespace != SVG or local not in _ELEMENTS:
            self._dropped_below = self._depth
            return
        self._out.append(f"<{local}{_written(_kept(attributes))}>")
        if local == "style":
            self._style = []

    def _end(self, name: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._dropped_below is not None:
            if self._dropped_below == depth:
                self._dropped_below = None
            return
        if self._style is not None:
            self._out.append(escape(_inward_css("".join(self._style)), quote=False))
            self._style = None
        self._out.append(f"</{name.rpartition(' ')[2]}>")

    def _text(self, text: str) -> None:
        if self._dropped_below is None:
            if self._style is None:
                self._out.append(escape(text, quote=False))
            else:
                self._style.append(text)


def _kept(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes that draw, by the names they are written with."""
    kept = {}
    for name, value in attributes.items():
        namespace, _, local = name.rpartition(" ")
        if (namespace and namespace not in _PREFIXES) or local.lower().startswith("on") or local == "base":
            continue
        if local == "href":
            if value.strip().startswith("#") or _RASTER.fullmatch(value.strip()):
                kept["xlink:href"] = value.strip()
            continue
        kept[f"{_PREFIXES.get(namespace, '')}{local}"] = _inward_css(value) if "(" in value or "\\" in value else value
    return kept


def _inward_css(text: str) -> str:
    """Declarations or a style sheet without any address but ``#name``; nor escapes, which could hide one."""
    return _OUTWARD_URL.sub("none", _IMPORT.sub("", text.replace("\\", "")))


def _written(attributes: dict[str, str]) -> str:
    return "".join(
        ' {}="{}"'.format(name, escape(value, quote=False).replace('"', "&quot;")) for name, value in attributes.items()
    )


def _size(root: dict[str, str]) -> tuple[float, float, str]:
    """Width and height in CSS pixels, and the box of the drawing's own units that fills them."""
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    box = _view_box(root.get("viewBox"))
    if box is None:
        width, height = width or DEFAULT_SIZE[0], height or DEFAULT_SIZE[1]
        return width, height, f"0 0 {width:g} {height:g}"
    across, down = box[2], box[3]
    if width is None and height is None:
        width, height = across, down
    elif width is None:
        width = (height or 0) * across / down
    elif height is None:
        height = width * down / across
    assert width is not None and height is not None  # noqa: S101 - for the types
    _refuse_absurd(width, height)
    return width, height, " ".join(f"{value:g}" for value in box)


def _pixels(length: str | None) -> float | None:
    """CSS pixels; ``None`` for a share of what is around, and for what is no length."""
    match = _LENGTH.fullmatch(length or "")
    if match is None:
        return None
    pixels = float(match[1]) * _PIXELS[(match[2] or "px").lower()]
    _refuse_absurd(pixels)
    return pixels


def _view_box(value: str | None) -> tuple[float, float, float, float] | None:
    try:
        x, y, width, height = (float(part) for part in re.split(r"[\s,]+", (value or "").strip()))
    except ValueError:
        return None
    _refuse_absurd(width, height)
    if not (abs(x) < _LARGEST and abs(y) < _LARGEST):
        raise InputError("it is SVG of an impossible size")
    return x, y, width, height


def _refuse_absurd(*sizes: float) -> None:
    if not all(0 < size < _LARGEST for size in sizes):  # not a number is refused, too
        raise InputError("it is SVG of an impossible size")
