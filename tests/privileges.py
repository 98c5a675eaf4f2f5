"""Work without the right of root to write where nobody may, which containers are full of."""

import contextlib
import ctypes
import os
from collections.abc import Iterator

CAPABILITIES_3 = 0x20080522
DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2
"""See capabilities(7): to pass over the permissions of files and folders."""


@contextlib.contextmanager
def ordinary_rights() -> Iterator[None]:
    """The permissions of files hold for this thread, even when root runs it."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; and again for capabilities beyond 31
    assert libc.capget(header, sets) == 0, os.strerror(ctypes.get_errno())
    had = sets[0]
    sets[0] = had & ~(1 << DAC_OVERRIDE | 1 << DAC_READ_SEARCH)
    assert libc.capset(header, sets) == 0, os.strerror(ctypes.get_errno())
    try:
        yield
    finally:
        sets[0] = had
        assert libc.capset(header, sets) == 0, os.strerror(ctypes.get_errno())
