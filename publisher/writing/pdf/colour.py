"""Colours and pictures in the inks of a press. The only user of LittleCMS here, by way of Pillow.

1. A grey is black ink alone, as much of it as looks as light as the grey (``black_for``): so text and rules lie on one
   plate and cannot show fringes. A grey as dark as print's usual text colours is solid black: a tint would be screened,
   and small type with it.
2. Any other colour goes through the profile, relative colorimetric with black point compensation: the paper is left
   white, the darkest stays darkest, and what the press can print comes out as it was meant.
3. A picture goes through it pixel by pixel, from its own profile or from sRGB; a picture in greys is black ink alone.
"""

import bisect
import hashlib
import io
import zlib
from functools import cached_property
from typing import TypeAlias

import msgspec
from PIL import Image, ImageChops, ImageCms

__all__ = ["INTENT", "Ink", "Inks", "Raster", "srgb_of_lab"]

INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
Ink: TypeAlias = tuple[float, float, float, float]
"""Cyan, magenta, yellow, black: each from 0 to 1."""

SOLID_LEVEL = 0x33
"""The lightest grey, of 255, that is set solid: the text colours of the themes are #111 to #333."""

_NEUTRAL_SPREAD = 2
"""How far the channels of a grey may differ, of 255: a grey photograph saved as JPEG in RGB wavers as much."""

_JPEG_QUALITY = 94
"""For pictures that came as JPEG: their second encoding, so a little above what the first one usually has."""


_D50 = (0.9642, 1.0, 0.8249)
_XYZ_TO_SRGB = ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052))
"""From XYZ under D50 to the light of sRGB, adapted after Bradford."""


class Raster(msgspec.Struct, frozen=True, kw_only=True):
    """A picture in inks, as a PDF holds it."""

    width: int
    height: int
    colour_space: str
    """``DeviceCMYK`` or ``DeviceGray``."""

    filter: str
    """``DCTDecode``, or ``FlateDecode`` when it came without loss."""

    data: bytes
    mask: bytes | None = None
    """How much of each pixel covers the paper, one byte each, deflated; ``None`` when all of it does."""

    @property
    def is_complement(self) -> bool:
        """Whether the numbers say how much ink is left out."""
        return self.filter == "DCTDecode" and self.colour_space == "DeviceCMYK"


class Inks:
    """The inks of one press, by its profile."""

    def __init__(self, profile: bytes) -> None:
        self._profile = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        self._screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        self._transforms: dict[tuple[str, str], ImageCms.ImageCmsTransform] = {}
        self._known: dict[tuple[int, int, int], Ink] = {}

    def ink_for(self, red: float, green: float, blue: float) -> Ink:
        """A colour of sRGB, each channel from 0 to 1, in inks."""
        levels = (_level(red), _level(green), _level(blue))
        if levels not in self._known:
            self._known[levels] = self._convert(levels)
        return self._known[levels]

    def _convert(self, levels: tuple[int, int, int]) -> Ink:
        if max(levels) - min(levels) <= _NEUTRAL_SPREAD:
            level = sorted(levels)[1]
            return (0, 0, 0, 1 if level <= SOLID_LEVEL else self.black_for[level] / 255)
        pixel = ImageCms.applyTransform(Image.new("RGB", (1, 1), levels), self._from_screen("RGB"))
        assert pixel is not None  # noqa: S101  (it is only with inPlace)
        cyan, magenta, yellow, black = pixel.tobytes()
        return (cyan / 255, magenta / 255, yellow / 255, black / 255)

    @cached_property
    def black_for(self) -> list[int]:
        """For each grey of sRGB the black ink, both from 0 to 255, that looks as light.

        Looks are relative to the paper and to the solid black, as with black point compensation. The greys in between
        would otherwise come out as the press happens to thicken its dots.
        """
        ramp = Image.frombytes("CMYK", (256, 1), bytes(byte for black in range(256) for byte in (0, 0, 0, black)))
        to_lab = ImageCms.buildTransform(self._profile, ImageCms.createProfile("LAB"), "CMYK", "LAB", INTENT)
        measured = ImageCms.applyTransform(ramp, to_lab)
        assert measured is not None  # noqa: S101
        luminances = [_luminance(lightness * 100 / 255) for lightness in measured.tobytes()[::3]]
        # Measured tables are not always monotonous to the last digit, and a search needs it.
        for black in range(1, 256):
            luminances[black] = min(luminances[black], luminances[black - 1])
        paper, solid = luminances[0], luminances[-1]
        span = (paper - solid) or 1
        darkness = [1 - (luminance - solid) / span for luminance in luminances]
        return [_nearest(darkness, 1 - _linear(level / 255)) for level in range(256)]

    def separate(self, data: bytes) -> Raster:
        """The picture in inks, as large as it was. ``data`` is a picture that the engine could open."""
        picture: Image.Image = Image.open(io.BytesIO(data))
        picture.load()
        lossy = picture.format in ("JPEG", "MPO")
        profile = picture.info.get("icc_profile")
        mask = None
        if "transparency" in picture.info or picture.mode in ("LA", "PA", "RGBA", "La", "RGBa"):
            picture = picture.convert("RGBA")
            alpha = picture.getchannel("A")
            mask = None if alpha.getextrema()[0] == 255 else zlib.compress(alpha.tobytes(), 9)
            picture = picture.convert("RGB")
        inked = self._in_inks(picture, profile)
        return Raster(
            width=inked.width,
            height=inked.height,
            colour_space="DeviceCMYK" if inked.mode == "CMYK" else "DeviceGray",
            filter="DCTDecode" if lossy else "FlateDecode",
            data=_jpeg(inked) if lossy else zlib.compress(inked.tobytes(), 9),
            mask=mask,
        )

    def _in_inks(self, picture: Image.Image, profile: bytes | None) -> Image.Image:
        """The picture in CMYK, or in L when it has no colours."""
        if picture.mode not in ("L", "RGB", "CMYK"):
            picture = picture.convert("L" if picture.mode == "1" or picture.mode.startswith("I") else "RGB")
        if picture.mode == "RGB" and _is_neutral(picture):
            picture = picture.convert("L")
        if picture.mode == "L":
            return picture.point([255 - black for black in self.black_for])
        if picture.mode == "CMYK" and not profile:
            return picture
        separated = ImageCms.applyTransform(picture, self._transform(picture.mode, profile))
        assert separated is not None  # noqa: S101
        return separated

    def _transform(self, mode: str, profile: bytes | None) -> ImageCms.ImageCmsTransform:
        """From the picture's own profile where that fits its mode, else from the screen's or, of CMYK, the press's."""
        key = (mode, hashlib.sha256(profile or b"").hexdigest())
        if key not in self._transforms:
            source = self._profile if mode == "CMYK" else self._screen
            if profile:
                try:
                    own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
                    if own.profile.xcolor_space.strip() == mode:
                        self._transforms[key] = self._build(own, mode)
                        return self._transforms[key]
                except (ImageCms.PyCMSError, OSError):
                    pass  # A broken profile: the numbers are taken as those of the screen, as browsers do.
            self._transforms[key] = self._build(source, mode)
        return self._transforms[key]

    def _from_screen(self, mode: str) -> ImageCms.ImageCmsTransform:
        return self._transform(mode, None)

    def _build(self, source: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(
            source, self._profile, mode, "CMYK", INTENT, flags=ImageCms.Flags.BLACKPOINTCOMPENSATION
        )


def srgb_of_lab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    """A colour of CIE Lab under D50 in sRGB, each channel from 0 to 1; what sRGB has not is brought to its edge."""
    up = (lightness + 16) / 116
    x, y, z = (
        white * (root**3 if root > 6 / 29 else (root - 16 / 116) / 7.787)
        for white, root in zip(_D50, (up + a / 500, up, up - b / 200), strict=True)
    )
    red, green, blue = (_gamma(across * x + along * y + down * z) for across, along, down in _XYZ_TO_SRGB)
    return red, green, blue


def _gamma(light: float) -> float:
    """A channel of sRGB for its light (IEC 61966-2-1)."""
    light = min(1.0, max(0.0, light))
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _level(channel: float) -> int:
    return min(255, max(0, round(channel * 255)))


def _linear(channel: float) -> float:
    """The light of a channel of sRGB (IEC 61966-2-1)."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _luminance(lightness: float) -> float:
    """CIE Y, from 0 to 1, of L*."""
    return ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3


def _nearest(rising: list[float], value: float) -> int:
    """The index whose value comes nearest; of equals the first."""
    above = bisect.bisect_left(rising, value)
    candidates = [index for index in (above - 1, above) if 0 <= index < len(rising)]
    return min(candidates, key=lambda index: abs(rising[index] - value))


def _is_neutral(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    spreads = (ImageChops.difference(one, other) for one, other in ((red, green), (green, blue), (red, blue)))
    return not any(any(spread.histogram()[_NEUTRAL_SPREAD + 1 :]) for spread in spreads)


def _jpeg(picture: Image.Image) -> bytes:
    """A JPEG; in CMYK Pillow writes the complement, as Adobe began it and all decoders take it."""
    stream = io.BytesIO()
    picture.info.clear()  # The profile that it came with no longer describes it.
    picture.save(stream, "JPEG", quality=_JPEG_QUALITY, subsampling=0, optimize=True)
    return stream.getvalue()
