"""Edits: what an editor decides of single articles and their pictures, after they were read."""

from typing import TypeAlias

from publisher.model.blocks import Value

Crop: TypeAlias = tuple[float, float, float, float]
"""The part of a picture that is shown: left, top, right and bottom, as parts of its width and height from its left
upper corner."""


class PictureEdit(Value, frozen=True, kw_only=True):
    """What is decided of one picture of an article."""

    src: str
    """As the article names it, or the name of a file beside the article that it does not name."""

    beside: str | None = None
    """The first words of the caption that it belongs to, or of the paragraph that it follows; ``None`` where the
    article has it already."""

    alt: str | None = None
    """Its alternative text; ``None`` leaves the page's."""

    crop: Crop | None = None
    """``None``: all of it."""

    left_out: bool = False


class Edit(Value, frozen=True, kw_only=True):
    """What is decided of one article. ``None`` leaves it to the article."""

    source: str
    """The name of its source: ``Article.origin``."""

    key: str | None = None
    """Its ``Article.key``, where the source holds several."""

    section: str | None = None
    """As printed; ``""`` for none."""

    left_out: bool = False
    teasers_out: tuple[str, ...] = ()
    """The headlines of related news that are left out; ``*`` for all."""

    cut_after: str | None = None
    """The first words of the last block that is printed."""

    pictures: tuple[PictureEdit, ...] = ()
