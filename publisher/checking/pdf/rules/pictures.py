"""Raster pictures: how coarse they are where they stand, and how much ink they lay."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from publisher.checking.pdf.document import PdfPage
from publisher.checking.pdf.geometry import sides_of
from publisher.checking.pdf.marks import PaintedPicture
from publisher.model import Finding

PRINT_DPI, DRAFT_DPI = 300, 150
"""What printers ask for, and below what the dots are seen on any paper."""

TOO_SMALL_PT = 9.0
"""A picture smaller than this is an ornament, whose dots nobody counts."""

SAMPLES = 128
"""A picture is looked at in a grid of so many points a side."""

MAX_PIXELS = 80_000_000
TYPICAL = 0.99
"""The share of points that have less ink than what is reported: one dark pixel dries quickly enough."""


def find_in_page(page: PdfPage) -> Iterator[Finding]:
    """Pictures that are too coarse for their size, and those that ask to be smoothed."""
    for picture in page.content.pictures:
        if not picture.located or (picture.tag.artifact and picture.stencil):
            continue
        if picture.interpolated and "archive" in page.pdf.purposes:
            message = "the picture asks viewers to smooth it, which PDF/A forbids"
            yield page.found("interpolated-picture", "error", message, picture.name)
        dpi = resolution(picture)
        if dpi is None or dpi >= PRINT_DPI - 1:
            continue
        width, height = sides_of(picture.matrix)
        message = (
            f"{picture.width} × {picture.height} pixels on {width / 72 * 25.4:.0f} × {height / 72 * 25.4:.0f} mm are "
            f"{dpi:.0f} dpi; printing needs {PRINT_DPI}"
        )
        severity = page.pdf.worse_for("press", severity="warning", otherwise="note")
        if dpi < DRAFT_DPI - 1:
            severity, message = "warning", f"{message}, and below {DRAFT_DPI} it looks coarse anywhere"
        yield page.found("low-resolution", severity, message, picture.name)


def resolution(picture: PaintedPicture) -> float | None:
    """Its dots per inch where it stands; ``None`` for ornaments and for single pixels stretched to an area."""
    width, height = sides_of(picture.matrix)
    if min(width, height) < TOO_SMALL_PT or min(picture.width, picture.height) <= 2:
        return None
    return min(picture.width / width, picture.height / height) * 72


def ink_of_picture(picture: PaintedPicture) -> float:
    """How much ink its darkest parts lay, as a sum of shares; 0 for pictures that are not in CMYK, or unreadable."""
    space = picture.space
    if space is None or space.family != "CMYK" or space.table or picture.stencil:
        return 0.0
    if not isinstance(picture.value, pikepdf.Stream) or picture.width * picture.height > MAX_PIXELS:
        return 0.0
    failures = (pikepdf.PdfError, OSError, ValueError, NotImplementedError, RuntimeError, TypeError)
    with contextlib.suppress(*failures), _unmasked(picture.value):
        image = pikepdf.PdfImage(picture.value).as_pil_image()
        if hasattr(image, "draft"):  # A JPEG can be unpacked at an eighth of its size, which is eight times as fast.
            image.draft("CMYK", (4 * SAMPLES, 4 * SAMPLES))
        sums = sorted(_sums(image, picture.value))
        return sums[min(len(sums) - 1, int(TYPICAL * len(sums)))] / 255 if sums else 0.0
    return 0.0


@contextlib.contextmanager
def _unmasked(value: Any) -> Iterator[None]:
    """While it is open, the picture is without its masks: with one, pikepdf would give RGB in the place of inks."""
    masks = {name: value[name] for name in ("/SMask", "/Mask") if name in value}
    for name in masks:
        del value[name]
    try:
        yield
    finally:
        for name, mask in masks.items():
            value[name] = mask


def _sums(image: Any, value: Any) -> Iterator[int]:
    """The sum of the four inks at points all over the picture, from 0 to 1020."""
    if image.mode != "CMYK":
        return
    # Pillow turns Adobe's JPEGs, which store the paper instead of the ink, so that its values are ink; a Decode array
    # that says the same must then not be followed once more.
    turned = "adobe" in image.info
    decode = value.get("/Decode")
    turns = isinstance(decode, pikepdf.Array) and len(decode) == 8 and float(decode[0]) > float(decode[1])
    reverse = turned != turns
    columns = range(0, image.width, max(1, image.width // SAMPLES))
    rows = range(0, image.height, max(1, image.height // SAMPLES))
    pixels = image.load()
    for y in rows:
        for x in columns:
            total = sum(pixels[x, y])
            yield 1020 - total if reverse else total
