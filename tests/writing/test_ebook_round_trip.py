"""Our e-books through calibre's converter to Kindle's own format and back: nothing that a reader reads is lost.

calibre is no dependency of the tests, and `make test` does not install it: where it is absent they are skipped.
"""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter

import pytest

from publisher.model import IssuePlan
from publisher.pipeline import Edition, Request, outputs_for, publish

DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(shutil.which("ebook-convert") is None, reason="calibre is not installed; nothing installs it"),
]


class Opened:
    """What is compared of a book."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            package_path = next(name for name in archive.namelist() if name.endswith(".opf"))
            folder = package_path.rpartition("/")[0]
            package = ET.fromstring(archive.read(package_path))  # noqa: S314 (of ours, through calibre)
            items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
            within = f"{folder}/" if folder else ""
            # calibre makes the page of the cover anew, from a picture of it.
            covers = [each.get("href") for each in package.iter(f"{OPF}reference") if each.get("type") == "cover"]
            spine = [items[each.get("idref")].get("href") for each in package.iter(f"{OPF}itemref")]
            self.documents = [
                ET.fromstring(archive.read(within + href))  # noqa: S314
                for href in spine
                if href not in covers
            ]
            ncx = next(item for item in items.values() if item.get("media-type") == "application/x-dtbncx+xml")
            contents = ET.fromstring(archive.read(within + ncx.get("href")))  # noqa: S314
        self.title = package.findtext(f".//{DC}title")
        self.language = package.findtext(f".//{DC}language")
        self.contents = [" ".join(point.itertext()) for point in contents.iter(f"{NCX}text")]

    def all(self, *tags):
        """The elements of the text, in reading order."""
        names = {f"{XHTML}{tag}" for tag in tags}
        return [
            node for document in self.documents for node in document.find(f"{XHTML}body").iter() if node.tag in names
        ]

    @property
    def words(self):
        """Each word and how often it stands in the text; alternative texts too."""
        text = [" ".join(document.find(f"{XHTML}body").itertext()) for document in self.documents]
        return Counter(re.findall(r"\w+", " ".join(text + [image.get("alt", "") for image in self.all("img")])))

    @property
    def headings(self):
        """Each with its level, in reading order."""
        found = self.all("h1", "h2", "h3", "h4")
        return [(node.tag.removeprefix(XHTML), " ".join(" ".join(node.itertext()).split())) for node in found]


def convert(source, target):
    """What calibre makes of a book."""
    subprocess.run(
        ["ebook-convert", source, target], check=True, capture_output=True, timeout=300, env={"PATH": "/usr/bin:/bin"}
    )
    return target


@pytest.fixture(scope="module")
def book(examples, tmp_path_factory):
    """The compilation of the examples."""
    path = tmp_path_factory.mktemp("calibre") / "week.epub"
    publish(
        Request(
            references=(str(examples),),
            edition=Edition(outputs=outputs_for([path], None), theme="compilation"),
            plan=IssuePlan(title="Tuần tin", number="12"),
        )
    )
    return path


@pytest.fixture(scope="module")
def there_and_back(book):
    """The book before, and after it has been Kindle's."""
    kindle = convert(book, book.with_suffix(".azw3"))
    return Opened(book), Opened(convert(kindle, book.with_name("back.epub")))


def test_no_word_is_lost(there_and_back):
    before, after = there_and_back

    assert sum(before.words.values()) > 2000
    assert before.words - after.words == Counter()


def test_headings_keep_their_level_their_words_and_their_order(there_and_back):
    before, after = there_and_back

    assert len(before.headings) > 20
    assert after.headings == before.headings


def test_every_picture_is_there(there_and_back):
    before, after = there_and_back

    assert len(after.all("img")) == len(before.all("img")) >= 2


def test_the_contents_have_the_same_lines(there_and_back):
    before, after = there_and_back

    assert len(before.contents) == 11  # The cover, eight articles, the appendix, and what the issue says of itself.
    assert after.contents == before.contents


def test_title_and_language_stay(there_and_back):
    before, after = there_and_back

    assert (after.title, after.language) == (before.title, before.language)
