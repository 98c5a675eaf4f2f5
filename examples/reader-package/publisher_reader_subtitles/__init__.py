"""The subtitles of a broadcast (SubRip, ``.srt``) become an article: what was said, a paragraph for each speaker."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from publisher import Article, InputError, Source
from publisher.model import Paragraph, Text

_CUE = re.compile(r"\d+\s*\n\d\d:\d\d:\d\d[,.]\d+ --> [^\n]*\n(.+?)(?=\n\s*\n|\s*\Z)", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>|\{\\[^}]*\}")
_SPEAKER = "-–"


def read(source: Source) -> Iterator[Article]:
    """One article, headed by the file's name. InputError when nothing is said in it."""
    text = source.data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    paragraphs: list[str] = []
    for words in _CUE.findall(text):
        for line in _MARKUP.sub("", words).splitlines():
            # A dash opens the words of somebody else; all other lines go on with the sentence before.
            if not paragraphs or line.startswith(tuple(_SPEAKER)):
                paragraphs.append(line.lstrip(_SPEAKER + " "))
            else:
                paragraphs[-1] += f" {line.strip()}"
    if not paragraphs:
        raise InputError(f"{source.name} holds no subtitles. Save them as SubRip (.srt)")
    yield Article(
        headline=PurePath(source.name).stem.replace("-", " ").capitalize(),
        language="und",
        body=tuple(Paragraph(inlines=(Text(text=words),)) for words in paragraphs),
    )
