"""What the doctor says of a digest with one fault, planted in one part."""

import hashlib
import os
import socket

import msgspec
import pytest

from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.doctor import Disk, examine
from publisher.automation.doctor.outside import validators_of
from publisher.automation.lock import locked
from publisher.config import load_settings
from publisher.confinement.jobs import JOBS
from tests.automation.digest.test_digest import BRIDGE
from tests.automation.digests import NOW, SETTINGS, Desk, feed, feed_server, page
from tests.automation.mail.test_post import Server

WEEK = "2026-W12"
ROOMY = Disk(free_bytes=lambda path: 5_000_000_000)


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = Desk(tmp_path)
    desk.put(WEEK, "cau.md", page(BRIDGE, "2026-03-17"))
    return desk


def told(desk: Desk, disk: Disk = ROOMY, *, environment=None, jobs=JOBS, **asked) -> dict[str, list[tuple[str, str]]]:
    """State and message of each condition, by its part."""
    by = Surroundings(home=desk.folder, clock=lambda: NOW, environment=environment or {}, jobs=jobs)
    parts: dict[str, list[tuple[str, str]]] = {}
    for each in examine(load_settings(desk.folder / "digest.toml"), by, disk, **asked):
        parts.setdefault(each.part, []).append((each.state, each.message))
    return parts


def tree(desk: Desk) -> dict[str, object]:
    """All that is on the disk: what is in it, and when it was changed."""
    return {
        str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "")
        for path in sorted(desk.folder.rglob("*"))
    }


def test_of_a_digest_that_is_well_every_part_is_and_nothing_is_changed(desk):
    desk.run()
    before = tree(desk)

    parts = told(desk)

    assert tree(desk) == before
    assert parts.pop("confinement")[0][0] in ("ok", "warning")  # As the system has it.
    assert parts == {
        "settings": [("ok", "they can be used: Tuần tin Lam Châu, one source, one file")],
        "theme": [("ok", "bare, for one file")],
        "profiles": [("ok", "0 profiles in the settings, and your own, can be read")],
        "sources": [("ok", "pages/2026-W12: one file can be read")],
        "lock": [("ok", "no run is at work")],
        "shelf": [("ok", f"{desk.shelf} holds one issue and can be written")],
        "ledger": [
            (
                "ok",
                f"{desk.folder}/ledger.sqlite is sound and knows one issue. The last run, of 2026-W12, ended with 0: "
                f"2026-W12 is published with one article in {desk.issue(WEEK)}",
            )
        ],
        "last success": [("ok", "the last success was 0 days ago: 2026-W12, with 0")],
        "disk": [("ok", f"5,000 MB are free for {desk.shelf}")],
        "cache": [("ok", f"{desk.folder}/cache can be written")],
        "quarantine": [("ok", f"{desk.folder}/quarantine holds nothing that failed")],
        "mail": [("ok", "none is sent")],
        "validators": [("ok", "no file is checked")],
    }


def test_of_a_digest_that_never_ran_nothing_failed_and_nothing_is_made(desk):
    before = tree(desk)

    parts = told(desk)

    assert tree(desk) == before
    assert parts["shelf"] == [("ok", f"{desk.shelf} is made by the first run")]
    assert parts["ledger"] == [("ok", f"{desk.folder}/ledger.sqlite is made by the first run")]
    assert parts["last success"] == [("warning", "no run was as it should be so far. Start one, and see how it ends.")]


class TestTheme:
    def test_one_that_is_not_there(self, desk):
        desk.configure(SETTINGS.replace('name = "bare"', 'name = "bar"'))

        assert told(desk)["theme"] == [("failed", "there is no theme 'bar'. Did you mean 'bare'?")]

    def test_a_picture_of_it_that_makes_the_decoder_fail(self, desk):
        (desk.folder / "logo.png").write_bytes(b"a picture")
        desk.configure(f'{SETTINGS}[theme.options]\nlogo = "{desk.folder}/logo.png"\n')
        jobs = {**JOBS, "picture": msgspec.structs.replace(JOBS["picture"], function="builtins:eval")}

        ((state, message),) = told(desk, jobs=jobs)["theme"]
        assert state == "failed"
        assert message.startswith(
            f"option 'logo' cannot use '{desk.folder}/logo.png': its decoder failed: "
            "SyntaxError in confinement/child.py, line "
        )

    def test_a_profile_that_is_not_there(self, desk):
        desk.configure(SETTINGS.replace('"pages/{week}"', '"pages/{week}"\noutlet = "bao.toml"'))

        ((state, message),) = told(desk)["profiles"]
        assert (state, message.partition(". ")[0]) == (
            "failed",
            f"cannot read the profile '{desk.folder}/bao.toml': there is no such file",
        )


class TestSources:
    def of(self, desk, source: str, **asked):
        desk.configure(SETTINGS.replace('"pages/{week}"', f'"{source}"'))
        ((state, message),) = told(desk, **asked)["sources"]
        return state, message

    def test_a_folder_that_is_missing(self, desk):
        state, message = self.of(desk, "trang/{week}")

        assert state == "failed"
        assert message.startswith(f"cannot read '{desk.folder}/trang/2026-W12': there is no such file. ")

    def test_a_week_without_a_folder_and_a_folder_without_a_page(self, desk):
        (desk.folder / "pages" / "rong").mkdir()

        assert self.of(desk, "pages/{week}-b") == (
            "warning",
            "pages/2026-W12-b was not made: the last week has no page there. Look who makes it.",
        )
        assert self.of(desk, "pages/rong") == (
            "warning",
            "pages/rong holds no article for the last week. Look who fills it.",
        )

    def test_a_file_of_a_folder_that_cannot_be_used(self, desk):
        (desk.folder / "pages" / WEEK / "seu.md").symlink_to("khong-co.md")
        path = desk.folder / "pages" / WEEK / "seu.md"

        assert self.of(desk, "pages/{week}") == (
            "warning",
            f"pages/2026-W12: one file cannot be used. The first: cannot read '{path}': it is a link that leads out of "
            "the folder. Give the file that it leads to by its own name.",
        )

    def test_an_address_that_nothing_answers_at(self, desk):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{closed.getsockname()[1]}/feed"
        desk.configure(
            SETTINGS.replace('"pages/{week}"', f'"{address}"') + '\n[fetch]\nallow_private = ["127.0.0.1"]\n'
        )

        assert told(desk)["sources"] == [("ok", f"{address} was not asked")]
        ((state, message),) = told(desk, fetch=True)["sources"]
        assert state == "failed"
        assert message.startswith(f"cannot read '{address}': ")

    def test_an_address_that_answers_and_is_not_kept(self, desk):
        with feed_server({"/feed": feed((BRIDGE, "Tue, 17 Mar 2026"))}) as host:
            desk.configure(
                SETTINGS.replace('"pages/{week}"', f'"{host}/feed"') + '\n[fetch]\nallow_private = ["127.0.0.1"]\n'
            )
            before = tree(desk)

            assert told(desk, fetch=True)["sources"] == [("ok", f"{host}/feed answers with application/rss+xml")]
            assert tree(desk) == before


class TestPlaces:
    def test_a_shelf_that_is_read_only(self, desk):
        desk.run()
        disk = msgspec.structs.replace(ROOMY, may=lambda path, mode: path != desk.shelf)

        assert told(desk, disk)["shelf"] == [
            (
                "failed",
                f"cannot work in the shelf {desk.shelf}: {desk.shelf} may not be written. Choose another or change it.",
            )
        ]

    def test_a_file_in_the_place_of_the_shelf(self, desk):
        desk.shelf.write_text("")

        assert told(desk)["shelf"] == [
            (
                "failed",
                f"cannot work in the shelf {desk.shelf}: {desk.shelf} is no folder. Choose another or change it.",
            )
        ]

    def test_a_shelf_of_another_series(self, desk):
        desk.run()
        desk.configure(SETTINGS.replace('"lam-chau"', '"khac"'))

        assert told(desk)["shelf"] == [
            (
                "failed",
                f"the shelf {desk.shelf} holds the series 'lam-chau', not 'khac'. Give each its own shelf.",
            )
        ]

    def test_an_issue_that_cannot_be_read(self, desk):
        desk.run()
        (desk.issue(WEEK) / "issue.json").write_text("{")

        (one, other) = told(desk)["shelf"]
        assert one[0] == "warning"
        assert one[1].startswith(f"cannot read the proof {desk.issue(WEEK)}/issue.json: ")
        assert other == ("ok", f"{desk.shelf} holds 0 issues and can be written")

    def test_a_lock_that_is_held(self, desk):
        desk.run()
        with locked(desk.shelf):
            parts = told(desk)

        assert parts["lock"] == [
            ("warning", f"a run (process {os.getpid()}) is at work: no other begins. Wait for it, or end it.")
        ]
        assert parts["ledger"] == [("ok", f"{desk.folder}/ledger.sqlite is at work, and is not looked at")]

    @pytest.mark.parametrize(
        ("free", "state", "advice"),
        [
            (199_999_999, "failed", ": an issue may need 200. Make room."),
            (999_999_999, "warning", ". Make room soon."),
        ],
    )
    def test_a_disk_without_room(self, desk, free, state, advice):
        disk = Disk(free_bytes=lambda path: free if path == desk.folder else 5_000_000_000)

        assert told(desk, disk)["disk"] == [(state, f"{free // 1_000_000} MB are free for {desk.shelf}{advice}")]

    def test_a_cache_and_a_quarantine_that_cannot_be_written(self, desk):
        cache, quarantine = desk.folder / "cache", desk.folder / "quarantine"
        cache.write_text("")
        quarantine.write_text("")

        parts = told(desk)

        assert parts["cache"] == [
            ("warning", f"nothing can be kept in {cache}: {cache} is no folder. Set cache in [files] to another.")
        ]
        assert parts["quarantine"] == [
            (
                "warning",
                f"what makes a step fail is not kept in {quarantine}: {quarantine} is no folder. "
                "Empty it, or set another in [files].",
            )
        ]

    @pytest.mark.parametrize(
        ("kept", "message"),
        [
            (1, "{} holds one input that failed. Report and remove what is there."),
            (
                100,
                "what makes a step fail is not kept in {}: it is full with 100. Empty it, or set another in [files].",
            ),
        ],
        ids=["something in it", "full"],
    )
    def test_a_quarantine_with(self, desk, kept, message):
        quarantine = desk.folder / "quarantine"
        for number in range(kept):
            (quarantine / str(number)).mkdir(parents=True)

        assert told(desk)["quarantine"] == [("warning", message.format(quarantine))]


class TestHistory:
    def test_a_ledger_that_is_broken(self, desk):
        path = desk.folder / "ledger.sqlite"
        path.write_bytes(b"no ledger at all" * 300)

        assert told(desk)["ledger"] == [
            (
                "failed",
                f"the ledger {path} is damaged (file is not a database). "
                "The next run makes a new one from the shelf; a backup knows more.",
            )
        ]

    def test_a_ledger_that_is_lost(self, desk):
        desk.run()
        path = desk.folder / "ledger.sqlite"
        path.unlink()

        assert told(desk)["ledger"] == [
            ("warning", f"{path} is lost. The next run makes one from the shelf; a backup knows more.")
        ]

    @pytest.mark.parametrize(
        ("text", "condition"),
        [
            (
                "2026-03-10T05:17:00+07:00 2026-W10 21\n",
                (
                    "failed",
                    "the last success was 13 days ago: 2026-W10, with 21. "
                    "Look at the schedule, and at publisher digest history.",
                ),
            ),
            ("2026-03-16T05:17:00+07:00 2026-W11 0\n", ("ok", "the last success was 7 days ago: 2026-W11, with 0")),
            ("yesterday\n", ("failed", "cannot read {}: it was not written by a run. Remove it.")),
        ],
        ids=["old", "of last week", "no moment"],
    )
    def test_a_last_success(self, desk, text, condition):
        path = desk.folder / "lam-chau.last-success"
        path.write_text(text)
        state, message = condition

        assert told(desk)["last success"] == [(state, message.format(path))]


class TestOutside:
    def configured(self, desk, port: int, *more: str) -> None:
        settings = ['host = "127.0.0.1"', f"port = {port}", 'security = "none"', 'sender = "tin@example.org"', *more]
        recipient = '[[mail.recipients]]\naddress = "may-doc@example.org"\n'
        desk.configure(f"{SETTINGS}\n[mail]\n" + "\n".join(settings) + f"\n{recipient}")

    def test_a_mail_server_that_refuses(self, desk):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        self.configured(desk, port)

        assert told(desk)["mail"] == [("ok", f"127.0.0.1, port {port}, for one recipient, was not asked")]
        assert told(desk, mail=True)["mail"] == [
            (
                "failed",
                f"127.0.0.1, port {port} does not let us in: [Errno 111] Connection refused. "
                "Look at [mail], and at the server.",
            )
        ]

    def test_a_mail_server_that_is_there_is_sent_nothing(self, desk):
        with Server() as server:
            self.configured(desk, server.port)

            assert told(desk, mail=True)["mail"] == [
                ("ok", f"127.0.0.1, port {server.port} lets us in, for one recipient")
            ]
        assert server.messages == []

    def test_a_password_that_is_not_set(self, desk):
        self.configured(desk, 25, 'user = "tin"', 'password_env = "TIN_PASSWORD"')

        assert told(desk)["mail"] == [("failed", "there is no password for 127.0.0.1, port 25. Set TIN_PASSWORD.")]
        assert told(desk, environment={"TIN_PASSWORD": "x"})["mail"][0][0] == "ok"

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ("ask", ("warning", "epubcheck and Ace not installed: claims go unconfirmed. Install them.")),
            ("require", ("failed", "epubcheck and Ace not installed, and required by [policy]. Install them.")),
            ("skip", ("ok", "none is asked")),
        ],
    )
    def test_a_validator_that_is_missing(self, desk, asked, expected):
        desk.configure(SETTINGS.replace('checks = "none"', f'validators = "{asked}"'))

        (condition,) = validators_of(load_settings(desk.folder / "digest.toml"), {"PATH": str(desk.folder)})

        assert (condition.state, condition.message) == expected

    def test_a_process_that_cannot_be_confined(self, desk):
        nothing = {"read": msgspec.structs.replace(JOBS["read"], function="khong_co:read")}

        assert told(desk, jobs=nothing)["confinement"] == [
            ("failed", "no confined process could be started on this machine")
        ]


def test_a_part_that_makes_the_doctor_fail_costs_no_other(desk):
    def broken(path):
        raise ZeroDivisionError

    parts = told(desk, Disk(free_bytes=broken))

    ((state, message),) = parts["disk"]
    assert (state, message.partition(" in ")[0]) == ("failed", "ZeroDivisionError")
    assert parts["quarantine"][0][0] == "ok"
