"""Web pages that a browser saved with their pictures in one file (MHTML): the page is read as any other is."""

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from msgspec.structs import replace

from publisher.errors import InputError
from publisher.mime import parts_of
from publisher.model import Article, Block, Figure, Problem, Reading, Source
from publisher.model.formats import HTML
from publisher.reading.decoding import decode
from publisher.reading.html import read as read_page
from publisher.reading.vocabulary import Vocabulary

_PAGES = (HTML, "application/xhtml+xml")
_CID = re.compile(rb"""(=\s*["']?)cid:""", re.IGNORECASE)
_CID_ADDRESS = "https://cid.invalid/"
"""What stands for ``cid:`` while the page is read, for no page may name pictures by any other scheme (RFC 2606)."""


def read(source: Source, known: Vocabulary) -> Reading:
    """The article on the first page in the file. Its pictures in other parts are ``embedded:`` and their address.

    Raises InputError when the file holds no page, and what the reader of web pages does.
    """
    parts = parts_of(source.data)
    page = next((part for part in parts if part.media_type in _PAGES), None)
    if page is None:
        raise InputError(f"{source.name} holds no web page. Save the page anew, as MHTML or as HTML.")
    location = page.location or ""
    pictures: dict[str, str] = {}
    for part in parts:
        if part.media_type.startswith("image/"):
            if part.content_id:
                pictures.setdefault(_CID_ADDRESS + part.content_id, f"cid:{part.content_id}")
            if part.location:
                pictures.setdefault(_joined(location, part.location), part.location)
    data = _CID.sub(rb"\1" + _CID_ADDRESS.encode(), page.data)
    url = location if location.lower().startswith(("http://", "https://")) else None
    inner = Source(name=source.name, data=data, media_type=HTML, charset=page.charset, url=source.url or url)
    reading = read_page(inner, decode(data, source.name), known)
    return replace(reading, articles=tuple(_with_pictures(each, location, pictures) for each in reading.articles))


def _with_pictures(article: Article, location: str, pictures: Mapping[str, str]) -> Article:
    """The article with the pictures that stand in the file as such."""
    problems: list[Problem] = []

    def find(block: Block) -> Block:
        if not isinstance(block, Figure) or block.src is None:
            return block
        found = pictures.get(_joined(location, block.src))
        if found is not None:
            return replace(block, src=f"embedded:{found}")
        if not block.src.startswith(_CID_ADDRESS):
            return block
        name = f"cid:{block.src.removeprefix(_CID_ADDRESS)}"
        message = f"the picture {name[:60]!r} is in no part of the file; its words were kept"
        problems.append(Problem(code="dropped-content", message=message, where=article.origin))
        return replace(block, src=None)

    body = tuple(find(block) for block in article.body)
    return replace(article, body=body, problems=(*article.problems, *problems))


def _joined(location: str, src: str) -> str:
    """What an address in the page leads to; as written when it is none."""
    try:
        return urljoin(location, src)
    except ValueError:
        return src
