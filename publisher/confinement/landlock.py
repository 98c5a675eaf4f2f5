"""Which files can be opened, kept by the kernel for the process that asks for it (``landlock(7)``)."""

import contextlib
import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from publisher.confinement.kernel import syscall

# The same on every processor.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_RULE_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3

_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights to files each version of landlock knows; those above the last know as many as it."""

_TCP_RIGHTS = 2
"""To bind and to connect, from version 4 on."""

_SCOPES = 2
"""Abstract sockets and signals do not reach out of the process, from version 6 on."""


def confine_files(readable: Iterable[Path]) -> None:
    """From here on this process can read what lies in these folders, or is one of these files, and no other file.

    Those that do not exist are passed over. OSError where the kernel cannot: then nothing has changed. The process must
    not gain rights any more (``no_new_privs``), and should have no second thread, which would not be confined.
    """
    version = syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    rights = (1 << _FILE_RIGHTS[min(version, max(_FILE_RIGHTS))]) - 1
    asked = [rights]
    if version >= 4:
        asked.append((1 << _TCP_RIGHTS) - 1)
    if version >= 6:
        asked.append((1 << _SCOPES) - 1)
    attribute = _buffer(struct.pack(f"={len(asked)}Q", *asked))
    ruleset = syscall(_CREATE_RULESET, attribute, len(attribute), 0)
    try:
        for path in readable:
            with contextlib.suppress(FileNotFoundError):
                _allow(ruleset, path)
        syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path) -> None:
    """Add the right to read what lies beneath the path."""
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
        syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, _buffer(struct.pack("=Qi", rights, place)), 0)
    finally:
        os.close(place)


def _buffer(data: bytes) -> "ctypes.Array[ctypes.c_char]":
    return ctypes.create_string_buffer(data, len(data))
