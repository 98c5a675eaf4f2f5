"""Matrices and boxes of a page, in points."""

import math
from typing import NamedTuple, TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""a b c d e f, as ``cm`` takes them (ISO 32000-1, 8.3.3)."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """An upright rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """In points; negative when there is nothing inside."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In points; negative when there is nothing inside."""
        return self.top - self.bottom

    @property
    def empty(self) -> bool:
        """Whether it has no area."""
        return self.right <= self.left or self.top <= self.bottom

    def meet(self, other: "Box") -> "Box":
        """What both cover; empty when they lie apart."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def meets(self, other: "Box") -> bool:
        """Whether they have any point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )

    def holds(self, other: "Box", slack: float = 0.0) -> bool:
        """Whether the other lies inside, or not more than ``slack`` outside."""
        return (
            self.left - slack <= other.left
            and self.bottom - slack <= other.bottom
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )

    def in_larger(self, other: "Box") -> bool:
        """Whether it lies inside one of more area, but for rounding."""
        return other.holds(self, 0.01) and other.width * other.height > self.width * self.height

    def grown(self, by: float) -> "Box":
        """The box with so much more on each side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


EVERYWHERE = Box(-math.inf, -math.inf, math.inf, math.inf)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one and then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def placed_box(matrix: Matrix, box: Box) -> Box:
    """The upright box around a box that the matrix may have turned."""
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    if b == c == 0:
        x, y = (a * left + e, a * right + e), (d * bottom + f, d * top + f)
        return Box(min(x), min(y), max(x), max(y))
    corners = [placed(matrix, *corner) for corner in ((left, bottom), (right, bottom), (left, top), (right, top))]
    xs, ys = zip(*corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def scale_of(matrix: Matrix) -> float:
    """How many times longer a line becomes, on average over its directions."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


def sides_of(matrix: Matrix) -> tuple[float, float]:
    """How long the unit square's two sides become."""
    a, b, c, d, _, _ = matrix
    return math.hypot(a, b), math.hypot(c, d)
