"""Files of several parts, as mail has them (RFC 2046): what browsers save a page and its pictures in (MHTML, RFC 2557).

The headers are read by Python's own parser; what the parts are is found here, for that parser goes as deep and as often
as a file says. Both reading and fetching need it: the one takes the page, the other its pictures.
"""

import binascii
import re
from email.message import Message
from email.parser import BytesHeaderParser

from publisher.model.blocks import Value

LIMIT_PARTS = 10_000
"""The parts that are taken, from the first; a page with a thousand pictures and styles has as many."""

_DEEPEST = 4
"""Parts inside each other: a page that was sent by mail has its alternatives in one, its pictures in another."""

_LONGEST_HEADER_BYTES = 65_536
_BLANK_LINE = re.compile(rb"\r?\n(?=\r?\n)")
_BOUNDARY = re.compile(r";\s*boundary\s*=\s*(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


class Part(Value, frozen=True, kw_only=True):
    """One part that holds no others."""

    media_type: str
    """Lower case, without parameters."""

    charset: str | None
    """As the part declares it, which is not always so."""

    location: str | None
    """The address that it was found at (``Content-Location``), as written."""

    content_id: str | None
    """What a page calls it by after ``cid:``."""

    encoding: str
    """How its bytes are written: ``base64``, ``quoted-printable``; any other as they are."""

    body: bytes
    """As written."""

    @property
    def data(self) -> bytes:
        """Its bytes; ``b""`` where they are damaged."""
        try:
            match self.encoding:
                case "base64":
                    return binascii.a2b_base64(self.body)
                case "quoted-printable":
                    return binascii.a2b_qp(self.body)
        except binascii.Error:
            return b""
        return self.body


def parts_of(data: bytes) -> tuple[Part, ...]:
    """The parts of a file that hold no others, in its order; at most ``LIMIT_PARTS``. Never empty."""
    return tuple(_parts(data, 0)[:LIMIT_PARTS])


def _parts(data: bytes, depth: int) -> list[Part]:
    blank = _BLANK_LINE.search(data, 0, _LONGEST_HEADER_BYTES)
    head, body = (data[: blank.start()], data[blank.end() :]) if blank else (b"", data)
    message = BytesHeaderParser().parsebytes(head.lstrip())
    declared = _field(message, "Content-Type") or "text/plain"
    boundary = _BOUNDARY.search(declared)
    media_type = declared.partition(";")[0].strip().lower()
    if media_type.startswith("multipart/") and boundary and depth < _DEEPEST:
        name = re.escape((boundary[1] or boundary[2]).encode())
        _, *inner = re.split(rb"\r?\n--" + name + rb"(?:--)?[ \t]*(?=\r?\n|\Z)", body, maxsplit=LIMIT_PARTS)
        return [part for each in inner for part in _parts(each, depth + 1)]
    charset = _CHARSET.search(declared)
    identity = _field(message, "Content-ID")
    part = Part(
        media_type=media_type,
        charset=charset[1] if charset else None,
        location=_field(message, "Content-Location"),
        content_id=identity.strip("<>") if identity else None,
        encoding=(_field(message, "Content-Transfer-Encoding") or "").lower(),
        body=body.removeprefix(b"\r").removeprefix(b"\n"),
    )
    return [part]


def _field(message: Message, name: str) -> str | None:
    """A header's value on one line; ``None`` when it is not there or empty."""
    return "".join(str(message.get(name, "")).splitlines()).strip() or None
