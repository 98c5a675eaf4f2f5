"""Which articles make an issue: each rule by itself."""

import datetime as dt

import msgspec
import pytest

from publisher.automation.digest.selection import Candidate, select
from publisher.automation.issues.week import parse_week
from publisher.automation.ledger.memory import Memory, Remembered, encode_fingerprint
from publisher.automation.memo import content_digest
from publisher.config import Selection, Window
from publisher.model import AlsoIn, Article, Note, Paragraph, Teaser, Text
from tests.automation.digests import BODIES

WEEK = parse_week("2026-W12")
HEADLINES = list(BODIES)
THIS_WEEK = Window()


def article(number: int, day: int | None = 17, **fields: object) -> Article:
    """One of our five, of a day in March."""
    headline = HEADLINES[number]
    return Article(
        **{
            "headline": headline,
            "language": "vi",
            "published": dt.date(2026, 3, day) if day else None,
            "url": f"https://lamchau.example/{number}",
            "body": tuple(Paragraph(inlines=(Text(text=text),)) for text in BODIES[headline]),
            **fields,
        }
    )


def choose(*candidates: Article | Candidate, window: Window = THIS_WEEK, **rules: object):
    """The places of the articles chosen among ``HEADLINES``, and the reasons of the others."""
    found = [each if isinstance(each, Candidate) else Candidate(article=each) for each in candidates]
    chosen = select(found, Memory(()), WEEK, window, Selection(**rules))
    places = [HEADLINES.index(each.headline) for each in chosen.articles]
    return places, [omission.reason for omission in chosen.omissions]


@pytest.mark.parametrize(
    ("day", "window", "expected"),
    [
        (15, Window(), ([], ["outside-window"])),
        (16, Window(), ([0], [])),
        (22, Window(), ([0], [])),
        (23, Window(), ([], ["outside-window"])),
        (9, Window(days=14), ([0], [])),
        (8, Window(days=14), ([], ["outside-window"])),
        (None, Window(), ([0], [])),
        (None, Window(undated="drop"), ([], ["undated"])),
    ],
)
def test_the_window_is_the_days_that_end_with_the_sunday(day, window, expected):
    assert choose(article(0, day), window=window) == expected


def test_of_another_time_by_a_year_that_was_inferred_says_so():
    chosen = select([Candidate(article=article(0, 2, certainty="inferred"))], Memory(()), WEEK, Window(), Selection())

    assert [omission.because for omission in chosen.omissions] == [
        "it is of 2026-03-02, a year that was inferred, and the issue of 2026-03-16 to 2026-03-22"
    ]


def test_an_article_that_was_updated_in_the_window_is_of_this_time():
    assert choose(article(0, 2, updated=dt.date(2026, 3, 18))) == ([0], [])


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"keywords": ("bến phà",)}, ([0], ["no-keyword"])),
        ({"keywords": ("BẾN PHÀ", "sếu đầu đỏ")}, ([1, 0], [])),
        ({"keywords": ("hà",)}, ([], ["no-keyword", "no-keyword"])),
        ({"without": ("cồn muối",)}, ([0], ["excluded-words"])),
    ],
)
def test_words_are_looked_for_whole_and_whatever_their_case(rules, expected):
    places, reasons = choose(article(0, 17), article(1, 18), **rules)

    assert (places, reasons) == expected


def test_the_order_is_by_section_then_by_day_and_what_has_no_day_comes_last():
    candidates = [
        Candidate(article=article(0, 17), section="Đời sống"),
        Candidate(article=article(1, None), section="Thời sự"),
        Candidate(article=article(2, 18), section="Thời sự"),
        Candidate(article=article(3, 19), section="Thời sự"),
        Candidate(article=article(4, 20)),
    ]

    orders = [
        choose(*candidates, sections=("Thời sự", "Đời sống"), order=order)[0] for order in ("newest", "oldest", "given")
    ]

    assert orders == [[3, 2, 1, 0, 4], [2, 3, 1, 0, 4], [1, 2, 3, 0, 4]]


def test_limits_hold_for_sources_sections_and_the_issue():
    candidates = [
        Candidate(article=article(0, 22), source=0, source_limit=1, section="A"),
        Candidate(article=article(1, 21), source=0, source_limit=1, section="A"),
        Candidate(article=article(2, 20), source=1, section="A"),
        Candidate(article=article(3, 19), source=1, section="B"),
        Candidate(article=article(4, 18), source=1, section="B"),
    ]

    assert choose(*candidates) == ([0, 2, 3, 4], ["source-limit"])
    assert choose(*candidates, section_limit=1) == ([0, 3], ["source-limit", "section-limit", "section-limit"])
    assert choose(*candidates, limit=2) == ([0, 2], ["source-limit", "issue-limit", "issue-limit"])


def test_of_an_article_that_came_twice_the_fuller_stays_at_the_place_of_the_first():
    short = article(0, body=())
    chosen = select(
        [Candidate(article=short, section="A"), Candidate(article=article(0), section="B")],
        Memory(()),
        WEEK,
        Window(),
        Selection(),
    )

    assert (chosen.articles, chosen.notes) == ((article(0),), {short.key: Note(section="A")})
    assert [omission.reason for omission in chosen.omissions] == ["same-article"]


def test_reports_of_one_story_become_one_that_names_the_others():
    lead = article(0, standfirst="Hai nửa cầu Bến Lụa gặp nhau giữa sông Mây.", publication="Lam Châu")
    other = article(0, headline="Cầu Bến Lụa liền nhịp", url="https://bobac.example/1", publication="Bờ Bắc")

    chosen = select([Candidate(article=other), Candidate(article=lead)], Memory(()), WEEK, Window(), Selection())

    report = AlsoIn(headline=other.headline, publication="Bờ Bắc", url=other.url, language="vi")
    assert (chosen.articles, chosen.notes) == ((lead,), {lead.key: Note(also=(report,))})
    assert chosen.omissions == ()


def remembered(ran: Article) -> Remembered:
    return Remembered(
        week="2026-W11",
        number="11/2026",
        key=ran.key,
        sha256=content_digest(ran),
        headline=ran.headline,
        url=ran.url,
        fingerprint=encode_fingerprint(ran),
    )


def test_a_page_without_an_address_that_was_dated_anew_is_no_other_article():
    ran = article(0, 9, url=None)
    again = article(0, 17, url=None)
    longer = article(
        0, 18, url=None, body=(*ran.body, Paragraph(inlines=(Text(text="Cầu mở cho xe máy từ thứ hai."),)))
    )
    elsewhere = article(0, 17, url="https://bobac.example/1")
    memory = Memory([remembered(ran)])

    def choice(found):
        chosen = select([Candidate(article=found)], memory, WEEK, Window(), Selection())
        return [omission.reason for omission in chosen.omissions], chosen.notes

    assert choice(again) == (["ran-before"], {})
    assert choice(elsewhere) == (["ran-before"], {})
    assert choice(longer) == ([], {longer.key: Note(updated_since="11/2026")})


def test_sponsored_teasers_go_when_the_rules_say_so():
    teasers = (Teaser(headline="Phà"), Teaser(headline="Căn hộ", sponsored=True))
    sponsored = article(0, related=teasers)

    kept = [
        select([Candidate(article=sponsored)], Memory(()), WEEK, Window(), Selection(sponsored=what)).articles[0]
        for what in ("mark", "drop")
    ]

    assert kept == [sponsored, msgspec.structs.replace(sponsored, related=teasers[:1])]


def test_of_nothing_comes_nothing():
    assert choose() == ([], [])
