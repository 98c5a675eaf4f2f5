"""The cover of an e-book: the theme's drawing of it, under which libraries and readers show the issue."""

import colorsys
import datetime as dt
from collections.abc import Mapping, Sequence

from publisher.model import Asset, Drawing, Figure, Issue
from publisher.theming.environment import Templates
from publisher.theming.extracts import first_picture
from publisher.theming.lettering import Lettering, contrast, ink
from publisher.theming.theme import INK

COVER, COVER_PHOTOGRAPH = "cover.png", "cover.jpg"
"""The picture's name in the book."""

TEMPLATE = "ebook/cover.svg"
DRAWN = ("image/jpeg", "image/png")
"""What may stand in a drawing."""

GOLDEN = 0.381966
"""Of a turn of the wheel of colours from one week to the next: neighbours are far apart, and none comes back soon."""

LEAST_CONTRAST = 5.9
"""Of a colour of the week to white."""


def cover_picture(issue: Issue, lead: Figure | None, assets: Sequence[Asset]) -> Asset | None:
    """The picture of the week: the issue's lead picture, else the first that an article shows; ``None`` for none."""
    shown = [lead, *(first_picture(placed.article) for placed in issue.articles)]
    by_name = {asset.name: asset for asset in assets if asset.media_type in DRAWN}
    return next((by_name[each.src] for each in shown if each and each.src in by_name), None)


def cover_colour(options: Mapping[str, object], day: dt.date | None) -> str:
    """The accent of the options, in the hue of the day's week where they ask for that."""
    accent = str(options.get("accent") or INK)
    return colour_of_week(accent, day) if options.get("cover_colour") == "week" else accent


def colour_of_week(accent: str, day: dt.date | None) -> str:
    """The accent in the hue of the day's week, dark enough for white letters; as it is without a day, or grey."""
    if day is None:
        return accent
    year, week, _ = day.isocalendar()
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(accent[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    turned = (hue + (53 * year + week) * GOLDEN) % 1
    while True:
        channels = colorsys.hls_to_rgb(turned, lightness, saturation)
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
        if contrast(colour, "#ffffff") >= LEAST_CONTRAST:
            return colour
        lightness *= 0.95


def draw_cover(
    templates: Templates, titles: Sequence[str], picture: Asset | None, colour: str
) -> tuple[Drawing, tuple[str, ...]]:
    """The drawing, and the words that are not on it because the theme's fonts lack letters of them.

    ``titles`` are what may stand as the issue's name, best first.

    Raises ThemeError for a broken template or font.
    """
    lettering = Lettering(templates.theme)
    context = {
        "fit": lettering.fit,
        "letters": lettering.letters,
        "ink": ink,
        "titles": titles,
        "picture": picture.name if picture else "",
        "colour": colour,
    }
    markup = templates.fill(TEMPLATE, context)
    pictures = (picture,) if picture and f'href="{picture.name}"' in markup else ()
    name = COVER_PHOTOGRAPH if pictures else COVER
    drawing = Drawing(name=name, markup=markup, fonts=tuple(lettering.used.values()), pictures=pictures)
    return drawing, tuple(lettering.left_out)
