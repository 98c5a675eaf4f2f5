"""The trace: each line of an input once, with one role, whoever wrote it."""

import ast
from pathlib import Path

import publisher.reading
from publisher.model import TracedLine
from publisher.reading.trace import Mark, Trace

ROOT = Path(publisher.reading.__file__).parent
LOST = Mark("furniture", "furniture.after", 0.3)


def test_of_all_that_is_said_of_a_line_the_last_word_counts() -> None:
    trace = Trace(["Cầu mới", "", "Sáng nay cầu thông xe.", "Xem thêm"])
    trace.mark(1, "paragraph", "body.short", 0.6)
    trace.mark(1, "headline", "headline.position", 2 / 3)
    trace.mark(3, "paragraph", "body.paragraph")

    assert trace.lines(LOST) == (
        TracedLine(number=1, text="Cầu mới", role="headline", rule="headline.position", confidence=0.67),
        TracedLine(number=2, text="", role="blank", rule="blank", confidence=1.0),
        TracedLine(number=3, text="Sáng nay cầu thông xe.", role="paragraph", rule="body.paragraph", confidence=1.0),
        TracedLine(number=4, text="Xem thêm", role="furniture", rule="furniture.after", confidence=0.3),
    )
    assert [trace.role(number) for number in (1, 2, 3, 4)] == ["headline", None, "paragraph", None]


def test_an_empty_line_of_which_something_was_said_is_what_was_said() -> None:
    trace = Trace(["---", "", "---"])
    trace.mark(2, "front matter", "markdown.front-matter")

    assert [line.role for line in trace.lines(LOST)] == ["furniture", "front matter", "furniture"]


def test_a_part_of_a_line_is_what_the_whole_is() -> None:
    trace = Trace(["Sáng nay cầu", "thông xe.", "Xem thêm"])
    trace.join(2, 1)
    trace.mark(1, "paragraph", "body.paragraph", 0.95)

    assert [(line.number, line.role, line.confidence) for line in trace.lines(LOST)] == [
        (1, "paragraph", 0.95),
        (2, "paragraph", 0.95),
        (3, "furniture", 0.3),
    ]


def test_an_input_without_lines_of_its_own_adds_them() -> None:
    trace = Trace()
    trace.add("Cầu mới", "headline", "feed.title")
    trace.add("Cầu thông xe.", "standfirst", "feed.summary", 0.9)

    assert trace.lines(LOST) == (
        TracedLine(number=1, text="Cầu mới", role="headline", rule="feed.title", confidence=1.0),
        TracedLine(number=2, text="Cầu thông xe.", role="standfirst", rule="feed.summary", confidence=0.9),
    )


def test_no_reader_keeps_a_trace_or_finishes_a_reading_in_its_own_way() -> None:
    makers = {
        (ast.unparse(node.func), path.relative_to(ROOT).as_posix())
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("TracedLine", "Reading")
    }

    assert makers == {
        ("TracedLine", "trace/__init__.py"),
        ("Reading", "finishing/__init__.py"),
        ("Reading", "dispatch.py"),
        # Words and roles that were corrected, in a reading that is finished.
        ("Reading", "corrections/rewording.py"),
        ("Reading", "corrections/reassigning.py"),
    }
