"""A picture of every format reaches the issue from every kind of source that can name one."""

import base64
import datetime as dt
import io
import sys
from pathlib import Path

import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from publisher.fetching import Web
from publisher.model import Figure, Issue, IssuePlan
from publisher.pipeline import Means, Wanted, assemble, gather
from tests.fetching.serving import body, serving
from tests.reading.docx import building
from tests.reading.docx.test_docx import PICTURES
from tests.reading.odt import building as odt
from tests.reading.rtf import building as rtf

pytest.importorskip("trafilatura", reason="the html extra is not installed")

register_heif_opener(thumbnails=False)

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><script>x()</script><path d="M0 0H60V40z"/></svg>'
)
SENTENCES = (
    "Sáng nay cây cầu mới qua sông được thông xe sau ba năm thi công.",
    "Hàng nghìn người dân hai bờ đã đến xem lễ khánh thành từ sớm.",
    "Cây cầu dài hơn một cây số, có bốn làn xe và hai lối đi bộ.",
)


def encoded(form: str) -> bytes:
    if form == "SVG":
        return DRAWING
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(stream, form)
    return stream.getvalue()


def markdown(name: str) -> bytes:
    return f"# Cầu mới thông xe\n\n{SENTENCES[0]}\n\n![Sơ đồ cầu]({name})\n\n{SENTENCES[1]}\n".encode()


def page(name: str) -> bytes:
    text = "".join(f"<p>{sentence} {sentence}</p>" for sentence in SENTENCES)
    figure = f'<figure><img src="{name}" alt="Sơ đồ cầu"><figcaption>Cầu nhìn từ bờ bắc.</figcaption></figure>'
    return (
        f"<html lang='vi'><body><article><h1>Cầu mới thông xe</h1>{text}{figure}{text}</article></body></html>".encode()
    )


def feed(name: str) -> bytes:
    text = "".join(f"&lt;p&gt;{sentence}&lt;/p&gt;" for sentence in SENTENCES)
    picture = f"&lt;figure&gt;&lt;img src='{name}' alt='Sơ đồ cầu'&gt;&lt;/figure&gt;"
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tin</title><item>'
        f"<title>Cầu mới thông xe</title><content:encoded>{text}{picture}{text}</content:encoded>"
        "</item></channel></rss>"
    ).encode()


def gathered(reference: str, web: Web | None = None) -> Issue:
    means = Means(web=web)
    return assemble(gather(Wanted(references=(reference,)), means), IssuePlan(), means)


def shown(issue: Issue) -> list[tuple[str, tuple[int, int]]]:
    """The media type and size of each picture that a figure of the issue shows; the issue has no problem."""
    assert issue.problems == ()
    assets = {asset.name: asset for asset in issue.assets}
    names = [block.src for placed in issue.articles for block in placed.article.body if isinstance(block, Figure)]
    return [(assets[name].media_type, Image.open(io.BytesIO(assets[name].data)).size) for name in names if name]


@pytest.mark.parametrize(
    ("form", "suffix", "expected"),
    [
        ("JPEG", "jpg", ("image/jpeg", (60, 40))),
        ("PNG", "png", ("image/png", (60, 40))),
        ("WEBP", "webp", ("image/jpeg", (60, 40))),
        ("GIF", "gif", ("image/png", (60, 40))),
        ("HEIF", "heic", ("image/jpeg", (60, 40))),
        ("AVIF", "avif", ("image/jpeg", (60, 40))),
        ("SVG", "svg", ("image/png", (240, 160))),
    ],
)
@pytest.mark.parametrize(("make", "source"), [(markdown, "bai.md"), (page, "bai.html")])
def test_a_picture_of_any_format_comes_with_a_file(
    tmp_path: Path, make, source: str, form: str, suffix: str, expected: tuple[str, tuple[int, int]]
) -> None:
    (tmp_path / f"so-do.{suffix}").write_bytes(encoded(form))
    (tmp_path / source).write_bytes(make(f"so-do.{suffix}"))

    assert shown(gathered(str(tmp_path / source))) == [expected]


@pytest.mark.parametrize(
    ("make", "content_type"), [(page, "text/html; charset=utf-8"), (feed, "application/rss+xml; charset=utf-8")]
)
def test_a_drawing_comes_from_the_web(make, content_type: str) -> None:
    with serving() as server, Web(lambda: dt.datetime(2025, 1, 1, tzinfo=dt.UTC), allow_private=("127.0.0.1",)) as web:
        server.answers["/so-do.svg"] = body(DRAWING, "image/svg+xml")
        server.answers["/tin"] = body(make(server.url("/so-do.svg")), content_type)

        assert shown(gathered(server.url("/tin"), web)) == [("image/png", (240, 160))]


@pytest.mark.parametrize("form", ["SVG", "HEIF"])
def test_a_picture_of_any_format_comes_inside_a_word_document(tmp_path: Path, form: str) -> None:
    content = "".join(building.p(sentence) for sentence in SENTENCES)
    parts = building.members(
        building.p("Cầu mới thông xe", style="Title") + content + building.p(building.picture()) + content,
        related=PICTURES,
    )
    (tmp_path / "bai.docx").write_bytes(building.packed(parts | {"word/media/image1.png": encoded(form)}))

    assert len(shown(gathered(str(tmp_path / "bai.docx")))) == 1


@pytest.mark.parametrize("name", ["bai.odt", "bai.fodt"])
def test_a_picture_comes_inside_an_opendocument_text(tmp_path: Path, name: str) -> None:
    written = base64.encodebytes(encoded("PNG")).decode()
    inner = f"<office:binary-data>{written}</office:binary-data>" if name == "bai.fodt" else ""
    body = odt.TITLE + odt.TEXT + odt.p(odt.picture(inner=inner))
    packed = odt.packed(odt.members(body, parts={"Pictures/1.png": encoded("PNG")}))
    (tmp_path / name).write_bytes(odt.flat(body) if inner else packed)

    assert len(shown(gathered(str(tmp_path / name)))) == 1


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_comes_inside_rich_text(tmp_path: Path, form: str) -> None:
    (tmp_path / "bai.rtf").write_bytes(rtf.document(rtf.TITLE, rtf.TEXT, rtf.p(rtf.picture(encoded(form)))))

    assert len(shown(gathered(str(tmp_path / "bai.rtf")))) == 1


def test_heic_without_its_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "anh.heic").write_bytes(encoded("HEIF"))
    (tmp_path / "bai.md").write_bytes(markdown("anh.heic"))
    monkeypatch.setitem(sys.modules, "pillow_heif", None)

    assert [str(problem) for problem in gathered(str(tmp_path / "bai.md")).problems] == [
        "bai.md: the picture 'anh.heic' is left out: it is HEIC, which needs pillow-heif; install "
        "publisher-toolkit[heic] [missing-picture]"
    ]
