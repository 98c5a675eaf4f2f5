"""References become sources, and the pictures that articles name become assets: the one door to disk and network.

``load`` reads files, folders, standard input and web addresses; ``gather_assets`` the pictures beside the articles,
inside them, and on the web.
"""

from publisher.fetching.assets import gather_assets, load_picture
from publisher.fetching.files import LIMIT_BYTES, read_beside, read_settings
from publisher.fetching.media import MEDIA_TYPES, suffix_for
from publisher.fetching.sources import STANDARD_INPUT, load
from publisher.fetching.web import Web

__all__ = [
    "LIMIT_BYTES",
    "MEDIA_TYPES",
    "STANDARD_INPUT",
    "Web",
    "gather_assets",
    "load",
    "load_picture",
    "read_beside",
    "read_settings",
    "suffix_for",
]
