"""Pictures that stand inside a document, as those of word processors do, or in one file with a page."""

import binascii
import io
import re
import zipfile
import zlib

from publisher.errors import InputError
from publisher.fetching.files import LIMIT_BYTES
from publisher.mime import Part, parts_of

EMBEDDED = "embedded:"
"""How the ``src`` of such a picture begins; its member in the document's zip archive follows, the address of its part
in a web archive, or how it is written in a document that is one text and between which bytes: ``base64-120-4096``."""

_ZIP = b"PK"
_SPAN = re.compile(r"(base64|bytes|hex)-(\d{1,9})-(\d{1,9})")


class Embedded:
    """The pictures inside one document."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts: dict[str, Part] | None = None

    def picture(self, src: str) -> bytes:
        """The bytes of the picture that ``src`` names.

        Raises ``InputError`` with the bare reason: no archive, no such member, too large, damaged.
        """
        name = src.removeprefix(EMBEDDED)
        if (span := _SPAN.fullmatch(name)) and not self._data.startswith(_ZIP):
            return _written(self._data[int(span[2]) : int(span[3])], span[1])
        if self._parts is None:
            self._parts = {} if self._data.startswith(_ZIP) else _named(parts_of(self._data))
        if not self._parts:
            return _member(self._data, name)
        if name not in self._parts:
            raise InputError("the document holds no such picture")
        return self._parts[name].data


def _named(parts: tuple[Part, ...]) -> dict[str, Part]:
    """The parts by what a page may call them, the first of a name."""
    named: dict[str, Part] = {}
    for part in parts:
        for name in (part.location, f"cid:{part.content_id}" if part.content_id else None):
            if name:
                named.setdefault(name, part)
    return named


def _written(data: bytes, how: str) -> bytes:
    """What a stretch of a document stands for, white space in it aside."""
    try:
        match how:
            case "base64":
                return binascii.a2b_base64(data)
            case "hex":
                return binascii.a2b_hex(data.translate(None, b" \t\r\n"))
    except binascii.Error as error:
        raise InputError("the document is damaged where it stands") from error
    return data


def _member(data: bytes, name: str) -> bytes:
    """A member of a zip archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as stream:
            picture = stream.read(LIMIT_BYTES + 1)
    except KeyError as error:
        raise InputError("the document holds no such picture") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        # RuntimeError: the member is encrypted; NotImplementedError: compressed in a way that Python does not know.
        raise InputError("the document is damaged where it stands") from error
    if len(picture) > LIMIT_BYTES:
        raise InputError(f"it is larger than {LIMIT_BYTES // 1024**2} MiB")
    return picture
