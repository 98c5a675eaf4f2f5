"""A process locks itself in: each wall where the system has it, and a phrase for each that it has not."""

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from publisher.confinement.jobs import JobLimits
from publisher.confinement.kernel import prctl
from publisher.confinement.landlock import confine_files
from publisher.confinement.messages import Confinement
from publisher.confinement.seccomp import confine_calls

try:
    import resource
except ModuleNotFoundError:  # Windows: deadlines are then all there is.
    resource = None  # type: ignore[assignment]

NO_LIMITS = (
    "this system limits neither memory nor processor time: what reads and what lays out ends at its deadline alone"
    if resource is None
    else ""
)
"""What a user is told where limits are missing; ``""`` where they are there."""

_SIGKILL = 9
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38

_SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
"""Where the C libraries of extensions lie that are loaded only when they are needed."""


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent ends, and end now when that has happened already.

    The parent is meant as the thread that started us. OSError where the kernel cannot: then the end of the pipe
    is what ends us, after the job.
    """
    prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(1)


def lock_in(parent: int) -> Confinement:
    """Confine this process for good. What Python still has to import it can read: its own folders."""
    walls: tuple[tuple[str, Callable[[], None]], ...] = (
        ("it can outlive its parent", lambda: die_with(parent)),
        ("it has no limits of memory and processor time", no_core_dumps),
        ("it can read any file", lambda: confine_files(_own_folders())),
        ("it can reach the network and start programs", confine_calls),
    )
    missing = []
    with contextlib.suppress(OSError):  # The walls that need it fail, and say so.
        prctl(_PR_SET_NO_NEW_PRIVS, 1)
    for what, build in walls:
        try:
            build()
        except OSError as error:
            missing.append(f"{what} ({error.strerror})")
    return Confinement(missing=tuple(missing))


def no_core_dumps() -> None:
    """Keep what the process holds off the disk when it crashes. OSError where the system knows no limits."""
    if resource is None:
        raise OSError(errno.ENOSYS, "this system has no limits")
    _lower(resource.RLIMIT_CORE, 0, for_good=True)


def limit(limits: JobLimits) -> None:
    """Set what the next job may cost: never more than the limits that this process was started with."""
    if resource is not None:
        limit_processor(limits.processor_s)
        _lower(resource.RLIMIT_AS, limits.memory_bytes)


def limit_memory(limit_bytes: int, *, for_good: bool = False) -> None:
    """Let this process have so many bytes of address space at most."""
    if resource is not None:
        _lower(resource.RLIMIT_AS, limit_bytes, for_good=for_good)


def affordable_bytes(wanted_bytes: int) -> int:
    """So many bytes of address space, or what the operator lets this process have where that is less."""
    limits = resource.getrlimit(resource.RLIMIT_AS) if resource is not None else ()
    return min([wanted_bytes, *(limit for limit in limits if limit != resource.RLIM_INFINITY)])


def limit_processor(seconds: int) -> None:
    """Have the kernel end this process (SIGXCPU) when it computes for longer from now on."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def unlimit_memory() -> None:
    """Take back what ``limit`` set of memory."""
    if resource is not None:
        _raise(resource.RLIMIT_AS)


def unlimit_processor() -> None:
    """Take back what ``limit_processor`` set."""
    if resource is not None:
        _raise(resource.RLIMIT_CPU)


def peak_bytes() -> int:
    """The most memory that this process has held; 0 where the system does not say."""
    if resource is None:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _lower(kind: Any, value: int, *, for_good: bool = False) -> None:
    """Set a limit to the value, or to the operator's where that is lower."""
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value if for_good else hard))


def _raise(kind: Any) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (hard, hard))


def _own_folders() -> list[Path]:
    """Where the interpreter, its libraries and this package lie."""
    package = Path(__file__).parents[1]
    places = [Path(place) for place in (*sys.path, sys.prefix, sys.base_prefix, *_SYSTEM_LIBRARIES)]
    # Beside the package in a checkout may lie anything.
    checkout = package.parent if (package.parent / "pyproject.toml").exists() else None
    return [package, *(place for place in places if place != checkout)]
