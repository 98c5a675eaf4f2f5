"""The YAML of front matter: text, lists and sets of fields, and nothing else.

A tag of YAML makes dates, numbers and objects of text, each in code that fails in its own way on what a stranger wrote;
and a headline that looks like a number, a date or a truth value is one no less. So all values are text as it was
written, but for those that are left empty.
"""

import re
from typing import Any

import yaml


class FieldLoader(yaml.BaseLoader):
    """Loads every value as text, a list or fields; as ``None`` where it is empty, ``~`` or ``null``."""


def _nothing(_loader: FieldLoader, _node: yaml.Node) -> Any:
    return None


_NULL = "tag:yaml.org,2002:null"
FieldLoader.add_implicit_resolver(_NULL, re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
FieldLoader.add_constructor(_NULL, _nothing)
