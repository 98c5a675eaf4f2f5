"""The issues that every theme is put to, each for another reason; all texts and pictures are our own."""

import functools
import io
from collections.abc import Callable
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from publisher.fetching.pictures import picture_asset
from publisher.model import Article, Asset, Figure, Issue, IssuePlan, Subheading, Teaser, Text
from publisher.pipeline import Means, Wanted, assemble, gather
from tests.theming.issues import ENGLISH, FULL, issue, paragraph, words
from tests.writing.pdf.pressing import blocks as small_blocks
from tests.writing.pdf.pressing import english

DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300"><circle cx="150" cy="150" r="120"
fill="#14415f" fill-opacity=".7"/><text x="300" y="160" font-size="40">S\xc6\xa1 \xc4\x91\xe1\xbb\x93</text></svg>"""


def seed(shared: Path) -> Issue:
    """The page that this project began with."""
    gathered = gather(Wanted(references=(str(shared / "corpus" / "text" / "seed.txt"),)), Means())
    # What reading was not sure of is no matter of the pages.
    return msgspec.structs.replace(assemble(gathered, IssuePlan(), Means()), problems=())


def long_vietnamese() -> Issue:
    """Articles of several pages, with sub-headings and captions, and the related news of all."""
    articles = []
    for number in range(1, 5):
        body = [
            block
            for part in range(1, 9)
            for block in (
                Subheading(inlines=words(f"Chặng {part}: ẲM ỄNH Ộ")),
                *(
                    paragraph(
                        f"Bài {number}, chặng {part}, đoạn {line}. Sáng nay, tổ vận hành ghi mực nước hai bờ sông Mây "
                        "rồi báo về xã trước khi đóng cống. Nhà nào ở gần bến cũng ra xem, và chợ họp sớm hơn mọi hôm."
                    )
                    for line in range(1, 6)
                ),
            )
        ]
        related = tuple(Teaser(headline=f"Tin thêm {number}.{at}", summary="Vài dòng.") for at in range(1, 3))
        articles.append(
            msgspec.structs.replace(
                FULL, headline=f"Bốn ngày trên sông Mây: ngày thứ {number}", body=tuple(body), related=related, url=None
            )
        )
    return issue(*articles, number="12", title="Tuần tin")


def no_pictures() -> Issue:
    """Two languages and nothing to look at."""
    body = tuple(block for block in FULL.body if not isinstance(block, Figure))
    return issue(msgspec.structs.replace(FULL, body=body), ENGLISH, title="Không ảnh")


def pictures() -> Issue:
    """Pictures in each mode that an asset may have, sharp enough for print, one after the other."""
    body = tuple(
        block
        for number, asset in enumerate(assets(), start=1)
        for block in (
            paragraph(),
            Figure(src=asset.name, alt=f"Cây cầu, tấm thứ {number}", caption=words(f"Tấm {number}. Ảnh: Minh Quân")),
        )
    )
    made = issue(msgspec.structs.replace(FULL, body=body), title="Nhiều ảnh")
    return msgspec.structs.replace(made, assets=assets())


def blocks() -> Issue:
    """Every kind of block, with a run in another language."""
    made = small_blocks()
    foreign = Text(text="The bridge belongs to everyone.", language="en")
    placed = made.articles[0]
    body = tuple(
        msgspec.structs.replace(block, src=assets()[0].name) if isinstance(block, Figure) and block.src else block
        for block in placed.article.body
    )
    first: Article = msgspec.structs.replace(
        placed.article, body=(*body, msgspec.structs.replace(paragraph(), inlines=(foreign,)))
    )
    articles = (msgspec.structs.replace(placed, article=first), *made.articles[1:])
    return msgspec.structs.replace(made, articles=articles, assets=assets()[:1])


KINDS: dict[str, Callable[[], Issue]] = {
    "long Vietnamese": long_vietnamese,
    "English": english,
    "no pictures": no_pictures,
    "many pictures": pictures,
    "every block": blocks,
}


@functools.cache
def assets() -> tuple[Asset, ...]:
    photo = Image.radial_gradient("L").resize((2000, 100))  # Wide enough for print, and quickly separated.
    colours = Image.merge("RGB", (photo, photo.transpose(Image.Transpose.ROTATE_180), Image.new("L", photo.size, 90)))
    holes = Image.new("RGBA", photo.size, (0, 0, 0, 0))
    ImageDraw.Draw(holes).ellipse((40, 10, 1900, 90), fill=(20, 65, 95, 160), outline=(122, 31, 31, 255), width=8)
    grey = Image.merge("LA", (photo, photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    return (
        *(picture_asset(_encoded(picture, "JPEG")) for picture in (colours, photo)),
        *(
            picture_asset(_encoded(picture, "PNG"))
            for picture in (holes, grey, colours.quantize(16), photo.convert("1"))
        ),
        picture_asset(_encoded(colours, "WEBP")),
        picture_asset(DRAWING),
    )


def _encoded(picture: Image.Image, form: str) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, form)
    return stream.getvalue()
