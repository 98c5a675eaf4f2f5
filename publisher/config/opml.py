"""OPML, in which readers of feeds hand on what somebody has subscribed to: its feeds become sources of a digest.

The file is the user's own, and was written by another program: no entity in it is expanded, and no document type read.
Source: OPML 2.0 (opml.org/spec2.opml); names of attributes are taken in any case, as programs write them.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.parsers import expat

from publisher.errors import InputError
from publisher.model.blocks import Value
from publisher.model.characters import admitted
from publisher.opening import open_fed
from publisher.siblings import near_sibling

LIMIT_BYTES = 4 * 1024 * 1024
"""Ten thousand feeds have as many."""

MAX_DEPTH = 64
"""Of folders in each other; readers of feeds have one or two."""


class Feed(Value, frozen=True, kw_only=True):
    """A feed that somebody has subscribed to."""

    address: str
    title: str | None = None
    section: str | None = None
    """The folder that it is in, or its last category."""


def feeds_in(path: Path) -> tuple[Feed, ...]:
    """The feeds of an OPML file in its order, each address once; InputError when it has none or cannot be read.

    Those whose address is no web address are passed over.
    """
    try:
        with open_fed(path) as stream:
            data = stream.read(LIMIT_BYTES + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise InputError(f"cannot read {path}: {why}. {near_sibling(path, 'Check the name.')}") from error
    if len(data) > LIMIT_BYTES:
        raise InputError(f"cannot read {path}: it has more than {LIMIT_BYTES // 1024**2} MiB. Split it.")
    outlines = _Outlines()
    try:
        outlines.parse(data)
    except (expat.ExpatError, ValueError, LookupError) as error:  # The last two for encodings that there are not.
        raise InputError(f"cannot read {path} as OPML: {error}. Export it again from the reader of feeds.") from error
    feeds: dict[str, Feed] = {}
    for feed in outlines.feeds:
        feeds.setdefault(feed.address, feed)
    if not feeds:
        raise InputError(f"{path} names no feed. Export the subscriptions as OPML from the reader of feeds.")
    return tuple(feeds.values())


def sources_of(feeds: Iterable[Feed]) -> Iterator[str]:
    """The lines of ``digest.toml`` by which feeds are sources."""
    for feed in feeds:
        yield ""
        yield "[[sources]]"
        yield f"from = {_quoted(feed.address)}{f'  # {feed.title}' if feed.title else ''}"
        if feed.section:
            yield f"section = {_quoted(feed.section)}"
        yield "articles = true  # fetch the pages of which the feed holds only summaries"


def _quoted(text: str) -> str:
    """A text as TOML has it, which takes JSON's strings."""
    return json.dumps(text, ensure_ascii=False)


class _NoOpmlError(ValueError):
    """The XML is no OPML, or does what no reader of feeds does."""


class _Outlines:
    """The feeds of the outlines that were met, and the folders around the one that is open."""

    def __init__(self) -> None:
        self.feeds: list[Feed] = []
        self._folders: list[str | None] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse

    def parse(self, data: bytes) -> None:
        """Take a whole file."""
        self._parser.Parse(data, True)

    def _refuse(self, *_declared: object) -> None:
        raise _NoOpmlError("it declares a document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._folders and name.lower() != "opml":
            raise _NoOpmlError(f"it is XML, and begins with {name[:40]!r}")
        if len(self._folders) >= MAX_DEPTH:
            raise _NoOpmlError(f"its outlines are more than {MAX_DEPTH} deep")
        given = {key.lower(): _line(value) for key, value in attributes.items()}
        title = given.get("text") or given.get("title") or None
        address = given.get("xmlurl", "")
        if name.lower() == "outline" and address.lower().startswith(("http://", "https://")):
            category = given.get("category", "").partition(",")[0].rpartition("/")[2] or None
            section = next((folder for folder in reversed(self._folders) if folder), category)
            self.feeds.append(Feed(address=address, title=title, section=section))
        self._folders.append(title if name.lower() == "outline" and not address else None)

    def _end(self, _name: str) -> None:
        self._folders.pop()


def _line(text: str) -> str:
    return " ".join(admitted(text).split())
