"""The fault campaign: a run is killed at many points of its length, and the next one makes all good."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.automation.digest.test_digest import BRIDGE, CRANES
from tests.automation.digests import SETTINGS, Desk, page

POINTS = 44
"""How many kills, spread evenly over the audited steps of a run: each file opened, folder made, name changed."""

PROGRAM = Path(__file__).with_name("killing.py")


@pytest.mark.parametrize("rebuild", [False, True], ids=["publishing", "rebuilding"])
def test_a_run_killed_anywhere_is_made_good_by_the_next(tmp_path, rebuild):
    """One issue, complete, the same bytes as undisturbed, ledger and shelf agreeing, and no half issue in between."""
    desk = Desk(tmp_path / "model", SETTINGS)
    desk.put("2026-W12", "cau.md", page(BRIDGE, "2026-03-17", related=CRANES))
    points = POINTS if not rebuild else POINTS // 4

    run = subprocess.run(
        [sys.executable, PROGRAM, desk.folder, str(points), "rebuild" if rebuild else "publish"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(results) == points
    assert [each for each in results if each["faults"]] == []
    assert sum(each["killed"] for each in results) == points
    if not rebuild:
        assert {each["second"] for each in results} == {0, 22}  # most are finished, the last were complete already
