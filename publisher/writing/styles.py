"""What style sheets and styles load, as the CSS syntax module has them read: escapes and comments hide nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["addresses_in_css"]

_LOADING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
"""Functions that load what a string in them names (CSS Values 4, section 4.5; CSS Images 4, section 2)."""

_HELD_ELSEWHERE = frozenset({"var", "attr", "env"})
"""Functions whose value is known where the sheet is used: what one of them names in a loading one is not known here."""


def addresses_in_css(text: str) -> list[str]:
    """What a style sheet or the declarations of a style load: the addresses, in order.

    Of one that is held in a variable, the expression that asks for it: ``var(--picture)``.
    """
    # Parsing takes as long as writing a chapter, and the styles of most elements cannot load anything.
    if not any(sign in text for sign in "(@\\"):
        return []
    import tinycss2

    return list(_addresses(tinycss2.parse_component_value_list(text, skip_comments=True)))


def _addresses(nodes: Sequence[Any]) -> Iterator[str]:
    """The addresses among the parts of a sheet. A stack, since blocks may be nested deeper than Python's calls."""
    waiting = [(node, False) for node in reversed(nodes)]
    """Each with whether a string in its place is an address."""

    imports = False
    while waiting:
        node, loads = waiting.pop()
        match node.type:
            case "url":
                yield node.value
            case "string" if loads or imports:
                yield node.value
            case "function" if loads and node.lower_name in _HELD_ELSEWHERE:
                yield node.serialize()
            case "function":
                loading = node.lower_name in _LOADING
                waiting += [(part, loading) for part in reversed(node.arguments)]
            case "{} block" | "[] block" | "() block":
                waiting += [(part, loads) for part in reversed(node.content)]
        if node.type != "whitespace":
            imports = node.type == "at-keyword" and node.lower_value == "import"
