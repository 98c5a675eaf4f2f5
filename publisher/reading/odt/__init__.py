"""OpenDocument texts (.odt, and flat .fodt), as they read when all changes are accepted and comments are gone.

Read with lxml alone, as Word's are: odfpy, the library there is, gives the same tree and says nothing of what prints.
References in this folder are to OpenDocument 1.3, part 3.
"""

from publisher.errors import InputError
from publisher.model import Reading, Source
from publisher.reading.odt.package import OdtPackage
from publisher.reading.odt.paragraphs import OdtReader
from publisher.reading.office import article_of
from publisher.reading.vocabulary import Vocabulary

__all__ = ["read"]


def read(source: Source, known: Vocabulary) -> Reading:
    """The article in an OpenDocument text.

    Raises InputError when the source is none, is damaged, is too large unpacked, or holds no word.
    """
    try:
        document = OdtReader(OdtPackage(source.data, source.name)).read()
    except RecursionError as error:
        raise InputError(f"{source.name} is nested too deeply. Open it in LibreOffice and save it anew.") from error
    return article_of(source, document, known)
