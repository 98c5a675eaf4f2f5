"""Four calls of the Linux kernel that Python has no function for."""

import ctypes
import errno
import os
import re
import sys
from typing import Any

_WORD = ctypes.c_ulong

_TELLING = (5, 8)
"""The release of Linux since which ``syncfs`` says that something did not reach the disk."""

_SYNC_FILE_RANGE_WRITE = 2
"""Neither of the flags to wait, which would take from others the news of what went wrong."""


def prctl(option: int, *arguments: "int | ctypes.Array[ctypes.c_char]") -> None:
    """Change how this process is treated (``prctl(2)``). OSError where the kernel refuses or there is no such call."""
    call = _function("prctl")
    words = [word if isinstance(word, ctypes.Array) else _WORD(word) for word in arguments]
    words += [_WORD(0)] * (4 - len(words))  # The kernel wants those it does not know to be zero.
    if call(option, *words) != 0:
        raise _error()


def syscall(number: int, *arguments: "int | ctypes.Array[ctypes.c_char] | None") -> int:
    """What the kernel answers to a call by its number (``syscall(2)``). OSError when it refuses."""
    call = _function("syscall")
    call.restype = ctypes.c_long
    words = [_WORD(word) if isinstance(word, int) else word for word in arguments]
    answer = int(call(ctypes.c_long(number), *words))
    if answer < 0:
        raise _error()
    return answer


def sync_file_system(descriptor: int) -> None:
    """Have all that was written to the file system of an open file on its disk (``syncfs(2)``).

    OSError when something that was written since the file was opened did not get there; NotImplementedError where
    nobody would say so.
    """
    release = re.match(r"(\d+)\.(\d+)", os.uname().release) if sys.platform == "linux" else None
    if release is None or (int(release[1]), int(release[2])) < _TELLING:
        raise NotImplementedError
    try:
        call = _function("syncfs")
    except OSError as error:
        raise NotImplementedError from error
    if call(descriptor) != 0:
        raise _error()


def begin_writing_out(descriptor: int) -> None:
    """Have the kernel begin to take an open file to its disk, and wait for nothing (``sync_file_range(2)``).

    A hint: where the call is not there, or refuses, the kernel begins when it likes. What goes wrong on the way is left
    for who syncs the file.
    """
    try:
        call = _function("sync_file_range")
    except OSError:
        return
    call(descriptor, ctypes.c_int64(0), ctypes.c_int64(0), ctypes.c_uint(_SYNC_FILE_RANGE_WRITE))


def _function(name: str) -> Any:
    """A function of the C library. OSError elsewhere than on Linux, where the same numbers mean other things."""
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None) if sys.platform == "linux" else None
    if call is None:
        raise OSError(errno.ENOSYS, f"this system has no {name}")
    return call


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
