"""A shelf as it is presented: the issues it lists, and what it calls itself."""

import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from publisher.automation.shelf.shelved import ShelfSettings, Shelved
from publisher.automation.wording import Wording, wording_for
from publisher.model.blocks import Value

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:publisher:shelf")

EPOCH = "1970-01-01T00:00:00Z"
"""When an empty shelf was last updated: a catalogue must say it, and nothing has happened yet."""


class ShelfPicture(Value, frozen=True, kw_only=True):
    """A picture on the shelf."""

    path: str
    """From the shelf's folder."""

    media_type: str
    width: int
    """In pixels."""

    height: int


class Front(Value, frozen=True, kw_only=True):
    """An issue's cover, as it is and small."""

    cover: ShelfPicture
    thumbnail: ShelfPicture


class Presented(Value, frozen=True, kw_only=True):
    """What catalogues, page and feed are made of."""

    title: str
    language: str
    series: str
    """The lasting name, that identifiers are made of: a shelf may be renamed."""

    base_url: str | None = None
    """With a slash at its end."""

    issues: tuple[Shelved, ...] = ()
    """Those that are listed, newest first."""

    fronts: Mapping[str, Front] = MappingProxyType({})
    """By the issue's week; every listed issue has one."""

    webpages: Mapping[str, str] = MappingProxyType({})
    """By the issue's week: the path of the contents of its web pages; an issue without an e-book has none."""

    latest: tuple[tuple[str, str], ...] = ()
    """The name of each lasting address, and the path of the file that it leads to."""

    @property
    def wording(self) -> Wording:
        """The words that it speaks in."""
        return wording_for(self.language)

    @property
    def updated(self) -> str:
        """When the newest issue came to be, as RFC 3339 has it."""
        return timestamp(self.issues[0]) if self.issues else EPOCH

    def urn(self, part: str) -> str:
        """The lasting identifier of one of its lists."""
        return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{self.series}/{part}')}"

    def url(self, path: str) -> str:
        """The address of a file on the shelf, absolute where that is known."""
        return f"{self.base_url or ''}{path}"


def presented(issues: Sequence[Shelved], settings: ShelfSettings) -> Presented:
    """The shelf with its newest issues, as many as are kept; the pictures and lasting addresses are still to come."""
    newest = issues[0].proof if issues else None
    return Presented(
        title=settings.title or (newest.title if newest else "Publisher"),
        language=settings.language or (newest.language if newest else "en"),
        series=newest.series if newest else "",
        base_url=f"{settings.base_url.rstrip('/')}/" if settings.base_url else None,
        issues=tuple(issues[: settings.keep]),
    )


def timestamp(shelved: Shelved) -> str:
    """When an issue came to be, as RFC 3339 has it."""
    return f"{shelved.updated:%Y-%m-%dT%H:%M:%SZ}"
