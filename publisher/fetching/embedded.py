"""Pictures that stand inside a document, as Word's do."""

import io
import zipfile
import zlib

from publisher.errors import InputError
from publisher.fetching.files import LIMIT_BYTES

EMBEDDED = "embedded:"
"""How the ``src`` of such a picture begins; the name of its member in the document's zip archive follows."""


def embedded_picture(data: bytes, src: str) -> bytes:
    """The bytes of the picture that ``src`` names in the document ``data``.

    Raises ``InputError`` with the bare reason: no archive, no such member, too large, damaged.
    """
    name = src.removeprefix(EMBEDDED)
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
