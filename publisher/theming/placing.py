"""Which line of a theme's file each line of a joined style sheet came from.

A sheet includes others, loops and skips: the engine counts the lines of what comes of it. So each line of a file is
marked before the template is filled, with characters that no text of an issue can hold, and the marks are taken out.
"""

import re
from collections.abc import Iterator

OPENS, CLOSES = "\ufdd0", "\ufdd1"
"""Noncharacters: the gate that an issue comes through lets none in."""

_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_MARK = re.compile(f"{OPENS}([^{CLOSES}]*){CLOSES}")
_FIRST_MARKS = re.compile(rf"(?:\s*{OPENS}[^{CLOSES}]*{CLOSES})+")


def marked(text: str, file: str) -> str:
    """The template of a style sheet with a mark at the head of each line that may be printed, as it is otherwise."""
    tags = [match.span() for match in _TAG.finditer(text)]
    lines = []
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        in_tag = line.lstrip().startswith(("{%", "{#")) or any(start < at < end for start, end in tags)
        lines.append(line if in_tag else f"{OPENS}{file}, line {number}{CLOSES}{line}")
        at += len(line)
    return "".join(lines)


def unmarked(text: str) -> tuple[str, tuple[str, ...]]:
    """The filled sheet without its marks, and for each of its lines the file and the line that it came from."""
    return _MARK.sub("", text), tuple(_places(text))


def _places(text: str) -> Iterator[str]:
    place = ""
    for line in text.split("\n"):
        if first := _FIRST_MARKS.match(line):
            place = _MARK.findall(first[0])[-1]
        yield place
