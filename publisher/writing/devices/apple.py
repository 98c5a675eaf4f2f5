"""For Apple Books: pictures of at most 5.6 million pixels in RGB, and a word about fonts that come with the book.

Source: Apple Books Asset Guide 5.3. Its readers hide an ``aside`` that is a footnote and show it when the mark is
touched, so nothing is to be done about notes; a file of display options is for EPUB 2.
"""

import re

from publisher.counting import counted
from publisher.writing.devices.copy import Copy
from publisher.writing.devices.options import DeviceOptions
from publisher.writing.devices.pictures import Encoding, encode, measure

__all__ = ["LIMIT_PIXELS", "for_apple"]

LIMIT_PIXELS = 5_600_000

_RGB = ("P", "RGB", "RGBA")
"""Pillow's names; the colours of a palette are in RGB too."""

_QUALITY = 90
_FONTS = (".otf", ".ttf", ".woff", ".woff2")
_PREFIX = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
_SPECIFIED = '<meta property="ibooks:specified-fonts">true</meta>'


def for_apple(copy: Copy, _options: DeviceOptions) -> None:
    """Reduce pictures that are too large, write the others that are not in RGB in it, and let the book's fonts show."""
    _mend_pictures(copy)
    if copy.named(*_FONTS):
        _show_fonts(copy)


def _mend_pictures(copy: Copy) -> None:
    large, recoloured = [], []
    for name in copy.named(".jpg", ".jpeg", ".png"):
        data = copy.read(name)
        looks = measure(data)
        if looks.width * looks.height > LIMIT_PIXELS:
            large.append(name)
        elif looks.mode not in _RGB:
            recoloured.append(name)
        else:
            continue
        copy.replace(name, encode(data, Encoding(quality=_QUALITY, limit_pixels=LIMIT_PIXELS, rgb=True)).data)
    if large:
        copy.record(f"{counted(len(large), 'picture')} made smaller, to {LIMIT_PIXELS / 1e6:g} million pixels", large)
    if recoloured:
        copy.record(f"{counted(len(recoloured), 'picture')} turned into RGB", recoloured)


def _show_fonts(copy: Copy) -> None:
    """Apple's readers use a book's own fonts only when they are told to."""
    package = copy.read(copy.package).decode("utf-8")
    tag = re.search(r"<package\b[^>]*>", package)
    assert tag is not None  # noqa: S101 (the writer made it)
    has_prefix = re.search(r'prefix="([^"]*)"', tag[0])
    if has_prefix:
        new_tag = tag[0].replace(has_prefix[0], f'prefix="{has_prefix[1]} {_PREFIX}"')
    else:
        new_tag = tag[0].replace("<package", f'<package prefix="{_PREFIX}"')
    package = package.replace(tag[0], new_tag).replace("</metadata>", f"{_SPECIFIED}</metadata>", 1)
    copy.replace(copy.package, package.encode("utf-8"))
    copy.record("the book's own fonts shown from the start", [copy.package])
