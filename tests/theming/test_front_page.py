"""Front pages hold what fits them: never more than a page, and no page for an item alone."""

import pytest

from publisher.model import Note
from tests.theming.issues import FULL, bare, issue, rendered
from tests.theming.pictures import LEAD, LOGO
from tests.writing.pdf.making import written
from tests.writing.pdf.pages import fold, pages

LONG = "Hội nghị trực tuyến toàn quốc về phát triển hạ tầng giao thông nông thôn bền vững tại tám tỉnh ven biển"


def week(count, headline="Bài thứ", **fields):
    articles = [bare(f"{headline} {number}", **fields) for number in range(1, count + 1)]
    return issue(*articles, title="Tuần tin Sông Cẩm", number="12")


def page_words(made, path, **options):
    """The words of each page."""
    path.write_bytes(written(rendered(made, "gazette", options=options)).data)
    return [[fold(word.text) for word in page.words] for page in pages(path)]


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("count", "standfirst", "options"),
    [
        pytest.param(5, "", {}, id="five"),
        pytest.param(8, LONG, {"logo": LOGO}, id="standfirsts and a logo", marks=pytest.mark.campaign),
        pytest.param(8, LONG, {"lead": LEAD, "lead_caption": LONG, "paper": "A5"}, id="a picture on small paper"),
        pytest.param(
            *(40, "", {"paper": "letter", "items": "12"}),
            id="forty, of which twelve are asked for",
            marks=pytest.mark.campaign,
        ),
        pytest.param(40, LONG, {"paper": "A5"}, id="forty on small paper", marks=pytest.mark.campaign),
    ],
)
def test_a_front_page_of_its_own_is_one_page(count, standfirst, options, tmp_path):
    made = week(count, LONG if count == 40 else "Bài thứ", standfirst=standfirst or None, kicker="Giao thông")
    first, second, *_ = page_words(made, tmp_path / "made.pdf", flow="each", **options)

    assert "12" in first
    behind = ["Mục", "lục"] if "Mục" in second[:2] else ["Tuần", "tin"]
    assert second[:2] == behind


def test_all_articles_are_on_it_where_they_fit(tmp_path):
    first, second, *_ = page_words(week(8), tmp_path / "made.pdf", flow="each")

    assert {str(number) for number in range(2, 9)} <= set(first)
    assert "Mục" not in second


@pytest.mark.campaign
def test_a_page_of_contents_follows_where_they_do_not(tmp_path):
    _, second, *_ = page_words(week(40), tmp_path / "made.pdf", flow="each")

    assert second[:2] == ["Mục", "lục"]


@pytest.mark.sample(3)
@pytest.mark.parametrize("count", [1, 4, 12])
def test_in_a_row_the_first_article_begins_under_the_nameplate(count, tmp_path):
    first, *_ = page_words(week(count), tmp_path / "made.pdf")

    assert "xem" in first  # of its text


def test_items_name_their_sections_in_their_colours():
    made = issue(FULL, bare("Chợ"), bare("Phà"), bare("Sếu"), notes={FULL.key: Note(section="Kinh tế")})
    (first,) = [each.markup for each in rendered(made, "gazette").documents if each.role == "articles"]

    assert first.count('<div class="item section-2">') == 3


@pytest.mark.parametrize("theme", ["compilation", "gazette", "large-print"])
def test_in_a_row_no_page_is_for_cover_contents_or_colophon_alone(theme):
    assert [each.role for each in rendered(week(5), theme).documents] == ["articles"]


@pytest.mark.sample(4)
@pytest.mark.parametrize("options", [{}, {"paper": "A5"}])
@pytest.mark.parametrize("theme", ["base", "large-print"])
def test_the_longest_name_stands_on_the_cover_with_the_number(theme, options, tmp_path):
    made = issue(FULL, bare(), bare("Chợ"), bare("Phà"), title=f"{LONG} {LONG}"[:200], number="12")
    path = tmp_path / "made.pdf"
    path.write_bytes(written(rendered(made, theme, options={"flow": "each", **options})).data)
    first, *_ = [[fold(word.text) for word in page.words] for page in pages(path)]

    assert first[:4] == ["Số", "12", "Hội", "nghị"]
