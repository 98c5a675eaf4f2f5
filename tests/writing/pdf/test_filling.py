"""Pages are filled: a weekly issue in few of them, lines of a length that is read well, short items on one sheet."""

import functools
from pathlib import Path

import pytest

from publisher.model import Issue, IssuePlan, Note
from publisher.pipeline import Means, Wanted, assemble, gather
from publisher.theming import load_theme, theme_folders
from tests.theming.issues import SENTENCE, bare, issue, paragraph, rendered
from tests.writing.pdf.making import pdf, written
from tools.blank import blank_share, measure, pages_of, type_area

EXAMPLES = Path(__file__).parents[3] / "examples"
PAPERS = [
    (name, paper)
    for name in sorted(theme_folders())
    for paper in (load_theme(name).options["paper"].choices if "paper" in load_theme(name).options else ("A4",))
    if paper != "letter"
]


@functools.cache
def week() -> Issue:
    gathered = gather(Wanted(references=(str(EXAMPLES),)), Means())
    return assemble(gathered, IssuePlan(title="Tuần tin Sông Cẩm", number="12"), Means())


@pytest.mark.sample(2)
@pytest.mark.parametrize("theme", ["compilation", "tuan-bao"])
def test_the_eight_examples_are_a_weekly_issue_of_at_most_ten_pages_and_an_eighth_of_it_blank(theme, tmp_path):
    path = pdf(rendered(week(), theme), tmp_path)

    pages = pages_of(path)
    shares = [blank_share(page, type_area(pages)) for page in pages[:-1]]
    assert len(pages) <= 10
    assert sum(shares) / len(shares) <= 0.125


@pytest.mark.sample(3)
@pytest.mark.parametrize(("name", "paper"), PAPERS)
def test_lines_have_between_fifty_and_seventy_eight_letters(name, paper, tmp_path):
    article = bare(body=tuple(paragraph(SENTENCE * 6) for _ in range(12)))
    options = {"paper": paper} if "paper" in load_theme(name).options else {}

    path = pdf(rendered(issue(article), name, options=options), tmp_path)

    assert (40 if (name, paper) == ("large-print", "A5") else 50) <= measure(path) <= 78


@pytest.mark.sample(2)
@pytest.mark.parametrize(("theme", "count"), [("brief", 1), ("mot-trang", 1), ("diem-bao", 2)])
def test_five_items_of_sixty_words_stand_on_one_sheet(theme, count):
    sixty = " ".join(SENTENCE.split() * 3)[:300]
    items = [
        bare(f"Tin số {number}: cống Cửa Vân mở lại sau sáu tuần", body=(paragraph(sixty),)) for number in range(5)
    ]

    assert written(rendered(issue(*items, title="Điểm tin sáng"), theme)).page_count == count


def test_sections_begin_a_page_and_their_articles_follow_each_other():
    articles = [bare(f"Bài {number}") for number in range(6)]
    notes = {each.key: Note(section="Kinh tế" if at < 3 else "Xã hội") for at, each in enumerate(articles)}
    made = issue(*articles, notes=notes)

    pages = written(rendered(made, "base", options={"flow": "section"})).pages

    first = pages[made.articles[0].id]
    assert [pages[placed.id] - first for placed in made.articles] == [0, 0, 0, 1, 1, 1]
