"""Captions whose pictures are lost: never in front of the text, and never more than a line or a small list."""

import re

import pytest

from publisher.model import Figure
from tests.theming.issues import bare, paragraph, rendered, words

EARLY, LATE = (Figure(caption=words(caption)) for caption in ("Cầu lúc sáng. Ảnh: Hà", "Cầu lúc tối. Ảnh: Hà"))
ARTICLE = bare(body=(EARLY, paragraph("Đoạn đầu."), LATE, paragraph("Đoạn cuối.")))


def texts(article, target, captions):
    """What stands in the body, in order."""
    (document,) = [
        each for each in rendered(article, "base", target, {"captions": captions}).documents if each.role == "article"
    ]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", document.markup.partition("</h1>")[2]))
    return text.replace("\N{NO-BREAK SPACE}", " ").strip()


@pytest.mark.parametrize("target", ["print", "ebook"])
class TestCaptions:
    def test_they_are_a_list_after_the_text(self, target):
        assert (
            texts(ARTICLE, target, "end")
            == "Đoạn đầu. Đoạn cuối. Ảnh trong bài gốc Cầu lúc sáng. Ảnh: Hà Cầu lúc tối. Ảnh: Hà"
        )

    def test_each_stands_where_its_picture_stood_but_none_in_front_of_the_text(self, target):
        assert texts(ARTICLE, target, "inline") == (
            "Đoạn đầu. Chú thích ảnh: Cầu lúc tối. Ảnh: Hà Đoạn cuối. Ảnh trong bài gốc Cầu lúc sáng. Ảnh: Hà"
        )

    def test_they_are_left_out(self, target):
        assert texts(ARTICLE, target, "none") == "Đoạn đầu. Đoạn cuối."

    def test_an_article_of_nothing_but_captions_has_its_list(self, target):
        assert texts(bare(body=(EARLY,)), target, "inline") == "Ảnh trong bài gốc Cầu lúc sáng. Ảnh: Hà"
