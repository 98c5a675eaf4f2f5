"""Spaces that must not break; no letter or mark is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model import Preformatted
from publisher.theming.typography import NO_BREAK_SPACE, bind_end, binder_for, set_article
from tests.theming.issues import FULL, bare


@pytest.mark.parametrize(
    ("language", "text", "bound"),
    [
        pytest.param("vi", "dài 1.250 m, hết 2.300 tỷ đồng", "dài 1.250~m, hết 2.300~tỷ đồng", id="units"),
        pytest.param("vi", "tăng 8,5 % so với", "tăng 8,5~% so với", id="per cent"),
        pytest.param("vi", "5 mét và 3 kgm", "5 mét và 3 kgm", id="words that begin like units"),
        pytest.param("vi", "TP. Hồ Chí Minh, TS. Lan", "TP.~Hồ Chí Minh, TS.~Lan", id="titles"),
        pytest.param("vi-VN", "8 tỷ", "8~tỷ", id="a region's language"),
        pytest.param("en", "Mr. Smith paid 5 million", "Mr.~Smith paid 5~million", id="English"),
        pytest.param("en", "8 tỷ", "8 tỷ", id="another language's unit"),
        pytest.param("ru", "15 km", "15~km", id="a language without rules has the units of all"),
        pytest.param("vi", "năm 2025", "năm 2025", id="a year"),
    ],
)
def test_what_belongs_together_is_bound(language, text, bound):
    assert binder_for(language)(text) == bound.replace("~", NO_BREAK_SPACE)


@pytest.mark.parametrize(
    ("headline", "bound"),
    [
        pytest.param("Cầu mới thông xe vào sáng nay", "Cầu mới thông xe vào~sáng~nay", id="three words"),
        pytest.param("Cầu mới", "Cầu mới", id="short"),
        pytest.param("a b c antidisestablishment d", "a b c antidisestablishment d", id="long words"),
    ],
)
def test_a_headline_ends_in_no_lone_syllable(headline, bound):
    assert bind_end(headline) == bound.replace("~", NO_BREAK_SPACE)


@given(st.text(), st.sampled_from(["vi", "en", "fr", "x"]))
def test_only_spaces_are_exchanged(text, language):
    for bound in (binder_for(language)(text), bind_end(text)):
        assert bound.replace(NO_BREAK_SPACE, " ") == text.replace(NO_BREAK_SPACE, " ")


def test_every_printed_text_of_an_article_is_set_and_addresses_are_not():
    article = set_article(FULL, lambda text: text.upper())

    assert (article.headline, article.kicker) == ("CẦU SÔNG CẨM THÔNG XE SAU BA NĂM\xa0THI\xa0CÔNG", "GIAO THÔNG")
    assert article.bylines == ("TRẦN THỊ HƯỜNG", "LÊ VĂN BẢY")
    assert article.body[3].caption[0].text == "DÒNG XE ĐẦU TIÊN QUA CẦU. ẢNH: MINH QUÂN"
    assert (article.url, article.published, article.related) == (FULL.url, FULL.published, FULL.related)


def test_none_stays_none():
    article = bare(body=(Preformatted(text="km 0"),))

    assert set_article(article, lambda text: text) == article
