"""A digest that is made again: the desk that ``bench.py`` measures it at.

A week of saved web pages with two pictures each, no two of them one story. Files are checked as the settings have them
checked by themselves, but for the outside validators, which are other people's programs.
"""

import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from generate import Dialect, write_saved_page, write_saved_pages
from measure import Run

WEEK = "2026-W14"
ARTICLES = 100
NEW = 121
"""A page that no week has at first; by its day it stands in the middle of the issue."""

PUBLISHED, PUBLISHED_WITH_WARNINGS, ALREADY_PUBLISHED = 0, 20, 22

SETTINGS = """\
[series]
title = "Tuần tin đo đạc"
name = "do-dac"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"

[[sources]]
from = "pages"

[window]
days = 40  # the pages are of all days of a month

[shelf]
folder = "shelf"

[policy]
validators = "skip"

[files]
cache = "cache"
ledger = "ledger.sqlite"

"""

OUTPUTS: Mapping[str, str] = {
    "EPUB": """
[[outputs]]
file = "tuan-{week}.epub"
""",
    "EPUB, Kobo and PDF": """
[[outputs]]
file = "tuan-{week}.epub"

[[outputs]]
file = "tuan-{week}.kepub.epub"
profile = "kobo"

[[outputs]]
file = "tuan-{week}.pdf"
""",
}


class Desk:
    """A folder with a week's pages and the settings of a digest, which is run again and again."""

    def __init__(self, folder: Path, outputs: str) -> None:
        self._folder = folder
        self._pages = write_saved_pages(folder / "pages", ARTICLES)
        self._settings = folder / "digest.toml"
        self._settings.write_text(SETTINGS + outputs, encoding="utf-8")
        self._changes = 0

    def cold(self) -> Run:
        """The first run: nothing is known."""
        shutil.rmtree(self._folder / "cache", ignore_errors=True)
        return self.anew()

    def changed(self) -> Run:
        """The week anew after one sentence has become another."""
        self._changes += 1
        page = self._pages / f"{ARTICLES // 2:04}.html"
        text, others = page.read_text(encoding="utf-8"), Dialect(f"change {self._changes}")
        before, _sentence, after = re.split(r"(?<=\. )([^.]+\.)(?=</p>)", text, maxsplit=1)
        page.write_text(before + others.sentence() + after, encoding="utf-8")
        return self.anew()

    def inserted(self) -> Run:
        """The week anew with one more article, in the middle."""
        write_saved_page(self._pages, NEW)
        try:
            return self.anew(ARTICLES + 1)
        finally:
            (self._pages / f"{NEW:04}.html").unlink()

    def anew(self, articles: int = ARTICLES) -> Run:
        """The week once more, with nothing on the shelf and nothing remembered but the cache."""
        shutil.rmtree(self._folder / "shelf", ignore_errors=True)
        for path in self._folder.glob("ledger.sqlite*"):
            path.unlink()
        run = self._run(PUBLISHED, PUBLISHED_WITH_WARNINGS)
        if f"with {articles} articles" not in run.output:
            raise SystemExit(f"an article was left out: {run.output.strip()}")
        return run

    def again(self) -> Run:
        """The same command after the week is published."""
        return self._run(ALREADY_PUBLISHED)

    def _run(self, *expected: int) -> Run:
        command = (sys.executable, "-m", "publisher", "digest", self._settings, "--week", WEEK)
        return Run(command, expected)
