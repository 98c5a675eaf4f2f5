"""Articles that have a page each: contents that say more of them, and short ones in letters for a whole page."""

import pytest

from tests.theming.issues import SENTENCE, bare, issue, paragraph, rendered
from tests.validators import verapdf
from tests.writing.pdf.making import pdf
from tests.writing.pdf.pages import pages
from tools.blank import blank_shares, measure


def announced(count):
    """So many articles of two pages, whose texts begin with a word of their own."""
    body = (paragraph(f"Mở-đầu {SENTENCE * 3}"), *(paragraph(SENTENCE * 3) for _ in range(12)))
    return issue(*(bare(f"Tin {number}", body=body) for number in range(count)), title="Tuần tin")


@pytest.mark.sample(4)
@pytest.mark.parametrize(("count", "begun"), [(3, 3), (12, 12), (40, 0)])
@pytest.mark.parametrize(("theme", "paper"), [("base", "A4"), ("compilation", "A4"), ("compilation", "A5")])
def test_a_page_of_contents_says_how_articles_begin_where_it_has_room(theme, paper, count, begun, tmp_path):
    made = rendered(announced(count), theme, options={"paper": paper, "flow": "each"})

    found = pages(pdf(made, tmp_path))

    contents = [page for page in found if "Mục" in {word.text for word in page.words[:8]}]
    assert len(contents) == 1
    assert [word.text for word in contents[0].words].count("Mở-đầu") == begun


@pytest.mark.parametrize(("theme", "count"), [("base", 6), ("compilation", 7)])
def test_contents_of_a_few_articles_are_set_larger_and_fill_their_page(theme, count, tmp_path):
    path = pdf(rendered(announced(count), theme, options={"flow": "each"}), tmp_path)

    assert blank_shares(path)[1] <= 0.35  # It was half the page.
    assert "Mục" in {word.text for word in pages(path)[1].words[:8]}


@pytest.mark.conformance
@pytest.mark.parametrize(("theme", "paper", "count"), [("base", "A5", 14), ("large-print", "A4", 8)])
def test_so_do_contents_under_which_no_article_begins(theme, paper, count, tmp_path):
    """Under the name of the issue, where articles stand in a row; in the languages of their articles."""
    articles = [
        bare(
            f"{number} {SENTENCE[:60]}",
            "vi" if number % 2 else "en",
            standfirst=SENTENCE,
            body=(paragraph(SENTENCE),) * 9,
        )
        for number in range(count)
    ]

    path = pdf(
        rendered(issue(*articles, title="Tuần tin"), theme, options={"paper": paper, "flow": "run-on"}), tmp_path
    )

    assert blank_shares(path)[0] <= 0.12
    assert verapdf(path, "3a", "ua1") == []


HEAD = "Cống Cửa Vân mở lại"


@pytest.mark.sample(3)
@pytest.mark.parametrize("paper", ["A4", "A5"])
@pytest.mark.parametrize("theme", ["base", "compilation", "gazette", "tuan-bao"])
def test_a_short_article_alone_on_its_page_is_set_larger_in_lines_of_a_good_length(theme, paper, tmp_path):
    short, longer = (bare(HEAD, body=(paragraph(SENTENCE * 3),) * count) for count in (3, 9))
    options = {"paper": paper, "flow": "each"}

    alone, usual = (
        pdf(rendered(issue(each), theme, options=options), tmp_path, f"{name}.pdf")
        for name, each in (("alone", short), ("usual", longer))
    )

    heights = [
        max(word.bottom - word.top for word in pages(path)[-2].words if word.text == "hàng") for path in (alone, usual)
    ]
    assert heights[0] > 1.1 * heights[1]
    assert 50 <= measure(alone) <= 78


def test_offices_and_large_print_set_all_texts_alike(tmp_path):
    short = bare(HEAD, body=(paragraph(SENTENCE * 3),))

    for theme in ("decree30", "diem-bao", "party", "large-print", "brief", "mot-trang"):
        (*_, document) = rendered(issue(short), theme, options={"flow": "each"}).documents
        assert " alone" not in document.markup
