"""A page with its pictures in one file, as browsers save it (MHTML, RFC 2557): what was fetched stays together."""

import base64
import hashlib
from collections.abc import Sequence
from urllib.parse import quote

from publisher.model.blocks import Value

_LINE = 76
_PLAIN = "".join(map(chr, range(0x21, 0x7F)))


class ArchivedPicture(Value, frozen=True, kw_only=True):
    """A picture of the page: ``location`` is the absolute address that the page calls it by, or ``cid:`` and a name."""

    location: str
    media_type: str
    data: bytes


def web_archive(page: bytes, charset: str, url: str | None, pictures: Sequence[ArchivedPicture]) -> bytes:
    """The file: the same bytes for the same page."""
    boundary = f"----page-{hashlib.sha256(page).hexdigest()[:24]}"
    head = [
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related; type="text/html"; boundary="{boundary}"',
        *([f"Snapshot-Content-Location: {_address(url)}"] if url else []),
        "",
        "",
    ]
    parts = [_part(f"text/html; charset={charset}", f"Content-Location: {_address(url)}" if url else None, page)]
    for picture in pictures:
        name = picture.location.removeprefix("cid:")
        is_address = name == picture.location
        called = f"Content-Location: {_address(name)}" if is_address else f"Content-ID: <{_address(name)}>"
        parts.append(_part(picture.media_type, called, picture.data))
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return ("\r\n".join(head) + body + f"--{boundary}--\r\n").encode()


def _part(media_type: str, called: str | None, data: bytes) -> str:
    encoded = base64.b64encode(data).decode()
    lines = [encoded[at : at + _LINE] for at in range(0, len(encoded), _LINE)]
    fields = [f"Content-Type: {media_type}", "Content-Transfer-Encoding: base64", *([called] if called else [])]
    return "\r\n".join([*fields, "", *lines])


def _address(text: str) -> str:
    """An address on one line of a header, which holds ASCII alone."""
    return quote(text, safe=_PLAIN)
