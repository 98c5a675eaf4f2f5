"""The suite's core on an installed wheel, away from the checkout: with the newest dependencies or the oldest allowed.

    tools/core.py [--oldest] [--python NAME]...

For each Python (without --python, those of 3.11, 3.12 and 3.13 that run here) an environment is made in build/core with
the wheel, its extras, and the versions of constraints.txt or constraints-oldest.txt. It fails when one of them does.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "build" / "core"
PYTHONS = ("python3.11", "python3.12", "python3.13")
EXTRAS = "check,cluster,desk,docx,feeds,heic,html,languages,scripts,web"
TOOLS = ("hypothesis", "jsonschema", "pytest", "python-docx")
"""What the tests need beside the package; the versions are those of constraints.txt."""

CORE = (
    "tests/archive/test_parts.py",
    "tests/checking/test_command.py",
    "tests/cli/test_commands.py",
    "tests/compiling/test_issue.py",
    "tests/desk/test_rewriting.py",
    "tests/desk/test_serving.py",
    "tests/fetching/test_pictures.py",
    "tests/fetching/test_web.py",
    "tests/model",
    "tests/pipeline",
    "tests/reading/test_cases.py",
    "tests/test_extensions.py",
    "tests/test_library.py",
    "tests/theming/test_fonts.py",
    "tests/theming/test_theme.py",
    "tests/theming/test_words.py",
    "tests/writing/test_epub.py",
    "tests/writing/test_writing.py",
)
"""They use each library that the package depends on, but Dask."""

LEFT_BEHIND = ("publisher", "themes", "build", "dist")


def main() -> None:
    """Run the tests; exit 1 when one fails, or no Python is there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--oldest", action="store_true", help="the lowest allowed version of each dependency")
    parser.add_argument("--python", action="append", metavar="NAME", help="such as python3.12; may be repeated")
    wanted = parser.parse_args()
    pythons = wanted.python or [name for name in PYTHONS if runs(name)]
    if not pythons:
        raise SystemExit(f"core: none of {', '.join(PYTHONS)} is here. Name one with --python")
    constraints = ROOT / ("constraints-oldest.txt" if wanted.oldest else "constraints.txt")
    shutil.rmtree(PLACE, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", PLACE, ROOT],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    house = lay_tests(PLACE / "house")
    failed = [python for python in pythons if not passes(python, constraints, house)]
    if failed:
        raise SystemExit(f"core: with {constraints.name}, it fails on {' and '.join(failed)}")


def runs(python: str) -> bool:
    """Whether there is such a Python: a name on the path may lead to a shim of one that is not installed."""
    try:
        return subprocess.run([python, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except FileNotFoundError:
        return False


def lay_tests(house: Path) -> Path:
    """All of the checkout that is under version control, but for the package: the tests must find the installed one."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if name.partition("/")[0] not in LEFT_BEHIND and (ROOT / name).exists():
            (house / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, house / name)
    return house


def passes(python: str, constraints: Path, house: Path) -> bool:
    """Whether the core passes in a fresh environment."""
    environment = PLACE / python.rpartition("/")[2]
    subprocess.run([python, "-m", "venv", environment], check=True)
    (wheel,) = PLACE.glob("*.whl")
    install = (environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    binary = ("--only-binary", ":all:")  # What has no wheel for this Python is a bound that is too low.
    subprocess.run([*install, *binary, "-c", constraints, f"{wheel}[{EXTRAS}]"], check=True)
    subprocess.run([*install, *pinned(TOOLS)], check=True)
    said = f"{python}, {constraints.name}"
    print(f"core: {said}", flush=True)
    ran = subprocess.run(
        [environment / "bin" / "python", "-m", "pytest", "-q", "-o", "pythonpath=.", "-p", "no:cacheprovider", *CORE],
        cwd=house,
        check=False,
    )
    return ran.returncode == 0


def pinned(names: tuple[str, ...]) -> list[str]:
    """The packages with their versions in constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return [line for line in lines if line.partition("==")[0] in names]


if __name__ == "__main__":
    main()
