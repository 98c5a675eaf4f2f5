"""The cover of an e-book: the theme's drawing of it, under which libraries and readers show the issue."""

from collections.abc import Sequence

from publisher.model import Drawing
from publisher.theming.environment import Templates
from publisher.theming.lettering import Lettering, ink

COVER = "cover.png"
"""The picture's name in the book."""

TEMPLATE = "ebook/cover.svg"


def draw_cover(templates: Templates, titles: Sequence[str]) -> tuple[Drawing, tuple[str, ...]]:
    """The drawing, and the words that are not on it because the theme's fonts lack letters of them.

    ``titles`` are what may stand as the issue's name, best first.

    Raises ThemeError for a broken template or font.
    """
    lettering = Lettering(templates.theme)
    context = {"fit": lettering.fit, "letters": lettering.letters, "ink": ink, "titles": titles}
    markup = templates.fill(TEMPLATE, context)
    return Drawing(name=COVER, markup=markup, fonts=tuple(lettering.used.values())), tuple(lettering.left_out)
