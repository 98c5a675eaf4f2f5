"""Pictures decoded once."""

from publisher.automation.memo import Memo
from publisher.model import Asset
from publisher.pipeline import Picture


def pictures_of(memo: Memo, picture: Picture) -> Picture:
    """``picture``, which remembers."""
    return lambda data: memo.keep("pictures", Asset, data, lambda: picture(data))
