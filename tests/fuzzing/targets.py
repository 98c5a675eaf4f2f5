"""What takes strangers' bytes: each with seeds of our own, and the refusals that it may answer with."""

import functools
import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pikepdf
from PIL import Image

from publisher.checking import check
from publisher.config import load_settings, read_draft
from publisher.config.opml import feeds_in
from publisher.errors import ConfigError, InputError, PublisherError, ThemeError
from publisher.fetching.pictures import picture_asset
from publisher.fetching.svg import read_drawing
from publisher.model import Source
from publisher.model.formats import JSON, MHTML, ODT, RTF
from publisher.reading import parse_corrections, parse_profile, read
from publisher.theming import load_theme
from tests.checking.conftest import made
from tests.reading.docx import building
from tests.reading.odt import building as odt
from tests.reading.rtf import building as rtf

ROOT = Path(__file__).parents[2]
SEEDS = Path(__file__).parent / "seeds"
CRASHERS = Path(__file__).parent / "crashers"
SMALL_STREAM_BYTES = 20_000


class Target(NamedTuple):
    """A way in."""

    run: Callable[[bytes, Path], object]
    """What is done with an input, in an empty folder of its own."""

    seeds: Callable[[], list[bytes]]
    refusals: tuple[type[PublisherError], ...] = (InputError,)


def reader(media_type: str) -> Callable[[bytes, Path], object]:
    return lambda data, _: read(Source(name="page", data=data, media_type=media_type))


def seeds(pattern: str, folder: Path = SEEDS) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for path in sorted(folder.glob(pattern))]


def _settings(data: bytes, folder: Path) -> object:
    path = folder / "digest.toml"
    path.write_bytes(data)
    read_draft(path)
    return load_settings(path)


def _subscriptions(data: bytes, folder: Path) -> object:
    path = folder / "feeds.opml"
    path.write_bytes(data)
    return feeds_in(path)


def _theme(data: bytes, folder: Path) -> object:
    (folder / "own").mkdir()
    (folder / "own" / "theme.toml").write_bytes(data)
    return load_theme("own", [folder])


@functools.cache
def pdfs() -> list[bytes]:
    """A brief, its small streams unpacked so that a mutant changes what they say, its large ones emptied."""
    with pikepdf.open(io.BytesIO(made(".pdf", "brief"))) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") != "/Image":
                data = each.read_bytes()
                each.write(data if len(data) < SMALL_STREAM_BYTES else b"")
            elif isinstance(each, pikepdf.Stream):
                each.write(bytes(3 * 2200 * 1375)[:SMALL_STREAM_BYTES])
        stream = io.BytesIO()
        pdf.save(stream, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return [stream.getvalue()]


def documents() -> list[bytes]:
    """A Word document with each kind of thing that the reader knows."""
    body = (
        building.p("Cầu mới thông xe", style="Tieu"),
        building.p("Sáng nay cây cầu mới qua sông được thông xe, sớm hơn kế hoạch hai tháng."),
        building.p(building.b("Bốn làn"), building.r(" xe qua cầu "), building.i("ban ngày")),
        building.item("Xã Đông Khê", 1),
        building.item("Xã Vĩnh Lam", 2, 1),
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + building.p("Dài") + "</w:tc></w:tr></w:tbl>",
    )
    return [building.packed(building.members("".join(body)))]


def texts() -> list[bytes]:
    """An OpenDocument text with each kind of thing that the reader knows, packed and flat."""
    body = (
        odt.TITLE,
        odt.TEXT,
        odt.h("Bốn làn"),
        odt.p(
            "a",
            odt.span("b", "B"),
            "<text:tab/>",
            odt.span("c", "I"),
            "<text:a xlink:href='https://a.example'>d</text:a>",
        ),
        odt.items(odt.p("Xã Đông Khê") + odt.items(odt.p("Thôn Hạ")), odt.p("Xã Vĩnh Lam"), style="Number"),
        odt.table(odt.row(odt.cell(odt.p("Dài"), attributes='table:number-columns-spanned="2"'), odt.COVERED)),
        odt.p("<draw:frame><draw:text-box>", odt.p(odt.picture(), "Cầu"), "</draw:text-box></draw:frame>"),
        odt.p(f"e<text:note><text:note-body>{odt.p('Chú thích')}</text:note-body></text:note><office:annotation/>"),
    )
    return [odt.packed(odt.members("".join(body), parts={"Pictures/1.png": b"x"})), odt.flat("".join(body))]


def pictures() -> list[bytes]:
    """A small picture in each form that Pillow decodes by itself, one of them of several frames."""
    picture = Image.linear_gradient("L").resize((48, 32)).convert("RGB")
    encoded = []
    for form, options in (
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("WEBP", {}),
        ("GIF", {"save_all": True, "append_images": [picture.rotate(90)]}),
    ):
        stream = io.BytesIO()
        picture.save(stream, form, **options)
        encoded.append(stream.getvalue())
    return encoded


def rich_texts() -> list[bytes]:
    """Rich text with each kind of thing that the reader knows."""
    body = (
        rtf.TITLE,
        rtf.TEXT,
        rtf.p("Bốn làn", words=rb"\s1\outlinelevel0 "),
        rtf.p(rb"a{\b b}\tab{\i c}\line\u7847?\'e9"),
        rtf.p(rb'{\field{\*\fldinst HYPERLINK "https://a.example"}{\fldrslt d}}'),
        rtf.p("Xã Đông Khê", words=rb"{\listtext 1.\tab}\ls1 "),
        rtf.cells(b"a", b"b", edges=(1000, 2000), words=rb"\trhdr") + rtf.cells(b"c", edges=(2000,)),
        rtf.p(rtf.picture(alt=b"x"), rb"{\shp{\*\shpinst{\shptxt e\par}}{\shprslt f}}"),
        rtf.p(rb"g{\footnote\pard Chu thich}{\*\annotation h}{\v i}{\upr{j}{\*\ud{k}}}{\pict\bin4 {}\\ }"),
    )
    return [rtf.document(*body), rtf.document(*body, head=b"", start=rb"\mac")]


TARGETS = {
    "text": Target(reader("text/plain"), seeds("*/input.txt", ROOT / "tests/reading/cases")),
    "markdown": Target(reader("text/markdown"), seeds("*.md", ROOT / "examples")),
    "html": Target(reader("text/html"), seeds("*/*.html", ROOT / "tests/reading/html/cases")),
    "feed": Target(reader("application/atom+xml"), seeds("feed.*")),
    "mhtml": Target(reader(MHTML), seeds("*/input.mhtml", ROOT / "tests/reading/mhtml/cases")),
    "json": Target(reader(JSON), seeds("article.json")),
    "docx": Target(reader(building.MEDIA_TYPE), documents),
    "odt": Target(reader(ODT), texts),
    "picture": Target(lambda data, _: picture_asset(data), pictures),
    "rtf": Target(reader(RTF), rich_texts),
    "svg": Target(lambda data, _: read_drawing(data), seeds("*.svg")),
    "pdf": Target(lambda data, _: check(data, "file"), pdfs),
    "epub": Target(lambda data, _: check(data, "file"), lambda: [made(".epub", "brief")]),
    "digest": Target(_settings, seeds("*.toml", ROOT / "publisher/config"), (ConfigError,)),
    "opml": Target(_subscriptions, seeds("feeds.opml")),
    "theme": Target(_theme, seeds("*/theme.toml", ROOT / "themes"), (ThemeError,)),
    "profile": Target(lambda data, _: parse_profile(data, "file"), seeds("profile.toml")),
    "corrections": Target(lambda data, _: parse_corrections(data, "file"), seeds("corrections.toml")),
}


def fault(target: Target, data: bytes, folder: Path) -> str | None:
    """What is wrong with how the target takes an input; ``None`` when it takes or refuses it as it should."""
    try:
        target.run(data, folder)
    except target.refusals as refusal:
        return None if len(str(refusal).splitlines()) == 1 else f"refused in several lines: {refusal}"
    except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
        return f"{type(error).__name__}: {error}"
    return None
