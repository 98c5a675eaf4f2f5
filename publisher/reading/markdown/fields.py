"""The YAML of front matter: text, lists and sets of fields, and nothing else.

A tag of YAML makes dates, numbers and objects of text, each in code that fails in its own way on what a stranger wrote;
and a headline that looks like a number, a date or a truth value is one no less. So all values are text as it was
written, but for those that are left empty.
"""

import re
from typing import Any

import yaml

MOST_NESTED = 16
"""Lists and fields in each other: an article needs three. The cost goes by the square, up to thousands."""


class FieldLoader(yaml.BaseLoader):
    """Loads every value as text, a list or fields; as ``None`` where it is empty, ``~`` or ``null``."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """The next value. ComposerError where it is nested too deeply."""
        self._depth += 1
        if self._depth > MOST_NESTED:
            place = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # its stubs have no types for it
            raise yaml.composer.ComposerError(None, None, "nested too deeply", place)
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _nothing(_loader: FieldLoader, _node: yaml.Node) -> Any:
    return None


_NULL = "tag:yaml.org,2002:null"
FieldLoader.add_implicit_resolver(_NULL, re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
FieldLoader.add_constructor(_NULL, _nothing)
