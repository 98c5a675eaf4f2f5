"""Marks of notation that converters leave in text are taken off, and headings told."""

import pytest

from publisher.model import Source
from publisher.reading import read
from publisher.reading.text.notation import Plain, plain_lines


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("# Ferry stops", Plain("Ferry stops", 1), id="headline"),
        pytest.param("### Related ###", Plain("Related", 3), id="closed heading"),
        pytest.param(
            "The [harbour](https://a.example/b) is **closed**", Plain("The harbour is closed"), id="link, strong"
        ),
        pytest.param("![A ferry](ferry.jpg)", Plain("A ferry"), id="picture"),
        pytest.param("It was _not_ the first time", Plain("It was not the first time"), id="emphasis"),
        pytest.param("snake_case_name and 2 * 3 * 4", Plain("snake_case_name and 2 * 3 * 4"), id="no emphasis"),
        pytest.param(r"1\. place, 3\-1", Plain("1. place, 3-1"), id="escapes"),
        pytest.param("#ferry #river", Plain("#ferry #river"), id="hashtags"),
        pytest.param("  * Home", Plain("  * Home"), id="list"),
        pytest.param("> “Nobody was hurt”, he said.", Plain("“Nobody was hurt”, he said."), id="quotation"),
        pytest.param(">> Ferry stops", Plain(">> Ferry stops"), id="a mark of related news"),
    ],
)
def test_a_line_of_a_page_with_headings_loses_its_marks(text: str, plain: Plain) -> None:
    assert plain_lines(["# Title", text])[1] == plain


def test_a_page_without_headings_keeps_all_its_signs() -> None:
    texts = ["*Ferry* stops", "[1] The **harbour**", "#river"]

    assert plain_lines(texts) == [Plain(text) for text in texts]


@pytest.mark.parametrize(
    ("texts", "plain"),
    [
        pytest.param(
            ["[1]Home", "* [2]“Ferry” stops", "[9]12 pigs"], ["Home", "* “Ferry” stops", "12 pigs"], id="links"
        ),
        pytest.param(["[1]Home", "[2]Ferry"], ["[1]Home", "[2]Ferry"], id="two are too few"),
        pytest.param(["[1]Home", "[3]Ferry", "[2]Pigs"], ["[1]Home", "[3]Ferry", "[2]Pigs"], id="not rising"),
        pytest.param(
            ["Stops[1].", "Rises[2], and", "falls[3]"], ["Stops[1].", "Rises[2], and", "falls[3]"], id="notes"
        ),
    ],
)
def test_the_numbers_of_links_are_taken_off_where_they_rise(texts: list[str], plain: list[str]) -> None:
    assert plain_lines(texts) == [Plain(text) for text in plain]


def test_the_marked_headline_wins_over_what_stands_nearer_to_the_text() -> None:
    page = (
        "## News\n\n# Ferry stops as the river rises over its banks\n\nShare this page with all your friends\n\n"
        "The ferry that links the two banks stopped at noon on Friday, after the water had risen by a metre.\n\n"
        "Nobody was hurt, the harbour master said. The school on the island stayed closed until the evening.\n"
    )

    article = read(Source(name="page.txt", data=page.encode())).articles[0]

    assert article.headline == "Ferry stops as the river rises over its banks"
