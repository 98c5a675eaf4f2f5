"""Word documents (.docx, ECMA-376), as they read when all changes are accepted and comments are gone.

Read with lxml alone. A document is a zip archive of XML, and neither library that offers more gives what a newsroom's
files need: python-docx refuses a document with one dangling relation and knows no tracked changes; mammoth drops
simple fields, does not say which picture stands where, and holds a tree many times the size.
"""

from publisher.errors import InputError
from publisher.model import Reading, Source
from publisher.reading.docx.package import Package
from publisher.reading.docx.paragraphs import Reader
from publisher.reading.office import article_of
from publisher.reading.vocabulary import Vocabulary

__all__ = ["read"]


def read(source: Source, known: Vocabulary) -> Reading:
    """The article in a Word document.

    Raises InputError when the source is no Word document, is damaged, is too large unpacked, or holds no word.
    """
    try:
        document = Reader(Package(source.data, source.name)).read()
    except RecursionError as error:
        raise InputError(f"{source.name} is nested too deeply. Open it in Word and save it anew.") from error
    return article_of(source, document, known)
