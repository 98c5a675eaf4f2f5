"""Memory that is not needed any more goes back to the system: the C library keeps it for this process otherwise."""

import ctypes
import sys

__all__ = ["give_back_memory"]


def give_back_memory() -> None:
    """Give back what is free; elsewhere than with the GNU C library nothing happens. It takes milliseconds."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(ctypes.c_size_t(0))
