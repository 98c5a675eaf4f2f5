"""Spaces that must not break; no letter or mark is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.theming.binding import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE, bind_end, bind_last, binder_for


@pytest.mark.parametrize(
    ("language", "text", "bound"),
    [
        pytest.param("vi", "dài 1.250 m, hết 2.300 tỷ đồng", "dài 1.250~m, hết 2.300~tỷ đồng", id="units"),
        pytest.param("vi", "tăng 8,5 % so với", "tăng 8,5~% so với", id="per cent"),
        pytest.param("vi", "5 mét và 3 kgm", "5 mét và 3 kgm", id="words that begin like units"),
        pytest.param("vi", "TP. Hồ Chí Minh, TS. Lan", "TP.~Hồ Chí Minh, TS.~Lan", id="titles"),
        pytest.param("vi", "TP.HCM, TP. HCM, TP Huế", "TP.HCM, TP.~HCM, TP~Huế", id="cities"),
        pytest.param("vi", "GS.TS. Lan, PGS. TS. Mai, Q. 1", "GS.TS.~Lan, PGS.~TS.~Mai, Q.~1", id="rows of titles"),
        pytest.param("vi", "Nghị quyết 57, Quyết định số 12", "Nghị quyết~57, Quyết định số~12", id="documents"),
        pytest.param("vi", "điểm a khoản 2 Điều 5", "điểm a khoản~2 Điều~5", id="clauses"),
        pytest.param("vi", "Tuần 12, quý II, khóa XIII", "Tuần~12, quý~II, khóa~XIII", id="weeks, quarters, terms"),
        pytest.param("vi", "ngày 5 tháng 3 năm 2026", "ngày~5~tháng~3 năm 2026", id="a day"),
        pytest.param("vi", "ngày 5-3-2026, lúc 7 giờ 30", "ngày~5-3-2026, lúc~7~giờ~30", id="a date and an hour"),
        pytest.param("vi", "nhân số dân, điều hành", "nhân số dân, điều hành", id="words before words"),
        pytest.param("vi", "dân số 5, thừa số 2", "dân số~5, thừa số~2", id="what ends in such a word"),
        pytest.param("vi", "vui – buồn — cười", "vui~– buồn~— cười", id="dashes"),
        pytest.param("vi", "ruộng lúa - tôm", "ruộng lúa~- tôm", id="a hyphen between spaces"),
        pytest.param("vi-VN", "8 tỷ", "8~tỷ", id="a region's language"),
        pytest.param("vi", "năm 2025", "năm 2025", id="a year"),
        pytest.param("en", "Mr. Smith paid 5 million", "Mr.~Smith paid 5~million", id="English"),
        pytest.param(
            "en", "J. K. Rowling of the U.S. and Dr Lee", "J.~K.~Rowling of the U.S. and Dr~Lee", id="initials"
        ),
        pytest.param("en", "May 5, 2026; 5 May; No. 7, § 5", "May~5, 2026; 5~May; No.~7, §~5", id="days and numbers"),
        pytest.param("en", "Resolution 57 in Week 12 at 10 a.m.", "Resolution~57 in Week~12 at 10~a.m.", id="more"),
        pytest.param("en", "8 tỷ", "8 tỷ", id="another language's unit"),
        pytest.param("en", "1 234 567 km, 2025 300", "1~234~567~km, 2025 300", id="groups of digits"),
        pytest.param("de", "§ 5 Abs. 2, Art. 3, Nr. 7", "§~5 Abs.~2, Art.~3, Nr.~7", id="German clauses"),
        pytest.param("de", "z. B. Dr. Weiß am 5. März", "z.~B.~Dr.~Weiß am 5.~März", id="German abbreviations"),
        pytest.param("fr", "Quoi ? « Oui » ; non ! voici : a", "Quoi^? «~Oui~»^; non^! voici~: a", id="French marks"),
        pytest.param("fr", "Quoi? «Oui»; non: a", "Quoi? «Oui»; non: a", id="no space is added"),
        pytest.param("fr", "le 1er mars, 5 mai, M. Petit, n° 7", "le 1er~mars, 5~mai, M.~Petit, n°~7", id="French"),
        pytest.param("es", "el 5 de mayo, EE. UU., art. 3", "el 5~de~mayo, EE.~UU., art.~3", id="Spanish"),
        pytest.param("ru", "15 km", "15~km", id="a language without rules has the units of all"),
        pytest.param("vi", "", "", id="empty"),
    ],
)
def test_what_belongs_together_is_bound(language, text, bound):
    expected = bound.replace("~", NO_BREAK_SPACE).replace("^", NARROW_NO_BREAK_SPACE)

    assert binder_for(language)(text) == expected


@pytest.mark.parametrize(
    ("headline", "bound"),
    [
        pytest.param("Cầu mới thông xe vào sáng nay", "Cầu mới thông xe vào~sáng~nay", id="three words"),
        pytest.param("Cầu mới", "Cầu mới", id="short"),
        pytest.param(
            "It adds two trains for Christmas holidays", "It adds two trains for Christmas~holidays", id="two"
        ),
        pytest.param("Cầu mới thông xe sáng~– tin 2", "Cầu mới thông xe sáng~– tin~2", id="no space behind a dash"),
        pytest.param("a b c antidisestablishment d", "a b c antidisestablishment d", id="long words"),
    ],
)
def test_a_headline_ends_in_no_lone_syllable(headline, bound):
    assert bind_end(headline.replace("~", NO_BREAK_SPACE)) == bound.replace("~", NO_BREAK_SPACE)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        pytest.param("Họ chờ mười năm.", "Họ chờ mười~năm.", id="two syllables"),
        pytest.param("Chờ lâu", "Chờ lâu", id="two words in all"),
        pytest.param("Mùa lúa - tôm", "Mùa lúa - tôm", id="a dash"),
        pytest.param("No room at the Conference League.", "No room at the Conference~League.", id="a short last word"),
        pytest.param("They waited for infrastructure", "They waited for infrastructure", id="a long word"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_text_ends_in_no_lone_syllable(text, bound):
    assert bind_last(text) == bound.replace("~", NO_BREAK_SPACE)


PHRASES = st.lists(
    st.sampled_from(["ngày", "5", "tháng", "TP.", "Nr.", "§", "J.", "1 234", "km", "«", "!", "de", "mars", "–", " "])
).map(" ".join)


@given(st.text() | PHRASES, st.sampled_from(["vi", "en", "de", "fr", "es", "x"]))
def test_only_spaces_are_exchanged(text, language):
    for bound in (binder_for(language)(text), bind_end(text), bind_last(text)):
        spaces = str.maketrans({NO_BREAK_SPACE: " ", NARROW_NO_BREAK_SPACE: " "})

        assert bound.translate(spaces) == text.translate(spaces)


@given(st.text() | PHRASES, st.sampled_from(["vi", "en", "de", "fr", "es"]))
def test_what_is_bound_stays_as_it_is(text, language):
    bind = binder_for(language)

    assert bind(bind(text)) == bind(text)
