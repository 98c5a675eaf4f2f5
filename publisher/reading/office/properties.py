"""What a document says of itself: who wrote it, in which language. When it was made is not when it came out."""

import re

from publisher.model.blocks import Value
from publisher.reading.vocabulary.names import name_like

_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_NOBODY = re.compile(r"\b(?:admin\w*|computer|docx?|microsoft|office|pc|người dùng|user|windows)\b", re.IGNORECASE)
"""What stands in the field on machines whose owner never gave a name."""


class Properties(Value, frozen=True, kw_only=True):
    """The properties that an article has a place for."""

    authors: tuple[str, ...] = ()
    """People's names only: the field often holds the machine's."""

    language: str | None = None
    """BCP 47."""


def properties_of(creators: str, language: str) -> Properties:
    """The properties by what stands in their fields, which may be anything."""
    names = (name.strip() for name in re.split(r"[;,]", " ".join(creators.split())))
    return Properties(
        authors=tuple(name for name in names if name_like(name) and not _NOBODY.search(name)),
        language=language if _LANGUAGE.match(language) else None,
    )
