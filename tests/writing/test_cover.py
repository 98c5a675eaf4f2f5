"""The picture on the cover: what it shows, in every theme, and that it is the same on every machine."""

import datetime as dt
import functools
import io
from xml.etree import ElementTree as ET

import msgspec
import pytest
from PIL import Image, ImageChops, ImageStat

from publisher.errors import RenderingError
from publisher.model import Article, Asset, Drawing, Issue, PlacedArticle
from publisher.theming import load_theme, render, theme_folders
from publisher.writing.cover import _drawn, _opened, _with_photograph_laid_in, _with_pictures, draw
from tests.theming.issues import shipped

THEMES = sorted(theme_folders())
DRAWERS = [name for name in THEMES if "ebook/cover.svg" in shipped(name).files[name]]
"""The themes with a drawing of their own; what others draw is a campaign."""

EACH = [pytest.param(name, marks=() if name in DRAWERS else pytest.mark.campaign) for name in THEMES]
SIZE = (1600, 2560)

replace = msgspec.structs.replace


def issue(title="Tuần tin Sông Cẩm", headlines=("Cầu mới thông xe", "Phà Bính ngừng chạy"), **fields):
    """A dated issue of articles with these headlines."""
    return Issue(
        **{
            "identifier": "urn:a",
            "title": title,
            "number": "12",
            "date": dt.date(2025, 10, 18),
            "language": "vi",
            "appendix": (),
            **fields,
            "articles": tuple(
                PlacedArticle(id=f"a-{number}", article=Article(headline=headline, language="vi", body=()))
                for number, headline in enumerate(headlines)
            ),
        }
    )


def drawing(theme="compilation", options=None, **fields):
    return render(issue(**fields), shipped(theme), "ebook", options).cover


@functools.cache
def picture(drawn):
    return Image.open(io.BytesIO(draw(drawn).data)).convert("RGB")


def words_of(drawn):
    """The words on the drawing, a line each."""
    root = ET.fromstring(drawn.markup)  # noqa: S314 (our own output)
    return ["".join(line.itertext()) for line in root.iter("{http://www.w3.org/2000/svg}tspan")]


def inked(image, ground):
    """The box of all that differs from the ground."""
    return ImageChops.difference(image, Image.new("RGB", image.size, ground)).getbbox()


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_shows_the_name_the_number_and_the_date(theme):
    drawn = drawing(theme)

    said = " ".join(words_of(drawn))
    assert all(words in said for words in ("Tuần tin Sông Cẩm", "12", "18 tháng 10 năm 2025"))


@pytest.mark.sample(6)
@pytest.mark.parametrize("theme", EACH)
def test_a_cover_is_1600_by_2560_without_transparency_and_small(theme):
    asset = draw(drawing(theme))

    image = Image.open(io.BytesIO(asset.data))
    assert (asset.name, asset.media_type, image.format, image.size) == ("cover.png", "image/png", "PNG", SIZE)
    assert "transparency" not in image.info and image.mode in ("P", "RGB")
    assert len(asset.data) < 150_000


@pytest.mark.sample(6)
@pytest.mark.parametrize("theme", EACH)
def test_its_words_are_painted_in_the_themes_fonts(theme):
    full = drawing(theme)
    without = replace(full, fonts=())

    assert ImageChops.difference(picture(full), picture(without)).getbbox() is not None


@pytest.mark.sample(6)
@pytest.mark.parametrize("theme", EACH)
def test_letters_keep_off_the_edges_whatever_the_length_of_the_name(theme):
    title, headlines = "TUYỂN TẬP Ễ Ẳ Ộ " * 25, ("Ễ" * 300, "Cầu mới " * 40, "Phà Bính")
    long, ground = (
        drawing(theme, title=title[:400], headlines=headlines),
        drawing(theme, title="一", headlines=("一",) * 2),
    )
    blank = replace(ground, fonts=())

    changed = ImageChops.difference(picture(long), picture(blank)).getbbox()

    assert changed[0] >= 100 and changed[2] <= 1500
    assert changed[3] <= 2560 - 60


def test_the_accent_is_the_ground_of_the_compilation_and_its_letters_are_read_on_it():
    light = drawing(options={"accent": "#ffd54f", "cover_colour": "accent"})

    image = picture(light)
    assert image.getpixel((5, 5)) == (255, 213, 79)
    assert min(image.getextrema()[0]) == 0, "black letters"


def test_without_number_date_and_name_the_themes_own_title_stands_alone():
    assert words_of(drawing("base", title=None, number=None, date=None)) == ["Tuyển", "tập tin"]


def test_a_name_in_a_script_that_the_fonts_lack_gives_way_to_the_themes_title_and_is_reported():
    rendition = render(issue(title="今週のニュース"), shipped("large-print"), "ebook")

    assert words_of(rendition.cover)[:2] == ["Tuyển", "tập tin"]
    assert [(problem.code, problem.message) for problem in rendition.problems] == [
        (
            "missing-glyph",
            "the theme's fonts lack letters of '今週のニュース': the picture on the cover is without these words",
        )
    ]


def test_markup_in_a_name_stays_words():
    assert '</text><image href="file:///etc/passwd"/>' in " ".join(
        words_of(drawing(title='</text><image href="file:///etc/passwd"/>'))
    )


def test_the_same_drawing_is_the_same_bytes():
    drawn = draw(drawing())
    draw.cache_clear()

    assert draw(drawing()) == drawn


def test_fonts_of_the_machine_are_not_used():
    letters = '<text x="100" y="400" font-family="DejaVu Sans, serif" font-size="300">Tin</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800">{letters}</svg>'

    assert inked(picture(Drawing(name="cover.png", markup=svg, fonts=())), "white") is None


def test_a_drawing_of_many_colours_keeps_them():
    colours = {0: "#ff0000", 0.5: "#00ff00", 1: "#0000ff"}
    stops = "".join(f'<stop offset="{place}" stop-color="{colour}"/>' for place, colour in colours.items())
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600">'
        f'<linearGradient id="a">{stops}</linearGradient><rect width="900" height="600" fill="url(#a)"/></svg>'
    )

    asset = draw(Drawing(name="cover.png", markup=svg, fonts=()))

    assert Image.open(io.BytesIO(asset.data)).mode == "RGB"


def photographed(image, over="", mode="RGB"):
    """A drawing of 300 by 300 pixels with a photograph of four colours, and what stands over it."""
    file = io.BytesIO()
    ground = Image.new(mode, (80, 60), (200, 30, 30, 90)[: len(mode)])
    ground.paste((30, 160, 30, 255)[: len(mode)], (40, 0, 80, 30))
    ground.paste((30, 30, 180, 255)[: len(mode)], (0, 30, 40, 60))
    ground.save(file, "PNG")
    markup = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">{image}{over}</svg>'
    asset = Asset(name="pictures/a.png", media_type="image/png", data=file.getvalue())
    return Drawing(name="cover.jpg", markup=markup, fonts=(), pictures=(asset,))


FRAMED = (
    '<image x="20" y="30.4" width="240" height="100.3" preserveAspectRatio="xMidYMid slice" href="pictures/a.png"/>'
)


@pytest.mark.parametrize(
    ("image", "over", "mode", "is_laid_in"),
    [
        pytest.param(FRAMED, "", "RGB", True, id="framed"),
        pytest.param(FRAMED, '<rect x="30" y="40" width="9" height="9"/>', "RGB", False, id="under something"),
        pytest.param(FRAMED, "", "RGBA", False, id="lets the ground through"),
        pytest.param(f'<g transform="translate(30 20)">{FRAMED}</g>', "", "RGB", False, id="moved"),
        pytest.param(f'<g opacity=".5">{FRAMED}</g>', "", "RGB", False, id="faint"),
        pytest.param(FRAMED.replace("slice", "meet"), "", "RGB", False, id="whole"),
        pytest.param(FRAMED.replace('x="20"', 'x="120"'), "", "RGB", False, id="over the edge"),
    ],
)
def test_a_photograph_is_laid_in_where_that_comes_to_the_same(image, over, mode, is_laid_in):
    drawn = photographed(image, over, mode)
    by_resvg = _opened(_drawn(drawn, _with_pictures(drawn)))

    page = _with_photograph_laid_in(drawn)

    assert (page is not None) == is_laid_in
    if page:
        assert max(ImageStat.Stat(ImageChops.difference(page, by_resvg)).mean) < 2, "of 255: but for where colours meet"
    else:
        assert picture(drawn).size == (300, 300)


@pytest.mark.parametrize("markup", ["", "<p>Tin</p>", "<svg"])
def test_what_is_no_drawing_is_refused(markup):
    with pytest.raises(
        RenderingError, match=r"cannot write the e-book: its cover 'cover.png' cannot be drawn: .*Correct"
    ):
        draw(Drawing(name="cover.png", markup=markup, fonts=()))


def test_a_theme_without_the_part_and_a_rendition_for_print_have_no_drawing(tmp_path):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "theme.toml").write_text(
        'summary = "No cover."\n[documents]\nprint = ["cover", "articles"]\nebook = ["contents", "articles"]\n'
    )
    theme = load_theme("bare", [tmp_path])

    assert render(issue(), theme, "ebook").cover is None
    assert render(issue(), theme, "print").cover is None
