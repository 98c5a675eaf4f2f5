"""Colour spaces and colours: what family they are of, how they look on a screen, what ink they lay on paper.

ISO 32000-1, 8.6. The conversions are the plain ones of 10.3: good enough to tell dark from light and much ink from
little, not to proof a picture.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

import pikepdf

Family: TypeAlias = Literal["gray", "RGB", "CMYK", "Lab", "spot", "registration", "pattern"]
Rgb: TypeAlias = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""

Inks: TypeAlias = tuple[float, ...]
"""Cyan, magenta, yellow, black from 0 to 1, then each spot ink."""

Components: TypeAlias = Sequence[float]

DEVICE = {"DeviceGray": "gray", "G": "gray", "DeviceRGB": "RGB", "RGB": "RGB", "DeviceCMYK": "CMYK", "CMYK": "CMYK"}
COUNTS = {"gray": 1, "RGB": 3, "CMYK": 4, "Lab": 3}
BY_COUNT: dict[int, Family] = {1: "gray", 3: "RGB", 4: "CMYK"}
PROCESS = {"Cyan": 0, "Magenta": 1, "Yellow": 2, "Black": 3}
MAX_DEPTH = 8
"""How deep colour spaces may stand inside each other: an indexed space of a separation of an ICC profile is three."""


class ColourSpace(NamedTuple):
    """A colour space, reduced to what checks ask."""

    family: Family
    size: int
    """How many components a colour has."""

    device: bool = False
    """Whether its colours depend on a device that it does not describe."""

    spots: tuple[str, ...] = ()
    """The inks of a separation, in order."""

    base: "ColourSpace | None" = None
    """Of an indexed space: what its table holds; of a separation: what stands in for it on a screen."""

    table: bytes = b""
    """Of an indexed space: its colours, a byte a component."""

    tint: Callable[[Components], Components] | None = None
    """Of a separation: from its tints to colours of ``base``; ``None`` when it is not known."""


class Colour(NamedTuple):
    """A colour as a content stream sets it."""

    space: ColourSpace
    components: tuple[float, ...]
    """Empty for a pattern."""


GRAY = ColourSpace("gray", 1, device=True)
RGB = ColourSpace("RGB", 3, device=True)
CMYK = ColourSpace("CMYK", 4, device=True)
PATTERN = ColourSpace("pattern", 0)
BY_FAMILY = {"gray": GRAY, "RGB": RGB, "CMYK": CMYK}
BLACK = Colour(GRAY, (0.0,))


def space_of(value: Any, resources: Any = None, depth: int = 0) -> ColourSpace:
    """The colour space that a name or an array describes; ``resources`` are the ``ColorSpace`` ones around it.

    What cannot be made out is taken for gray, which no check objects to.
    """
    if depth > MAX_DEPTH:
        return GRAY
    name = _name(value)
    if name is not None:
        if name in DEVICE:
            return BY_FAMILY[DEVICE[name]]
        if name == "Pattern":
            return PATTERN
        named = resources.get(f"/{name}") if resources is not None else None
        return space_of(named, None, depth + 1) if named is not None else GRAY
    try:
        kind, *rest = list(value)
        return _described(_name(kind) or "", rest, depth)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError):
        return GRAY


def initial(space: ColourSpace) -> Colour:
    """The colour that a space begins with (8.6.8)."""
    if space.family in ("spot", "registration"):
        return Colour(space, (1.0,) * space.size)
    return Colour(space, (0.0, 0.0, 0.0, 1.0) if space.family == "CMYK" and not space.table else (0.0,) * space.size)


def rgb_of(colour: Colour) -> Rgb | None:
    """How the colour looks; ``None`` when that cannot be told, as of a pattern."""
    space, parts = colour
    if len(parts) != space.size or space.family == "pattern":
        return None
    if space.table and space.base:
        return rgb_of(Colour(space.base, _looked_up(space, parts[0])))
    if space.base:
        if space.tint is None:
            return (1 - parts[0],) * 3 if space.family == "registration" else None
        return rgb_of(Colour(space.base, tuple(space.tint(parts))))
    parts = tuple(min(1.0, max(0.0, part)) for part in parts) if space.family != "Lab" else parts
    match space.family:
        case "gray":
            return (parts[0],) * 3
        case "RGB":
            return parts  # type: ignore[return-value]
        case "CMYK":
            cyan, magenta, yellow, black = parts
            return (1 - min(1, cyan + black), 1 - min(1, magenta + black), 1 - min(1, yellow + black))
        case "Lab":
            return _from_lab(*parts)
    return None


def inks_of(colour: Colour) -> Inks | None:
    """The ink that the colour lays; ``None`` when that depends on a conversion, as for RGB."""
    space, parts = colour
    if len(parts) != space.size:
        return None
    if space.table and space.base:
        return inks_of(Colour(space.base, _looked_up(space, parts[0])))
    if space.family == "CMYK":
        return tuple(parts)
    if space.family == "gray":
        return (0.0, 0.0, 0.0, 1 - parts[0])
    if space.family == "registration":
        return (parts[0],) * 4
    if space.family == "spot":
        inks = [0.0] * 4
        for ink, part in zip(space.spots, parts, strict=True):
            if ink in PROCESS:
                inks[PROCESS[ink]] += part
            elif ink != "None":
                inks.append(part)
        return tuple(inks)
    return None


def luminance(rgb: Rgb) -> float:
    """Relative luminance as WCAG 2 defines it, from 0 to 1."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio as WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def blended(over: Rgb, under: Rgb, alpha: float) -> Rgb:
    """A colour that lets some of what is under it through."""
    return tuple(alpha * a + (1 - alpha) * b for a, b in zip(over, under, strict=True))  # type: ignore[return-value]


def _name(value: Any) -> str | None:
    """A name, from a content stream or from a file's object; ``None`` for anything else."""
    if isinstance(value, str):
        return value
    return str(value)[1:] if isinstance(value, pikepdf.Name) else None


def _described(kind: str, rest: list[Any], depth: int) -> ColourSpace:
    match kind:
        case "ICCBased":
            count = int(rest[0].get("/N", 0))
            alternate = rest[0].get("/Alternate")
            if alternate is not None and space_of(alternate, None, depth + 1).family == "Lab":
                return ColourSpace("Lab", 3)
            return ColourSpace(BY_COUNT.get(count, "gray"), count if count in BY_COUNT else 1)
        case "CalGray":
            return ColourSpace("gray", 1)
        case "CalRGB":
            return ColourSpace("RGB", 3)
        case "Lab":
            return ColourSpace("Lab", 3)
        case "Indexed" | "I":
            base = space_of(rest[0], None, depth + 1)
            return ColourSpace(base.family, 1, base.device, base.spots, base, _bytes(rest[2]) or b"\0")
        case "Separation" | "DeviceN":
            names = [_name(rest[0]) or ""] if kind == "Separation" else [_name(ink) or "" for ink in list(rest[0])]
            family: Family = "registration" if names == ["All"] else "spot"
            alternate = space_of(rest[1], None, depth + 1)
            return ColourSpace(family, len(names), alternate.device, tuple(names), alternate, tint=tint_of(rest[2]))
        case "Pattern":
            return PATTERN
        case _:
            return BY_FAMILY.get(DEVICE.get(kind, ""), GRAY)


def tint_of(function: Any) -> Callable[[Components], Components] | None:
    """A tint transform; ``None`` for those that are programs or sampled in several dimensions."""
    kind = int(function.get("/FunctionType", -1))
    if kind == 2:
        low = [float(part) for part in function.get("/C0", [0.0])]
        high = [float(part) for part in function.get("/C1", [1.0])]
        exponent = float(function.get("/N", 1))
        return lambda tints: [a + max(0.0, tints[0]) ** exponent * (b - a) for a, b in zip(low, high, strict=False)]
    if kind == 0 and [float(size) for size in function.Size] and len(function.Size) == 1:
        return _sampled(function)
    return None


def _sampled(function: Any) -> Callable[[Components], Components] | None:
    size, bits = int(function.Size[0]), int(function.BitsPerSample)
    count = len(function.Range) // 2
    if bits != 8 or size < 2:
        return None
    data = function.read_bytes()
    limits = [float(limit) for limit in function.get("/Decode", function.Range)]

    def tinted(tints: Components) -> Components:
        row = round(min(1.0, max(0.0, tints[0])) * (size - 1)) * count
        samples = data[row : row + count]
        return [
            low + sample / 255 * (high - low)
            for sample, low, high in zip(samples, limits[::2], limits[1::2], strict=False)
        ]

    return tinted


def _looked_up(space: ColourSpace, index: float) -> tuple[float, ...]:
    base = space.base or GRAY
    start = max(0, int(index)) * base.size
    values = [byte / 255 for byte in space.table[start : start + base.size]]
    if base.family == "Lab" and len(values) == 3:
        return (100 * values[0], 255 * values[1] - 128, 255 * values[2] - 128)
    return tuple(values)


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    return bytes(value.read_bytes() if hasattr(value, "read_bytes") else value)


def _from_lab(light: float, a: float, b: float) -> Rgb:
    """CIE L*a*b* (D50 or D65 alike) as sRGB, near enough to measure contrast."""
    y = (light + 16) / 116
    x, z = y + a / 500, y - b / 200
    x, y, z = (part**3 if part > 6 / 29 else 3 * (6 / 29) ** 2 * (part - 4 / 29) for part in (x, y, z))
    x, z = x * 0.9505, z * 1.089
    linear = (
        3.2406 * x - 1.5372 * y - 0.4986 * z,
        -0.9689 * x + 1.8758 * y + 0.0415 * z,
        0.0557 * x - 0.2040 * y + 1.0570 * z,
    )
    return tuple(  # type: ignore[return-value]
        min(1.0, max(0.0, 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)) for part in linear
    )
