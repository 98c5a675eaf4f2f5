"""Text as XHTML and as CSS."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model import Emphasis, LineBreak, Link, Strong, Text
from publisher.theming.binding import NO_BREAK_SPACE
from publisher.theming.markup import Typesetter, css_string, shorten

PRINT = Typesetter(for_print=True)
EBOOK = Typesetter(for_print=False)
XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        pytest.param("Cầu & phà", "Cầu &amp; phà", id="plain"),
        pytest.param("2025 - 2030", '<span class="nobr">2025 - 2030</span>', id="span of years"),
        pytest.param("nhiệm kỳ 2025 - 2030.", 'nhiệm kỳ <span class="nobr">2025 - 2030.</span>', id="after words"),
        pytest.param("kinh tế - xã hội", 'kinh tế <span class="nobr">- xã</span> hội', id="dash between words"),
        pytest.param("ruộng lúa\xa0- tôm", 'ruộng <span class="nobr">lúa\xa0- tôm</span>', id="dash bound to its word"),
        pytest.param("AI-first", '<span class="nobr">AI-first</span>', id="compound"),
        pytest.param("<b>-x", "&lt;b&gt;-x", id="markup, no compound"),
        pytest.param("a <b-c>", 'a <span class="nobr">&lt;b-c&gt;</span>', id="markup in a compound"),
        pytest.param(f"x-{'y' * 40}", f"x-{'y' * 40}", id="too long to be kept"),
        pytest.param("", "", id="empty"),
    ],
)
def test_in_print_a_hyphen_keeps_off_the_lines_end(text, markup):
    assert PRINT.text(text) == markup


def test_in_an_e_book_what_belongs_together_is_bound_as_its_language_has_it():
    inlines = (Text(text="5 tỷ & "), Text(text="Mr. Lee", language="en"))

    markup = EBOOK.inlines(inlines, "vi")

    assert markup == '5\xa0tỷ &amp; <span lang="en" xml:lang="en">Mr.\xa0Lee</span>'


@given(XML_TEXT)
def test_no_letter_is_lost_or_added(text):
    for typesetter in (PRINT, EBOOK):
        root = ET.fromstring(f"<p>{typesetter.text(text)}</p>")  # noqa: S314

        assert "".join(root.itertext()).replace(NO_BREAK_SPACE, " ") == text.replace(NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(
    ("language", "text", "markup"),
    [
        pytest.param("en", "met Rowlandson twice", 'met <span class="whole">Rowlandson</span> twice', id="a name"),
        pytest.param("en", "It ended. However, he", "It ended. However, he", id="the first word of a sentence"),
        pytest.param("en", 'said: "Yesterday we', "said: &#34;Yesterday we", id="the first word of a quotation"),
        pytest.param("en", "K.~Rowlandson", 'K.~<span class="whole">Rowlandson</span>', id="after an initial"),
        pytest.param("en-GB", "UNESCOWORD.", '<span class="whole">UNESCOWORD</span>.', id="capitals"),
        pytest.param(
            "de",
            "die Gesellschaft der NATOSTAATEN",
            'die Gesellschaft der <span class="whole">NATOSTAATEN</span>',
            id="German nouns",
        ),
        pytest.param(
            "fr", "à Montparnasse-Nord <b>", 'à <span class="nobr">Montparnasse-Nord</span> &lt;b&gt;', id="a compound"
        ),
        pytest.param("vi", "Nguyễnnnnnn", "Nguyễnnnnnn", id="a language without hyphenation"),
        pytest.param("en", "Nguyễn Bình", "Nguyễn Bình", id="too short to be hyphenated"),
        pytest.param("en", "met R" + "o" * 40, "met R" + "o" * 40, id="too long for a line of its own"),
    ],
)
def test_names_and_capitals_are_not_hyphenated(language, text, markup):
    assert PRINT.text(text.replace("~", NO_BREAK_SPACE), language) == markup.replace("~", NO_BREAK_SPACE)


def test_what_no_break_spaces_hold_together_is_part_of_what_must_not_break():
    """The engine breaks at the wrong place when a no-break space stands before a span that may not break."""
    assert PRINT.text("hôm ngày\xa05-3-2026, số\xa012/QĐ-TTg") == (
        'hôm <span class="nobr">ngày\xa05-3-2026,</span> <span class="nobr">số\xa012/QĐ-TTg</span>'
    )


def test_inlines_become_elements():
    inlines = (
        Text(text="a < "),
        Strong(children=(Emphasis(children=(Text(text="b"),)),)),
        LineBreak(),
        Link(url="https://a.example/?x=1&y=%22", children=(Text(text="c"),)),
    )

    assert EBOOK.inlines(inlines) == (
        'a &lt; <strong><em>b</em></strong><br/><a href="https://a.example/?x=1&amp;y=%22">c</a>'
    )


@pytest.mark.parametrize(
    ("text", "string"),
    [
        pytest.param("Bản tin, số 4", '"Bản tin, số 4"', id="plain"),
        pytest.param('a"b', '"a\\22 b"', id="quote"),
        pytest.param("a\\b", '"a\\5c b"', id="backslash"),
        pytest.param("a\nb", '"a\\a b"', id="line's end"),
        pytest.param("</style>", '"\\3c /style\\3e "', id="end of a style sheet"),
        pytest.param("😀", '"\\1f600 "', id="emoji"),
    ],
)
def test_a_css_string_holds_any_text(text, string):
    assert css_string(text) == string


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_a_css_string_is_read_back_as_the_text(text):
    string = css_string(text)
    assert string[0] == string[-1] == '"'
    inside = string[1:-1]

    assert not re.search(r'["<>&{};\n\r\f]', inside)
    assert re.sub(r"\\([0-9a-f]{1,6}) ", lambda match: chr(int(match[1], 16)), inside) == text


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        pytest.param("Cầu mới thông xe", 16, "Cầu mới thông xe", id="fits"),
        pytest.param("Cầu mới thông xe", 15, "Cầu mới thông…", id="at a word"),
        pytest.param("Cầu mới, thông xe", 10, "Cầu mới…", id="no comma before the ellipsis"),
        pytest.param("Caumoithongxe", 6, "Caumo…", id="one long word"),
    ],
)
def test_a_running_head_is_cut_at_a_word(text, width, short):
    assert shorten(text, width) == short


@given(st.text(), st.integers(min_value=2, max_value=200))
def test_a_running_head_never_exceeds_its_width(text, width):
    assert len(shorten(text, width)) <= width


def test_a_run_that_no_word_is_may_break_anywhere_in_print():
    """The engine looks through all that is left of it for each of its lines, which goes by the square."""
    run = "x&" * 1_000

    root = ET.fromstring(f"<p>{PRINT.text(f'Cầu {run} phà')}</p>")  # noqa: S314
    pieces = list(root.itertext())

    assert "".join(pieces) == f"Cầu {run} phà"
    assert [each.tag for each in root] == ["wbr"] * 33
    assert max(map(len, pieces)) == len("Cầu ") + 60
    assert "<wbr/>" not in PRINT.text("x" * 999)
    assert "<wbr/>" not in PRINT.text("桥" * 2_000)
    assert "<wbr/>" not in EBOOK.text(run)


def test_any_number_of_such_runs_is_set():
    runs = " ".join(["x" * 1_000] * 2_000)

    assert str(PRINT.text(runs)).replace("<wbr/>", "") == runs
