"""Emphasis in emphasis: a few bytes nest it thousands deep, and a tree of it is walked by calls in calls."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_DEPTH = 20
"""How deep emphasis may stand in emphasis, as deep as the parser has quotes in quotes."""

_EMPHASIS = ("em", "strong")


def level_emphasis(tokens: Sequence["Token"]) -> bool:
    """Take away, in place, emphasis that stands too deep, and keep its words. Whether there was any.

    What describes a picture has a tree of its own.
    """
    levelled = False
    for token in tokens:
        if token.children:
            kept = _levelled(token.children)
            levelled = level_emphasis(kept) or levelled or len(kept) < len(token.children)
            token.children = kept
    return levelled


def _levelled(tokens: Sequence["Token"]) -> list["Token"]:
    depth = 0
    kept = []
    for token in tokens:
        is_emphasis = token.type.removesuffix("_open").removesuffix("_close") in _EMPHASIS
        depth += is_emphasis and token.nesting == 1
        if not is_emphasis or depth <= MOST_DEPTH:
            kept.append(token)
        depth -= is_emphasis and token.nesting == -1
    return kept
