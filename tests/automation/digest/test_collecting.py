"""What each source of the settings gives, and what is said of one that fails."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.automation.digest.collecting import Collected, collect, is_not_made, require_sources, shown_name
from publisher.automation.digest.commission import Commission
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.issues.proof import sha256
from publisher.automation.issues.week import parse_week
from publisher.automation.ledger.memory import Memory
from publisher.automation.log import Log
from publisher.config import Place, Selection, Window, load_settings
from publisher.errors import InputError
from publisher.fetching import Web
from publisher.model import Omission, Problem
from publisher.pipeline import Gathered, Means
from publisher.reading import read
from tests.archive.pages import added
from tests.automation.digests import BODIES, SETTINGS, page
from tests.fetching.serving import body, serving

BRIDGE, CRANES, SILK, DOCTOR, BOAT = BODIES
NOW = dt.datetime(2026, 3, 23, tzinfo=dt.UTC)
NO_MORE = Means()


class Desk:
    """A folder of pages, and what is said while they are collected."""

    def __init__(self, folder):
        (folder / "digest.toml").write_text(SETTINGS)
        self.settings = load_settings(folder / "digest.toml")
        self.folder = folder
        self.said = []
        self.log = Log(lambda: NOW, self.said.append)

    def put(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def collect(self, *places, means=NO_MORE, outlets=None, **tables):
        settings = replace(self.settings, sources=places, **tables)
        week = parse_week("2026-W12")
        commission = Commission(settings=settings, week=week, number="12/2026", memory=Memory(()))
        by = Surroundings(home=self.folder, clock=lambda: NOW, outlets=outlets)
        return collect(commission, means, by, self.log)

    def place(self, name, **fields):
        return Place(from_=str(self.folder / name), **fields)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_candidates_come_in_the_order_of_the_settings_with_what_those_say_of_them(desk):
    bridge = desk.put("2026-W12/cau.md", page(BRIDGE, "2026-03-17"))
    cranes = desk.put("tin-12-2026/seu.md", page(CRANES, "2026-03-18"))

    collected = desk.collect(desk.place("tin-{number}", section="B", limit=3), desk.place("{week}"))

    assert [
        (each.article.headline, each.section, each.data, each.source, each.source_limit)
        for each in collected.candidates
    ] == [
        (CRANES, "B", sha256(cranes.read_bytes()), 0, 3),
        (BRIDGE, None, sha256(bridge.read_bytes()), 1, None),
    ]
    assert [source.name for source in collected.gathered.sources] == [str(cranes), str(bridge)]
    assert [article.headline for article in collected.gathered.articles] == [CRANES, BRIDGE]


def test_what_is_read_is_told_with_each_article_and_the_time_it_took(desk):
    desk.put("2026-W12/cau.md", page(BRIDGE, "2026-03-17"))

    desk.collect(desk.place("{week}"))

    told = [(each.stage, each.outcome, each.message, each.article, each.seconds is not None) for each in desk.said]
    assert told == [
        ("read", "ok", "2026-W12/cau.md", BRIDGE, True),
        ("read", "ok", "2026-W12: one article", None, True),
    ]
    assert all(0 <= each.seconds < 600 for each in desk.said)


def test_an_article_of_another_time_is_left_out_before_it_is_fetched_in_full(desk):
    desk.put("2026-W12/cau.md", page(BRIDGE, "2026-03-17"))
    desk.put("2026-W12/seu.md", page(CRANES, "2026-02-02"))

    collected = desk.collect(desk.place("{week}"))

    assert [each.article.headline for each in collected.candidates] == [BRIDGE]
    assert [(each.what, each.reason) for each in collected.gathered.omissions] == [(CRANES, "outside-window")]
    assert desk.said[-1].message == "2026-W12: one article, 1 left out"


def test_a_folder_without_a_page_is_a_week_without_news(desk):
    (desk.folder / "2026-W12").mkdir()

    collected = desk.collect(desk.place("{week}"))

    assert (collected.candidates, collected.gathered.omissions, desk.log.warnings) == ((), (), [])


def test_a_source_that_fails_is_an_omission_that_does_not_say_where_folders_lie(desk):
    desk.put("2026-W12/cau.md", page(BRIDGE, "2026-03-17"))

    collected = desk.collect(desk.place("pages/khong-co.md"), desk.place("{week}"))

    (omission,) = collected.gathered.omissions
    (warning,) = desk.log.warnings
    assert [each.article.headline for each in collected.candidates] == [BRIDGE]
    assert omission == Omission(
        what="pages/khong-co.md",
        reason="source-failed",
        because=warning.replace(str(desk.folder / "pages/khong-co.md"), "pages/khong-co.md"),
    )
    assert str(desk.folder) in warning
    assert [(each.stage, each.outcome, each.code) for each in desk.said[:1]] == [("read", "warning", "source-failed")]


def test_one_that_is_required_ends_the_run(desk):
    with pytest.raises(InputError, match=r"khong-co\.md"):
        desk.collect(desk.place("khong-co.md", required=True))
    assert desk.log.warnings == []


def test_what_an_editor_took_is_read_whatever_its_day(desk):
    desk.put("2026-W12/seu.md", page(CRANES, "2026-02-02"))

    collected = desk.collect(desk.place("{week}"), selection=Selection(take=(CRANES,)))

    assert [each.article.headline for each in collected.candidates] == [CRANES]


def test_a_folder_of_which_no_file_can_be_read_is_no_week_without_news(desk):
    """Taken for one, an issue would be missing and nobody told."""
    (desk.folder / "2026-W12").mkdir()
    (desk.folder / "2026-W12" / "cau.md").symlink_to("khong-co.md")

    collected = desk.collect(desk.place("{week}"))

    assert [(each.what, each.reason) for each in collected.gathered.omissions] == [("2026-W12", "source-failed")]


def test_one_file_of_a_folder_that_cannot_be_read_costs_no_other(desk):
    desk.put("2026-W12/cau.md", page(BRIDGE, "2026-03-17"))
    (desk.folder / "2026-W12" / "seu.md").symlink_to("khong-co.md")

    collected = desk.collect(desk.place("{week}"))

    assert [each.article.headline for each in collected.candidates] == [BRIDGE]
    assert [(each.code, each.where) for each in collected.gathered.problems] == [("no-article", "seu.md")]


def test_a_folder_that_nobody_made_is_a_failure_where_the_issue_waits_for_it(desk):
    assert desk.collect(desk.place("{week}")) == Collected()
    assert desk.log.warnings == []
    with pytest.raises(InputError, match="2026-W12"):
        desk.collect(desk.place("{week}", required=True))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("pages/{week}", True, id="a folder for each issue"),
        pytest.param("pages/{year}/{number}", True, id="two of them"),
        pytest.param("pages/{week}.md", False, id="a file, which somebody was to write"),
        pytest.param("page/{week}", False, id="in a folder that is not there"),
        pytest.param("pages/tuan", False, id="one folder for all, which is not there"),
        pytest.param("pages/made-{week}", False, id="which was made"),
        pytest.param("pages/cau.md/{week}", False, id="which cannot be looked at"),
    ],
)
def test_only_the_folder_of_an_issue_may_be_missing(desk, name, expected):
    """Anything else that is not there is a mistake in the settings, of which the desk is told."""
    desk.put("pages/cau.md", "Cầu")
    desk.put("pages/made-2026-W12/cau.md", "Cầu")
    place = desk.place(name)

    assert is_not_made(place, place.from_.format(week="2026-W12", year=2026, number=12)) == expected


def test_nothing_is_put_into_an_address(desk):
    url = "https://lamchau.example/rss?of={all}"

    collected = desk.collect(Place(from_=url))

    assert [(each.what, each.reason) for each in collected.gathered.omissions] == [(url, "source-failed")]


def test_each_page_is_read_with_its_sources_profile_or_else_with_the_users_for_its_host(desk):
    """With another outlet's words a byline is taken for text, and a teaser for a heading."""
    desk.put("2026-W12/cau.md", page(BRIDGE, "2026-03-17"))
    chosen = desk.put("bao.toml", 'hosts = ["bao.example"]')
    desk.put("outlets/lamchau.toml", 'hosts = ["lamchau.example"]')
    given = []

    def reading(source, profile, corrections):
        given.append(profile and profile.hosts)
        return read(source, profile, corrections)

    for outlet in (chosen, None):
        place = desk.place("{week}", outlet=outlet)
        desk.collect(place, means=Means(read=reading), outlets=desk.folder / "outlets")

    assert given == [("bao.example",), None, ("lamchau.example",)]


def test_a_feeds_pages_are_fetched_where_the_place_says_so_and_the_feed_alone_is_told(desk):
    page_of_bridge = f"<article><h1>{BRIDGE}</h1>{''.join(f'<p>{text}</p>' * 3 for text in BODIES[BRIDGE])}</article>"
    with serving() as server:
        item = f"<item><title>{BRIDGE}</title><link>{server.url('/cau')}</link><description>Tin.</description></item>"
        feed = f"<rss version='2.0'><channel><title>Báo</title>{item}</channel></rss>"
        server.answers["/rss"] = body(feed.encode(), "application/rss+xml")
        server.answers["/cau"] = body(page_of_bridge.encode(), "text/html; charset=utf-8")
        means = Means(web=Web(lambda: NOW, allow_private=("127.0.0.1",)))
        url = server.url("/rss")

        collected = [desk.collect(Place(from_=url, articles=articles), means=means) for articles in (False, True)]

    assert [len(each.candidates[0].article.body) for each in collected] == [1, 5]
    assert [(each.message, each.article) for each in desk.said] == [
        (url, BRIDGE),
        (f"{url}: one article", None),
        (url, BRIDGE),
        (f"{url}: one article", None),
    ]


def test_an_archive_gives_what_is_of_the_issues_days_and_what_has_no_day_where_that_is_kept(desk):
    days = {BRIDGE: "2026-03-15", CRANES: "2026-03-16", SILK: "2026-03-22", DOCTOR: "2026-03-23"}
    for number, (headline, day) in enumerate(days.items()):
        desk.put(f"pages/{number}.md", page(headline, day))
    desk.put("pages/4.md", page(BOAT, "2026-03-17").replace("date: 2026-03-17\n", ""))
    added(desk.folder / "news", desk.folder / "pages")
    desk.put("2026-W12/cau.md", page(BRIDGE, "2026-03-17"))
    archive = Place(from_=f"archive:{desk.folder}/news", section="B", limit=3)

    def headlines(**window):
        collected = desk.collect(desk.place("{week}"), archive, window=Window(**window))
        of_archive = collected.candidates[1:]
        assert {(each.section, each.source, each.source_limit) for each in of_archive} == {("B", 1, 3)}
        assert all(each.data for each in of_archive)
        return [each.article.headline for each in of_archive]

    assert headlines() == [CRANES, SILK, BOAT]
    assert headlines(undated="drop") == [CRANES, SILK]
    assert headlines(undated="drop", days=8) == [BRIDGE, CRANES, SILK]


def test_the_problems_of_all_sources_are_kept_in_their_order(desk):
    for name in ("a", "b"):
        desk.put(f"{name}/cau.md", page(BRIDGE, "2026-03-17"))
        desk.put(f"{name}/{name}.txt", "")

    problems = desk.collect(desk.place("a"), desk.place("b")).gathered.problems

    assert [(each.code, each.where) for each in problems] == [("no-article", "a.txt"), ("no-article", "b.txt")]


EMPTY = Omission(what="phà.md", reason="source-failed", because="it is empty")
RAN = Omission(what="Phà", reason="ran-before", because="issue 11/2026 ran it")


@pytest.mark.parametrize(
    ("omissions", "codes", "message"),
    [
        pytest.param((), (), None, id="nothing"),
        pytest.param((RAN,), ("missing-picture",), None, id="nothing that is missing"),
        pytest.param((RAN, EMPTY), (), "one source failed. The first: it is empty", id="a source"),
        pytest.param((), ("missing-picture", "no-article"), "one source failed. The first: no-article of b", id="page"),
        pytest.param((), ("compiling-failed",), "one source failed. The first: compiling-failed of a", id="article"),
        pytest.param(
            (EMPTY,), ("reader-failed",), "2 sources failed. The first: it is empty", id="a source and a page"
        ),
    ],
)
def test_an_issue_is_empty_for_want_of_news_only_where_no_source_failed(omissions, codes, message):
    problems = tuple(Problem(code=code, message=f"{code} of {name}") for code, name in zip(codes, "ab", strict=False))
    collected = Collected(gathered=Gathered(omissions=omissions, problems=problems))

    if message is None:
        require_sources("there is nothing new", collected)
        return
    with pytest.raises(InputError) as raised:
        require_sources("there is nothing new", collected)
    assert str(raised.value) == f"there is nothing new, and {message}"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/tin/pages/cau.md", "pages/cau.md"),
        ("/khac/cau.md", "cau.md"),
        ("https://lamchau.example/rss", "https://lamchau.example/rss"),
    ],
)
def test_a_source_is_called_by_what_is_not_of_this_machine(name, shown):
    assert shown_name(name, Path("/tin")) == shown
