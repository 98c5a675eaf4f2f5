"""Bytes of a picture become an asset that print and e-books can hold. The only user of Pillow here."""

import contextlib
import hashlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.errors import InputError
from publisher.fetching.drawings import draw, is_svg
from publisher.model import Asset, Crop
from publisher.packages import with_extra

if TYPE_CHECKING:
    from PIL import Image

LIMIT_PIXELS = 64_000_000
"""The most that a picture may decode to: above the 50 megapixels of a telephone, below what a machine would notice."""

LIMIT_SCANS = 100
"""The most scans that a JPEG may come in: ten are usual, and a few bytes of one more go over all pixels again."""

LONG_SIDE_PIXELS = 2000
"""What the long side is reduced to: the 170 mm of an A4 text column at 300 dots an inch."""

_JPEG_QUALITY = 90
"""Where a second encoding is no longer seen in print."""

_READ = ("JPEG", "PNG", "WEBP", "GIF")
"""The formats that are read, by Pillow's names; besides, AVIF and HEIF where the data says so. No others: each decoder
is a door."""

_HEIC_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
"""What the file-type box of a picture of the HEIF family may name first (ISO 23008-12, Annex B.4, 10.2)."""

_AVIF_BRANDS = frozenset((b"avif", b"avis"))

_WRITTEN_AS = {
    "JPEG": "JPEG",
    "MPO": "JPEG",
    "PNG": "PNG",
    "WEBP": "JPEG",
    "GIF": "PNG",
    "AVIF": "JPEG",
    "HEIF": "JPEG",
}
"""What each is written as when it cannot stay; one with transparency becomes PNG.

MPO is what telephones write and the JPEG decoder finds out: a JPEG with a second picture behind it.
"""

_KEPT_MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "P", "RGB", "RGBA")}
"""What each output format holds and every e-reader shows. Not CMYK: few readers show a CMYK JPEG rightly."""

_SUFFIX_AND_TYPE = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png")}

_DECODING_ERRORS = (
    EOFError,
    IndexError,
    KeyError,
    MemoryError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise on damaged files, found by feeding them damaged files."""

_JPEG = b"\xff\xd8"
_START_OF_SCAN = b"\xff\xda"
"""A marker of ITU-T T.81, B.1.1.3: in a picture's coded data the two bytes do not follow each other."""

_DAMAGED = "it is damaged and cannot be decoded"
_EXIF_ORIENTATION = 0x0112
_MOST_BRANDS_BYTES = 256


def picture_asset(data: bytes, crop: Crop | None = None) -> Asset:
    """The picture as a JPEG or a PNG asset named by its own bytes, at most ``LONG_SIDE_PIXELS`` on the long side.

    A still JPEG or PNG that is sound, upright, small enough and in a common colour mode keeps its bytes, metadata
    included. Any other is turned upright, reduced (never enlarged), brought to sRGB and written anew, without metadata;
    of a moving picture the first frame stands. The same bytes give the same asset, an asset's bytes that asset again.

    A drawing (SVG) is drawn first, and its transparency kept. Of one with a ``crop`` that part is written anew.

    Raises ``InputError``, whose message is the bare reason: not a picture, too many pixels or scans, damaged, or in
    need of a library that is not installed.
    """
    encoded, written_as = _encode(_drawn(data) if is_svg(data) else data)
    if crop is not None:
        encoded = _cropped(encoded, written_as, crop)
    suffix, media_type = _SUFFIX_AND_TYPE[written_as]
    name = f"pictures/{hashlib.sha256(encoded).hexdigest()[:16]}.{suffix}"
    return Asset(name=name, media_type=media_type, data=encoded)


def _cropped(data: bytes, written_as: str, crop: Crop) -> bytes:
    """That part of a picture that is sound, one pixel at least, as a file of the same format without metadata."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
        left, top = min(int(crop[0] * width), width - 1), min(int(crop[1] * height), height - 1)
        right, bottom = max(round(crop[2] * width), left + 1), max(round(crop[3] * height), top + 1)
        part = _in_screen_colours(picture.crop((left, top, right, bottom)))
        part.info.clear()
        stream = io.BytesIO()
        part.save(stream, written_as, **({"quality": _JPEG_QUALITY} if written_as == "JPEG" else {}), optimize=True)
    return stream.getvalue()


def _drawn(data: bytes) -> bytes:
    """The SVG picture as PNG."""
    from PIL import Image

    png = draw(data, LONG_SIDE_PIXELS)
    with Image.open(io.BytesIO(png), formats=("PNG",)) as drawing:
        if drawing.getchannel("A").getbbox() is None:
            raise InputError("it is SVG in which nothing is to be seen")
        if _has_transparency(drawing):
            return png
        stream = io.BytesIO()
        drawing.convert("RGB").save(stream, "PNG", optimize=True)  # a channel that says nothing, and costs
    return stream.getvalue()


def _formats_of(data: bytes) -> tuple[str, ...]:
    """The formats that the data may be in. Raises ``InputError`` where what reads the one it is in is not installed."""
    from PIL import features

    brands = _brands(data)
    if brands & _AVIF_BRANDS:
        if not features.check("avif"):
            raise InputError("it is AVIF, which the installed Pillow cannot read; install a newer one")
        return ("AVIF",)
    if brands & _HEIC_BRANDS:
        try:
            from pillow_heif import register_heif_opener
        except ModuleNotFoundError as error:
            raise InputError(f"it is HEIC, which needs pillow-heif; install {with_extra('heic')}") from error
        register_heif_opener(thumbnails=False)
        return ("HEIF",)
    return _READ


def _brands(data: bytes) -> set[bytes]:
    """What the file-type box says the data is; empty for data that does not begin with one (ISO 14496-12, 4.3)."""
    if data[4:8] != b"ftyp":
        return set()
    box = data[8 : min(int.from_bytes(data[:4], "big"), _MOST_BRANDS_BYTES)]
    return {box[at : at + 4] for at in range(0, len(box), 4) if at != 4}  # the second word is a version


def _encode(data: bytes) -> tuple[bytes, str]:
    """The bytes to keep and their format, by Pillow's name."""
    from PIL import Image, UnidentifiedImageError

    formats = _formats_of(data)
    if data.startswith(_JPEG) and data.count(_START_OF_SCAN) > LIMIT_SCANS:
        raise InputError(f"it has more than {LIMIT_SCANS} scans")
    with _whole_pictures_only(), warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=formats) as picture:
                if picture.width * picture.height > LIMIT_PIXELS:
                    raise InputError(_too_many_pixels())
                if _may_stay(picture):
                    picture.load()  # proves that the whole of it can be decoded
                    # Odd metadata would be complained about again by whoever opens the picture after us.
                    if not complaints:
                        return data, str(picture.format)
                return _rewritten(picture)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise InputError(_too_many_pixels()) from error
        except UnidentifiedImageError as error:
            if formats != _READ:
                raise InputError(_DAMAGED) from error
            raise InputError("it is not a JPEG, PNG, WebP, GIF, SVG, HEIC or AVIF picture") from error
        except _DECODING_ERRORS as error:
            raise InputError(_DAMAGED) from error


@contextlib.contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """While it is open, a picture cut short is an error.

    That is a switch of the whole process, and WeasyPrint, where a program loads it beside us, turns it the other way.
    """
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _may_stay(picture: "Image.Image") -> bool:
    return (
        picture.format in _KEPT_MODES
        and picture.mode in _KEPT_MODES[picture.format]
        and max(picture.size) <= LONG_SIDE_PIXELS
        and not getattr(picture, "is_animated", False)
        and _turn(picture) is None
    )


def _turn(picture: "Image.Image") -> "Image.Transpose | None":
    """What brings the picture upright, by Exif 2.32, 4.6.4 A, Orientation; ``None`` when it stands so already."""
    from PIL import Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    orientation = picture.getexif().get(_EXIF_ORIENTATION)
    return turns.get(orientation) if isinstance(orientation, int) else None


def _rewritten(picture: "Image.Image") -> tuple[bytes, str]:
    """The picture upright, reduced, in sRGB, without metadata."""
    from PIL import Image

    source_format = str(picture.format)
    turn = _turn(picture)
    # 1. Colours first: reducing needs true colours, a palette's indices cannot be averaged.
    still = _in_screen_colours(picture)
    # 2. Reduce before turning: fewer pixels to turn, and the long side is the same.
    still.thumbnail((LONG_SIDE_PIXELS, LONG_SIDE_PIXELS), Image.Resampling.LANCZOS)
    if turn is not None:
        still = still.transpose(turn)
    # 3. Whatever Pillow would copy from ``info`` into the new file (profile, comment, Exif) goes.
    still.info.clear()

    written_as = "PNG" if _has_transparency(still) else _WRITTEN_AS[source_format]
    stream = io.BytesIO()
    if written_as == "JPEG":
        still = still.convert("L" if still.mode in ("L", "LA") else "RGB")  # an alpha channel that is full is left off
        still.save(stream, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    else:
        still.save(stream, "PNG", optimize=True)
    return stream.getvalue(), written_as


def _in_screen_colours(picture: "Image.Image") -> "Image.Image":
    """The picture in L, LA, RGB or RGBA; the first frame of a moving one."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return _eight_bits(picture)
    if picture.mode in ("L", "LA", "RGB", "RGBA") and "transparency" not in picture.info:
        return _in_srgb(picture)
    if picture.mode == "1":
        return picture.convert("L")
    if "transparency" in picture.info or picture.mode in ("PA", "La", "RGBa"):
        return picture.convert("RGBA")
    return _in_srgb(picture) if picture.mode == "CMYK" else picture.convert("RGB")


def _in_srgb(picture: "Image.Image") -> "Image.Image":
    """The colours as the picture's own profile means them; without one, or with a broken one, as they are numbered."""
    from PIL import ImageCms

    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("CMYK", "RGB", "RGBA"):
        try:
            converted = ImageCms.profileToProfile(
                picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except ImageCms.PyCMSError:
            return picture.convert(mode)
        if converted is not None:
            return converted
    return picture if picture.mode == mode else picture.convert(mode)


def _eight_bits(picture: "Image.Image") -> "Image.Image":
    """Sixteen bits of grey as eight: Pillow's own conversion clips them to white."""
    return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _has_transparency(picture: "Image.Image") -> bool:
    """Whether any pixel lets the paper through; an alpha channel that is full everywhere is none."""
    return picture.mode in ("LA", "RGBA") and picture.getchannel("A").getextrema()[0] != 255


def _too_many_pixels() -> str:
    return f"it has more than {LIMIT_PIXELS // 1_000_000} million pixels"
