"""An article of an earlier issue is known again, whatever its day."""

import datetime as dt

import msgspec
import pytest

from publisher.compiling.fingerprints import Fingerprint, fingerprint, same_text
from publisher.model import Article, Paragraph, Text


def report(text, day=dt.date(2026, 3, 16)):
    body = (Paragraph(inlines=(Text(text=text),)),)
    return Article(headline="Phà Cồn Sậy nghỉ", published=day, language="vi", body=body)


GOLD = (
    "Sáng nay, vàng miếng được các tiệm lớn ở thị xã mua vào ở {} triệu đồng một lượng, bán ra ở {} triệu đồng, vàng "
    "nhẫn ở {} triệu đồng, sức mua yếu vì người dân còn chờ giá xuống thêm trước mùa cưới."
)
FERRY = "Bến phà Cồn Sậy chạy chuyến cuối sau 71 năm, 63 hộ buôn bán hai bên bến được hỗ trợ chuyển nghề."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(FERRY, True, id="dated anew"),
        pytest.param(f"{FERRY} Lễ chia tay vào chiều thứ bảy.", True, id="a sentence more"),
        pytest.param(FERRY.replace("chuyển nghề", "đổi nghề"), True, id="its last words otherwise"),
        pytest.param(FERRY.replace("71", "72"), False, id="a figure amid so few words"),
        pytest.param(GOLD.format(81, 83, 80), False, id="another text"),
        pytest.param("", False, id="no text"),
    ],
)
def test_a_text_is_known_again_that_was_hardly_touched(text, expected):
    first = fingerprint(report(FERRY))

    again = fingerprint(report(text, dt.date(2026, 4, 2)))

    assert (same_text(first, again), same_text(again, first)) == (expected, expected)


@pytest.mark.parametrize(("touched", "expected"), [(14, True), (15, True), (16, False)])
def test_so_much_of_a_text_may_be_touched(touched, expected):
    """Of a hundred groups, the last ones."""
    words = [f"chữ{number}" for number in range(103)]

    first = fingerprint(report(" ".join(words)))
    again = fingerprint(report(" ".join([*words[: 103 - touched], *(f"khác{number}" for number in range(touched))])))

    assert same_text(first, again) == expected


def test_a_column_that_comes_back_with_other_figures_is_another_text():
    first = fingerprint(report(GOLD.format("81,2", "83,5", "80,1")))

    assert not same_text(first, fingerprint(report(GOLD.format("82,4", "84,1", "81,0"))))


def test_a_fingerprint_survives_storing():
    print_ = fingerprint(report(FERRY))

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(print_), type=Fingerprint) == print_


def test_a_fingerprint_of_another_version_is_none():
    kept = msgspec.to_builtins(fingerprint(report(FERRY)))

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**kept, "version": 1}, type=Fingerprint)
