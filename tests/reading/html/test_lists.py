"""Lists of other articles and their labels, told by how they are built: no class and no label here is a listed one."""

from itertools import permutations

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from publisher.model import Article, BulletList, Figure, Paragraph, Subheading, plain
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


def printed(article: Article) -> list[str]:
    """The words of the body's paragraphs and lists."""
    blocks = (block for block in article.body if isinstance(block, Paragraph | Subheading | BulletList))
    return [
        text
        for block in blocks
        for text in (map(plain, block.items) if isinstance(block, BulletList) else (plain(block.inlines),))
    ]


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


def test_a_figure_that_leads_where_the_headline_beside_it_does_is_none_of_the_article_s() -> None:
    cards = "".join(
        f'<div><a href="/{at}.html"><figure><img src="/{at}.jpg"></figure></a>'
        f'<h4><a href="/{at}.html">{headline}</a></h4></div>'
        for at, headline in enumerate(HEADLINES)
    )
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)

    article = article_of(page(f"<div><h1>A quiet ferry</h1>{text}<span>At sea</span><div>{cards}</div></div>"), url=URL)

    assert [block for block in article.body if isinstance(block, Figure)] == []
    assert sections(article) == under("At sea", *HEADLINES)


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


@pytest.mark.parametrize(
    "frame", ['<div class="footer-news">{}</div>', "<nav>{}</nav>", '<div id="tags-more">{}</div>']
)
def test_what_a_name_makes_the_frame_lists_articles_where_it_holds_bare_headlines(frame: str) -> None:
    after = frame.format(f"<div>Out on the water</div><ul>{items(*HEADLINES)}</ul>")

    article = article_of(article_page(after=after), url=URL)

    assert sections(article) == under("Out on the water", *HEADLINES)


def test_a_row_of_tags_is_no_card_though_one_of_them_is_as_long_as_a_headline() -> None:
    tags = ("Ferry service on the sound", "Wooden ships", "Goats", "Free crossings")
    row = "".join(f'<a href="/topic/{at}">{tag}</a>' for at, tag in enumerate(tags))

    article = article_of(article_page(after=f"<div>{row}</div>"), url=URL)

    assert article.related == ()


def test_entries_of_a_vietnamese_menu_are_longer_in_syllables_than_in_words() -> None:
    text = (
        "Con phà cũ sang sông lúc giữa trưa với chín hành khách, hai chiếc xe đạp và một con dê.",
        "Máy phà được thay từ mùa xuân, sau mười một năm ban quản lý bến gửi đơn xin với huyện.",
        "Giờ chạy vẫn giữ như trước, trẻ em được đi miễn phí đến hết tháng, ông lái phà cho biết.",
    )
    entries = ("Chúng tôi dùng dữ liệu của bạn", "Quy định gửi thư cho tòa soạn", "Khiếu nại với hội đồng báo chí")
    body = f"<article><h1>Phà êm trở lại</h1><div>{''.join(map('<p>{}</p>'.format, text))}</div></article>"

    article = article_of(page(f"{body}<div><h4>Về chúng tôi</h4><ul>{items(*entries)}</ul></div>", lang="vi"), url=URL)

    assert article.related == ()


def test_the_rubric_of_a_card_may_be_a_heading_and_a_link() -> None:
    cards = "".join(
        f'<div class="z1"><a href="/{at}.html"><img src="/{at}.jpg"></a><h6><a href="/r/{at}">North shore</a></h6>'
        f'<h3><a href="/{at}.html">{headline}</a></h3><div><span>Ruth Okafor</span></div></div>'
        for at, headline in enumerate(HEADLINES)
    )

    article = article_of(article_page(after=f"<div><span>Out on the water</span><div>{cards}</div></div>"), url=URL)

    assert sections(article) == under("Out on the water", *HEADLINES)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        pytest.param("{} <a href='/1.html'>Read more</a>", None, id="a button behind it"),
        pytest.param("<span class='y3'>12 November 2025</span> {}", "2025-11-12", id="a day before it"),
        pytest.param("12 November 2025 – {}", "2025-11-12", id="and a dash"),
    ],
)
def test_a_summary_has_neither_the_day_before_it_nor_the_button_behind_it(line: str, day: str | None) -> None:
    card = f'<div><h3><a href="/1.html">{GOAT}</a></h3><p>{line.format(NOTE)}</p></div>'

    (teaser,) = article_of(article_page(after=f"<section>{card}</section>"), url=URL).related

    assert (teaser.summary, teaser.published and teaser.published.isoformat()) == (NOTE, day)


def test_headlines_under_their_label_in_one_paragraph_lose_the_dash_before_them() -> None:
    links = "".join(f'<br>- <a href="/{at}.html">{headline}</a>' for at, headline in enumerate(HEADLINES))

    article = article_of(article_page(after=f"<p><b>Read also:</b>{links}</p>"), url=URL)

    assert [headline for _, headline in sections(article)] == list(HEADLINES)


@pytest.mark.parametrize("picture", ["/{}.html", "/{}.html#picture", "/{}.html?utm_source=picture", "/gallery/{}"])
def test_the_picture_of_a_card_may_lead_on_another_way_than_its_headline(picture: str) -> None:
    cards = "".join(
        f'<div class="v1"><a href="{picture.format(at)}"><img src="/{at}.jpg" alt="{headline}"></a>'
        f'<h3><a href="/{at}.html?id={at}&utm_source=headline&utm_medium=list">{headline}</a></h3><p>{NOTE}</p></div>'
        for at, headline in enumerate(HEADLINES, 1)
    )

    article = article_of(article_page(after=f"<div><h2>Out on the water</h2>{cards}</div>"), url=URL)

    assert [(each.headline, each.summary, each.url) for each in article.related] == [
        (headline, NOTE, f"https://quay.example/{at}.html?id={at}") for at, headline in enumerate(HEADLINES, 1)
    ]


@pytest.mark.parametrize("line", ["[Read more: {}]", "(Read more: {})", "<b>Read more</b> {}", "<b>Related</b> {}"])
def test_a_related_headline_may_be_introduced_without_a_colon_and_stand_in_brackets(line: str) -> None:
    link = f'<a href="/1.html">{GOAT}</a>'

    article = article_of(article_page(inside=f"<p>{line.format(link)}</p>"), url=URL)

    assert sections(article, "inline") == under(None, GOAT)


def test_a_small_box_with_a_field_to_fill_in_is_no_text() -> None:
    box = f"<div><h3>The harbour letter</h3><p>{NOTE}</p><div><input type=email></div></div>"
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)

    article = article_of(page(f"<main><h1>A quiet ferry</h1><div>{text}{box}</div></main>"))

    assert printed(article) == list(SENTENCES)


def test_a_link_in_the_rubric_of_a_card_is_part_of_it_though_a_time_stands_beside() -> None:
    cards = "".join(
        f'<div class="v1"><div><a href="/r/{at}">Island</a> · 3 hours ago</div>'
        f'<a href="/{at}.html">{headline}</a></div>'
        for at, headline in enumerate(HEADLINES)
    )

    article = article_of(article_page(after=f"<div><span>Out on the water</span>{cards}</div>"), url=URL)

    assert sections(article) == under("Out on the water", *HEADLINES)


def test_a_headline_and_its_summary_may_share_a_line() -> None:
    rows = "".join(
        f'<li><strong><a href="/{at}.html">{headline}</a></strong> <span>{NOTE}</span></li>'
        for at, headline in enumerate(HEADLINES)
    )

    article = article_of(article_page(after=f"<div><span>Out on the water</span><ul>{rows}</ul></div>"), url=URL)

    assert [(each.headline, each.summary) for each in article.related] == [(headline, NOTE) for headline in HEADLINES]


def test_related_headlines_may_be_lines_of_one_paragraph_with_dashes_before_them() -> None:
    row = f'<p>- <a href="/1.html">{GOAT}</a><br>- <a href="/2.html">{GULLS}</a></p>'

    article = article_of(article_page(inside=row), url=URL)

    assert [each.headline.removeprefix("- ") for each in article.related] == [GOAT, GULLS]


def test_the_parts_of_a_link_that_fills_a_cell_do_not_run_into_one_another() -> None:
    rows = "".join(
        f'<tr><td><a href="/{at}.html"><span class="u1">Island</span><span class="u2">{headline}</span></a></td></tr>'
        for at, headline in enumerate(HEADLINES)
    )

    article = article_of(article_page(after=f"<table>{rows}</table>"), url=URL)

    assert [each.headline for each in article.related] == list(HEADLINES)


def test_two_links_to_one_place_do_not_run_into_one_another() -> None:
    cards = "".join(
        f'<div><a href="/{at}"><img src="/{at}.jpg"><span>02:31</span></a><a href="/{at}">{headline}</a></div>'
        for at, headline in enumerate(HEADLINES)
    )

    article = article_of(article_page(after=f"<section>{cards}</section>"), url=URL)

    assert [each.headline for each in article.related] == list(HEADLINES)


def test_an_author_under_the_text_is_no_headline_and_the_portrait_no_picture_of_the_article() -> None:
    portrait = '<div><img src="/o.jpg" alt="Ruth Okafor">{}</div>'
    head = portrait.format('<div><a href="/u/ruth">Ruth Okafor</a><p>12 November 2025 · 4 min</p></div>')
    box = portrait.format('<h4><a href="/u/ruth">Ruth Okafor</a></h4><p>Ruth Okafor writes about boats and quays.</p>')

    article = article_of(article_page(before=head, after=box), url=URL)

    assert (article.bylines, article.related) == (("Ruth Okafor",), ())
    assert [block for block in article.body if isinstance(block, Figure)] == []


def test_who_wrote_a_related_article_over_the_text_has_not_written_this_one() -> None:
    rows = "".join(
        f'<li><a href="/{at}.html">{text}</a><div>Ruth Okafor</div></li>' for at, text in enumerate(HEADLINES)
    )

    article = article_of(article_page(before=f"<p>{NOTE}</p><ul>{rows}</ul>"), url=URL)

    assert article.bylines == ()


def test_what_readers_say_under_the_text_is_none_of_it() -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    said = f"<div><h3>Comments (1)</h3><div><a href='/user/1'>Clara</a><p>{NOTE} {NOTE}</p></div></div>"

    article = article_of(page(f"<div><h1>A quiet ferry</h1><div>{text}{said}</div></div>"), url=URL)

    assert printed(article) == list(SENTENCES)


@pytest.mark.parametrize("photo", ["", "<figure><img src='/1.jpg'><figcaption>On board</figcaption></figure>"])
def test_a_sub_heading_may_be_a_line_in_a_style_of_its_own(photo: str) -> None:
    told = [f"{one} {other}" for one, other in permutations(SENTENCES, 2)]
    before, between, after = ("".join(map("<p>{}</p>".format, told[at : at + 4])) for at in (0, 4, 8))
    text = f'{before}{photo}<div class="w1">Who pays</div>{between}<div class="w1">The captain</div>{after}'

    article = article_of(page(f"<article><h1>A quiet ferry</h1><div>{text}</div></article>"), url=URL)

    assert printed(article) == [*told[:4], "Who pays", *told[4:8], "The captain", *told[8:]]


def test_a_caption_may_be_set_as_the_text_is_in_a_box_with_its_picture() -> None:
    photo = '<div><img src="/1.jpg"><p>The goat on board</p><p>Photo: Ruth Okafor</p></div>'

    article = article_of(article_page(inside=photo), url=URL)

    assert [plain(each.caption) for each in article.body if isinstance(each, Figure)] == ["The goat on board"]
    assert printed(article) == list(SENTENCES)


def test_the_headline_of_a_card_is_what_its_picture_is_called() -> None:
    cards = "".join(
        f'<div><a href="/{at}.html"><img src="/{at}.jpg" alt="{headline}"></a>'
        f'<h4><a href="/{at}.html">Letters from the outer shore</a></h4>'
        f'<p><a href="/{at}.html">{headline}</a></p></div>'
        for at, headline in enumerate(HEADLINES)
    )

    article = article_of(article_page(after=f"<section>{cards}</section>"), url=URL)

    assert [each.headline for each in article.related] == list(HEADLINES)


def test_bare_headlines_may_have_a_capital_in_each_word() -> None:
    headlines = [headline.title() for headline in HEADLINES]
    after = f"<div><div>Out on the water</div><ul>{items(*headlines)}</ul></div>"

    article = article_of(article_page(after=after), url=URL)

    assert sections(article) == under("Out on the water", *headlines)


def test_the_label_of_a_list_is_no_caption_of_the_sign_beside_it() -> None:
    lists = "".join(
        f'<div><div><img src="/s{at}.png"><span>{label}</span></div><ul>{items(*headlines)}</ul></div>'
        for at, (label, headlines) in enumerate((("Out on the water", HEADLINES[:2]), ("Related", (SALT, NOTE[:60]))))
    )
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)

    article = article_of(page(f"<div><h1>A quiet ferry</h1><div>{text}{lists}</div></div>"), url=URL)

    assert [block for block in article.body if isinstance(block, Figure)] == []
    assert sections(article) == [*under("Out on the water", *HEADLINES[:2]), *under("Related", SALT, NOTE[:60])]


def test_what_stands_below_other_articles_in_an_element_of_its_own_is_no_text() -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    below = f'<ul class="b1">{items(*HEADLINES)}</ul><div class="b2"><p>{NOTE} {SENTENCES[0]}</p></div>'

    article = article_of(page(f'<div><h1>A quiet ferry</h1><div class="b0">{text}{below}</div></div>'), url=URL)

    assert printed(article) == list(SENTENCES)
    assert [each.placement for each in article.related] == ["inline"] * len(HEADLINES)  # A bare list closes the text.
