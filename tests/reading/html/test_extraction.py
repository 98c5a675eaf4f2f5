"""The main content by trafilatura: what it is given of a page, and when it is asked once more."""

import pytest

from publisher.reading.html.extraction import find_extracted
from publisher.reading.html.rendering import render
from publisher.reading.html.tree import parse

BEFORE = (
    "The council met on Tuesday evening and spoke for three hours about the old harbour bridge.",
    "Its engineer told the meeting that the piles would not last another winter of ice.",
    "A new bridge would cost nine million, of which the county pays a third, he said.",
    "Fishermen asked where their boats could lie while the work goes on in the spring.",
    "Its cost is one matter, and the time that a closed harbour takes from them another, they said.",
    "The state lends the money for forty years, at a rate that the treasurer called a gift to the town.",
    "Builders from two counties have already asked for the plans, which lie open in the town hall.",
)
AFTER = (
    "Nobody spoke against the plan, but several members wanted a second opinion first.",
    "The mayor promised them the northern quay until the last crane has left the town.",
    "A vote is planned for the first week of March, after the budget has been passed.",
    "Until then the old bridge stays open to all who walk, and closed to lorries.",
)
MENU = "".join(f'<li><a href="/s/{number}">Section number {number} of the paper</a></li>' for number in range(60))
LIST = "".join(f'<li><a href="/n/{number}">Headline number {number} about the town</a></li>' for number in range(8))


def extracted(markup: str) -> list[str]:
    tree = parse(markup, "page.html")
    lines = render(tree.root)
    found = find_extracted(tree, lines)
    return [line.text for line in lines if line.number in found and line.number]


def paragraphs(sentences: tuple[str, ...]) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


@pytest.mark.parametrize("holder", ["ul", "div"])
def test_a_list_of_links_inside_the_text_is_no_text(holder: str) -> None:
    markup = f"<article>{paragraphs(BEFORE)}<{holder}>{LIST}</{holder}>{paragraphs(AFTER)}</article>"

    assert extracted(markup) == [*BEFORE, *AFTER]


def test_a_list_of_links_with_a_line_that_tells_something_is_given_as_it_is() -> None:
    told = "<li>Only this entry tells in nine words what happened here.</li>"
    markup = f"<article>{paragraphs(BEFORE)}<ul>{LIST}{told}</ul>{paragraphs(AFTER)}</article>"

    assert "Only this entry tells in nine words what happened here." in extracted(markup)


def test_where_paragraphs_are_left_out_the_whole_page_is_asked_once_more() -> None:
    menu = f"<div><ul>{MENU}</ul></div><h1>Council wants a new harbour bridge</h1>"
    markup = f"{menu}<section><div>{paragraphs(BEFORE)}</div></section><article>{paragraphs(AFTER)}</article>"

    assert extracted(markup) == [*BEFORE, *AFTER]


def test_a_paragraph_of_more_elements_than_any_page_has_is_text_as_others_are() -> None:
    words = "".join(f"the <b>bridge</b> of <span>pile</span> {number}, " for number in range(600))
    markup = f"<article>{paragraphs(BEFORE)}<p>They counted {words}and went.</p>{paragraphs(AFTER)}</article>"

    found = extracted(markup)

    assert [found[: len(BEFORE)], found[len(BEFORE) + 1 :]] == [list(BEFORE), list(AFTER)]
    assert found[len(BEFORE)].startswith("They counted the bridge of pile 0, the bridge of pile 1,")
