"""Markup read with patterns that are made once.

tinyhtml5 2.1 remembers each of its patterns under itself instead of what it is of, and so makes it anew each time that
it looks for the end of a name or a text: half of what a document's parsing takes.
"""

import contextlib
import re
from collections.abc import Hashable, Iterable, Iterator

from tinyhtml5 import inputstream

__all__ = ["patterns_kept"]


class _Patterns(dict[Hashable, re.Pattern[str]]):
    """Those of runs of some characters, or of all others, made when they are first asked for."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, of_these = key
        escaped = "".join(f"\\x{ord(character):02x}" for character in characters)
        pattern = self[key] = re.compile(f"[{escaped}]+" if of_these else f"[^{escaped}]+")
        return pattern


_PATTERNS = _Patterns()


@contextlib.contextmanager
def patterns_kept() -> Iterator[None]:
    """While it is open, the parser finds its patterns again, if it looks for them where it does in that release."""
    original = vars(inputstream).get("characters_until_regex")
    if original is None:
        yield
        return
    inputstream.characters_until_regex = _PATTERNS
    try:
        yield
    finally:
        inputstream.characters_until_regex = original
