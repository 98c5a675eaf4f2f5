"""Page numbers that are true: filled in after the pages are known, continuous over all documents."""

import itertools
import re
import time

import pytest

from publisher.errors import RenderingError
from publisher.model import Paragraph, Text
from tests.theming.issues import bare, issue, make_theme, paragraph, rendered
from tests.writing.pdf.making import pdf, written
from tests.writing.pdf.pages import bookmarks, dead_links, fold, link_targets, pages

COUNT = 32


@pytest.fixture(scope="module")
def long_issue():
    """Many short articles: the contents run over several pages and push everything after them."""
    return issue(
        *(
            bare(f"Bài số {number} của tuần, về con đường mới ven sông Cẩm và những chuyến đò ngang còn lại")
            for number in range(1, COUNT + 1)
        )
    )


@pytest.fixture(scope="module")
def long_pdf(long_issue):
    return written(rendered(long_issue, "compilation", options={"flow": "each", "paper": "A5"}))


@pytest.fixture(scope="module")
def long_path(long_pdf, tmp_path_factory):
    path = tmp_path_factory.mktemp("long") / "long.pdf"
    path.write_bytes(long_pdf.data)
    return path


class TestLongContents:
    def test_the_contents_take_several_pages_and_each_article_one(self, long_issue, long_pdf):
        first = long_pdf.pages[long_issue.articles[0].id]

        assert first - long_pdf.pages["contents"] >= 3
        assert [long_pdf.pages[placed.id] for placed in long_issue.articles] == list(range(first, first + COUNT))
        assert long_pdf.pages["colophon"] == first + COUNT
        assert long_pdf.problems == ()

    def test_every_line_of_the_contents_names_the_page_that_its_article_is_on(self, long_issue, long_pdf, long_path):
        texts = [fold(" ".join(word.text for word in page.words)) for page in pages(long_path)]
        contents = " ".join(texts[long_pdf.pages["contents"] - 1 : long_pdf.pages[long_issue.articles[0].id] - 1])

        for placed in long_issue.articles:
            page = long_pdf.pages[placed.id]
            headline = fold(placed.article.headline)
            assert re.search(rf"{headline}[ .]*{page}\b", contents), headline
            assert headline in texts[page - 1]

    def test_every_link_leads_to_the_page_that_is_printed_beside_it(self, long_issue, long_pdf, long_path):
        targets = [to for at, to in link_targets(long_path) if at < long_pdf.pages[long_issue.articles[0].id]]

        lines = [page for page, _ in itertools.groupby(targets)]  # Each of a line that is broken leads there too.
        assert lines == [*(long_pdf.pages[placed.id] for placed in long_issue.articles), long_pdf.pages["colophon"]]
        assert dead_links(long_path) == []
        assert [fold(words) for depth, words in bookmarks(long_path) if depth == 1][:-1] == [
            placed.article.headline for placed in long_issue.articles
        ]

    def test_the_printed_numbers_count_all_pages(self, long_pdf, long_path):
        folios = [max(page.words, key=lambda word: word.top).text for page in pages(long_path)[1:]]

        assert len(pages(long_path)) == long_pdf.page_count
        assert folios == [str(number) for number in range(2, long_pdf.page_count + 1)]


def test_the_pages_of_a_brief_are_counted_from_one_to_the_last(tmp_path):
    path = pdf(rendered(bare(body=(paragraph(),) * 90)), tmp_path)

    feet = [fold(" ".join(word.text for word in page.words[-2:])) for page in pages(path)]

    assert len(feet) >= 3
    assert feet == [f"Trang {number}/{len(feet)}" for number in range(1, len(feet) + 1)]


def test_progress_is_told_for_every_document_and_again_where_numbers_have_moved():
    told = []

    written(
        rendered(issue(bare("Một"), bare("Hai")), "compilation", options={"flow": "each"}),
        lambda done, total: told.append((done, total)),
    )

    assert told[:5] == [(number, 5) for number in range(1, 6)]
    assert set(told) == set(told[:5])


def test_numbers_that_do_not_settle_are_the_themes_mistake(tmp_path):
    """A column as wide as the number in it: with one digit the text below takes twice the pages."""
    body = (
        '<h1 id="{{ placed.id }}">x</h1><div class="narrow"><p>{{ folio("colophon") }}</p>'
        f'<p class="text">{"12 " * 45}</p></div>'
    )
    make_theme(
        tmp_path,
        **{
            "theme.toml": 'summary = "S."\n[documents]\nprint = ["articles", "colophon"]\nebook = ["articles"]\n',
            "print__article.xhtml": f'{{% extends "print/page.xhtml" %}}{{% block body %}}{body}{{% endblock %}}',
            "print.css": '{% include "base:print.css" %} .narrow { display: table; width: 1px; font-size: 60pt } '
            ".folio { white-space: nowrap } .text { overflow-wrap: anywhere }",
        },
    )

    with pytest.raises(RenderingError) as caught:
        written(rendered(bare(), "own", search=(tmp_path,)))

    assert str(caught.value) == "the PDF could not be made: its page numbers do not settle"


def test_a_page_has_the_paper_that_was_asked_for(tmp_path):
    for paper, size in {"A4": (595, 842), "A5": (420, 595), "letter": (612, 792)}.items():
        path = pdf(rendered(bare(), "compilation", options={"paper": paper}), tmp_path, f"{paper}.pdf")

        assert {(round(page.width), round(page.height)) for page in pages(path)} == {size}


def test_a_run_that_never_breaks_takes_time_by_its_length():
    """Such as a picture in base64 that a scraper left: of 200,000 characters it would take 20 minutes."""

    def seconds(length):
        rendition = rendered(bare("Cầu mới", body=(Paragraph(inlines=(Text(text="x" * length),)),)))
        began = time.process_time()
        written(rendition)
        return time.process_time() - began

    seconds(10)

    # By the square it would be sixteen times as long; the shorter of two, since others may be at work.
    assert min(seconds(20_000), seconds(20_000)) < 7 * min(seconds(5_000), seconds(5_000))
