"""The files that are asked for: what each is called, and whom it is made for."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from publisher.errors import OptionError
from publisher.model import Device, Target
from publisher.writing import target_for
from publisher.writing.devices import device_of, path_for
from publisher.writing.pdf import PressOptions

__all__ = ["Output", "outputs_for"]


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """One file to make of an issue."""

    path: Path
    """Its suffix names the format."""

    press: PressOptions | None = None
    """Of a PDF: how it is made for a press; ``None``: for screens and archives."""

    device: Device = "generic"
    """Of an e-book: whom it is made for."""


def outputs_for(
    paths: Sequence[Path], press: PressOptions | None = None, devices: Sequence[Device] = ()
) -> tuple[Output, ...]:
    """An output for each path; with ``press``, the PDFs among them are made for it.

    With ``devices``, each path of an e-book stands for one file a device, beside each other: ``week.epub`` for
    ``week.epub``, ``week.kepub.epub`` and so on. OutputError for a suffix that names no format, OptionError for a press
    without a PDF, devices without an e-book, or two different files of one name.
    """
    targets = {path: target_for(path) for path in paths}
    if press and "print" not in targets.values():
        raise OptionError("a press takes PDFs, and no output is one", code="no-pdf", hint="Add a name ending in .pdf")
    if devices and "ebook" not in targets.values():
        raise OptionError(
            "e-readers take e-books, and no output is one", code="no-ebook", hint="Add a name ending in .epub"
        )
    outputs: dict[Path, Output] = {}
    for path, target in targets.items():
        for output in _outputs(path, target, press, devices):
            if outputs.setdefault(output.path, output) != output:
                raise OptionError(
                    f"two different files would be called {output.path}",
                    code="same-name",
                    subject=str(output.path),
                    hint="Choose other names",
                )
    return tuple(outputs.values())


def _outputs(path: Path, target: Target, press: PressOptions | None, devices: Sequence[Device]) -> tuple[Output, ...]:
    if target == "print":
        return (Output(path=path, press=press),)
    if not devices:
        return (Output(path=path, device=device_of(path)),)
    return tuple(Output(path=path_for(path, device), device=device) for device in devices)
