"""What a PDF may cost."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

__all__ = ["Begin", "Limits", "untold"]

Begin: TypeAlias = Callable[[str], None]
"""Told of the document by its name that is laid out next in this process; without a name, that none is."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a PDF may cost. The defaults fit a thousand articles: about 5,000 pages at 20 pages a second."""

    deadline_s: float = 900
    memory_bytes: int = 6 * 1024**3
    """Of address space, which is about twice what is resident, in all processes together. Where this process may have
    less, that is the limit."""

    document_s: int = 240
    """Of processor time, for one document: an article of a thousand pages takes less."""

    jobs: int | None = None
    """In how many processes at most documents are laid out; ``None``: one for each core. The bytes of the file are the
    same."""


def untold(document: str) -> None:
    """For who does not ask."""
