"""One article or two, and which tells more: each rule by itself."""

import datetime as dt
import unicodedata

import pytest
from msgspec.structs import replace

from publisher.compiling.sameness import (
    content_digest,
    fullness,
    kept_groups,
    overlap,
    same_article,
    word_groups,
    words_of,
)
from publisher.model import Article, Figure, Paragraph, Teaser, Text

BRIDGE = Article(
    headline="Cầu mới",
    standfirst="Sáng nay",
    language="vi",
    body=(
        Paragraph(inlines=(Text(text="Cầu dài 1.240 m."),)),
        Figure(src="a.jpg", caption=(Text(text="Ảnh: Minh"),), credit="Minh"),
    ),
)


def of(words, headline="Cầu mới", **fields):
    """An article of so many words, each another; or of those given."""
    text = words if isinstance(words, str) else numbered(range(words))
    return Article(headline=headline, language="vi", body=(Paragraph(inlines=(Text(text=text),)),), **fields)


def numbered(numbers):
    return " ".join(f"chữ{number}" for number in numbers)


class TestWords:
    def test_they_are_those_that_are_printed(self):
        assert words_of(BRIDGE).split("\n") == ["Cầu mới", "Sáng nay", "Cầu dài 1.240 m.", "Ảnh: Minh"]

    def test_of_an_article_without_a_standfirst_there_is_no_empty_line(self):
        assert words_of(of("Cầu mở.")) == "Cầu mới\nCầu mở."

    def test_spacing_form_and_pictures_do_not_change_the_content(self):
        decomposed = unicodedata.normalize("NFD", "Cầu  dài 1.240 m.")
        same = replace(
            BRIDGE,
            body=(
                Paragraph(inlines=(Text(text=decomposed),)),
                Figure(src="pictures/0f.jpg", caption=(Text(text="Ảnh: Minh"),), credit="Minh"),
            ),
        )

        assert content_digest(same) == content_digest(BRIDGE)

    def test_a_word_does(self):
        assert content_digest(replace(BRIDGE, standfirst="Chiều nay")) != content_digest(BRIDGE)

    def test_the_digest_is_that_of_earlier_versions_whose_ledgers_hold_it(self):
        assert content_digest(BRIDGE) == "036d48456f068418619d8a19f68fba3070330668e9ab93ac4292cf907b4380ea"


class TestFullness:
    PICTURE = Figure(src="cau.jpg")
    TEASER = Teaser(headline="Tin khác")

    @pytest.mark.parametrize(
        ("less", "more"),
        [
            pytest.param(of("Cầu mở"), of("Cầu mở."), id="a character more"),
            pytest.param(of("Cầu"), replace(of("Cầu"), standfirst="Mở"), id="a standfirst"),
            pytest.param(
                of("Cầu", related=(TEASER,)), replace(of("Cầu"), body=(*of("Cầu").body, PICTURE)), id="a picture"
            ),
            pytest.param(of("Cầu"), of("Cầu", related=(TEASER,)), id="a teaser"),
            pytest.param(of("Cầu", headline="Cầu mới thông xe"), of("Cầu ", headline="Cầu"), id="not the headline"),
        ],
    )
    def test_text_counts_before_pictures_and_pictures_before_teasers(self, less, more):
        assert fullness(less) < fullness(more)


class TestArticle:
    URL = "https://bao.example/cau"

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            pytest.param(of("a", url=URL), of("b", "Khác", url=URL), True, id="one address"),
            pytest.param(of(30), of(30, url=URL), True, id="one text, one address known"),
            pytest.param(of(30, published=dt.date(2026, 3, 1)), of(30), True, id="dated anew"),
            pytest.param(of(30), of(30, "CẦU  MỚI!"), True, id="the headline printed otherwise"),
            pytest.param(of(30, url=URL), of(30, "Cầu cũ"), False, id="another headline"),
            pytest.param(of(30, url=URL), of(12), True, id="cut"),
            pytest.param(of("", url=URL), of(30), False, id="without text"),
        ],
    )
    def test_is_known_by_its_key_or_by_its_headline_and_text(self, one, other, expected):
        assert (same_article(one, other), same_article(other, one)) == (expected, expected)

    @pytest.mark.parametrize(("common", "expected"), [(59, False), (60, True), (61, True)])
    def test_six_tenths_of_the_shorter_texts_word_groups_are_enough(self, common, expected):
        """Of 103 words, 100 groups: as many of them in common as asked for."""
        one = of(103, url=self.URL)
        other = of(f"{numbered(range(common + 3))} {numbered(range(200, 300 - common))}")

        assert len(word_groups(one) & word_groups(other)) == common
        assert same_article(one, other) == expected


class TestOverlap:
    def test_nothing_is_shared_by_what_has_no_words(self):
        assert overlap(word_groups(of("")), word_groups(of(""))) == 0

    def test_a_text_of_fewer_words_than_a_group_is_one_group(self):
        assert len(word_groups(of("đã mở rồi"))) == len(word_groups(of("đã mở rồi đó"))) == 1

    def test_a_group_runs_on_from_one_paragraph_to_the_next(self):
        """Outlets break one text into paragraphs where they like."""
        paragraphs = tuple(Paragraph(inlines=(Text(text=numbered(range(n, n + 5))),)) for n in (0, 5))

        assert word_groups(replace(of(10), body=paragraphs)) == word_groups(of(10))

    @pytest.mark.parametrize(
        ("words", "kept"), [(100, 97), (255 + 3, 255), (256 + 3, 256), (257 + 3, 256), (3000, 256)]
    )
    def test_a_text_is_the_whole_of_itself_by_samples_too(self, words, kept):
        """How many are kept stands in what earlier issues kept: of fewer, a long text would seem to be another."""
        groups = kept_groups(word_groups(of(words)))

        assert overlap(groups, groups) == 1
        assert len(groups) == kept

    @pytest.mark.parametrize(("common", "of_all"), [(2400, 2400), (2040, 2400), (1200, 2400), (0, 2400)])
    def test_samples_tell_the_share_of_long_texts_nearly(self, common, of_all):
        one = kept_groups(word_groups(of(numbered(range(of_all)))))
        other = kept_groups(word_groups(of(numbered([*range(common), *range(10_000, 13_000 - common)]))))

        assert overlap(one, other) == pytest.approx(common / of_all, abs=0.09)

    def test_a_cut_text_is_in_a_long_one_by_samples_too(self):
        long, cut = (kept_groups(word_groups(of(words))) for words in (3000, 400))

        assert overlap(long, cut) == overlap(cut, long) == 1
