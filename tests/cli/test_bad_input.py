"""Bad input: each a whole line on standard error, its documented exit code, and nothing left behind."""

import re
import subprocess
import sys

import pytest

from publisher.fetching import MEDIA_TYPES
from tests.cli.running import ODD, PAGE, listing, page, run
from tests.theming.issues import make_theme


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """A folder to work in, with a page and folders that may go wrong; the user's own themes are not looked at."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    page(tmp_path)
    page(tmp_path, ODD, "odd.txt")
    page(tmp_path, "", "empty.txt")
    page(tmp_path, " \n\n \t\n", "blank.txt")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (tmp_path / "nothing").mkdir()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "folder.epub").mkdir()
    (tmp_path / "full.epub").symlink_to("/dev/full")
    themes = tmp_path / "themes"
    make_theme(themes, "broken", **{"print__article.xhtml": "<p>\n{{ article.headline }} {{ headlin }}</p>"})
    make_theme(themes, "half", **{"ebook__cover.xhtml": "{% block body %}"})
    make_theme(themes, "bad", **{"theme.toml": 'summary = "S."\nextend = "brief"'})
    make_theme(themes, "loop", **{"theme.toml": 'summary = "S."\nextends = "loop"'})
    (tmp_path / "two").mkdir()
    page(tmp_path / "two", PAGE, "1.txt")
    page(tmp_path / "two", PAGE.replace("Ngòi Thia", "Bến Tằm"), "2.txt")


def brief(source="page.txt", *options):
    return ("brief", source, "-o", "out.pdf", *options)


TABLE = {
    # sources
    "missing file": (brief("pages.txt"), 3, "cannot read 'pages.txt': there is no such file. Did you mean 'page.txt'?"),
    "empty file": (brief("empty.txt"), 3, "empty.txt is empty. Give a file with an article in it."),
    "blank file": (brief("blank.txt"), 3, "blank.txt is empty. Give a file with an article in it."),
    "binary file": (
        brief("binary.txt"),
        3,
        "binary.txt is not text: it holds binary data. Give a text or Markdown file.",
    ),
    "picture": (
        brief("picture.png"),
        3,
        "picture.png is a PNG picture, which is not read. "
        "Copy its words into a .txt file, and name the picture there on a line above its caption.",
    ),
    "empty folder": (
        brief("nothing"),
        3,
        f"cannot read the folder 'nothing': it is empty. Articles are files that end in {', '.join(MEDIA_TYPES)}.",
    ),
    "folder without articles": (
        brief("photos"),
        3,
        "cannot read the folder 'photos': none of its files is an article. "
        f"Articles are files that end in {', '.join(MEDIA_TYPES)}.",
    ),
    "no name": (brief(""), 3, "cannot read a source without a name. Name a file, a folder, or - for standard input."),
    "standard input twice": (
        ("compile", "-", "-", "-o", "out.epub"),
        3,
        "cannot read standard input twice: it is used up after the first time. Name - once.",
    ),
    "none of several": (
        ("compile", "empty.txt", "blank.txt", "-o", "out.epub"),
        3,
        "none of the 2 sources holds an article. The first: empty.txt is empty. Give a file with an article in it.",
    ),
    "one missing of several": (
        ("compile", "page.txt", "pages.txt", "-o", "out.epub"),
        3,
        "cannot read 'pages.txt': there is no such file. Did you mean 'page.txt'?",
    ),
    # themes; their mistakes in detail are in tests/theming
    "unknown theme": (
        brief("page.txt", "--theme", "breif"),
        4,
        "there is no theme 'breif'. Did you mean 'brief'?",
    ),
    "broken template": (
        brief("page.txt", "--themes-folder", "themes", "--theme", "broken"),
        4,
        "broken:print/article.xhtml, line 2: 'headlin' is undefined",
    ),
    "broken template of the other target": (
        ("compile", "page.txt", "-o", "out.pdf", "-o", "out.epub", "--themes-folder", "themes", "--theme", "half"),
        4,
        "half:ebook/cover.xhtml, line 1: Unexpected end of template. Jinja was looking for the following tags: "
        "'endblock'. The innermost block that needs to be closed is 'block'.",
    ),
    "bad theme.toml": (
        brief("page.txt", "--themes-folder", "themes", "--theme", "bad"),
        4,
        "themes/bad/theme.toml, line 2: Object contains unknown field `extend`",
    ),
    "theme that extends itself": (
        brief("page.txt", "--themes-folder", "themes", "--theme", "loop"),
        4,
        "theme 'loop' extends itself",
    ),
    "unknown theme to show": (
        ("themes", "show", "compliation"),
        4,
        "there is no theme 'compliation'. Did you mean 'compilation'?",
    ),
    "new theme that is there": (
        ("themes", "new", "bad", "--in", "themes"),
        4,
        "themes/bad exists already. Choose another name, or remove it first",
    ),
    "new theme's name": (
        ("themes", "new", "../x", "--in", "themes"),
        2,
        "a theme's name is lower-case letters, digits and hyphens, not '../x'",
    ),
    # options of a theme
    "unknown setting": (
        brief("page.txt", "--set", "acent=#000000"),
        2,
        "the theme has no option 'acent'. Did you mean 'accent'?",
    ),
    "bad setting": (
        brief("page.txt", "--set", "accent=rad"),
        2,
        "option 'accent' takes a colour such as #8a1c1c or green, not 'rad'. Did you mean 'red'?",
    ),
    # outputs
    "unknown suffix": (
        ("brief", "page.txt", "-o", "out.docx"),
        5,
        "cannot write out.docx: '.docx' names no format that is made here. There is: .epub, .pdf.",
    ),
    "near suffix": (
        ("brief", "page.txt", "-o", "out.pfd"),
        5,
        "cannot write out.pfd: '.pfd' names no format that is made here. Did you mean '.pdf'?",
    ),
    "no suffix": (
        ("brief", "page.txt", "-o", "out"),
        5,
        "cannot write out: it has no suffix to name a format. There is: .epub, .pdf.",
    ),
    "missing folder": (
        ("brief", "page.txt", "-o", "briefs/out.epub"),
        5,
        "cannot write briefs/out.epub: there is no folder briefs. Make the folder first.",
    ),
    "folder is a file": (
        ("brief", "page.txt", "-o", "page.txt/out.epub"),
        5,
        "cannot write page.txt/out.epub: page.txt is a file, not a folder. Choose another place.",
    ),
    "output is a folder": (
        ("brief", "page.txt", "-o", "folder.epub"),
        5,
        "cannot write folder.epub: it is a folder. Name a file in it.",
    ),
    # problems
    "strict": (
        brief("odd.txt", "--strict"),
        7,
        "one problem was found and --strict is given, so nothing was written. The first: odd.txt: "
        "17/10 has no year on the page; 2025 was inferred from the other dates on it [inferred-date]",
    ),
}


@pytest.mark.parametrize(("arguments", "code", "message"), [pytest.param(*row, id=name) for name, row in TABLE.items()])
def test_one_line_one_code_and_nothing_left(arguments, code, message, tmp_path):
    before = listing(tmp_path)

    result = run(*arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (code, "", f"publisher: {message}\n")
    assert listing(tmp_path) == before


def test_a_full_disk_is_one_line(tmp_path):
    before = [path.name for path in sorted(tmp_path.iterdir())]

    result = run("brief", "page.txt", "-o", "full.epub")

    assert (result.exit_code, result.stdout) == (5, "")
    assert re.fullmatch(
        r"publisher: cannot write full\.epub: the disk is full\. Free [0-9,]+ bytes or choose another place\.\n",
        result.stderr,
    )
    assert [path.name for path in sorted(tmp_path.iterdir())] == before


def mounted(options, suffix, before=""):
    """What comes of a brief written to a file system of its own, in the folder ``small`` of a mount namespace."""
    script = (
        f"mkdir small && mount -t tmpfs -o {options} none small && {before or 'true'} && "
        f"'{sys.executable}' -m publisher brief page.txt -o small/out.{suffix}; "
        f"echo $? $(ls -A small) $(cat small/out.{suffix} 2>/dev/null)"
    )
    made = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script], capture_output=True, text=True, check=False
    )
    if "mount" in made.stderr or "unshare" in made.stderr:
        pytest.skip(f"this machine lets nobody mount a small file system: {made.stderr.strip()}")
    return made


@pytest.mark.parametrize("suffix", ["pdf", "epub"])
def test_a_disk_that_fills_up_leaves_the_old_file_and_no_other(suffix):
    made = mounted("size=8k", suffix, before=f"echo old > small/out.{suffix}")

    assert made.stdout == f"5 out.{suffix} old\n"
    assert re.fullmatch(
        rf"publisher: cannot write small/out\.{suffix}: the disk is full\. "
        r"Free [0-9,]+ bytes or choose another place\.\n",
        made.stderr,
    )


def test_a_folder_that_cannot_be_written_in_is_one_line():
    made = mounted("ro", "epub")

    assert made.stdout == "5\n"
    assert made.stderr == (
        "publisher: cannot write small/out.epub: the folder small is not writable. "
        "Change its permissions or choose another place.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "command", "operand", "message"),
    [
        pytest.param(("brief",), "brief", "SOURCE...", "Missing argument 'SOURCE...'.", id="no source"),
        pytest.param(("read",), "read", "SOURCE...", "Missing argument 'SOURCE...'.", id="nothing to read"),
        pytest.param(("brief", "page.txt"), "brief", "SOURCE...", "Missing option '-o' / '--output'.", id="no output"),
        pytest.param(
            brief("page.txt", "--quarantne", "x"),
            "brief",
            "SOURCE...",
            "No such option '--quarantne'. Did you mean '--quarantine'?",
            id="near option",
        ),
        pytest.param(
            brief("page.txt", "--date", "17/10"),
            "brief",
            "SOURCE...",
            "Invalid value for '--date': '17/10' is not a day such as 2026-03-21 or 21/3/2026, nor today",
            id="no day",
        ),
        pytest.param(
            brief("page.txt", "--language", '"'),
            "brief",
            "SOURCE...",
            "Invalid value for '--language': '\"' is not a language tag such as vi or en-GB",
            id="no language",
        ),
        pytest.param(
            brief("page.txt", "--set", "accent"),
            "brief",
            "SOURCE...",
            "Invalid value for '--set': 'accent' is not of the form name=value",
            id="setting without value",
        ),
        pytest.param(
            brief("page.txt", "--flow", "runon"),
            "brief",
            "SOURCE...",
            "Invalid value for '--flow': 'runon' is not one of 'each', 'section', 'run-on'.",
            id="no flow",
        ),
        pytest.param(
            brief("page.txt", "--section", "Kinh tế="),
            "brief",
            "SOURCE...",
            "Invalid value for '--section': 'Kinh tế=' is not of the form name=source, nor a name",
            id="section of nothing",
        ),
        pytest.param(
            ("compile", "page.txt", "-o", "a.pdf", "--order", "newst"),
            "compile",
            "SOURCE...",
            "Invalid value for '--order': 'newst' is not one of 'given', 'newest', 'oldest'.",
            id="no order",
        ),
        pytest.param(
            ("read", "page.txt", "--format", "xml"),
            "read",
            "SOURCE...",
            "Invalid value for '--format': 'xml' is not one of 'outline', 'json', 'markdown'.",
            id="no format",
        ),
    ],
)
def test_a_wrong_use_is_explained_with_the_usage(arguments, command, operand, message, tmp_path):
    before = listing(tmp_path)

    result = run(*arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        f"Usage: publisher {command} [OPTIONS] {operand}\nTry 'publisher {command} --help' for help.\n\n"
        f"Error: {message}\n",
    )
    assert listing(tmp_path) == before


def test_an_unknown_command_names_the_near_one():
    result = run("compil")

    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: No such command 'compil'. Did you mean 'compile'?",
    )


class TestOddPages:
    def test_an_odd_page_is_read_and_its_problems_are_listed(self, tmp_path):
        result = run("brief", "odd.txt", "-o", "out.epub")

        assert result.exit_code == 0
        assert result.stderr == (
            "problem: odd.txt: 17/10 has no year on the page; 2025 was inferred from the other dates on it "
            "[inferred-date]\n"
        )
        assert result.stdout.startswith("out.epub (")
        assert (tmp_path / "out.epub").is_file()

    def test_one_bad_source_of_several_costs_itself(self, tmp_path):
        result = run("compile", "page.txt", "binary.txt", "-o", "out.epub")

        assert result.exit_code == 0
        assert result.stderr == (
            "problem: binary.txt: binary.txt is not text: it holds binary data. Give a text or Markdown file. "
            "[no-article]\n"
        )

    def test_strict_fails_for_it_and_leaves_an_old_file_as_it_was(self, tmp_path):
        (tmp_path / "out.epub").write_bytes(b"old")

        result = run("compile", "page.txt", "binary.txt", "-o", "out.epub", "--strict")

        assert result.exit_code == 7
        assert (tmp_path / "out.epub").read_bytes() == b"old"

    def test_strict_reading_prints_what_it_read_and_fails(self):
        result = run("read", "odd.txt", "--format", "json", "--strict")

        assert result.exit_code == 7
        assert result.stdout.startswith('{"headline":"Cầu Ngòi Thia')
        assert result.stderr.startswith("publisher: one problem was found and --strict is given")

    def test_many_problems_of_one_code_are_one_line_that_counts_them(self, tmp_path):
        (tmp_path / "many").mkdir()
        for number in range(25):
            page(tmp_path / "many", ODD.replace("Ngòi Thia", f"số {number}"), f"{number:02}.txt")

        lines = run("compile", "many", "-o", "out.epub").stderr.splitlines()

        why = "17/10 has no year on the page; 2025 was inferred from the other dates on it"
        first = "; ".join(f"many/{number:02}.txt: {why}" for number in range(3))
        assert lines == [f"problem: 25 of one kind: {first}; and 22 more [inferred-date]"]
