"""What runs on from a teaser's headline in its line."""

import pytest

from publisher.reading.text.teaser import without_tail
from publisher.reading.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Trường làng mở cửa lại sau ba tuần lũ37", "Trường làng mở cửa lại sau ba tuần lũ"),
        ("Trường làng mở cửa lại sau ba tuần lũĐỌC NGAY", "Trường làng mở cửa lại sau ba tuần lũ"),
        ("Trường làng mở cửa lại sau ba tuần lũ ĐỌC NGAY", "Trường làng mở cửa lại sau ba tuần lũ"),
    ],
)
def test_a_count_or_a_badge_behind_a_headline_is_none_of_it(text: str, headline: str) -> None:
    assert without_tail(text, vocabulary()) == headline


@pytest.mark.parametrize(
    "text",
    ["Hai cầu thủ làng vào đội tuyển U23", "Mưa lớn ở bảy tỉnh trong 37", "HAI NHÀ MÁY CŨ MỞ CỬA LẠI ĐỌC NGAY CHO TRẺ"],
)
def test_what_belongs_to_a_headline_stays(text: str) -> None:
    assert without_tail(text, vocabulary()) == text
