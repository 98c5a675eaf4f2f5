"""Habits of outlets' systems, each on the smallest page that has it."""

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from tests.reading.html.pages import SENTENCES, article_of, article_page, page
from tests.reading.html.test_lists import GOAT, GULLS, HEADLINES, NOTE, SALT, URL, items, printed, sections, under
from tests.reading.html.test_structures import captions


def test_what_a_post_is_filed_under_makes_it_no_frame() -> None:
    cards = "".join(
        f'<article class="tag-comments category-search type-post hentry"><h3><a href="/{at}.html">{headline}</a></h3>'
        "</article>"
        for at, headline in enumerate(HEADLINES)
    )

    article = article_of(article_page(after=f"<section><h2>Out on the water</h2><div>{cards}</div></section>"), url=URL)

    assert sections(article) == under("Out on the water", *HEADLINES)


def test_words_of_a_button_are_a_label_as_a_heading_over_a_list() -> None:
    article = article_of(
        article_page(
            after=f"<div><h2>Out on the water</h2><ul>{items(GOAT, GULLS)}</ul></div>"
            f'<div><h2>Most viewed</h2><ol><li><a href="/9.html"><h4>{SALT}</h4></a></li></ol></div>'
        ),
        url=URL,
    )

    assert sections(article) == [*under("Out on the water", GOAT, GULLS), ("Most viewed", SALT)]


def test_who_wrote_another_article_is_no_summary_of_it() -> None:
    cards = "".join(
        f'<li><h3><a href="/{at}.html">{headline}</a></h3><p class="dek">{NOTE}</p>'
        f'<p class="by">By <a href="/staff/j">Jo Ann Pell</a> | 11/1{at}/2026 08:00 AM EST</p></li>'
        for at, headline in enumerate(HEADLINES)
    )

    article = article_of(article_page(after=f"<section><h2>Related</h2><ul>{cards}</ul></section>"), url=URL)

    assert [each.summary for each in article.related] == [NOTE] * 3


def test_who_wrote_a_related_article_is_no_part_of_its_headline() -> None:
    box = "".join(
        f'<li><a href="/{at}.html"><span>{headline}</span> <span class="of">By Jo Pell</span></a></li>'
        for at, headline in enumerate((GOAT, GULLS))
    )

    article = article_of(article_page(inside=f"<section><div>Related</div><ul>{box}</ul></section>"), url=URL)

    assert [each.headline for each in article.related] == [GOAT, GULLS]


@pytest.mark.parametrize(
    "line",
    [
        "Contact Jo Pell at 555-0142 or newsroom@quay.example.",
        "Jo Pell can be reached at jpell@quay.example.",
        "The audio version of this story was produced by Jo Pell.",
        "Prefer the Quay on Google",
        "4-Minute Listen",
        "Listen · 4:37",
    ],
)
def test_what_a_page_says_of_itself_among_the_paragraphs_is_no_text(line: str) -> None:
    article = article_of(article_page(inside=f"<p>{line}</p>"), url=URL)

    assert printed(article) == list(SENTENCES)


def test_a_caption_beside_a_wordless_figure_s_box_is_its_caption() -> None:
    figure = (
        '<div><div id="f"><figure><img src="/a.jpg" alt="A ferry"></figure></div><span><span>{}</span></span></div>'
    )
    words = "The ferry at noon. Photograph: Ruth Okafor"

    article = article_of(article_page(inside=figure.format(words)), url=URL)

    assert captions(article) == [words]


def test_two_names_and_a_full_stop_sign_and_tell_nothing() -> None:
    line = '<div class="who">Par <span>Loïc Tanguy</span> et <span>Maëlle Guérin</span>.</div>'

    article = article_of(article_page(before=line))

    assert article.bylines == ("Loïc Tanguy", "Maëlle Guérin")


def test_who_signs_in_a_link_stands_over_the_day_and_the_time_it_takes_to_read() -> None:
    head = '<div><a href="/u/1">Hà An</a></div><div>24/11/2026 · 4 phút đọc</div>'
    text = "".join(
        f"<p>Chuyến phà cũ rời bến lúc trưa, chở chín hành khách và một con dê, lần thứ {n}.</p>" for n in range(4)
    )

    article = article_of(
        page(f"<article><h1>Chuyến phà yên tĩnh nhất trong năm</h1>{head}<div>{text}</div></article>", lang="vi")
    )

    assert article.bylines == ("Hà An",)


def test_a_table_of_ranks_and_headlines_is_a_list_of_articles() -> None:
    rows = "".join(
        f'<tr><td>{at}</td><td><a href="/{at}.html">{headline}</a></td></tr>'
        for at, headline in enumerate(HEADLINES, 1)
    )
    table = f'<table><tr><th colspan="2">Most read</th></tr>{rows}</table>'

    article = article_of(article_page(after=table), url=URL)

    assert sections(article) == under("Most read", *HEADLINES)


def test_words_that_invite_to_read_head_a_box_without_an_address() -> None:
    article = article_of(article_page(inside=f"<div><div>More</div><div>{GOAT}</div></div>"), url=URL)

    assert (sections(article, "inline"), printed(article)) == (under("More", GOAT), list(SENTENCES))


def test_a_related_headline_may_stand_in_brackets() -> None:
    article = article_of(article_page(inside=f'<p><a href="/goat">[<span>{GOAT}</span>]</a></p>'), url=URL)

    assert sections(article, "inline") == under(None, GOAT)


def test_whose_picture_a_card_has_is_not_its_headline() -> None:
    cards = "".join(
        f'<li><a href="/{at}.html"><div><img src="/{at}.jpg"></div><div>Ruth Okafor for The Quay</div>'
        f"<div>{headline}</div></a></li>"
        for at, headline in enumerate(HEADLINES)
    )

    article = article_of(article_page(after=f"<div><h2>Related</h2><ul>{cards}</ul></div>"), url=URL)

    assert sections(article) == under("Related", *HEADLINES)


def test_a_caption_is_printed_without_its_number_in_the_gallery() -> None:
    words = "<span>1 of 2 | </span><p>The ferry at noon</p>"
    figure = f'<figure><img src="/a.jpg" alt=""><figcaption>{words}</figcaption></figure>'

    article = article_of(article_page(inside=figure), url=URL)

    assert captions(article) == ["The ferry at noon"]


def test_a_name_set_as_the_text_is_signs_over_the_day() -> None:
    head = f'<p class="q1">{NOTE}</p><p class="q2">Jo Pell</p><p class="q3">3 November 2026</p>'
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)

    article = article_of(page(f"<div><div>Island</div><div><h1>A quiet ferry</h1>{head}{text}</div></div>"), url=URL)

    assert (article.bylines, printed(article)) == (("Jo Pell",), list(SENTENCES))


def test_a_kicker_is_taken_off_by_the_browser_s_title_too() -> None:
    head = "<title>A quiet ferry crosses the sound | The Quay</title>"
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)

    article = article_of(
        page(f"<div><h1><span>Island</span> <span>A quiet ferry crosses the sound</span></h1>{text}</div>", head)
    )

    assert (article.kicker, article.headline) == ("Island", "A quiet ferry crosses the sound")


def test_the_author_s_name_is_no_label_of_a_list_under_it() -> None:
    box = f"<div><h4>Jo Pell</h4><ul>{items(*HEADLINES)}</ul></div>"

    article = article_of(article_page(before='<p class="author">Jo Pell</p>', after=box), url=URL)

    assert [section for section, _ in sections(article)] == [None] * 3
