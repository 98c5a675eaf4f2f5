"""References become sources, and the pictures that articles name become assets: the one door to disk and network.

``load`` reads files, folders, standard input and web addresses; ``gather_assets`` the pictures beside the articles,
inside them, and on the web.
"""

from publisher.fetching.assets import gather_assets, load_picture
from publisher.fetching.files import LIMIT_BYTES, read_beside, read_settings
from publisher.fetching.folders import Refuse, article_files, is_without_files, refuse_all
from publisher.fetching.media import MEDIA_TYPES, is_public, suffix_for
from publisher.fetching.pictures import picture_asset
from publisher.fetching.sources import STANDARD_INPUT, is_address, load
from publisher.fetching.web import Advice, Web

__all__ = [
    "LIMIT_BYTES",
    "MEDIA_TYPES",
    "STANDARD_INPUT",
    "Advice",
    "Refuse",
    "Web",
    "article_files",
    "gather_assets",
    "is_address",
    "is_public",
    "is_without_files",
    "load",
    "load_picture",
    "picture_asset",
    "read_beside",
    "read_settings",
    "refuse_all",
    "suffix_for",
]
