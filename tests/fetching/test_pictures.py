import hashlib
import io
import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw
from pillow_heif import register_heif_opener

from publisher.errors import InputError
from publisher.fetching.pictures import picture_asset
from publisher.model import Crop

RED = (200, 30, 30)

register_heif_opener(thumbnails=False)  # so that the tests can write what telephones do


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def decoded(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def corner_marked(width: int = 60, height: int = 40) -> Image.Image:
    """White, with a red block in the upper left corner: which way is up can be seen."""
    picture = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 4, height // 4), fill=RED)
    return picture


def reason_of(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        picture_asset(data)
    return str(caught.value)


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_common_jpeg_keeps_its_bytes(mode: str, progressive: bool) -> None:
    data = encoded(corner_marked().convert(mode), "JPEG", progressive=progressive, comment=b"kept with the rest")

    asset = picture_asset(data)

    assert asset.data == data
    assert asset.media_type == "image/jpeg"
    assert asset.name == f"pictures/{hashlib.sha256(data).hexdigest()[:16]}.jpg"


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("crop", "size"),
    [((0.25, 0.0, 0.75, 0.5), (40, 20)), ((0.0, 0.0, 1.0, 1.0), (80, 40)), ((1.0, 1.0, 1.0, 1.0), (1, 1))],
)
def test_a_part_of_a_picture_is_written_anew(form: str, crop: Crop, size: tuple[int, int]) -> None:
    whole = Image.new("RGB", (80, 40), "blue")
    whole.paste("red", (20, 0, 60, 20))

    asset = picture_asset(encoded(whole, form, **({"comment": b"x"} if form == "JPEG" else {})), crop)

    with Image.open(io.BytesIO(asset.data)) as part:
        red, _, blue = part.convert("RGB").getpixel((0, 0))
        assert (part.size, part.format, "comment" in part.info) == (size, form, False)
        assert (red > blue) is (crop[0] == 0.25)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_common_png_keeps_its_bytes(mode: str) -> None:
    data = encoded(corner_marked().convert(mode), "PNG")

    asset = picture_asset(data)

    assert asset.data == data
    assert asset.media_type == "image/png"
    assert asset.name == f"pictures/{hashlib.sha256(data).hexdigest()[:16]}.png"


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("form", "size", "expected"),
    [
        pytest.param("JPEG", (2000, 1500), (2000, 1500), id="just small enough"),
        pytest.param("JPEG", (2001, 1500), (2000, 1499), id="one pixel too wide"),
        pytest.param("PNG", (1000, 4000), (500, 2000), id="too high"),
        pytest.param("PNG", (9000, 1), (2000, 1), id="a line"),
        pytest.param("JPEG", (20, 10), (20, 10), id="never enlarged"),
        pytest.param("WEBP", (20, 10), (20, 10), id="nor when it is written anew"),
        pytest.param("HEIF", (2400, 1200), (2000, 1000), id="a telephone's"),
    ],
)
def test_the_long_side_is_reduced_to_2000_pixels(form: str, size: tuple[int, int], expected: tuple[int, int]) -> None:
    asset = picture_asset(encoded(Image.new("RGB", size, RED), form))

    picture = decoded(asset.data)
    assert picture.format == ("PNG" if form == "PNG" else "JPEG")
    assert picture.size == expected


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_its_camera_was_held(form: str, orientation: int) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that the orientation takes back, Exif 2.32
    upright = corner_marked()
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation

    picture = decoded(picture_asset(encoded(stored, form, exif=exif.tobytes(), quality=95)).data).convert("RGB")

    assert picture.size == upright.size
    assert all(abs(had - wanted) < 40 for had, wanted in zip(picture.getpixel((2, 2)), RED, strict=True))
    assert all(channel > 215 for corner in ((57, 2), (2, 37), (57, 37)) for channel in picture.getpixel(corner))


@pytest.mark.parametrize("orientation", [0, 9, 1000])
def test_an_orientation_that_does_not_exist_turns_nothing(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(corner_marked(), "JPEG", exif=exif)

    assert picture_asset(data).data == data


@pytest.mark.parametrize(
    ("picture", "form", "mode", "kept_as", "pixel"),
    [
        pytest.param(Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG", "RGB", "JPEG", (254, 0, 0), id="cmyk jpeg"),
        pytest.param(Image.new("RGB", (9, 9), RED), "WEBP", "RGB", "JPEG", RED, id="webp"),
        pytest.param(Image.new("RGBA", (9, 9), (*RED, 255)), "WEBP", "RGB", "JPEG", RED, id="webp, full alpha"),
        pytest.param(Image.new("RGBA", (9, 9), (*RED, 90)), "WEBP", "RGBA", "PNG", (*RED, 90), id="webp, transparent"),
        pytest.param(Image.new("RGB", (64, 64), RED), "HEIF", "RGB", "JPEG", RED, id="heic"),
        pytest.param(Image.new("RGB", (64, 64), RED), "AVIF", "RGB", "JPEG", RED, id="avif"),
        pytest.param(
            Image.new("RGBA", (64, 64), (*RED, 90)), "HEIF", "RGBA", "PNG", (*RED, 90), id="heic, transparent"
        ),
        pytest.param(
            Image.new("RGBA", (64, 64), (*RED, 90)), "AVIF", "RGBA", "PNG", (*RED, 90), id="avif, transparent"
        ),
        pytest.param(Image.new("I;16", (64, 64), 51_400), "HEIF", "L", "JPEG", 200, id="heic, ten bits of grey"),
        pytest.param(Image.new("P", (9, 9), 0), "GIF", "RGB", "PNG", (0, 0, 0), id="gif"),
        pytest.param(Image.new("I;16", (9, 9), 51_400), "PNG", "L", "PNG", 200, id="sixteen bits of grey"),
    ],
)
def test_other_formats_and_colours_are_converted(
    picture: Image.Image, form: str, mode: str, kept_as: str, pixel: tuple[int, ...] | int
) -> None:
    options = {"lossless": True} if form == "WEBP" else {}

    made = decoded(picture_asset(encoded(picture, form, **options)).data)

    assert (made.mode, made.format) == (mode, kept_as)
    had = made.getpixel((4, 4))
    pairs = zip(had, pixel, strict=True) if isinstance(had, tuple) else [(had, pixel)]
    assert all(abs(one - other) <= 3 for one, other in pairs)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF", "HEIF"])
def test_of_a_moving_picture_the_first_frame_stands(form: str) -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in (RED, "blue")]
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=100)

    picture = decoded(picture_asset(data).data)

    assert not getattr(picture, "is_animated", False)
    assert all(abs(had - wanted) < 12 for had, wanted in zip(picture.convert("RGB").getpixel((9, 9)), RED, strict=True))


def test_of_a_telephones_double_picture_the_first_stands() -> None:
    data = encoded(corner_marked(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")])

    picture = decoded(picture_asset(data).data)

    assert (picture.format, picture.size) == ("JPEG", (60, 40))
    assert len(picture_asset(data).data) < len(data)


def test_transparency_given_by_a_palette_survives_reducing() -> None:
    picture = Image.new("P", (3000, 10), 0)
    picture.putpalette([0, 0, 0, *RED])
    picture.paste(1, (0, 0, 1500, 10))

    made = decoded(picture_asset(encoded(picture, "PNG", transparency=0)).data)

    assert made.mode == "RGBA"
    assert made.getpixel((100, 3)) == (*RED, 255)
    assert made.getpixel((1900, 3))[3] == 0


def test_colours_are_brought_to_srgb_before_their_profile_goes() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    wide = linear_profile()
    plain = encoded(Image.new("RGB", (2400, 10), (128, 128, 128)), "PNG", icc_profile=lab)
    meant_lighter = encoded(Image.new("RGB", (2400, 10), (128, 128, 128)), "PNG", icc_profile=wide)

    assert decoded(picture_asset(plain).data).getpixel((9, 3)) == (128, 128, 128)
    assert decoded(picture_asset(meant_lighter).data).getpixel((9, 3)) == (188, 188, 188)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_a_telephones_wide_colours_become_those_of_screens(form: str) -> None:
    options = {"PNG": {}, "WEBP": {"lossless": True}}.get(form, {"quality": 98})
    picture = Image.new("RGB", (2400, 64), (200, 100, 60))

    made = decoded(picture_asset(encoded(picture, form, icc_profile=display_p3(), **options)).data)

    # By the matrices of Display P3 and sRGB, both with sRGB's curve: (215, 96, 47).
    assert all(abs(had - wanted) <= 3 for had, wanted in zip(made.getpixel((1000, 32)), (215, 96, 47), strict=True))


def display_p3() -> bytes:
    """An sRGB profile with the primaries of Display P3, adapted to D50 as profiles have them."""
    primaries = {
        b"rXYZ": (0.515102, 0.241182, -0.001050),
        b"gXYZ": (0.291965, 0.692236, 0.041882),
        b"bXYZ": (0.157153, 0.066582, 0.784378),
    }
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(132, 132 + 12 * struct.unpack_from(">I", profile, 128)[0], 12):
        signature, offset, _ = struct.unpack_from(">4sII", profile, at)
        if signature in primaries:
            struct.pack_into(">4sI3i", profile, offset, b"XYZ ", 0, *(round(65536 * v) for v in primaries[signature]))
    return bytes(profile)


def linear_profile() -> bytes:
    """An sRGB profile whose three tone curves are straight: 128 in it is what 188 is in sRGB."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(132, 132 + 12 * struct.unpack_from(">I", profile, 128)[0], 12):
        signature, offset, size = struct.unpack_from(">4sII", profile, at)
        if signature in (b"rTRC", b"gTRC", b"bTRC"):
            straight = struct.pack(">4sIHHi", b"para", 0, 0, 0, 65536)
            profile[offset : offset + size] = straight.ljust(size, b"\0")
    return bytes(profile)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_metadata_is_left_behind_when_a_picture_is_written_anew(form: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "A PRIVATE WORD"
    options: dict[str, object] = {"exif": exif, "icc_profile": linear_profile(), "dpi": (72, 72)}
    if form == "JPEG":
        options["comment"] = b"A PRIVATE WORD"

    made = picture_asset(encoded(corner_marked(), form, **options))

    assert b"PRIVATE" not in made.data
    assert not decoded(made.data).getexif()
    assert {"icc_profile", "comment", "exif", "dpi"} & set(decoded(made.data).info) == set()


def test_a_broken_colour_profile_is_ignored() -> None:
    data = encoded(Image.new("RGB", (2400, 10), RED), "PNG", icc_profile=b"no profile at all")

    assert decoded(picture_asset(data).data).getpixel((9, 3)) == RED


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_broken_metadata_is_left_behind_in_silence(form: str, recwarn: pytest.WarningsRecorder) -> None:
    exif = Image.Exif()
    exif[0x010E] = "A description long enough to stand outside its entry"
    sound = encoded(corner_marked(), form, exif=exif)
    at = sound.index(b"\x01\x0e\x00\x02") if b"\x01\x0e\x00\x02" in sound else sound.index(b"\x0e\x01\x02\x00")
    broken = sound[: at + 4] + b"\xff\xff\xff\xff" + sound[at + 8 :]

    asset = picture_asset(with_checksums(broken) if form == "PNG" else broken)

    assert not decoded(asset.data).getexif()
    assert recwarn.list == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"Not a picture.", id="text"),
        pytest.param(b"<html><body></body></html>", id="a page"),
        pytest.param(b"%PDF-1.7", id="pdf"),
        pytest.param(b"\0\0\0\x18ftypisom\0\0\0\0isommp41", id="a film"),
        pytest.param(b"\0\0\0\x18ftyp", id="a film cut short"),
        pytest.param(encoded(Image.new("RGB", (9, 9)), "BMP"), id="bmp"),
        pytest.param(encoded(Image.new("RGB", (9, 9)), "TIFF"), id="tiff"),
        pytest.param(encoded(Image.new("RGB", (9, 9)), "EPS"), id="eps"),
    ],
)
def test_what_is_no_picture_of_a_known_format_is_said_to_be(data: bytes) -> None:
    assert reason_of(data) == "it is not a JPEG, PNG, WebP, GIF, SVG, HEIC or AVIF picture"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_picture_cut_short_is_damaged(form: str, share: float) -> None:
    noise = Image.frombytes("RGB", (64, 64), random.Random(1).randbytes(64 * 64 * 3))  # noqa: S311 - a fixed noise
    data = encoded(noise, form)

    assert reason_of(data[: int(len(data) * share)]) == "it is damaged and cannot be decoded"


def png_claiming(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def with_checksums(png: bytes) -> bytes:
    """The PNG with the check sums that its chunks should have."""
    at, parts = 8, [png[:8]]
    while at < len(png):
        size = struct.unpack_from(">I", png, at)[0]
        body = png[at + 4 : at + 8 + size]
        parts += [png[at : at + 4], body, struct.pack(">I", zlib.crc32(body))]
        at += 12 + size
    return b"".join(parts)


@pytest.mark.parametrize(
    ("width", "height"),
    [
        pytest.param(8001, 8000, id="just too many"),
        pytest.param(10_000, 10_000, id="where Pillow warns"),
        pytest.param(50_000, 50_000, id="where Pillow refuses"),
    ],
)
def test_a_picture_of_too_many_pixels_is_not_decoded(width: int, height: int) -> None:
    assert reason_of(png_claiming(width, height)) == "it has more than 64 million pixels"


@pytest.mark.parametrize("form", ["HEIF", "AVIF"])
def test_a_telephones_picture_of_too_many_pixels_is_not_decoded(form: str) -> None:
    data = encoded(Image.new("RGB", (64, 64)), form)
    extent = struct.pack(">4sIII", b"ispe", 0, 64, 64)
    assert extent in data

    claiming = data.replace(extent, struct.pack(">4sIII", b"ispe", 0, 9000, 9000))

    # Whether the box is believed or the stream in it is the decoder's affair.
    assert reason_of(claiming) in ("it has more than 64 million pixels", "it is damaged and cannot be decoded")


def test_a_picture_of_just_few_enough_pixels_is_decoded() -> None:
    assert reason_of(png_claiming(8000, 8000)) == "it is damaged and cannot be decoded"


@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]),
    st.sampled_from(["1", "L", "P", "RGB", "RGBA"]),
    st.integers(1, 40),
    st.integers(1, 40),
    st.integers(1, 8),
)
def test_an_assets_bytes_give_that_asset_again(form: str, mode: str, width: int, height: int, orientation: int) -> None:
    if form == "JPEG" and mode in ("P", "RGBA"):
        mode = "RGB"
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(corner_marked(width, height).convert(mode), form, exif=exif)

    asset = picture_asset(data)

    assert picture_asset(data) == asset
    assert picture_asset(asset.data) == asset


@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"]),
    st.randoms(use_true_random=False),
    st.integers(1, 40),
)
def test_damage_gives_an_asset_or_a_reason(form: str, random: random.Random, changes: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = bytearray(encoded(corner_marked(), form, exif=exif, icc_profile=linear_profile()))
    for _ in range(changes):
        data[random.randrange(len(data))] = random.randrange(256)

    try:
        asset = picture_asset(bytes(data))
    except InputError as error:
        assert str(error) in (
            "it is not a JPEG, PNG, WebP, GIF, SVG, HEIC or AVIF picture",
            "it is damaged and cannot be decoded",
            "it has more than 64 million pixels",
        )
    else:
        assert max(decoded(asset.data).size) <= 2000


def test_a_jpeg_of_too_many_scans_is_not_decoded() -> None:
    data = encoded(corner_marked(), "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]

    assert reason_of(data[:-2] + last * 100 + data[-2:]) == "it has more than 100 scans"
    assert picture_asset(data[:-2] + last * 50 + data[-2:]).media_type == "image/jpeg"
