"""Files for a press, made in the test's own process for a press that does not exist, and issues that try it."""

import datetime as dt
import functools
import io
import warnings
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from publisher.model import (
    Article,
    Asset,
    BlockQuote,
    Break,
    BulletList,
    Emphasis,
    Figure,
    Issue,
    LineBreak,
    Link,
    NumberedList,
    Preformatted,
    PullQuote,
    Rendition,
    Strong,
    Subheading,
    Table,
    Teaser,
    Text,
    Written,
)
from publisher.writing.pdf import PreparedPress, PressOptions, prepare_press
from publisher.writing.pdf.output_profiles import parse_profile
from tests.theming.issues import ENGLISH, FULL, issue, paragraph, words
from tests.writing.pdf.inks import cmyk_profile


@functools.cache
def profile_data() -> bytes:
    return cmyk_profile()


def press(**options: object) -> PreparedPress:
    """The press of the tests; options as ``PreparedPress`` has them."""
    values = {"bleed_mm": 3.0, "marks": ("crop", "registration"), "imposition": "single"}
    return PreparedPress(**{**values, **options}, output_profile=parse_profile(profile_data()))


def plates(rendition: Rendition, **options: object) -> Written:
    from publisher.writing.pdf.layout import write_pdf

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # The engine leaves files to be closed by themselves.
        return write_pdf(rendition, press=press(**options))


def plates_file(rendition: Rendition, folder: Path, name: str = "press.pdf", **options: object) -> Path:
    path = folder / name
    path.write_bytes(plates(rendition, **options).data)
    return path


def profile_file(folder: Path) -> Path:
    path = folder / "press.icc"
    path.write_bytes(profile_data())
    return path


def checked(options: PressOptions) -> PreparedPress:
    return prepare_press(options)


# --- issues ----------------------------------------------------------------------------------------------------------


def long_vietnamese() -> Issue:
    body = [
        block
        for number in range(1, 13)
        for block in (
            Subheading(inlines=words(f"Đoạn {number}: ẲM ỄNH Ộ")),
            *(paragraph() for _ in range(5)),
            Figure(caption=words("Người dân chờ bên bờ sông. Ảnh: Minh Quân"), credit="Minh Quân"),
        )
    ]
    return issue(msgspec.structs.replace(FULL, body=tuple(body)), number="12", title="Tuần tin")


def english() -> Issue:
    text = "The ferries that crossed the river for seventy-one years were withdrawn, uncomplainingly, this morning."
    body = tuple(paragraph(f"{number}. {text} {text}") for number in range(1, 31))
    return issue(
        msgspec.structs.replace(ENGLISH, body=body, url="https://example.org/ferry", bylines=("A. Writer",)),
        title="The week",
    )


def blocks() -> Issue:
    cell = words("1.250 m")
    body = (
        paragraph(),
        paragraph("Chữ ").__class__(
            inlines=(
                Text(text="Chữ "),
                Emphasis(children=words("nghiêng")),
                Text(text=", "),
                Strong(children=words("đậm")),
                LineBreak(),
                Link(url="https://example.org/a", children=words("nối")),
            )
        ),
        Subheading(inlines=words("Chi phí")),
        Subheading(inlines=words("Phần móng"), level=3),
        BulletList(items=(words("Một"), words("Hai"))),
        NumberedList(items=(words("Ba"), words("Bốn")), start=3),
        BlockQuote(blocks=(paragraph(),)),
        PullQuote(inlines=words("Cầu là của mọi người."), attribution="Bà Hường"),
        Figure(src="pictures/photo.jpg", alt="Cây cầu", caption=words("Cây cầu. Ảnh: Minh Quân")),
        Figure(caption=words("Chỉ còn lời chú thích.")),
        Table(header=(words("Cầu"), words("Dài")), rows=((words("Cẩm"), cell), (words("Bính"), cell)), caption=cell),
        Preformatted(text="Bến   Giờ\n  Cẩm 6.00"),
        Break(),
        paragraph(),
    )
    made = issue(
        msgspec.structs.replace(FULL, body=body),
        ENGLISH,
        number="7",
        title="Mọi khối",
    )
    return with_pictures(made)


def pictures() -> Issue:
    body = tuple(
        block
        for asset in assets()
        for block in (paragraph(), Figure(src=asset.name, alt=asset.name, caption=words(f"Ảnh {asset.name}")))
    )
    return with_pictures(issue(msgspec.structs.replace(FULL, body=body), title="Nhiều ảnh"))


SET = {"long-vi": long_vietnamese, "english": english, "pictures": pictures, "blocks": blocks}


def with_pictures(made: Issue) -> Issue:
    return msgspec.structs.replace(made, assets=assets())


@functools.cache
def assets() -> tuple[Asset, ...]:
    """Pictures in each mode that an asset may have, one of them with a profile of its own."""
    from PIL import ImageCms

    photo = Image.radial_gradient("L").resize((240, 160))
    colours = Image.merge(
        "RGB", (photo, photo.rotate(90).resize(photo.size), Image.linear_gradient("L").resize(photo.size))
    )
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    drawing = Image.new("RGBA", (200, 120), (0, 0, 0, 0))
    ImageDraw.Draw(drawing).ellipse((10, 10, 190, 110), fill=(20, 65, 95, 160), outline=(122, 31, 31, 255), width=6)
    return (
        _asset("photo.jpg", colours, quality=90),
        _asset("profile.jpg", colours, quality=90, icc_profile=srgb),
        _asset("broken-profile.jpg", colours, quality=90, icc_profile=b"no profile"),
        _asset("grey.jpg", photo, quality=90),
        _asset("grey-in-rgb.jpg", photo.convert("RGB"), quality=90),
        _asset("colours.png", colours),
        _asset("grey.png", photo),
        _asset("line-art.png", photo.point(lambda value: 255 * (value > 128)).convert("1")),
        _asset("palette.png", colours.quantize(16)),
        _asset("palette-holes.png", colours.quantize(16), transparency=3),
        _asset("drawing.png", drawing),
        _asset("grey-alpha.png", Image.merge("LA", (photo, photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))),
    )


def _asset(name: str, picture: Image.Image, **options: object) -> Asset:
    stream = io.BytesIO()
    picture.save(stream, "JPEG" if name.endswith("jpg") else "PNG", **options)
    media_type = "image/jpeg" if name.endswith("jpg") else "image/png"
    return Asset(name=f"pictures/{name}", media_type=media_type, data=stream.getvalue())


def dated(day: dt.date | None) -> Issue:
    article = Article(
        headline="Cầu mới",
        language="vi",
        published=day,
        body=(paragraph(),),
        related=(Teaser(headline="Phà cũ"),),
    )
    return issue(article)
