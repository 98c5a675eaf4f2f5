"""What a PDF may cost."""

import msgspec

__all__ = ["Limits"]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a PDF may cost. The defaults fit a thousand articles: about 5,000 pages at 20 pages a second."""

    deadline_s: float = 900
    memory_bytes: int = 6 * 1024**3
    """Of address space, which is about twice what is resident, in all processes together. Where this process may have
    less, that is the limit."""

    jobs: int | None = None
    """In how many processes at most documents are laid out; ``None``: one for each core. The bytes of the file are the
    same."""
