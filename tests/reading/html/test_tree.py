"""Markup becomes a safe tree, whatever it is."""

import time

import pytest

pytest.importorskip("lxml", reason="the html extra is not installed")

from lxml import etree

from publisher.model import Problem
from publisher.reading.html.tree import LIMIT, MOST_DEPTH, MOST_ELEMENTS, PageTree, parse


def text_of(tree: PageTree) -> str:
    return "".join(tree.root.itertext())


def depth_of(tree: PageTree) -> int:
    return max(len(list(element.iterancestors())) for element in tree.root.iter())


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<p>kept</p><script>gone()</script>", id="script"),
        pytest.param("<p>kept</p><style>gone{}</style>", id="style"),
        pytest.param("<p>kept</p><iframe><p>gone</p></iframe>", id="iframe"),
        pytest.param("<p>kept</p><object><p>gone<p>gone</object>", id="object"),
        pytest.param("<p>kept</p><svg><text>gone</text></svg>", id="svg"),
        pytest.param("<p>kept</p><template><p>gone</p></template>", id="template"),
        pytest.param("<p>kept<textarea>gone</textarea></p>", id="textarea"),
        pytest.param("<p>kept</p><select><option>gone</select>", id="select"),
        pytest.param("<p>kept</p><!-- gone -->", id="comment"),
        pytest.param("<?php gone ?><p>kept</p>", id="processing instruction"),
    ],
)
def test_what_can_run_or_load_is_dropped_with_its_content(markup: str) -> None:
    tree = parse(markup, "page.html")

    assert text_of(tree).strip() == "kept"


def test_event_handlers_are_no_attributes() -> None:
    tree = parse('<p onclick="steal()" class="a" style="x" formaction="javascript:1">text</p>', "page.html")

    assert dict(next(tree.root.iter("p")).attrib) == {"class": "a", "style": "x"}


def test_entities_of_the_document_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    markup = f'<!DOCTYPE html [<!ENTITY e0 "boom">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]><p>&e11;&f;&amp;</p>'

    tree = parse(markup, "page.html")

    assert "boom" not in text_of(tree)
    assert "root:" not in text_of(tree)
    assert text_of(tree).rstrip().endswith("&")


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div>" * 100_000 + "<p>deep" + "</div>" * 100_000, id="divs"),
        pytest.param("<b>" * 100_000 + "deep", id="unclosed"),
        pytest.param("<ul><li>" * 50_000 + "deep", id="lists"),
        pytest.param("<table><tr><td>" * 30_000 + "deep", id="tables"),
        pytest.param("<div>" * 60_000 + "deep" + "</x>" * 60_000, id="ends that close nothing"),
        pytest.param("<div>" * 1_900 + "deep" + "</p>" * 300_000, id="paragraphs that were not open"),
    ],
)
def test_deep_nesting_is_flattened_with_its_text_kept(markup: str) -> None:
    start = time.process_time()

    tree = parse(markup, "page.html")

    assert "deep" in text_of(tree)
    assert depth_of(tree) <= MOST_DEPTH + 1
    assert time.process_time() - start < 20


def test_more_characters_than_the_limit_are_cut_with_a_problem(monkeypatch) -> None:
    assert LIMIT == 8_000_000
    monkeypatch.setattr("publisher.reading.html.tree.LIMIT", 400_000)

    tree = parse("<p>word</p>" * (400_000 // 11 + 10), "long.html")

    assert [str(problem) for problem in tree.problems] == [
        "long.html: only the first 400000 characters of the page were read [cut-short]",
        "long.html: the page has more than 20000 elements; what follows them was left out [cut-short]",
    ]
    assert sum(1 for _ in tree.root.iter()) <= MOST_ELEMENTS + 1


def test_a_source_does_not_hold_the_picture_after_it() -> None:
    tree = parse('<picture><source srcset="a.webp"><img src="a.jpg" alt="x"></picture>', "page.html")

    assert next(tree.root.iter("img")).getparent().tag == "picture"


def test_linked_data_is_kept_as_text_and_other_scripts_are_not() -> None:
    tree = parse('<script type="application/ld+json">{"a":1}</script><script>b()</script><p>x</p>', "page.html")

    assert tree.linked_data == ['{"a":1}']


def test_the_address_that_a_browser_saved_is_found() -> None:
    tree = parse("<!-- saved from url=(0028)https://news.example/a/b?c=1 --><p>x</p>", "page.html")

    assert tree.saved_from == "https://news.example/a/b?c=1"


@pytest.mark.parametrize("markup", ["", " ", "<", "<>", "</p>", "<!DOCTYPE", "&#0;&#1;&#xD800;&#x110000;", "\ufffe"])
def test_odd_beginnings_give_a_tree(markup: str) -> None:
    tree = parse(markup, "page.html")

    assert etree.tostring(tree.root).startswith(b"<html")


def test_cells_that_reach_over_others_stay_as_they_are() -> None:
    tree = parse("<table><tr><td colspan=2 rowspan=3>a<td colspan=wide>b</table>", "page.html")

    assert [dict(cell.attrib) for cell in tree.root.iter("td")] == [
        {"colspan": "2", "rowspan": "3"},
        {"colspan": "wide"},
    ]
    assert tree.problems == []


def test_cells_that_reach_over_thousands_reach_over_none() -> None:
    tree = parse("<table>" + "<tr><td colspan=100 rowspan=100>a" * 3 + "</table>", "page.html")

    assert [dict(cell.attrib) for cell in tree.root.iter("td")] == [{"colspan": "100", "rowspan": "100"}] * 2 + [{}]
    assert tree.problems == [
        Problem(
            code="cut-short",
            message="tables have cells that reach over more than 20000 others; what reaches further does not",
            where="page.html",
        )
    ]
