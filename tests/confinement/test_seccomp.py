"""The filter by its verdicts, run as the kernel runs it, so that both kinds of processors are tested on each."""

import errno
import struct

import pytest

from publisher.confinement.seccomp import program

ALLOWED, KILLED = "allowed", "killed"
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
VERDICTS = {0x7FFF0000: ALLOWED, 0x80000000: KILLED, 0x50000 | errno.EPERM: "EPERM", 0x50000 | errno.ENOSYS: "ENOSYS"}


def verdict(machine: str, number: int, *arguments: int, architecture: int | None = None) -> str:
    """What becomes of a system call: the instructions of ``bpf(2)`` that the filter uses, carried out."""
    code = program(machine)
    six = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    call = struct.pack("=iIQ6Q", number, ARCHITECTURE[machine] if architecture is None else architecture, 0, *six)
    loaded = at = 0
    while True:
        step, when_met, when_not, value = struct.unpack_from("=HBBI", code, 8 * at)
        at += 1
        if step == 0x20:
            (loaded,) = struct.unpack_from("=I", call, value)
        elif step == 0x06:
            return VERDICTS[value]
        else:
            met = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[step]
            at += when_met if met else when_not


@pytest.mark.parametrize(
    ("call", "x86_64", "aarch64", "arguments", "expected"),
    [
        ("read", 0, 63, (), ALLOWED),
        ("write", 1, 64, (), ALLOWED),
        ("mmap", 9, 222, (), ALLOWED),
        ("exit_group", 231, 94, (), ALLOWED),
        ("openat to read", 257, 56, (0, 0, 0o2000000), ALLOWED),
        ("openat to write", 257, 56, (0, 0, 1), "EPERM"),
        ("openat to read and write", 257, 56, (0, 0, 2), "EPERM"),
        ("openat to create", 257, 56, (0, 0, 0o100), "EPERM"),
        ("clone of a thread", 56, 220, (0x3D0F00,), ALLOWED),
        ("clone of a process", 56, 220, (0x1200011,), "EPERM"),
        ("clone3", 435, 435, (), "ENOSYS"),
        ("prlimit64 of itself", 302, 261, (0, 7), ALLOWED),
        ("prlimit64 of another", 302, 261, (1, 7), "EPERM"),
        ("socket", 41, 198, (), "EPERM"),
        ("connect", 42, 203, (), "EPERM"),
        ("execve", 59, 221, (), "EPERM"),
        ("execveat", 322, 281, (), "EPERM"),
        ("kill", 62, 129, (), "EPERM"),
        ("tgkill", 234, 131, (), "EPERM"),
        ("ptrace", 101, 117, (), "EPERM"),
        ("process_vm_readv", 310, 270, (), "EPERM"),
        ("unlinkat", 263, 35, (), "EPERM"),
        ("seccomp", 317, 277, (), "EPERM"),
        ("bpf", 321, 280, (), "EPERM"),
        ("io_uring_setup", 425, 425, (), "EPERM"),
        ("openat2", 437, 437, (), "EPERM"),
        ("ioctl", 16, 29, (), "EPERM"),
    ],
)
def test_a_call_gets_its_verdict(
    call: str, x86_64: int, aarch64: int, arguments: tuple[int, ...], expected: str
) -> None:
    assert (verdict("x86_64", x86_64, *arguments), verdict("aarch64", aarch64, *arguments)) == (expected, expected)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_call_by_another_table_ends_the_process(machine: str) -> None:
    assert verdict(machine, 1, architecture=0x40000003) == KILLED


def test_a_call_by_the_second_table_of_x86_64_is_refused() -> None:
    assert verdict("x86_64", 0x40000000 | 1) == "EPERM"
