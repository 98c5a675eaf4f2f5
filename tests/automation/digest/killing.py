"""A program for test_kills: forks runs of a digest, each killed at another of its steps, and looks at what they leave.

Forked and not started anew, since a start costs more than a run. Prints a line of JSON for each kill.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from publisher.automation.issues.proof import sha256
from publisher.automation.ledger.store import open_ledger
from publisher.errors import PublisherError
from tests.automation.digests import SETTINGS, Desk

WEEK = "2026-W12"
CHANGED = SETTINGS.replace("[shelf]", '[[outputs]]\nfile = "khac.epub"\n\n[shelf]')
STEPS = ("open", "os.", "shutil.", "sqlite3.", "tempfile.")


def forked(folder: Path, *, rebuild: bool, kill_at: int | None = None) -> tuple[int, int]:
    """The status of a run in a process of its own, and how many steps it took."""
    counter = folder.with_suffix(".steps")
    child = os.fork()
    if child == 0:
        steps = 0

        def step(event: str, _arguments: object) -> None:
            nonlocal steps
            if event.startswith(STEPS):
                steps += 1
                if steps == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(step)
        try:
            ending = int(Desk(folder, SETTINGS).run(WEEK, rebuild=rebuild).ending)
            total = steps
            counter.write_text(str(total))
        except PublisherError as error:
            ending = error.exit_code
        os._exit(ending)
    _, status = os.waitpid(child, 0)
    return status, int(counter.read_text()) if counter.exists() else 0


def faults(folder: Path, model: dict[str, bytes]) -> list[str]:
    """What is wrong after the second run."""
    desk = Desk(folder, None)
    found = []
    files = desk.files()
    if files != model:
        found.append(f"other files: {sorted(path for path in files | model if files.get(path) != model.get(path))}")
    kept = {path.name for path in (folder / "archives").iterdir()}
    if kept != {json.loads(model[f"issues/{WEEK}/issue.json"])["archive"]["name"]}:
        found.append(f"the archives are {sorted(kept)}")
    with open_ledger(folder / "ledger.sqlite") as ledger:
        if ledger.proofs("lam-chau") != {WEEK: sha256(model[f"issues/{WEEK}/issue.json"])}:
            found.append(f"the ledger has {ledger.proofs('lam-chau')}")
    return found


def half(folder: Path) -> list[str]:
    """What a reader could see of an unfinished issue right after the kill."""
    issue = Desk(folder, None).issue(WEEK)
    if not issue.exists():
        return []
    named = json.loads((issue / "issue.json").read_bytes())
    wanted = {"issue.json", *(file["name"] for file in (*named["files"], named["cover"]) if file)}
    present = {path.name for path in issue.iterdir()}
    return [] if present == wanted else [f"half an issue: {sorted(present)}"]


def main(folder: Path, points: int, *, rebuild: bool) -> None:
    """Learn how long a run is, then kill one at each of so many points."""
    if rebuild:  # with another output, so that the issue is really replaced
        Desk(folder, SETTINGS).run(WEEK)
        Desk(folder, CHANGED)
    status, length = forked(folder, rebuild=rebuild)
    assert os.waitstatus_to_exitcode(status) == 0
    model = Desk(folder, None).files()
    for number in range(points):
        trial = folder.with_name(f"trial-{number}")
        trial.mkdir()
        shutil.copytree(folder / "pages", trial / "pages")
        desk = Desk(trial, SETTINGS)
        if rebuild:
            desk.run(WEEK)
            desk.configure(CHANGED)
        killed, _ = forked(trial, rebuild=rebuild, kill_at=1 + length * number // points)
        seen = half(trial)
        second, _ = forked(trial, rebuild=rebuild)
        result = {
            "killed": os.WIFSIGNALED(killed),
            "second": os.waitstatus_to_exitcode(second),
            "faults": [*seen, *faults(trial, model)],
        }
        sys.stdout.write(f"{json.dumps(result)}\n")
        shutil.rmtree(trial)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), rebuild=sys.argv[3] == "rebuild")
