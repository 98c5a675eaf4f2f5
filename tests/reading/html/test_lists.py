"""Lists of other articles and their labels, told by how they are built: no class and no label here is a listed one."""

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from publisher.model import Article, Figure, plain
from tests.reading.html.pages import SENTENCES, article_of, article_page, page

GOAT = "A goat goes to town and comes back alone"
GULLS = "Gulls on the bollards are counted for the third time"
SALT = "The island learns to live with less salt and more rain"
HEADLINES = (GOAT, GULLS, SALT)
NOTE = "Goats travel at half the price of a bicycle, the office says, if they stand still on the way."
URL = "https://quay.example/ferry"


def items(*headlines: str) -> str:
    return "".join(f'<li><a href="/{at}.html">{headline}</a></li>' for at, headline in enumerate(headlines, 1))


def sections(article: Article, placement: str = "after") -> list[tuple[str | None, str]]:
    """The label and the headline of each teaser."""
    return [(each.section, each.headline) for each in article.related if each.placement == placement]


def under(label: str | None, *headlines: str) -> list[tuple[str | None, str]]:
    return [(label, headline) for headline in headlines]


@pytest.mark.parametrize(
    "label",
    [
        pytest.param('<h3>Out on the water</h3><a href="/all">Read more</a>', id="a button beside it"),
        pytest.param('<h3><a href="/water">Out on the water</a></h3><a href="/all">Read more</a>', id="and a link"),
        pytest.param("<div>Out on the water</div><button>‹</button><button>›</button>", id="arrows beside it"),
        pytest.param('<div><a href="/water">Out on the water</a></div>', id="a link that is no heading"),
    ],
)
def test_the_label_of_a_list_is_not_what_stands_beside_it(label: str) -> None:
    article = article_of(
        article_page(after=f"<section><div>{label}</div><ul>{items(*HEADLINES)}</ul></section>"), url=URL
    )

    assert sections(article) == under("Out on the water", *HEADLINES)


def test_words_of_a_button_are_a_label_where_a_list_stands_under_them_and_nowhere_else() -> None:
    lists = (
        f"<div><div>Xem thêm</div><ul>{items(GOAT, GULLS)}</ul></div>"
        f'<div><div>Bên sông</div><ul>{items(SALT)}<li><a href="/4.html">{NOTE[:60]}</a></li></ul>'
        '<div><a href="/all">Xem thêm</a></div></div>'
    )

    article = article_of(article_page(after=lists), url=URL)

    assert sections(article) == [*under("Xem thêm", GOAT, GULLS), *under("Bên sông", SALT, NOTE[:60])]


def test_a_label_counts_for_no_second_list_beside_the_article() -> None:
    cards = "".join(
        f'<div class="x1"><a href="/c{at}"><img src="/{at}.jpg"></a><p><a href="/c{at}">{headline}</a></p></div>'
        for at, headline in enumerate((GULLS, SALT))
    )
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    more = f'<h4>Out on the water</h4><ul>{items(GOAT, NOTE[:60])}</ul><div class="x0">{cards}</div>'

    article = article_of(page(f"<main><h1>A quiet ferry</h1><div>{text}</div>{more}</main>"), url=URL)

    assert sections(article) == [*under("Out on the water", GOAT, NOTE[:60]), *under(None, GULLS, SALT)]


def test_a_label_in_the_page_s_root_counts_for_the_list_under_it() -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    lists = f"<h4>Out on the water</h4><ul>{items(GOAT, GULLS)}</ul>"

    article = article_of(page(f"<div><h1>A quiet ferry</h1><div>{text}</div></div>{lists}"), url=URL)

    assert sections(article) == under("Out on the water", GOAT, GULLS)


def test_a_rubric_in_each_card_is_no_label_though_it_has_the_words_of_one() -> None:
    cards = "".join(
        f'<article><a href="/{at}.html"><img src="/{at}.jpg"></a><header><span>{rubric}</span>'
        f'<h4><a href="/{at}.html">{headline}</a></h4></header></article>'
        for at, (rubric, headline) in enumerate(zip(("Opinion", "Island", "Features"), HEADLINES, strict=True))
    )

    article = article_of(article_page(after=f"<div><div>Out on the water</div><div>{cards}</div></div>"), url=URL)

    assert sections(article) == under("Out on the water", *HEADLINES)


@pytest.mark.parametrize("sign", ["·", "|", "•"])
@pytest.mark.parametrize("tag", ["p", "div"])
def test_headlines_in_a_row_are_parted_where_a_sign_parts_them(tag: str, sign: str) -> None:
    row = f'<{tag}><a href="/1.html">{GOAT}</a> {sign} <a href="/2.html">{GULLS}</a></{tag}>'

    article = article_of(article_page(inside=row), url=URL)

    assert sections(article, "inline") == under(None, GOAT, GULLS)


def test_a_paragraph_of_a_few_short_links_is_one_line() -> None:
    row = '<p><a href="/1">The quay</a> · <a href="/2">The sound</a></p>'

    article = article_of(article_page(inside=row), url=URL)

    assert article.related == ()


def test_a_picture_that_leads_where_the_headline_beside_it_does_is_none_of_the_article_s() -> None:
    rows = "".join(
        f'<tr><td><a href="/{at}.html"><img src="/{at}.jpg"></a></td>'
        f'<td><a href="/{at}.html"><b>{headline}</b></a><br>{NOTE}</td></tr>'
        for at, headline in enumerate(HEADLINES)
    )
    after = f'<div><span class="y1">Out on the water</span><table>{rows}</table></div>'

    article = article_of(article_page(inside=after), url=URL)

    assert [block for block in article.body if isinstance(block, Figure)] == []
    assert [(each.headline, each.summary) for each in article.related] == [(headline, NOTE) for headline in HEADLINES]


def test_a_caption_with_a_credit_is_one_though_it_is_a_link_to_all_pictures() -> None:
    words = '<div class="y2">The goat. | Photo: Ruth Okafor</div>'
    photo = f'<div><a href="/pictures/7"><div><img src="/7.jpg"></div>{words}</a></div>'

    article = article_of(article_page(inside=photo), url=URL)

    assert [plain(each.caption) for each in article.body if isinstance(each, Figure)] == [
        "The goat. | Photo: Ruth Okafor"
    ]


def test_a_standfirst_may_be_set_as_the_name_under_it_is() -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    head = f"<h1>A quiet ferry</h1><div>{NOTE}</div><div>By Ruth Okafor</div>"

    article = article_of(page(f"<div><div>{head}</div><div>{text}</div></div>"))

    assert (article.standfirst, article.bylines) == (NOTE, ("Ruth Okafor",))
