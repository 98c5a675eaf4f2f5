"""What a page's parts become."""

import datetime as dt
import importlib.util

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from publisher.errors import InputError
from publisher.model import (
    Break,
    BulletList,
    Emphasis,
    Figure,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    PullQuote,
    Strong,
    Subheading,
    Teaser,
    Text,
    plain,
)
from publisher.reading.trace.explain import explain
from tests.reading.html.pages import SENTENCES, TEXT, article_of, article_page, page, reading_of


def blocks_of(inside: str) -> list[object]:
    """The blocks that stand between the second and the third paragraph."""
    body = list(article_of(article_page(inside=inside)).body)
    texts = [plain(block.inlines) if isinstance(block, Paragraph) else None for block in body]
    return body[texts.index(SENTENCES[1]) + 1 : texts.index(SENTENCES[2])]


def paragraph(*inlines: object) -> Paragraph:
    return Paragraph(inlines=inlines)  # type: ignore[arg-type]


LONG = "The harbour master wrote it all down in the book that his grandfather began"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param(
            f"<p>{LONG} <em>very</em> <strong>slowly</strong>.</p>",
            [
                paragraph(
                    Text(text=f"{LONG} "),
                    Emphasis(children=(Text(text="very"),)),
                    Text(text=" "),
                    Strong(children=(Text(text="slowly"),)),
                    Text(text="."),
                )
            ],
            id="emphasis",
        ),
        pytest.param(
            f'<p>{LONG}, <a href="https://quay.example/book">as told</a>.</p>',
            [
                paragraph(
                    Text(text=f"{LONG}, "),
                    Link(url="https://quay.example/book", children=(Text(text="as told"),)),
                    Text(text="."),
                )
            ],
            id="link",
        ),
        pytest.param(f"<p>{LONG}:<br>one goat<br>two gulls</p>", [
            paragraph(Text(text=f"{LONG}:"), LineBreak(), Text(text="one goat"), LineBreak(), Text(text="two gulls"))
        ], id="line breaks"),
        pytest.param(
            f"<p>{LONG}.<br><br>{LONG} again.</p>",
            [paragraph(Text(text=f"{LONG}.")), paragraph(Text(text=f"{LONG} again."))],
            id="two breaks part paragraphs",
        ),
        pytest.param(
            "<h2>What the book says</h2>", [Subheading(inlines=(Text(text="What the book says"),))], id="heading"
        ),
        pytest.param(
            "<p><strong>What the book says</strong></p>",
            [Subheading(inlines=(Text(text="What the book says"),))],
            id="bold heading",
        ),
        pytest.param(
            f"<ul><li>{LONG}</li><li>{LONG} twice</li></ul>",
            [BulletList(items=((Text(text=LONG),), (Text(text=f"{LONG} twice"),)))],
            id="bullets",
        ),
        pytest.param(
            f'<ol start="3"><li>{LONG}</li></ol>', [NumberedList(items=((Text(text=LONG),),), start=3)], id="numbers"
        ),
        pytest.param("<hr>", [Break()], id="rule"),
        pytest.param("<!-- nothing --><p> </p><div></div>", [], id="nothing"),
    ],
)  # fmt: skip
def test_markup_becomes_blocks(inside: str, expected: list[object]) -> None:
    assert blocks_of(inside) == expected


@pytest.mark.parametrize(
    "name", ["col-xs-10 col-xs-pull-1", "pull-left", "pull-right", "article-pull", "pullquote pull-right"]
)
def test_where_a_grid_sets_a_paragraph_does_not_make_it_a_quotation(name: str) -> None:
    (block,) = blocks_of(f'<div class="{name}"><p>{LONG} before him.</p></div>')

    assert isinstance(block, PullQuote if "quote" in name or name == "article-pull" else Paragraph)


def test_heading_levels_start_at_two_and_keep_their_order() -> None:
    blocks = blocks_of(f"<h3>First part</h3><p>{LONG}.</p><h5>A detail of it</h5><p>{LONG} again.</p>")

    assert [block.level for block in blocks if isinstance(block, Subheading)] == [2, 3]


@pytest.mark.parametrize(
    ("href", "problem"),
    [
        ("javascript:alert(1)", "the link to 'javascript:alert(1)' is neither http, https nor mailto; its words were kept"),  # noqa: E501 - one piece of markup
        ("jav&#x09;ascript:alert(1)", "the link to 'javascript:alert(1)' is neither http, https nor mailto; its words were kept"),  # noqa: E501 - one piece of markup
        ("file:///etc/passwd", "the link to 'file:///etc/passwd' is neither http, https nor mailto; its words were kept"),  # noqa: E501 - one piece of markup
        ("data:text/html,x", "the link to 'data:text/html,x' is neither http, https nor mailto; its words were kept"),
    ],
)  # fmt: skip
def test_an_unsafe_link_is_words_and_a_problem(href: str, problem: str) -> None:
    article = article_of(article_page(inside=f'<p>{LONG}, <a href="{href}">as told</a>.</p>'))

    assert paragraph(Text(text=f"{LONG}, as told.")) in article.body
    assert [str(found) for found in article.problems] == [f"page.html: {problem} [unsafe-link]"]


@pytest.mark.parametrize("href", ["#part-two", "javascript:;", "javascript:void(0)", ""])
def test_a_link_that_leads_nowhere_is_words_and_no_problem(href: str) -> None:
    article = article_of(article_page(inside=f'<p>{LONG}, <a href="{href}">as told</a>.</p>'))

    assert (paragraph(Text(text=f"{LONG}, as told.")) in article.body, article.problems) == (True, ())


def test_a_relative_link_needs_the_pages_address() -> None:
    markup = article_page(inside=f'<p>{LONG}, <a href="/book">as told</a>.</p>')

    alone, fetched = article_of(markup), article_of(markup, url="https://quay.example/a/b")

    assert [problem.code for problem in alone.problems] == ["dropped-content"]
    assert "https://quay.example/book" in repr(fetched.body)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(
            '<figure><img src="a.jpg" alt="A goat"><figcaption>The goat. Photo: Ada Birk</figcaption></figure>',
            Figure(src="a.jpg", alt="A goat", caption=(Text(text="The goat. Photo: Ada Birk"),), credit="Ada Birk"),
            id="figure",
        ),
        pytest.param(
            '<figure><img src="a.jpg"><figcaption>The goat.<span class="photo-credit">Ada Birk</span></figcaption></figure>',  # noqa: E501 - one piece of markup
            Figure(src="a.jpg", caption=(Text(text="The goat. Ada Birk"),), credit="Ada Birk"),
            id="marked credit",
        ),
        pytest.param(
            '<div class="image"><img src="a.jpg"><p class="caption">The goat on the quay</p></div>',
            Figure(src="a.jpg", caption=(Text(text="The goat on the quay"),)),
            id="classed caption",
        ),
        pytest.param(
            '<table><tr><td><img src="a.jpg"></td></tr><tr><td>The goat on the quay</td></tr></table>',
            Figure(src="a.jpg", caption=(Text(text="The goat on the quay"),)),
            id="table",
        ),
        pytest.param(
            '<p><img src="a.jpg"></p><p><em>The goat on the quay</em></p>',
            Figure(src="a.jpg", caption=(Text(text="The goat on the quay"),)),
            id="slanted line below",
        ),
        pytest.param(
            '<p><img data-src="https://x.example/a.jpg" src="data:image/gif;base64,R0lGOD" alt="A goat"></p>',
            Figure(src="https://x.example/a.jpg", alt="A goat"),
            id="lazy",
        ),
        pytest.param(
            '<figure><picture><source srcset="b.webp 2x"><img alt="A goat"></picture></figure>',
            Figure(src="b.webp", alt="A goat"),
            id="source set",
        ),
        pytest.param(
            "<figure><iframe src=https://x.example/film></iframe><figcaption>The film of the goat</figcaption></figure>",  # noqa: E501 - one piece of markup
            Figure(caption=(Text(text="The film of the goat"),)),
            id="film",
        ),
        pytest.param(
            '<figure><img src="page_files/a b.jpg" alt="A goat"></figure>',
            Figure(src="page_files/a b.jpg", alt="A goat"),
            id="saved beside the page",
        ),
    ],
)
def test_a_picture_becomes_a_figure_at_its_place(markup: str, expected: Figure) -> None:
    assert blocks_of(markup) == [expected]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param('<p><img src="/static/share-icon.png" alt="Share"></p>', id="icon"),
        pytest.param('<p><img src="a.jpg" width="16" height="16" alt="x"></p>', id="small"),
        pytest.param('<p><img src="https://x.example/pixel.gif"></p>', id="counter"),
        pytest.param('<p><img src="/static/next.svg" alt="x"></p>', id="a drawing of no size"),
        pytest.param('<figure><img src="/static/site-logo.svg" alt="x"></figure>', id="a logo"),
        pytest.param('<p><img src="data:image/gif;base64,R0lGOD"></p>', id="place-holder"),
        pytest.param('<div><a href="/b"><img src="b.jpg" alt=""></a><a href="/b">Another long headline of the day</a></div>',  # noqa: E501 - one piece of markup
                     id="of another article"),
    ],
)  # fmt: skip
def test_decoration_is_no_figure(markup: str) -> None:
    assert not any(isinstance(block, Figure) for block in article_of(article_page(inside=markup)).body)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param('<figure><img src="https://x.example/map.svg" alt="Map"></figure>', id="a figure"),
        pytest.param('<p><img src="https://x.example/map.svg" alt="Map" width="640" height="400"></p>', id="large"),
    ],
)
def test_a_drawing_that_is_no_decoration_is_a_figure(markup: str) -> None:
    assert blocks_of(markup) == [Figure(src="https://x.example/map.svg", alt="Map")]


def test_a_picture_from_the_disk_loses_its_address_with_a_problem() -> None:
    article = article_of(article_page(inside='<figure><img src="file:///etc/passwd" alt="x"></figure>'))

    assert Figure(alt="x") not in article.body
    assert [str(problem) for problem in article.problems] == [
        "page.html: the picture 'file:///etc/passwd' is neither on the web nor beside the page; its words were kept "
        "[dropped-content]"
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(
            '<p><a href="https://q.example/a">Five things the ferry taught us</a></p>',
            Teaser(headline="Five things the ferry taught us", url="https://q.example/a", placement="inline"),
            id="alone",
        ),
        pytest.param(
            '<p>Read more: <a href="https://q.example/a">Five things the ferry taught us</a></p>',
            Teaser(headline="Five things the ferry taught us", url="https://q.example/a", placement="inline"),
            id="after words",
        ),
        pytest.param(
            '<div><h4>Related</h4><ul><li><a href="https://q.example/a">Five things the ferry taught us</a></li></ul></div>',  # noqa: E501 - one piece of markup
            Teaser(
                headline="Five things the ferry taught us",
                section="Related",
                url="https://q.example/a",
                placement="inline",
            ),
            id="under a label",
        ),
    ],
)
def test_a_link_inside_the_article_is_related(markup: str, expected: Teaser) -> None:
    article = article_of(article_page(inside=markup))

    assert article.related == (expected,)
    assert len(article.body) == 4


def test_cards_after_the_article_are_teasers_with_all_they_show() -> None:
    card = (
        '<div class="card"><a href="https://q.example/{0}"><img src="{0}.jpg" alt="Picture {0}"></a>'
        '<h3><a href="https://q.example/{0}">{1}</a></h3><p>{2}</p><time>2 May 2025</time></div>'
    )
    cards = card.format("a", "A goat takes the ferry again", "It paid, the crew say, with a kind look at the captain.")
    cards += card.format("b", "Gulls refuse to leave the bollards", "The harbour office has written to them twice.")

    article = article_of(article_page(after=f"<section><h2>More on this story</h2>{cards}</section>"))

    assert [(t.headline, t.section, t.url, t.published, t.placement) for t in article.related] == [
        ("A goat takes the ferry again", "More on this story", "https://q.example/a", dt.date(2025, 5, 2), "after"),
        (
            "Gulls refuse to leave the bollards",
            "More on this story",
            "https://q.example/b",
            dt.date(2025, 5, 2),
            "after",
        ),
    ]
    assert article.related[1].summary == "The harbour office has written to them twice."


@pytest.mark.parametrize(
    ("markup", "sponsored"),
    [
        ('<section class="sponsored"><ul><li><a href="https://x.example/1">Seven boots our readers swear by</a></li></ul></section>', True),  # noqa: E501 - one piece of markup
        ('<section><h2>Sponsored content</h2><ul><li><a href="https://x.example/1">Seven boots our readers swear by</a></li></ul></section>', True),  # noqa: E501 - one piece of markup
        ('<section><h2>Most read</h2><ul><li><a href="https://x.example/1">Seven boots our readers swear by</a></li></ul></section>', False),  # noqa: E501 - one piece of markup
    ],
)  # fmt: skip
def test_advertisements_among_the_teasers_are_flagged(markup: str, sponsored: bool) -> None:
    article = article_of(article_page(after=markup))

    assert [teaser.sponsored for teaser in article.related] == [sponsored]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param('<nav><a href="/a">Everything about the harbour and the town</a></nav>', id="navigation"),
        pytest.param('<ul><li><a href="/a">News</a></li><li><a href="/b">Sport</a></li><li><a href="/c">Weather</a></li></ul>',  # noqa: E501 - one piece of markup
                     id="short entries"),
        pytest.param('<div class="tags"><a href="/t/a">ferries of the northern sound</a></div>', id="tags"),
        pytest.param('<p><a href="https://www.facebook.com/share?u=x">Share this article with your friends</a></p>', id="share"),  # noqa: E501 - one piece of markup
        pytest.param('<footer><a href="/a">Terms and conditions of the use of this site</a></footer>', id="footer"),
    ],
)  # fmt: skip
def test_menus_and_buttons_are_no_teasers(markup: str) -> None:
    assert article_of(article_page(after=markup)).related == ()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ('<div class="byline">By Ada Birk and Jon Holm</div>', ("Ada Birk", "Jon Holm")),
        ('<p><a rel="author" href="/ada">Ada Birk</a></p>', ("Ada Birk",)),
        ('<span itemprop="author">Ada Birk</span>', ("Ada Birk",)),
        ("<p>By Ada Birk, reporter</p>", ("Ada Birk",)),
        ('<div class="tac-gia">Đỗ Thị Ngần</div>', ("Đỗ Thị Ngần",)),
        ('<div class="share">Ada Birk</div>', ()),
        ("<h2>Ada Birk</h2>", ()),
    ],
)
def test_bylines_are_names_only(before: str, expected: tuple[str, ...]) -> None:
    assert article_of(article_page(before=before)).bylines == expected


def test_a_printed_byline_is_believed_before_the_metadata() -> None:
    head = '<meta name="author" content="Web Desk"><script type="application/ld+json">{"@type":"Article","author":{"name":"Jon Holm"}}</script>'  # noqa: E501 - one piece of markup

    printed = article_of(article_page(before='<p class="byline">By Ada Birk</p>', head=head))
    silent = article_of(article_page(head=head))

    assert (printed.bylines, silent.bylines[:1]) == (("Ada Birk",), ("Jon Holm",))


@pytest.mark.parametrize(
    ("before", "published", "updated"),
    [
        ('<time datetime="2025-05-02">2 May 2025</time>', dt.date(2025, 5, 2), None),
        ('<p class="date">02/05/2025 14:30</p>', dt.date(2025, 5, 2), None),
        ("<p>Friday, 2 May 2025</p>", dt.date(2025, 5, 2), None),
        ('<p class="date">Cập nhật: 16:45 - 02/05/2025</p>', dt.date(2025, 5, 2), None),
        (
            '<p class="date">Published 2 May 2025</p><p class="date">Updated 4 May 2025</p>',
            dt.date(2025, 5, 2),
            dt.date(2025, 5, 4),
        ),
        ("<p>A part of the text that mentions 2 May 2025 and goes on for a while after that.</p>", None, None),
    ],
)
def test_the_date_is_the_one_printed_near_the_headline(
    before: str, published: dt.date | None, updated: dt.date | None
) -> None:
    article = article_of(article_page(before=before))

    assert (article.published, article.updated) == (published, updated)
    assert article.certainty == ("stated" if published else None)


def test_the_standfirst_is_the_line_that_the_page_describes_itself_by() -> None:
    standfirst = "After eleven years the harbour office gets what it asked for, and the goat gets a discount."
    head = f'<meta name="description" content="{standfirst}">'

    apart = article_of(article_page(before=f"<p>{standfirst}</p>", head=head))
    first = article_of(article_page(head=f'<meta name="description" content="{SENTENCES[0]}">'))

    assert (apart.standfirst, len(apart.body)) == (standfirst, 4)
    assert (first.standfirst, len(first.body)) == (None, 4)


def test_a_page_without_a_heading_takes_its_title_without_the_outlet() -> None:
    article = article_of(page(TEXT, head="<title>A quiet ferry crosses the sound | The Quay</title>"))

    assert (article.headline, article.problems) == ("A quiet ferry crosses the sound", ())


def test_a_page_without_any_title_takes_its_first_words() -> None:
    article = article_of(page(TEXT))

    assert article.headline == "The old ferry crossed the sound at noon with nine passengers, two bicycles and…"
    assert [problem.code for problem in article.problems] == ["no-headline"]


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<p>123</p><script>words()</script>", "<title>Only a title</title>"]
)
def test_a_page_that_prints_no_words_is_an_error(markup: str) -> None:
    with pytest.raises(InputError) as caught:
        reading_of(markup, name="empty.html")

    assert str(caught.value) in (
        "empty.html is a page that prints no words. Save the page with its text and try again.",
        "empty.html holds no words. Give a file with an article in it.",
    )


def test_the_trace_can_be_explained() -> None:
    table = explain(reading_of(article_page()))

    assert "html.headline  the heading that agrees with what the page calls itself" in table


def test_reading_odd_pages_logs_nothing(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    for markup in ("<p>a</p>", article_page(), "<table><tr><td>word</table>", "<p>" + "x" * 10_000):
        reading_of(markup)

    assert capfd.readouterr() == ("", "")


DETECTOR = importlib.util.find_spec("lingua") is not None
"""Whether the words of many more languages than those of the vocabularies are known."""


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("it", "en" if DETECTOR else "it"),
        ("pl-PL", "en" if DETECTOR else "pl-PL"),
        ("de", "en"),
        ("en-GB", "en-GB"),
    ],
)
def test_a_declared_language_is_believed_unless_the_words_of_another_are_known(declared: str, expected: str) -> None:
    assert article_of(page(f"<article><h1>A quiet ferry</h1>{TEXT}</article>", lang=declared)).language == expected
