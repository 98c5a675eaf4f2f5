import io
from pathlib import Path

import pytest
from PIL import Image

from publisher.errors import InputError
from publisher.fetching.drawings import draw
from publisher.fetching.pictures import picture_asset
from publisher.fetching.svg import LIMIT_ELEMENTS, SVG, read_drawing

RED = (255, 0, 0, 255)
CLEAR = (0, 0, 0, 0)


def svg(content: str, attributes: str = 'width="60" height="40"') -> bytes:
    return f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{content}</svg>'.encode()


def drawn(data: bytes, long_side: int = 2000) -> Image.Image:
    picture = Image.open(io.BytesIO(draw(data, long_side)))
    picture.load()
    return picture


def markup_of(content: str, attributes: str = 'width="60" height="40"') -> str:
    return read_drawing(svg(content, attributes)).markup.removesuffix("</svg>")


def reason_of(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        picture_asset(data)
    return str(caught.value)


def test_a_drawing_becomes_a_png_that_keeps_its_transparency() -> None:
    asset = picture_asset(svg('<rect width="30" height="40" fill="red"/>'))

    picture = Image.open(io.BytesIO(asset.data))
    assert (asset.media_type, picture.mode, picture.size) == ("image/png", "RGBA", (240, 160))
    assert picture.getpixel((20, 80)) == RED
    assert picture.getpixel((200, 80)) == CLEAR


def test_a_drawing_without_transparency_has_no_channel_for_it() -> None:
    asset = picture_asset(svg('<rect width="60" height="40" fill="red"/>'))

    assert Image.open(io.BytesIO(asset.data)).mode == "RGB"


def test_a_drawing_is_drawn_alike_each_time() -> None:
    data = svg('<text x="2" y="20">Sông Cẩm</text>')

    assert picture_asset(data) == picture_asset(data)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        pytest.param('width="100" height="50"', (400, 200), id="four dots a pixel"),
        pytest.param('width="1in" height="72pt"', (384, 384), id="units"),
        pytest.param('width="9999" height="100"', (2000, 20), id="no longer than the limit"),
        pytest.param('width="99999999" height="1"', (2000, 1), id="a line"),
        pytest.param('viewBox="0 0 300 100"', (1200, 400), id="a box alone"),
        pytest.param('viewBox="0,0 300,100" width="100%" height="auto"', (1200, 400), id="shares of nothing"),
        pytest.param('viewBox="0 0 300 100" width="150"', (600, 200), id="width and box"),
        pytest.param('viewBox="0 0 300 100" height="100"', (1200, 400), id="height and box"),
        pytest.param("", (1200, 600), id="nothing said"),
        pytest.param('viewBox="none"', (1200, 600), id="a box that is none"),
    ],
)
def test_a_drawing_is_as_large_as_it_says(attributes: str, size: tuple[int, int]) -> None:
    drawing = svg('<rect x="-1e6" y="-1e6" width="1e9" height="1e9" fill="red"/>', attributes)

    assert drawn(drawing).size == size


@pytest.mark.parametrize(
    "attributes",
    [
        'width="0" height="10"',
        'width="-5" height="10"',
        'width="1e30" height="10"',
        'width="10" height="1e400"',
        'viewBox="0 0 0 0"',
        'viewBox="0 0 nan 5"',
        'viewBox="0 0 10 inf"',
        'viewBox="nan 0 10 10"',
    ],
)
def test_an_impossible_size_is_refused(attributes: str) -> None:
    assert reason_of(svg("<rect/>", attributes)) == "it is SVG of an impossible size"


def test_words_are_drawn_in_our_own_font_whatever_they_ask_for() -> None:
    def words(family: str, style: str = "normal") -> bytes:
        return draw(svg(f'<text x="0" y="20" font-family="{family}" font-style="{style}">Ễ Ẳ Ộ</text>'), 500)

    assert words("Arial, sans-serif") == words("Times") == words("serif") == words("monospace") == words("none")
    assert words("Times", "italic") != words("Times")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<script>alert(1)</script>", id="script"),
        pytest.param("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", id="foreign"),
        pytest.param("<rdf xmlns='urn:x'><path d='M0 0'/></rdf>", id="another namespace"),
        pytest.param("<animate attributeName='x'/><set attributeName='x'/>", id="animation"),
        pytest.param("<?xml-stylesheet href='a.css'?>", id="style sheet"),
        pytest.param("<!-- words -->", id="comment"),
        pytest.param("<iframe/><audio/><video/><canvas/><unknown><g/></unknown>", id="other elements"),
    ],
)
def test_what_draws_nothing_is_left_out(content: str) -> None:
    assert markup_of(f"{content}<g></g>") == "<g></g>"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param('onload="x()" ONCLICK="x()" fill="red"', ' fill="red"', id="events"),
        pytest.param('xml:base="file:///" xml:space="preserve"', ' xml:space="preserve"', id="base"),
        pytest.param('xmlns:i="urn:i" i:label="x" id="y"', ' id="y"', id="another namespace"),
        pytest.param('fill="url(#g)" clip-path="url(\'#c\')"', ' fill="url(#g)" clip-path="url(\'#c\')"', id="inside"),
        pytest.param('fill="url(http://a.example/x#g)"', ' fill="none"', id="outside"),
        pytest.param('style="fill:u\\72l(file:///x);x:url( //a"', ' style="fill:u72l(file:///x);x:none"', id="css"),
        pytest.param('d="M0 0 &quot;&lt;"', ' d="M0 0 &quot;&lt;"', id="quotes"),
    ],
)
def test_attributes_that_point_outside_are_left_out(written: str, kept: str) -> None:
    assert markup_of(f"<path {written}/>") == f"<path{kept}></path>"


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        pytest.param("#a", True, id="inside"),
        pytest.param("data:image/png;base64,iVBORw0KGgo=", True, id="a raster picture"),
        pytest.param("data:image/svg+xml;base64,PHN2Zy8+", False, id="another drawing"),
        pytest.param("data:text/html,x", False, id="a page"),
        pytest.param("http://a.example/x.png", False, id="an address"),
        pytest.param("file:///etc/hostname", False, id="a file"),
        pytest.param("picture.png", False, id="a file beside"),
        pytest.param("other.svg#a", False, id="another drawing's part"),
        pytest.param("javascript:x()", False, id="a script"),
        pytest.param("", False, id="nothing"),
    ],
)
@pytest.mark.parametrize("name", ["href", "xlink:href"])
def test_a_drawing_uses_its_own_parts_and_pictures_only(name: str, href: str, kept: bool) -> None:
    expected = f'<image xlink:href="{href}"></image>' if kept else "<image></image>"

    assert markup_of(f'<image {name}="{href}"/>') == expected


def test_a_style_sheet_loads_nothing() -> None:
    sheet = '@import "a.css"; @import url(b.css); .a &gt; .b { fill: url(c.svg#d); stroke: url(#e) }'

    assert markup_of(f"<style>{sheet}</style>") == "<style>  .a &gt; .b { fill: none; stroke: url(#e) }</style>"


def test_a_picture_that_a_drawing_names_on_the_disk_is_not_drawn(tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), "red").save(tmp_path / "secret.png")

    assert (
        reason_of(svg(f'<image href="{tmp_path}/secret.png" width="60" height="40"/>'))
        == "it is SVG in which nothing is to be seen"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"<svg/>", "it is XML, but no SVG picture", id="no namespace"),
        pytest.param(b"<?xml version='1.0'?><rss/>", "it is XML, but no SVG picture", id="a feed"),
        pytest.param(svg("<g>")[:-4], "it is SVG whose markup is broken", id="cut short"),
        pytest.param(svg("<g></h>"), "it is SVG whose markup is broken", id="tags crossed"),
        pytest.param(svg("&nbsp;"), "it is SVG whose markup is broken", id="an entity of HTML"),
        pytest.param(b"<?xml version='1.0' encoding='x-none'?><svg/>", "it is SVG whose markup is broken", id="coding"),
        pytest.param(b"<!-- only a comment -->", "it is SVG whose markup is broken", id="no element"),
        pytest.param(
            b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]>' + svg("<text>&b;</text>"),
            "it is SVG that declares entities",
            id="entities",
        ),
        pytest.param(
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<text>&a;</text>"),
            "it is SVG that declares entities",
            id="a file as entity",
        ),
        pytest.param(
            svg("<g>" * 300 + "</g>" * 300),
            f"it is SVG of more than {LIMIT_ELEMENTS:,} elements, or 200 inside each other",
            id="too deep",
        ),
        pytest.param(svg(""), "it is SVG in which nothing is to be seen", id="empty"),
        pytest.param(
            svg('<g id="a"><use href="#a"/></g>'), "it is SVG in which nothing is to be seen", id="use of itself"
        ),
        pytest.param(
            svg(
                '<rect id="a0" width="9" height="9"/>'
                + "".join(f'<g id="a{i}">{f"""<use href="#a{i - 1}"/>""" * 10}</g>' for i in range(1, 9))
            ),
            "it is SVG that cannot be drawn",
            id="use upon use",
        ),
    ],
)
def test_what_cannot_be_drawn_says_why(data: bytes, reason: str) -> None:
    assert reason_of(data) == reason


def test_too_many_elements_are_refused() -> None:
    assert reason_of(svg("<g/>" * LIMIT_ELEMENTS)).startswith("it is SVG of more than 200,000 elements")


def test_a_document_type_of_old_drawing_programs_is_passed_over() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'

    assert drawn(doctype + svg('<rect width="60" height="40" fill="red"/>')).getpixel((9, 9)) == RED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_drawing_may_be_in_any_encoding_of_xml(encoding: str) -> None:
    said = encoding.removesuffix("-sig")
    drawing = svg('<rect width="60" height="40" fill="red"/>').decode()
    data = f'<?xml version="1.0" encoding="{said}"?>{drawing}'

    assert picture_asset(data.encode(encoding)).media_type == "image/png"
