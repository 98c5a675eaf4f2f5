"""``publisher digest`` and ``publisher verify`` as they are typed: what they print, and how they end."""

import json

import pytest

from publisher.automation.lock import locked
from publisher.config import starter
from tests.automation.digest.test_digest import BRIDGE, CRANES
from tests.automation.digests import SETTINGS, Desk, page
from tests.cli.running import run

WEEK = "2026-W12"


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.setenv("HOME", str(tmp_path))
    desk = Desk(tmp_path, SETTINGS)
    desk.put(WEEK, "cau.md", page(BRIDGE, "2026-03-17"))
    return desk


def digest(desk: Desk, *arguments: object):
    return run("digest", desk.folder / "digest.toml", "--week", WEEK, *arguments)


class TestExitCodes:
    """Those that a scheduler can branch on, one by one."""

    def test_published(self, desk):
        result = digest(desk)

        assert (result.exit_code, result.stdout) == (
            0,
            f"2026-W12 is published with one article in {desk.issue(WEEK)}\n",
        )

    def test_already_published(self, desk):
        digest(desk)
        result = digest(desk)

        assert (result.exit_code, result.stdout) == (22, f"2026-W12 is published already: {desk.issue(WEEK)}\n")

    def test_nothing_new(self, desk):
        digest(desk)
        result = run("digest", "run", desk.folder / "digest.toml", "--week", "2026-W11")

        assert (result.exit_code, result.stdout) == (21, "there is nothing new for 2026-W11\n")

    def test_published_with_warnings(self, desk):
        desk.put(WEEK, "seu.md", page(CRANES, "2026-03-18", extra="![Sếu](khong-co.jpg)"))
        result = digest(desk)

        assert result.exit_code == 20
        assert [line for line in result.stderr.splitlines() if line.startswith("warning")] == [
            "warning: seu.md: the picture 'khong-co.jpg' is left out: there is no such file. "
            "There is: cau.md, seu.md [missing-picture]"
        ]

    def test_many_warnings_of_one_code_are_one_line_and_all_stand_in_the_proof(self, desk):
        pictures = "\n\n".join(f"![Sếu](seu-{number}.jpg)" for number in range(5))
        desk.put(WEEK, "seu.md", page(CRANES, "2026-03-18", extra=pictures))
        result = digest(desk)

        why = "is left out: there is no such file. There is: cau.md, seu.md"
        first = "; ".join(f"seu.md: the picture 'seu-{number}.jpg' {why}" for number in range(3))
        assert [line for line in result.stderr.splitlines() if line.startswith("warning")] == [
            f"warning: 5 pictures are missing: {first}; and 2 more [missing-picture]"
        ]
        assert [each["code"] for each in desk.proof(WEEK)["problems"]] == ["missing-picture"] * 5

    def test_each_of_many_warnings_is_an_event(self, desk):
        pictures = "\n\n".join(f"![Sếu](seu-{number}.jpg)" for number in range(5))
        desk.put(WEEK, "seu.md", page(CRANES, "2026-03-18", extra=pictures))

        events = [json.loads(line) for line in digest(desk, "--json").stdout.splitlines()]

        assert [event["code"] for event in events if event["outcome"] == "warning"] == ["missing-picture"] * 5

    def test_a_required_source_that_fails(self, desk):
        desk.configure(SETTINGS.replace('"pages/{week}"', '"none.md"\nrequired = true'))
        result = digest(desk)

        assert result.exit_code == 3
        assert result.stderr.startswith(f"publisher: cannot read '{desk.folder / 'none.md'}': there is no such file.")

    def test_a_check_that_fails(self, desk):
        theme = desk.folder / "themes" / "bare"
        (theme / "ebook.css").write_text("p { color: #777777; position: fixed }")
        desk.configure(SETTINGS.replace('checks = "none"', 'checks = "warning"\nvalidators = "skip"'))
        result = digest(desk)

        assert result.exit_code == 8
        last = result.stderr.splitlines()[-1]
        assert last.startswith("publisher: the issue is not published: lam-chau-2026-W12.epub: ")
        assert not desk.issue(WEEK).exists()

    def test_settings_that_cannot_be_used(self, desk):
        desk.configure(SETTINGS.replace("[shelf]", "[shlf]"))
        result = digest(desk)

        assert (result.exit_code, result.stderr) == (
            9,
            f"publisher: {desk.folder / 'digest.toml'}, line 13: the file has no key 'shlf'. Did you mean 'shelf'?\n",
        )

    def test_mail_that_cannot_be_sent(self, desk):
        desk.configure(
            SETTINGS + '[mail]\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\nsender = "tin@example.org"\n'
            '[[mail.recipients]]\naddress = "may-doc@example.org"\nfiles = ["pdf"]\n'
        )
        result = digest(desk)

        assert (result.exit_code, result.stderr.splitlines()[-1]) == (
            10,
            "publisher: 2026-W12 is published, and could not be sent to may-doc@example.org",
        )
        assert "warning: may-doc@example.org: no-file (the issue has none of: pdf)" in result.stderr.splitlines()

    def test_a_shelf_that_is_locked(self, desk):
        with locked(desk.shelf):
            result = digest(desk)

        assert result.exit_code == 11


class TestOutput:
    def test_the_starter_runs_as_it_is_on_our_examples(self, tmp_path, examples, monkeypatch):
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        assert run("digest", "--init").exit_code == 0
        assert (tmp_path / "digest.toml").read_text(encoding="utf-8") == starter()
        (tmp_path / "pages").symlink_to(examples)

        result = run("digest", "digest.toml", "--week", WEEK, "--dry-run")

        assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "2026-W12 would have 8 articles")

    def test_the_starter_takes_no_ones_place(self, tmp_path):
        (tmp_path / "a.toml").write_text("mine")
        result = run("digest", "--init", tmp_path / "a.toml")

        assert (result.exit_code, result.stderr) == (
            5,
            f"publisher: cannot write {tmp_path / 'a.toml'}: it exists. Name another file, or remove it.\n",
        )

    def test_a_rehearsal_shows_what_goes_in_and_out(self, desk):
        desk.put(WEEK, "seu.md", page(CRANES, "2026-03-02"))
        result = digest(desk, "--dry-run")

        assert result.exit_code == 0
        assert result.stdout.splitlines() == [
            f"in   {BRIDGE}",
            f"out  {CRANES}: it is of 2026-03-02, and the issue of 2026-03-16 to 2026-03-22 [outside-window]",
            f"would write lam-chau-2026-W12.epub into {desk.issue(WEEK)}",
            "2026-W12 would have one article",
        ]
        assert CRANES not in result.stderr

    def test_a_rehearsal_names_the_reports_that_stand_under_another_and_so_does_the_proof(self, desk):
        told = page(BRIDGE, "2026-03-17").replace(BRIDGE, "Cầu Bến Lụa liền nhịp giữa sông Mây", 1)
        desk.put(WEEK, "bo-bac.md", told.replace("lamchau.example", "bobac.example").rpartition("\n\n")[0])

        rehearsed = digest(desk, "--dry-run").stdout.splitlines()
        digest(desk)

        assert rehearsed[:2] == [f"in   {BRIDGE} (also in 1 other)", "also Cầu Bến Lụa liền nhịp giữa sông Mây"]
        (ran,) = desk.proof(WEEK)["articles"]
        assert [each["headline"] for each in ran["also"]] == ["Cầu Bến Lụa liền nhịp giữa sông Mây"]

    def test_events_are_json_one_a_line(self, desk):
        events = [json.loads(line) for line in digest(desk, "--json").stdout.splitlines()]

        assert {frozenset(event) for event in events} == {
            frozenset({"time", "stage", "outcome", "message", "article", "seconds", "code"})
        }
        assert [event["article"] for event in events if event["stage"] == "select"] == [BRIDGE]
        assert events[-1]["stage"] == "end"

    def test_history_shows_issues_and_runs(self, desk):
        settings = desk.folder / "digest.toml"
        before = run("digest", "history", settings)
        digest(desk)
        after = run("digest", "history", settings)
        as_json = [json.loads(line) for line in run("digest", "history", settings, "--json").stdout.splitlines()]

        assert before.stdout == "nothing was published yet\n"
        lines = after.stdout.splitlines()
        assert lines[0] == "2026-W12  12/2026  Tuần tin Lam Châu: 1 article, 0 teasers"
        assert lines[1].endswith(f"2026-W12  0: 2026-W12 is published with one article in {desk.issue(WEEK)}")
        assert (as_json[0]["number"], as_json[1]["code"]) == ("12/2026", 0)

    def test_the_doctor_says_a_line_a_part_and_8_when_one_failed(self, desk):
        settings = desk.folder / "digest.toml"
        well = run("digest", "doctor", settings)
        desk.shelf.write_text("")
        ill = run("digest", "doctor", settings)
        as_json = run("digest", "doctor", settings, "--json")

        assert well.exit_code == 0
        assert (
            well.stdout.splitlines()[0]
            == "ok       settings: they can be used: Tuần tin Lam Châu, one source, one file"
        )
        why = f"cannot work in the shelf {desk.shelf}: {desk.shelf} is no folder. Choose another or change it."
        assert f"failed   shelf: {why}" in ill.stdout.splitlines()
        assert {"part": "shelf", "state": "failed", "message": why} in map(json.loads, as_json.stdout.splitlines())
        for result in (ill, as_json):
            assert (result.exit_code, result.stderr) == (
                8,
                "publisher: the digest lam-chau has one thing to mend before it can run well\n",
            )

    def test_the_doctor_of_settings_that_cannot_be_used_says_what_a_run_would(self, desk):
        desk.configure(SETTINGS.replace("[shelf]", "[shlf]"))
        result = run("digest", "doctor", desk.folder / "digest.toml")

        assert (result.exit_code, result.stdout, result.stderr) == (
            9,
            "",
            f"publisher: {desk.folder / 'digest.toml'}, line 13: the file has no key 'shlf'. Did you mean 'shelf'?\n",
        )

    def test_an_issue_is_verified(self, desk):
        digest(desk)
        good = run("verify", desk.issue(WEEK) / "issue.json")
        archives = desk.folder / "archives"
        whole = run("verify", desk.issue(WEEK), "--archives", archives)
        (archive,) = archives.iterdir()
        archive.write_bytes(b"")
        bad = run("verify", desk.issue(WEEK), "--archives", archives, "--json")

        assert (good.exit_code, good.stdout) == (
            0,
            "Tuần tin Lam Châu, 2026-W12: as its proof says (one file, 0 inputs, 0 checks)\n",
        )
        assert whole.stdout == "Tuần tin Lam Châu, 2026-W12: as its proof says (one file, one input, 0 checks)\n"
        assert bad.exit_code == 8
        assert json.loads(bad.stdout)["doubts"][0]["file"] == archive.name

    def test_without_settings_it_says_how_to_get_some(self):
        result = run("digest", "run")

        assert (result.exit_code, result.stderr) == (
            2,
            "publisher: no settings are named. Name a digest.toml, or make one with publisher digest --init.\n",
        )
