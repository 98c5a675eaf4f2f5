"""What a line is by its own words."""

import pytest

from publisher.reading.vocabulary import vocabulary
from publisher.reading.vocabulary.page import lay_out

TEXT = ["The boat left the quay at noon, and nobody waved.", "Nobody on the quay could remember a quieter arrival."]


@pytest.mark.parametrize("line", ["ShareSave", "ÉcouterLire plus tardPartager", "4-Minute Listen", "Listen · 4:37"])
def test_buttons_are_furniture_though_they_run_into_one_another_or_count_minutes(line: str) -> None:
    assert lay_out([TEXT[0], line, TEXT[1]], vocabulary()).lines[1].furniture


@pytest.mark.parametrize("line", ["ShareHolders", "Listen to her"])
def test_words_that_only_look_like_buttons_are_none(line: str) -> None:
    assert not lay_out([TEXT[0], line, TEXT[1]], vocabulary()).lines[1].furniture


@pytest.mark.parametrize("line", ["Related (5)", "Related5", "Related 12"])
def test_a_label_may_say_how_many_are_listed(line: str) -> None:
    assert lay_out([TEXT[0], line, TEXT[1]], vocabulary()).lines[1].label


def test_where_an_author_can_be_reached_is_furniture_and_an_address_in_the_text_is_not() -> None:
    contact = "Contact Jo Pell at 555-0142 or newsroom@quay.example."
    told = "He wrote to mayor@quay.example and waited for eleven years."

    lines = lay_out([TEXT[0], contact, told, TEXT[1]], vocabulary()).lines

    assert [line.furniture for line in lines] == [False, True, False, False]


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("À lire aussiLe pont de bois rouvre au printemps", "Le pont de bois rouvre au printemps"),
        ("RELATED ARTICLEThe wooden bridge opens in the spring", "The wooden bridge opens in the spring"),
        ("Read more about the wooden bridge in the spring", None),
        ("Le pont de BoisLe Roi rouvre au printemps prochain", None),
    ],
)
def test_a_headline_may_run_into_the_words_that_introduce_it(line: str, headline: str | None) -> None:
    assert lay_out([TEXT[0], line, TEXT[1]], vocabulary()).lines[1].cue == headline


def test_since_when_a_text_is_online_is_a_day() -> None:
    assert lay_out(["Online seit gestern, 14.05 Uhr (Update: 15.20 Uhr)", *TEXT], vocabulary()).lines[0].date


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("» Le pont de bois rouvre au printemps", "Le pont de bois rouvre au printemps"),
        ("»Le pont dit «provisoire» rouvre au printemps", "Le pont dit «provisoire» rouvre au printemps"),
        ("»Die Brücke bleibt zu«, sagt Anna Holm", "»Die Brücke bleibt zu«, sagt Anna Holm"),
    ],
)
def test_a_guillemet_opens_an_entry_of_a_list_unless_another_closes_a_quotation(line: str, said: str) -> None:
    read = lay_out([TEXT[0], line, TEXT[1]], vocabulary()).lines[1]

    assert (read.text, read.bullet) == (said, line != said)
