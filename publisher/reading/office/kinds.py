"""What the names of paragraph styles mean for an article, in whatever program they were given."""

import re
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "byline",
    "caption",
    "contents",
    "dateline",
    "heading",
    "headline",
    "kicker",
    "preformatted",
    "pull quote",
    "quote",
    "standfirst",
    "text",
]
"""What a paragraph is by its style; ``contents`` is a table of contents, which no article needs."""

_KINDS: dict[str, Kind] = {
    # Word's and LibreOffice's own, whose names in the file are English in every language; and those of newsrooms.
    "title": "headline",
    "headline": "headline",
    "tiêu đề": "headline",
    "tít": "headline",
    "subtitle": "standfirst",
    "standfirst": "standfirst",
    "sapo": "standfirst",
    "sapô": "standfirst",
    "abstract": "standfirst",
    "kicker": "kicker",
    "byline": "byline",
    "author": "byline",
    "tác giả": "byline",
    "date": "dateline",
    "dateline": "dateline",
    "quote": "quote",
    "quotations": "quote",
    "block text": "quote",
    "intense quote": "pull quote",
    "pull quote": "pull quote",
    "caption": "caption",
    "illustration": "caption",
    "figure": "caption",
    "table": "caption",
    "chú thích ảnh": "caption",
    "html preformatted": "preformatted",
    "preformatted text": "preformatted",
    "macro text": "preformatted",
    "code": "preformatted",
    "source code": "preformatted",
    "toc heading": "contents",
    "table of figures": "contents",
    "contents heading": "contents",
}
_HEADING = re.compile(r"^heading (\d)$")
_CONTENTS = re.compile(r"^(?:toc|contents|index) \d+$")


def kind_for(name: str) -> tuple[Kind, int] | None:
    """What paragraphs of a style are, and of a heading its level, from 1; ``None`` when its name says nothing.

    ``name`` is in small letters.
    """
    heading = _HEADING.match(name)
    if heading:
        return "heading", int(heading[1])
    if _CONTENTS.match(name):
        return "contents", 0
    return (_KINDS[name], 0) if name in _KINDS else None
