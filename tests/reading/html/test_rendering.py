"""A page's lines."""

import pytest

pytest.importorskip("lxml", reason="the html extra is not installed")

from publisher.reading.html.lines import PageLine
from publisher.reading.html.rendering import render
from publisher.reading.html.tree import parse


def lines_of(markup: str) -> list[PageLine]:
    return [line for line in render(parse(markup, "page.html").root) if line.text]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>One  two\n three</p>", ["One two three"], id="white space"),
        pytest.param("<p>One</p><div>Two<p>Three</p>Four</div>", ["One", "Two", "Three", "Four"], id="blocks"),
        pytest.param("<p>A <b>b</b><i>c</i> d</p>", ["A bc d"], id="inlines"),
        pytest.param("<p>A <person>b</person> <place>c</place></p>", ["A b c"], id="elements that nobody knows"),
        pytest.param("<p>A</p><outer>B <div>C</div></outer>", ["A", "B", "C"], id="one with a block in it"),
        pytest.param("<p>One<br>Two<br/><br>Three</p>", ["One", "Two", "Three"], id="breaks"),
        pytest.param("<p>A&nbsp;b&#8203;c\u00ad</p>", ["A bc"], id="invisible"),
        pytest.param("<p>Ba\u0300i ba\u0301o</p>", ["Bài báo"], id="NFC"),
        pytest.param("<p>He said <q>no</q>.</p>", ["He said “no”."], id="quotation"),
        pytest.param('<p>Text <img src="a.jpg" alt="A boat"> more</p>', ["Text", "A boat", "more"], id="picture"),
        pytest.param('<p>So <img class="emoji" src="s.png" alt="☺"> glad</p>', ["So ☺ glad"], id="emoji"),
        pytest.param("<pre>a  b\n  c</pre>", ["a  b", "  c"], id="preformatted"),
        pytest.param(
            "<table><tr><th>Day</th><th>High</th></tr><tr><td>Mon</td><td>21</td></tr></table>",
            ["Day | High", "Mon | 21"],
            id="data table",
        ),
        pytest.param(
            "<table><tr><td><p>Menu</p></td><td><table><tr><td>Text</td></tr></table></td></tr></table>",
            ["Menu", "Text"],
            id="layout table",
        ),
        pytest.param("<div><a href=/a>First</a> | <a href=/b>Second</a></div>", ["First", "Second"], id="links"),
        pytest.param("<p><a href=/a>First</a> <a href=/b>Second</a></p>", ["First Second"], id="links of a paragraph"),
        pytest.param("<div><a href=/a>Head</a><time>2 May</time></div>", ["Head", "2 May"], id="link and time"),
        pytest.param(
            '<p><span class="place">Lệ Sơn</span>Đoàn tàu đến.</p>', ["Lệ Sơn Đoàn tàu đến."], id="glued span"
        ),
        pytest.param(
            '<time><span class="d">3 May 2026</span><span class="h">9:12 UTC</span><span class="u">New</span></time>',
            ["3 May 2026 9:12 UTC New"],
            id="glued digits and capitals",
        ),
        pytest.param(
            '<p><span class="c">Barcos amarrados.</span><span class="m">XOÁN RIAL</span></p>',
            ["Barcos amarrados. XOÁN RIAL"],
            id="glued capitals",
        ),
        pytest.param("<p>VnExpress và <b>i</b>Phone</p>", ["VnExpress và iPhone"], id="not glued"),
        pytest.param("<my-card><p>In a box</p></my-card>", ["In a box"], id="custom element with blocks"),
        pytest.param("<p>A <x-y>b</x-y> c</p>", ["A b c"], id="custom element in a line"),
        pytest.param("<noscript>gone</noscript><p>kept</p>", ["kept"], id="noscript"),
    ],
)
def test_a_page_is_rendered_line_by_line(markup: str, expected: list[str]) -> None:
    lines = lines_of(markup)

    assert [line.text for line in lines] == expected
    assert [line.number for line in lines] == list(range(1, len(expected) + 1))


def test_a_single_break_continues_the_paragraph_and_two_end_it() -> None:
    lines = lines_of("<p>One<br>Two<br><br>Three</p>")

    assert [line.continued for line in lines] == [False, True, False]


@pytest.mark.parametrize(
    ("markup", "linked", "href"),
    [
        ('<li><a href="/a">All of it</a></li>', 1.0, "/a"),
        ('<li><a href="/a">Half </a>half</li>', 0.5, None),
        ('<li>» <a href="/a">After a sign</a></li>', 0.92, "/a"),
        ("<li>None</li>", 0.0, None),
    ],
)
def test_a_line_knows_how_much_of_it_is_a_link(markup: str, linked: float, href: str | None) -> None:
    (line,) = lines_of(markup)

    assert (round(line.linked, 2), line.href) == (linked, href)


@pytest.mark.parametrize("attribute", ["hidden", 'style="display: none"', 'style="color:red;visibility:hidden"'])
def test_what_the_page_hides_is_marked(attribute: str) -> None:
    lines = lines_of(f"<div {attribute}><p>Unseen</p></div><p>Seen</p>")

    assert [(line.text, line.hidden) for line in lines] == [("Unseen", True), ("Seen", False)]


def test_words_of_scripts_without_spaces_are_counted_by_characters() -> None:
    (line,) = lines_of("<p>香港行政长官在各方压力下就其大宅问题道歉。</p>")

    assert line.words == 11


def test_words_of_two_elements_that_would_run_into_one_another_are_two_lines() -> None:
    lines = lines_of("<div><span>Nell Ashby</span><span>2 days ago</span></div>")

    assert [line.text for line in lines] == ["Nell Ashby", "2 days ago"]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    lines = lines_of("<div><span>T</span><span>he ferry sails at noon</span></div>")

    assert [line.text for line in lines] == ["The ferry sails at noon"]


TOLD = (
    "<span>The engine came from </span>",
    '<a href="/works">the old works</a>',
    "<span>, where it lay for eleven years. </span>",
    '<a href="/clerk">Nobody had asked for it.</a>',
)


def test_parts_of_a_paragraph_that_is_no_p_stay_together() -> None:
    lines = lines_of(f"<div>{''.join(TOLD)}</div>")

    assert [line.text for line in lines] == [
        "The engine came from the old works, where it lay for eleven years. Nobody had asked for it."
    ]


def test_a_headline_and_its_summary_with_no_space_in_them_where_they_meet_are_two_lines() -> None:
    summary = "It came from the old works, where it lay for eleven years, and nobody had asked for it."
    lines = lines_of(f'<div><a href="/works">The engine</a>\n<span>{summary}</span></div>')

    assert [line.text for line in lines] == ["The engine", summary]
