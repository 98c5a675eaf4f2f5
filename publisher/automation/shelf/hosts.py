"""The names that a shelf in the house answers to.

A page of a stranger can let its own name lead to a machine in the house (DNS rebinding); the browser then lets it read
what it finds there, as its own. What it cannot do is to ask by another name than its own.
"""

import ipaddress
import re
from collections.abc import Iterable

_AUTHORITY = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{0,5})?", re.IGNORECASE | re.ASCII)


def host_in(authority: str) -> str | None:
    """The host of ``host:port`` as it is compared: lower case, an address in its shortest form; ``None`` for neither.

    As RFC 9110 writes a Host (section 7.2), without the names that percent signs spell: no browser sends such.
    """
    match = _AUTHORITY.fullmatch(authority.strip())
    return _compared(match["host"]) if match else None


class Hosts:
    """Those that were given, ``localhost``, and for each connection the address of ours that it was made to."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = frozenset(map(_compared, (*names, "localhost")))

    def include(self, host: str, reached: str) -> bool:
        """Whether a host, as ``host_in`` gives it, is one of ours on a connection that reached us at an address."""
        return host in self._names or host == _compared(reached.partition("%")[0])


def _compared(host: str) -> str:
    bare = host.strip("[]").rstrip(".").lower()
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return bare
    # A socket for both versions shows the addresses of version 4 inside those of version 6.
    return str((address.version == 6 and address.ipv4_mapped) or address)
