"""Which pictures of a page are more than decoration, and which are a gallery's."""

import re

from publisher.reading.html.addresses import address_of
from publisher.reading.html.lines import PageLine
from publisher.reading.html.page import HEADINGS, WebPage
from publisher.reading.html.tree import Element

MOST_LINES = 12
"""An element with more lines than these holds more than a picture and its words."""

BOXED = 3
"""How many lines stand in a box with a picture."""

UNMARKED_WORDS = 60
"""Words of the longest caption that nothing but its place shows to be one."""

_SLIDES = 3
"""Pictures in elements alike that are a gallery."""

_SMALL = 80
"""Pixels: a picture whose side is said to be shorter is a button, a portrait in a byline or a counter."""

_DECORATION = re.compile(
    r"(?:^|[/_.-])(?:logo|icon|ico|sprite|avatar|button|btn|badge|share|facebook|twitter|zalo|print|arrow)[\w-]*"
    r"(?:\.[a-z]+)?(?:$|\?)|(?:beacon|pixel|track|analytics|doubleclick)",
    re.IGNORECASE,
)
_DRAWING = re.compile(r"\.svg(?:$|\?)", re.IGNORECASE)
"""Most are logos and buttons; a figure, or one that is said to be large, is a map or a chart."""

_LARGE = 200
"""Pixels: as wide as a chart must be to be read."""


class Shown:
    """Tells the pictures that are more than decoration; each is looked at from every line near it."""

    def __init__(self) -> None:
        self._known: dict[Element, bool] = {}

    def __call__(self, line: PageLine) -> bool:
        """Whether a line is a picture, and more than decoration."""
        if line.kind != "picture":
            return False
        image = line.ancestors[0]
        known = self._known.get(image)
        if known is None:
            known = self._known[image] = _is_shown(line, image)
        return known


class Galleries:
    """Tells the slides of a page's galleries: elements alike, side by side."""

    def __init__(self, page: WebPage, shown: Shown) -> None:
        self.page = page
        self._shown = shown
        self._slides: dict[Element, set[tuple[str, str | None]]] = {}
        """The tags and classes of the slides that each element holds."""

    def have(self, element: Element) -> bool:
        """Whether an element is one of several alike that each hold a picture and a line or two under it: a gallery."""
        around = element.getparent()
        if around is None or not element.get("class"):
            return False
        if around not in self._slides:
            alike: dict[tuple[str, str | None], list[Element]] = {}
            for each in around:
                alike.setdefault((each.tag, each.get("class")), []).append(each)
            self._slides[around] = {
                style for style, held in alike.items() if len(held) >= _SLIDES and all(map(self._pictures, held))
            }
        return (element.tag, element.get("class")) in self._slides[around]

    def _pictures(self, element: Element) -> bool:
        """Whether an element holds one picture and under it a few lines that neither head nor lead to anything."""
        first, last = self.page.spans.get(element, (0, -1))
        if last - first > MOST_LINES:
            return False
        shown = [line for line in self.page.lines[first : last + 1] if line.kind != "picture" or self._shown(line)]
        texts = shown[1:]
        if not 1 <= len(texts) <= BOXED or shown[0].kind != "picture":
            return False
        plain = all(
            line.kind == "text" and not line.linked and line.words <= UNMARKED_WORDS and line.within(*HEADINGS) is None
            for line in texts
        )
        return plain and sum(self.page.prose(line) for line in texts) <= 1


def _is_shown(line: PageLine, image: Element) -> bool:
    """Whether the picture of a line is more than decoration, by its size and its name."""
    written = ((image.get(name) or "").removesuffix("px") for name in ("width", "height"))
    sides = [int(side) for side in written if side.isdigit()]
    if any(side < _SMALL for side in sides):
        return False
    src = address_of(image)
    name = src.split("#")[0][-80:]
    if _DRAWING.search(name) and line.within("figure") is None and max(sides, default=0) < _LARGE:
        return False
    return bool(src or line.text) and not _DECORATION.search(name)
