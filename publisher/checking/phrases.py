"""How findings put numbers, lists and other people's words."""

from collections.abc import Sequence


def shortened(text: str, length: int = 60) -> str:
    """The beginning of a text, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def listed(items: Sequence[str], most: int = 5) -> str:
    """The first of some things, and how many there are besides."""
    rest = len(items) - most
    return ", ".join(items[:most]) + (f" and {rest} more" if rest > 0 else "")
