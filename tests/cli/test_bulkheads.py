"""A defect in reading or in a picture, injected into each command: one line, its exit code, and what is kept."""

import io
import json
import operator
import pkgutil
import re
import zipfile
from pathlib import Path
from types import MappingProxyType

import msgspec
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from publisher.cli import cli
from publisher.confinement.jobs import JOBS
from tests.automation.digests import BODIES, Desk
from tests.automation.digests import page as digest_page
from tests.checking.conftest import made
from tests.cli.running import PAGE, page

WEEK = "2026-W12"
DEFECT = r"(TypeError|SyntaxError|ValueError) in confinement/child\.py, line \d+"


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


NO_MEMORY = "there is not enough memory; nothing was left half-written. Give fewer sources, or free some"
FAULTS = {
    ValueError: (3, r"a fault of ours ended this: ValueError in [\w/]+\.py, line \d+\. Report it together .*"),
    RecursionError: (
        3,
        r"a fault of ours ended this: RecursionError in [\w/]+\.py, line \d+\. Report it together .*",
    ),
    MemoryError: (6, NO_MEMORY),
}
"""For each exception how a command ends whose work it ends as a whole."""

MADE = ("compile", "page.md", "-o", "out.epub")
WEEKLY = ("digest", "digest.toml", "--week", WEEK)
STAGES = {
    "fetching": ("publisher.pipeline.gathering.load", [("read", "page.txt"), MADE, WEEKLY, (*WEEKLY, "--dry-run")]),
    "compiling": ("publisher.pipeline.assembling.compile_issue", [MADE, WEEKLY]),
    "judging": ("publisher.automation.digest.understanding.select", [WEEKLY, (*WEEKLY, "--dry-run")]),
    "pictures": ("publisher.pipeline.assembling.gather_assets", [MADE, WEEKLY]),
    "theming": ("publisher.pipeline.bindery.load_theme", [MADE, WEEKLY]),
    "filling": ("publisher.pipeline.bindery.render", [MADE, WEEKLY]),
    "laying out": ("publisher.pipeline.bindery.Bindery.make", [("brief", "page.txt", "-o", "out.pdf")]),
    "writing": ("publisher.pipeline.bindery.write", [MADE, WEEKLY]),
    "putting": ("publisher.automation.digest.folders.put", [WEEKLY]),
    "shelving": ("publisher.automation.digest.refresh_shelf", [WEEKLY]),
    "presenting": ("publisher.automation.shelf.refresh_shelf", [("shelf", "refresh", "shelf")]),
    "judging by validators": ("publisher.checking.findings_of_verdicts", [("check", "--no-validators", "week.pdf")]),
    "verifying": ("publisher.automation.issues.verify.read_proof", [("verify", "issue.json")]),
    "showing": ("publisher.reading.trace.explain.outline", [("read", "page.txt")]),
    "listing": ("publisher.theming.load_theme", [("themes", "list")]),
}
"""For each stage where it is called, and the commands that come by it."""


ERRORS = [ValueError, *(pytest.param(each, marks=pytest.mark.campaign) for each in (RecursionError, MemoryError))]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    ("stage", "command"),
    [pytest.param(stage, command, id=f"{stage} {command[0]}") for stage in STAGES for command in STAGES[stage][1]],
)
def test_whatever_fails_in_a_stage_ends_the_command_in_one_line(
    stage: str, command: tuple[str, ...], error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    Path("shelf").mkdir()
    Path("week.pdf").write_bytes(made(".pdf", "brief"))
    Desk(Path.cwd()).put(WEEK, "page.md", PAGE)
    monkeypatch.setattr(STAGES[stage][0], fail)

    result = CliRunner().invoke(cli, command, prog_name="publisher")

    code, line = FAULTS[error]
    assert result.exit_code == code
    assert re.fullmatch(rf"publisher: {line}", result.stderr.splitlines()[-1])
    assert not Path("out.epub").exists() and not Path("out.pdf").exists()


*GOOD, ODD = list(BODIES)[:4]
TOGETHER = {
    "comparing with others": ("publisher.automation.digest.understanding.select", "digest", "compiling-failed"),
    "compiling": ("publisher.pipeline.assembling.compile_issue", "compile", "compiling-failed"),
    "its pictures": ("publisher.fetching.assets._Gathering._asset", "compile", "picture-failed"),
    "ordering its headings": ("publisher.theming.assembly.with_heading_order", "compile", "theming-failed"),
    "its related news": ("publisher.theming.context.by_article", "compile", "theming-failed"),
    "what its metadata say": ("publisher.theming.assembly.metadata_of", "compile", "theming-failed"),
    "its part of a digest": ("publisher.theming.assembly.metadata_of", "digest", "theming-failed"),
    "filling": ("publisher.pipeline.bindery.render", "compile", "theming-failed"),
    "writing": ("publisher.pipeline.bindery.write", "compile", "theming-failed"),
    "looking through its document": ("publisher.writing.epub.survey_document", "compile", "theming-failed"),
}
"""For each step that takes all articles: where it is called, a command that comes by it, what is then told."""


QUICK = ("comparing with others", "what its metadata say", "writing")


@pytest.mark.sample(3)
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    "step", [pytest.param(each, marks=() if each in QUICK else pytest.mark.campaign) for each in TOGETHER]
)
def test_one_article_that_makes_a_step_for_all_fail_costs_itself(
    step: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sends an article that a step stumbles over must not keep the other articles from their readers."""
    place, command, code = TOGETHER[step]
    desk = Desk(Path.cwd())
    for day, headline in enumerate((*GOOD, ODD), start=16):
        desk.put(WEEK, f"{day}.md", digest_page(headline, f"2026-03-{day}", extra="![Cầu](cau.png)"))
    Path("pages", WEEK, "cau.png").write_bytes(Path("cau.png").read_bytes())
    module, _, name = place.rpartition(".")
    works = operator.attrgetter(name)(pkgutil.resolve_name(module))

    def fail(*arguments: object, **named: object) -> object:
        if re.search(rf"(headline|title)='{ODD}", repr((arguments, named))):
            raise error
        return works(*arguments, **named)

    monkeypatch.setattr(place, fail)
    given = WEEKLY if command == "digest" else ("compile", f"pages/{WEEK}", "-o", "out.epub", "--quarantine", "kept")

    result = CliRunner().invoke(cli, given, prog_name="publisher")

    book = next(Path("shelf").rglob("*.epub")) if command == "digest" else Path("out.epub")
    with zipfile.ZipFile(book) as members:
        told = members.read("EPUB/contents.xhtml").decode()
    assert result.exit_code == (20 if command == "digest" else 0), result.output
    assert f"[{code}]" in result.stderr or command == "digest"
    assert [headline in told for headline in (*GOOD, ODD)] == [True, True, True, code == "picture-failed"]
    reports = [json.loads(path.read_bytes()) for path in Path().glob("**/report.json")]
    assert [report["code"] for report in reports] == ([] if code == "picture-failed" else [code])


@pytest.mark.parametrize("stage", ["compiling", "filling", "writing", "putting", "shelving"])
def test_the_run_after_one_that_failed_makes_its_week(stage: str) -> None:
    Desk(Path.cwd()).put(WEEK, "page.md", PAGE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(STAGES[stage][0], lambda *_arguments, **_named: 1 / 0)
        failed = CliRunner().invoke(cli, WEEKLY, prog_name="publisher")

    assert failed.exit_code == 3
    again = CliRunner().invoke(cli, WEEKLY, prog_name="publisher")
    assert again.exit_code == (22 if stage == "shelving" else 20), again.output
    assert Path("shelf/catalog.xml").exists()
    assert sorted(path.name for path in Path("shelf/issues", WEEK).iterdir()) == ["issue.json", f"lam-chau-{WEEK}.epub"]
    history = CliRunner().invoke(cli, ["digest", "history", "digest.toml"]).stdout
    assert "3: a fault of ours ended this: ZeroDivisionError in " in history
