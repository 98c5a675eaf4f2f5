"""The bulkhead: what one source, one picture or one article brings about stays with it.

A parser of other people's bytes can fail in any way, its own recursion and want of memory included. Where such work
begins, whatever comes out of it becomes one error of ours, which costs that one thing and is told of. What fails
outside of these fails as a whole, which is told in one line too; beside the boundary of the command line this is the
only place that catches all there is.
"""

import contextlib
import traceback
from collections.abc import Iterator
from pathlib import Path

from publisher.errors import DefectError, PublisherError

_PACKAGE = Path(__file__).parent


@contextlib.contextmanager
def bulkhead() -> Iterator[None]:
    """DefectError, with the bare reason, in the place of any exception inside that is none of ours."""
    try:
        yield
    except PublisherError:
        raise
    except Exception as error:
        raise DefectError(f"{type(error).__name__} in {place_of(error)}") from error


@contextlib.contextmanager
def last_bulkhead() -> Iterator[None]:
    """DefectError, as a whole line, in the place of any exception inside that is none of ours: the work is over.

    That there is no memory, or nobody who listens, is no fault of ours and stays as it is.
    """
    try:
        yield
    except (PublisherError, MemoryError, BrokenPipeError):
        raise
    except Exception as error:
        fault = f"{type(error).__name__} in {place_of(error)}"
        raise DefectError(f"a fault of ours ended this: {fault}. Report it together with the input") from error


def place_of(error: BaseException) -> str:
    """The last line of ours that an exception passed through: ``reading/feed.py, line 12``."""
    steps = [(Path(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    path, line = next(((path, line) for path, line in reversed(steps) if path.is_relative_to(_PACKAGE)), steps[-1])
    return f"{path.relative_to(_PACKAGE).as_posix() if path.is_relative_to(_PACKAGE) else path.name}, line {line}"
