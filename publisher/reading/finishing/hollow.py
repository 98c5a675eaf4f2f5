"""Hollow pages: those that give an article without its text, which nobody would notice until it is printed."""

from collections.abc import Sequence

from publisher.model import Problem, TracedLine

WALL = "furniture.wall"
"""The rule of a line that asks for payment or an account before the text goes on."""

_TEXT = frozenset(("paragraph", "list item", "quote", "pull quote", "table", "preformatted", "standfirst"))
_FEWEST_HEADLINES = 5
_HEADLINE_WORDS = 5
"""How many headlines a page lists at least, and the words of the shortest."""

_TEASED = 150
"""Words that a page shows of a text that it then wants paid; with more, the notice stands beside a whole text."""


def hollow(trace: Sequence[TracedLine], where: str) -> tuple[Problem, ...]:
    """The problem of a page that holds no text, or a text that breaks off; none of any other."""
    words = 0
    for line in trace:
        if line.role in _TEXT:
            words += len(line.text.split())
            if words >= _TEASED:  # As most pages have soon: the rest is not counted.
                return ()
    if any(line.rule == WALL for line in trace):
        message = "the text breaks off at a notice that asks for payment or an account"
        return (Problem(code="paywalled", message=message, where=where),)
    if words:
        return ()
    headlines = sum(map(_is_headline, trace))
    if headlines >= _FEWEST_HEADLINES:
        message = f"the page lists {headlines} headlines and holds no text of its own"
        return (Problem(code="headlines-only", message=message, where=where),)
    message = "the page holds no running text: a script may fill it in, or it asks for consent first"
    return (Problem(code="no-text", message=message, where=where),)


def _is_headline(line: TracedLine) -> bool:
    """Whether a line could be a headline: words enough, no full stop, and nothing that the page says of itself."""
    itself = line.rule in ("furniture.phrase", "furniture.notice", "furniture.imprint", WALL, "html.chrome")
    return not itself and len(line.text.split()) >= _HEADLINE_WORDS and not line.text.rstrip().endswith(".")
