"""What each source of the settings gives, and what is said of one that fails."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.automation.digest.collecting import collect, shown_name
from publisher.automation.digest.commission import Commission
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.issues.proof import sha256
from publisher.automation.issues.week import parse_week
from publisher.automation.ledger.memory import Memory
from publisher.automation.log import Log
from publisher.config import Place, load_settings
from publisher.errors import InputError
from publisher.model import Omission
from publisher.pipeline import Means
from tests.automation.digests import SETTINGS, page

BRIDGE, CRANES = "Cầu Bến Lụa hợp long", "Sếu về bãi Cồn Muối"


class Desk:
    """A folder of pages, and what is said while they are collected."""

    def __init__(self, folder):
        (folder / "digest.toml").write_text(SETTINGS)
        self.settings = load_settings(folder / "digest.toml")
        self.folder = folder
        self.said = []
        self.log = Log(lambda: dt.datetime(2026, 3, 23, tzinfo=dt.UTC), self.said.append)

    def put(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def collect(self, *places):
        settings = replace(self.settings, sources=places)
        week = parse_week("2026-W12")
        commission = Commission(settings=settings, week=week, number="12/2026", memory=Memory(()))
        by = Surroundings(home=self.folder, clock=lambda: dt.datetime(2026, 3, 23, tzinfo=dt.UTC))
        return collect(commission, Means(), by, self.log)

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
