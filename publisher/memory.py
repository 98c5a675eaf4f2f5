"""Memory that is not needed any more goes back to the system: the C library keeps it for this process otherwise."""

import ctypes
import gc
import sys

__all__ = ["give_back_memory"]


def give_back_memory() -> None:
    """Give back what is free, and find first what is held by nothing but itself. It takes some milliseconds a 100 MiB.

    Elsewhere than with the GNU C library nothing more than the latter happens.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(ctypes.c_size_t(0))
