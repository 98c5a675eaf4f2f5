"""SVG pictures are drawn once, as PNG."""

import importlib.resources
from functools import lru_cache

from publisher.errors import InputError
from publisher.fetching.svg import read_drawing

DOTS_A_PIXEL = 4
"""How finely a CSS pixel is drawn: 384 dots an inch, so that a drawing at its own size is sharp in print."""

FAMILY = "Source Sans Pro"
"""What all words are set in, whatever they ask for: the one family whose every face has all Vietnamese letters."""

_FONTS = "font_source_sans_pro"
_FACES = ("SourceSansPro-Regular", "SourceSansPro-It", "SourceSansPro-Bold", "SourceSansPro-BoldIt")


def is_svg(data: bytes) -> bool:
    """Whether the data begins as SVG, or as XML that may be."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--", b"\xff\xfe<\0", b"\xfe\xff\0<"))


def draw(data: bytes, long_side: int) -> bytes:
    """The SVG picture as PNG with transparency, ``DOTS_A_PIXEL`` to the pixel, at most ``long_side`` pixels long.

    A filter of a few bytes can take hours, and the library ends its process when it is given no memory: drawings of
    strangers belong in a confined process. Raises ``InputError`` with the bare reason: broken, hostile, nothing to see.
    """
    import resvg_py

    drawing = read_drawing(data)
    scale = min(DOTS_A_PIXEL, long_side / max(drawing.width, drawing.height))
    markup = drawing.at(max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale)))
    try:
        png: bytes = resvg_py.svg_to_bytes(
            svg_string=markup.encode("utf-8", "replace").decode("utf-8"),
            skip_system_fonts=True,
            font_files=_font_files(),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            serif_family=FAMILY,
            monospace_family=FAMILY,
            cursive_family=FAMILY,
            fantasy_family=FAMILY,
        )
    except ValueError as error:
        raise InputError("it is SVG that cannot be drawn") from error
    return png


@lru_cache(maxsize=1)
def _font_files() -> list[str]:
    folder = importlib.resources.files(_FONTS) / "files"
    return [str(folder / f"{face}.ttf") for face in _FACES]
