"""Covers and their thumbnails: small pictures for lists, made once for each cover."""

import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from publisher.automation.issues.proof import File
from publisher.automation.shelf.presented import Front, ShelfPicture
from publisher.automation.shelf.shelved import Shelved, Warn
from publisher.model.blocks import Value
from publisher.seams import Keep, made_anew
from publisher.writing import write_atomically

FOLDER = "thumbnails"

PLAIN = f"{FOLDER}/plain.png"
"""Stands for a cover that is missing or broken: OPDS 2.0 wants a picture of every publication."""

_WIDTH = 480
"""Two pixels of a telephone's for each of the page's; an e-reader shows some two hundred."""

_PLAIN_SIZE = (300, 400)
_PLAIN_COLOUR = (20, 65, 95)
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}


class _Small(Value, frozen=True, kw_only=True):
    """A thumbnail, and what it and its cover are."""

    data: bytes
    size: tuple[int, int]
    cover_type: str
    cover_size: tuple[int, int]


def make_fronts(folder: Path, issues: Sequence[Shelved], warn: Warn, keep: Keep = made_anew) -> dict[str, Front]:
    """The front of each issue by its week; thumbnails that the shelf lacks are written into it.

    A thumbnail is named after its cover's hash: it never changes, and caches may keep it for ever. ``keep`` may have it
    from before. OutputError when one cannot be written.
    """
    if not issues:
        return {}
    (folder / FOLDER).mkdir(exist_ok=True)
    return {shelved.proof.week: _front(folder, shelved, warn, keep) for shelved in issues}


def _front(folder: Path, shelved: Shelved, warn: Warn, keep: Keep) -> Front:
    cover = shelved.proof.cover
    if cover is not None:
        try:
            return _front_of(folder, shelved, cover, keep)
        except _errors() as error:
            warn(f"the issue {shelved.proof.week} is shown without its cover: {error}")
    return _plain(folder)


def _front_of(folder: Path, shelved: Shelved, cover: File, keep: Keep) -> Front:
    """The cover and its thumbnail. One of Pillow's errors when it is no picture."""
    path, href = f"{FOLDER}/{shelved.proof.week}-{cover.sha256[:12]}.jpg", shelved.href(cover)
    if (folder / path).is_file():
        return Front(cover=_picture(folder, href), thumbnail=_picture(folder, path))
    data = (folder / href).read_bytes()
    small = keep("thumbnails", _Small, data, partial(_reduced, data))
    write_atomically(folder / path, small.data)
    (width, height), (cover_width, cover_height) = small.size, small.cover_size
    return Front(
        cover=ShelfPicture(path=href, media_type=small.cover_type, width=cover_width, height=cover_height),
        thumbnail=ShelfPicture(path=path, media_type=_TYPES["JPEG"], width=width, height=height),
    )


def _reduced(data: bytes) -> _Small:
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=tuple(_TYPES)) as opened:
        cover_type, cover_size = _TYPES[opened.format or ""], opened.size
        opened.draft("RGB", (_WIDTH, _WIDTH * 2))
        picture = opened.convert("RGB")
    picture.thumbnail((_WIDTH, _WIDTH * 2))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=82, optimize=True)
    return _Small(data=stream.getvalue(), size=picture.size, cover_type=cover_type, cover_size=cover_size)


def _picture(folder: Path, path: str) -> ShelfPicture:
    from PIL import Image

    with Image.open(folder / path, formats=tuple(_TYPES)) as opened:
        return ShelfPicture(path=path, media_type=_TYPES[opened.format or ""], width=opened.width, height=opened.height)


def _plain(folder: Path) -> Front:
    from PIL import Image

    if not (folder / PLAIN).is_file():
        stream = io.BytesIO()
        Image.new("RGB", _PLAIN_SIZE, _PLAIN_COLOUR).save(stream, "PNG", optimize=True)
        write_atomically(folder / PLAIN, stream.getvalue())
    width, height = _PLAIN_SIZE
    picture = ShelfPicture(path=PLAIN, media_type="image/png", width=width, height=height)
    return Front(cover=picture, thumbnail=picture)


def _errors() -> tuple[type[Exception], ...]:
    """What Pillow raises for what is no picture, or too large a one."""
    from PIL import Image

    return (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
