"""A program for test_kills: forks runs of a digest, each struck at another of its steps, and looks at what they leave.

A stroke is a kill, or the failure of the step: no space, a fault of the disk, no memory.

Forked and not started anew, since a start costs more than a run; and from a process that has made the digest itself, so
that no run imports anything. Without mail it reads in its own process, since a confined one takes longer to
start than a run, and changes nothing on the disk. Prints a line of JSON for each stroke.
"""

import contextlib
import errno
import json
import os
import select
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from publisher.automation.digest import means
from publisher.automation.issues.proof import sha256
from publisher.automation.ledger.store import open_ledger
from publisher.confinement import worker
from publisher.errors import PublisherError, RenderingError
from tests.automation.digests import SETTINGS, Desk
from tests.automation.mail.test_post import Server
from tests.ready import WorkerHere

WEEK = "2026-W12"
CHANGED = SETTINGS.replace("[shelf]", '[[outputs]]\nfile = "khac.epub"\n\n[shelf]')
CHANGES = ("os.", "shutil.", "sqlite3.", "tempfile.")
OUTSIDE = ("smtplib.", "subprocess.", "confinement.")
"""What is begun outside of this process: a message, the process that reads, and its work."""

MAIL = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "tin@example.org"

[[mail.recipients]]
address = "may-doc@example.org"
"""
LOOKS = ("os.listdir", "os.scandir")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def step_of(event: str, arguments: tuple[Any, ...], folder: Path, *, outside: bool = False) -> str | None:
    """The kind of step that an audited event is: what is done, and in which folder of the desk where that is named.

    ``None`` for what changes nothing on the disk, nor with ``outside`` anywhere: whenever a kill comes between two
    changes, it leaves the same.
    """
    if event.startswith(OUTSIDE):
        return event if outside else None
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


def busy(send: Callable[..., None]) -> Callable[..., None]:
    """The sending of an order to the process that reads, with a step after it: that is then at work."""

    def call(*arguments: Any) -> None:
        send(*arguments)
        sys.audit("confinement.busy")

    return call


POINTS = 60

DEATH_S = 30
"""How long a process may take to be gone that the kernel has killed, on a busy machine."""


def started_by(parent: int) -> list[int]:
    """Descriptors of the confined processes of a run, which are readable when these have ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = path.read_bytes().split(b"\0")
            if any(b"confinement.child" in word for word in words) and str(parent).encode() in words:
                found.append(os.pidfd_open(int(path.parent.name)))
    return found


UNDOCUMENTED = 99
"""The status of a run that ends with an exception that is none of ours."""


def forked(
    desk: Desk, *, rebuild: bool, outside: bool = False, at: int | None = None, stroke: Callable[[], None] = kill
) -> tuple[int, list[str]]:
    """The status of a run in a process of its own; and its steps, unless it ended before the last of them.

    RuntimeError when it leaves a process behind.
    """
    notes = desk.folder.with_suffix(".steps")
    child = os.fork()
    if child == 0:
        steps: list[str] = []

        def note(event: str, arguments: tuple[Any, ...]) -> None:
            if step := step_of(event, arguments, desk.folder, outside=outside):
                steps.append(step)
                if len(steps) - 1 == at:
                    stroke()

        os.fsync, os.write = audited("os.fsync", os.fsync), audited("os.write", os.write)
        worker.send = busy(worker.send)
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
    if any(not select.select([process], [], [], DEATH_S)[0] for process in started_by(child)):
        raise RuntimeError("a confined process outlives the run that started it")
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


def misdelivered(folder: Path, messages: int) -> list[str]:
    """What is wrong with the mail: sent twice, or not sent and not in doubt."""
    with open_ledger(folder / "ledger.sqlite") as ledger:
        kept = ledger.deliveries("lam-chau", WEEK)
    outcomes = [record["outcome"] for record in json.loads(kept or "[]")]
    wanted = {0: [["unknown"]], 1: [["sent"], ["unknown"]]}.get(messages, [])
    return [] if outcomes in wanted else [f"{messages} messages, and the ledger has {outcomes}"]


def half(folder: Path) -> list[str]:
    """What a reader could see of an unfinished issue right after the kill."""
    issue = Desk(folder, None).issue(WEEK)
    if not issue.exists():
        return []
    named = json.loads((issue / "issue.json").read_bytes())
    wanted = {"issue.json", *(file["name"] for file in (*named["files"], named["cover"]) if file)}
    present = {path.name for path in issue.iterdir()}
    return [] if present == wanted else [f"half an issue: {sorted(present)}"]


def ready(folder: Path, pages: Path, *, rebuild: bool, mail: str = "") -> Desk:
    """A desk before the run; for a rebuild with another output, so that the issue is really replaced."""
    shutil.copytree(pages, folder / "pages")
    desk = Desk(folder, SETTINGS + mail)
    if rebuild:
        desk.run(WEEK)
        desk.configure(CHANGED)
    return desk


def main(pages: Path, stroke: str, *, rebuild: bool, everywhere: bool, server: Server | None = None) -> None:
    """Learn the steps of a run, then strike one before each of them, or before the last of each kind.

    With a mail server the issue is sent, and what is begun outside of the process are steps too. ``POINTS`` of all and
    the last of each kind are struck everywhere; otherwise only those outside, since the others are struck without mail.
    """
    mail = MAIL.format(port=server.port) if server else ""
    outside = server is not None
    if not outside:
        means.Worker = WorkerHere  # type: ignore[misc]
    ready(pages.with_name("first"), pages, rebuild=rebuild, mail=mail).run(WEEK, rebuild=rebuild)
    desk = ready(pages.with_name("model"), pages, rebuild=rebuild, mail=mail)
    status, steps = forked(desk, rebuild=rebuild, outside=outside)
    assert os.waitstatus_to_exitcode(status) == 0
    model = desk.files()
    each = everywhere or not outside
    last = {step: number for number, step in enumerate(steps) if each or step.startswith(OUTSIDE)}
    apart = max(1, len(steps) // POINTS) if outside else 1
    for number in sorted({*last.values(), *(range(0, len(steps), apart) if everywhere else ())}):
        trial = ready(pages.with_name(f"trial-{number}"), pages, rebuild=rebuild, mail=mail)
        before = len(server.messages) if server else 0
        struck, _ = forked(trial, rebuild=rebuild, outside=outside, at=number, stroke=STROKES[stroke])
        seen = half(trial.folder)
        second, _ = forked(trial, rebuild=rebuild)
        seen += misdelivered(trial.folder, len(server.messages) - before) if server else []
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
    asked = {"rebuild": "rebuild" in sys.argv, "everywhere": "everywhere" in sys.argv}
    with Server() if "mail" in sys.argv else contextlib.nullcontext() as server:
        main(Path(sys.argv[1]), sys.argv[2], **asked, server=server)
