"""The pictures of an e-book written anew for a reader. The only user of Pillow here."""

import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["Encoded", "Encoding", "Looks", "encode", "measure"]


class Encoding(msgspec.Struct, frozen=True, kw_only=True):
    """How a picture is written anew. It is never enlarged."""

    quality: int
    """Of a JPEG, by Pillow's scale of 1 to 95."""

    long_side: int | None = None
    """In pixels, at most."""

    limit_pixels: int | None = None
    grey: bool = False
    rgb: bool = False
    """Whether grey becomes RGB."""

    may_be_jpeg: bool = False
    """Whether a PNG without transparency may become a JPEG where that is smaller."""


class Looks(msgspec.Struct, frozen=True, kw_only=True):
    """What a picture is, without decoding it."""

    mode: str
    width: int
    height: int


class Encoded(msgspec.Struct, frozen=True, kw_only=True):
    """A picture written anew."""

    data: bytes
    suffix: str
    """``.jpg`` or ``.png``."""

    def name_from(self, name: str) -> str:
        """The member's name with the suffix that fits."""
        return (
            name if PurePosixPath(name).suffix in (".jpeg", self.suffix) else f"{name.rpartition('.')[0]}{self.suffix}"
        )


def measure(data: bytes) -> Looks:
    """The picture's size and colours. It is one of the master's: decoded before, and known to be sound."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        return Looks(mode=picture.mode, width=picture.width, height=picture.height)


def encode(data: bytes, encoding: Encoding) -> Encoded:
    """The picture reduced and written anew in sRGB or grey, without metadata: the same bytes for the same picture."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        is_png = picture.format == "PNG"
        size = _size(picture.width, picture.height, encoding)
        picture.draft(None, size)  # a JPEG is decoded at half or a quarter where that is enough
        still = _recoloured(picture, encoding)
    if still.size != size:
        still = still.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    still.info.clear()
    if not is_png:
        return Encoded(data=_jpeg(still, encoding.quality), suffix=".jpg")
    written = [Encoded(data=_png(still), suffix=".png")]
    if encoding.may_be_jpeg and still.mode in ("L", "RGB"):
        written.append(Encoded(data=_jpeg(still, encoding.quality), suffix=".jpg"))
    return min(written, key=lambda encoded: len(encoded.data))


def _size(width: int, height: int, encoding: Encoding) -> tuple[int, int]:
    scale = 1.0
    if encoding.long_side is not None:
        scale = min(scale, encoding.long_side / max(width, height))
    if encoding.limit_pixels is not None:
        scale = min(scale, (encoding.limit_pixels / (width * height)) ** 0.5)
    return max(1, int(width * scale)), max(1, int(height * scale))


def _recoloured(picture: "Image.Image", encoding: Encoding) -> "Image.Image":
    """In L, LA, RGB or RGBA: what can be averaged, and what every reader shows."""
    transparent = picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info
    still = picture.convert("RGBA") if transparent else _in_srgb(picture)
    if transparent and still.getchannel("A").getextrema()[0] == 255:
        still, transparent = still.convert("RGB"), False
    if encoding.grey:
        return still.convert("LA" if transparent else "L")
    return still.convert("RGB") if encoding.rgb and not transparent else still


def _in_srgb(picture: "Image.Image") -> "Image.Image":
    """The colours as the picture's own profile means them, since the profile goes with the metadata."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile and picture.mode == "RGB":
        try:
            converted = ImageCms.profileToProfile(picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"))
        except ImageCms.PyCMSError:
            converted = None
        if converted is not None:
            return converted
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _jpeg(picture: "Image.Image", quality: int) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()


def _png(picture: "Image.Image") -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()
