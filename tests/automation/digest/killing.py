"""A program for test_kills: forks runs of a digest, each struck at another of its steps, and looks at what they leave.

A stroke is a kill, or the failure of the step: no space, a fault of the disk, no memory.

Forked and not started anew, since a start costs more than a run; and from a process that has made the digest itself, so
that no run imports anything. It reads in its own process, since a confined one takes longer to start than a run, and
changes nothing on the disk. Prints a line of JSON for each stroke.
"""

import errno
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from publisher.automation.digest import surroundings
from publisher.automation.issues.proof import sha256
from publisher.automation.ledger.store import open_ledger
from publisher.errors import PublisherError, RenderingError
from tests.automation.digests import SETTINGS, Desk
from tests.ready import WorkerHere

WEEK = "2026-W12"
CHANGED = SETTINGS.replace("[shelf]", '[[outputs]]\nfile = "khac.epub"\n\n[shelf]')
CHANGES = ("os.", "shutil.", "sqlite3.", "tempfile.")
LOOKS = ("os.listdir", "os.scandir")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def step_of(event: str, arguments: tuple[Any, ...], folder: Path) -> str | None:
    """The kind of step that an audited event is: what is done, and in which folder of the desk where that is named.

    ``None`` for what changes nothing on the disk: whenever a kill comes between two changes, it leaves the same.
    """
    changes = arguments[2] & WRITING if event == "open" else event.startswith(CHANGES) and event not in LOOKS
    if not changes:
        return None
    _, _, path = str(arguments[0]).partition(f"{folder}/")
    return " ".join([event, *path.split("/")[:-1][:2]])


def kill() -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail(error: Callable[[], BaseException]) -> Callable[[], None]:
    """What makes a step fail with the error: an audited function raises what its hook raises."""

    def stroke() -> None:
        raise error()

    return stroke


STROKES: dict[str, Callable[[], None]] = {
    "kill": kill,
    "no space": fail(lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))),
    "a fault of the disk": fail(lambda: OSError(errno.EIO, os.strerror(errno.EIO))),
    "no memory": fail(MemoryError),
}


def audited(event: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the system that Python does not audit itself, so that it is a step too."""

    def call(descriptor: int, *arguments: Any) -> Any:
        sys.audit(event, descriptor)
        return function(descriptor, *arguments)

    return call


UNDOCUMENTED = 99
"""The status of a run that ends with an exception that is none of ours."""


def forked(
    desk: Desk, *, rebuild: bool, at: int | None = None, stroke: Callable[[], None] = kill
) -> tuple[int, list[str]]:
    """The status of a run in a process of its own; and its steps, unless it ended before the last of them."""
    notes = desk.folder.with_suffix(".steps")
    child = os.fork()
    if child == 0:
        steps: list[str] = []

        def note(event: str, arguments: tuple[Any, ...]) -> None:
            if step := step_of(event, arguments, desk.folder):
                steps.append(step)
                if len(steps) - 1 == at:
                    stroke()

        os.fsync, os.write = audited("os.fsync", os.fsync), audited("os.write", os.write)
        sys.addaudithook(note)
        try:
            ending = int(desk.run(WEEK, rebuild=rebuild).ending)
            taken = json.dumps(steps)
            notes.write_text(taken)
        except PublisherError as error:
            ending = error.exit_code
        except MemoryError:
            ending = RenderingError.exit_code  # As the command line ends it.
        except BaseException:  # noqa: BLE001 - a fork must end here, whatever happens
            traceback.print_exc()
            ending = UNDOCUMENTED
        os._exit(ending)
    _, status = os.waitpid(child, 0)
    return status, json.loads(notes.read_text()) if notes.exists() else []


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


def ready(folder: Path, pages: Path, *, rebuild: bool) -> Desk:
    """A desk before the run; for a rebuild with another output, so that the issue is really replaced."""
    shutil.copytree(pages, folder / "pages")
    desk = Desk(folder)
    if rebuild:
        desk.run(WEEK)
        desk.configure(CHANGED)
    return desk


def main(pages: Path, stroke: str, *, rebuild: bool, everywhere: bool) -> None:
    """Learn the steps of a run, then strike one before each of them, or before the last of each kind."""
    surroundings.Worker = WorkerHere  # type: ignore[misc]
    ready(pages.with_name("first"), pages, rebuild=rebuild).run(WEEK, rebuild=rebuild)
    desk = ready(pages.with_name("model"), pages, rebuild=rebuild)
    status, steps = forked(desk, rebuild=rebuild)
    assert os.waitstatus_to_exitcode(status) == 0
    model = desk.files()
    last = {step: number for number, step in enumerate(steps)}
    for number in range(len(steps)) if everywhere else last.values():
        trial = ready(pages.with_name(f"trial-{number}"), pages, rebuild=rebuild)
        struck, _ = forked(trial, rebuild=rebuild, at=number, stroke=STROKES[stroke])
        seen = half(trial.folder)
        second, _ = forked(trial, rebuild=rebuild)
        result = {
            "step": steps[number],
            "killed": os.WIFSIGNALED(struck),
            "first": None if os.WIFSIGNALED(struck) else os.waitstatus_to_exitcode(struck),
            "second": os.waitstatus_to_exitcode(second),
            "faults": [*seen, *faults(trial.folder, model)],
        }
        sys.stdout.write(f"{json.dumps(result)}\n")
        shutil.rmtree(trial.folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], rebuild="rebuild" in sys.argv, everywhere="everywhere" in sys.argv)
