"""A mistake planted in the settings of a digest: told with its line and what to do, and nothing was fetched."""

import email
import email.policy
import json
import socket

import pytest

from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.doctor.mistakes import mistakes_in
from publisher.config import read_draft
from publisher.errors import ConfigError
from tests.automation.digest.test_digest import BRIDGE
from tests.automation.digests import NOW, Desk, page
from tests.automation.mail.test_post import Server
from tests.cli.running import run

SETTINGS = """\
[series]
title = "Tuần tin Lam Châu"
name = "lam-chau"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"

[[sources]]
from = "pages/{week}"

[[sources]]
from = "ADDRESS"

[[outputs]]
file = "lam-chau-{week}.epub"

[[outputs]]
file = "lam-chau-{week}.pdf"

[shelf]
folder = "shelf"

[theme]
name = "own"
folders = ["themes"]

[theme.options]
accent = "navy"

[mail]
host = "smtp.example"
user = "tin"
password_env = "TIN_PASSWORD"
sender = "Tuần tin <tin@example.org>"

[[mail.recipients]]
address = "may-doc@example.org"
files = ["epub"]

[policy]
overlook = ["inferred-date"]

[files]
archives = "archives"

[fetch]
allow_private = ["127.0.0.1"]
"""

PLANTED = {
    "a theme": ('name = "own"', 'name = "onw"', 23, "there is no theme 'onw'. Did you mean 'own'?"),
    "a folder of themes": (
        'folders = ["themes"]',
        'folders = ["theme"]',
        24,
        "there is no folder FOLDER/theme of themes. Did you mean 'themes'?",
    ),
    "an option of the theme": (
        'accent = "navy"',
        'acent = "navy"',
        27,
        "the theme has no option 'acent'. Did you mean 'accent'?",
    ),
    "the value of an option": (
        'accent = "navy"',
        'accent = "nawy"',
        27,
        "option 'accent' takes a colour such as #8a1c1c or green, not 'nawy'. Did you mean 'navy'?",
    ),
    "a picture of an option": (
        'accent = "navy"',
        'logo = "FOLDER/sign.svg"',
        27,
        "option 'logo' cannot use 'FOLDER/sign.svg': there is no such file. Name a file that is a picture",
    ),
    "the profile of an e-reader": (
        'file = "lam-chau-{week}.epub"',
        'file = "lam-chau-{week}.epub"\nprofile = "kbo"',
        15,
        "outputs.profile does not take 'kbo'. Did you mean 'kobo'?",
    ),
    "the profile of a press": (
        'file = "lam-chau-{week}.pdf"',
        'file = "lam-chau-{week}.pdf"\npress = { output_profile = "x.icc" }',
        18,
        "cannot read the output profile FOLDER/x.icc: no such file or directory. Check the name.",
    ),
    "the profile of an outlet": (
        'from = "pages/{week}"',
        'from = "pages/{week}"\noutlet = "bao.toml"',
        9,
        "cannot read the profile 'FOLDER/bao.toml': there is no such file. Check the name.",
    ),
    "a source": (
        'from = "pages/{week}"',
        'from = "pagse/{week}"',
        8,
        "cannot read 'FOLDER/pagse/2026-W12': there is no such file. Did you mean 'pages'?",
    ),
    "an address": (
        '"ADDRESS"',
        '"htp://bao.example/rss"',
        11,
        "cannot fetch 'htp://bao.example/rss': it is no web address. Give one such as https://bao.example/rss.",
    ),
    "a name in braces": (
        'from = "pages/{week}"',
        'from = "pages/{wek}"',
        8,
        "'pages/{wek}' has braces that name nothing. There is: {number}, {week}, {year}.",
    ),
    "the schedule's time zone": (
        '"Asia/Ho_Chi_Minh"',
        '"Asia/Hanoi"',
        5,
        "there is no time zone 'Asia/Hanoi'. Take one such as Asia/Ho_Chi_Minh or UTC.",
    ),
    "an unset variable": (
        '"TIN_PASSWORD"',
        '"TIN_PASSWROD"',
        32,
        "the environment variable TIN_PASSWROD is not set. Set it where the digest is started.",
    ),
    "a user without a password": (
        'password_env = "TIN_PASSWORD"\n',
        "",
        31,
        "there is a user and no password. Set password_env to the variable that holds it.",
    ),
    "a mail server": (
        '"smtp.example"',
        '"smtp://smtp.example"',
        30,
        "'smtp://smtp.example' is no mail server: give its name alone, such as smtp.example, and the port by itself.",
    ),
    "a mail server's port": (
        'host = "smtp.example"',
        'host = "smtp.example"\nport = 465',
        31,
        'port 465 is encrypted from the first byte. Set security to "tls".',
    ),
    "encryption at the wrong port": (
        'host = "smtp.example"',
        'host = "smtp.example"\nsecurity = "tls"',
        29,
        'port 587 begins in the clear. Set security to "starttls", or port to 465.',
    ),
    "a password in the clear": (
        'host = "smtp.example"',
        'host = "smtp.example"\nsecurity = "none"',
        31,
        'a password is not sent in the clear. Set security to "starttls" or "tls".',
    ),
    "what a recipient is sent": (
        'files = ["epub"]',
        'files = ["kobo", "press"]',
        37,
        "may-doc@example.org would be sent nothing: no output is kobo, press. Add one to [[outputs]], or take "
        "epub or pdf.",
    ),
    "a recipient": (
        '"may-doc@example.org"',
        '"máy-đọc@example.org"',
        36,
        "the address 'máy-đọc@example.org' is not in ASCII. Take another of the same person.",
    ),
    "a recipient twice": (
        "[policy]",
        '[[mail.recipients]]\naddress = "MAY-doc@example.org"\n[policy]',
        40,
        "MAY-doc@example.org is a recipient twice. Take one away.",
    ),
    "the shelf's address": (
        'folder = "shelf"',
        'folder = "shelf"\nbase_url = "tin.example"',
        21,
        "the shelf cannot be at 'tin.example': it is no web address. Give one such as https://bao.example/rss.",
    ),
    "archives for all": (
        'archives = "archives"',
        'archives = "shelf/archives"',
        43,
        "the archives would lie on the shelf, for all its readers. Choose a folder beside it, or set publish in "
        "[evidence].",
    ),
    "a code that is overlooked": (
        '"inferred-date"',
        '"infered-date"',
        40,
        "no problem or finding has the code 'infered-date'. Did you mean 'inferred-date'?",
    ),
    "a key": ("[policy]", "[policy]\nminumum = 3", 40, "[policy] has no key 'minumum'. Did you mean 'minimum'?"),
}


@pytest.fixture
def asked():
    """An address, and whether anybody connects to it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


@pytest.fixture
def desk(tmp_path, asked):
    desk = Desk(tmp_path, None)
    own = tmp_path / "themes" / "own"
    own.mkdir()
    (own / "theme.toml").write_text('summary = "Own."\nextends = "brief"\n')
    desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17"))
    plant(desk, asked)
    return desk


def plant(desk, asked, good="[series]", bad="[series]"):
    address = f"http://127.0.0.1:{asked.getsockname()[1]}/rss"
    assert SETTINGS.count(good) == 1
    desk.configure(SETTINGS.replace(good, bad).replace("ADDRESS", address).replace("FOLDER", str(desk.folder)))


def told(desk, environment=None):
    by = Surroundings(
        home=desk.folder,
        clock=lambda: NOW,
        environment={"TIN_PASSWORD": "x"} if environment is None else environment,
    )
    draft = read_draft(desk.folder / "digest.toml")
    return [(each.line, each.message) for each in mistakes_in(draft, by)]


def test_settings_without_a_mistake_have_none(desk):
    assert told(desk) == []


@pytest.mark.parametrize(
    ("good", "bad", "line", "message"), [pytest.param(*row, id=name) for name, row in PLANTED.items()]
)
def test_a_planted_mistake_is_told_and_no_other(good, bad, line, message, desk, asked):
    plant(desk, asked, good, bad)

    assert told(desk) == [(line, message.replace("FOLDER", str(desk.folder)))]
    with pytest.raises(BlockingIOError):
        asked.accept()


def test_all_of_several_are_told_by_their_lines(desk, asked):
    text = (desk.folder / "digest.toml").read_text()
    desk.configure(
        text.replace('"vi"', "7").replace('"navy"', '"nawy"').replace("user", "usr").replace("[shelf]", "[shlf]")
    )

    assert [line for line, _ in told(desk, {})] == [4, 19, 27, 31]


def test_a_dry_run_tells_the_first_of_several_and_where_the_others_are(desk):
    settings = desk.folder / "digest.toml"
    desk.configure(settings.read_text().replace('"navy"', '"nawy"').replace("smtp.example", "smtp.example:25"))

    assert run("digest", settings, "--dry-run").stderr == (
        f"publisher: {settings}, line 27: option 'accent' takes a colour such as #8a1c1c or green, not 'nawy'. "
        f"Did you mean 'navy'? There are 2 more: publisher digest check {settings}\n"
    )


def test_mistakes_are_lines_of_json_for_programs(desk, asked, monkeypatch):
    monkeypatch.setenv("TIN_PASSWORD", "x")
    plant(desk, asked, 'name = "own"', 'name = "onw"')
    settings = desk.folder / "digest.toml"

    (line,) = run("digest", "check", settings, "--json").stdout.splitlines()

    assert json.loads(line) == {
        "file": str(settings),
        "line": 23,
        "message": "there is no theme 'onw'. Did you mean 'own'?",
    }


class TestLetter:
    """``publisher digest check --test-letter``."""

    def configure(self, desk, port):
        mail = f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        text = (desk.folder / "digest.toml").read_text()
        desk.configure(text.replace('host = "smtp.example"\nuser = "tin"\npassword_env = "TIN_PASSWORD"\n', mail))

    def test_one_letter_goes_to_the_address_and_none_to_the_recipients(self, desk):
        with Server() as server:
            self.configure(desk, server.port)
            result = run("digest", "check", desk.folder / "digest.toml", "--test-letter", "lan@example.org")
            ((sender, recipients, content),) = server.messages

        message = email.message_from_bytes(content, policy=email.policy.default)
        assert (result.exit_code, result.stdout) == (
            0,
            f"{desk.folder}/digest.toml has no mistake, and lan@example.org was sent a letter\n",
        )
        assert (sender, recipients) == ("tin@example.org", ["lan@example.org"])
        assert message["To"] == "lan@example.org"
        assert message["Subject"] == "Tuần tin Lam Châu: thư thử. Các số báo sẽ đến theo đường này."
        assert message.get_content().strip() == message["Subject"]

    def test_what_the_server_says_is_told_and_the_code_is_10(self, desk):
        with Server() as server:
            self.configure(desk, server.port)
            server.answers["RCPT"] = ["550 no such box"]
            result = run("digest", "check", desk.folder / "digest.toml", "--test-letter", "lan@example.org")

        assert (result.exit_code, result.stdout, result.stderr) == (
            10,
            "",
            f"publisher: 127.0.0.1, port {server.port}, did not take the letter to lan@example.org: 550 no such box\n",
        )

    def test_nothing_is_sent_while_there_is_a_mistake(self, desk):
        with Server() as server:
            self.configure(desk, server.port)
            desk.configure((desk.folder / "digest.toml").read_text().replace('"navy"', '"nawy"'))
            result = run("digest", "check", desk.folder / "digest.toml", "--test-letter", "lan@example.org")

            assert (result.exit_code, server.messages) == (9, [])

    @pytest.mark.parametrize("address", ["lan", "lân@example.org", "lan@example.org\nBcc: a@example.org"])
    def test_what_is_no_address_is_refused(self, address, desk):
        self.configure(desk, 25)
        result = run("digest", "check", desk.folder / "digest.toml", "--test-letter", address)

        assert (result.exit_code, result.stderr) == (
            2,
            f"publisher: --test-letter {address!r} is no e-mail address that mail servers take\n",
        )

    def test_without_a_mail_server_none_can_be_sent(self, desk):
        text = (desk.folder / "digest.toml").read_text()
        desk.configure(text[: text.index("[mail]")] + text[text.index("[policy]") :])
        result = run("digest", "check", desk.folder / "digest.toml", "--test-letter", "lan@example.org")

        assert (result.exit_code, result.stderr) == (
            2,
            "publisher: --test-letter needs a mail server, and the settings have none. Add [mail] to them.\n",
        )


def test_of_what_cannot_be_parsed_the_one_mistake_is_raised(desk):
    desk.configure("[series\n")

    with pytest.raises(ConfigError) as refused:
        told(desk)

    assert str(refused.value).startswith(f"{desk.folder}/digest.toml, line 1: this is not TOML: ")


@pytest.mark.parametrize(
    "name", ["a theme", "the value of an option", "an unset variable", "a source", "what a recipient is sent"]
)
def test_the_check_and_a_dry_run_end_with_9(name, desk, asked, monkeypatch):
    monkeypatch.setenv("TIN_PASSWORD", "x")
    good, bad, line, message = PLANTED[name]
    plant(desk, asked, good, bad.replace("{week}", "x"))
    settings = desk.folder / "digest.toml"
    mistake = f"{settings}, line {line}: {message.replace('FOLDER', str(desk.folder)).replace('2026-W12', 'x')}"

    checked = run("digest", "check", settings)
    rehearsed = run("digest", settings, "--dry-run")

    assert (checked.exit_code, checked.stdout) == (9, f"{mistake}\n")
    assert checked.stderr == f"publisher: {settings} has one mistake. Mend it.\n"
    assert (rehearsed.exit_code, rehearsed.stdout, rehearsed.stderr) == (9, "", f"publisher: {mistake}\n")
    with pytest.raises(BlockingIOError):
        asked.accept()
