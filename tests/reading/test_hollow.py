"""Pages that give an article without its text, each with a problem of its own."""

import pytest

from publisher.model import Problem, Role, TracedLine
from publisher.reading.finishing.hollow import hollow

LINES = {
    "headline": ("headline", "headline.position", "Bridge over the valley opens after three weeks"),
    "text": ("paragraph", "body.paragraph", "The bridge over the valley opened on Tuesday."),
    "whole": ("paragraph", "body.paragraph", "The bridge over the valley opened on Tuesday. " * 30),
    "wall": ("furniture", "furniture.wall", "This content is reserved for subscribers"),
    "teaser": ("furniture", "furniture.before", "Otters are back on the river"),
    "button": ("furniture", "furniture.phrase", "Share this page with all of your friends"),
}


def page(*names: str) -> list[TracedLine]:
    traced: list[TracedLine] = []
    for number, name in enumerate(names, 1):
        role: Role
        role, rule, text = LINES[name]  # type: ignore[assignment]
        traced.append(TracedLine(number=number, text=text, role=role, rule=rule, confidence=0.8))
    return traced


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["headline", "text"], None, id="a text"),
        pytest.param(["headline", "whole", "wall"], None, id="a notice under a whole text"),
        pytest.param(
            ["headline", "text", "wall"],
            ("paywalled", "the text breaks off at a notice that asks for payment or an account"),
            id="a notice after the first paragraph",
        ),
        pytest.param(
            ["headline", *["teaser"] * 4],
            ("headlines-only", "the page lists 5 headlines and holds no text of its own"),
            id="headlines",
        ),
        pytest.param(
            ["headline", *["button"] * 4],
            ("no-text", "the page holds no running text: a script may fill it in, or it asks for consent first"),
            id="buttons",
        ),
    ],
)
def test_a_hollow_page_is_told(names: list[str], expected: tuple[str, str] | None) -> None:
    found = [] if expected is None else [Problem(code=expected[0], message=expected[1], where="page.txt")]

    assert list(hollow(page(*names), "page.txt")) == found
