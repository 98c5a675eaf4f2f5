"""How a part of a digest is."""

from typing import Literal, TypeAlias

from publisher.model.blocks import Value

Part: TypeAlias = Literal[
    "settings",
    "theme",
    "profiles",
    "sources",
    "lock",
    "shelf",
    "ledger",
    "last success",
    "disk",
    "cache",
    "quarantine",
    "mail",
    "validators",
    "confinement",
]

State: TypeAlias = Literal["ok", "warning", "failed"]
"""``warning``: a run would end well, and somebody should look. ``failed``: a run would not do all that it should."""


class Condition(Value, frozen=True, kw_only=True):
    """One line of the page."""

    part: Part
    state: State
    message: str
    """A sentence; where it is not ``ok``, with what to do."""


def fine(part: Part, message: str) -> Condition:
    """Nothing is to be done."""
    return Condition(part=part, state="ok", message=message)


def warned(part: Part, message: str) -> Condition:
    """Somebody should look."""
    return Condition(part=part, state="warning", message=message)


def failed(part: Part, message: str) -> Condition:
    """It hinders a run."""
    return Condition(part=part, state="failed", message=message)
