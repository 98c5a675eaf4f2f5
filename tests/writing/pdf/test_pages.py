"""The pages, looked at by measure: nothing runs out of the type area, no page is blank, no heading is left alone."""

import datetime as dt
import io
import itertools
import subprocess

import msgspec
import pikepdf
import pytest
from PIL import Image, ImageChops

from publisher.model import Figure, Paragraph, Subheading, Teaser, Text
from publisher.theming import theme_folders
from publisher.writing import write
from tests.theming.issues import ENGLISH, FULL, SENTENCE, bare, issue, paragraph, rendered, shipped, words
from tests.theming.pictures import LEAD
from tests.writing.pdf.making import pdf
from tests.writing.pdf.pages import POINTS_PER_MM, pages

THEMES = sorted(theme_folders())
SYLLABLES = "Hội nghị trực tuyến toàn quốc về phát triển hạ tầng giao thông nông thôn bền vững "
LONG = (SYLLABLES * 5)[:400].strip()
UNBROKEN = "Siêu" + "dài" * 66
CAPITALS = "NGHỄ ẲM ỘC ỖNG Ễ Ẳ Ộ Ỗ Ẫ Ữ " * 6
ODD_ISSUES = {
    "a headline of 400 characters": issue(bare(LONG)),
    "a word of 200 letters": issue(
        bare(
            UNBROKEN,
            standfirst=UNBROKEN,
            bylines=(UNBROKEN,),
            kicker=UNBROKEN,
            publication=UNBROKEN,
            body=(Paragraph(inlines=words(UNBROKEN)), Subheading(inlines=words(UNBROKEN)), paragraph()),
            related=(Teaser(headline=f"Thêm{UNBROKEN}", section=UNBROKEN, summary=UNBROKEN),),
        ),
        title=UNBROKEN,
    ),
    "capitals with stacked marks": issue(bare(CAPITALS, kicker=CAPITALS, standfirst=CAPITALS), title=CAPITALS[:60]),
    "none of the optional parts": issue(bare()),
    "an empty body": issue(bare("Không còn lời nào", body=())),
    "only a lost picture": issue(bare("Một tấm ảnh đã mất", body=(Figure(caption=words(SENTENCE)),))),
    "a long address": issue(bare("Ở cuối đường dẫn", url=f"https://a.example/{'x' * 300}?q={'y' * 120}")),
    "English": issue(ENGLISH),
    "all parts": issue(FULL, ENGLISH, title="Bản tin Sông Cẩm", number="42"),
}
ODD_ARTICLES = {placed.article.key: placed.article for each in ODD_ISSUES.values() for placed in each.articles}
TOGETHER = issue(*ODD_ARTICLES.values(), title=UNBROKEN)
"""All articles that are odd, in one issue whose title is odd as well; by itself each is a campaign."""

PICTURES = tuple(Figure(src=LEAD.name, alt="Cầu", caption=words(SENTENCE)) for _ in range(3))

SMALLEST_MARGIN_MM = 8
"""No shipped theme sets text nearer to an edge; beyond it text has run out of its place."""


LIKE_ANOTHER = ("diem-bao", "party")
"""Themes that set their pages as ``decree30`` does."""


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.campaign if name in LIKE_ANOTHER else ()) for name in THEMES],
)
def theme(request):
    return request.param


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(TOGETHER, id="all together"),
        *(pytest.param(each, id=name, marks=pytest.mark.campaign) for name, each in ODD_ISSUES.items()),
    ],
)
def laid_out(request, theme, tmp_path_factory):
    """The pages of an odd issue in a theme."""
    rendition = rendered(request.param, theme)
    return pages(pdf(rendition, tmp_path_factory.mktemp("odd")))


def test_every_odd_article_is_in_the_issue_of_all():
    assert len(TOGETHER.articles) == len(ODD_ARTICLES) == 9


@pytest.mark.sample(8)
def test_no_word_runs_out_of_the_page(laid_out):
    margin = SMALLEST_MARGIN_MM * POINTS_PER_MM
    outside = [
        (number, word)
        for number, page in enumerate(laid_out, start=1)
        for word in page.words
        if word.left < margin or word.right > page.width - margin or word.top < 0 or word.bottom > page.height
    ]

    assert outside == []


@pytest.mark.sample(8)
def test_no_two_lines_of_a_column_run_into_each_other(laid_out):
    """Baselines of lines one above the other are apart by more than the letters with their marks are high."""
    for page in laid_out:
        lines = {}
        for word in page.words:
            lines.setdefault((round(word.top, 1), round(word.bottom, 1)), []).append(word)
        boxes = [
            (top, bottom, min(w.left for w in ws), max(w.right for w in ws)) for (top, bottom), ws in lines.items()
        ]
        boxes.sort()
        for above, below in itertools.pairwise(boxes):
            same_size = abs((above[1] - above[0]) - (below[1] - below[0])) < 0.5
            one_above_the_other = above[2] < below[3] and below[2] < above[3] and below[0] - above[0] > 3
            if same_size and one_above_the_other:
                # The font's box is 1.25 to 1.5 em high, its tallest Vietnamese letter with a descender 1.24 to 1.26 em.
                assert below[0] - above[0] > 0.78 * (above[1] - above[0])


@pytest.mark.sample(8)
def test_no_page_is_blank(laid_out, theme):
    assert [number for number, page in enumerate(laid_out, start=1) if len(page.words) < 3] == []


@pytest.mark.sample(4)
def test_an_article_of_a_few_lines_takes_one_page(theme, tmp_path):
    made = rendered(issue(bare()), theme)
    parts = len(made.documents)

    assert len(pages(pdf(made, tmp_path))) == parts


CROWDS = {
    "forty items of twenty words": issue(*(bare(f"Tin số {number}") for number in range(40)), title="Tuần tin"),
    "only pictures": msgspec.structs.replace(
        issue(*(bare(f"Ảnh {number}", body=PICTURES) for number in range(3)), title="Chùm ảnh"), assets=(LEAD,)
    ),
}


@pytest.mark.sample(8)
@pytest.mark.parametrize("crowd", CROWDS)
@pytest.mark.parametrize(
    "theme",
    [
        name if name in ("diem-bao", "mot-trang", "tuan-bao") else pytest.param(name, marks=pytest.mark.campaign)
        for name in THEMES
    ],
)
def test_many_short_items_and_pictures_alone_stay_on_their_pages(theme, crowd, tmp_path):
    made = rendered(CROWDS[crowd], theme)

    laid_out = pages(pdf(made, tmp_path))
    words_of_pages = [word for page in laid_out for word in page.words]
    assert all(word.left > 0 and word.right < page.width for page in laid_out for word in page.words)
    assert all(len(page.words) >= 3 for page in laid_out)
    headlines = {placed.article.headline.split()[-1] for placed in CROWDS[crowd].articles}
    assert headlines <= {word.text for word in words_of_pages}


@pytest.mark.sample(4)
@pytest.mark.parametrize("lines", range(2, 40, 5))
def test_no_heading_stands_alone_at_the_foot_of_a_page(lines, tmp_path):
    """Wherever the subheading falls on its page, at least two lines of its text stand under it."""
    filler = tuple(Paragraph(inlines=(Text(text=f"dòng {number}"),)) for number in range(30 + lines))
    article = bare(body=(*filler, Subheading(inlines=words("Tiểu mục")), paragraph(SENTENCE * 4)))

    laid_out = pages(pdf(rendered(article), tmp_path))

    page = next(page for page in laid_out if "Tiểu" in [word.text for word in page.words])
    heading = next(word for word in page.words if word.text == "Tiểu")
    foot = page.height - 23 * POINTS_PER_MM
    below = {round(word.top) for word in page.words if word.top > heading.bottom and word.bottom < foot}
    assert len(below) >= 2


@pytest.mark.sample(4)
@pytest.mark.parametrize("lines", range(0, 40, 5))
def test_a_caption_stays_with_its_picture_or_its_label(lines, tmp_path):
    filler = tuple(Paragraph(inlines=(Text(text=f"dòng {number}"),)) for number in range(30 + lines))
    article = bare(body=(*filler, Figure(caption=words("Xe đầu tiên qua cầu. Ảnh: Minh")), paragraph()))

    laid_out = pages(pdf(rendered(article), tmp_path))

    texts = [" ".join(word.text for word in page.words) for page in laid_out]
    assert sum("Ảnh trong bài gốc • Xe đầu tiên qua cầu. Ảnh: Minh" in text.replace("\xa0", " ") for text in texts) == 1


@pytest.mark.parametrize(
    "theme", [THEMES[0], *(pytest.param(theme, marks=pytest.mark.campaign) for theme in THEMES[1:])]
)
def test_the_words_are_set_in_the_themes_own_fonts_and_no_others(theme):
    """In the child process, which is shown no others."""
    families = {family.family.replace(" ", "-") for family in shipped(theme).fonts}
    with pikepdf.open(io.BytesIO(write(rendered(ODD_ISSUES["all parts"], theme)).data)) as opened:
        named = {
            str(each.FontName).partition("+")[2]
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        }

    assert named
    assert {name for name in named if not name.startswith(tuple(families))} == set()


@pytest.mark.parametrize("theme", ["decree30", "party"])
def test_the_pages_of_an_office_are_black_and_their_paragraphs_six_points_apart(theme, tmp_path):
    """The first too, which has more classes than others: the rules of a theme that it extends are not for them."""
    path = pdf(rendered(issue(bare(body=(paragraph("Dòng."),) * 3), bare("Bến cảng mới")), theme), tmp_path)

    feet = sorted(word.bottom for word in pages(path)[0].words if word.text == "Dòng.")
    assert [round(below - above, 1) for above, below in itertools.pairwise(feet)] == [14 * 1.2 + 6] * 2
    image = subprocess.run(["pdftoppm", "-r", "50", "-l", "1", str(path)], check=True, capture_output=True).stdout
    with Image.open(io.BytesIO(image)) as page:
        red, green, blue = page.convert("RGB").split()
    assert ImageChops.difference(red, green).getbbox() is ImageChops.difference(green, blue).getbbox() is None


def test_large_print_has_no_grey(tmp_path):
    """Its rules neither, but where their edges are smoothed."""
    path = pdf(rendered(issue(bare(), bare("Bến cảng mới"), title="Tuần tin"), "large-print"), tmp_path)

    image = subprocess.run(["pdftoppm", "-r", "100", "-l", "1", "-gray", str(path)], check=True, capture_output=True)
    with Image.open(io.BytesIO(image.stdout)) as page:
        rows = [page.crop((150, y, page.width - 150, y + 1)).getextrema() for y in range(page.height)]
    rules = [list(run) for is_rule, run in itertools.groupby(rows, lambda row: row[1] < 200) if is_rule]
    # Over the name and under it, under the contents, between the articles; the imprint's is thinner than a pixel.
    assert [min(darkest for darkest, _ in rule) for rule in rules if len(rule) > 1] == [0] * 4


@pytest.mark.parametrize("length", range(3))
def test_a_day_behind_the_names_goes_to_the_next_line_as_a_whole(length, tmp_path):
    names = ("Trần Thị Hường", "Lê Văn Bảy", "Ngô An")[: length + 1]
    article = bare(bylines=names, publication="Báo Sông Cẩm", published=dt.date(2026, 3, 20), certainty="stated")

    (page, *_) = pages(pdf(rendered(article, "large-print", options={"paper": "A5"}), tmp_path))

    *_, year = (word for word in page.words if word.text == "2026" and word.top < page.height / 2)
    begins = [word.text for word in page.words].index("Báo")
    assert len({word.bottom for word in page.words[begins : begins + 3]}) == 1
    assert (
        sum(abs(word.bottom - year.bottom) < 1 and word.text in {"ngày", "20", "tháng", "3"} for word in page.words)
        == 4
    )


def test_no_line_begins_with_the_space_behind_a_dash(tmp_path):
    long = "Cống Cửa Vân mở lại cho ghe xuồng sau sáu tuần ngăn mặn và ba tuần chờ nước ở hai bờ sông Mây rút"
    body = tuple(paragraph(f"{long[:length].strip()} – cuối.") for length in range(50, 99))

    found = pages(pdf(rendered(issue(bare("Bài", body=body)), "base"), tmp_path))

    words = [word for page in found for word in page.words]
    edges = {round(word.left) for word in words if word.text == "Cống"}
    ends = [word for word in words if word.text == "cuối." and word.left < min(edges) + 20]
    assert len(ends) > 1
    assert {round(word.left) for word in ends} <= edges
