"""A defect in reading or in a picture, injected into each command: one line, its exit code, and what is kept."""

import io
import re
from pathlib import Path
from types import MappingProxyType

import msgspec
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from publisher.cli import cli
from publisher.confinement.jobs import JOBS
from tests.cli.running import PAGE, page

DEFECT = r"(TypeError|SyntaxError) in confinement/child\.py, line \d+"


def run_failing(job: str, *arguments: object) -> Result:
    """The outcome of a command in which one job fails as by a defect: its function takes nothing of ours."""
    jobs = {**JOBS, job: msgspec.structs.replace(JOBS[job], function="builtins:eval")}
    return CliRunner().invoke(cli, [str(each) for each in arguments], obj=MappingProxyType(jobs), prog_name="publisher")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    page(tmp_path)
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(stream, "PNG")
    Path("cau.png").write_bytes(stream.getvalue())
    page(tmp_path, f"# Cầu\n\n![Cầu](cau.png)\n\n{PAGE}", "page.md")


@pytest.mark.parametrize(
    "command",
    [("read", "page.txt"), ("brief", "page.txt", "-o", "out.pdf"), ("compile", "page.txt", "-o", "out.epub")],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("kept", [False, True])
def test_a_defect_in_reading_the_only_source_is_one_line_and_3(command: tuple[str, ...], kept: bool) -> None:
    result = run_failing("read", *command, *(("--quarantine", "kept") if kept else ()))

    advice = r"Report it with what is kept in kept/[0-9a-f]{16}" if kept else "Report it together with the input"
    assert result.exit_code == 3
    assert re.fullmatch(rf"publisher: page\.txt could not be read: {DEFECT}\. {advice}\n", result.output)
    assert not Path(command[-1]).exists() or command[0] == "read"
    assert [path.read_text("utf-8") for path in Path("kept").glob("*/input.txt")] == ([PAGE] if kept else [])


def test_a_defect_in_the_check_of_the_only_file_is_one_line_and_3() -> None:
    Path("week.pdf").write_bytes(b"%PDF-")

    result = run_failing("look", "check", "week.pdf")

    assert result.exit_code == 3
    assert re.fullmatch(
        rf"publisher: cannot check week\.pdf: it makes the check fail \({DEFECT}\)\. Report it, with the file\.\n",
        result.output,
    )


def test_a_defect_in_a_picture_costs_the_picture() -> None:
    result = run_failing("picture", "compile", "page.md", "-o", "out.epub")

    assert result.exit_code == 0
    assert re.match(
        rf"problem: page\.md: the picture 'cau\.png' is left out: its decoder failed: {DEFECT}\. "
        r"Report it together with the input \[picture-failed\]\n",
        result.output,
    )
    assert Path("out.epub").exists()


def test_a_defect_in_the_picture_of_an_option_is_one_line_and_the_picture_is_kept() -> None:
    result = run_failing(
        *("picture", "compile", "page.txt", "-o", "out.epub", "--set", "logo=cau.png", "--quarantine", "kept")
    )

    assert result.exit_code == 2
    assert re.fullmatch(
        rf"publisher: option 'logo' cannot use 'cau\.png': its decoder failed: {DEFECT}\. "
        r"Report it with what is kept in kept/[0-9a-f]{16}\. Name a file that is a picture\n",
        result.output,
    )
    assert [path.read_bytes() for path in Path("kept").glob("*/input")] == [Path("cau.png").read_bytes()]
    assert not Path("out.epub").exists()
