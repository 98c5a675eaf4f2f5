"""Whatever strangers' words, names and settings hold, no command prints what steers a terminal."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from pikepdf import Name

from publisher.cli import cli
from publisher.model.characters import REPLACEMENT
from tests.automation.digests import SETTINGS, Desk
from tests.checking.conftest import made
from tests.checking.spoiling import element, spoilt
from tests.cli.running import PAGE

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Controls but for the line feed, C1, line and paragraph separators, and all that turns the order of words round."""

MARK = "Ngòi"
HOSTILE = f"{MARK} \x1b]0;t\x07\x9b31m\u202e\u2066\u2028\x85\x08\r{MARK}"
IN_TOML = "".join(f"\\u{ord(each):04x}" if STEERING.match(each) else each for each in HOSTILE)
IN_XML = "".join("" if each < " " else each for each in HOSTILE)
NAME = HOSTILE.replace("/", "") + "\n"
WEEK = "2026-W12"

ODD_PICTURE = f"![{HOSTILE}]({HOSTILE}.png)"
MANUSCRIPT = f'---\ntitle: "{IN_TOML}"\nurl: "https://a.example/{IN_TOML}"\n"{IN_TOML}": a\nlanguage: "{IN_TOML}"\n'
MANUSCRIPT += (
    f'date: "2026-03-17"\nrelated:\n- headline: "{IN_TOML}"\n  url: "{IN_TOML}"\n---\n\n{PAGE}\n\n{ODD_PICTURE}\n'
)
HTML = f"<title>{HOSTILE}</title><article><h1>{HOSTILE}</h1><p>{PAGE}<p><img src='{HOSTILE}.png' alt='{HOSTILE}'>"
FEED = (
    f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>{IN_XML}</title><summary>{PAGE}</summary></entry></feed>"
)
THEME = f'summary = "{IN_TOML}"\nextends = "base"\n[options.own]\ntype = "text"\ndefault = "a"\nhelp = "{IN_TOML}"\n'


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def desk(folder: Path) -> Desk:
    """A digest of hostile pages."""
    made_desk = Desk(folder, f"{SETTINGS}\n")
    made_desk.put(WEEK, f"{NAME}.md", MANUSCRIPT)
    made_desk.put(WEEK, f"{NAME}.xml", FEED)
    made_desk.put(WEEK, f"{NAME}.bin", HOSTILE)
    return made_desk


def pdf(folder: Path) -> Path:
    """A PDF whose bookmarks, title and language are hostile."""

    def spoil(file: pikepdf.Pdf) -> None:
        file.Root.Outlines.First.Title = HOSTILE
        file.docinfo["/Title"] = HOSTILE
        file.Root.Lang = HOSTILE
        del file.pages[0].obj["/TrimBox"]
        element(file, "Figure").Alt = f"{HOSTILE}.png"
        element(file, "P").S = Name(f"/{HOSTILE}")

    path = folder / f"{NAME}.pdf"
    path.write_bytes(spoilt(made(".pdf", "brief"), spoil))
    return path


def digest(*words: str, change: Callable[[str], str] = str) -> Callable[[Path], list[str]]:
    """A command on a digest of hostile pages, its settings changed."""

    def arguments(folder: Path) -> list[str]:
        made_desk = desk(folder)
        made_desk.configure(change(SETTINGS))
        return ["digest", words[0], str(folder / "digest.toml"), *words[1:]]

    return arguments


def theme(folder: Path) -> list[str]:
    put(folder, f"themes/{NAME.strip()}/theme.toml", THEME)
    return ["--themes-folder", str(folder / "themes")]


def verified(folder: Path) -> list[str]:
    """An issue with a proof whose words are hostile, beside a file of a hostile name."""
    made_desk = desk(folder)
    made_desk.run()
    proof = made_desk.issue(WEEK) / "issue.json"
    words = json.loads(proof.read_bytes())
    words["title"] = words["files"][0]["name"] = HOSTILE
    proof.write_text(json.dumps(words), "utf-8")
    put(proof.parent, NAME, "a")
    return ["verify", "--no-checks", str(proof)]


def shelf(folder: Path) -> list[str]:
    path = put(folder, f"{NAME}/issues/{WEEK}/issue.json", f'{{"title": "{IN_TOML}')
    return ["shelf", "refresh", str(path.parents[2]), "--title", HOSTILE]


SAID: dict[str, Callable[[Path], list[str]]] = {
    **{
        f"read {name} {' '.join(words)}".strip(): lambda folder, name=name, text=text, words=words: [
            *("read", str(put(folder, NAME + name, text))),
            *words,
        ]
        for name, text in {".md": MANUSCRIPT, ".html": HTML, ".xml": FEED, ".txt": HOSTILE + "\n\n" + PAGE}.items()
        for words in ([], ["--explain"], ["--format", "json"], ["--format", "markdown"])
    },
    "read what is no page": lambda folder: ["read", str(put(folder, f"{NAME}.bin", HOSTILE))],
    "read what is not there": lambda folder: ["read", str(folder / NAME)],
    "read an address": lambda folder: ["read", f"http://{HOSTILE}/"],
    "read an address of a scheme": lambda folder: ["read", f"{HOSTILE}://a"],
    "read with a profile": lambda folder: [
        *("read", str(put(folder, "page.txt", PAGE)), "--outlet"),
        str(put(folder, f"{NAME}.toml", f'hosts = ["a.example"]\n"{IN_TOML}" = 1')),
    ],
    "read with corrections": lambda folder: [
        *("read", str(put(folder, "page.txt", PAGE)), "--corrections"),
        str(put(folder, f"{NAME}.toml", f'[[line]]\ntext = "{IN_TOML}"\nis = "{IN_TOML}"')),
    ],
    "brief": lambda folder: ["brief", str(put(folder, f"{NAME}.md", MANUSCRIPT)), "-o", str(folder / f"{NAME}.epub")],
    "compile": lambda folder: [
        *("compile", str(put(folder, f"{NAME}.md", MANUSCRIPT)), str(put(folder, f"b{NAME}.html", HTML))),
        *("-o", str(folder / f"{NAME}.epub")),
    ],
    "compile a folder": lambda folder: [
        *("compile", str(put(folder, f"{NAME}/{NAME}.md", MANUSCRIPT).parent), "-o", str(folder / f"{NAME}.epub")),
    ],
    "compile strictly": lambda folder: [
        *("compile", str(put(folder, f"{NAME}.md", MANUSCRIPT)), "--strict", "-o", str(folder / "a.epub")),
    ],
    "an output of no format": lambda folder: ["compile", str(put(folder, "a.txt", PAGE)), "-o", f"a.{HOSTILE}"],
    **{
        f"option {option}": lambda folder, option=option: [
            *("compile", str(put(folder, "a.txt", PAGE)), "-o", str(folder / "a.epub"), option, HOSTILE),
        ]
        for option in ("--theme", "--set", "--date", "--language", "--attach", "--profile", "--allow-private")
    },
    "the value of a theme's option": lambda folder: [
        *("compile", str(put(folder, "a.txt", PAGE)), "-o", str(folder / "a.epub"), "--set", f"font={HOSTILE}"),
    ],
    "the picture of a theme's option": lambda folder: [
        *("compile", str(put(folder, "a.txt", PAGE)), "-o", str(folder / "a.epub"), "--set", f"logo={HOSTILE}"),
    ],
    "an option that there is not": lambda folder: ["read", f"--{HOSTILE}"],
    "a command that there is not": lambda folder: [HOSTILE],
    "themes": lambda folder: ["themes", "list", *theme(folder)],
    "themes show": lambda folder: ["themes", "show", NAME.strip(), *theme(folder)],
    "themes show one that is not there": lambda folder: ["themes", "show", HOSTILE],
    "themes new": lambda folder: ["themes", "new", HOSTILE, "--in", str(folder)],
    "check a PDF": lambda folder: ["check", "--no-validators", str(pdf(folder))],
    "check a PDF as JSON": lambda folder: ["check", "--no-validators", "--json", str(pdf(folder))],
    "check what is neither": lambda folder: ["check", str(put(folder, NAME, HOSTILE))],
    "check what is not there": lambda folder: ["check", str(folder / NAME)],
    "digest": digest("run", "--week", WEEK),
    "digest as JSON": digest("run", "--week", WEEK, "--json"),
    "digest tried": digest("run", "--week", WEEK, "--dry-run"),
    "digest of a week": digest("run", "--week", HOSTILE),
    "digest of a title": digest("run", "--week", WEEK, change=lambda text: text.replace("Tuần tin Lam Châu", IN_TOML)),
    "digest of a source": digest("run", "--week", WEEK, change=lambda text: text.replace("pages/{week}", IN_TOML)),
    "digest of a theme": digest("run", "--week", WEEK, change=lambda text: text.replace('"bare"', f'"{IN_TOML}"')),
    "digest of a key": digest("run", "--week", WEEK, change=lambda text: f'"{IN_TOML}" = 1\n{text}'),
    "digest of a zone": digest(
        "run", "--week", WEEK, change=lambda text: text.replace("Asia/Ho_Chi_Minh", f"{IN_TOML}")
    ),
    "doctor of a source": digest("doctor", change=lambda text: text.replace("pages/{week}", IN_TOML)),
    "doctor of a theme": digest("doctor", "--json", change=lambda text: text.replace('"bare"', f'"{IN_TOML}"')),
    "verify": verified,
    "verify what is not there": lambda folder: ["verify", str(folder / NAME)],
    "shelf refresh": shelf,
    "shelf serve": lambda folder: [
        *("shelf", "serve", str(put(folder, "catalog.xml", "").parent)),
        *("--name", HOSTILE),
    ],
}
"""For each way to have strangers' words said, what is typed."""


@pytest.mark.parametrize("what", SAID)
def test_nothing_that_a_command_prints_steers_the_terminal(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(cli, SAID[what](tmp_path), prog_name="publisher")

    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code != 1
    assert MARK in result.output or REPLACEMENT in result.output
    assert STEERING.findall(result.output) == []
