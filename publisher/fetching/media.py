"""What kind of source bytes are: by a name's suffix, by what a server says, and by how they begin."""

import re
from pathlib import PurePosixPath
from types import MappingProxyType

from publisher.extensions import reader_for
from publisher.model import Source
from publisher.model.formats import ATOM, FORMATS, HTML, MARKDOWN, RSS, TEXT, format_for

MEDIA_TYPES = MappingProxyType(dict(sorted((suffix, form.media_type) for form in FORMATS for suffix in form.suffixes)))
"""The media type that a file's suffix stands for; a folder's files with any other suffix are no articles."""

SAMPLE_BYTES = 2048
"""How much of a source's beginning tells what it is: a feed may open with a page of comments and style sheets."""

_SERVED = MappingProxyType(
    {said: form.media_type for form in FORMATS for said in (form.media_type, *form.also_served_as)}
)
"""What servers call what we read."""

_SAYS_NOTHING = frozenset(
    ("", "application/octet-stream", "application/xml", "application/zip", "binary/octet-stream", "text/xml")
)
"""What servers say that do not know, or say only half."""

_OPENINGS = tuple((re.compile(form.opening, re.DOTALL), form.media_type) for form in FORMATS if form.opening)
_MARK = b"\xef\xbb\xbf"
_ZIP = b"PK\x03\x04"
_MARGINALIA = MappingProxyType(
    {
        HTML: re.compile(rb"mso-(?:comment|prop-change)|<(?:ins|del)\b[^>]*\bcite\s*=\s*[\"']?mailto:", re.IGNORECASE),
        MARKDOWN: re.compile(rb"<!--|\{(?:\+\+|--|~~|>>|==)"),
        TEXT: re.compile(rb"^PK\x03\x04|\{(?:\+\+|--|~~|>>|==)"),
    }
)
"""What in a page or a text may not be meant for the public: what Word leaves of comments and tracked changes in a page
that it saves, comments and CriticMarkup in a manuscript, a document under the name of a text."""

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def media_type_for(name: str) -> str | None:
    """The media type that the name's suffix stands for, in any case; ``None`` when the suffix is not known."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in MEDIA_TYPES or not suffix:
        return MEDIA_TYPES.get(suffix)
    reader = reader_for(suffix)
    return reader.media_type if reader else None


def suffix_for(media_type: str) -> str:
    """The suffix that names of files of this media type end in; that of plain text when it is not known."""
    form = format_for(media_type) or reader_for(media_type)
    return form.suffixes[0] if form and form.suffixes else ".txt"


def is_public(source: Source) -> bool:
    """Whether the whole source was there to be seen: a page, a feed or a text, without comments or tracked changes.

    Never a word processor's document: what it holds besides its text is not worth a guess.
    """
    if source.media_type in (ATOM, RSS):
        return True
    marginalia = _MARGINALIA.get(source.media_type)
    return marginalia is not None and not marginalia.search(source.data.replace(b"\0", b""))  # UTF-16 has zeros.


def media_type_of(data: bytes) -> str | None:
    """The media type that the data shows by itself; ``None`` for text without any such sign."""
    if data.startswith(_ZIP):
        # The names of an archive's members stand uncompressed in it.
        return next((form.media_type for form in FORMATS if form.part and form.part in data), None)
    sample = data[:SAMPLE_BYTES].removeprefix(_MARK)
    return next((media_type for opening, media_type in _OPENINGS if opening.match(sample)), None)


def served_charset(content_type: str | None) -> str | None:
    """The charset that the header ``Content-Type`` names; ``None`` when it names none."""
    match = _CHARSET.search(content_type or "")
    return match[1] if match else None


def served_media_type(content_type: str | None, path: str, data: bytes) -> str | None:
    """The media type of what a server sent; ``None`` when it is nothing that could hold an article.

    The header ``Content-Type`` decides; where it says nothing, or no more than XML, the data, then the URL's path.
    Feeds are told apart from pages by the data alone: servers mistake one for the other more often than not.
    """
    said = (content_type or "").partition(";")[0].strip().lower()
    shown = media_type_of(data)
    if shown in (RSS, ATOM) and (said in _SERVED or said in _SAYS_NOTHING or said.endswith("xml")):
        return shown
    if said == TEXT and media_type_for(path) == MARKDOWN:
        return MARKDOWN
    if said in _SERVED:
        return _SERVED[said]
    if reader_for(said):
        return said
    if said in _SAYS_NOTHING:
        return shown or media_type_for(path)
    return None
