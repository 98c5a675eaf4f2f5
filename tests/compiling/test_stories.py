"""Near-duplicates: judged on pairs of reports that were labelled by hand, see ``stories/``."""

import datetime as dt
import itertools
import tomllib
from pathlib import Path

import pytest

from publisher.compiling import group_stories, same_story
from publisher.compiling.traits import traits_of
from publisher.model import Article, Paragraph, Text

SET = Path(__file__).parent / "stories"


def report(headline, text, day=dt.date(2026, 3, 16), language="vi"):
    body = (Paragraph(inlines=(Text(text=text),)),)
    return Article(headline=headline, published=day, language=language, body=body)


def labelled(language):
    """The events' reports, each with the event's theme and name; the third report of an event is a day later."""
    for event in tomllib.loads((SET / f"{language}.toml").read_text(encoding="utf-8"))["event"]:
        for number, (headline, text) in enumerate(event["reports"]):
            article = report(headline, text, event["day"] + dt.timedelta(days=number == 2), language)
            yield event["theme"], event["name"], article


def pairs(language):
    """Every pair of reports: whether it is one story, whether it is easily confused, and both articles."""
    for (theme, name, one), (other_theme, other_name, other) in itertools.combinations(labelled(language), 2):
        yield name == other_name, theme == other_theme, one, other


def measured(judged):
    """Precision and recall over (truth, verdict) pairs."""
    true = sum(truth and verdict for truth, verdict in judged)
    return true / sum(verdict for _, verdict in judged), true / sum(truth for truth, _ in judged)


def test_the_labelled_set_is_large_enough_to_judge_by():
    everything = [*pairs("vi"), *pairs("en")]

    assert sum(same for same, _, _, _ in everything) >= 60
    assert sum(alike and not same for same, alike, _, _ in everything) >= 200


@pytest.mark.parametrize("language", ["vi", "en"])
def test_precision_and_recall_on_pairs_that_are_easily_confused(language):
    prints = {article.headline: traits_of(article) for _, _, article in labelled(language)}

    judged = [
        (same, same_story(prints[one.headline], prints[other.headline]))
        for same, alike, one, other in pairs(language)
        if alike
    ]

    precision, recall = measured(judged)
    assert precision >= 0.95
    assert recall >= 0.8


def test_precision_and_recall_on_all_pairs():
    prints = {article.headline: traits_of(article) for lang in ("vi", "en") for _, _, article in labelled(lang)}

    precision, recall = measured(
        [
            (same, same_story(prints[one.headline], prints[other.headline]))
            for lang in ("vi", "en")
            for same, _, one, other in pairs(lang)
        ]
    )

    assert precision >= 0.95
    assert recall >= 0.8


def test_the_verdict_is_the_same_whichever_comes_first():
    prints = [traits_of(article) for _, _, article in labelled("vi")]

    for one, other in itertools.combinations(prints, 2):
        assert same_story(one, other) == same_story(other, one)


def test_a_column_of_another_day_is_another_story_however_alike():
    text = "Vàng miếng được các tiệm mua vào 96,2 triệu, bán ra 98,1 triệu đồng mỗi lượng."
    one, other = (traits_of(report(f"Giá vàng ngày {day}/3", text)) for day in (18, 19))

    assert not same_story(one, other)
    assert same_story(one, traits_of(report("Giá vàng ngày 18/03", text)))


def test_what_came_of_an_event_a_week_later_is_another_story():
    text = "Cầu Vàm Trúc dài 486 m, vốn 640 tỷ đồng, nối Tân Phú với Cù Lao Trên."
    first, later = (report("Cầu Vàm Trúc", text, dt.date(2026, 3, day)) for day in (16, 23))

    assert same_story(traits_of(first), traits_of(first))
    assert not same_story(traits_of(first), traits_of(later))


def test_reports_in_two_languages_are_two_stories():
    one, other = (report("Vàm Trúc 486", "Vàm Trúc 486 640", language=language) for language in ("vi", "en"))

    assert not same_story(traits_of(one), traits_of(other))


@pytest.mark.parametrize("language", ["vi", "en", "de", "ja"])
def test_articles_without_words_are_never_one_story(language):
    blank = [traits_of(report(headline, "", language=language)) for headline in ("?", "!", "")]

    assert not any(same_story(one, other) for one, other in itertools.combinations(blank, 2))


def test_stories_are_grouped_in_the_order_of_their_first_report():
    articles = {(name, article.headline): article for _, name, article in labelled("vi")}
    wanted = ["xe khách lật đèo Khau Pha", "cầu Vàm Trúc thông xe", "tôm chết Cù Lao Trên"]
    chosen = [(name, article) for (name, _), article in articles.items() if name in wanted]
    mixed = chosen[::2] + chosen[1::2]

    groups = group_stories([article for _, article in mixed])

    assert sorted(number for group in groups for number in group) == list(range(len(mixed)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert {frozenset(mixed[number][0] for number in group) for group in groups} == {
        frozenset([name]) for name in wanted
    }


def test_nothing_is_no_story():
    assert group_stories([]) == []
