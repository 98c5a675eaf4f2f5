import datetime as dt

import pytest

from publisher.compiling.traits import Traits, traits_of
from publisher.model import Article, Paragraph, Text


def test_headline_and_opening_are_taken_apart():
    article = Article(
        headline="Cầu Vàm Trúc 640 tỷ",
        published=dt.date(2026, 3, 16),
        language="vi-VN",
        body=(Paragraph(inlines=(Text(text="Sáng 16/03/2026, cầu Vàm Trúc dài 486 m."),)),),
    )

    assert traits_of(article) == Traits(
        language="vi",
        day=dt.date(2026, 3, 16).toordinal(),
        headline=frozenset({"cầu", "vàm", "trúc"}),
        words=frozenset({"cầu", "vàm", "trúc", "dài", "m"}),
        names=frozenset({"cầu vàm trúc", "vàm trúc"}),
        figures=frozenset({"640", "486"}),
        amounts=frozenset({"640 tỷ", "486 m"}),
        dates=frozenset({"16/3"}),
        headline_dates=frozenset(),
    )


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("vi", "Ông Trần Văn Lực về Cồn Sậy.", {"ông trần văn lực", "trần văn lực", "cồn sậy"}),
        ("en", "Nobody knew. Storm Ottilie hit Carrow", {"storm ottilie", "ottilie", "carrow"}),
        ("en", "It was 9.30 in Hexley, Dunmere", {"hexley", "dunmere"}),
        ("en", "It was Hexley Dunmere, Carrow – West", {"hexley dunmere", "carrow", "west"}),
        ("en", "It was (Hexley West) in B2 Dunmere", {"hexley west", "b", "dunmere"}),
        ("en", "It was Hexley, Dunmere.", {"hexley", "dunmere"}),
        ("en", "It was, Hexley Dunmere.", {"hexley dunmere"}),
        ("de", "Der Alte Markt", {"der alte markt", "alte markt"}),
        ("de", "Die Brücke am Fluss", {"die brücke"}),
        ("de", "Sonst kam Bad Tölz zum Markt", {"bad tölz"}),
    ],
)
def test_names_are_runs_of_capitalised_words(language, text, names):
    article = Article(headline="tin", language=language, body=(Paragraph(inlines=(Text(text=text),)),))

    assert traits_of(article).names == names


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("cost 20 30 km, 5", {"30 km"}),
        ("in 2019 some 3.5 m² of the 1:2", {"3.5 m²"}),
        ("a4 sheets", {"4 sheets"}),
    ],
)
def test_an_amount_is_a_figure_with_the_word_after_it(text, amounts):
    article = Article(headline="tin", language="en", body=(Paragraph(inlines=(Text(text=text),)),))

    assert traits_of(article).amounts == amounts


@pytest.mark.parametrize("in_first", [100, 159])
@pytest.mark.parametrize(("words", "counted"), [(160, True), (161, False)])
def test_so_much_of_the_text_is_looked_at(in_first, words, counted):
    first, second = " ".join(["lời"] * in_first), " ".join([*["lời"] * (words - in_first - 1), "cuối"])
    body = tuple(Paragraph(inlines=(Text(text=text),)) for text in (first, second))
    article = Article(headline="tin", language="vi", body=body)

    assert ("cuối" in traits_of(article).words) == counted
