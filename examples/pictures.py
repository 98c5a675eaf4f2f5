"""Draws the two pictures of the mangrove page: ``python examples/pictures.py``.

They are our own, made of a few shapes, so that anybody may pass them on. Drawn at twice the size and scaled down, which
is all the smoothing that Pillow's shapes get. The same Pillow gives the same bytes; the files are committed.
"""

import math
import random
from pathlib import Path

import font_source_sans_pro
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 1600, 1000
SCALE = 2
QUALITY = 86
FOLDER = Path(__file__).parent / "pictures"

Colour = tuple[int, int, int]
Point = tuple[float, float]


def main() -> None:
    """Write both pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, picture in (("trong-rung", planting()), ("dai-rung-chan-song", cross_section())):
        picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(
            FOLDER / f"{name}.jpg", quality=QUALITY, optimize=True, progressive=True
        )


def planting() -> Image.Image:
    """People planting seedlings on a mudflat at dawn, the grown mangroves behind them."""
    chance = random.Random(12)  # noqa: S311  (a fixed seed: the same picture each time)
    picture = _gradient((252, 214, 160), (250, 240, 214), (203, 222, 222))
    draw = ImageDraw.Draw(picture)
    _disc(draw, (1130, 330), 92, (255, 247, 224))
    for base, height, colour in ((470, 34, (163, 190, 184)), (505, 62, (118, 158, 146)), (540, 92, (70, 121, 106))):
        _canopy(draw, base, height, colour, chance)
    draw.rectangle(_box(0, 540, WIDTH, HEIGHT), fill=(178, 176, 158))
    for row in range(26):
        y = 552 + row * row * 0.68
        shade = 196 - row * 2
        for _ in range(5):
            x = chance.uniform(-80, WIDTH)
            length = chance.uniform(60, 260) * (0.5 + row / 20)
            draw.ellipse(_box(x, y, x + length, y + 3 + row * 0.45), fill=(shade + 30, shade + 26, shade + 2))
    for row in range(7):
        y = 600 + row * row * 9
        size = 10 + row * 6
        for column in range(20):
            x = 800 + (column - 10) * (62 + row * 24) + chance.uniform(-9, 9)
            _seedling(draw, (x, y + chance.uniform(-4, 4)), size)
    for x, y, size, colour, bent in (
        (330, 905, 300, (122, 31, 31), True),
        (690, 800, 200, (33, 78, 108), False),
        (985, 740, 150, (196, 124, 40), True),
        (1270, 850, 240, (44, 96, 74), True),
    ):
        _planter(draw, (x, y), size, colour, bent=bent)
    return picture


def cross_section() -> Image.Image:
    """How a belt of mangroves stands between the sea and the dyke: waves grow small on their way through it."""
    chance = random.Random(7)  # noqa: S311  (a fixed seed: the same picture each time)
    picture = _gradient((236, 243, 245), (250, 250, 244), (250, 248, 240))
    draw = ImageDraw.Draw(picture)
    surface = [(x, 600 - _wave(x)) for x in range(0, 1229, 4)]
    ground = [(0, 800), (330, 760), (560, 690), (1180, 640), (1260, 470), (1330, 470), (1410, 650), (WIDTH, 650)]
    _polygon(draw, [*surface, (1228, HEIGHT), (0, HEIGHT)], (120, 170, 190))
    _polygon(draw, [*ground, (WIDTH, HEIGHT), (0, HEIGHT)], (158, 134, 104))
    _polygon(draw, [(1180, 640), (1260, 470), (1330, 470), (1410, 650)], (128, 122, 112))
    for at in range(17):
        x = 600 + at * 33
        grown = min(1.0, 0.3 + at * 0.06)
        foot = 690 - (x - 560) * 50 / 620
        _mangrove(draw, (x + chance.uniform(-6, 6), foot), 200 * grown, chance)
    draw.rectangle(_box(1462, 560, 1552, 650), fill=(214, 196, 160))
    _polygon(draw, [(1444, 562), (1507, 502), (1570, 562)], (122, 31, 31))
    draw.rectangle(_box(1496, 604, 1520, 650), fill=(120, 92, 64))
    _label(draw, (250, 880), "Bãi bồi")
    _label(draw, (860, 880), "Rừng trồng theo ba lớp")
    _label(draw, (1295, 880), "Đê biển")
    _label(draw, (1507, 880), "Làng")
    _label(draw, (210, 440), "sóng cao 1,2 m", small=True)
    _label(draw, (1040, 352), "còn 0,3 m", small=True)
    for x, top in ((210, 470), (1040, 382)):
        draw.line([_at(x, top), _at(x, top + 46)], fill=(60, 60, 60), width=3 * SCALE)
    return picture


def _wave(x: float) -> float:
    """The height of the water over its level: a sea that the trees, from x=560 on, take the strength from."""
    strength = 46 if x < 560 else 46 * math.exp(-(x - 560) / 230)
    return strength * math.sin(x / 34) + strength * 0.25 * math.sin(x / 13)


def _canopy(draw: ImageDraw.ImageDraw, base: float, height: float, colour: Colour, chance: random.Random) -> None:
    """A row of tree-tops, seen from far."""
    x = -40.0
    while x < WIDTH + 40:
        radius = height * chance.uniform(0.45, 0.8)
        draw.ellipse(_box(x - radius, base - height * 0.5 - radius, x + radius, base + radius), fill=colour)
        x += radius * chance.uniform(0.7, 1.2)
    draw.rectangle(_box(0, base - height * 0.35, WIDTH, base + 30), fill=colour)


def _seedling(draw: ImageDraw.ImageDraw, foot: Point, size: float) -> None:
    """A young mangrove: a stalk with two pairs of leaves, its shadow on the wet mud."""
    x, y = foot
    draw.ellipse(_box(x - size * 0.5, y - size * 0.08, x + size * 0.7, y + size * 0.12), fill=(140, 136, 118))
    draw.line([_at(x, y), _at(x, y - size)], fill=(62, 92, 58), width=max(2, round(size / 9)) * SCALE)
    for side in (-1, 1):
        for up, length in ((0.95, 0.5), (0.6, 0.4)):
            tip = (x + side * size * length, y - size * (up + 0.22))
            middle = (x + side * size * length * 0.55, y - size * (up + 0.02))
            _polygon(
                draw, [(x, y - size * up), middle, tip, (x + side * size * 0.14, y - size * (up + 0.2))], (74, 128, 82)
            )


def _planter(draw: ImageDraw.ImageDraw, foot: Point, size: float, colour: Colour, *, bent: bool) -> None:
    """A person in a conical hat, standing with a seedling or bent over one."""
    x, y = foot
    dark = (52, 50, 54)
    hip = (x, y - size * 0.45)
    shoulder = (x + size * 0.34, y - size * 0.68) if bent else (x + size * 0.02, y - size * 0.86)
    hand = (x + size * 0.5, y - size * 0.22) if bent else (x + size * 0.26, y - size * 0.5)
    draw.ellipse(_box(x - size * 0.3, y - size * 0.04, x + size * 0.6, y + size * 0.06), fill=(138, 134, 118))
    for side in (-0.1, 0.1):
        _limb(draw, hip, (x + size * side, y), size * 0.085, dark)
    _limb(draw, hip, shoulder, size * 0.15, colour)
    _limb(draw, shoulder, hand, size * 0.06, colour)
    _seedling(draw, (hand[0], hand[1] + size * 0.2), size * 0.24)
    head = (shoulder[0] + size * (0.09 if bent else 0.0), shoulder[1] - size * (0.04 if bent else 0.12))
    _disc(draw, head, size * 0.085, (196, 148, 116))
    lean = size * (0.06 if bent else 0.0)
    _polygon(
        draw,
        [
            (head[0] - size * 0.2, head[1] + size * 0.0 - lean),
            (head[0] + lean * 1.5, head[1] - size * 0.2),
            (head[0] + size * 0.2, head[1] + lean),
        ],
        (232, 208, 150),
    )


def _mangrove(draw: ImageDraw.ImageDraw, foot: Point, size: float, chance: random.Random) -> None:
    """A tree on its arching roots."""
    x, y = foot
    bark = (96, 72, 54)
    for side in (-1.0, -0.5, 0.5, 1.0):
        reach = size * 0.22 * side
        draw.line(
            [_at(x, y - size * 0.34), _at(x + reach * 0.8, y - size * 0.2), _at(x + reach, y + 12)],
            fill=bark,
            width=4 * SCALE,
            joint="curve",
        )
    _limb(draw, (x, y - size * 0.3), (x, y - size * 0.75), max(6, size * 0.05), bark)
    for _ in range(7):
        green = chance.choice(((58, 112, 84), (74, 130, 92), (46, 96, 76)))
        centre = (x + chance.uniform(-0.2, 0.2) * size, y - size * chance.uniform(0.72, 1.02))
        _disc(draw, centre, size * chance.uniform(0.12, 0.18), green)


def _gradient(top: Colour, middle: Colour, bottom: Colour) -> Image.Image:
    """A canvas that goes from one colour over another to a third, from top to bottom, with a fine grain."""
    column = Image.new("RGB", (1, 3))
    for y, colour in enumerate((top, middle, bottom)):
        column.putpixel((0, y), colour)
    canvas = column.resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.BICUBIC)
    return canvas.filter(ImageFilter.GaussianBlur(2))


def _label(draw: ImageDraw.ImageDraw, centre: Point, text: str, *, small: bool = False) -> None:
    """Words, centred."""
    face = "SourceSansPro-Regular.ttf" if small else "SourceSansPro-Semibold.ttf"
    path = Path(font_source_sans_pro.__file__).parent / "files" / face
    font = ImageFont.truetype(str(path), (34 if small else 42) * SCALE)
    colour = (60, 60, 60) if small else (255, 252, 244)
    draw.text(_at(*centre), text, font=font, fill=colour, anchor="mm")


def _limb(draw: ImageDraw.ImageDraw, start: Point, end: Point, width: float, colour: Colour) -> None:
    """A thick line with round ends."""
    draw.line([_at(*start), _at(*end)], fill=colour, width=round(width * SCALE))
    for point in (start, end):
        _disc(draw, point, width / 2, colour)


def _disc(draw: ImageDraw.ImageDraw, centre: Point, radius: float, colour: Colour) -> None:
    x, y = centre
    draw.ellipse(_box(x - radius, y - radius, x + radius, y + radius), fill=colour)


def _polygon(draw: ImageDraw.ImageDraw, points: list[Point], colour: Colour) -> None:
    draw.polygon([_at(*point) for point in points], fill=colour)


def _at(x: float, y: float) -> Point:
    return x * SCALE, y * SCALE


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE


if __name__ == "__main__":
    main()
