"""For mail: the whole file within a limit, at the cost of its pictures."""

from publisher.writing.readers.budget import fit
from publisher.writing.readers.copy import Copy
from publisher.writing.readers.options import ReaderOptions

__all__ = ["for_small"]


def for_small(copy: Copy, options: ReaderOptions) -> None:
    """Make the pictures grey where that is asked for, and as small as the limit makes it necessary."""
    fit(copy, options.small_limit_bytes, "was allowed for it", grey=options.grey)
