"""Commands as they are meant to be used."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from publisher import __version__
from publisher.theming import theme_folders
from tests.cli.running import PAGE, page, run
from tests.writing.pdf.pages import pages


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "config"))
    page(tmp_path)


def test_the_version_is_the_packages():
    assert run("--version").stdout == f"publisher, version {__version__}\n"


@pytest.mark.parametrize(
    "command",
    [(), ("read",), ("brief",), ("compile",), ("themes",), ("themes", "list"), ("themes", "show"), ("themes", "new")],
    ids=" ".join,
)
def test_every_command_explains_itself(command):
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert result.stdout == run(*command, "-h").stdout
    assert re.match(r"Usage: publisher [^\n]*\n\n  [A-Z][^\n]*\n", result.stdout)


class TestRead:
    def test_json_is_one_article_a_line(self, tmp_path):
        page(tmp_path, PAGE.replace("Ngòi Thia", "Bến Tằm"), "other.txt")

        lines = run("read", "page.txt", "other.txt", "--format", "json").stdout.splitlines()

        assert [json.loads(line)["headline"] for line in lines] == [
            "Cầu Ngòi Thia thông xe sau ba năm thi công",
            "Cầu Bến Tằm thông xe sau ba năm thi công",
        ]

    def test_standard_input_is_read_like_a_file(self):
        named = json.loads(run("read", "page.txt", "--format", "json").stdout)

        piped = json.loads(run("read", "-", "--format", "json", data=PAGE.encode()).stdout)

        assert piped | {"origin": None} == named | {"origin": None}

    def test_the_trace_has_each_line_once(self):
        explained = run("read", "page.txt", "--explain").stdout

        numbers = re.findall(r"^ *(\d+)  ", explained, re.MULTILINE)
        assert numbers == [str(number) for number in range(1, len(PAGE.splitlines()) + 1)]


class TestBrief:
    def test_it_names_the_file_its_pages_and_its_size(self, tmp_path):
        result = run("brief", "page.txt", "-o", "out.pdf")

        assert re.fullmatch(r"out\.pdf \(1 page, \d+ kB\)\n", result.stdout)
        assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")

    def test_what_is_given_is_printed(self, tmp_path):
        run(
            *("brief", "-", "-o", "out.pdf", "--title", "Điểm tin sáng", "--number", "42", "--date", "2025-10-20"),
            *("--set", "paper=A5", "--set", "accent=#14415f"),
            data=PAGE.encode(),
        )

        first = pages(tmp_path / "out.pdf")[0]
        words = " ".join(word.text for word in first.words)
        assert words.startswith("Điểm tin sáng Số 42 Thứ Hai, ngày 20 tháng 10 năm 2025 Cầu Ngòi Thia")
        assert round(first.width) == 420

    def test_an_option_of_the_theme_changes_the_result(self, tmp_path):
        text = f"{PAGE}\nTin khác\n\nPhà Bính chạy chuyến cuối\n\nPhà Bính chạy chuyến cuối\n\nBến phà đóng cửa.\n"
        page(tmp_path, text)

        run("brief", "page.txt", "-o", "with.pdf")
        run("brief", "page.txt", "-o", "without.pdf", "--set", "related=no")

        printed = {
            name: " ".join(word.text for page in pages(tmp_path / f"{name}.pdf") for word in page.words)
            for name in ("with", "without")
        }
        assert "Phà Bính" in printed["with"]
        assert "Phà Bính" not in printed["without"]


class TestCompile:
    def test_any_number_of_files_is_made_from_one_reading(self, tmp_path):
        page(tmp_path, PAGE.replace("Ngòi Thia", "Bến Tằm"), "other.txt")

        result = run("compile", "page.txt", "other.txt", "-o", "a.epub", "-o", "B.PDF", "-o", "c.epub")

        assert [line.split()[0] for line in result.stdout.splitlines()] == ["a.epub", "B.PDF", "c.epub"]
        assert (tmp_path / "a.epub").read_bytes() == (tmp_path / "c.epub").read_bytes()
        assert zipfile.is_zipfile(tmp_path / "a.epub")
        assert (tmp_path / "B.PDF").read_bytes().startswith(b"%PDF-")

    @pytest.mark.parametrize(("order", "days"), [("given", "213"), ("newest", "321"), ("oldest", "123")])
    def test_the_order_is_the_one_asked_for(self, order, days, tmp_path):
        for day in "123":
            text = f"---\ntitle: Cầu số {day} thông xe\ndate: 2025-10-0{day}\n---\n\nSáng nay cầu mở cho xe.\n"
            page(tmp_path, text, f"{day}.md")

        run("compile", "2.md", "1.md", "3.md", "-o", "out.epub", "--order", order)

        with zipfile.ZipFile(tmp_path / "out.epub") as book:
            contents = next(name for name in book.namelist() if name.endswith("contents.xhtml"))
            assert "".join(re.findall(r"Cầu số (\d)", book.read(contents).decode())[:3]) == days


class TestThemes:
    def test_names_are_one_a_line_for_scripts(self):
        names = run("themes", "list", "--names").stdout.splitlines()

        assert names == sorted(names)
        assert {"base", "brief", "compilation"} <= set(names)

    def test_the_list_says_what_each_makes_and_is_what_themes_alone_prints(self):
        lines = run("themes", "list").stdout.splitlines()

        assert [line.split()[0] for line in lines] == sorted(theme_folders())
        assert all(line.endswith(".") for line in lines)
        assert run("themes").stdout.splitlines() == lines

    def test_show_has_every_option_and_the_owner_of_every_file(self):
        shown = run("themes", "show", "compilation").stdout

        assert "extends: base\nprint: cover, contents, articles, appendix, colophon\n" in shown
        assert "  paper        A4 | A5 | letter (default A4). The paper of the printed edition.\n" in shown
        assert re.search(r"^  print\.css +compilation$", shown, re.MULTILINE)
        assert re.search(r"^  print/article\.xhtml +base$", shown, re.MULTILINE)

    def test_a_new_theme_is_found_by_its_name_and_renders_at_once(self, tmp_path):
        made = run("themes", "new", "mine", "--extends", "brief")

        folder = tmp_path / "home" / "config" / "publisher" / "themes" / "mine"
        assert made.stdout == f"{folder}\nTry it: publisher brief SOURCE -o brief.pdf --theme mine\n"
        assert run("themes", "list", "--names").stdout.splitlines() == sorted([*theme_folders(), "mine"])
        result = run("brief", "page.txt", "-o", "out.pdf", "--theme", "mine", "--set", "rule=thick")
        assert (result.exit_code, result.stderr) == (0, "")

    def test_a_new_theme_may_be_made_anywhere_and_named_by_its_folder(self, tmp_path):
        made = run("themes", "new", "mine", "--in", "designs", "--extends", "compilation")

        assert made.stdout == "designs/mine\nTry it: publisher brief SOURCE -o brief.pdf --theme designs/mine\n"
        for named in (("--theme", "designs/mine"), ("--themes-folder", "designs", "--theme", "mine")):
            assert run("compile", "page.txt", "-o", "out.epub", *named).exit_code == 0


def publisher(*arguments, **environment):
    """A run of the real command, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "publisher", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_is_given_a_completion(shell):
    made = publisher(_PUBLISHER_COMPLETE=f"{shell}_source")

    assert (made.returncode, made.stderr) == (0, b"")
    assert b"_PUBLISHER_COMPLETE" in made.stdout


def test_the_names_of_themes_are_completed():
    made = publisher(_PUBLISHER_COMPLETE="bash_complete", COMP_WORDS="publisher brief --theme co", COMP_CWORD="3")

    assert made.stdout.decode().split() == ["plain,compilation"]


def test_vietnamese_comes_through_whatever_the_locale():
    made = publisher("read", "page.txt", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert (made.returncode, made.stderr) == (0, b"")
    assert "Cầu Ngòi Thia thông xe" in made.stdout.decode("utf-8")


def test_no_progress_is_shown_where_there_is_no_terminal():
    made = publisher("brief", "page.txt", "-o", "out.pdf")

    assert (made.returncode, made.stderr) == (0, b"")
    assert re.fullmatch(rb"out\.pdf \(1 page, \d+ kB\)\n", made.stdout)


def test_a_reader_that_goes_away_is_no_traceback():
    """As in ``publisher read … | head -1``."""
    code = "import sys, os; r, w = os.pipe(); os.close(r); os.dup2(w, 1); from publisher.cli import main; main()"
    made = subprocess.run(
        [sys.executable, "-c", code, "read", *["page.txt"] * 100, "--explain"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert b"Traceback" not in made.stderr
