"""The library: what its page says is true, it is light until it is used, and it is typed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest

import publisher
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
TEXT = "Cầu mới thông xe\n\nSáng nay cây cầu mới qua sông được thông xe, sớm hơn kế hoạch hai tháng.\n"


def source(name="cau.txt", text=TEXT):
    return publisher.Source(name=name, data=text.encode(), media_type="text/plain")


def program(folder, *lines, options=()):
    """What a program prints that Python runs in a folder."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    run = subprocess.run(
        [sys.executable, *options, "-c", "\n".join(lines)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


def test_what_its_page_shows_runs_as_it_stands(tmp_path):
    """With a few words in the place of each example, which are made into files several times."""
    (tmp_path / "examples").mkdir()
    for example in (ROOT / "examples").glob("[1-37]-*"):
        (tmp_path / "examples" / example.name).write_text(f"Tin {example.name[0]}: {TEXT}", encoding="utf-8")

    said = program(tmp_path, *BLOCKS, options=("-W", "error"))

    assert "Did you mean 'compilation'?" in said
    assert (tmp_path / "week.epub").stat().st_size > 10_000
    assert (tmp_path / "week.pdf").read_bytes().startswith(b"%PDF")


def test_its_page_names_all_that_is_public():
    assert [name for name in publisher.__all__ if not re.search(rf"\b{name}\b", PAGE)] == []


def test_importing_it_loads_nothing_and_its_functions_no_engine(tmp_path):
    loaded = (
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('publisher', 'weasyprint', 'msgspec')))"
    )

    assert program(tmp_path, "import sys, publisher", loaded) == "['publisher']\n"
    assert "weasyprint" not in program(tmp_path, "import sys, publisher", "publisher.read, publisher.render", loaded)


def test_the_stub_and_the_module_name_the_same():
    stub = Path(publisher.__file__).with_name("__init__.pyi").read_text(encoding="utf-8")

    assert sorted([*re.findall(r" as (\w+)", stub), "__version__"]) == sorted(publisher.__all__)
    for name in publisher.__all__:
        assert getattr(publisher, name) is not None
    assert dir(publisher) == publisher.__all__
    with pytest.raises(AttributeError, match=r"^module 'publisher' has no attribute 'reed'$"):
        publisher.reed  # noqa: B018


@pytest.mark.campaign
def test_a_program_of_its_functions_is_typed(tmp_path):
    """The blocks of the page, under ``mypy --strict``."""
    script = tmp_path / "script.py"
    script.write_text("\n".join(BLOCKS), encoding="utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stdout == "Success: no issues found in 1 source file\n"


def test_what_is_read_in_a_worker_is_the_same():
    with publisher.Confined() as confined:
        assert publisher.read(source(), confined=confined) == publisher.read(source())


def test_of_many_each_comes_in_its_place_read_or_not():
    origins = [source("a.txt"), source("b.txt", ""), source("c.txt")]
    with publisher.Processes(1) as processes:
        apart = list(publisher.read_many(origins, executor=processes))

    alone = list(publisher.read_many(origins))

    assert [type(came) for came in alone] == [publisher.Gathered, publisher.InputError, publisher.Gathered]
    assert [str(came) for came in apart] == [str(came) for came in alone]
    with publisher.Confined() as confined, pytest.raises(publisher.OptionError) as refused:
        publisher.read_many(origins, executor=processes, confined=confined)
    assert refused.value.code == "confined-of-an-executor"


def test_files_at_hand_and_files_that_are_named_are_one_issue(examples):
    had = publisher.read(examples / "7-en-bridge.txt", source())

    issue = publisher.compile(had, title="Tin")

    assert {placed.article.headline for placed in issue.articles} == {
        "Bridge halves meet over the May River",
        "Cầu mới thông xe",
    }


@pytest.mark.campaign
def test_a_press_makes_what_render_makes():
    issues = [publisher.compile(publisher.read(source(text=TEXT.replace("Cầu", name)))) for name in ("Cầu", "Đò")]

    with publisher.Press(theme="brief") as press:
        made = [press.pdf(issue) for issue in issues]

    assert made == [publisher.render(issue, "pdf", theme="brief") for issue in issues]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda issue: publisher.render(issue, "pfd"),
            publisher.OptionError,
            "'pfd' names no format that is made here. Did you mean 'pdf'?",
        ),
        (
            lambda issue: publisher.compile(issue.articles, titel="Tin"),
            publisher.OptionError,
            "an issue has no 'titel'. Did you mean 'title'?",
        ),
        (
            lambda issue: publisher.Press(options={"papper": "A4"}),
            publisher.OptionError,
            "the theme has no option 'papper'. Did you mean 'paper'?",
        ),
        (
            lambda issue: publisher.check(Path("none.pdf")),
            publisher.InputError,
            "cannot read 'none.pdf': No such file or directory. Name a finished file.",
        ),
    ],
    ids=["a format", "a field of the issue", "an option of a theme", "a file to check"],
)
def test_a_mistake_is_one_line_that_helps(call, error, message):
    issue = publisher.compile(publisher.read(source()))

    with pytest.raises(error) as refused:
        call(issue)

    assert str(refused.value) == message


def test_the_schema_is_that_of_what_read_prints(tmp_path):
    (tmp_path / "cau.txt").write_text(TEXT, encoding="utf-8")
    command = "from publisher.cli import main; import sys; sys.argv = ['publisher', *{}]; main()"

    schema = msgspec.json.decode(program(tmp_path, command.format(["schema"])))
    article = msgspec.json.decode(program(tmp_path, command.format(["read", "cau.txt", "--format", "json"])))

    jsonschema.Draft202012Validator(schema).validate(article)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({**article, "headline": None})
