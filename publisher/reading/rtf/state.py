"""What holds at one place of a rich text document: handed into each group, and what a group changes ends with it."""

from collections.abc import Callable
from copy import copy
from typing import Literal, TypeAlias

import msgspec

from publisher.model.blocks import Value

Within: TypeAlias = Literal["", "fonts", "styles", "style", "lists", "overrides"]
"""Which table of the document's head is being read, if any."""


class Setting(Value, frozen=True, kw_only=True):
    r"""What holds for paragraphs, until ``\pard``."""

    style: int = 0
    outline: int | None = None
    """The place in the outline, from 0."""

    numbering: int = 0
    r"""The list (``\ls``); 0 for none."""

    level: int = 0
    in_table: bool = False


class State(msgspec.Struct):
    """What holds for the text that is read at the moment. There is one to a group, so that copying it must be cheap."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = 0
    fallback: int = 1
    r"""How many characters after a ``\u`` stand for it in old programs."""

    setting: Setting = Setting()
    url: str | None = None
    within: Within = ""
    aside: list[str] | None = None
    """Where the text goes when it is none of the document's."""

    about: dict[str, str] = msgspec.field(default_factory=dict)
    """What was said of the field, the shape, the picture or the style that is being read: shared by its groups."""

    picture: bool = False
    """Whether text is a picture's bytes."""

    endings: list[Callable[[], None]] = msgspec.field(default_factory=list)
    """What is done when the group ends, the last first; handed into no other."""

    @property
    def unseen(self) -> bool:
        """Whether text of the document does not print."""
        return self.aside is None and (self.hidden or self.deleted)

    def inner(self) -> "State":
        """That of a group inside this one."""
        inner = copy(self)
        inner.endings = []
        return inner
