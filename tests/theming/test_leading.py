"""Lines are far enough apart for capitals with two marks: by the fonts' outlines, and by the ink of a page."""

import io
import re
import subprocess

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from publisher.theming import theme_folders
from publisher.theming.fonts import Fonts, measure
from publisher.theming.leading import open_lines
from tests.theming.issues import FULL, bare, issue, make_theme, rendered, shipped
from tests.theming.test_fonts import VIETNAMESE

THEMES = sorted(theme_folders())
FACES = {asset.name.removeprefix("fonts/"): asset.data for name in THEMES for asset in Fonts(shipped(name)).assets}
LINE_HEIGHT = re.compile(r"line-height:\s*([\d.]+)(?=[;\s}])")


IN_POINTS = re.compile(r"font-size:\s*([\d.]+)pt; line-height:\s*([\d.]+)pt")


def drawn_bounds(data):
    """The lowest and the highest point of the Vietnamese letters and of those with descenders, by drawing each."""
    font = TTFont(io.BytesIO(data))
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    bounds = []
    for letter in (*VIETNAMESE, *"gjpqyQ,;()"):
        if ord(letter) in names:
            pen = BoundsPen(glyphs)
            glyphs[names[ord(letter)]].draw(pen)
            bounds.append(pen.bounds)
    return min(low for _, low, _, _ in bounds) / font["head"].unitsPerEm, max(high for _, _, _, high in bounds) / font[
        "head"
    ].unitsPerEm


@pytest.mark.parametrize("face", sorted(FACES))
def test_a_font_is_as_high_as_its_letters_drawn(face):
    low, high = drawn_bounds(FACES[face])

    assert high - low <= measure(FACES[face]).leading < high - low + 0.011


def test_the_heights_are_those_that_the_documentation_names():
    assert {name: Fonts(shipped(name)).leading for name in THEMES} == {
        name: {"decree30": 1.14, "diem-bao": 1.14, "party": 1.14, "mot-trang": 1.27}.get(name, 1.26) for name in THEMES
    }


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("name", "settings"),
    [
        pytest.param(name, {option: value}, id=f"{name} {option} {value}")
        for name in THEMES
        for option in ("font", "paper")
        for value in getattr(shipped(name).options.get(option), "choices", ("",))
        if value
    ]
    + [pytest.param(name, {}, id=name) for name in THEMES],
)
def test_no_shipped_theme_sets_lines_closer_than_its_fonts_allow(name, settings):
    """By its own style sheets, not only because ``open_lines`` mends them."""
    theme = shipped(name)
    sheets = "".join(
        data.decode() for owner in theme.stack for path, data in theme.files[owner].items() if path == "print.css"
    )
    printed = rendered(issue(FULL), name, options=settings).stylesheets[0].data.decode()

    heights = [float(height) for height in LINE_HEIGHT.findall(printed)]
    in_points = [float(leading) / float(size) for size, leading in IN_POINTS.findall(printed)]
    assert len(in_points) > 10
    assert min((*heights, *in_points)) >= Fonts(theme).leading
    assert all(float(height) >= Fonts(theme).leading for height in LINE_HEIGHT.findall(sheets))


@pytest.mark.parametrize(
    ("sheet", "opened"),
    [
        pytest.param("h1 { line-height: 1.1 }", "h1 { line-height: 1.26 }", id="too close"),
        pytest.param("h1{line-height:1;color:red}", "h1{line-height:1.26;color:red}", id="without spaces"),
        pytest.param("h1 { line-height: .9em }", "h1 { line-height: 1.26em }", id="in em"),
        pytest.param("h1 { line-height: 110% !important }", "h1 { line-height: 126% !important }", id="per cent"),
        pytest.param("h1 { line-height: 1.3 }", "h1 { line-height: 1.3 }", id="far enough"),
        pytest.param("h1 { line-height: 12pt }", "h1 { line-height: 12pt }", id="measured in points"),
        pytest.param("h1 { line-height: normal }", "h1 { line-height: normal }", id="the font's own"),
        pytest.param("", "", id="empty"),
    ],
)
def test_lines_too_close_are_opened(sheet, opened):
    assert open_lines(sheet, 1.26) == opened


def test_the_lines_of_anybodys_theme_are_opened(tmp_path):
    make_theme(tmp_path, **{"print.css": '{% include "brief:print.css" %}\nh1 { line-height: 1 }'})

    assert rendered(FULL, "own", search=(tmp_path,)).stylesheets[0].data.decode().endswith("h1 { line-height: 1.26 }")


class TestInk:
    """Two lines set in one headline, each in its own ink: where they overlap there would be a third colour."""

    @pytest.mark.sample(2)
    @pytest.mark.parametrize("name", ["brief", "gazette", "large-print", "decree30"])
    def test_marks_do_not_touch_the_descenders_above(self, name, tmp_path):
        above, below = self.ink(name, tmp_path, "gjpqyợỵặ"), self.ink(name, tmp_path, "ỄẲỘẴỖ", second=True)

        assert above.getbbox() and below.getbbox()
        assert ImageChops.multiply(above, below).getbbox() is None

    def test_at_a_closer_leading_they_would(self, tmp_path):
        close = "h1 { line-height: 1 !important }"
        above = self.ink("brief", tmp_path, "gjpqyợỵặ", css=close)
        below = self.ink("brief", tmp_path, "ỄẲỘẴỖ", second=True, css=close)

        assert ImageChops.multiply(above, below).getbbox() is not None

    def ink(self, name, folder, letters, *, second=False, css=""):
        """What is drawn of a headline's first or second line, the other being left empty, as white on black."""
        import msgspec

        from tests.writing.pdf.making import pdf

        row = letters * 4
        rendition = rendered(issue(bare("DÒNG")), name)
        markup = rendition.documents[0].markup
        document = next(each for each in rendition.documents if each.role == "article")
        lines = f"\xa0<br/>{row}" if second else f"{row}<br/>\xa0"
        markup = document.markup.replace(">DÒNG<", f">{lines}<")
        sheet = rendition.stylesheets[0]
        only = "body * { visibility: hidden } h1 { visibility: visible !important; letter-spacing: -.2em }"
        sheet = msgspec.structs.replace(sheet, data=sheet.data + f"\n{only} {css}".encode())
        rendition = msgspec.structs.replace(
            rendition,
            documents=(msgspec.structs.replace(document, markup=markup),),
            stylesheets=(sheet,),
        )
        made = pdf(rendition, folder, f"{name}{second}{len(css)}.pdf")
        picture = made.with_suffix(".png")
        subprocess.run(
            ["pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", made, picture.with_suffix("")], check=True
        )
        with Image.open(picture) as opened:
            without_running_head = (0, 150, opened.width, opened.height // 2)
            return ImageChops.invert(opened.convert("L")).crop(without_running_head)
