"""What the tests of documents of word processors share."""

import re

from hypothesis import strategies as st

from publisher.model import Paragraph, Text
from publisher.model.blocks import Inline

WORDS = "Sáng nay cây cầu mới được thông xe, và người dân của hai bờ đã đến xem lễ."
"""Of the paragraph under the title."""


def t(text: str) -> Text:
    return Text(text=text)


def para(*inlines: str | Inline) -> Paragraph:
    return Paragraph(inlines=tuple(t(inline) if isinstance(inline, str) else inline for inline in inlines))


def spoilt(markup: str, at: int, data: st.DataObject) -> str:
    """A part's XML with one of its pieces cut out, doubled, moved or emptied: well-formed nonsense, as a rule."""
    pieces = re.findall(r"<[^>]*>|[^<]+", markup)
    start = at % len(pieces)
    change = data.draw(st.sampled_from(("drop", "double", "swap", "empty")))
    match change:
        case "drop":
            del pieces[start]
        case "double":
            pieces.insert(start, pieces[start])
        case "swap":
            other = data.draw(st.integers(0, len(pieces) - 1))
            pieces[start], pieces[other] = pieces[other], pieces[start]
        case "empty":
            pieces[start] = re.sub(r'="[^"]*"', '=""', pieces[start])
    return "".join(pieces)
