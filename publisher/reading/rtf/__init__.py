r"""Rich text (.rtf), as it reads when all changes are accepted and comments are gone.

Read with what Python has: of the libraries, striprtf gives text without any structure, and the others have not been
kept for years. A document is a row of characters, control words (``\b``) and groups in braces, in which what was
switched on ends; there is no tree to build, so nothing here calls itself, however deep the groups lie.

References in this folder are to the Rich Text Format Specification 1.9.1 (Microsoft, 2008).
"""

from publisher.model import Reading, Source
from publisher.reading.office import article_of
from publisher.reading.rtf.document import RtfReader
from publisher.reading.vocabulary import Vocabulary

__all__ = ["read"]


def read(source: Source, known: Vocabulary) -> Reading:
    """The article in a rich text document.

    Raises InputError when the source is none, is nested too deeply, or holds no word.
    """
    return article_of(source, RtfReader(source.data, source.name).read(), known)
