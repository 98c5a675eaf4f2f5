"""Marks by language: outside of quotations, never inside, and never where they do not pair up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.theming.quotes import MARKS, set_marks

LANGUAGES = sorted(MARKS)


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        pytest.param("vi", 'Ông nói: "Tôi về".', "Ông nói: “Tôi về”.", id="Vietnamese"),
        pytest.param("vi-VN", "Vở 'Kiều' - vở hay", "Vở ‘Kiều’ – vở hay", id="a region's language"),
        pytest.param("en", 'It\'s "done," he said.', "It’s “done,” he said.", id="English"),
        pytest.param("en", "the girls' school - it's", "the girls’ school – it’s", id="apostrophes"),
        pytest.param("en", "'Yes - no,' she said - then", "‘Yes - no,’ she said – then", id="single marks"),
        pytest.param("de", "Er rief \"ja\" - und 'nein'.", "Er rief „ja“ – und ‚nein‘.", id="German"),
        pytest.param("fr", 'L\'homme dit "oui" - enfin.', "L’homme dit «~oui~» – enfin.", id="French"),
        pytest.param("es", '"Hola" - dijo', "«Hola» – dijo", id="Spanish"),
        pytest.param("vi", "2025 - 2030, kinh tế - xã hội", "2025 – 2030, kinh tế – xã hội", id="spans"),
        pytest.param("vi", "AI-first, 5-3-2026", "AI-first, 5-3-2026", id="hyphens without spaces"),
        pytest.param("vi", 'a ("b") "c", "d"', "a (“b”) “c”, “d”", id="several, and in brackets"),
    ],
)
def test_straight_marks_become_the_languages_own(language, text, marked):
    assert set_marks([text], language) == [marked.replace("~", "\xa0")]


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        pytest.param("en", "\"I'm - well - 'fine'\" - it's", "“I'm - well - 'fine'” – it’s", id="straight marks"),
        pytest.param("vi", "“a - 'b' - c” - d", "“a - 'b' - c” – d", id="curled marks"),
        pytest.param("de", "„a - 'b'“ - c - »d - e« - f", "„a - 'b'“ – c – »d - e« – f", id="German marks"),
        pytest.param("fr", "« a - b » - c", "« a - b » – c", id="French marks"),
        pytest.param("en", "‘don’t - go’ - x", "‘don’t - go’ – x", id="single curled marks"),
    ],
)
def test_nothing_between_two_marks_is_touched(language, text, marked):
    assert set_marks([text], language) == [marked]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("vi", 'Ông nói: "Tôi về - rồi đi.', id="an opening mark alone: a speech of several paragraphs"),
        pytest.param("vi", 'về" - rồi', id="a closing mark alone"),
        pytest.param("en", 'a 5" pipe - x', id="inches"),
        pytest.param("en", '"a "b" c" - d', id="nested straight marks"),
        pytest.param("en", 'the \'90s - "x"', id="a decade"),
        pytest.param("vi", "“a - b", id="a curled mark alone"),
        pytest.param("vi", 'a" - "b', id="two marks turned the wrong way"),
        pytest.param("vi", '" a " - b', id="marks with spaces inside"),
        pytest.param("vi", '- Tôi "về" - ông nói', id="speech after a dash"),
        pytest.param("fr", "— Oui - dit-il", id="speech after a long dash"),
        pytest.param("ru", 'Он "тут" - там', id="a language without rules"),
        pytest.param("en", "", id="empty"),
    ],
)
def test_where_it_is_unsafe_the_whole_text_stays_as_it_is(language, text):
    assert set_marks([text], language) == [text]


def test_hyphens_stay_where_no_dashes_are_asked_for():
    assert set_marks(['lúa - tôm là "một"'], "vi", dashes=False) == ["lúa - tôm là “một”"]


def test_the_pieces_of_one_text_are_looked_at_together():
    assert set_marks(['"Tôi ', "rất", ' vui" ', "- nhé"], "vi") == ["“Tôi ", "rất", " vui” ", "– nhé"]
    assert set_marks([], "vi") == []


TEXTS = st.text() | st.lists(
    st.sampled_from([*"\"'-“”„«»‘’.(", " - ", "từ", "it's", " ", "\n", "5", '"từ"', " 'a' "])
).map("".join)


@given(st.lists(TEXTS), st.sampled_from(LANGUAGES))
def test_no_word_changes_and_the_straight_marks_can_be_had_back(texts, language):
    """Each place keeps its character, but for a mark that tells what it was."""
    marks = MARKS[language]
    back = {"–": "-", "’": "'"}
    back |= dict.fromkeys(marks.double, '"') | dict.fromkeys(marks.single, "'")
    if language == "en" or language == "vi":
        back["’"] = "'"

    marked = set_marks(texts, language)

    assert len(marked) == len(texts)
    for old, new in zip(texts, marked, strict=True):
        place = 0
        for character in old:
            found = next(
                mark
                for mark in sorted({character, *back}, key=len, reverse=True)
                if new.startswith(mark, place) and character in (mark, back.get(mark))
            )
            place += len(found)
        assert place == len(new)


@given(st.lists(TEXTS), st.sampled_from(LANGUAGES))
def test_what_is_set_stays_as_it_is(texts, language):
    marked = set_marks(texts, language)

    assert set_marks(marked, language) == marked
