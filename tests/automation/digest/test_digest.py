"""Runs of the digest: what they publish, and that each story runs once."""

import datetime as dt
import re
import shutil
import zipfile

import pytest

from publisher.automation.digest.outcome import Ending
from publisher.errors import ConfigError, InputError, StrictError
from publisher.pipeline import Bindery
from tests.automation.digests import NOW, SETTINGS, Desk, feed, feed_server, page

BRIDGE, CRANES, SILK, ISLAND, BOAT = (
    "Cầu Bến Lụa hợp long",
    "Sếu về bãi Cồn Muối",
    "Làng lụa nhuộm lại màu vỏ sú",
    "Trạm y tế đảo Hòn Trầm mổ cấp cứu trong bão",
    "Thuyền sách ngược sông Mây",
)


def words_of_book(path) -> str:
    """The words of all documents of an e-book."""
    with zipfile.ZipFile(path) as book:
        documents = [book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")]
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(documents)).split())


@pytest.fixture
def desk(tmp_path) -> Desk:
    """A desk with two pages for week 12."""
    desk = Desk(tmp_path)
    desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))
    desk.put("2026-W12", "seu.md", page(CRANES, "2026-03-18"))
    return desk


class TestPublishing:
    def test_the_last_complete_week_is_published(self, desk):
        outcome = desk.run()

        assert (outcome.ending, outcome.message) == (
            Ending.PUBLISHED,
            f"2026-W12 is published with 2 articles in {desk.issue('2026-W12')}",
        )
        assert sorted(path.name for path in desk.issue("2026-W12").iterdir()) == [
            "issue.json",
            "lam-chau-2026-W12.epub",
        ]
        assert desk.headlines("2026-W12") == [CRANES, BRIDGE]
        assert (desk.proof("2026-W12")["number"], desk.proof("2026-W12")["date"]) == ("12/2026", "2026-03-22")

    def test_a_second_run_changes_nothing(self, desk):
        desk.run()
        before = desk.files()

        outcome = desk.run()

        assert (outcome.ending, outcome.message) == (
            Ending.ALREADY_PUBLISHED,
            f"2026-W12 is published already: {desk.issue('2026-W12')}",
        )
        assert desk.files() == before

    def test_a_page_of_the_shelf_that_was_lost_is_back_after_it(self, desk):
        desk.run()
        before = desk.files()
        (desk.folder / "shelf" / "index.html").unlink()

        desk.run()

        assert desk.files() == before

    def test_rebuilt_it_has_the_same_bytes_though_its_pages_are_gone(self, desk):
        desk.run()
        before = desk.files()
        for path in (desk.folder / "pages" / "2026-W12").iterdir():
            path.unlink()

        outcome = desk.run(rebuild=True)

        assert (outcome.ending, outcome.message) == (Ending.PUBLISHED, "2026-W12 is made again: the same bytes")
        assert desk.files() == before

    def test_rebuilt_with_another_theme_it_keeps_its_articles(self, desk):
        desk.run()
        before = desk.files()
        desk.configure(SETTINGS + '[theme.options]\naccent = "#123456"\n[[outputs]]\nfile = "lon.epub"\n')

        outcome = desk.run(rebuild=True)

        assert outcome.message == "2026-W12 is made again: it has changed"
        assert desk.headlines("2026-W12") == [CRANES, BRIDGE]
        assert "issues/2026-W12/lon.epub" in desk.files().keys() - before.keys()

    def test_an_engine_is_expected_where_a_page_had_to_be_read_and_nowhere_else(self, desk, monkeypatch):
        expected = []
        monkeypatch.setattr(Bindery, "expect", lambda bindery: expected.append(bindery))

        for _ in range(2):
            desk.run()
            shutil.rmtree(desk.shelf)
            for path in desk.folder.glob("*.sqlite*"):
                path.unlink()

        assert len(expected) == 1

    def test_in_another_folder_and_at_another_time_it_has_the_same_bytes(self, desk, tmp_path_factory):
        other = Desk(tmp_path_factory.mktemp("other"))
        for path in (desk.folder / "pages" / "2026-W12").iterdir():
            other.put("2026-W12", path.name, path.read_text())

        desk.run()
        other.run(week="2026-W12", now=NOW + dt.timedelta(days=400))

        assert other.files() == desk.files()

    def test_what_is_not_published_cannot_be_rebuilt(self, desk):
        with pytest.raises(InputError) as raised:
            desk.run(rebuild=True)

        proof = desk.issue("2026-W12") / "issue.json"
        assert str(raised.value) == (
            f"cannot rebuild 2026-W12: cannot read the proof {proof}: no such file or directory."
        )

    def test_a_rehearsal_says_what_would_be_done_and_writes_nothing(self, desk):
        outcome, headlines = desk.rehearse()

        assert (outcome.ending, outcome.message, headlines) == (
            Ending.PUBLISHED,
            "2026-W12 would have 2 articles",
            [CRANES, BRIDGE],
        )
        assert {path.name for path in desk.folder.iterdir()} == {"digest.toml", "pages", "cache", "themes"}

    def test_a_rehearsal_knows_what_was_published(self, desk):
        desk.run()
        desk.put("2026-W13", "cau.md", page(BRIDGE, "2026-03-24"))
        before = desk.files()

        outcomes = [desk.rehearse(week)[0] for week in ("2026-W12", "2026-W13")]

        assert [outcome.ending for outcome in outcomes] == [Ending.ALREADY_PUBLISHED, Ending.NOTHING_NEW]
        assert outcomes[1].omissions[0].because == "issue 12/2026 ran it"
        assert desk.files() == before

    def test_a_rehearsal_knows_an_issue_that_the_ledger_alone_has(self, desk):
        """The shelf may keep so many issues and no more: a rehearsal says what a run says, word for word."""
        desk.run()
        shutil.rmtree(desk.issue("2026-W12"))

        outcome, headlines = desk.rehearse("2026-W12")

        assert (outcome.ending, outcome.message, headlines) == (
            Ending.ALREADY_PUBLISHED,
            "2026-W12 is published already: the ledger; the shelf keeps it no longer",
            [],
        )
        assert desk.run("2026-W12").message == outcome.message

    def test_a_rehearsal_by_a_clock_that_was_set_back_ends_as_a_run_does(self, desk):
        desk.run()
        desk.put("2026-W10", "lua.md", page(SILK, "2026-03-03"))
        before = NOW - dt.timedelta(days=14)

        outcome, headlines = desk.rehearse(now=before)
        ran = desk.run(now=before)

        assert (outcome.ending, outcome.message, outcome.warnings) == (ran.ending, ran.message, ran.warnings)
        assert (outcome.ending, headlines) == (Ending.ALREADY_PUBLISHED, [])
        assert desk.rehearse("2026-W10", before)[1] == [SILK]

    def test_its_events_tell_of_each_article(self, desk):
        desk.put("2026-W12", "lua.md", page(SILK, "2026-03-02"))

        desk.run()

        told = {(each.article, each.outcome, each.code) for each in desk.events if each.stage == "select"}
        assert told == {(BRIDGE, "in", None), (CRANES, "in", None), (SILK, "out", "outside-window")}
        assert all(each.time == NOW for each in desk.events)
        assert [each.message for each in desk.events if each.stage == "compile"] == ["compiled 2 articles"]
        assert {"read", "select", "compile", "make", "publish", "record", "shelf", "end"} <= {
            each.stage for each in desk.events
        }

    def test_the_cover_of_the_e_book_lies_beside_it(self, desk):
        desk.configure(SETTINGS.replace('name = "bare"', 'name = "compilation"'))

        desk.run()

        assert desk.proof("2026-W12")["cover"]["media_type"] == "image/png"
        assert (desk.issue("2026-W12") / "cover.png").read_bytes().startswith(b"\x89PNG")


class TestThreeWeeks:
    """Weeks that overlap, from folders and from a feed: no story runs twice."""

    def test_no_story_runs_twice(self, tmp_path):
        feeds = [
            feed((BRIDGE, "Tue, 17 Mar 2026"), (CRANES, "Wed, 18 Mar 2026")),
            feed((CRANES, "Wed, 18 Mar 2026"), (SILK, "Tue, 24 Mar 2026"), (BRIDGE, "Tue, 24 Mar 2026")),
            feed((SILK, "Tue, 24 Mar 2026"), (ISLAND, "Wed, 01 Apr 2026")),
        ]
        with feed_server({"/rss": feeds}) as server:
            desk = Desk(
                tmp_path,
                SETTINGS.replace("[[outputs]]", f'[[sources]]\nfrom = "{server}/rss"\n\n[[outputs]]')
                + '[fetch]\nallow_private = ["127.0.0.1"]\n',
            )
            desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))
            desk.put("2026-W13", "cau.md", page(BRIDGE, "2026-03-17"))
            desk.put("2026-W13", "thuyen.md", page(BOAT, "2026-03-26", related=BRIDGE))
            desk.put("2026-W14", "seu.md", page(CRANES, "2026-04-01"))
            endings = [desk.run(now=NOW + dt.timedelta(days=7 * number)).ending for number in range(3)]

        assert endings == [Ending.PUBLISHED] * 3
        assert [desk.headlines(week) for week in ("2026-W12", "2026-W13", "2026-W14")] == [
            [CRANES, BRIDGE],
            [BOAT, SILK],
            [ISLAND],
        ]
        assert {each["what"]: each["because"] for each in desk.proof("2026-W14")["omissions"]} == {
            CRANES: "issue 12/2026 ran it",
            SILK: "issue 13/2026 ran it",
        }

    def test_related_news_points_to_the_issue_that_ran_it_and_a_changed_story_says_so(self, desk):
        desk.run()
        desk.put("2026-W13", "cau.md", page(BRIDGE, "2026-03-17", extra="Cầu sẽ thông xe ngày 2/9."))
        desk.put("2026-W13", "thuyen.md", page(BOAT, "2026-03-26", related=CRANES))
        copied = page(BOAT, "2026-03-26").replace("lamchau.example", "bobac.example").replace("ngược", "lên nguồn")
        desk.put("2026-W13", "thuyen-2.md", copied.replace("mỗi em được mượn hai cuốn", "ai cũng được mượn"))

        desk.run("2026-W13")

        text = words_of_book(desk.issue("2026-W13") / "lam-chau-2026-W13.epub")
        assert "Cập nhật so với số 12/2026" in text
        assert f"{CRANES} Bài đầy đủ ở số 12/2026" in text
        assert "Báo khác cùng đưa tin Thuyền sách lên nguồn sông Mây" in text

    def test_a_feed_that_changes_between_two_runs_changes_no_issue(self, tmp_path):
        feeds = [feed((BRIDGE, "Tue, 17 Mar 2026")), feed((CRANES, "Wed, 18 Mar 2026"))]
        with feed_server({"/rss": feeds}) as server:
            desk = Desk(
                tmp_path, SETTINGS.replace("pages/{week}", f"{server}/rss") + '[fetch]\nallow_private = ["127.0.0.1"]\n'
            )
            desk.run()
            before = desk.files()
            endings = desk.run().ending, desk.run(rebuild=True).ending

        assert endings == (Ending.ALREADY_PUBLISHED, Ending.PUBLISHED)
        assert desk.files() == before

    def test_an_article_that_changed_since_is_marked(self, desk):
        desk.run()
        desk.put("2026-W13", "cau.md", page(BRIDGE, "2026-03-17", extra="Cầu sẽ thông xe ngày 2/9."))
        desk.put("2026-W13", "seu.md", page(CRANES, "2026-03-18"))

        desk.run("2026-W13")

        assert [(each["headline"], each["updated_since"]) for each in desk.proof("2026-W13")["articles"]] == [
            (BRIDGE, "12/2026")
        ]

    def test_or_left_out_when_the_settings_ask_for_it(self, desk):
        desk.configure(SETTINGS + '[selection]\nupdated = "drop"\n')
        desk.run()
        desk.put("2026-W13", "cau.md", page(BRIDGE, "2026-03-17", extra="Cầu sẽ thông xe ngày 2/9."))

        assert desk.run("2026-W13").ending == Ending.NOTHING_NEW

    def test_another_outlets_report_of_an_earlier_story_is_left_out(self, desk):
        desk.run()
        copied = page(BRIDGE, "2026-03-19").replace("lamchau.example", "bobac.example").replace("hợp long", "liền nhịp")
        desk.put("2026-W13", "cau.md", copied)
        desk.configure(SETTINGS + "[window]\ndays = 14\n")

        outcome = desk.run("2026-W13")

        assert outcome.ending == Ending.NOTHING_NEW
        assert [(each.reason, each.because) for each in outcome.omissions] == [
            ("told-before", "issue 12/2026 ran “Cầu Bến Lụa hợp long”")
        ]

    def test_reports_of_one_story_become_one_that_names_the_others(self, desk):
        copied = page(BRIDGE, "2026-03-17").replace("lamchau.example", "bobac.example").replace("hợp long", "liền nhịp")
        desk.put("2026-W12", "cau-2.md", copied)

        desk.run()

        assert sorted(desk.headlines("2026-W12")) in ([BRIDGE, CRANES], ["Cầu Bến Lụa liền nhịp", CRANES])

    def test_a_late_run_of_an_earlier_week_takes_nothing_that_a_later_one_ran(self, desk):
        desk.run()
        desk.put("2026-W11", "cau.md", page(BRIDGE, "2026-03-10"))
        desk.put("2026-W11", "lua.md", page(SILK, "2026-03-11"))

        assert desk.run("2026-W11").ending == Ending.PUBLISHED
        assert desk.headlines("2026-W11") == [SILK]


class TestPolicy:
    def test_an_empty_week_is_nothing_new(self, tmp_path):
        desk = Desk(tmp_path)
        (tmp_path / "pages" / "2026-W12").mkdir(parents=True)

        outcome = desk.run()

        assert (outcome.ending, outcome.message) == (Ending.NOTHING_NEW, "there is nothing new for 2026-W12")
        assert not desk.issue("2026-W12").exists()
        assert list((desk.shelf / "issues").iterdir()) == []

    def test_or_an_issue_that_says_so(self, tmp_path):
        desk = Desk(tmp_path)
        desk.configure(
            SETTINGS.replace('checks = "none"', 'checks = "none"\nempty = "publish"\nnotice = "Tuần này không có tin."')
        )
        (tmp_path / "pages" / "2026-W12").mkdir(parents=True)

        outcome = desk.run()

        assert outcome.ending == Ending.PUBLISHED
        assert desk.headlines("2026-W12") == []
        assert (desk.issue("2026-W12") / "lam-chau-2026-W12.epub").exists()

    def test_fewer_articles_than_the_minimum_are_no_issue(self, desk):
        desk.configure(SETTINGS.replace('checks = "none"', 'checks = "none"\nminimum = 3'))

        outcome = desk.run()

        assert (outcome.ending, outcome.message) == (
            Ending.NOTHING_NEW,
            "there is too little new for 2026-W12: 2 articles, and policy.minimum is 3",
        )

    def test_an_optional_source_that_fails_is_a_warning(self, desk):
        desk.configure(SETTINGS.replace("[[outputs]]", '[[sources]]\nfrom = "khong-co.md"\n\n[[outputs]]'))

        outcome = desk.run()

        assert outcome.ending == Ending.PUBLISHED_WITH_WARNINGS
        assert desk.headlines("2026-W12") == [CRANES, BRIDGE]
        assert [(each["what"], each["reason"]) for each in desk.proof("2026-W12")["omissions"]] == [
            ("khong-co.md", "source-failed")
        ]

    def test_a_required_one_stops_the_run(self, desk):
        desk.configure(
            SETTINGS.replace("[[outputs]]", '[[sources]]\nfrom = "khong-co.md"\nrequired = true\n\n[[outputs]]')
        )

        with pytest.raises(InputError, match=r"khong-co\.md"):
            desk.run()
        assert list((desk.shelf / "issues").iterdir()) == []

    def test_a_problem_stops_the_issue_when_the_policy_says_so(self, desk):
        desk.configure(SETTINGS.replace('checks = "none"', 'checks = "none"\nproblems = "stop"'))
        desk.put("2026-W12", "lua.md", page(SILK, "2026-03-18", extra="![Lụa](khong-co.jpg)"))

        with pytest.raises(StrictError, match=r"the issue is not published for one problem, as policy\.problems asks"):
            desk.run()
        assert list((desk.shelf / "issues").iterdir()) == []

    def test_a_shelf_is_for_one_series(self, desk):
        desk.run()
        desk.configure(SETTINGS.replace('"lam-chau"', '"khac"').replace("[files]", '[files]\nledger = "khac.sqlite"'))

        with pytest.raises(ConfigError, match="holds the series 'lam-chau', not 'khac'"):
            desk.run()


class TestNumbering:
    @pytest.mark.parametrize(
        ("numbering", "numbers"),
        [
            ("year-week", ["12/2026", "13/2026"]),
            ("week", ["12", "13"]),
            ("count", ["1", "2"]),
            ("none", [None, None]),
        ],
    )
    def test_issues_are_numbered_as_the_settings_say(self, desk, numbering, numbers):
        desk.configure(SETTINGS.replace('"vi"', f'"vi"\nnumber = "{numbering}"'))
        desk.put("2026-W13", "lua.md", page(SILK, "2026-03-24"))

        desk.run()
        desk.run("2026-W13")

        assert [desk.proof(week)["number"] for week in ("2026-W12", "2026-W13")] == numbers

    @pytest.mark.parametrize(
        ("now", "week", "day"),
        [
            ("2026-01-05T00:00:00+07:00", "2026-W01", "2025-12-29"),
            ("2027-01-04T00:00:00+07:00", "2026-W53", "2027-01-03"),
        ],
    )
    def test_a_week_across_the_new_year_is_one_issue(self, tmp_path, now, week, day):
        desk = Desk(tmp_path)
        desk.put(week, "cau.md", page(BRIDGE, day))

        outcome = desk.run(now=dt.datetime.fromisoformat(now))

        assert (outcome.ending, outcome.week) == (Ending.PUBLISHED, week)
        assert desk.proof(week)["number"] == f"{int(week[-2:])}/2026"
