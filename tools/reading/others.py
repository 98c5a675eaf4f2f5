"""What other readers of articles make of a page, in the form that the corpus's scorer takes."""

import importlib.util
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lxml import html as markup

# ``make scores-others`` installs them in a folder of their own: they ask for older versions of what our tools use.
sys.path.append(str(Path(__file__).parents[2] / ".tools" / "others"))

Extract = Callable[[bytes], dict[str, Any] | None]


def _paragraphs(text: str | None) -> list[dict[str, Any]]:
    lines = (line.strip() for line in (text or "").split("\n"))
    return [{"type": "paragraph", "text": line, "caption": None} for line in lines if line]


def _page(data: bytes) -> str:
    """The page as text; these readers take bytes for Latin-1 where it says nothing."""
    return data.decode("utf-8-sig", "replace")


def trafilatura(data: bytes) -> dict[str, Any] | None:
    """Trafilatura's own fields, tuned for precision as it comes."""
    from trafilatura import bare_extraction

    found = bare_extraction(_page(data), with_metadata=True)
    if found is None:
        return None
    names = re.split(r"; ", found.author) if found.author else []
    return {"title": found.title, "byline": names, "blocks": _paragraphs(found.text)}


def newspaper4k(data: bytes) -> dict[str, Any] | None:
    """newspaper4k's title, authors and text."""
    import newspaper

    article = newspaper.Article("http://page.invalid/")
    article.download(input_html=_page(data))
    article.parse()
    return {"title": article.title, "byline": article.authors, "blocks": _paragraphs(article.text)}


def readability(data: bytes) -> dict[str, Any] | None:
    """The title and the text of the readability algorithm."""
    from readability import Document

    document = Document(_page(data))
    tree = markup.fromstring(document.summary())
    text = "\n".join(" ".join(each.text_content().split()) for each in tree.iter("p", "h2", "h3", "li"))
    return {"title": document.short_title(), "byline": [], "blocks": _paragraphs(text)}


OTHERS: Mapping[str, Extract] = {
    name: extract
    for name, module, extract in (
        ("trafilatura", "trafilatura", trafilatura),
        ("newspaper4k", "newspaper", newspaper4k),
        ("readability", "readability", readability),
    )
    if importlib.util.find_spec(module)
}
"""Those that are installed."""
