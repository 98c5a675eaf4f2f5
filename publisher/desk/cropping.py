"""Pictures cut to a shape around what matters most in them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from publisher.model import Crop

Point: TypeAlias = tuple[float, float]
"""A place in a picture: from its left and from its top, as parts of its width and height."""

SHAPES: Mapping[str, float] = MappingProxyType(
    {"16:9": 16 / 9, "3:2": 3 / 2, "4:3": 4 / 3, "1:1": 1.0, "3:4": 3 / 4, "2:3": 2 / 3}
)
"""What pictures are cut to: the width of each by its height."""

_MIDDLE = (0.5, 0.5)
_DECIMALS = 4
_CLOSE = 0.01
"""How far the sides of what was cut and rounded may be from their shape."""


def crop_to(shape: str, focus: Point | None, width_px: int, height_px: int) -> Crop:
    """The largest part of a picture that has the shape, its middle as near to the focus as may be.

    LookupError for a shape that there is none of.
    """
    wanted, own = SHAPES[shape], width_px / height_px
    width, height = min(1.0, wanted / own), min(1.0, own / wanted)
    x, y = focus or _MIDDLE
    left = min(max(x - width / 2, 0.0), 1 - width)
    top = min(max(y - height / 2, 0.0), 1 - height)
    sides = (left, top, left + width, top + height)
    return (
        round(sides[0], _DECIMALS),
        round(sides[1], _DECIMALS),
        min(1.0, round(sides[2], _DECIMALS)),
        min(1.0, round(sides[3], _DECIMALS)),
    )


def shape_of(crop: Crop, width_px: int, height_px: int) -> str | None:
    """The shape that a part of a picture has; ``None`` for none of ours."""
    own = (crop[2] - crop[0]) * width_px / ((crop[3] - crop[1]) * height_px)
    return next((name for name, shape in SHAPES.items() if abs(own / shape - 1) < _CLOSE), None)


def middle_of(crop: Crop) -> Point:
    """The place in the middle of a part."""
    return (crop[0] + crop[2]) / 2, (crop[1] + crop[3]) / 2
