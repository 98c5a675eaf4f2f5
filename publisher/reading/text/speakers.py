"""Quotations that are set apart, and who speaks in them: a name on the next line, and perhaps a role."""

import re
from collections.abc import Sequence

from publisher.reading.text.body import Body
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.names import name_like

QUOTATION = re.compile(r"(?:\"[^\"]+\"|“[^”]+”|„[^“]+“|«[^»]+»|»[^«]+«)")
"""A line that is a quotation from its first sign to its last."""

_LEAST_WORDS, _ROLE_WORDS, _TEXT_ABOVE = 5, 6, 2
"""Words of the shortest quotation, of who the speaker is at most, and the paragraphs above one at least."""


def speaker(body: Body, index: int) -> int:
    """Who speaks in the quotation above: that is set apart from the text, and who it is signs nothing."""
    quotation = body.items[-1] if body.items else None
    # Under the first paragraph, which may be the standfirst, names sign.
    if body.paragraphs < _TEXT_ABOVE or quotation is None or not names_speaker(body.lines, index):
        return 0
    if quotation.kind != "quote" and quotation.lines[-1] is not body.lines[index - 1]:
        return 0
    line, said = body.lines[index], quotation.lines[0]
    quotation.kind = "quote"
    quotation.speaker = line.text if quotation.speaker is None else f"{quotation.speaker}, {line.text}"
    body.draft.mark(said, "pull quote", "quote.speaker", 0.7)
    body.draft.mark(line, "pull quote", "quote.speaker", 0.7)
    return 1


def names_speaker(lines: Sequence[Line], index: int) -> bool:
    """Whether a line right under a quotation names who speaks, or who that is under the name."""
    line, above = lines[index], lines[index - 1] if index else None
    if line.words > _ROLE_WORDS or above is None or _is_apart(line):
        return False
    if _is_quotation(above):
        return name_like(line.text)
    quotation = lines[index - 2] if index > 1 else None
    return quotation is not None and _is_quotation(quotation) and name_like(above.text) and not _is_apart(above)


def _is_quotation(line: Line) -> bool:
    return line.words >= _LEAST_WORDS and QUOTATION.fullmatch(line.text) is not None


def _is_apart(line: Line) -> bool:
    """Whether a line stands by itself, or is something else by its own looks."""
    return line.after_blank or line.prose or line.bullet or line.furniture or line.label or line.end or line.date
