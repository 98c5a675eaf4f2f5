"""Where the spans for a Kobo are put, and where not."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.writing.devices.kobo import marked
from tests.writing.devices.making import unmarked

PAGE = '<html><head><title>A. B.</title></head><body class="a>b">{}</body></html>'


def body_of(markup):
    """The body with its marks, shortened to ``[block.sentence|words]``."""
    text, _ = marked(PAGE.format(markup))
    assert text.startswith(PAGE.partition("{}")[0] + '<div id="book-columns"><div id="book-inner">')
    inner = text.partition('<div id="book-inner">')[2].removesuffix("</div></div></body></html>")
    return re.sub(r'<span class="koboSpan" id="kobo\.([\d.]+)">(.*?)</span>', r"[\1|\2]", inner, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("<p>Một. Hai! Ba?</p>", "<p>[1.1|Một. ][1.2|Hai! ][1.3|Ba?]</p>", id="sentences"),
        pytest.param("<p>A</p>\n<p>B</p>", "<p>[1.1|A]</p>\n<p>[2.1|B]</p>", id="paragraphs, nothing between them"),
        pytest.param("<p>Dài 1.250 m, 22,5 m.</p>", "<p>[1.1|Dài 1.250 m, 22,5 m.]</p>", id="figures hold together"),
        pytest.param("<p>“Thật.” Anh nói.</p>", "<p>[1.1|“Thật.” ][1.2|Anh nói.]</p>", id="a mark in quotes"),
        pytest.param("<p>A &amp; B&#8230; C</p>", "<p>[1.1|A &amp; B&#8230; C]</p>", id="no entity is cut"),
        pytest.param(
            '<p>A <a href="b.xhtml">B. C</a> D</p>',
            '<p>[1.1|A ]<a href="b.xhtml">[1.2|B. ][1.3|C]</a> [1.4|D]</p>',
            id="a link is not split by a span",
        ),
        pytest.param(
            "<ul>\n<li>A</li>\n<li><p>B</p></li></ul>",
            "<ul>\n<li>[1.1|A]</li>\n<li><p>[2.1|B]</p></li></ul>",
            id="lists",
        ),
        pytest.param(
            '<p><img src="a.jpg" alt="" role="presentation"/>A</p>',
            '<p><img src="a.jpg" alt="" role="presentation"/>[1.1|A]</p>',
            id="an ornament is no place",
        ),
        pytest.param(
            '<figure><img src="a.jpg" alt="A. B."/><figcaption>C</figcaption></figure>',
            '<figure>[1.1|<img src="a.jpg" alt="A. B."/>]<figcaption>[2.1|C]</figcaption></figure>',
            id="pictures",
        ),
        pytest.param("<pre>km 0\n  km 1</pre>", "<pre>km 0\n  km 1</pre>", id="preformatted"),
        pytest.param("<p>A<svg><text>B</text></svg>C</p>", "<p>[1.1|A]<svg><text>B</text></svg>[1.2|C]</p>", id="svg"),
        pytest.param("<pre/><p>A</p>", "<pre/><p>[1.1|A]</p>", id="an empty pre closes itself"),
        pytest.param(
            '<p title="a > b">A</p><!-- B > C. --><p><![CDATA[D < E]]></p>',
            '<p title="a > b">[1.1|A]</p><!-- B > C. --><p><![CDATA[D < E]]></p>',
            id="odd markup",
        ),
        pytest.param(
            '<p>A <span epub:type="pagebreak" id="page-2"></span>B</p>',
            '<p>[1.1|A ]<span epub:type="pagebreak" id="page-2"></span>[1.2|B]</p>',
            id="a page break",
        ),
    ],
)
def test_each_sentence_and_picture_is_marked_once(markup, expected):
    assert body_of(markup) == expected


@given(st.lists(st.text(st.sampled_from("ab. !?…\n\"”&<>'")), max_size=6))
def test_whatever_the_text_it_is_the_same_without_the_marks_and_well_formed_with_them(texts):
    paragraphs = "".join(
        f"<p>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>" for text in texts
    )
    page = PAGE.replace("a>b", "a").format(paragraphs)

    text, spans = marked(page)

    assert unmarked(text.replace("</html>", "")) == page.replace("</html>", "")
    ids = [element.get("id") for element in ET.fromstring(text).iter("span")]  # noqa: S314 (made above)
    assert len(set(ids)) == len(ids) == spans


def test_a_paragraph_of_a_million_characters_takes_no_time():
    text, spans = marked(PAGE.format(f"<p>{'a ' * 500_000}</p><p>{'a. ' * 10_000}</p>"))

    assert spans == 10_001
    assert len(text) > 1_000_000
