"""A filter of system calls, in the kernel: what is not listed fails (``seccomp(2)``, ``bpf(2)``).

Written by hand for two kinds of processors, because the library for it is not on every machine, finding it starts other
programs, and its binding has had no release since 2021. A call that is not listed gives EPERM rather than an end of the
process, so that a library that can do without a call does without it.
"""

import ctypes
import errno
import os
import platform
import struct

from publisher.confinement.kernel import prctl

_PR_SET_SECCOMP = 22
_MODE_FILTER = 2

# linux/seccomp.h
_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_KILL_PROCESS = 0x80000000

# linux/bpf_common.h: load a word of the call; jump when equal, not below, or with any bit set; give a verdict.
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06

# struct seccomp_data: the number, the architecture, and of the arguments the lower halves (both are little-endian).
_NUMBER, _ARCHITECTURE = 0, 4

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # linux/audit.h
_X32 = 0x40000000
"""From here on, an x86_64 call is one of a second table of calls, in which every one has another number."""

_CLONE_THREAD = 0x10000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_CALLS = """
    read 0 63            write 1 64          close 3 57             fstat 5 80            lseek 8 62
    mmap 9 222           mprotect 10 226     munmap 11 215          brk 12 214            mremap 25 216
    madvise 28 233       pread64 17 67       readv 19 65            writev 20 66          fcntl 72 25
    stat 4 -             lstat 6 -           newfstatat 262 79      statx 332 291         access 21 -
    faccessat 269 48     faccessat2 439 439  getdents64 217 61      readlink 89 -         readlinkat 267 78
    getcwd 79 17         rt_sigaction 13 134 rt_sigprocmask 14 135  rt_sigreturn 15 139   sigaltstack 131 132
    futex 202 98         sched_yield 24 124  sched_getaffinity 204 123                    set_robust_list 273 99
    rseq 334 293         nanosleep 35 101    clock_nanosleep 230 115                      clock_gettime 228 113
    clock_getres 229 114 gettimeofday 96 169 time 201 -             times 100 153         getrandom 318 278
    getrusage 98 165     sysinfo 99 179      uname 63 160           getpid 39 172         gettid 186 178
    exit 60 93           exit_group 231 94
"""
"""The calls that are free, with their numbers on x86_64 and aarch64 (``asm/unistd_64.h``, ``asm-generic/unistd.h``)."""

_CLONE, _CLONE3, _OPENAT, _PRLIMIT = (56, 220), (435, 435), (257, 56), (302, 261)
_OPEN_ON_X86 = 2


def confine_calls() -> None:
    """From here on this process and its threads can call the listed, open files for reading, and start threads.

    No network, no program, no other process, no signal, no file that is written. OSError where the kernel or the
    processor cannot: then nothing has changed. The process must not gain rights any more (``no_new_privs``).
    """
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"there is no table of calls for {machine}")
    code = program(machine)
    instructions = ctypes.create_string_buffer(code, len(code))
    filter_ = struct.pack("@HP", len(code) // 8, ctypes.addressof(instructions))  # struct sock_fprog
    prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(filter_, len(filter_)))


def program(machine: str) -> bytes:
    """The filter for a kind of processor, eight bytes an instruction (``struct sock_filter``)."""
    column = tuple(_ARCHITECTURES).index(machine)
    words = _CALLS.split()
    free = [int(number) for number in words[column + 1 :: 3] if number != "-"]
    opening = [(_OPENAT[column], 2)] + ([(_OPEN_ON_X86, 1)] if machine == "x86_64" else [])
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        steps += [(_IF_AT_LEAST, 0, 1, _X32), _refusal(errno.EPERM)]
    for number in free:
        steps += [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    for number, flags in opening:
        steps += _when(number, flags, _IF_ANY_BIT, _WRITING, refused=True)
    steps += _when(_CLONE[column], 0, _IF_ANY_BIT, _CLONE_THREAD, refused=False)
    steps += _when(_PRLIMIT[column], 0, _IF_EQUAL, 0, refused=False)  # of this process, not of another
    # The C library falls back on ``clone``, whose flags can be seen here; those of ``clone3`` lie in memory.
    steps += [(_IF_EQUAL, 0, 1, _CLONE3[column]), _refusal(errno.ENOSYS)]
    steps.append(_refusal(errno.EPERM))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _when(number: int, argument: int, test: int, value: int, *, refused: bool) -> list[tuple[int, int, int, int]]:
    """Steps that settle one call by what the lower half of an argument is."""
    met, unmet = _refusal(errno.EPERM), (_RETURN, 0, 0, _ALLOW)
    if not refused:
        met, unmet = unmet, met
    return [(_IF_EQUAL, 0, 4, number), (_LOAD, 0, 0, 16 + 8 * argument), (test, 0, 1, value), met, unmet]


def _refusal(error: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, _ERRNO | error)
