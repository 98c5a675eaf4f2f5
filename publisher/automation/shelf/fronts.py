"""Covers and their thumbnails: small pictures for lists, made once for each cover."""

import io
from collections.abc import Sequence
from pathlib import Path

from publisher.automation.issues.proof import File
from publisher.automation.shelf.presented import Front, ShelfPicture
from publisher.automation.shelf.shelved import Shelved, Warn
from publisher.writing import write_atomically

FOLDER = "thumbnails"

PLAIN = f"{FOLDER}/plain.png"
"""Stands for a cover that is missing or broken: OPDS 2.0 wants a picture of every publication."""

_WIDTH = 480
"""Two pixels of a telephone's for each of the page's; an e-reader shows some two hundred."""

_PLAIN_SIZE = (300, 400)
_PLAIN_COLOUR = (20, 65, 95)
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}


def make_fronts(folder: Path, issues: Sequence[Shelved], warn: Warn) -> dict[str, Front]:
    """The front of each issue by its week; thumbnails that the shelf lacks are written into it.

    A thumbnail is named after its cover's hash: it never changes, and caches may keep it for ever. OutputError when one
    cannot be written.
    """
    if not issues:
        return {}
    (folder / FOLDER).mkdir(exist_ok=True)
    return {shelved.proof.week: _front(folder, shelved, warn) for shelved in issues}


def _front(folder: Path, shelved: Shelved, warn: Warn) -> Front:
    cover = shelved.proof.cover
    if cover is not None:
        try:
            return _front_of(folder, shelved, cover)
        except _errors() as error:
            warn(f"the issue {shelved.proof.week} is shown without its cover: {error}")
    return _plain(folder)


def _front_of(folder: Path, shelved: Shelved, cover: File) -> Front:
    """The cover and its thumbnail. One of Pillow's errors when it is no picture."""
    from PIL import Image

    path = f"{FOLDER}/{shelved.proof.week}-{cover.sha256[:12]}.jpg"
    picture = _picture(folder, shelved.href(cover))
    if not (folder / path).is_file():
        with Image.open(folder / picture.path) as opened:
            opened.draft("RGB", (_WIDTH, _WIDTH * 2))
            small = opened.convert("RGB")
        small.thumbnail((_WIDTH, _WIDTH * 2))
        stream = io.BytesIO()
        small.save(stream, "JPEG", quality=82, optimize=True)
        write_atomically(folder / path, stream.getvalue())
    return Front(cover=picture, thumbnail=_picture(folder, path))


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
