"""The fault campaign: a run is killed at its steps, and the next one makes all good."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from publisher.errors import ConfigError, InputError, OutputError, RenderingError
from tests.automation.digest.test_digest import BRIDGE, CRANES
from tests.automation.digests import page

PROGRAM = Path(__file__).with_name("killing.py")
PUBLISHING = {
    "open shelf": "the lock",
    "sqlite3.connect": "the ledger",
    "os.mkdir shelf issues": "the folder of the new issue",
    "os.rename cache readings": "a reading that is kept",
    "os.rename cache files": "a file that is kept",
    "os.link": "a file of the issue, or of the shelf",
    "os.rename shelf issues": "the new issue to its place",
    "os.rename shelf": "the way to the latest issue",
}
REBUILDING = {
    "open shelf": "the lock",
    "sqlite3.connect": "the ledger",
    "os.link": "a file of the issue, or of the shelf",
    "os.rename shelf issues": "the old issue out of the way, the new one to its place",
    "shutil.rmtree shelf issues": "the old issue",
    "os.rmdir shelf issues": "what is left of it",
    "os.rename": "a file of the shelf in the place of an older one",
}


def struck(pages: Path, stroke: str, *asked: str) -> list[dict[str, Any]]:
    """What came of each run that was struck."""
    command = [sys.executable, PROGRAM, pages, stroke, *asked]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return [{**json.loads(line), "said": run.stderr[-2000:]} for line in run.stdout.splitlines()]


@pytest.mark.parametrize(
    ("rebuild", "kinds"),
    [
        pytest.param(False, PUBLISHING, id="publishing"),
        pytest.param(True, REBUILDING, id="rebuilding", marks=pytest.mark.campaign),
    ],
)
@pytest.mark.parametrize(
    "everywhere",
    [pytest.param(False, id="a step of each kind"), pytest.param(True, id="every step", marks=pytest.mark.campaign)],
)
def test_a_run_killed_anywhere_is_made_good_by_the_next(tmp_path, rebuild, kinds, everywhere):
    """One issue, complete, the same bytes as undisturbed, ledger and shelf agreeing, and no half issue in between."""
    pages = tmp_path / "pages"
    (pages / "2026-W12").mkdir(parents=True)
    (pages / "2026-W12" / "cau.md").write_text(page(BRIDGE, "2026-03-17", related=CRANES), encoding="utf-8")
    asked = [word for word, wanted in (("rebuild", rebuild), ("everywhere", everywhere)) if wanted]

    results = struck(pages, "kill", *asked)

    assert kinds.keys() <= {each["step"] for each in results}
    assert [each for each in results if each["faults"]] == []
    assert [each for each in results if not each["killed"]] == []
    assert {each["second"] for each in results} <= {0, 22}  # Finished; or, killed at the very end, complete already.


POSTING = {
    "subprocess.Popen": "the process that reads",
    "confinement.busy": "the process that reads, at its work",
    "smtplib.connect": "a message on its way",
    "smtplib.send": "each word of it",
}


@pytest.mark.parametrize(
    "everywhere",
    [pytest.param(False, id="a step of each kind"), pytest.param(True, id="every step", marks=pytest.mark.campaign)],
)
def test_a_run_killed_anywhere_sends_its_mail_once_and_leaves_no_process(tmp_path, everywhere):
    """Besides one issue, complete: one message, or doubt that is written down; and who reads dies with the run."""
    pages = tmp_path / "pages"
    (pages / "2026-W12").mkdir(parents=True)
    (pages / "2026-W12" / "cau.md").write_text(page(BRIDGE, "2026-03-17", related=CRANES), encoding="utf-8")

    results = struck(pages, "kill", "mail", *(["everywhere"] if everywhere else []))

    assert POSTING.keys() | (PUBLISHING.keys() if everywhere else set()) <= {each["step"] for each in results}
    assert [each for each in results if each["faults"]] == []
    assert [each for each in results if not each["killed"]] == []
    assert {each["second"] for each in results} <= {0, 22}
    assert not everywhere or len(results) >= 60


DOCUMENTED = {0, 20, 22, *(kind.exit_code for kind in (InputError, OutputError, RenderingError, ConfigError))}
"""How a run may end in which a step failed: it could do without, or says what it could not write or read."""


@pytest.mark.campaign  # Its short form, in which the disk refuses one thing, is in test_faults.py.
@pytest.mark.parametrize("stroke", ["no space", "a fault of the disk", "no memory"])
@pytest.mark.parametrize("rebuild", [pytest.param(False, id="publishing"), pytest.param(True, id="rebuilding")])
@pytest.mark.parametrize(
    "everywhere", [pytest.param(False, id="a step of each kind"), pytest.param(True, id="every step")]
)
def test_a_run_in_which_a_step_fails_says_so_and_is_made_good_by_the_next(tmp_path, stroke, rebuild, everywhere):
    pages = tmp_path / "pages"
    (pages / "2026-W12").mkdir(parents=True)
    (pages / "2026-W12" / "cau.md").write_text(page(BRIDGE, "2026-03-17", related=CRANES), encoding="utf-8")
    asked = [word for word, wanted in (("rebuild", rebuild), ("everywhere", everywhere)) if wanted]

    results = struck(pages, stroke, *asked)

    assert {"os.fsync", "os.write", "os.link", "sqlite3.connect"} <= {each["step"] for each in results}
    assert [each for each in results if each["first"] not in DOCUMENTED] == []
    assert [each for each in results if each["faults"]] == []
    assert {each["second"] for each in results} <= {0, 20, 22}
