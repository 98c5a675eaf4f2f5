"""How much a command says: ``-q``, ``-v``, ``--json``."""

import json
import re

import jsonschema
import pytest

from tests.cli.running import ODD, bare_theme, page, run

PROBLEM = "odd.txt: 17/10 has no year on the page; 2025 was inferred from the other dates on it"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    page(tmp_path, ODD, "odd.txt")
    bare_theme(tmp_path)


def test_quiet_says_nothing_and_makes_the_file(tmp_path):
    result = run("brief", "odd.txt", "-o", "out.epub", "--theme", "bare", "-q")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert (tmp_path / "out.epub").is_file()


def test_quiet_still_says_an_error():
    assert run("brief", "od.txt", "-q").stderr == (
        "publisher: cannot read 'od.txt': there is no such file. Did you mean 'odd.txt'?\n"
    )


def test_verbose_tells_each_problem_each_step_and_options_from_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("PUBLISHER_COMPILE_NUMBER", "12")
    (tmp_path / "many").mkdir()
    for number in range(4):
        page(tmp_path / "many", ODD.replace("Ngòi Thia", f"số {number}"), f"{number}.txt")

    lines = run("compile", "many", "-o", "out.epub", "--theme", "bare", "-v").stderr.splitlines()

    assert lines[0] == "option: --number 12 (PUBLISHER_COMPILE_NUMBER)"
    assert [re.sub(r"[0-9.]+ s", "T s", line) for line in lines[1:-4]] == ["read: 4 (T s)", "write: 1 (T s)"]
    assert lines[-4:] == [f"problem: many/{n}.txt:{PROBLEM.partition(':')[2]} [inferred-date]" for n in range(4)]


def test_a_brief_of_many_articles_is_told_of_the_other_command(tmp_path):
    for number in range(13):
        page(tmp_path, f"# Cầu số {number} thông xe\n\nSáng nay cầu mở cho xe.\n", f"{number}.md")
    articles = [f"{number}.md" for number in range(13)]

    assert run("brief", *articles, "-o", "out.epub", "--theme", "bare").stderr == (
        "a brief of 13 articles has no contents and no appendix: publisher compile makes an issue with both\n"
    )
    assert run("brief", *articles[:12], "-o", "out.epub", "--theme", "bare").stderr == ""


def test_json_is_one_line_by_its_schema(tmp_path):
    result = run(
        "brief",
        "odd.txt",
        "-o",
        "out.pdf",
        "-o",
        "out.epub",
        "--theme",
        "bare",
        "--title",
        "Tin",
        "--number",
        "7",
        "--json",
    )

    made = json.loads(result.stdout)
    assert result.stderr == ""
    assert made == {
        "schema": 1,
        "title": "Tin",
        "number": "7",
        "articles": 1,
        "files": [
            {
                "path": name,
                "format": name[4:],
                "bytes": (tmp_path / name).stat().st_size,
                "pages": 1 if name == "out.pdf" else None,
                "changes": [],
            }
            for name in ("out.pdf", "out.epub")
        ],
        "problems": [
            {"code": "inferred-date", "message": PROBLEM.partition(": ")[2], "where": "odd.txt"},
        ],
    }
    jsonschema.Draft202012Validator(json.loads(run("schema", "made").stdout)).validate(made)
