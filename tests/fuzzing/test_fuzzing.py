"""Mutants of good inputs, and inputs that did harm before: taken or refused in one line, never with a traceback.

This is the short run, the same each time; ``make fuzz`` runs as many as are asked for, each within a time and a memory.
"""

import time
import warnings
from pathlib import Path

import pytest

from tests.fuzzing.campaign import LIMIT_S
from tests.fuzzing.mutation import mutant
from tests.fuzzing.targets import CRASHERS, TARGETS, fault

SAVED = sorted(path for path in CRASHERS.glob("*/*"))

COUNTS = {"html": 12, "pdf": 12, "epub": 12}
"""How many of the slower targets; of the others 25."""


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", TARGETS)
def test_mutants_are_taken_or_refused_in_one_line(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    assert seeds

    faults = {}
    for number in range(COUNTS.get(name, 25)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with warnings.catch_warnings(action="ignore"):  # Libraries warn of odd input, which all of this is.
            faults[number] = fault(target, mutant(seeds, number), folder)

    assert {number: what for number, what in faults.items() if what} == {}


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_did_harm_does_none_now(path: Path, tmp_path: Path) -> None:
    began = time.process_time()

    with warnings.catch_warnings(action="ignore"):
        assert fault(TARGETS[path.parent.name], path.read_bytes(), tmp_path) is None

    assert time.process_time() - began < LIMIT_S


@pytest.mark.parametrize("name", TARGETS)
def test_a_seed_is_taken_as_it_is(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]

    for number, seed in enumerate(target.seeds()[:5]):
        folder = tmp_path / str(number)
        folder.mkdir()
        target.run(seed, folder)


def test_a_number_gives_the_same_mutant_each_time() -> None:
    seeds = TARGETS["svg"].seeds()

    assert [mutant(seeds, number) for number in range(50)] == [mutant(seeds, number) for number in range(50)]
    assert len({mutant(seeds, number) for number in range(50)}) > 40
