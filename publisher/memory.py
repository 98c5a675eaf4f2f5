"""Memory: what this process holds, and what it gives back, since the C library keeps it otherwise."""

import ctypes
import os
import sys
from pathlib import Path

__all__ = ["give_back_memory", "resident_bytes"]


def give_back_memory() -> None:
    """Give back what is free; elsewhere than with the GNU C library nothing happens. It takes milliseconds."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(ctypes.c_size_t(0))


def resident_bytes() -> int:
    """What is resident of this process, with what it shares; 0 where the system does not tell, as only Linux does."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
