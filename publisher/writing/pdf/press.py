"""What a press is to receive: bleed, marks, imposition and the profile of its inks.

The values only, and how they are checked; ``plates`` makes the file of them, in the child process.
"""

from pathlib import Path
from typing import Literal, TypeAlias, get_args

import msgspec

from publisher.errors import OptionError, near_match
from publisher.writing.pdf.output_profiles import OutputProfile, find_profile, load_profile

__all__ = ["Imposition", "Mark", "PreparedPress", "PressOptions", "prepare_press"]

Imposition: TypeAlias = Literal["single", "booklet"]
"""``single``: a page to a sheet, in reading order. ``booklet``: spreads to be folded, gathered and stitched."""

Mark: TypeAlias = Literal["crop", "registration"]

NO_MARKS = "none"
LIMIT_BLEED_MM = 25.0
"""Shops ask for 3 to 5 mm; more than this is a slip of the unit."""


class PressOptions(msgspec.Struct, frozen=True, kw_only=True):
    """A file for the press, as it was asked for."""

    bleed_mm: float = 3.0
    marks: str = "crop,registration"
    """Names of marks with commas between them, or ``none``."""

    imposition: Imposition = "single"
    output_profile: Path | None = None
    """``None``: the best that the system has."""


class PreparedPress(msgspec.Struct, frozen=True, kw_only=True):
    """A file for the press, as it can be made."""

    bleed_mm: float
    marks: tuple[Mark, ...]
    imposition: Imposition
    output_profile: OutputProfile


def prepare_press(options: PressOptions) -> PreparedPress:
    """The options checked, and the profile loaded; OptionError when one cannot be used."""
    # "not (a <= b)" and not "a > b": a NaN must not pass.
    if not 0 <= options.bleed_mm <= LIMIT_BLEED_MM:
        takes = f"takes 0 to {LIMIT_BLEED_MM:g} millimetres, not {options.bleed_mm:g}"
        raise OptionError(f"the bleed {takes}", code="bleed-range", subject=takes)
    marks = _marks(options.marks)
    path = options.output_profile
    return PreparedPress(
        bleed_mm=options.bleed_mm,
        marks=marks,
        imposition=options.imposition,
        output_profile=load_profile(path) if path else find_profile(),
    )


def _marks(text: str) -> tuple[Mark, ...]:
    """The marks that are named, in their own order."""
    known: tuple[Mark, ...] = get_args(Mark)
    named = [name.strip() for name in text.split(",")]
    if named == [NO_MARKS]:
        return ()
    for name in named:
        if name not in known:
            hint = near_match(name, (*known, NO_MARKS))
            raise OptionError(f"{name!r} is no printer's mark", code="unknown-mark", subject=repr(name), hint=hint)
    return tuple(mark for mark in known if mark in named)
