"""What is built holds what it must, and an installed wheel makes a brief without the checkout."""

import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pikepdf
import pytest

from publisher.packages import DISTRIBUTION
from tools.metadata import readme, urls

ROOT = Path(__file__).parents[1]
THEME_FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "themes").rglob("*") if path.is_file())


def build(tree, folder, *which):
    """Build into a folder, with the time that a release is built with."""
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", *which, "--outdir", folder, tree],
        check=True,
        capture_output=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1577836800"},
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with both archives, built from this tree with what is installed."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed; make test installs it")
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder, "--wheel", "--sdist")
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """The programs of a fresh environment that has the wheel and the packages of ``examples``, installed.

    What they depend on it borrows from this one.
    """
    folder = tmp_path_factory.mktemp("fresh")
    for package in ("theme-package", "reader-package"):
        build(ROOT / "examples" / package, folder / "wheels", "--wheel")
    venv.EnvBuilder(symlinks=True).create(folder / "env")
    python = folder / "env" / "bin" / "python"
    without_network = ("--no-index", "--no-deps", "--quiet", "--disable-pip-version-check")
    wheels = (wheel, *(folder / "wheels").iterdir())
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", *without_network, *wheels], check=True)
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    (site / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return python.parent


def run(program, *arguments, cwd):
    """What a program prints; it says nothing else."""
    ended = subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def test_the_wheel_holds_the_package_with_its_data_and_the_themes(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {f"publisher/{file}" for file in THEME_FILES} <= names
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "publisher").rglob("*") if path.is_file()}
    assert {name for name in package if "__pycache__" not in name} <= names
    assert "publisher/py.typed" in names
    manual = {path.name for path in (ROOT / "man").iterdir()}
    assert manual == {name.partition(".data/data/share/man/man1/")[2] for name in names} - {""}
    assert "publisher/themes/base/locale/vi/LC_MESSAGES/theme.mo" in names
    assert [name for name in names if name.startswith(("tests/", "examples/", "benchmarks/"))] == []


def test_the_wheel_says_what_it_needs_and_what_it_runs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {Path(name).name: name for name in archive.namelist() if ".dist-info/" in name}
        metadata = archive.read(names["METADATA"]).decode()
        scripts = archive.read(names["entry_points.txt"]).decode()

    assert "\nName: publisher-toolkit\n" in metadata
    assert "Requires-Dist: weasyprint>=70.0" in metadata
    assert "License-Expression: AGPL-3.0-or-later" in metadata
    assert "publisher = publisher.cli:main" in scripts
    assert "LICENSE" in names


def test_the_source_archive_can_be_built_from_and_tested(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert set(THEME_FILES) <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "publisher/py.typed", "tests/conftest.py"} <= names
    assert any(name.startswith("examples/") for name in names)
    around = (
        "CONTRIBUTING.md",
        "Makefile",
        "SECURITY.md",
        "constraints.txt",
        "requirements.lock",
        "requirements-dev.lock",
    )
    assert {*around, "docs/security.md", "tools/setup.sh", "benchmarks/bench.py"} <= names


def test_whoever_builds_the_source_archive_gets_the_same_wheel_and_the_same_archive(built, tmp_path):
    subprocess.run(["tar", "-xzf", next(built.glob("*.tar.gz")), "-C", tmp_path], check=True)
    (tree,) = tmp_path.iterdir()
    for path in tree.rglob("*.py"):
        os.utime(path, (1e9, 1e9))

    build(tree, tmp_path / "again", "--wheel", "--sdist")

    assert {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()} == {
        file.name: file.read_bytes() for file in built.iterdir()
    }


def test_what_an_index_shows_has_no_link_that_leads_nowhere_there(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        _, _, shown = archive.read(name).decode().partition("\n\n")

    assert shown.startswith("# publisher\n")
    assert re.findall(r"\]\((?!https?:|#)[^)]+\)", shown) == []


def test_where_the_project_lives_is_said_once_and_all_addresses_follow():
    home = "https://git.example.org/publisher"
    text = (
        "![A page](docs/a.png) of [themes](docs/themes.md#fonts), [below](#below), [WeasyPrint](https://weasyprint.org)"
    )

    assert readme(text, home, "1.2") == (
        f"![A page]({home}/raw/v1.2/docs/a.png) of [themes]({home}/blob/v1.2/docs/themes.md#fonts), [below](#below), "
        "[WeasyPrint](https://weasyprint.org)"
    )
    assert readme(text, "", "1.2") == "A page of themes, [below](#below), [WeasyPrint](https://weasyprint.org)"
    assert urls(home, "1.2") == {
        "Homepage": home,
        "Documentation": f"{home}/tree/v1.2/docs",
        "Changelog": f"{home}/blob/v1.2/CHANGELOG.md",
        "Issues": f"{home}/issues",
    }
    assert urls("", "1.2") == {}


def test_what_is_to_be_installed_is_called_by_one_name():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    texts = [
        path
        for pattern in ("*.md", "docs/**/*.md", "examples/**/*", "publisher/**/*.py")
        for path in ROOT.glob(pattern)
    ]
    told = [
        (name, extra)
        for path in texts
        if path.suffix in (".md", ".py", ".yml", ".toml")
        for name, extras in re.findall(r"([\w-]*publisher[\w-]*)\[([a-z,]+)\]", path.read_text(encoding="utf-8"))
        for extra in extras.split(",")
    ]

    assert project["name"] == DISTRIBUTION
    assert {name for name, _ in told} == {DISTRIBUTION}
    assert {extra for _, extra in told} - project["optional-dependencies"].keys() == set()


def test_an_installed_wheel_makes_a_brief_and_an_e_book_without_the_checkout(environment, tmp_path):
    page = next(path for path in sorted((ROOT / "examples").glob("*.txt")))
    (tmp_path / "page.txt").write_bytes(page.read_bytes())

    home = run(environment / "python", "-c", "import publisher; print(publisher.__file__)", cwd=tmp_path)
    ended = subprocess.run(
        [environment / "publisher", "brief", "page.txt", "-o", "a.pdf", "-o", "a.epub"], cwd=tmp_path, check=False
    )

    assert home.startswith(str(environment.parent))
    assert ended.returncode == 0
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) >= 1
    assert zipfile.is_zipfile(tmp_path / "a.epub")


SUBTITLES = """\
1
00:00:01,000 --> 00:00:03,500
- Cầu mới thông xe sáng nay,
sớm hơn kế hoạch.

2
00:00:04,000 --> 00:00:06,000
- <i>Bến phà đóng cửa.</i>
"""


def test_the_example_packages_appear_in_the_commands_and_in_the_library(environment, tmp_path):
    (tmp_path / "cau-moi.srt").write_text(SUBTITLES, encoding="utf-8")

    themes = run(environment / "publisher", "themes", cwd=tmp_path)
    formats = run(environment / "publisher", "formats", cwd=tmp_path)
    outline = run(environment / "publisher", "read", ".", cwd=tmp_path)
    program = (
        "import publisher; had = publisher.read('cau-moi.srt'); issue = publisher.compile(had); "
        "made = publisher.render(issue, 'pdf', theme='tide', options={'band': 'full'}); "
        "print(had.articles[0].headline, made.page_count)"
    )
    printed = run(environment / "python", "-W", "error", "-c", program, cwd=tmp_path)

    assert "tide           A brief whose sub-headings stand on a band of the accent colour.\n" in themes
    assert "application/x-subrip   .srt (publisher-reader-subtitles 1.0)\n" in formats
    assert outline.splitlines()[0] == "Cau moi"
    assert [line.strip() for line in outline.splitlines()[-2:]] == [
        "paragraph: Cầu mới thông xe sáng nay, sớm hơn kế hoạch.",
        "paragraph: Bến phà đóng cửa.",
    ]
    assert printed == "Cau moi 1\n"


SCRIPT = """\
from pathlib import Path

import publisher

had = publisher.read("page.txt")
issue = publisher.compile(had, title="Tuần tin", number="12")
pdf = publisher.render(issue, "pdf", theme="compilation", options={"accent": "#14415f"})
book = publisher.render(issue, "epub", theme="compilation", pages_of=pdf)
for name, made in {"week.pdf": pdf, "week.epub": book}.items():
    Path(name).write_bytes(made.data)
    report = publisher.check(made.data)
    print(name, [finding.code for finding in report.findings if finding.severity == "error"])
"""


@pytest.fixture
def script(tmp_path):
    """A program that reads, compiles, renders both formats and checks them."""
    (tmp_path / "page.txt").write_bytes((ROOT / "examples" / "7-en-bridge.txt").read_bytes())
    (tmp_path / "week.py").write_text(SCRIPT, encoding="utf-8")
    return tmp_path / "week.py"


@pytest.mark.campaign  # From the checkout tests/test_library.py asks it.
def test_a_program_of_the_library_runs_without_a_warning(environment, script):
    assert run(environment / "python", "-W", "error", script, cwd=script.parent) == "week.pdf []\nweek.epub []\n"


@pytest.mark.campaign
def test_a_program_of_the_library_is_typed(environment, script):
    judged = ("-m", "mypy", "--strict", "--cache-dir", script.parent / "cache")

    said = run(sys.executable, *judged, "--python-executable", environment / "python", script, cwd=script.parent)

    assert said == "Success: no issues found in 1 source file\n"


def test_importing_the_library_costs_next_to_nothing_and_loads_no_engine(environment, tmp_path):
    """60 ms of processor time are the most that it may."""
    program = (
        "import sys, time; before = time.process_time(); import publisher; spent = time.process_time() - before; "
        "print(spent <= 0.06, {'weasyprint', 'ebooklib', 'jinja2', 'msgspec'} & sys.modules.keys())"
    )

    assert run(environment / "python", "-c", program, cwd=tmp_path) == "True set()\n"
