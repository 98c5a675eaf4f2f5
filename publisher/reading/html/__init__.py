"""Web pages: from markup to one article with its trace.

1. The markup becomes a safe tree (``tree``), the tree lines (``rendering``): they are what the trace numbers.
2. What the page says about itself is gathered (``metadata``), and trafilatura finds the main content (``extraction``).
3. The article's element and its headline follow from both (``header``), then its text (``body``) and its pictures
   (``figures``).
4. Links to other articles become teasers, from the structure they stand in (``cards``).
5. Lines and pictures become blocks through an allow-list (``blocks``), and all together the article (``article``).
"""

from publisher.errors import InputError
from publisher.model import Reading, Source
from publisher.reading.decoding import Decoded
from publisher.reading.html.article import read_page
from publisher.reading.html.charset import markup_of
from publisher.reading.html.extraction import find_extracted
from publisher.reading.html.linked import nodes_in, print_unprinted
from publisher.reading.html.metadata import read_metadata
from publisher.reading.html.page import lay_out_page
from publisher.reading.html.rendering import render
from publisher.reading.html.tree import parse
from publisher.reading.vocabulary import Vocabulary

__all__ = ["read"]


def read(source: Source, decoded: Decoded, known: Vocabulary) -> Reading:
    """The article on a saved or fetched page.

    The trace has a line for each line of a plain rendering of the page (``rendering``). Raises InputError when the
    page prints no word; anything else that is odd is a problem of the article.
    """
    markup, problems = markup_of(source, decoded)
    tree = parse(markup, source.name)
    linked = list(nodes_in(tree))
    print_unprinted(tree, linked)
    lines = render(tree.root)
    if not any(character.isalpha() for line in lines for character in line.text):
        raise InputError(f"{source.name} is a page that prints no words. Save the page with its text and try again.")
    metadata = read_metadata(tree, linked, source.url, known)
    page = lay_out_page(source.name, lines, metadata, find_extracted(tree, lines), known)
    page.asking = frozenset(around for element in tree.asking for around in (element, *element.iterancestors()))
    page.fetched = source.url is not None
    page.problems += [*problems, *tree.problems]
    return read_page(page, source)
