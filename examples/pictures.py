"""Draws the two pictures of cho-noi-ben-tam.md: python examples/pictures.py. The same bytes each time."""

import math
import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1600, 1067)
SCALE = 2
"""Drawn larger and reduced, for smooth edges."""

Colour = tuple[int, int, int]
Point = tuple[float, float]
Place = Callable[..., list[Point]]
"""From a boat's own measures, in which it is 330 long, to points of the picture."""


def main() -> None:
    """Write both pictures beside this script, in ``pictures/``."""
    folder = Path(__file__).parent / "pictures"
    folder.mkdir(exist_ok=True)
    for name, picture in (("cho-noi-binh-minh", market_at_dawn()), ("cay-beo", pole_with_fruit())):
        picture.resize(SIZE, Image.Resampling.LANCZOS).save(folder / f"{name}.jpg", "JPEG", quality=84, optimize=True)


def market_at_dawn() -> Image.Image:
    """Boats on a wide river under a rising sun, a bridge far behind."""
    dice = random.Random("market")  # noqa: S311 - a drawing, not a secret
    horizon = 430
    picture = sky_and_water((250, 205, 150), (232, 120, 92), (66, 62, 98), horizon, (196, 116, 96), (48, 58, 92))
    sun(picture, (1090, 372), 74)
    draw = ImageDraw.Draw(picture)
    hills(draw, dice, horizon, (124, 88, 108))
    bridge(draw, horizon)
    bank(draw, dice, horizon, (70, 58, 84))
    glitter(draw, dice, 1090, horizon)
    for y, size, count in ((500, 0.36, 7), (600, 0.58, 5), (745, 0.9, 3)):
        for number in range(count):
            x = (number + 0.5 + dice.uniform(-0.22, 0.22)) * SIZE[0] / count
            boat(draw, dice, (x, y + dice.uniform(-14, 14)), size)
    boat(draw, dice, (520, 940), 1.45)
    return picture


def pole_with_fruit() -> Image.Image:
    """The bow of a boat, near, with a pole from which its goods hang."""
    dice = random.Random("pole")  # noqa: S311 - a drawing, not a secret
    horizon = 700
    picture = sky_and_water((254, 232, 186), (158, 208, 212), (92, 160, 184), horizon, (104, 158, 160), (38, 92, 110))
    draw = ImageDraw.Draw(picture)
    hills(draw, dice, horizon, (112, 158, 150))
    bank(draw, dice, horizon, (58, 104, 88))
    for x in (170, 330, 1480):
        boat(draw, dice, (x, horizon + 40), 0.45)
    ripples(draw, dice, horizon)
    near_bow(draw)
    pole = [(720, 880), (862, 108)]
    line(draw, pole, (132, 98, 52), 15)
    for share in (0.16, 0.34, 0.52, 0.7, 0.86):
        x, y = along(pole, share)
        line(draw, [(x - 9, y + 2), (x + 9, y - 2)], (98, 70, 38), 5)
    for share, reach, goods in (
        (0.96, 150, pineapple),
        (0.84, -150, aubergines),
        (0.7, 176, roots),
        (0.6, -128, pineapple),
    ):
        hang(draw, along(pole, share), reach, goods)
    return picture


# --- surroundings -----------------------------------------------------------------------------------------------------


def sky_and_water(low: Colour, middle: Colour, high: Colour, horizon: int, near: Colour, deep: Colour) -> Image.Image:
    """An empty scene: the sky from ``high`` over ``middle`` to ``low`` at the horizon, water below."""
    strip = Image.new("RGB", (1, SIZE[1]))
    for y in range(SIZE[1]):
        if y < horizon:
            share = y / horizon
            colour = mix(high, middle, share * 2) if share < 0.5 else mix(middle, low, share * 2 - 1)
        else:
            colour = mix(near, deep, ((y - horizon) / (SIZE[1] - horizon)) ** 0.7)
        strip.putpixel((0, y), colour)
    return strip.resize((SIZE[0] * SCALE, SIZE[1] * SCALE), Image.Resampling.BICUBIC)


def sun(picture: Image.Image, centre: Point, radius: float) -> None:
    """A sun with a glow around it."""
    for spread, strength, blur in ((3.4, 70, 90), (1.8, 110, 40), (1.0, 255, 1)):
        mask = Image.new("L", picture.size)
        reach = radius * spread
        box = scaled([(centre[0] - reach, centre[1] - reach), (centre[0] + reach, centre[1] + reach)])
        ImageDraw.Draw(mask).ellipse(box, fill=strength)
        picture.paste((255, 238, 196), (0, 0), mask.filter(ImageFilter.GaussianBlur(blur * SCALE)))


def hills(draw: ImageDraw.ImageDraw, dice: random.Random, horizon: int, colour: Colour) -> None:
    """A low range behind the far bank."""
    phase = dice.uniform(0, 6)
    edge = [
        (x, horizon - 34 - 22 * math.sin(x / 210 + phase) - 12 * math.sin(x / 77)) for x in range(0, SIZE[0] + 1, 8)
    ]
    draw.polygon(scaled([(0, horizon), *edge, (SIZE[0], horizon)]), fill=colour)


def bank(draw: ImageDraw.ImageDraw, dice: random.Random, horizon: int, colour: Colour) -> None:
    """The far bank: bushes, roofs and palms in one dark tone."""
    for x in range(-20, SIZE[0] + 20, 22):
        high = dice.uniform(8, 24)
        draw.ellipse(scaled([(x - 26, horizon - high), (x + 26, horizon + 12)]), fill=colour)
    for _ in range(9):
        x, wide = dice.uniform(0, SIZE[0]), dice.uniform(26, 46)
        roof = [
            (x - wide, horizon - 16),
            (x, horizon - 34),
            (x + wide, horizon - 16),
            (x + wide * 0.8, horizon),
            (x - wide * 0.8, horizon),
        ]
        draw.polygon(scaled(roof), fill=mix(colour, (20, 20, 30), 0.25))
    for _ in range(11):
        palm(draw, dice, (dice.uniform(0, SIZE[0]), horizon), dice.uniform(52, 92), colour)


def palm(draw: ImageDraw.ImageDraw, dice: random.Random, foot: Point, high: float, colour: Colour) -> None:
    """A coconut palm, leaning a little."""
    top = (foot[0] + dice.uniform(-14, 14), foot[1] - high)
    line(draw, [foot, top], colour, 4)
    for step in range(9):
        angle = math.pi * (0.98 + step / 7.7)
        reach = high * 0.34
        middle = (top[0] + reach * 0.6 * math.cos(angle), top[1] + reach * 0.5 * math.sin(angle) - 2)
        tip = (top[0] + reach * math.cos(angle), top[1] + reach * 0.45 * math.sin(angle) + reach * 0.35)
        line(draw, [top, middle, tip], colour, 4)


def bridge(draw: ImageDraw.ImageDraw, horizon: int) -> None:
    """A cable-stayed bridge in the haze."""
    colour, deck = (104, 78, 104), horizon - 62
    line(draw, [(430, deck), (SIZE[0], deck - 8)], colour, 6)
    for x in range(470, SIZE[0], 120):
        line(draw, [(x, deck), (x, horizon)], colour, 5)
    for x in (710, 1190):
        line(draw, [(x, horizon), (x, deck - 150)], colour, 9)
        for reach in range(40, 230, 32):
            for side in (-1, 1):
                line(draw, [(x, deck - 148 + reach * 0.12), (x + side * reach, deck)], colour, 2)


def glitter(draw: ImageDraw.ImageDraw, dice: random.Random, centre: float, horizon: int) -> None:
    """The sun's broken path on the water."""
    for _ in range(420):
        depth = dice.random() ** 1.4
        y = horizon + 8 + depth * (SIZE[1] - horizon)
        x = dice.gauss(centre, 26 + 130 * depth)
        wide = dice.uniform(8, 20) * (0.6 + 2.2 * depth)
        colour = mix((255, 220, 166), (206, 122, 100), min(1, abs(x - centre) / (60 + 260 * depth)))
        draw.ellipse(scaled([(x - wide, y - 1 - depth), (x + wide, y + 1 + depth)]), fill=colour)


def ripples(draw: ImageDraw.ImageDraw, dice: random.Random, horizon: int) -> None:
    """Short light strokes on the water, larger when nearer."""
    for _ in range(160):
        depth = dice.random()
        x, y = dice.uniform(0, SIZE[0]), horizon + 22 + depth * (SIZE[1] - horizon)
        wide = 8 + 46 * depth
        draw.arc(
            scaled([(x - wide, y - 4), (x + wide, y + 6 + 6 * depth)]), 200, 340, fill=(150, 196, 194), width=2 * SCALE
        )


# --- boats ------------------------------------------------------------------------------------------------------------


def boat(draw: ImageDraw.ImageDraw, dice: random.Random, at: Point, size: float) -> None:
    """A market boat seen from the side: hull, load, cabin or parasol, seller, pole."""
    x, y = at
    side = dice.choice((-1, 1))

    def place(*points: Point) -> list[Point]:
        return [(x + side * size * across, y + size * down) for across, down in points]

    hull = dice.choice(((92, 50, 44), (58, 66, 92), (66, 84, 72), (112, 66, 40)))
    draw.ellipse(scaled(box(place((-150, 26), (150, 52)))), fill=(58, 54, 80))
    heaps(draw, dice, place, size)
    if dice.random() < 0.55:
        roof = place((30, 0), (30, -46), (52, -66), (118, -66), (134, -44), (128, 0))
        draw.polygon(scaled(roof), fill=mix(hull, (240, 208, 160), 0.35))
        draw.polygon(scaled(place((24, -46), (50, -74), (122, -74), (142, -44))), fill=mix(hull, (30, 26, 40), 0.4))
    else:
        line(draw, place((70, 0), (76, -96)), (60, 44, 44), 4 * size)
        shade = dice.choice(((206, 70, 62), (54, 128, 142), (226, 158, 62)))
        draw.pieslice(scaled(box(place((8, -128), (146, -60)))), 180, 360, fill=shade)
    curve = [
        (-165, -26),
        (-120, 4),
        (-40, 14),
        (60, 14),
        (130, 2),
        (160, -20),
        (146, 26),
        (96, 42),
        (-88, 42),
        (-136, 22),
    ]
    draw.polygon(scaled(place(*curve)), fill=hull)
    line(
        draw,
        place((-163, -24), (-118, 7), (-40, 17), (60, 17), (130, 5), (158, -17)),
        mix(hull, (255, 220, 170), 0.5),
        5 * size,
    )
    eye = place((-122, 18))[0]
    dot(draw, eye, 8 * size, (246, 236, 214))
    dot(draw, eye, 4 * size, (30, 26, 34))
    seller(draw, place, size, dice.choice(((150, 60, 90), (70, 96, 150), (200, 140, 60), (60, 120, 96))))
    line(draw, place((-112, 6), (-94, -150)), (86, 64, 46), 4 * size)
    for down in (-140, -118, -98):
        foot = place((-95 + (down + 150) * -0.1, down + 16))[0]
        dot(
            draw,
            foot,
            dice.uniform(7, 11) * size,
            dice.choice(((214, 150, 50), (104, 58, 120), (120, 150, 70), (206, 84, 62))),
        )


def heaps(draw: ImageDraw.ImageDraw, dice: random.Random, place: Place, size: float) -> None:
    """Fruit heaped in the middle of a boat."""
    colour = dice.choice(((224, 156, 52), (124, 160, 76), (204, 92, 60), (230, 200, 110)))
    for row, count in ((0, 6), (1, 5), (2, 3)):
        for number in range(count):
            across = -50 + (number - (count - 1) / 2) * 20 + 8
            centre = place((across, 4 - row * 15))[0]
            dot(draw, centre, 13 * size, mix(colour, (60, 40, 40), dice.uniform(0, 0.3)))


def seller(draw: ImageDraw.ImageDraw, place: Place, size: float, shirt: Colour) -> None:
    """Somebody in a conical hat, standing."""
    draw.polygon(scaled(place((2, 8), (6, -40), (20, -46), (34, -40), (38, 8))), fill=shirt)
    dot(draw, place((20, -54))[0], 10 * size, (196, 148, 112))
    draw.polygon(scaled(place((-10, -56), (20, -84), (50, -56), (20, -50))), fill=(240, 218, 168))


def near_bow(draw: ImageDraw.ImageDraw) -> None:
    """The front half of a boat that leaves the picture on the right."""
    draw.polygon(scaled([(230, 1010), (520, 1067), (1600, 1067), (1600, 985), (700, 1010)]), fill=(30, 74, 90))
    for number in range(18):  # Two rows, the farther one first; the hull hides their feet.
        row, column = divmod(number, 9)
        pineapple(draw, (960 + column * 72 - row * 36, 818 + row * 30), 0.86)
    hull = [(180, 772), (330, 858), (640, 896), (1600, 872), (1600, 1040), (620, 1052), (390, 1000), (262, 900)]
    draw.polygon(scaled(hull), fill=(122, 62, 40))
    draw.polygon(
        scaled([(180, 772), (330, 858), (640, 896), (1600, 872), (1600, 902), (630, 930), (318, 884)]),
        fill=(206, 126, 66),
    )
    for down in (948, 990):
        line(draw, [(330 + (down - 900) * 0.9, down - 20), (640, down + 6), (1600, down - 16)], (98, 48, 32), 4)
    draw.polygon(scaled([(236, 812), (330, 858), (352, 936), (290, 900)]), fill=(178, 44, 40))
    dot(draw, (436, 936), 34, (250, 240, 214))
    dot(draw, (430, 938), 17, (28, 26, 32))
    dot(draw, (424, 932), 5, (250, 250, 250))


# --- goods ------------------------------------------------------------------------------------------------------------


def hang(
    draw: ImageDraw.ImageDraw, at: Point, reach: float, goods: Callable[[ImageDraw.ImageDraw, Point, float], None]
) -> None:
    """Goods on a string from a short arm of the pole."""
    end = (at[0] + reach, at[1] - 12)
    line(draw, [at, end], (132, 98, 52), 7)
    line(draw, [end, (end[0], end[1] + 52)], (92, 80, 60), 3)
    goods(draw, (end[0], end[1] + 108), 1.0)


def pineapple(draw: ImageDraw.ImageDraw, at: Point, size: float) -> None:
    """A pineapple, crown up."""
    x, y = at
    for lean in (-0.7, -0.35, 0, 0.35, 0.7):
        tip = (x + math.sin(lean) * 66 * size, y - 40 * size - math.cos(lean) * 62 * size)
        draw.polygon(scaled([(x - 11 * size, y - 42 * size), tip, (x + 11 * size, y - 42 * size)]), fill=(62, 124, 70))
    draw.ellipse(scaled([(x - 39 * size, y - 54 * size), (x + 39 * size, y + 54 * size)]), fill=(228, 158, 48))
    for row in range(-3, 4):
        for column in range(-2, 3):
            across, down = (column + (row % 2) / 2) * 16 * size, row * 14 * size
            if (across / 36) ** 2 + (down / 50) ** 2 < 0.8 * size**2:
                dot(draw, (x + across, y + down), 4.4 * size, (176, 104, 36))


def aubergines(draw: ImageDraw.ImageDraw, at: Point, size: float) -> None:
    """A bunch of three."""
    for across, down in ((-26, -4), (26, -2), (0, 16)):
        x, y = at[0] + across * size, at[1] + down * size
        draw.ellipse(scaled([(x - 20 * size, y - 46 * size), (x + 20 * size, y + 48 * size)]), fill=(96, 52, 122))
        draw.ellipse(scaled([(x - 11 * size, y - 20 * size), (x - 4 * size, y + 22 * size)]), fill=(150, 108, 172))
        draw.pieslice(
            scaled([(x - 18 * size, y - 54 * size), (x + 18 * size, y - 22 * size)]), 180, 360, fill=(82, 132, 74)
        )


def roots(draw: ImageDraw.ImageDraw, at: Point, size: float) -> None:
    """Yam beans, five on a string."""
    for across, down in ((-30, -20), (28, -24), (-16, 14), (24, 16), (2, -4)):
        x, y = at[0] + across * size, at[1] + down * size
        draw.ellipse(scaled([(x - 27 * size, y - 22 * size), (x + 27 * size, y + 24 * size)]), fill=(232, 206, 160))
        draw.arc(
            scaled([(x - 20 * size, y - 14 * size), (x + 20 * size, y + 20 * size)]),
            20,
            120,
            fill=(190, 154, 104),
            width=3 * SCALE,
        )


# --- strokes ----------------------------------------------------------------------------------------------------------


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour between two: ``one`` at 0, ``other`` at 1."""
    share = min(1.0, max(0.0, share))
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def scaled(points: list[Point]) -> list[Point]:
    """Points of the picture as points of the larger drawing."""
    return [(x * SCALE, y * SCALE) for x, y in points]


def box(corners: list[Point]) -> list[Point]:
    """Two corners in the order that Pillow wants."""
    (a, b), (c, d) = corners
    return [(min(a, c), min(b, d)), (max(a, c), max(b, d))]


def along(points: list[Point], share: float) -> Point:
    """The point at a share of a straight stroke."""
    (a, b), (c, d) = points
    return a + (c - a) * share, b + (d - b) * share


def line(draw: ImageDraw.ImageDraw, points: list[Point], colour: Colour, width: float) -> None:
    """A stroke with round joints."""
    draw.line(scaled(points), fill=colour, width=max(1, round(width * SCALE)), joint="curve")


def dot(draw: ImageDraw.ImageDraw, centre: Point, radius: float, colour: Colour) -> None:
    """A filled circle."""
    (x, y) = centre
    draw.ellipse(scaled([(x - radius, y - radius), (x + radius, y + radius)]), fill=colour)


if __name__ == "__main__":
    main()
