"""Where the pages of a PDF begin, by poppler, held against the markup of the e-book that lists them."""

import html
import itertools
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from tests.writing.pdf.pages import POINTS_PER_MM, fold, pages

MARGINS_MM = {
    "compilation": (20, 18),
    "gazette": (20, 18),
    "large-print": (20, 22),
    "decree30": (20, 20),
    "brief": (21, 23),
    "pocket": (5, 5),
}
"""How much of a theme's page its running head and its folio take."""

SET_AGAIN = ["Hạng", "mục", "Chi", "phí"]
"""The headings of the tests' long table, on every page that it goes on on."""


class Paged(NamedTuple):
    """A PDF and an e-book of the same build."""

    texts: list[list[str]]
    """The words of each printed page, without running head and folio."""

    documents: dict[str, str]
    """The markup of the e-book's documents by file name."""

    targets: dict[int, str]
    """Where the page list leads for each page, in its order."""

    first_pages: set[int]
    """Those on which something begins that an anchor leads to, such as an article."""

    @property
    def listed(self) -> list[int]:
        return list(self.targets)

    def after(self, page: int) -> str:
        """The markup of the e-book behind the marker of a page, up to the end of the document."""
        file, _, anchor = self.targets[page].partition("#")
        return self.documents[file].partition(f'id="{anchor}"')[2].partition("</span>")[2].partition("<nav")[0]

    def mismatches(self) -> list[tuple[int, str, list[str]]]:
        """The listed pages that begin with other words than in print, with both."""
        return [
            (page, self.after(page)[:80], self.texts[page - 1][:9])
            for page in self.listed
            if not self._begins_alike(page)
        ]

    def _begins_alike(self, page: int) -> bool:
        markup, printed = self.after(page), self.texts[page - 1]
        here = letters(markup)
        # A masthead may stand above what begins; a cover has its lines in another order.
        if page in self.first_pages and here[: 4 if page == 1 else 9] in letters(" ".join(printed)):
            return True
        if printed[:4] == SET_AGAIN and "</th>" not in markup:
            printed = printed[4:]
        if re.fullmatch(r"\d+\.|•", printed[0]):
            printed = printed[1:]
        # In the contents, leaders end what both have.
        words = list(itertools.takewhile(lambda word: set(word) != {"."}, printed[:3]))
        before = self.texts[page - 2][-1:]
        if before and before[0].endswith("-") and here.startswith(letters(before[0] + words[0])):
            words[0] = before[0] + words[0]
        expected = letters(" ".join(words))
        if link := re.match(r"<a [^>]*>(.*?)</a>", markup):  # A page that begins inside a link is marked before it.
            here = here[max(0, here.find(expected, 0, len(letters(link[1])) + len(expected))) :]
        return here.startswith(expected)


def paged(pdf: Path, epub: Path, anchors: dict[str, int], theme: str) -> Paged:
    """The two files; ``anchors`` are the printed pages of the PDF's anchors."""
    with zipfile.ZipFile(epub) as archive:
        documents = {
            name.removeprefix("EPUB/"): archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }
    listed = documents["contents.xhtml"].partition('<nav epub:type="page-list"')[2].partition("</nav>")[0]
    return Paged(
        texts=_type_areas(pdf, theme),
        documents=documents,
        targets={int(page): href for href, page in re.findall(r'<a href="([^"]+)">(\d+)</a>', listed)},
        first_pages=set(anchors.values()),
    )


def letters(markup: str) -> str:
    """The letters and digits of a markup's text, or of a text: what the engine and typography leave alone."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", markup))
    return "".join(filter(str.isalnum, fold(text).casefold()))


def _type_areas(pdf: Path, theme: str) -> list[list[str]]:
    top, bottom = (margin * POINTS_PER_MM - 3 for margin in MARGINS_MM[theme])
    return [
        [
            word.text
            for word in page.words
            if number == 0 or (word.top >= top and word.bottom <= page.height - bottom)  # A cover has neither.
        ]
        for number, page in enumerate(pages(pdf))
    ]
