"""What a release is made of: its checklist, the container, and the step for GitHub."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tools.release import failing, homeless, tagged, unclean, undated

CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
PROJECT = '[tool.hatch.metadata.hooks.custom]\nhome = "{}"\n'


def test_a_version_is_released_when_its_changes_come_first_and_have_a_day():
    assert undated("# Changes\n\n## 1.2 (2026-11-30)\n\n## 1.1 (2026-10-01)\n", "1.2") is None
    assert undated("# Changes\n\n## 1.2 (not yet released)\n", "1.2") == (
        "its heading is '1.2 (not yet released)'. Give it the day: ## 1.2 (YYYY-MM-DD)"
    )
    assert undated("# Changes\n\n## 1.1 (2026-10-01)\n", "1.2") == (
        "CHANGELOG.md begins with 1.1 (2026-10-01). Begin it with ## 1.2 (YYYY-MM-DD)"
    )
    assert undated("# Changes\n", "1.2") == "CHANGELOG.md begins with nothing. Begin it with ## 1.2 (YYYY-MM-DD)"


@pytest.mark.parametrize(
    ("home", "fine"), [("https://git.example.org/publisher", True), ("", False), ("https://a/", False)]
)
def test_a_release_needs_a_home_without_a_stroke_at_its_end(home, fine):
    told = f"home in pyproject.toml is {home!r}. Say where the project lives, as in https://git.example.org/publisher"

    assert homeless(PROJECT.format(home)) == (None if fine else told)


def test_what_is_not_committed_and_what_was_released_is_told():
    assert unclean("") is None
    assert unclean(" M README.md\n?? new\n") == "2 files differ from the last commit, README.md first. Commit them"
    assert tagged("", "1.2") is None
    assert tagged("v1.2\n", "1.2") == "v1.2 is there already. Raise __version__ in publisher/__init__.py"


def test_a_run_that_fails_is_told_by_its_last_line():
    assert failing("-c", "print('fine')") is None
    assert failing("-c", "raise SystemExit('core: it fails')") == (
        "core: it fails. Run it: -c raise SystemExit('core: it fails')"
    )


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a release is made from a repository")
def test_the_checklist_says_a_line_a_thing():
    ran = subprocess.run(
        [sys.executable, "-m", "tools.release", "--quick"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    lines = ran.stdout.splitlines()
    assert [re.sub(r"^(  (?:ok|no)  [^:]+).*", r"\1", line)[6:] for line in lines[1:]] == [
        "the changes are dated",
        "the project has a home",
        "all is committed",
        "the version is new",
    ]
    assert ran.returncode == int(any(line.startswith("  no  ") for line in lines))


def instructions():
    """The instructions of the container, each with its words."""
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", CONTAINER, flags=re.MULTILINE))
    return [
        (word, rest.split()) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line.strip())
    ]


def test_the_container_knows_its_instructions_and_finds_what_it_copies():
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"}
    copied = [
        name for word, words in instructions() if word == "COPY" and "--from=made" not in words for name in words[:-1]
    ]

    assert {word for word, _ in instructions()} <= known
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"publisher", "themes", "pyproject.toml", "README.md", "LICENSE", "tools/metadata.py"} <= set(copied)


def test_the_container_runs_as_nobody_special_on_an_image_that_is_named_whole():
    words = dict(instructions())
    images = [words[0] for word, words in instructions() if word == "FROM"]

    assert len(set(images)) == 1
    assert re.fullmatch(r"python:3\.1[1-3]-slim-\w+", images[0])
    assert words["USER"] == ["publisher"]
    assert words["ENTRYPOINT"] == ['["/opt/publisher/bin/publisher"]']


@pytest.mark.parametrize("file", ["Containerfile", "action.yml", "examples/schedules/github-actions.yml"])
def test_the_libraries_of_the_system_are_those_of_the_setup(file):
    wanted = re.findall(r"missing\+=\((lib(?:pango|harfbuzz)[\w.-]+)\)", (ROOT / "tools" / "setup.sh").read_text())

    assert len(wanted) == 3
    assert [name for name in wanted if name not in (ROOT / file).read_text(encoding="utf-8")] == []


def test_github_takes_the_step_and_a_shell_its_scripts():
    program = shutil.which("check-jsonschema", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        pytest.skip("check-jsonschema is not installed")
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]

    judged = subprocess.run(
        [program, "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert judged.returncode == 0, judged.stdout
    for script in scripts:
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
        assert "${{" not in script  # What somebody else may have typed comes as a variable, never as a command.
    assert len(scripts) == 2
