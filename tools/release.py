"""Walks the checklist of a release: a line for each thing that must hold, and exit 1 when one does not.

    tools/release.py [--quick]

With --quick, what runs tests is left out: the archives, the locks, and the core on the wheel.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from publisher import __version__

ROOT = Path(__file__).parents[1]


def undated(changes: str, version: str) -> str | None:
    """What is wrong with the version's heading in the changes; ``None``: it is the first, and has its day."""
    heading = re.search(r"^## (.*)$", changes, re.MULTILINE)
    if heading is None or heading[1].split()[0] != version:
        return (
            f"CHANGELOG.md begins with {heading[1] if heading else 'nothing'}. Begin it with ## {version} (YYYY-MM-DD)"
        )
    if not re.fullmatch(re.escape(version) + r" \(\d{4}-\d{2}-\d{2}\)", heading[1]):
        return f"its heading is {heading[1]!r}. Give it the day: ## {version} (YYYY-MM-DD)"
    return None


def homeless(project: str) -> str | None:
    """What is wrong with where the project lives, as ``pyproject.toml`` says it."""
    home = tomllib.loads(project)["tool"]["hatch"]["metadata"]["hooks"]["custom"]["home"]
    if not re.fullmatch(r"https://[^\s/]+/\S*[^\s/]", home):
        return (
            f"home in pyproject.toml is {home!r}. Say where the project lives, as in https://git.example.org/publisher"
        )
    return None


def unclean(status: str) -> str | None:
    """What is wrong with the checkout, as ``git status --porcelain`` says it."""
    lines = status.splitlines()
    return f"{len(lines)} files differ from the last commit, {lines[0][3:]} first. Commit them" if lines else None


def tagged(tags: str, version: str) -> str | None:
    """What is wrong with the version, where it has a tag already."""
    return f"v{version} is there already. Raise __version__ in publisher/__init__.py" if tags.strip() else None


def failing(*command: str) -> str | None:
    """What is wrong, where a command fails: its last line."""
    ran = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode == 0:
        return None
    said = (ran.stdout + ran.stderr).strip().splitlines()
    return f"{said[-1] if said else 'it failed'}. Run it: {' '.join(command)}"


def printed(*command: str) -> str:
    """What git says."""
    return subprocess.run(["git", *command], cwd=ROOT, check=True, capture_output=True, text=True).stdout


LOOKS: dict[str, Callable[[], str | None]] = {
    "the changes are dated": lambda: undated((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), __version__),
    "the project has a home": lambda: homeless((ROOT / "pyproject.toml").read_text(encoding="utf-8")),
    "all is committed": lambda: unclean(printed("status", "--porcelain")),
    "the version is new": lambda: tagged(printed("tag", "--list", f"v{__version__}"), __version__),
}
RUNS: dict[str, tuple[str, ...]] = {
    "the locks are current": ("-m", "pytest", "-q", "tests/test_setup.py", "-k", "lock or constraints"),
    "the archives are whole, the same each time, and without links that lead nowhere": (
        *("-m", "pytest", "-q", "tests/test_packaging.py"),
    ),
    "the core passes on the wheel with the newest dependencies": ("tools/core.py", "--python", sys.executable),
    "the core passes on the wheel with the oldest dependencies": ("tools/core.py", "--oldest"),
}


def main() -> None:
    """Print the list; exit 1 when something does not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="without what runs tests")
    looks = dict(LOOKS)
    if not parser.parse_args().quick:
        looks |= {name: lambda command=command: failing(*command) for name, command in RUNS.items()}  # type: ignore[misc]
    print(f"publisher {__version__}")
    wrong = 0
    for name, look in looks.items():
        fault = look()
        wrong += fault is not None
        print(f"  no  {name}: {fault}" if fault else f"  ok  {name}", flush=True)
    raise SystemExit(min(wrong, 1))


if __name__ == "__main__":
    main()
