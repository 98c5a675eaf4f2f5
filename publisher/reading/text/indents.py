"""Headings in text as lynx sets it: paragraphs are indented, headings stand further out, and a first one is centred."""

from collections.abc import Sequence

_PARAGRAPH = 3
"""Columns by which paragraphs are indented; lists are by more."""

_MOSTLY = 0.6
"""The share of the lines that are indented so far at least."""

_CENTRED, _SLACK = 8, 3
"""Columns before the longest line that is centred, and by how many it may be off the middle."""

_MARKERS = ("*", "+", "o ", "#", "-", "[", "_", "•")


def heading_levels(texts: Sequence[str], width: int) -> list[int]:
    """For each line, of a page wrapped at a column, 1 where it is a centred heading, 2 another one, else 0."""
    none = [0] * len(texts)
    indents = [len(text) - len(text.lstrip()) if text and not text.isspace() else -1 for text in texts]
    printed = sum(indent >= 0 for indent in indents)
    indented = sum(indent >= _PARAGRAPH for indent in indents)
    paragraphs = sum(indent == _PARAGRAPH for indent in indents)
    if not paragraphs or indented < _MOSTLY * printed or indented == printed:
        return none
    return [
        _level(text.strip(), indent, width) if indent >= 0 else 0 for text, indent in zip(texts, indents, strict=True)
    ]


def _level(text: str, indent: int, width: int) -> int:
    if text.startswith(_MARKERS):
        return 0
    if indent < _PARAGRAPH:
        return 2
    return 1 if indent >= _CENTRED and abs(2 * indent + len(text) - width) <= 2 * _SLACK else 0
