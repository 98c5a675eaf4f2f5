"""Pages are read by how they are built: no name in them is one that a rule knows, unless a test says so."""

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from publisher.model import Article, Figure, Paragraph, Subheading, plain
from tests.reading.html.pages import SENTENCES, TEXT, article_of, article_page, page

FIRST, SECOND, THIRD, FOURTH = SENTENCES
NOTE = "Goats travel at half the price of a bicycle, the office says, if they stand still on the way."
FIFTH = "In the evening the boat was tied to the inner quay, where it stays until the wind has turned."


def printed(article: Article) -> list[str]:
    """The words of the body's paragraphs and sub-headings."""
    return [plain(block.inlines) for block in article.body if isinstance(block, Paragraph | Subheading)]


def captions(article: Article) -> list[str]:
    return [plain(block.caption) for block in article.body if isinstance(block, Figure)]


def entry(heading: str, *paragraphs: str, tag: str = "h2") -> str:
    told = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f'<article class="x1"><header><{tag}>{heading}</{tag}></header><div class="x2">{told}</div></article>'


def test_all_entries_of_a_live_report_are_its_text_each_under_its_heading() -> None:
    entries = entry("At the quay", FIRST, SECOND) + entry("On the sound", THIRD, FOURTH) + entry("Ashore", NOTE, FIFTH)

    article = article_of(page(f'<main><h1>A quiet ferry</h1><div class="x0">{entries}</div></main>'))

    assert printed(article) == ["At the quay", FIRST, SECOND, "On the sound", THIRD, FOURTH, "Ashore", NOTE, FIFTH]


def test_an_article_that_follows_on_the_same_page_is_another_one() -> None:
    entries = entry("A quiet ferry", FIRST, SECOND, THIRD, FOURTH, tag="h1") + entry("A goat", NOTE, FIFTH, tag="h1")

    article = article_of(page(f"<div>{entries}</div>", "<title>A quiet ferry</title>"))

    assert printed(article) == [FIRST, SECOND, THIRD, FOURTH]


def test_paragraphs_before_a_box_are_text_though_their_element_has_a_class_more() -> None:
    parts = (
        f'<div class="rt rt-first"><p>{FIRST}</p><p>{SECOND}</p></div>'
        '<div><h3>More on this</h3><ul><li><a href="/goat">A goat goes to town and comes back alone</a></li></ul></div>'
        f'<div class="rt"><p>{THIRD}</p><p>{FOURTH}</p><p>{NOTE}</p><p>{FIFTH}</p></div>'
    )

    article = article_of(page(f"<article><header><h1>A quiet ferry</h1></header><section>{parts}</section></article>"))

    assert printed(article) == [*SENTENCES, NOTE, FIFTH]


@pytest.mark.parametrize(
    "card",
    [
        pytest.param(
            '<div><a href="/goat" aria-label="Read"></a><div><span>{}</span></div></div>', id="a link laid over"
        ),
        pytest.param(
            '<div><div><span>{}</span></div><a href="/goat" aria-label="Read"></a></div>', id="and after the words"
        ),
    ],
)
def test_a_card_with_a_link_without_words_over_it_leads_where_the_link_does(card: str) -> None:
    headline = "A goat goes to town and comes back alone"

    article = article_of(article_page(inside=card.format(headline)), url="https://quay.example/ferry")

    assert [(each.headline, each.url) for each in article.related] == [(headline, "https://quay.example/goat")]
    assert printed(article) == list(SENTENCES)


def test_words_that_invite_to_read_are_no_part_of_a_headline_though_no_colon_parts_them() -> None:
    headline = "Une chèvre part en ville et revient toute seule"
    link = f'<div><a href="/chevre"><span class="y1">Lire aussi l’entretien</span> <span>{headline}</span></a></div>'

    article = article_of(article_page(inside=link), url="https://quay.example/ferry")

    assert [each.headline for each in article.related] == [headline]


def test_a_text_with_a_link_without_words_beside_its_paragraphs_is_no_card() -> None:
    article = article_of(page(f'<h1>A quiet ferry</h1><div><a href="/share"></a>{TEXT}</div>'))

    assert printed(article) == list(SENTENCES)


def test_two_pictures_side_by_side_have_one_caption() -> None:
    row = '<div class="x3"><img src="/a.jpg"><img src="/b.jpg"><div class="x4">The goat, before and after</div></div>'

    assert captions(article_of(article_page(inside=row), url="https://quay.example/ferry")) == [
        "",
        "The goat, before and after",
    ]


def test_a_picture_of_a_page_for_search_engines_is_one() -> None:
    picture = '<figure><amp-img src="/a.jpg" width="800"></amp-img><figcaption>The goat</figcaption></figure>'

    assert captions(article_of(article_page(inside=picture), url="https://quay.example/ferry")) == ["The goat"]


def test_a_caption_and_its_picture_in_one_inline_element_do_not_run_into_the_text() -> None:
    text = "<br><br>".join(SENTENCES)
    photo = '<span><div><img src="/a.jpg"></div><em class="caption">The goat on board</em></span>'

    article = article_of(page(f"<h1>A quiet ferry</h1><article>{photo}{text}</article>"), url="https://quay.example/1")

    assert captions(article) == ["The goat on board"]
    assert printed(article) == list(SENTENCES)


def test_what_stands_under_the_headline_is_no_caption_of_the_picture_over_it() -> None:
    hero = f'<div class="x5"><img src="/a.jpg"><h1>A quiet ferry</h1><p class="sapo">{NOTE}</p></div>'

    article = article_of(page(f"<div>{hero}<div>{TEXT}</div></div>"))

    assert (article.standfirst, printed(article)) == (NOTE, list(SENTENCES))


def test_a_list_of_one_heading_is_a_standfirst() -> None:
    article = article_of(
        page(f'<h1>A quiet ferry</h1><ul class="summary"><li><h2>{NOTE}</h2></li></ul><div>{TEXT}</div>')
    )

    assert (article.standfirst, printed(article)) == (NOTE, list(SENTENCES))


@pytest.mark.parametrize("lead", ["{}", "<table><tr><td>{}</td></tr></table>"], ids=["the page's", "one of its own"])
def test_a_standfirst_may_stand_in_a_table_of_the_layout(lead: str) -> None:
    heading = '<div id="lblTitle"><b>A quiet ferry on the sound</b></div>'
    cell = f'{heading}<div id="lblLead">{lead.format(NOTE)}</div><div>{TEXT}</div>'

    article = article_of(page(f"<table><tr><td>{cell}</td></tr></table>"))

    assert (article.headline, article.standfirst) == ("A quiet ferry on the sound", NOTE)


def test_a_kicker_in_the_headline_s_element_is_what_the_page_s_title_leaves_out() -> None:
    head = '<meta property="og:title" content="A quiet ferry crosses the sound">'
    heading = "<h2><span>Boats in winter</span> <span>A quiet ferry crosses the sound</span></h2>"

    article = article_of(page(f"<article><header>{heading}</header><div>{TEXT}</div></article>", head))

    assert (article.kicker, article.headline) == ("Boats in winter", "A quiet ferry crosses the sound")


@pytest.mark.parametrize(
    "headlines",
    [
        pytest.param(
            ("沿岸道路、橋の補修で九日間夜間通行止め", "洪水で暖房失った学校、児童が二週間ぶり登校"), id="Japanese"
        ),
        pytest.param(
            ("해안 도로 다리 보수로 아홉 밤 동안 통제된다", "홍수로 난방 끊긴 학교, 두 주 만에 문 열어"), id="Korean"
        ),
    ],
)
def test_links_in_a_script_without_capitals_are_headlines_by_their_width(headlines: tuple[str, ...]) -> None:
    items = "".join(f'<li><a href="/{number}">{text}</a></li>' for number, text in enumerate(headlines))

    article = article_of(article_page(after=f"<ul>{items}</ul>"), url="https://quay.example/ferry")

    assert tuple(each.headline for each in article.related) == headlines


def test_the_name_that_a_browser_s_reading_view_gives_signs() -> None:
    header = '<div><h1>A quiet ferry</h1><div class="credits reader-credits">Mina Holt</div><div>4 minutes</div></div>'

    assert article_of(page(f"{header}<div>{TEXT}</div>")).bylines == ("Mina Holt",)
