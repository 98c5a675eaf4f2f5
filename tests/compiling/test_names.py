import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.compiling.names import article_id, headline_key, item_id, shown_name, slug, unique
from publisher.model import Article


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        pytest.param("Đường ở Đà Nẵng được mở rộng", "duong-o-da-nang-duoc-mo-rong", id="vietnamese"),
        pytest.param("Nghệ thuật: “ươm mầm” — 8,5 triệu!", "nghe-thuat-uom-mam-8-5-trieu", id="punctuation"),
        pytest.param("Straße nach Łódź, sœur d’Ærø", "strasse-nach-lodz-soeur-d-aero", id="other letters"),
        pytest.param("ﬁve № ①", "five-no-1", id="compatibility forms"),
        pytest.param("Hà Nội", "ha-noi", id="decomposed"),
        pytest.param("新闻", "", id="no ascii form"),
        pytest.param("…", "", id="no letters"),
        pytest.param("a" * 50, "a" * 40, id="one long word"),
        pytest.param("b" * 40 + " c", "b" * 40, id="a word of just the length"),
        pytest.param("a" * 19 + " " + "b" * 20, "a" * 19 + "-" + "b" * 20, id="words of just the length"),
        pytest.param("a" * 19 + " " + "b" * 20 + " c", "a" * 19 + "-" + "b" * 20, id="and one more"),
        pytest.param("a" * 20 + " " + "b" * 20 + " c", "a" * 20, id="a word that ends one too far"),
        pytest.param("ru\u1dc4o\u20d7ng", "ruong", id="marks of no language"),
        pytest.param(
            "Hội đồng nhân dân thành phố thông qua nghị quyết",
            "hoi-dong-nhan-dan-thanh-pho-thong-qua",
            id="cut between words",
        ),
    ],
)
def test_a_slug_is_the_headline_in_ascii(headline: str, expected: str) -> None:
    assert slug(headline) == expected


@given(st.text())
def test_a_slug_is_always_short_ascii_without_loose_hyphens(headline: str) -> None:
    made = slug(headline)

    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert len(made) <= 40


def test_an_article_id_follows_from_headline_and_key() -> None:
    article = Article(headline="Cầu mới", language="vi", url="https://bao.example/cau")

    assert article_id(article) == "a-cau-moi-158ed1"


def test_an_id_without_ascii_letters_is_the_hash_alone() -> None:
    assert item_id("新闻") == "t-d39567"


def test_two_ways_to_print_a_headline_make_one_item_id() -> None:
    assert item_id("Cầu mới!") == item_id("CẦU MỚI")


def test_headlines_without_letters_are_told_apart_by_their_characters() -> None:
    assert headline_key(" ??? ") == "???"
    assert headline_key("???") != headline_key("!!!")
    assert headline_key("Cầu  mới…") == "cầu mới"


def test_a_name_met_before_gets_a_counter_that_is_free() -> None:
    assert unique(["a", "b", "a", "a-2", "a"]) == ("a", "b", "a-2", "a-2-2", "a-3")


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b"])))
def test_unique_names_are_unique_and_the_first_of_each_keeps_its_own(names: list[str]) -> None:
    made = unique(names)

    assert len(made) == len(names) == len(set(made))
    assert set(names[:1]) <= set(made)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [("tin/bai-1.txt", "bai-1.txt"), ("-", "Cầu mới"), (None, "Cầu mới")],
)
def test_a_message_names_the_file_or_else_the_headline(origin: str | None, expected: str) -> None:
    assert shown_name(Article(headline="Cầu mới", language="vi", origin=origin)) == expected
