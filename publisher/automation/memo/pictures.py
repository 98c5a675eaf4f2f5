"""Pictures decoded once."""

from publisher.automation.memo import Memo
from publisher.fetching import picture_asset
from publisher.model import Asset
from publisher.pipeline import Picture


def pictures_of(memo: Memo) -> Picture:
    """``picture_asset``, which remembers."""
    return lambda data: memo.keep("pictures", Asset, data, lambda: picture_asset(data))
