"""One master, many readers: what each needs differently, done to a copy of the finished e-book and written down.

A device is one module, one row here, and one row in ``docs/readers.md``. It knows nothing of themes and articles: it
takes the finished e-book's files and gives them back changed, so that whatever it does not touch is the master's.
"""

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import msgspec

from publisher.model import Device, Written
from publisher.seams import Keep, made_anew
from publisher.writing.devices.apple import for_apple
from publisher.writing.devices.copy import Copy
from publisher.writing.devices.kindle import for_kindle
from publisher.writing.devices.kobo import for_kobo
from publisher.writing.devices.options import DeviceOptions
from publisher.writing.devices.small import for_small

__all__ = ["DEVICES", "DeviceOptions", "device_of", "for_device", "path_for"]

DEVICES: MappingProxyType[Device, Callable[[Copy, DeviceOptions], None] | None] = MappingProxyType(
    {"generic": None, "kobo": for_kobo, "kindle": for_kindle, "apple": for_apple, "small": for_small}
)
"""What each does to its copy; ``None``: it is the master itself."""

SUFFIXES: MappingProxyType[Device, str] = MappingProxyType(
    {
        "generic": ".epub",
        "kobo": ".kepub.epub",
        "kindle": ".kindle.epub",
        "apple": ".apple.epub",
        "small": ".small.epub",
    }
)
"""How each one's file is called. Kobo's readers choose their engine by ``.kepub.epub``; the others are for people."""


def for_device(
    master: Written,
    device: Device,
    options: DeviceOptions = DeviceOptions(),  # noqa: B008 - frozen
    keep: Keep = made_anew,
) -> Written:
    """The e-book for one reader, with each change in ``changes``: the same bytes for the same master.

    What the reader would not take even so is a ``reader-limit`` problem. ``keep`` may have documents from before.
    """
    adapt = DEVICES[device]
    if adapt is None:
        return master
    copy = Copy(master.data, keep)
    adapt(copy, options)
    return msgspec.structs.replace(
        master, data=copy.packed(), sha256="", changes=copy.changes, problems=(*master.problems, *copy.problems)
    )


def path_for(path: Path, device: Device) -> Path:
    """Where the e-book for a reader goes when the master goes to ``path``: beside it, ``week.kepub.epub``."""
    if device == device_of(path):
        return path
    return path.with_name(path.name[: -len(_suffix_of(path))] + SUFFIXES[device])


def device_of(path: Path) -> Device:
    """Whom a file name alone asks for: ``kobo`` for ``.kepub.epub``, since Kobo's readers take it at its word."""
    return "kobo" if _suffix_of(path).lower() == SUFFIXES["kobo"] else "generic"


def _suffix_of(path: Path) -> str:
    """The path's own suffix, as written: two of them for a Kobo."""
    long = "".join(path.suffixes[-2:])
    return long if long.lower() == SUFFIXES["kobo"] else path.suffix
