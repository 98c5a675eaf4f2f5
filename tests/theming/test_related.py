"""Related news by article: each item once, under the article that mentioned it first."""

import re

import pytest

from publisher.model import Teaser
from publisher.theming.related import by_article
from tests.theming.issues import FULL, bare, issue, rendered

FIRST = bare(
    "Chợ nổi họp lại",
    related=(
        Teaser(headline="Đò ngang chạy thêm chuyến", section="Nên xem"),
        Teaser(headline="Giá rau tăng", summary="Rau muống lên gấp đôi.", section="Đọc nhiều"),
        Teaser(headline="Phà Bính chạy chuyến cuối", section="Nên xem"),
        Teaser(headline=FULL.headline, summary="Xe đã qua cầu."),
    ),
)
ALONE = bare("Trường mới mở cửa")
WEEK = issue(FIRST, FULL, ALONE)
ITEM = {item.headline: item for section in WEEK.appendix for item in section.items}


def test_an_item_stands_under_the_first_article_that_mentions_it_and_under_its_label():
    found = [
        (beside.placed.article.headline, [(g.label, [i.headline for i in g.items]) for g in beside.groups])
        for beside in by_article(WEEK)
    ]

    assert found == [
        (
            "Chợ nổi họp lại",
            [
                (None, [FULL.headline]),
                ("Nên xem", ["Đò ngang chạy thêm chuyến", "Phà Bính chạy chuyến cuối"]),
                ("Đọc nhiều", ["Giá rau tăng"]),
            ],
        ),
        (FULL.headline, [(None, ["Trường mới ở phường Bạch Mai"])]),
    ]


def test_no_item_is_lost_and_none_is_there_twice():
    found = [item for beside in by_article(WEEK) for group in beside.groups for item in group.items]

    assert sorted(item.id for item in found) == sorted(item.id for item in ITEM.values())


def markup_of(role, target):
    (document,) = [each for each in rendered(WEEK, "base", target).documents if each.role == role]
    return document.markup.replace("\N{NO-BREAK SPACE}", " ")


def test_on_paper_other_articles_that_mention_it_are_named_by_their_pages():
    markup = markup_of("appendix", "print")

    assert markup.count('<p class="mentions">') == 2  # of the two that stood beside both articles
    pages = re.findall(r'<p class="mentions">(.*?)</p>', markup, re.DOTALL)
    second = WEEK.articles[1].id
    assert all(f'tr. <span class="folio" data-anchor="{second}"></span>' in page for page in pages)
    assert "Chợ nổi" not in "".join(pages)


@pytest.mark.parametrize("target", ["print", "ebook"])
def test_what_the_issue_has_is_one_line_without_a_summary(target):
    markup = markup_of("appendix", target)

    assert "Toàn bài có trong số này" in markup
    assert "Xe đã qua cầu." not in markup
    assert "Rau muống lên gấp đôi." in markup


@pytest.mark.parametrize("target", ["print", "ebook"])
def test_labels_of_other_sites_stand_in_no_contents(target):
    made = rendered(WEEK, "base", target)
    (contents,) = [each for each in made.documents if each.role == "contents"]

    assert [entry.children for entry in made.nav] == [()] * len(made.nav)
    assert "Nên xem" not in contents.markup
    assert markup_of("appendix", target).count(">Nên xem</p>") == 1


def test_in_an_e_book_each_article_ends_with_what_it_mentions_and_the_appendix_leads_back():
    made = rendered(WEEK, "base", "ebook")
    first, second, alone = (each.markup for each in made.documents if each.role == "article")
    market = ITEM["Giá rau tăng"].id

    for markup in (first, second):
        assert f'<a epub:type="noteref" role="doc-noteref" href="appendix.xhtml#{market}">Giá rau tăng</a>' in markup
    assert f'<li><a href="{WEEK.articles[1].id}.xhtml">{FULL.headline}</a></li>' in first
    assert "onward" not in alone
    (appendix,) = [each.markup for each in made.documents if each.role == "appendix"]
    assert f'<a role="doc-backlink" href="{WEEK.articles[0].id}.xhtml">Chợ nổi họp lại</a>' in appendix


@pytest.mark.parametrize(("letters", "stands_across"), [(240, False), (241, True)])
def test_a_summary_of_more_lines_than_a_headline_has_stands_across_the_row(letters, stands_across):
    article = bare(related=(Teaser(headline="Giá rau tăng", summary="a" * letters),))

    appendix = rendered(issue(article), "base").documents[-1].markup

    assert ('class="teaser long"' in appendix) is stands_across
