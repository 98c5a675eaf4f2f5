"""Changes the judgements of compiling/ and automation/digest/ one by one; says which changes no test notices.

    tools/mutants.py MINUTES [--sample COUNT] [NAME...]

NAME is a pattern such as ``publisher.compiling.order*``; without one, all; with ``--sample`` of each module only so
many, always the same. It goes on where it was when the minutes were over; what was tried is in ``mutants/``. ``mutmut
show NAME`` shows a change. What to change and which tests are asked stands in pyproject.toml.

mutmut makes the changes and finds which tests reach them. They are tried here: each in a fork of a process that has
read the tests and run none of them, so that no function remembers what it gave before the change, by the tests that
reach it, the fastest first, until one fails. mutmut would read the tests again for each change, which takes longer than
to run them.
"""

import argparse
import collections
import contextlib
import fnmatch
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

FOLDER = Path("mutants")
FIRST = "publisher.compiling.order.x_in_order__mutmut_1"
"""Before mutmut tries a change it makes all of them and sees which tests reach them: it is asked to try one."""

AT_ONCE = 2
LONGEST_S = 300
"""By the clock, for what only waits; processor time is limited by what the tests took without a change."""

SURVIVED, KILLED, UNREACHED, ENDLESS = 0, 1, 33, 36
"""As mutmut writes them into its files."""

UNNOTICED = {SURVIVED: "survived", UNREACHED: "no test reaches it"}


def main(minutes: float, sample: int | None, patterns: Sequence[str]) -> None:
    """Try for so many minutes, then say how many of all that were tried until now were noticed."""
    until = time.time() + minutes * 60
    subprocess.run([Path(sys.executable).with_name("mutmut"), "run", FIRST], check=True)
    names = {name for path in _files() for name in _chosen(path, sample, patterns)}
    waiting = sorted(name for name, code in _states().items() if name in names and code is None)
    random.Random(FIRST).shuffle(waiting)
    tests = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["mutmut"]["pytest_add_cli_args_test_selection"]
    options = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-profile", "mutants", "--rootdir=."]
    with contextlib.chdir(FOLDER):
        sys.path.insert(0, ".")
        pytest.main([*options, *tests], plugins=[Trying(waiting, until)])
    states = {name: code for name, code in _states().items() if name in names and code is not None}
    for name, code in sorted(states.items()):
        if code in UNNOTICED:
            print(f"{name}: {UNNOTICED[code]}")
    noticed = sum(code not in UNNOTICED for code in states.values())
    score = f"{noticed / len(states):.0%}" if states else "none"
    print(f"noticed {noticed} of {len(states)} changes ({score}); {len(names) - len(states)} are not tried yet")


class Trying:
    """Tries changes, and keeps after each what came of it."""

    def __init__(self, names: Sequence[str], until: float) -> None:
        stats = json.loads(Path("mutmut-stats.json").read_text())
        self._reached: dict[str, list[str]] = collections.defaultdict(list, stats["tests_by_mangled_function_name"])
        self._seconds: dict[str, float] = stats["duration_by_test"]
        self._names = names
        self._until = until

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of the tests once, run those of each change."""
        items = {item.nodeid: item for item in session.items}
        running: dict[int, str] = {}
        for name in self._names:
            if time.time() > self._until:
                break
            tests = sorted(self._reached[name.rpartition("__mutmut_")[0]], key=self._seconds.__getitem__)
            if not tests:
                _keep(name, UNREACHED)
                continue
            if len(running) == AT_ONCE:
                _end_one(running)
            process = os.fork()
            if not process:
                _limit(sum(self._seconds[test] for test in tests))
                os.environ["MUTANT_UNDER_TEST"] = name
                os._exit(KILLED if _fails([items[test] for test in tests if test in items]) else SURVIVED)
            running[process] = name
        while running:
            _end_one(running)
        return True


def _limit(seconds: float) -> None:
    """A change may make a loop endless."""
    limit = int(5 + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    signal.alarm(LONGEST_S)


def _fails(items: Sequence[pytest.Item]) -> bool:
    following = [*items[1:], None]
    return any(
        report.failed
        for item, after in zip(items, following, strict=True)
        for report in runtestprotocol(item, log=False, nextitem=after)
    )


def _end_one(running: dict[int, str]) -> None:
    process, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    _keep(running.pop(process), ENDLESS if code < 0 else code)


def _keep(name: str, code: int) -> None:
    path = next(path for path in _files(Path()) if name in _read(path))
    kept = json.loads(path.read_text())
    kept["exit_code_by_key"][name] = code
    path.write_text(json.dumps(kept, indent=4))


def _files(folder: Path = FOLDER) -> list[Path]:
    """Where mutmut keeps what came of the changes, a file a module."""
    return sorted(folder.joinpath("publisher").rglob("*.meta"))


def _read(path: Path) -> dict[str, int | None]:
    states: dict[str, int | None] = json.loads(path.read_text()).get("exit_code_by_key", {})
    return states


def _states() -> dict[str, int | None]:
    """What came of each change; ``None`` of what is not tried yet."""
    return {name: code for path in _files() for name, code in _read(path).items()}


def _chosen(path: Path, sample: int | None, patterns: Sequence[str]) -> list[str]:
    names = sorted(name for name in _read(path) if any(fnmatch.fnmatch(name, each) for each in patterns or ["*"]))
    if sample is None or len(names) <= sample:
        return names
    module = path.relative_to(FOLDER).as_posix().removesuffix(".py.meta")
    return random.Random(module).sample(names, sample)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("minutes", type=float)
    parser.add_argument("--sample", type=int)
    parser.add_argument("names", nargs="*")
    given = parser.parse_intermixed_args()
    main(given.minutes, given.sample, given.names)
