"""Two calls of the Linux kernel that Python has no function for."""

import ctypes
import errno
import os

_WORD = ctypes.c_ulong


def prctl(option: int, *arguments: "int | ctypes.Array[ctypes.c_char]") -> None:
    """Change how this process is treated (``prctl(2)``). OSError where the kernel refuses or there is no such call."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)
    if call is None:
        raise OSError(errno.ENOSYS, "this system has no prctl")
    words = [word if isinstance(word, ctypes.Array) else _WORD(word) for word in arguments]
    words += [_WORD(0)] * (4 - len(words))  # The kernel wants those it does not know to be zero.
    if call(option, *words) != 0:
        raise _error()


def syscall(number: int, *arguments: "int | ctypes.Array[ctypes.c_char] | None") -> int:
    """What the kernel answers to a call by its number (``syscall(2)``). OSError when it refuses."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syscall", None)
    if call is None:
        raise OSError(errno.ENOSYS, "this system has no syscall")
    call.restype = ctypes.c_long
    words = [_WORD(word) if isinstance(word, int) else word for word in arguments]
    answer = int(call(ctypes.c_long(number), *words))
    if answer < 0:
        raise _error()
    return answer


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
