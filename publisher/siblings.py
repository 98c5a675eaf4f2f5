"""What stands beside a file that is not there: part of the message about it."""

import difflib
import os
from pathlib import Path

from publisher.errors import near_match

MANY = 8
"""More names than these do not fit one line of a message."""


def sibling_hint(path: Path) -> str:
    """What to say after ``path`` was not found: its near match among its siblings, else the few that there are.

    When folders on the way are missing too, it is about the first of them.
    """
    while not path.parent.exists() and path != path.parent:
        path = path.parent
    try:
        siblings = [entry.name for entry in path.parent.iterdir() if entry.name.isprintable()]
    except OSError:
        siblings = []
    if len(siblings) > MANY:
        siblings = difflib.get_close_matches(path.name, siblings, n=1)
    return near_match(path.name, siblings) if siblings else "Check the name."


def near_sibling(path: Path, otherwise: str) -> str:
    """What to say after ``path`` could not be had: where it is not there its near match, else the sentence given."""
    hint = "" if os.path.lexists(path) else sibling_hint(path)
    return hint if hint.startswith("Did you mean") else otherwise
