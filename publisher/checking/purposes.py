"""What a file is for: a check is stricter about what a purpose needs."""

from typing import Literal, TypeAlias, get_args

Purpose: TypeAlias = Literal["screen", "access", "archive", "press"]
"""``screen``: to be read on one; every file is. ``access``: with a screen reader as well. ``archive``: in many years.
``press``: printed in inks on a press."""

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
