"""Characters: what may enter the model, what comes in its place, and how foreign words are shown."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model import Article, Emphasis, IssuePlan, Note, Paragraph, Preformatted, Problem, Text, TracedLine
from publisher.model.characters import LONGEST_MARKS, admission, admit, admitted, normal, refusals, shown

NASTY = "".join(
    [
        *map(chr, range(0x20)),
        *map(chr, range(0x7F, 0xA1)),
        *map(chr, range(0x2028, 0x202F)),
        *map(chr, range(0x2066, 0x206A)),
        "\ud800\udfff\ufdd0\ufdef\ufeff\ufffd\ufffe\uffff\U0001fffe\U0001ffff\U0010ffff",
        "\u0301\u0344\u0323\u093e\u200d\u034f",
        "aắ\u05d0\u0627\u1100\u1161\U0001f600\U00020000\U000e0001",
    ]
)
nasty = st.text(st.sampled_from(NASTY) | st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("given_text", "expected", "count"),
    [
        pytest.param("Cầu mới", "Cầu mới", 0, id="letters"),
        pytest.param("Ca\u0302\u0300u", "Cầu", 0, id="another form is no refusal"),
        pytest.param("a\tb\nc", "a\tb\nc", 0, id="tab and line feed"),
        pytest.param("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne", 0, id="line ends"),
        pytest.param("a\x00b\x1b[31mc\x7f", "ab[31mc", 3, id="controls"),
        pytest.param("don\x92t \x9b2J\x81", "don’t ›2J", 3, id="windows-1252 taken for Latin-1"),
        pytest.param("a\ufffeb\uffffc\ufdd0\U0001fffe\U0010ffff", "abc", 5, id="noncharacters"),
        pytest.param("a\ud800b", "a\ufffdb", 1, id="half a surrogate"),
        pytest.param("\U0001f600\U00020000\U000e0067", "\U0001f600\U00020000\U000e0067", 0, id="far planes"),
        pytest.param("a\u202egnp.exe\u202c", "agnp.exe", 2, id="override"),
        pytest.param("שלום \u200fabc\u200e עולם", "שלום \u200fabc\u200e עולם", 0, id="right to left"),
        pytest.param("\u2067שלום\u2069!", "\u2067שלום\u2069!", 0, id="isolate, closed"),
        pytest.param("\u2067שלום\n\u2069!", "שלום\n!", 2, id="isolate, closed on another line"),
        pytest.param("\u2069a\u2066", "a", 2, id="isolate, closed before it opens"),
        pytest.param("a" + "\u0301" * 40, "á" + "\u0301" * 31, 8, id="marks upon marks"),
    ],
)
def test_a_text_is_admitted_without_what_harms(given_text: str, expected: str, count: int) -> None:
    assert admission(given_text) == (expected, count)


@given(nasty)
def test_what_is_admitted_is_admitted_again_unchanged(text: str) -> None:
    once = admitted(text)

    assert admission(once) == (once, 0)


@given(nasty)
def test_what_is_shown_steers_no_terminal(text: str) -> None:
    line = shown(text)

    steering = [*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)]
    assert not set(line) & set(map(chr, steering))
    assert shown(line) == line
    line.encode("utf-8")  # Half a surrogate could not be printed.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain “words”", "plain “words”", id="plain"),
        pytest.param("two\r\nlines\tand a tab", "two lines and a tab", id="one line"),
        pytest.param("\x1b]0;title\x07", "\\u001b]0;title\\u0007", id="escape sequence"),
        pytest.param("a\x9b2J\u202eb\udcff", "a\\u009b2J\\u202eb\\udcff", id="C1, override, undecodable byte"),
        pytest.param("a\u00a0b\u200fc", "a\u00a0b\u200fc", id="what only looks odd"),
    ],
)
def test_foreign_words_are_shown_on_one_line(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_whole_value_passes_the_gate() -> None:
    article = Article(
        headline="\x1b\ufffe",
        standfirst="two\nlines",
        language="vi",
        body=(
            Paragraph(inlines=(Emphasis(children=(Text(text="a\u202eb"),)),)),
            Preformatted(text="a\tb\n c\x00"),
        ),
    )

    assert admit(article) == (
        Article(
            headline="\ufffd",
            standfirst="two lines",
            language="vi",
            body=(Paragraph(inlines=(Emphasis(children=(Text(text="ab"),)),)), Preformatted(text="a\tb\n c")),
        ),
        4,
    )


def test_keys_and_values_of_a_plan_pass_the_gate() -> None:
    plan = IssuePlan(title="Tuần\x07 tin", notes={"a\ufffe|": Note(section="b\x00")})

    assert admit(plan) == (IssuePlan(title="Tuần tin", notes={"a|": Note(section="b")}), 3)


def test_a_clean_value_is_handed_through_as_it_is() -> None:
    line = TracedLine(number=1, text="a\tb", role="paragraph", rule="x", confidence=1)

    passed, count = admit((line,))

    assert (passed[0] is line, count) == (True, 0)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, ()),
        (1, ("page.txt: one character that no page can show was removed or replaced [replaced-characters]",)),
        (7, ("page.txt: 7 characters that no page can show were removed or replaced [replaced-characters]",)),
    ],
)
def test_a_refusal_is_a_problem(number: int, expected: tuple[str, ...]) -> None:
    assert tuple(map(str, refusals(number, "page.txt"))) == expected
    assert all(isinstance(problem, Problem) for problem in refusals(number, None))


def test_any_number_of_marks_costs_no_more_than_its_size() -> None:
    text = "a" + "\u0301\u0323" * 200_000
    began = time.process_time()

    assert len(normal(text)) <= LONGEST_MARKS + 1
    assert time.process_time() - began < 5  # Unguarded, sorting them takes minutes.


@given(nasty)
def test_a_value_passes_as_its_texts_do_one_by_one(text: str) -> None:
    passed, refused_ = admit(Paragraph(inlines=(Text(text=f"a{text}"),)))

    assert passed == Paragraph(inlines=(Text(text=re.sub("[\t\n]+", " ", admitted(f"a{text}"))),))
    assert refused_ == admission(f"a{text}")[1]
