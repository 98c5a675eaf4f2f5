"""Headlines in lines of like length, by the widths of the theme's own letters."""

import datetime as dt
import re

import pytest

from publisher.theming import load_theme
from publisher.theming.balancing import POINTS_PER_MM, balanced_width, line_count
from publisher.theming.faces import face_for
from publisher.theming.lettering import balanced_lines
from tests.theming.issues import bare, make_theme, rendered

BASE = load_theme("base")
FACE = face_for(BASE, 0, 700)
LONG = "Hợp long cầu Bến Lụa, nối liền đôi bờ sông Mây sau hơn hai mươi năm chờ đợi"


def width(text, **given):
    return balanced_width(BASE, text, **{"family": 0, "weight": 700, "size_pt": 24, "width_mm": 124, **given})


def test_a_headline_of_two_lines_gets_the_least_width_at_which_it_has_two():
    found = width(LONG)

    lines = balanced_lines(LONG.split(" "), 124 * POINTS_PER_MM / 24, FACE.width)
    assert len(lines) == 3
    assert max(map(FACE.width, lines)) < found < 1.03 * max(map(FACE.width, lines))


@pytest.mark.parametrize(
    ("text", "given"),
    [
        pytest.param("Cầu mới thông xe", {}, id="one line"),
        pytest.param("", {}, id="empty"),
        pytest.param("Nghiêng" * 30, {}, id="one word"),
        pytest.param("Nghiêng" * 30 + " xuống", {}, id="a word wider than the column"),
        pytest.param(LONG, {"width_mm": 0}, id="a theme that balances none"),
        pytest.param("chữ " * 61, {}, id="a text"),
    ],
)
def test_any_other_is_as_wide_as_its_column(text, given):
    assert width(text, **given) is None


def test_a_theme_without_fonts_has_no_widths(tmp_path):
    make_theme(tmp_path, **{"theme.toml": 'summary = "S."\nfonts = []\n'})

    theme = load_theme("own", (tmp_path,))

    assert balanced_width(theme, LONG, family=0, weight=700, size_pt=24, width_mm=124) is None


def test_the_width_is_said_of_the_headline():
    (document,) = [each for each in rendered(bare(LONG), "base").documents if each.role == "article"]

    assert ' style="max-width: ' in document.markup.partition("<h1")[2].partition(">")[0]


@pytest.mark.parametrize(
    ("text", "width_mm", "expected"), [("", 50, 0), ("Cầu mới", 50, 1), ("Cầu mới " * 10, 50, 4), ("Cầu", 2, 1)]
)
def test_lines_are_counted_by_the_letters_of_the_face(text, width_mm, expected):
    assert line_count(BASE, text, family=0, weight=400, size_pt=12, width_mm=width_mm) == expected


@pytest.mark.parametrize("theme", ["base", "compilation", "gazette", "large-print", "tuan-bao"])
@pytest.mark.parametrize(("count", "has_lines"), [(1, False), (9, True)])
def test_a_byline_that_is_too_long_for_a_line_has_one_for_the_names(theme, count, has_lines):
    article = bare(bylines=("Trịnh Nguyễn Hoàng",) * count, publication="Báo Sông Cẩm", published=dt.date(2026, 3, 19))
    markup = "".join(document.markup for document in rendered(article, theme).documents)

    byline = re.sub(r"<br/>", "/", markup.partition('<p class="byline')[2].partition("</p>")[0])
    text = " ".join(re.sub(r"<[^>]+>", "", byline.partition(">")[2]).split()).replace("\N{NO-BREAK SPACE}", " ")
    expected = "/Báo Sông Cẩm, ngày 19" if has_lines else "Báo Sông Cẩmngày 19"
    assert f"Trịnh Nguyễn Hoàng{expected}" in text
    assert (' in-lines"' in byline) == has_lines
