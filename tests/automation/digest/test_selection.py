"""Which articles make an issue: each rule by itself."""

import datetime as dt
from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.automation.digest.selection import Candidate, select
from publisher.automation.issues.week import parse_week
from publisher.automation.ledger.memory import Memory, Remembered, encode_fingerprint
from publisher.compiling import compile_issue, content_digest
from publisher.config import Selection, Window
from publisher.model import AlsoIn, Article, IssuePlan, Note, Omission, Paragraph, Teaser, Text
from tests.automation.digests import BODIES
from tests.compiling.labelled import labelled

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


NO_MEMORY = Memory(())


def left_out(found: Article, memory: Memory = NO_MEMORY, window: Window = THIS_WEEK, **rules: object):
    """Why an article is left out, as its reader is told; ``None`` when it is not."""
    omissions = select([Candidate(article=found)], memory, WEEK, window, Selection(**rules)).omissions
    return omissions[0].because if omissions else None


OF_ANOTHER_TIME = "and the issue of 2026-03-16 to 2026-03-22"


@pytest.mark.parametrize(
    ("found", "asked", "because"),
    [
        (article(0, 2), {}, f"it is of 2026-03-02, {OF_ANOTHER_TIME}"),
        (article(0, 2, certainty="inferred"), {}, f"it is of 2026-03-02, a year that was inferred, {OF_ANOTHER_TIME}"),
        (article(0, None), {"window": Window(undated="drop")}, "it has no date"),
        (article(0), {"drop": (HEADLINES[0],)}, "an editor left it out"),
        (article(0), {"without": ("bến phà",)}, "it has the words 'bến phà'"),
        (article(0), {"keywords": ("bến xe",)}, "none of the keywords occurs in it"),
    ],
)
def test_of_what_is_left_out_the_desk_reads_why(found, asked, because):
    """By these sentences an editor finds the rule that is to be changed."""
    assert left_out(found, **asked) == because


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


@pytest.mark.parametrize("name", ["https://lamchau.example/0", HEADLINES[0].upper()])
def test_what_an_editor_took_goes_in_and_what_was_dropped_does_not(name):
    late = article(0, day=1)
    limits = {"keywords": ("không có",), "limit": 1, "section_limit": 1}

    assert choose(late, article(1), take=(name,)) == ([1, 0], [])
    assert choose(late, article(1), article(2), take=(name,), **limits) == ([0], ["no-keyword", "no-keyword"])
    assert choose(article(0), article(1), drop=(name,)) == ([1], ["dropped"])
    assert choose(article(0), article(1), drop=(name,), take=(name,)) == ([1], ["dropped"])
    assert choose(article(1), article(2), late, take=(name,), limit=1) == ([1, 0], ["issue-limit"])


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


def test_sections_that_articles_name_or_share_by_kicker_count_as_those_of_sources_do():
    candidates = [
        Candidate(article=article(0, 22, section="Đời sống"), section="Thời sự"),
        Candidate(article=article(1, 21, kicker="Giao thông")),
        Candidate(article=article(2, 20, kicker="Giao thông")),
        Candidate(article=article(3, 19), section="đời sống"),
    ]

    chosen = select(
        candidates,
        Memory(()),
        WEEK,
        Window(),
        Selection(sections=("Giao thông",), sections_by="kicker", section_limit=1),
    )

    assert [note.section for note in chosen.notes.values()] == ["Giao thông", "Đời sống"]
    assert [omission.because for omission in chosen.omissions] == ["its section has 1 already"] * 2


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


@pytest.mark.parametrize(("limit", "expected"), [(2, [0, 1]), (3, [0, 1, 2]), (4, [0, 1, 2])])
def test_as_many_go_in_as_a_source_or_a_section_may_have_and_no_fewer(limit, expected):
    found = [Candidate(article=article(number), source_limit=limit, section="A") for number in range(3)]
    unlimited = [msgspec.structs.replace(each, source_limit=None) for each in found]

    assert choose(*found, order="given")[0] == expected
    assert choose(*unlimited, order="given", section_limit=limit)[0] == expected


@pytest.mark.parametrize("fuller_first", [True, False])
def test_of_an_article_that_came_twice_the_one_that_tells_less_is_said_to_be_left_out(fuller_first):
    short, full = article(0, body=(), headline="Cầu Bến Lụa"), article(0)
    found = [Candidate(article=each) for each in ((full, short) if fuller_first else (short, full))]

    chosen = select(found, Memory(()), WEEK, Window(), Selection())

    because = f"it came more than once; “{full.headline}” is fuller and was kept"
    assert chosen.articles == (full,)
    assert [(each.what, each.because) for each in chosen.omissions] == [(short.headline, because)]


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


def test_of_an_article_that_came_twice_the_fuller_keeps_its_page():
    """A page that ran is no news when a later version of the program reads it otherwise."""
    memory = Memory([msgspec.structs.replace(remembered(article(0, 9)), source="new page", sha256="as read before")])
    found = [Candidate(article=article(0, body=()), data="old page"), Candidate(article=article(0), data="new page")]

    chosen = select(found, memory, WEEK, Window(), Selection())

    assert [omission.reason for omission in chosen.omissions] == ["same-article", "ran-before"]


def report(number: int, day: int = 17, **fields: object) -> Article:
    """The first of our five as the outlet of that number tells it; each tells less than the one before."""
    return article(
        0,
        day,
        url=f"https://bao{number}.example/cau",
        publication=f"Báo {number}",
        **{
            "headline": f"Cầu Bến Lụa hợp long, báo {number}",
            "standfirst": "Cầu Bến Lụa liền nhịp. " * (5 - number),
            **fields,
        },
    )


def also_in(other: Article) -> AlsoIn:
    return AlsoIn(headline=other.headline, publication=other.publication, url=other.url, language="vi")


def test_a_hospitals_opening_and_the_price_of_coffee_are_two_articles_whatever_figures_they_share():
    by_headline = {each.article.headline: each.article for each in labelled("hard")}
    hospital, coffee = (
        msgspec.structs.replace(by_headline[headline], url=f"https://{number}.example/")
        for number, headline in enumerate(("Hospital opens a children's ward", "Coffee prices climb again"))
    )

    chosen = select([Candidate(article=each) for each in (hospital, coffee)], Memory(()), WEEK, Window(), Selection())

    assert (chosen.articles, chosen.notes, chosen.omissions) == ((hospital, coffee), {}, ())


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_fullest_report_leads_and_names_the_others_in_their_order(order):
    found = [Candidate(article=report(number)) for number in order]

    chosen = select(found, Memory(()), WEEK, Window(), Selection())

    others = tuple(also_in(report(number)) for number in order if number != 0)
    assert (chosen.articles, chosen.notes) == ((report(0),), {report(0).key: Note(also=others)})
    assert chosen.omissions == ()


def test_of_reports_that_are_equally_full_the_first_leads():
    first, second = (
        report(3, headline="Cầu Bến Lụa hợp long"),
        report(2, headline="Cầu Bến Lụa liền", standfirst=report(3).standfirst),
    )

    for found in ([first, second], [second, first]):
        chosen = select([Candidate(article=each) for each in found], Memory(()), WEEK, Window(), Selection())
        assert chosen.articles == (found[0],)


def test_a_report_that_was_updated_since_leads_a_fuller_one():
    updated, fuller = report(3), report(0)
    memory = Memory([remembered(report(3, day=9, body=()))])

    chosen = select([Candidate(article=fuller), Candidate(article=updated)], memory, WEEK, Window(), Selection())

    assert chosen.articles == (updated,)
    assert chosen.notes == {updated.key: Note(updated_since="11/2026", also=(also_in(fuller),))}


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        pytest.param(("A", "B", "C"), "A", id="the lead's own"),
        pytest.param((None, "B", "C"), "C", id="else that of the first that has one"),
        pytest.param((None, "B", None), "B", id="whoever that is"),
        pytest.param((None, None, None), None, id="else none"),
    ],
)
def test_a_story_stands_in_the_section_of_its_lead_or_else_of_the_first_that_has_one(sections, expected):
    lead, middle, last = (Candidate(article=report(n), section=sections[n]) for n in range(3))

    chosen = select([last, middle, lead], Memory(()), WEEK, Window(), Selection())

    assert chosen.articles == (lead.article,)
    assert chosen.notes[lead.article.key].section == expected


def test_a_story_stands_where_its_first_report_came_and_counts_for_its_leads_source():
    found = [
        Candidate(article=report(1), source=0, source_limit=1),
        Candidate(article=article(1), source=1, source_limit=1),
        Candidate(article=report(0), source=1, source_limit=1),
    ]

    chosen = select(found, Memory(()), WEEK, Window(), Selection(order="given"))

    assert chosen.articles == (report(0),)
    assert [(each.what, each.because) for each in chosen.omissions] == [
        (article(1).headline, "its source has 1 already")
    ]


def test_with_an_article_those_are_left_out_that_would_stand_under_it():
    found = [Candidate(article=article(1)), Candidate(article=report(0)), Candidate(article=report(1))]

    chosen = select(found, Memory(()), WEEK, Window(), Selection(order="given", limit=1))

    assert chosen.omissions == (
        Omission(what=report(0).headline, url=report(0).url, reason="issue-limit", because="the issue has 1 already"),
        Omission(
            what=report(1).headline,
            url=report(1).url,
            reason="issue-limit",
            because=f"it would stand under “{report(0).headline}”, which is left out: the issue has 1 already",
        ),
    )


@pytest.mark.parametrize(
    ("copy", "stands_under"),
    [
        pytest.param({"url": "https://lamchau.example/in/0"}, False, id="another address of one outlet"),
        pytest.param({"url": None, "published": dt.date(2026, 3, 21)}, False, id="no address, dated anew"),
        pytest.param(
            {"url": "https://lamchau.example/in?of=https://bobac.example/0"}, False, id="one that names another's"
        ),
        pytest.param({"url": "https://bobac.example/0"}, True, id="another outlet's address"),
        pytest.param({"url": None, "publication": "Bờ Bắc"}, True, id="another outlet's name"),
    ],
)
def test_a_copy_of_one_outlet_is_left_out_and_another_outlets_is_named(copy, stands_under):
    same = article(0, body=article(0).body[:1], **copy)

    chosen = select([Candidate(article=same), Candidate(article=article(0))], Memory(()), WEEK, Window(), Selection())

    double = Omission(
        what=same.headline,
        url=same.url,
        reason="same-article",
        because=f"it came more than once; “{same.headline}” is fuller and was kept",
    )
    assert chosen.articles == (article(0),)
    assert chosen.notes == ({article(0).key: Note(also=(also_in(same),))} if stands_under else {})
    assert chosen.omissions == (() if stands_under else (double,))


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


def test_an_article_that_changed_is_news_where_its_page_did_and_the_rules_have_it_so():
    ran = msgspec.structs.replace(remembered(article(0, 9)), source="page", sha256="as it was")
    found = article(0)

    def notes(data: str | None, **rules: object):
        return select([Candidate(article=found, data=data)], Memory([ran]), WEEK, Window(), Selection(**rules)).notes

    news = {found.key: Note(updated_since="11/2026")}
    assert [notes("another page"), notes(None), notes("page")] == [news, news, {}]
    assert notes("another page", updated="drop") == {}
    assert left_out(found, Memory([ran]), updated="drop") == "issue 11/2026 ran it"


def test_a_story_that_another_outlet_told_before_is_not_told_again():
    ran = report(0, 13)

    assert left_out(report(1, 16), Memory([remembered(ran)])) == f"issue 11/2026 ran “{ran.headline}”"


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


REPORTS = st.builds(
    article,
    st.integers(0, 4),
    st.sampled_from([None, 15, 16, 18, 22]),
    url=st.sampled_from(
        [None, *(f"https://{outlet}.example/{n}" for outlet in ("lamchau", "bobac") for n in range(3))]
    ),
    publication=st.sampled_from([None, "Lam Châu", "Bờ Bắc"]),
    standfirst=st.sampled_from([None, "Tin thêm về cầu Bến Lụa và sếu ở Cồn Muối."]),
)
RETOLD = st.builds(
    lambda found, headline: msgspec.structs.replace(found, headline=headline),
    REPORTS,
    st.sampled_from(["Cầu Bến Lụa nối hai bờ sông Mây", "214 con sếu đầu đỏ ở Cồn Muối", "?"]),
)
CUT = st.builds(lambda found: msgspec.structs.replace(found, body=found.body[:1]), REPORTS)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        article=REPORTS | RETOLD | CUT,
        section=st.sampled_from([None, "A", "B"]),
        source=st.integers(0, 2),
        source_limit=st.sampled_from([None, None, 1, 3]),
    ),
    max_size=14,
)
WORDS = st.sampled_from([(), ("sếu", "cầu"), ("bến phà",)])
LIMITS = st.sampled_from([None, 1, 2, 4])
RULES = st.builds(
    Selection,
    keywords=WORDS,
    without=WORDS,
    sections=st.sampled_from([(), ("B", "A")]),
    order=st.sampled_from(["given", "newest", "oldest"]),
    limit=LIMITS,
    section_limit=LIMITS,
    updated=st.sampled_from(["mark", "drop"]),
)


@given(
    CANDIDATES,
    st.lists(REPORTS, max_size=3),
    st.builds(Window, days=st.sampled_from([7, 14]), undated=st.sampled_from(["keep", "drop"])),
    RULES,
)
def test_every_candidate_is_in_the_issue_or_under_another_or_left_out_exactly_once(found, ran, window, rules):
    chosen = select(found, Memory(map(remembered, ran)), WEEK, window, rules)
    issue = compile_issue(chosen.articles, IssuePlan(notes=chosen.notes)) if chosen.articles else None

    placed = issue.articles if issue else ()
    said = [(each.article.headline, each.article.url) for each in placed]
    said += [(each.headline, each.url) for one in placed for each in one.note.also]
    said += [(each.what, each.url) for each in chosen.omissions]
    assert Counter(said) == Counter((each.article.headline, each.article.url) for each in found)
    assert issue is None or issue.omissions == ()
