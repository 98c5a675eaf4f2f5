"""The trace as a table and the article as an outline."""

import pytest

from publisher.errors import InputError
from publisher.model import Source
from publisher.reading import read
from publisher.reading.trace.explain import explain, outline, shorten

PAGE = """Cầu mới qua sông
An Bình - 07/03/2026 08:47
Cây cầu dài 210m nối hai bờ sông vừa thông xe sáng nay, sớm hơn kế hoạch hai tháng.

Đơn vị thi công cho biết mặt cầu lát gỗ ép chống trơn.

Người dân đi dạo trên cầu. Ảnh: An Bình

Công viên dưới chân cầu sẽ mở cửa vào tháng sau.

Tin khác
Chợ nổi họp dưới chân cầu
Chợ nổi họp dưới chân cầu
Ba mươi thuyền được phép bán hàng.
"""


def test_the_table_shows_every_line_with_its_role_and_explains_the_rules() -> None:
    table = explain(read(Source(name="page.txt", data=PAGE.encode())), width=90)

    assert table.split("\n") == [
        "line  role             rule                        sure  text",
        "   1  headline         headline.position           0.90  Cầu mới qua sông",
        "   2  byline           byline.under-headline       0.90  An Bình - 07/03/2026 08:47",
        "   3  standfirst       standfirst.first-paragraph  0.80  Cây cầu dài 210m nối hai bờ sông v…",
        "   4  blank            blank",
        "   5  paragraph        body.paragraph              0.95  Đơn vị thi công cho biết mặt cầu l…",
        "   6  blank            blank",
        "   7  caption          caption.credit              0.93  Người dân đi dạo trên cầu. Ảnh: An…",
        "   8  blank            blank",
        "   9  paragraph        body.paragraph              0.95  Công viên dưới chân cầu sẽ mở cửa…",
        "  10  blank            blank",
        "  11  section label    label.known                 0.90  Tin khác",
        "  12  figure alt       figure.alt-doubled          0.90  Chợ nổi họp dưới chân cầu",
        "  13  teaser headline  teaser.doubled              0.95  Chợ nổi họp dưới chân cầu",
        "  14  teaser summary   teaser.summary              0.90  Ba mươi thuyền được phép bán hàng.",
        "",
        "blank                       the line is empty",
        "body.paragraph              running text between the headline and the end of the article",
        "byline.under-headline       a name between the headline and the text",
        "caption.credit              a picture credit closes the line",
        "figure.alt-doubled          the first of two equal lines: a picture's alternative text",
        "headline.position           the best placed line before the text",
        "label.known                 a heading over other articles, known by its words",
        "standfirst.first-paragraph  the first paragraph, which the language's press sets apart",
        "teaser.doubled              a headline that stands twice: alternative text, then headline",
        "teaser.summary              the text under a teaser's headline",
    ]


def test_the_outline_shows_the_article() -> None:
    text = outline(read(Source(name="page.txt", data=PAGE.encode())).articles[0], width=60)

    assert text.split("\n") == [
        "Cầu mới qua sông",
        "  standfirst: Cây cầu dài 210m nối hai bờ sông vừa thông xe…",
        "  by: An Bình",
        "  dateline: 07/03/2026 08:47",
        "  published: 2026-03-07 (stated)",
        "  language: vi",
        "  body:",
        "    paragraph: Đơn vị thi công cho biết mặt cầu lát gỗ ép c…",
        "    figure: Người dân đi dạo trên cầu. Ảnh: An Bình",
        "    paragraph: Công viên dưới chân cầu sẽ mở cửa vào tháng…",
        "  related:",
        "    Tin khác",
        "      Chợ nổi họp dưới chân cầu [after]",
        "        Ba mươi thuyền được phép bán hàng.",
    ]


def test_texts_are_shortened_to_the_width() -> None:
    assert shorten("một hai ba", 20) == "một hai ba"
    assert shorten("một hai ba", 8) == "một hai…"
    assert shorten("một\thai  ba", 20) == "một hai ba"


def test_an_unknown_media_type_names_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        read(Source(name="a.bin", data=b"abc", media_type="text/markdwn"))

    assert str(caught.value) == "a.bin is text/markdwn, which no reader takes. Did you mean 'text/markdown'?"
