"""The picture on the cover: a drawing becomes a PNG, with a photograph a JPEG.

The only user of resvg besides the reading of SVG pictures. It takes ten times as long over a photograph as over all the
rest, so Pillow lays it in where that comes to the same: where it is upright, cut to its frame, and under nothing else.
"""

import base64
import functools
import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from publisher.errors import RenderingError
from publisher.model import Asset, Drawing

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

__all__ = ["draw"]

JPEG_QUALITY = 88
"""By Pillow's scale: letters keep their edges."""

PALETTE = 256
"""The most colours that a palette can hold."""

_PHOTOGRAPH = re.compile(
    r'<image x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"'
    r' preserveAspectRatio="xMidYMid slice" href="(?P<name>[^"]*)"/>'
)
_IN_ITS_PLACE = (255, 0, 254)
"""A colour that no cover has: what shows where the photograph is to be."""


@functools.lru_cache(maxsize=2)
def draw(drawing: Drawing) -> Asset:
    """The drawing as a picture of its own size: the same bytes for the same drawing, on any machine.

    The books of an issue follow each other and have the same cover: it is drawn once for them.

    Raises ``RenderingError`` when it is no SVG.
    """
    if drawing.name.endswith(".jpg"):
        page = _with_photograph_laid_in(drawing) or _opened(_drawn(drawing, _with_pictures(drawing)))
        return Asset(name=drawing.name, media_type="image/jpeg", data=_jpeg(page))
    return Asset(name=drawing.name, media_type="image/png", data=_small(_opened(_drawn(drawing, drawing.markup))))


def _drawn(drawing: Drawing, markup: str) -> bytes:
    """The markup as a PNG, in the drawing's fonts."""
    from resvg_py import svg_to_bytes

    # resvg takes fonts as files only. None but these are known to it: what a machine has installed changes no picture.
    with tempfile.TemporaryDirectory(prefix="publisher-") as folder:
        files = [Path(folder, f"{number}{Path(font.name).suffix}") for number, font in enumerate(drawing.fonts)]
        for file, font in zip(files, drawing.fonts, strict=True):
            file.write_bytes(font.data)
        try:
            data = svg_to_bytes(
                svg_string=markup,
                background="#ffffff",
                font_files=[str(file) for file in files],
                skip_system_fonts=True,
            )
        except ValueError as error:
            raise RenderingError(
                f"cannot write the e-book: its cover {drawing.name!r} cannot be drawn: {error}. Correct its template."
            ) from error
    return bytes(data)


def _with_photograph_laid_in(drawing: Drawing) -> "Picture | None":
    """The page, drawn without its photograph, and this laid in; ``None`` where it is not seen whole in its frame."""
    from PIL import Image, ImageOps

    frame = _PHOTOGRAPH.search(drawing.markup)
    picture = next((each for each in drawing.pictures if frame and each.name == frame["name"]), None)
    if frame is None or picture is None:
        return None
    with Image.open(io.BytesIO(picture.data)) as opened:
        if opened.has_transparency_data:
            return None
        photograph = opened.convert("RGB")
    x, y, width, height = (round(float(frame[name])) for name in ("x", "y", "width", "height"))
    colour = "#{:02x}{:02x}{:02x}".format(*_IN_ITS_PLACE)
    flat = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>'
    page = _opened(_drawn(drawing, drawing.markup.replace(frame[0], flat)))
    if page.crop((x, y, x + width, y + height)).getcolors(1) != [(width * height, _IN_ITS_PLACE)]:
        return None
    page.paste(ImageOps.fit(photograph, (width, height), Image.Resampling.LANCZOS), (x, y))
    return page


def _with_pictures(drawing: Drawing) -> str:
    """The markup with its pictures in it: resvg would load them from a folder, and whatever else is asked for there."""
    markup = drawing.markup
    for picture in drawing.pictures:
        data = base64.b64encode(picture.data).decode()
        markup = markup.replace(f'href="{picture.name}"', f'href="data:{picture.media_type};base64,{data}"')
    return markup


def _opened(data: bytes) -> "Picture":
    """The picture without its alpha channel, which shops refuse."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


def _jpeg(picture: "Picture") -> bytes:
    """The picture of a photograph: a fifth of the PNG's bytes."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return file.getvalue()


def _small(picture: "Picture") -> bytes:
    """The PNG, with a palette where that takes no colour from it.

    Half the bytes; the colours at the edges of letters may differ by a fiftieth, which nobody sees.
    """
    from PIL import Image

    colours = cast(list[tuple[int, tuple[int, int, int]]] | None, picture.getcolors(PALETTE))
    if colours:
        palette = Image.new("P", (1, 1))
        palette.putpalette([channel for _, colour in sorted(colours, reverse=True) for channel in colour])
        picture = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
