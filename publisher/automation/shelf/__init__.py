"""The shelf: a folder of finished issues that any web server or file host can serve.

``read_shelf`` takes what each issue's proof says; ``refresh_shelf`` writes what leads readers to them: catalogues for
e-readers (``opds``, ``opds2``), a web page (``page``), addresses that always lead to the newest issue (``latest``), and
a feed (``atom``). ``serving`` serves the folder in the house.
"""

from publisher.automation.shelf.refreshing import Refreshed, is_refreshed, refresh_shelf
from publisher.automation.shelf.shelved import ISSUES, ShelfSettings, Shelved, read_shelf
from publisher.automation.shelf.webpages import WebpagesAhead, remove_unfinished_webpages

__all__ = [
    "ISSUES",
    "Refreshed",
    "ShelfSettings",
    "Shelved",
    "WebpagesAhead",
    "is_refreshed",
    "read_shelf",
    "refresh_shelf",
    "remove_unfinished_webpages",
]
