"""References become sources, and the pictures that articles name become assets: the one door to disk for inputs.

``load`` reads files, folders and standard input; ``gather_assets`` reads the pictures beside the articles.
"""

from publisher.fetching.assets import gather_assets
from publisher.fetching.files import LIMIT_BYTES
from publisher.fetching.folders import MEDIA_TYPES
from publisher.fetching.sources import STANDARD_INPUT, load

__all__ = ["LIMIT_BYTES", "MEDIA_TYPES", "STANDARD_INPUT", "gather_assets", "load"]
