import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import InputError
from publisher.model import (
    Article,
    BulletList,
    Emphasis,
    Figure,
    Link,
    Paragraph,
    Problem,
    Reading,
    Source,
    Strong,
    Text,
)
from publisher.reading import read
from publisher.reading.feed import LIMIT_BYTES, LIMIT_ENTRIES

RSS = "application/rss+xml"
LONG = "Sáng nay cây cầu mới qua sông được thông xe, và hàng nghìn người dân của hai bờ đã đến xem lễ khánh thành. "


def rss(*items: str, channel: str = "<title>Báo Cầu</title><link>https://bao.example/</link>") -> bytes:
    namespaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:media="http://search.yahoo.com/mrss/"'
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {namespaces}><channel>{channel}'
        f"{''.join(f'<item>{each}</item>' for each in items)}</channel></rss>"
    ).encode()


def atom(entry: str, feed: str = "<title>Báo Cầu</title>") -> bytes:
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{feed}<entry>{entry}</entry></feed>'
    ).encode()


def reading_of(data: bytes, url: str | None = None) -> Reading:
    return read(Source(name="tin.rss", data=data, media_type=RSS, url=url))


def article_of(data: bytes, url: str | None = None) -> Article:
    (article,) = reading_of(data, url).articles
    return article


def item(title: str = "Cầu mới", content: str = "", rest: str = "", link: str = "https://bao.example/cau") -> str:
    encoded = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return f"<title>{title}</title><link>{link}</link>{encoded}{rest}"


def para(text: str) -> Paragraph:
    return Paragraph(inlines=(Text(text=text),))


class TestRss:
    def test_an_entry_with_its_full_content_is_an_article(self) -> None:
        content = (
            "<p>Sáng nay <b>cây cầu</b> được <a href='/le'>thông xe</a>.</p>"
            "<figure><img src='anh/cau.jpg' alt='Cầu'><figcaption>Cầu mới. Ảnh: An</figcaption></figure>"
            "<ul><li>một<li><em>hai</em></ul><script>alert(1)</script>"
            "<p>The post <a href='/cau'>Cầu mới</a> appeared first on <a href='/'>Báo Cầu</a>.</p>"
            "<p><a href='https://bao.example/tin/cau'>Bấm vào đây</a></p>"
        )
        rest = (
            "<description>Sau ba năm thi công.</description><dc:creator>Nguyễn An</dc:creator>"
            "<pubDate>Fri, 17 Oct 2025 00:30:00 +0700</pubDate>"
        )

        reading = reading_of(rss(item("Cầu mới", content, rest, "https://bao.example/tin/cau")))

        assert reading.articles == (
            Article(
                headline="Cầu mới",
                standfirst="Sau ba năm thi công.",
                bylines=("Nguyễn An",),
                published=dt.date(2025, 10, 17),
                certainty="stated",
                publication="Báo Cầu",
                url="https://bao.example/tin/cau",
                language="vi",
                body=(
                    Paragraph(
                        inlines=(
                            Text(text="Sáng nay "),
                            Strong(children=(Text(text="cây cầu"),)),
                            Text(text=" được "),
                            Link(url="https://bao.example/le", children=(Text(text="thông xe"),)),
                            Text(text="."),
                        )
                    ),
                    Figure(
                        src="https://bao.example/tin/anh/cau.jpg",
                        alt="Cầu",
                        caption=(Text(text="Cầu mới. Ảnh: An"),),
                        credit="An",
                    ),
                    BulletList(items=((Text(text="một"),), (Emphasis(children=(Text(text="hai"),)),))),
                ),
                origin="tin.rss",
            ),
        )
        assert [(line.number, line.role, line.text) for line in reading.trace] == [
            (1, "headline", "Cầu mới"),
            (2, "standfirst", "Sau ba năm thi công."),
            (3, "paragraph", "Sáng nay cây cầu được thông xe."),
            (4, "figure alt", "Cầu"),
            (5, "caption", "Cầu mới. Ảnh: An"),
            (6, "list item", "một"),
            (7, "list item", "hai"),
            (8, "furniture", "The post Cầu mới appeared first on Báo Cầu."),
            (9, "furniture", "Bấm vào đây"),
        ]

    def test_entries_keep_the_feeds_order(self) -> None:
        titles = [f"Tin số {number}" for number in range(12)]

        reading = reading_of(rss(*(item(title, "<p>Sáng nay.</p>") for title in titles)))

        assert [article.headline for article in reading.articles] == titles
        assert [line.number for line in reading.trace] == list(range(1, 25))

    def test_a_summary_alone_is_the_text_and_said_to_be(self) -> None:
        description = (
            "<![CDATA[<a href='https://bao.example/cau'><img src='https://bao.example/c.jpg'></a></br>Sáng nay.]]>"
        )

        article = article_of(rss(item(rest=f"<description>{description}</description>")))

        assert article.body == (Figure(src="https://bao.example/c.jpg"), para("Sáng nay."))
        assert article.problems == (
            Problem(
                code="summary-only",
                message="the feed holds only a summary of the article",
                where="tin.rss, Cầu mới",
            ),
        )

    @pytest.mark.parametrize(
        ("content", "description", "summary_only"),
        [
            (f"<p>{LONG}</p>", "", False),
            (f"<p>{LONG[:60]}[…]</p>", "", True),
            ("", f"<p>{LONG}</p>" * 8, False),
            ("", f"<p>{LONG}</p>", True),
            ("", "", True),
        ],
    )
    def test_what_is_only_a_summary(self, content: str, description: str, summary_only: bool) -> None:
        rest = f"<description><![CDATA[{description}]]></description>"

        problems = article_of(rss(item(content=content, rest=rest))).problems

        assert [problem.code for problem in problems] == ["summary-only"] * summary_only

    @pytest.mark.parametrize("summary", [LONG, LONG[:50] + "…", f"&lt;p&gt;{LONG[:40]} […]&lt;/p&gt;"])
    def test_a_summary_cut_from_the_text_is_no_standfirst(self, summary: str) -> None:
        article = article_of(
            rss(item(content=f"<p>{LONG}</p><p>Hết.</p>", rest=f"<description>{summary}</description>"))
        )

        assert article.standfirst is None

    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("Giá lúa &amp;amp; gạo", "Giá lúa & gạo"),
            ("<![CDATA[Giá <b>lúa</b> &amp; gạo]]>", "Giá lúa & gạo"),
            ("  Giá\n lúa ", "Giá lúa"),
            ("Gia\u0301 lu\u0301a", "Giá lúa"),
        ],
    )
    def test_a_title_is_text_on_one_line(self, title: str, expected: str) -> None:
        assert article_of(rss(item(title, "<p>x</p>"))).headline == expected

    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("Báo Cầu - RSS", "Báo Cầu"),
            ("Báo Cầu RSS Feed", "Báo Cầu"),
            ("Tin mới nhất - Báo Cầu", "Tin mới nhất - Báo Cầu"),
            ("", None),
        ],
    )
    def test_the_feeds_title_is_the_publication(self, title: str, expected: str | None) -> None:
        assert article_of(rss(item(content="<p>x</p>"), channel=f"<title>{title}</title>")).publication == expected

    @pytest.mark.parametrize(
        ("date", "expected"),
        [
            ("Fri, 17 Oct 2025 00:30:00 +0700", dt.date(2025, 10, 17)),
            ("Fri, 17 Oct 2025 23:30:00 GMT", dt.date(2025, 10, 17)),
            ("2025-10-17T00:30:00+07:00", dt.date(2025, 10, 17)),
            ("2025-10-17", dt.date(2025, 10, 17)),
            ("hôm nay", None),
            ("Fri, 99 Oct 2025 00:00:00 GMT", None),
            ("", None),
        ],
    )
    def test_the_day_is_the_one_that_was_written(self, date: str, expected: dt.date | None) -> None:
        assert article_of(rss(item(content="<p>x</p>", rest=f"<pubDate>{date}</pubDate>"))).published == expected

    @pytest.mark.parametrize(
        ("author", "expected"),
        [
            ("<dc:creator>Nguyễn An, Lê Bình</dc:creator>", ("Nguyễn An", "Lê Bình")),
            ("<author>an@baocau.vn (Nguyễn An)</author>", ("Nguyễn An",)),
            ("<author>an@baocau.vn</author>", ()),
            ("<dc:creator>By Ann Lee</dc:creator>", ("Ann Lee",)),
            ("<dc:creator></dc:creator>", ()),
        ],
    )
    def test_authors_sign(self, author: str, expected: tuple[str, ...]) -> None:
        assert article_of(rss(item(content="<p>x</p>", rest=author))).bylines == expected

    @pytest.mark.parametrize(
        "media",
        [
            '<media:content url="https://bao.example/a.jpg" medium="image"/>',
            '<media:thumbnail url="https://bao.example/a.jpg"/>',
            '<enclosure url="https://bao.example/a.jpg" type="image/jpeg" length="1"/>',
            '<enclosure url="https://bao.example/a.mp3" type="audio/mpeg" length="1"/>'
            '<media:content url="javascript:x" medium="image"/><media:thumbnail url="/a.jpg"/>',
        ],
    )
    def test_the_entrys_own_picture_stands_above_the_text(self, media: str) -> None:
        article = article_of(rss(item(content="<p>Sáng nay.</p>", rest=f"{media}<media:credit>Lê Bình</media:credit>")))

        assert article.body == (
            Figure(src="https://bao.example/a.jpg", caption=(Text(text="Lê Bình"),), credit="Lê Bình"),
            para("Sáng nay."),
        )

    def test_the_language_of_the_feed_counts_when_the_words_do_not_tell(self) -> None:
        channel = "<title>x</title><language>cs_CZ</language>"

        assert article_of(rss(item("Nový most", "<p>Dnes ráno.</p>"), channel=channel)).language == "cs-CZ"
        assert article_of(rss(item(content=f"<p>{LONG}</p>"), channel=channel)).language == "vi"

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[::1", "", "https://a b/"])
    def test_an_entry_leads_to_the_web_or_nowhere(self, link: str) -> None:
        article = article_of(rss(item(content="<p>x</p>", link=link), channel="<title>x</title>"))

        assert article.url is None

    def test_a_relative_link_is_relative_to_the_feed(self) -> None:
        data = rss(item(content="<p><a href='le'>Lễ</a></p>", link="tin/cau"), channel="<title>x</title>")

        article = article_of(data, url="https://bao.example/feeds/tin.rss")

        assert article.url == "https://bao.example/feeds/tin/cau"
        assert article.body == (
            Paragraph(inlines=(Link(url="https://bao.example/feeds/tin/le", children=(Text(text="Lễ"),)),)),
        )

    def test_an_entry_without_a_title_gets_its_first_words(self) -> None:
        article = article_of(rss(f"<content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded>"))

        assert article.headline == "Sáng nay cây cầu mới qua sông được thông xe, và hàng nghìn người…"
        assert [problem.code for problem in article.problems] == ["no-headline"]

    def test_an_old_feed_is_read_too(self) -> None:
        data = (
            '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns="http://purl.org/rss/1.0/"><channel><title>Báo</title></channel>'
            "<item><title>Cầu mới</title><link>https://bao.example/cau</link></item></rdf:RDF>"
        ).encode()

        assert article_of(data).headline == "Cầu mới"


class TestAtom:
    def test_an_entry_is_an_article(self) -> None:
        article = article_of(
            atom(
                '<title type="html">Cầu &lt;b&gt;mới&lt;/b&gt;</title><link href="https://bao.example/cau"/>'
                "<published>2025-10-17T00:30:00+07:00</published><updated>2025-10-18T09:00:00+07:00</updated>"
                "<author><name>Nguyễn An</name></author><summary>Sau ba năm.</summary>"
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
                "<p>Sáng nay cây cầu mới.</p></div></content>"
            )
        )

        assert article == Article(
            headline="Cầu mới",
            standfirst="Sau ba năm.",
            bylines=("Nguyễn An",),
            published=dt.date(2025, 10, 17),
            certainty="stated",
            updated=dt.date(2025, 10, 18),
            publication="Báo Cầu",
            url="https://bao.example/cau",
            language="vi",
            body=(para("Sáng nay cây cầu mới."),),
            origin="tin.rss",
        )

    def test_plain_text_is_no_markup(self) -> None:
        article = article_of(
            atom('<title type="text">a &lt; b &amp;amp; c</title><content type="text">x &lt;b&gt; y\n\nz</content>')
        )

        assert article.headline == "a < b &amp; c"
        assert article.body == (para("x <b> y"), para("z"))


class TestOdd:
    def message_of(self, data: bytes) -> str:
        with pytest.raises(InputError) as caught:
            reading_of(data)
        return str(caught.value)

    def test_an_empty_entry_costs_itself(self) -> None:
        articles = reading_of(rss(item(content="<p>x</p>"), "", "<guid>1</guid>")).articles

        assert [article.problems for article in articles] == [
            (
                Problem(
                    code="dropped-content",
                    message="2 entries without headline and text left no article",
                    where="tin.rss",
                ),
            )
        ]

    def test_hostile_markup_has_no_place_to_go(self) -> None:
        content = (
            "<p onclick='x'>Sáng <a href='javascript:alert(1)'>nay</a>.</p><iframe src='https://x.example'></iframe>"
            "<img src='file:///etc/passwd' alt=''><style>p{}</style><form><input value='x'></form>"
        )

        article = article_of(rss(item(content=content)))

        assert article.body == (para("Sáng nay."),)
        assert "unsafe-link" in [problem.code for problem in article.problems]

    def test_a_broken_feed_is_read_as_far_as_it_goes(self) -> None:
        data = rss(item("Một", "<p>x</p>"), item("Hai", "<p>y</p>")).replace(b"Hai</title>", b"Hai & <br> ba</title>")

        articles = reading_of(data).articles

        assert [article.headline for article in articles] == ["Một", "Hai & ba"]
        assert articles[0].problems[0].message == (
            "the feed is not well-formed in line 1; what follows may be incomplete"
        )

    def test_entities_are_an_error(self) -> None:
        bomb = b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

        for encoding in ("utf-8", "utf-16"):
            assert self.message_of((bomb + rss(item("&b;"))).decode().encode(encoding)) == (
                "tin.rss declares entities, which no feed needs. It was not read."
            )

    def test_a_feed_that_goes_on_is_cut(self) -> None:
        many = reading_of(rss(*[item(content="<p>x</p>")] * 20_000))
        long = reading_of(rss(*[item(content=f"<p>{LONG * 3000}</p>")] * 20))

        assert len(many.articles) == LIMIT_ENTRIES
        assert [str(problem) for problem in many.articles[0].problems] == [
            "tin.rss: only the first 500 entries were read [cut-short]"
        ]
        assert 0 < len(long.articles) < LIMIT_BYTES // len((LONG * 3000).encode()) + 1
        assert [str(problem) for problem in long.articles[0].problems] == [
            "tin.rss: only the first 4 MiB of the feed were read [cut-short]"
        ]

    @pytest.mark.parametrize("part", [b"<a>", b"<item><title>", b"<x><![CDATA[ ]]>"])
    def test_deep_nesting_is_an_error(self, part: bytes) -> None:
        assert self.message_of(b"<rss version='2.0'><channel>" + part * 100_000) == (
            "tin.rss is nested too deeply for a feed. It was not read."
        )

    @pytest.mark.parametrize("quote", [b"'", b'"'])
    def test_an_element_with_thousands_of_attributes_is_an_error(self, quote: bytes) -> None:
        """The parser's time grows with the square of them; what stands in their values ends no tag."""
        attributes = b"".join(b"a%d=%s>%s " % (at, quote, quote) for at in range(1_100))

        assert self.message_of(b"<rss version='2.0'><channel " + attributes + b"><item/></channel></rss>") == (
            "tin.rss has an element with too many attributes for a feed. It was not read."
        )

    @pytest.mark.parametrize(
        "data", [b"", b"\0" * 99, b"<html><p>x</p></html>", "Cầu mới.".encode(), b"https://bao.example/tin.rss"]
    )
    def test_what_is_no_feed(self, data: bytes) -> None:
        assert self.message_of(data) == ("tin.rss is no feed: it is neither RSS nor Atom. Give the address of a feed.")

    def test_bytes_that_name_a_file_do_not_open_it(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(rss(item("Bí mật")))

        assert "is no feed" in self.message_of(str(tmp_path / "a").encode())

    def test_a_feed_without_entries(self) -> None:
        assert self.message_of(rss()) == "tin.rss is a feed without articles. Give one with entries in it."

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1258"])
    def test_a_feed_says_how_it_is_encoded(self, encoding: str) -> None:
        text = rss(item("Cau é", "<p>x</p>"), channel="<title>x</title>").decode()
        text = text.replace('"utf-8"', f'"{encoding.removesuffix("-sig")}"')

        assert article_of(text.encode(encoding)).headline == "Cau é"


@given(st.data())
def test_whatever_a_feed_holds_the_reading_is_articles_or_one_error(data: st.DataObject) -> None:
    """Pieces of a real feed cut out, doubled and moved, and bytes changed."""
    text = rss(item(content="<p>Sáng <b>nay</b></p>", rest="<pubDate>x</pubDate>"), item("Hai")).decode()
    pieces = re.findall(r"<[^>]*>|[^<]+", text)
    for _ in range(data.draw(st.integers(1, 4))):
        at, other = (data.draw(st.integers(0, len(pieces) - 1)) for _ in range(2))
        match data.draw(st.sampled_from(("drop", "double", "swap", "cut"))):
            case "drop" if len(pieces) > 1:
                del pieces[at]
            case "double":
                pieces.insert(at, pieces[at])
            case "swap":
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case _:
                pieces[at] = pieces[at][: len(pieces[at]) // 2]
    mangled = bytearray("".join(pieces).encode())
    for position in data.draw(st.lists(st.integers(0, max(len(mangled) - 1, 0)), max_size=3)):
        if mangled:
            mangled[position] = data.draw(st.integers(0, 255))

    try:
        reading = reading_of(bytes(mangled))
    except InputError as error:
        assert str(error).startswith("tin.rss ")
    else:
        assert [line.number for line in reading.trace] == list(range(1, len(reading.trace) + 1))


@pytest.mark.parametrize("written", ["0000-00-00T00:00:00Z", "0000", "-1"])
def test_a_day_that_there_is_not_is_none(written: str) -> None:
    article = article_of(atom(f"<title>Cầu mới</title><updated>{written}</updated><content>{LONG}</content>"))

    assert (article.headline, article.published) == ("Cầu mới", None)
