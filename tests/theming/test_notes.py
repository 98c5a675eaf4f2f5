"""What a digest knows of an article, as printed."""

import re

import pytest

from publisher.model import AlsoIn, Article, Earlier, Issue, Note, Teaser
from tests.theming.issues import FULL, bare, issue, rendered

NOTE = Note(
    section="Giao thông & vận tải",
    updated_since="11/2026",
    also=(
        AlsoIn(headline="Cầu <mới>", publication="Báo Bờ Bắc", url="https://bac.example/?a=1&b=2", language="vi"),
        AlsoIn(headline="Bridge opens", language="en"),
    ),
)


def printed(article: Article, target: str, **plan: object) -> str:
    """The words of all documents, a space between those of two elements."""
    documents = rendered(issue(article, **plan), "compilation", target).documents
    text = " ".join(re.sub(r"<[^>]+>", " ", document.markup) for document in documents)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def marked_up(made: Issue, target: str) -> str:
    """The markup of all documents, without the names of places by which pages are told."""
    documents = rendered(made, "compilation", target).documents
    return re.sub(r' data-place="[^"]*"', "", "".join(document.markup for document in documents))


@pytest.mark.parametrize("target", ["print", "ebook"])
class TestNotes:
    def test_all_that_is_known_is_printed(self, target):
        text = printed(FULL, target, notes={FULL.key: NOTE})

        assert "Giao thông &amp; vận tải · Giao thông Cầu Sông Cẩm" in text
        assert "Cập nhật so với số 11/2026" in text
        assert "Báo khác cùng đưa tin Báo Bờ Bắc: Cầu &lt;mới&gt; Bridge opens" in text

    def test_nothing_is_printed_of_an_article_without_a_note(self, target):
        markup = "".join(each.markup for each in rendered(issue(bare()), "compilation", target).documents)

        for trace in ("updated-since", 'class="also"', "section-name", "kicker"):
            assert trace not in markup

    def test_a_section_alone_stands_where_the_kicker_would(self, target):
        article = bare()
        markup = marked_up(issue(article, notes={article.key: Note(section="Đời sống")}), target)

        assert '<p class="kicker"><span class="section-name">Đời sống</span></p>' in markup

    def test_a_headline_in_another_language_says_so(self, target):
        markup = marked_up(issue(FULL, notes={FULL.key: NOTE}), target)

        assert '<li lang="en" xml:lang="en">Bridge opens</li>' in markup

    def test_related_news_points_to_an_earlier_issue(self, target):
        article = bare(related=(Teaser(headline="Phà Bính chạy chuyến cuối"),))
        text = printed(article, target, earlier=(Earlier(headline="Phà Bính chạy chuyến cuối", issue="10"),))

        assert "Phà Bính chạy chuyến cuối Bài đầy đủ ở số 10" in text
