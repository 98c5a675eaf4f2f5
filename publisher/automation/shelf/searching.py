"""Search in the catalogue, which a server alone can answer: OpenSearch 1.1, as OPDS 1.2 has it (section 3).

What is found are entries of the catalogue that a refresh wrote, as they stand there: they resolve from the same folder.
"""

import re
import unicodedata
import uuid
from html import unescape
from pathlib import Path

from publisher.automation.shelf.elements import element, xml
from publisher.automation.shelf.opds import ACQUISITION, FOLDER

DESCRIPTION = "opensearch.xml"
DESCRIPTION_TYPE = "application/opensearchdescription+xml"
SEARCH = f"{FOLDER}/search"

LONGEST = 200
"""More characters than these nobody types."""

_ENTRY = re.compile(r"^  <entry .*?^  </entry>\n", re.MULTILINE | re.DOTALL)
_OF_THE_LIST = re.compile(r'^  <(link rel="(?!start|up)|opensearch:|id>).*\n', re.MULTILINE)
"""What the head of a list says of this list alone."""


def with_search(catalogue: bytes) -> bytes:
    """The entrance of the catalogue, and in it the way to search."""
    link = f'<link rel="search" href="{DESCRIPTION}" type="{DESCRIPTION_TYPE}" />\n  '.encode()
    return catalogue.replace(b"<link ", link + b"<link ", 1)


def description(address: str) -> bytes:
    """How to ask the server that is reached at ``address``, which has no slash at its end."""
    return xml(
        element(
            "OpenSearchDescription",
            {"xmlns": "http://a9.com/-/spec/opensearch/1.1/"},
            element("ShortName", {}, "publisher"),
            element("Description", {}, "publisher"),
            element("InputEncoding", {}, "UTF-8"),
            element("Url", {"type": ACQUISITION, "template": f"{address}/{SEARCH}?q={{searchTerms}}"}),
        )
    )


def search(folder: Path, words: str) -> bytes:
    """The issues in whose title, headlines or summary all the words stand, marks and letter case aside; newest first.

    OSError when the shelf has no catalogue.
    """
    wanted = _plain(words[:LONGEST]).split()
    first = folder / FOLDER / "all.xml"
    lists = [first.read_text(encoding="utf-8")]
    while (further := folder / FOLDER / f"all-p{len(lists) + 1}.xml").is_file():
        lists.append(further.read_text(encoding="utf-8"))
    entries = [entry for each in lists for entry in _ENTRY.findall(each)]
    found = [entry for entry in entries if wanted and all(word in _said(entry) for word in wanted)]
    head = _OF_THE_LIST.sub("", _ENTRY.sub("", lists[0])).removesuffix("</feed>\n")
    facts = (
        f"  <id>urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(wanted))}</id>\n"
        f"  <opensearch:totalResults>{len(found)}</opensearch:totalResults>\n"
    )
    return f"{head}{facts}{''.join(found)}</feed>\n".encode()


def _said(entry: str) -> str:
    """The words of an entry."""
    # Its content is markup in text.
    return _plain(re.sub("<[^>]*>", " ", unescape(unescape(re.sub("<[^>]*>", " ", entry)))))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
