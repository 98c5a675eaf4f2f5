"""What a process that has been taken over cannot do."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from publisher.confinement.jobs import ConfinedJob, JobLimits
from publisher.confinement.messages import Confinement
from publisher.confinement.worker import Worker
from publisher.errors import DefectError

LIMITS = JobLimits(processor_s=20, deadline_s=60, memory_bytes=1024**3)


@pytest.fixture(scope="module")
def taken_over() -> Iterator[Worker]:
    """A worker whose process does what it is told."""
    with Worker({"code": ConfinedJob(function="builtins:eval", result=Any, limits=LIMITS)}) as worker:
        if worker.confinement("code").missing:
            pytest.skip(f"this machine confines no process wholly: {worker.confinement('code')}")
        yield worker


@pytest.mark.parametrize(
    ("module", "misdeed"),
    [
        pytest.param("socket", "socket.socket()", id="network"),
        pytest.param("socket", "socket.socketpair()", id="sockets"),
        pytest.param("os", "os.fork()", id="fork"),
        pytest.param("os", "os.execv('/bin/true', ['true'])", id="exec"),
        pytest.param("os", "os.posix_spawn('/bin/true', ['true'], {})", id="spawn"),
        pytest.param("os", "os.kill(os.getppid(), 0)", id="signal"),
        pytest.param("os", "os.open('/etc/passwd', os.O_RDONLY)", id="file of the system"),
        pytest.param("os", "os.open('/proc/self/environ', os.O_RDONLY)", id="process"),
        pytest.param("os", f"os.open({__file__!r}, os.O_RDONLY)", id="file beside the package"),
        pytest.param("os", "os.open('/tmp/x', os.O_WRONLY | os.O_CREAT)", id="new file"),
        pytest.param("os", "os.open(os.__file__, os.O_RDWR)", id="file of the interpreter, to write"),
        pytest.param("os", "os.unlink('/tmp/x')", id="remove"),
        pytest.param("os", "os.mkdir('/tmp/x')", id="folder"),
        pytest.param("os", "os.rename('/tmp/x', '/tmp/y')", id="rename"),
        pytest.param("os", "os.symlink('/tmp/x', '/tmp/y')", id="link"),
        pytest.param("os", "os.chmod('/tmp', 0o777)", id="rights"),
        pytest.param("os", "os.setuid(0)", id="user"),
        pytest.param("os", "os.memfd_create('x')", id="file in memory"),
        pytest.param("resource", "resource.prlimit(1, resource.RLIMIT_CPU)", id="limits of others"),
        pytest.param("resource", "resource.setrlimit(resource.RLIMIT_CORE, (1, 1))", id="core dumps"),
    ],
)
def test_it_is_refused(taken_over: Worker, module: str, misdeed: str) -> None:
    with pytest.raises(DefectError) as caught:
        taken_over.do("code", f"[{misdeed} for {module} in [__import__('{module}')]]")

    assert str(caught.value).split(" in ")[0] in ("PermissionError", "ValueError")


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("ptrace", (101, 0)),
        ("io_uring_setup", (425, 1, 0)),
        ("bpf", (321, 0, 0, 0)),
        ("unshare", (272, 0x10000000)),
        ("mount", (165, 0, 0, 0)),
        ("keyctl", (250, 0)),
        ("prctl", (157, 22, 0)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.skipif(sys.platform != "linux", reason="these are calls of Linux")
def test_a_call_that_is_not_listed_is_refused(taken_over: Worker, call: str, arguments: tuple[int, ...]) -> None:
    library = "ctypes.CDLL(None, use_errno=True)"
    made = f"[({library}.syscall{arguments}, ctypes.get_errno()) for ctypes in [__import__('ctypes')]]"

    assert taken_over.do("code", made) == [[-1, 1]]


def test_it_can_load_what_it_needs_and_start_threads(taken_over: Worker) -> None:
    assert taken_over.do("code", "__import__('trafilatura').__name__") == "trafilatura"
    assert taken_over.do(
        "code", "[t.start() or t.join() or t.is_alive() for t in [__import__('threading').Thread(target=int)]]"
    ) == [False]


def test_each_wall_that_cannot_be_built_is_told() -> None:
    """A process that is confined already can build none, as where the kernel knows none."""
    program = (
        "import os\n"
        "from publisher.confinement.kernel import prctl\n"
        "from publisher.confinement.seccomp import confine_calls\n"
        "from publisher.confinement.walls import lock_in\n"
        "prctl(38, 1)\n"
        "confine_calls()\n"
        "print(lock_in(os.getpid()))\n"
    )

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert run.stderr == ""
    assert run.stdout == (
        "confined, but it can outlive its parent (Operation not permitted); it can read any file (Operation not "
        "permitted); it can reach the network and start programs (Operation not permitted)\n"
    )


def test_a_system_without_limits_is_told_of() -> None:
    program = (
        "import sys\n"
        "sys.modules['resource'] = sys.modules['fcntl'] = None\n"
        "from publisher.confinement.walls import lock_in, limit\n"
        "import os\n"
        "print(lock_in(os.getppid()))\n"
    )

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert run.stderr == ""
    assert "it has no limits of memory and processor time (this system has no limits)" in run.stdout


def test_what_is_missing_is_said_in_a_line() -> None:
    confinement = Confinement(missing=("it can read any file (Function not implemented)",))

    assert str(confinement) == "confined, but it can read any file (Function not implemented)"


def test_a_checkout_of_ours_is_not_readable_as_a_whole(taken_over: Worker) -> None:
    readme = Path(__file__).parents[2] / "README.md"

    with pytest.raises(DefectError):
        taken_over.do("code", f"open({str(readme)!r})")
