"""For mail: the whole file within a limit, at the cost of its pictures."""

from publisher.writing.devices.budget import fit
from publisher.writing.devices.copy import Copy
from publisher.writing.devices.options import DeviceOptions

__all__ = ["for_small"]


def for_small(copy: Copy, options: DeviceOptions) -> None:
    """Make the pictures grey where that is asked for, and as small as the limit makes it necessary."""
    fit(copy, options.small_limit_bytes, "was allowed for it", grey=options.grey)
