"""The suite itself: what holds for every test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
WALL_CLOCKS = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "time", "time_ns"}


def asks_the_wall_clock(program: str) -> Iterator[int]:
    """The lines that call one of the functions of ``time`` that go on while other programs run."""
    for node in ast.walk(ast.parse(program)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="time"), attr=name)) if name in WALL_CLOCKS:
                yield node.lineno
            case ast.ImportFrom(module="time", names=names) if WALL_CLOCKS & {alias.name for alias in names}:
                yield node.lineno


@pytest.mark.parametrize(
    ("program", "lines"),
    [
        ("import time\nbegin = time.monotonic()", [2]),
        ("from time import perf_counter", [1]),
        ("import time\nbegin = time.process_time()\ntime.sleep(0)", []),
    ],
)
def test_a_wall_clock_is_noticed(program: str, lines: list[int]) -> None:
    assert list(asks_the_wall_clock(program)) == lines


def test_no_test_depends_on_how_busy_the_machine_is() -> None:
    """What something costs is judged by processor time."""
    assert [
        f"{path.relative_to(FOLDER)}:{line}"
        for path in sorted(FOLDER.rglob("*.py"))
        for line in asks_the_wall_clock(path.read_text(encoding="utf-8"))
    ] == []
