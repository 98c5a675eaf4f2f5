"""What is built holds what it must, and an installed wheel makes a brief without the checkout."""

import importlib.util
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pikepdf
import pytest

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
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with the wheel's files, as an installer lays them."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)  # noqa: S202  (we have just made it)
    return folder


def test_the_wheel_holds_the_package_with_its_data_and_the_themes(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {f"publisher/{file}" for file in THEME_FILES} <= names
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "publisher").rglob("*") if path.is_file()}
    assert {name for name in package if "__pycache__" not in name} <= names
    assert "publisher/py.typed" in names
    assert "publisher/themes/base/locale/vi/LC_MESSAGES/theme.mo" in names
    assert [name for name in names if name.startswith(("tests/", "examples/", "benchmarks/"))] == []


def test_the_wheel_says_what_it_needs_and_what_it_runs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {Path(name).name: name for name in archive.namelist() if ".dist-info/" in name}
        metadata = archive.read(names["METADATA"]).decode()
        scripts = archive.read(names["entry_points.txt"]).decode()

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


def test_whoever_builds_the_source_archive_gets_the_same_wheel(built, wheel, tmp_path):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    for path in tree.rglob("*.py"):
        os.utime(path, (1e9, 1e9))

    build(tree, tmp_path / "again", "--wheel")

    (again,) = (tmp_path / "again").iterdir()
    assert (again.name, again.read_bytes()) == (wheel.name, wheel.read_bytes())


def test_an_installed_wheel_makes_a_brief_and_an_e_book_without_the_checkout(installed, tmp_path):
    page = next(path for path in sorted((ROOT / "examples").glob("*.txt")))
    (tmp_path / "page.txt").write_bytes(page.read_bytes())
    # The libraries are those of this environment; the package itself must come from the wheel.
    code = (
        "import sys, publisher; assert publisher.__file__.startswith(sys.argv.pop(1)), publisher.__file__; "
        "from publisher.cli import main; main()"
    )

    made = subprocess.run(
        [sys.executable, "-P", "-c", code, installed, "brief", "page.txt", "-o", "a.pdf", "-o", "a.epub"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert made.returncode == 0, made.stderr
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) >= 1
    assert zipfile.is_zipfile(tmp_path / "a.epub")
