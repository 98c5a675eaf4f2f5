"""Objects of a PDF as plain values: whatever a file holds, the asker gets what it can work with."""

from typing import Any

import pikepdf


def name_of(value: Any) -> str:
    """A name without its slash; empty for anything else."""
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def dictionary_of(value: Any) -> Any:
    """A dictionary; an empty one for anything else."""
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def number_of(value: Any, default: float) -> float:
    """A number of the file; the default when it is none."""
    try:
        return float(value)
    except (TypeError, ValueError, ArithmeticError):
        return default


def inherited(page: Any, key: str) -> Any:
    """An attribute that a page may take from the nodes above it (ISO 32000-1, 7.7.3.4)."""
    node = page
    for _ in range(50):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None
