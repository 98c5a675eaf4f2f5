import datetime as dt

from publisher.compiling.traits import Traits, traits_of
from publisher.model import Article, Paragraph, Text


def test_headline_and_opening_are_taken_apart():
    article = Article(
        headline="Cầu Vàm Trúc 640 tỷ",
        published=dt.date(2026, 3, 16),
        language="vi-VN",
        body=(Paragraph(inlines=(Text(text="Sáng 16/3/2026, cầu Vàm Trúc dài 486 m."),)),),
    )

    assert traits_of(article) == Traits(
        language="vi",
        day=dt.date(2026, 3, 16).toordinal(),
        headline=frozenset({"cầu", "vàm", "trúc"}),
        words=frozenset({"cầu", "vàm", "trúc", "dài", "m"}),
        names=frozenset({"cầu vàm trúc", "vàm trúc"}),
        figures=frozenset({"640", "486"}),
        dates=frozenset({"16/3"}),
        headline_dates=frozenset(),
    )
