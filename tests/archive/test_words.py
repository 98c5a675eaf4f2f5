"""Words as they are looked for."""

import pytest

from publisher.archive.words import searched, unmarked, words_in


@pytest.mark.parametrize(
    ("word", "typed"),
    [("cầu", "cau"), ("Đà", "da"), ("đường", "duong"), ("Łódź", "lodz"), ("bridge", "bridge"), ("ngừng", "ngung")],
)
def test_a_word_without_its_marks_is_what_is_typed_in_a_hurry(word: str, typed: str) -> None:
    assert unmarked(word) == typed


def test_words_are_the_same_in_any_unicode_form_and_case() -> None:
    assert words_in("CẦU Bến-Lụa, 1.240 m") == words_in("Ca\u0302\u0300u bến lụa 1 240 m")
    assert words_in("CẦU Bến") == ["cầu", "bến"]


def test_a_text_is_found_by_its_words_and_by_them_without_marks() -> None:
    assert searched("Cầu mới: bridge") == {"cầu", "cau", "mới", "moi", "bridge"}
