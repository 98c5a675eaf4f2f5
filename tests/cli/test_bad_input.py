"""Bad input: each a whole line on standard error, its documented exit code, and nothing left behind."""

import re
import subprocess
import sys

import pytest

from publisher.config import starter
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
    for name, data in ODD_FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "digest.toml").write_text(starter(), encoding="utf-8")
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
    (tmp_path / "two" / "issue.json").touch()
    page(tmp_path / "two", PAGE, "1.txt")
    page(tmp_path / "two", PAGE.replace("Ngòi Thia", "Bến Tằm"), "2.txt")


ODD_FILES = {
    "old.pdf": b"%PDF-1.7\n",
    "book.epub": b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip",
    "letter.doc": b"\xd0\xcf\x11\xe0\xa1\xb1",
    "table.xlsx": b"PK\x03\x04"
    + bytes(26)
    + b"[Content_Types].xml"
    + bytes(200)
    + b"PK\x03\x04"
    + bytes(26)
    + b"xl/workbook.xml",
    "photo.jpg": b"\xff\xd8\xff\xe0",
}
"""What people give for an article."""


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
    "a PDF": (
        brief("old.pdf"),
        3,
        "old.pdf is a PDF document, which is not read. "
        "Save the page that it was made from, or copy its words into a .txt file.",
    ),
    "an e-book": (
        brief("book.epub"),
        3,
        "book.epub is an e-book, which is not read. Unpack it, and name the chapters in it (.xhtml).",
    ),
    "an old Word document": (
        brief("letter.doc"),
        3,
        "letter.doc is an old Word document, which is not read. Open it in Word or LibreOffice and save it as .docx.",
    ),
    "a workbook": (
        brief("table.xlsx"),
        3,
        "table.xlsx is a workbook or a presentation, which is not read. Copy its words into a .txt file.",
    ),
    "a photograph": (
        brief("photo.jpg"),
        3,
        "photo.jpg is a JPEG picture, which is not read. "
        "Copy its words into a .txt file, and name the picture there on a line above its caption.",
    ),
    "an address without its scheme": (
        brief("www.bao.example/tin"),
        3,
        "cannot read 'www.bao.example/tin': there is no such file. If it is an address: https://www.bao.example/tin",
    ),
    "an address with half a scheme": (
        brief("https:/bao.example/tin"),
        3,
        "cannot read 'https:/bao.example/tin': there is no such file. If it is an address: https://bao.example/tin",
    ),
    "an address of another kind": (
        brief("ftp://bao.example/tin"),
        3,
        "cannot read 'ftp://bao.example/tin': only addresses that start with http:// or https:// are fetched.",
    ),
    "an output among the sources": (
        ("brief", "page.txt", "out.pdf"),
        2,
        "there is no source 'out.pdf'. If it is to be written: -o out.pdf",
    ),
    "near profile of an outlet": (
        brief("page.txt", "--outlet", "digset.toml"),
        3,
        "cannot read the profile 'digset.toml': there is no such file. Did you mean 'digest.toml'?",
    ),
    "near corrections": (
        brief("page.txt", "--corrections", "odd.text"),
        3,
        "cannot read the corrections 'odd.text': there is no such file. Did you mean 'odd.txt'?",
    ),
    "corrections of several": (
        brief("page.txt", "odd.txt", "--corrections", "c.toml"),
        2,
        "--corrections is for one source, and there are 2. Put each one's beside it, as page.txt.corrections.toml",
    ),
    "near original": (
        brief("page.txt", "--attach-source", "pge.txt"),
        2,
        "cannot attach 'pge.txt': it is none of the sources. Did you mean 'page.txt'?",
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
    "theme folder that is not there": (
        brief("page.txt", "--themes-folder", "theme"),
        2,
        "there is no folder 'theme' of themes. Did you mean 'themes'?",
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
    "near choice of a setting": (
        brief("page.txt", "--set", "paper=A44"),
        2,
        "option 'paper' does not take 'A44'. Did you mean 'A4'?",
    ),
    "setting that is yes or no": (
        brief("page.txt", "--set", "related=maybe"),
        2,
        "option 'related' takes yes or no, not 'maybe'",
    ),
    "setting without value": (
        brief("page.txt", "--set", "accent"),
        2,
        "--set: 'accent' is not of the form name=value",
    ),
    "picture of a setting": (
        brief("page.txt", "--set", "logo=logo.svg"),
        2,
        "option 'logo' cannot use 'logo.svg': there is no such file. Name a file that is a picture",
    ),
    # what is typed
    "no source": (("brief",), 2, "brief lacks SOURCE. See publisher brief --help."),
    "nothing to check": (("check",), 2, "check lacks FILE. See publisher check --help."),
    "near command": (("compil", "page.txt"), 2, "there is no command 'compil'. Did you mean 'compile'?"),
    "near command of a group": (("themes", "shw"), 2, "themes has no command 'shw'. Did you mean 'show'?"),
    "near command of the digest": (
        ("digest", "histry", "digest.toml"),
        2,
        "digest has no command 'histry'. Did you mean 'history'?",
    ),
    "source in place of a command": (
        ("page.txt",),
        2,
        "there is no command 'page.txt': it is a source. Try publisher brief page.txt, or publisher read page.txt.",
    ),
    "near option": (
        brief("page.txt", "--quarantne", "x"),
        2,
        "brief has no option --quarantne. Did you mean '--quarantine'?",
    ),
    "option of another command": (
        brief("page.txt", "--order", "newest"),
        2,
        "brief has no option --order. It is one of publisher compile.",
    ),
    "near option of no command": (("--verson",), 2, "publisher has no option --verson. Did you mean '--version'?"),
    "option without value": (("brief", "page.txt", "-o"), 2, "-o lacks its value"),
    "value without an option that takes one": (brief("page.txt", "--strict=yes"), 2, "--strict takes no value"),
    "one word too many": (
        ("verify", "issue.json", "page.txt"),
        2,
        "verify takes no more, and was given 'page.txt' too. See publisher verify --help.",
    ),
    "near schema": (("schema", "artcle"), 2, "WHAT does not take 'artcle'. Did you mean 'article'?"),
    "no day": (
        brief("page.txt", "--date", "17/10"),
        2,
        "--date: '17/10' is not a day such as 2026-03-21 or 21/3/2026, nor today",
    ),
    "no language": (
        brief("page.txt", "--language", '"'),
        2,
        "--language: '\"' is not a language tag such as vi or en-GB",
    ),
    "near flow": (brief("page.txt", "--flow", "runon"), 2, "--flow does not take 'runon'. Did you mean 'run-on'?"),
    "near profile": (brief("page.txt", "--profile", "kbo"), 2, "--profile does not take 'kbo'. Did you mean 'kobo'?"),
    "no attachment": (
        brief("page.txt", "--attach", "all"),
        2,
        "--attach does not take 'all'. There is: articles, none, sources.",
    ),
    "section of nothing": (
        brief("page.txt", "--section", "Kinh tế="),
        2,
        "--section: 'Kinh tế=' is not of the form name=source, nor a name",
    ),
    "near order": (
        ("compile", "page.txt", "--order", "newst"),
        2,
        "--order does not take 'newst'. Did you mean 'newest'?",
    ),
    "near format": (("read", "page.txt", "--format", "jsn"), 2, "--format does not take 'jsn'. Did you mean 'json'?"),
    "host with a scheme": (
        brief("page.txt", "--allow-private", "http://wiki.lan"),
        2,
        "--allow-private: 'http://wiki.lan' is not a host such as wiki.lan or 127.0.0.1, without http:// and port",
    ),
    "pages that are no number": (brief("page.txt", "--pages", "one"), 2, "--pages takes a whole number, not 'one'"),
    "no pages": (brief("page.txt", "--pages", "0"), 2, "--pages takes a number in the range x>=1, not 0"),
    "quiet and verbose": (
        brief("page.txt", "-q", "-v"),
        2,
        "--quiet and --verbose exclude each other. Give one of them.",
    ),
    "several in one manuscript": (
        ("read", "page.txt", "odd.txt", "--format", "markdown"),
        2,
        "a Markdown file holds one article, and there are 2. Use --format json.",
    ),
    # a press, e-readers
    "bleed on a screen": (brief("page.txt", "--bleed", "3"), 2, "--bleed is for a press. Give --print with it"),
    "near mark": (
        brief("page.txt", "--print", "--marks", "crops"),
        2,
        "--marks does not know 'crops'. Did you mean 'crop'?",
    ),
    "much bleed": (brief("page.txt", "--print", "--bleed", "900"), 2, "--bleed takes 0 to 25 millimetres, not 900"),
    "missing profile of a press": (
        brief("page.txt", "--print", "--output-profile", "x.icc"),
        2,
        "cannot read the output profile x.icc: no such file or directory. Check the name.",
    ),
    "e-reader without an e-book": (
        brief("page.txt", "--profile", "kobo"),
        2,
        "--profile makes e-books, and no output is one. Add -o with a name ending in .epub",
    ),
    "option of an e-reader that is not asked for": (
        brief("page.txt", "--kindle-language", "en"),
        2,
        "--kindle-language is for the profile 'kindle'. Give --profile kindle with it",
    ),
    # other commands
    "near file to check": (
        ("check", "pag.txt"),
        3,
        "cannot check pag.txt: no such file or directory. Did you mean 'page.txt'?",
    ),
    "text to check": (
        ("check", "page.txt"),
        3,
        "cannot check page.txt: it is neither a PDF nor an EPUB. Name a finished file.",
    ),
    "near purpose": (("check", "old.pdf", "--for", "pres"), 2, "--for does not take 'pres'. Did you mean 'press'?"),
    "no proof": (
        ("verify", "two/isue.json"),
        3,
        "cannot read the proof two/isue.json: no such file or directory. Did you mean 'issue.json'?",
    ),
    "near settings": (
        ("digest", "digst.toml"),
        9,
        "cannot read the settings digst.toml: no such file or directory. Did you mean 'digest.toml'?",
    ),
    "no week": (("digest", "digest.toml", "--week", "12"), 2, "'12' is no week. Give one such as 2026-W12."),
    "settings that are there": (
        ("digest", "--init"),
        5,
        "cannot write digest.toml: it exists. Name another file, or remove it.",
    ),
    "no shelf": (
        ("shelf", "refresh", "shelff"),
        3,
        "there is no shelf shelff: no such folder. Correct the name, or let publisher digest make it.",
    ),
    "shelf without catalogues": (
        ("shelf", "serve", "two"),
        3,
        "two has no catalogues: nothing leads to its issues. Run publisher shelf refresh two",
    ),
    "port that is none": (
        ("shelf", "serve", "two", "--port", "99999"),
        2,
        "--port takes a number in the range 0<=x<=65535, not 99999",
    ),
    "missing defaults": (
        ("--defaults", "digst.toml", "themes"),
        9,
        "cannot read the defaults digst.toml: no such file or directory. Did you mean 'digest.toml'?",
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


@pytest.mark.sample(2)
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


def test_there_are_sixty_of_them_at_least():
    assert len(TABLE) >= 60


def test_a_mistake_in_a_variable_or_the_defaults_is_one_line_that_names_the_place(tmp_path, monkeypatch):
    (tmp_path / "defaults.toml").write_text('[brief]\nnumber = "4"\npages = 0\n')
    monkeypatch.setenv("PUBLISHER_BRIEF_FLOW", "runon")

    by_variable = run("brief", "page.txt")
    monkeypatch.delenv("PUBLISHER_BRIEF_FLOW")
    by_file = run("--defaults", "defaults.toml", "brief", "page.txt")

    assert (by_variable.exit_code, by_variable.stderr) == (
        2,
        "publisher: PUBLISHER_BRIEF_FLOW: --flow does not take 'runon'. Did you mean 'run-on'?\n",
    )
    assert (by_file.exit_code, by_file.stderr) == (
        2,
        "publisher: defaults.toml, line 3: --pages takes a number in the range x>=1, not 0\n",
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
        assert lines == [f"problem: 25 dates have no year: {first}; and 22 more [inferred-date]"]
