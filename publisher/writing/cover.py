"""The picture on the cover: a drawing becomes a PNG. The only user of resvg besides the reading of SVG pictures."""

import base64
import functools
import io
import tempfile
from pathlib import Path
from typing import cast

from publisher.errors import RenderingError
from publisher.model import Asset, Drawing

__all__ = ["draw"]

JPEG_QUALITY = 88
"""By Pillow's scale: letters keep their edges."""

PALETTE = 256
"""The most colours that a palette can hold."""


@functools.lru_cache(maxsize=2)
def draw(drawing: Drawing) -> Asset:
    """The drawing as a picture of its own size: the same bytes for the same drawing, on any machine.

    The books of an issue follow each other and have the same cover: it is drawn once for them.

    Raises ``RenderingError`` when it is no SVG.
    """
    from resvg_py import svg_to_bytes

    # resvg takes fonts as files only. None but these are known to it: what a machine has installed changes no picture.
    with tempfile.TemporaryDirectory(prefix="publisher-") as folder:
        files = [Path(folder, f"{number}{Path(font.name).suffix}") for number, font in enumerate(drawing.fonts)]
        for file, font in zip(files, drawing.fonts, strict=True):
            file.write_bytes(font.data)
        try:
            data = svg_to_bytes(
                svg_string=_with_pictures(drawing),
                background="#ffffff",
                font_files=[str(file) for file in files],
                skip_system_fonts=True,
            )
        except ValueError as error:
            raise RenderingError(
                f"cannot write the e-book: its cover {drawing.name!r} cannot be drawn: {error}. Correct its template."
            ) from error
    if drawing.name.endswith(".jpg"):
        return Asset(name=drawing.name, media_type="image/jpeg", data=_jpeg(bytes(data)))
    return Asset(name=drawing.name, media_type="image/png", data=_small(bytes(data)))


def _with_pictures(drawing: Drawing) -> str:
    """The markup with its pictures in it: resvg would load them from a folder, and whatever else is asked for there."""
    markup = drawing.markup
    for picture in drawing.pictures:
        data = base64.b64encode(picture.data).decode()
        markup = markup.replace(f'href="{picture.name}"', f'href="data:{picture.media_type};base64,{data}"')
    return markup


def _jpeg(data: bytes) -> bytes:
    """The picture of a photograph: a fifth of the PNG's bytes."""
    from PIL import Image

    file = io.BytesIO()
    with Image.open(io.BytesIO(data)) as drawn:
        drawn.convert("RGB").save(file, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return file.getvalue()


def _small(data: bytes) -> bytes:
    """The PNG without its alpha channel, which shops refuse, and with a palette where that takes no colour from it.

    Half the bytes; the colours at the edges of letters may differ by a fiftieth, which nobody sees.
    """
    from PIL import Image

    with Image.open(io.BytesIO(data)) as drawn:
        picture = drawn.convert("RGB")
    colours = cast(list[tuple[int, tuple[int, int, int]]] | None, picture.getcolors(PALETTE))
    if colours:
        palette = Image.new("P", (1, 1))
        palette.putpalette([channel for _, colour in sorted(colours, reverse=True) for channel in colour])
        picture = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
