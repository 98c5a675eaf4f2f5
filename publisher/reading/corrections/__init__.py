"""Corrections: what a person says that lines of a page are, or say, against what the rules took them for.

A line is known by its words and by how many equal ones stand above it, so that corrections stay good when the page is
fetched again. They are a value that whoever has a page read knows, and so loads none of the rules.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, get_args

import msgspec

from publisher.errors import InputError, near_match
from publisher.model import Problem
from publisher.model.blocks import Value
from publisher.reading.vocabulary import fold
from publisher.toml import TomlError, load_toml

LIMIT_BYTES = 1024 * 1024
_SHOWN = 60

CorrectableRole: TypeAlias = Literal[
    "byline",
    "caption",
    "credit",
    "figure alt",
    "furniture",
    "headline",
    "kicker",
    "list item",
    "paragraph",
    "published",
    "pull quote",
    "related headline",
    "section label",
    "standfirst",
    "subheading",
    "teaser headline",
    "teaser summary",
]


class Correction(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one line is."""

    text: str
    """The line; letter case, spacing and the signs at its ends do not count."""

    occurrence: int = 1
    """Which one of equal lines, from 1."""

    role: CorrectableRole | None = None
    """``None`` when it stays what it was read as."""

    becomes: str | None = None
    """The words in the place of the line's, empty for none; ``None`` when they stay. Any format takes them."""


def parse_corrections(data: bytes, name: str) -> tuple[Correction, ...]:
    """The corrections in a TOML file: tables under ``lines``. ``name`` is the file's, for messages.

    InputError when it is no TOML, has an unknown key or role, a text without a word, neither a
    role nor other words, or two entries for one line.
    """
    if len(data) > LIMIT_BYTES:
        raise InputError(f"the corrections {name} are larger than {LIMIT_BYTES // 1024} KiB. Is it the right file?")
    try:
        table = load_toml(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, TomlError) as error:
        raise InputError(f"the corrections {name} are not valid TOML in UTF-8: {error}. Mend it there.") from error
    _check_keys(table, ("lines",), name, "")
    seen: set[tuple[str, int]] = set()
    for number, entry in enumerate(table["lines"] if isinstance(table.get("lines"), list) else (), 1):
        if isinstance(entry, dict):
            _check_keys(entry, Correction.__struct_fields__, name, f" in entry {number}")
            if isinstance(role := entry.get("role"), str) and role not in get_args(CorrectableRole):
                close = near_match(role, get_args(CorrectableRole))
                raise InputError(f"the corrections {name} have an unknown role in entry {number}: {role!r}. {close}")
    try:
        corrections = msgspec.convert(table.get("lines", []), tuple[Correction, ...])
    except msgspec.ValidationError as error:
        raise InputError(
            f"the corrections {name} cannot be used: {error}. "
            "Give each of the lines a text and a role, or what it becomes."
        ) from error
    for number, correction in enumerate(corrections, 1):
        place = fold(correction.text), correction.occurrence
        if not place[0] or place[1] < 1:
            raise InputError(
                f"the corrections {name} cannot be used: entry {number} fits no line. "
                "Give the line's words, and count occurrences from 1."
            )
        if correction.role is None and correction.becomes is None:
            raise InputError(
                f"the corrections {name} cannot be used: entry {number} changes nothing. "
                "Give it a role, or what it becomes."
            )
        if place in seen:
            raise InputError(
                f"the corrections {name} cannot be used: entry {number} is for a line that has one. Remove it."
            )
        seen.add(place)
    return corrections


def _check_keys(table: Mapping[str, object], known: Sequence[str], name: str, where: str) -> None:
    for key in table:
        if key not in known:
            raise InputError(f"the corrections {name} have an unknown key{where}: {key}. {near_match(key, known)}")


def stale(correction: Correction, why: str, name: str) -> Problem:
    """The problem of a correction that is not used. ``name`` is the source's."""
    text = correction.text
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    to = f" to {correction.role}" if correction.role else ""
    message = f"the correction of “{shown}”{to} is not used: it {why}"
    return Problem(code="stale-correction", message=message, where=name)
