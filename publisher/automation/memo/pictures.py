"""Pictures decoded once."""

import hashlib

import msgspec

from publisher.automation.memo import Memo
from publisher.model import Asset
from publisher.pipeline import Picture


class _Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a picture."""

    name: str
    media_type: str
    data: bytes | None
    """``None`` where its own bytes stay, as those of most do: to keep them again would take as long as to read them."""


def pictures_of(memo: Memo, picture: Picture) -> Picture:
    """``picture``, which remembers."""

    def remembered(data: bytes) -> Asset:
        def make() -> _Decoded:
            made = picture(data)
            return _Decoded(name=made.name, media_type=made.media_type, data=None if made.data == data else made.data)

        found = memo.keep("pictures", _Decoded, hashlib.sha256(data).digest(), make)
        return Asset(name=found.name, media_type=found.media_type, data=data if found.data is None else found.data)

    return remembered
