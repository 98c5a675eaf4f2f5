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


@pytest.mark.parametrize("markup", ["<blockquote>{}</blockquote>", "<blockquote><div>{}</div></blockquote>"])
def test_what_all_of_the_text_is_indented_with_is_no_quotation(markup: str) -> None:
    article = article_of(page(f"<main><h1>A quiet ferry</h1>{markup.format(TEXT)}</main>"))

    assert printed(article) == list(SENTENCES)


def test_a_picture_that_opens_in_a_window_of_the_page_is_one() -> None:
    picture = '<figure><div class="modal"><img src="/a.jpg"></div><figcaption>The goat</figcaption></figure>'

    assert captions(article_of(article_page(inside=picture), url="https://quay.example/ferry")) == ["The goat"]


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        pytest.param('<div class="post-thumbnail"><img src="/a.jpg"></div>', 1, id="of a blog"),
        pytest.param('<div><img class="size-large wp-post-image" src="/a.jpg"></div>', 1, id="itself called so"),
        pytest.param('<a href="/other"><div class="post-thumbnail"><img src="/a.jpg"></div></a>', 0, id="a link"),
        pytest.param('<div class="x5"><img src="/a.jpg"></div>', 0, id="called nothing"),
    ],
)
def test_a_picture_without_words_between_headline_and_text_is_the_article_s_if_it_is_called_so(
    picture: str, shown: int
) -> None:
    head = f"<header><h1>A quiet ferry</h1><div>By Ruth Okafor</div></header>{picture}"

    article = article_of(page(f"<article>{head}<div>{TEXT}</div></article>"), url="https://quay.example/ferry")

    assert captions(article) == [""] * shown


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


def other(headline: str, author: str) -> str:
    """A card of another article that says who wrote it."""
    return (
        f'<div class="c1"><a href="/{headline[:4]}"><h3>{headline}</h3></a><div class="author">By {author}</div></div>'
    )


OTHERS = other("A goat goes to town and comes back alone", "Nell Ashby") + other(
    "The gulls of the outer quay have left it", "Tom Farrow"
)


def test_who_wrote_another_article_does_not_sign_this_one() -> None:
    article = article_of(article_page(after=f"<section><h2>More from the quay</h2>{OTHERS}</section>"))

    assert article.bylines == ()
    assert [each.headline for each in article.related] == [
        "A goat goes to town and comes back alone",
        "The gulls of the outer quay have left it",
    ]


def test_who_signs_beside_a_link_to_log_in_signs() -> None:
    box = '<div><p class="author">By Nell Ashby</p><a href="/login">Log in to keep articles</a></div>'

    assert article_of(article_page(before=box)).bylines == ("Nell Ashby",)


def test_the_footer_of_an_article_s_head_says_who_signs() -> None:
    footer = "<footer><div>By <span>Nell Ashby</span> Published on 18 March 2026 at 17:42</div></footer>"

    article = article_of(article_page(before=footer))

    assert (article.bylines, str(article.published)) == (("Nell Ashby",), "2026-03-18")


def test_a_footer_that_its_name_makes_the_frame_signs_nothing() -> None:
    footer = '<footer class="comments"><div>By Nell Ashby</div></footer>'

    assert article_of(article_page(before=footer)).bylines == ()


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_byline_set_as_the_paragraphs_are_is_no_text(place: str) -> None:
    byline = "<p>Words by Nell Ashby. Pictures by Tom Farrow</p>"
    text = byline + TEXT if place == "first" else TEXT + byline

    article = article_of(page(f"<article><h1>A quiet ferry</h1><div>{text}</div></article>"))

    assert (article.bylines[0], printed(article)) == ("Nell Ashby", list(SENTENCES))


def test_a_line_of_day_and_hour_is_no_text() -> None:
    line = "<p>Status: 15.03.2026, 14:20 Uhr | Source: the harbour office and others</p>"

    article = article_of(page(f"<article><h1>A quiet ferry</h1><div>{line}{TEXT}</div></article>"))

    assert printed(article) == list(SENTENCES)


def test_a_line_that_belongs_to_the_card_above_is_no_label_of_the_next() -> None:
    cards = "".join(
        f'<div class="c2"><img src="/{number}.jpg" alt="A face"><div><a href="/{number}"><h4>{headline}</h4></a>'
        f"<p>{author}</p></div></div>"
        for number, (headline, author) in enumerate(
            [("Leave the goat where it is now", "Nell Ashby"), ("A quay is not a museum", "Tom Farrow")]
        )
    )

    article = article_of(article_page(after=f"<div>{cards}</div>"))

    assert [(each.section, each.headline) for each in article.related] == [
        (None, "Leave the goat where it is now"),
        (None, "A quay is not a museum"),
    ]


def test_parts_of_a_card_s_link_stand_apart() -> None:
    cards = "".join(
        f'<div><a href="/{number}"><span class="t">{headline}</span><span class="s">Quay News | 3 min</span></a></div>'
        for number, headline in enumerate(
            ["The gulls of the outer quay have left", "A goat comes back from town alone"]
        )
    )

    article = article_of(article_page(after=f"<div><h3>More on this</h3>{cards}</div>"))

    assert [each.headline for each in article.related] == [
        "The gulls of the outer quay have left",
        "A goat comes back from town alone",
    ]


def test_parts_of_a_link_in_a_paragraph_stay_in_it() -> None:
    parts = '<span class="a">on the</span> <span class="b">outer quay</span>'
    link = f'<p>Nobody <a href="/x">{parts}</a> heard of it, he said.</p>'

    assert "Nobody on the outer quay heard of it, he said." in printed(article_of(article_page(inside=link)))


def test_words_of_a_figure_may_stand_right_under_it() -> None:
    figure = '<figure><div><img src="/a.jpg" alt="A ferry"></div></figure>'
    words = '<div class="x7">The ferry, seen from the quay</div>'

    article = article_of(
        page(f'<div><h1>A quiet ferry</h1>{figure}{words}<div class="x8">{TEXT}</div></div>'),
        url="https://quay.example/a",
    )

    assert captions(article) == ["The ferry, seen from the quay"]


def slide(number: int, words: str) -> str:
    return f'<div class="s1"><img src="/{number}.jpg" alt=""><p>{words}</p><p class="credit">Tom Farrow</p></div>'


def test_lines_under_the_pictures_of_a_gallery_are_captions() -> None:
    slides = "".join(slide(number, words) for number, words in enumerate((NOTE, FIFTH, FOURTH)))

    article = article_of(
        page(f"<div><h1>A quiet ferry</h1><p>{FIRST}</p>{slides}<p>{SECOND}</p></div>"), url="https://quay.example/a"
    )

    assert (captions(article), printed(article)) == ([NOTE, FIFTH, FOURTH], [FIRST, SECOND])


def test_the_first_heading_of_a_live_report_stays_though_an_author_stands_under_it() -> None:
    entries = "".join(
        f'<article class="x1"><header><h2>{heading}</h2></header><div><img src="/f.jpg" width="36" alt="">'
        f"<span>Nell Ashby</span></div><div>{''.join(f'<p>{text}</p>' for text in texts)}</div></article>"
        for heading, texts in (
            ("At the quay", (FIRST, SECOND)),
            ("On the sound", (THIRD, FOURTH)),
            ("Ashore", (NOTE, FIFTH)),
        )
    )

    article = article_of(page(f'<main><h1>A quiet ferry</h1><div class="x0">{entries}</div></main>'))

    assert printed(article) == ["At the quay", FIRST, SECOND, "On the sound", THIRD, FOURTH, "Ashore", NOTE, FIFTH]


def test_a_line_of_day_and_hour_is_no_standfirst() -> None:
    head = '<div class="inf"><span>2026年3月12日 17時05分</span><span>社会部 田村直子</span></div>'

    article = article_of(page(f"<div><h1>百年の桟橋が傾く　青葉港</h1>{head}<div>{TEXT}</div></div>", lang="ja"))

    assert (article.standfirst, str(article.published)) == (None, "2026-03-12")


def test_whom_a_reporter_works_for_does_not_sign() -> None:
    work = "<div><span>Harbour reporter, </span><span>Quay Wales</span></div>"
    block = f'<div class="byline"><span>Nell Ashby</span>{work}</div>'

    assert article_of(article_page(before=block)).bylines == ("Nell Ashby",)


def test_of_a_kicker_marked_as_the_headline_and_a_line_under_it_the_line_is_the_headline() -> None:
    cards = "".join(
        f'<div><a href="/{number}"><img src="/{number}.jpg"><p class="headline">{kicker}</p><p>{headline}</p></a></div>'
        for number, (kicker, headline) in enumerate(
            [("GULLS OUT", "The outer quay is quiet for the first time"), ("HOME AGAIN", "A goat comes back from town")]
        )
    )

    article = article_of(article_page(after=f"<div><h2>Most read</h2>{cards}</div>"), url="https://quay.example/ferry")

    assert [each.headline for each in article.related] == [
        "The outer quay is quiet for the first time",
        "A goat comes back from town",
    ]


def test_how_long_a_film_takes_is_no_part_of_its_headline() -> None:
    cards = "".join(
        f'<div><a href="/{number}"><img src="/{number}.jpg"><span>02:15</span></a>'
        f'<a class="t" href="/{number}">{text}</a></div>'
        for number, text in enumerate(["The gulls of the outer quay have left", "A goat comes back from town alone"])
    )

    article = article_of(article_page(after=f"<div><h2>Films</h2>{cards}</div>"))

    assert [each.headline for each in article.related] == [
        "The gulls of the outer quay have left",
        "A goat comes back from town alone",
    ]


def test_the_time_of_an_article_may_be_a_link() -> None:
    time = '<div><a href="/ferry"><time datetime="2026-05-04T10:00:00Z">May 4, 2026</time></a></div>'

    assert str(article_of(article_page(before=time)).published) == "2026-05-04"


def boxes(button: str, heading: str = "h3") -> str:
    headlines = ("The gulls of the outer quay have left", "A goat comes back from town alone")
    return "".join(
        f'<div><img src="/{number}.jpg"><{heading}>{text}</{heading}><p>Nobody saw it, but the boatman heard it.</p>'
        f"{button.format(number)}</div>"
        for number, text in enumerate(headlines)
    )


def test_a_heading_leads_where_the_button_in_its_box_does() -> None:
    cards = boxes('<a href="/news/{}">Read more</a>')

    article = article_of(article_page(after=f"<div><h2>Related</h2>{cards}</div>"), url="https://quay.example/ferry")

    assert [(each.headline, each.url) for each in article.related] == [
        ("The gulls of the outer quay have left", "https://quay.example/news/0"),
        ("A goat comes back from town alone", "https://quay.example/news/1"),
    ]


def test_a_heading_over_links_to_several_places_leads_to_none_of_them() -> None:
    cards = boxes('<a href="/news/{0}">Read more</a> <a href="/buy/{0}">Buy it</a>')

    article = article_of(article_page(after=f"<div><h2>Related</h2>{cards}</div>"), url="https://quay.example/ferry")

    assert article.related == ()


NAMES = ("The quiet quay", "A goat goes home", "Bread by moonlight", "Who owns the fog?")


@pytest.mark.parametrize(("label", "found"), [("Most read", NAMES), ("Our services", ())])
def test_short_headings_are_headlines_under_a_known_label_alone(label: str, found: tuple[str, ...]) -> None:
    cards = "".join(f'<div><h4><a href="/{number}">{name}</a></h4></div>' for number, name in enumerate(NAMES))

    article = article_of(article_page(after=f"<div><p>{label}</p>{cards}</div>"))

    assert tuple(each.headline for each in article.related) == found


ENTRIES = ("How we handle your data", "Rules for letters", "Work with us here", "Complaints to the council")
HEADINGS = (
    "The gulls of the outer quay have left",
    "A goat comes back from town alone",
    "Night boats to run until the last reader is home",
    "Council counts its bollards and finds too few",
)


@pytest.mark.parametrize(
    ("entry", "headlines", "count"),
    [
        pytest.param("<h3>{}</h3>", HEADINGS, 4, id="headings"),
        pytest.param("{}", HEADINGS, 4, id="as long as headlines"),
        pytest.param("{}", ENTRIES, 0, id="short entries"),
    ],
)
def test_a_menu_of_headlines_lists_articles(entry: str, headlines: tuple[str, ...], count: int) -> None:
    items = "".join(f'<li><a href="/{at}">{entry.format(text)}</a></li>' for at, text in enumerate(headlines))

    article = article_of(article_page(after=f"<nav><h2>More news</h2><ol>{items}</ol></nav>"))

    assert len(article.related) == count


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ('<h4><a href="/authors/nell-ashby">Nell Ashby</a></h4>', ("Nell Ashby",)),
        ("<h4>Nell Ashby</h4>", ()),
        ('<h2><a href="/authors/nell-ashby">Nell Ashby</a></h2>', ()),
    ],
    ids=["marked", "unmarked", "too large"],
)
def test_a_small_heading_signs_where_it_is_marked_as_the_author_s(heading: str, names: tuple[str, ...]) -> None:
    assert article_of(article_page(before=heading)).bylines == names


def test_a_word_alone_over_the_headline_signs_nothing() -> None:
    path = '<div><a href="/authors/quay">Harbour</a></div>'

    assert article_of(page(f"<article>{path}<h1>A quiet ferry</h1><div>{TEXT}</div></article>")).bylines == ()


LEAD = "Nine passengers, one goat and an engine that was eleven years late: a crossing in the spring."


@pytest.mark.parametrize(
    ("first", "rest"),
    [("<p><strong>{}</strong></p>", "<p>{}</p>"), ('<p class="x1">{}</p>', '<p class="x2">{}</p>')],
    ids=["bold", "in a class of its own"],
)
def test_a_first_paragraph_that_alone_is_set_apart_is_the_standfirst(first: str, rest: str) -> None:
    text = first.format(LEAD) + "".join(rest.format(sentence) for sentence in SENTENCES)

    article = article_of(page(f"<article><h1>A quiet ferry</h1><div>{text}</div></article>"))

    assert (article.standfirst, printed(article)) == (LEAD, list(SENTENCES))


@pytest.mark.parametrize(
    "text",
    [
        f'<p class="large">{LEAD}</p>{TEXT}',
        f"<p><b>{LEAD}</b></p><p>{FIRST}</p><p><b>{SECOND}</b></p><p>{THIRD}</p><p>{FOURTH}</p>",
    ],
    ids=["a large letter's class", "others are bold too"],
)
def test_a_first_paragraph_set_as_others_are_is_text(text: str) -> None:
    article = article_of(page(f"<article><h1>A quiet ferry</h1><div>{text}</div></article>"))

    assert (article.standfirst, printed(article)[0]) == (None, LEAD)


GOAT = "A goat goes to town and comes home alone"


@pytest.mark.parametrize(
    ("line", "headlines"),
    [
        (f'<p>Also in this series: <a href="/goat">{GOAT}</a></p>', [GOAT]),
        ('<p>Timetable: <a href="/pdf">All crossings</a></p>', []),
        (f'<p>Their message to all of us here was short: <a href="/goat">{GOAT}</a></p>', []),
        ('<p>Write to: <a href="mailto:a@quay.example">the harbour office at the inner quay</a></p>', []),
    ],
    ids=["introduced", "too short", "a sentence before it", "an address to write to"],
)
def test_a_link_after_a_few_words_and_a_colon_is_related(line: str, headlines: list[str]) -> None:
    article = article_of(article_page(inside=line), url="https://quay.example/ferry")

    assert [each.headline for each in article.related] == headlines
    assert len(printed(article)) == (len(SENTENCES) if headlines else len(SENTENCES) + 1)


def test_a_heading_over_one_headline_is_its_label() -> None:
    box = f'<section><h3>Watch now: our related film</h3><div><a href="/film">{GOAT}</a></div></section>'

    article = article_of(article_page(after=box))

    assert [(each.section, each.headline) for each in article.related] == [("Watch now: our related film", GOAT)]


def test_a_heading_over_links_between_the_paragraphs_is_their_label() -> None:
    box = f'<div><h4>People are also reading</h4><ul><li><a href="/goat">{GOAT}</a></li></ul></div>'

    article = article_of(article_page(inside=box))

    assert (printed(article), [each.headline for each in article.related]) == (list(SENTENCES), [GOAT])


def test_what_sums_up_another_article_between_the_paragraphs_is_no_text() -> None:
    box = f'<div class="x3"><div><a href="/goat">{GOAT}</a><p>{NOTE}</p></div></div>'

    article = article_of(article_page(inside=box))

    assert (printed(article), [(each.headline, each.summary) for each in article.related]) == (
        list(SENTENCES),
        [(GOAT, NOTE)],
    )


def wrapped(markup: str) -> str:
    return f"<div><div>{markup}</div></div>"


def test_a_link_that_closes_a_text_of_wrapped_paragraphs_is_related() -> None:
    text = "".join(map(wrapped, SENTENCES))
    link = wrapped(f'<a href="/goat">{GOAT}</a>')

    article = article_of(
        page(f"<article><h1>A quiet ferry</h1>{text}{link}</article>"), url="https://quay.example/ferry"
    )

    assert [(each.headline, each.placement) for each in article.related] == [(GOAT, "inline")]


def test_the_class_of_a_caption_counts_through_an_element_that_only_wraps_it() -> None:
    words = f'<div class="caption">{wrapped("The ferry at noon")}</div>'
    picture = f'<div class="x9"><div><img src="/a.jpg" alt="A ferry"></div>{words}</div>'

    article = article_of(article_page(inside=picture), url="https://quay.example/ferry")

    assert captions(article) == ["The ferry at noon"]


def test_words_under_a_picture_may_each_be_wrapped_as_the_paragraphs_are() -> None:
    parts = [FIRST, SECOND, '<img src="/a.jpg" alt="">', "The ferry, seen from the quay", THIRD, FOURTH]

    article = article_of(
        page(f"<article><h1>A quiet ferry</h1>{''.join(map(wrapped, parts))}</article>"),
        url="https://quay.example/ferry",
    )

    assert (captions(article), printed(article)) == (["The ferry, seen from the quay"], list(SENTENCES))
