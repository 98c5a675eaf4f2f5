import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.reading.vocabulary.words import words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n12 — ", []),
        ("Cầu Vàm Trúc, 640 m²", ["Cầu", "Vàm", "Trúc", "m²"]),
        ("d'eau B2B snake_case x²", ["d", "eau", "B", "B", "snake", "case", "x²"]),
    ],
)
def test_words_are_runs_of_letters(text, words):
    assert words_of(text) == words


@given(st.text(st.sampled_from("aßĐ²٣Ⅷ1_-'’ \t\n\u00a0\u0301\u200b")))
def test_words_are_those_that_one_expression_over_the_whole_text_finds(text):
    assert words_of(text) == re.findall(r"[^\W\d_]+", text)
