"""What a front page takes of an article."""

import pytest

from publisher.model import BulletList, Figure
from publisher.theming.extracts import extract, first_picture, key_points, minutes
from tests.theming.issues import bare, paragraph, words

TWO = bare(body=(paragraph("Cầu dài 1.250 m. “Xe qua từ sáng nay!” Ông Bảy nói vậy."), paragraph("Hết 2.300 tỷ đồng.")))


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        pytest.param(4, "Cầu dài 1.250 m.", id="one sentence"),
        pytest.param(8, "Cầu dài 1.250 m.", id="half a sentence is none"),
        pytest.param(13, "Cầu dài 1.250 m. “Xe qua từ sáng nay!” Ông Bảy nói vậy.", id="all of a paragraph"),
        pytest.param(
            99, "Cầu dài 1.250 m. “Xe qua từ sáng nay!” Ông Bảy nói vậy. Hết 2.300 tỷ đồng.", id="all there is"
        ),
        pytest.param(2, "Cầu dài…", id="less than a sentence"),
    ],
)
def test_an_extract_has_whole_sentences(most, expected):
    assert extract(TWO, most) == expected


def test_an_extract_keeps_together_what_is_bound():
    article = bare(body=(paragraph("Ngày\u00a05 tháng Ba cống Cửa Vân mở lại."),))

    assert extract(article, 3) == "Ngày\u00a05 tháng…"


def test_an_extract_of_an_article_without_text_is_empty():
    assert extract(bare(body=(Figure(src="a.jpg"),)), 40) == ""


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [("en", 0, 1), ("en", 238, 1), ("en", 476, 2), ("vi", 700, 2), ("vi-VN", 1050, 3)],
)
def test_minutes_are_whole_and_follow_the_language(language, count, expected):
    assert minutes(bare(language=language, body=(paragraph("chữ " * count),))) == expected


def test_the_first_picture_is_one_that_is_there():
    lost, there = Figure(caption=words("Cầu")), Figure(src="pictures/a.jpg")

    assert [first_picture(bare(body=body)) for body in ((lost, there), (lost,))] == [there, None]


def test_key_points_are_the_list_before_the_text():
    points = BulletList(items=(words("Dài 1.250 m"), words("Hết 2.300 tỷ")))

    assert key_points(bare(body=(points, paragraph()))) == points.items
    assert key_points(bare(body=(paragraph(), points))) == ()
