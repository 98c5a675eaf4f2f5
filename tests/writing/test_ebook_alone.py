"""Our e-books opened by a browser alone, as the simplest reading programs do: lines, their ends and their sides."""

import statistics
import zipfile

import pytest

from publisher.model import IssuePlan
from publisher.pipeline import Edition, Request, outputs_for, publish
from tests.validators import windows

pytestmark = pytest.mark.conformance

LEFTWARDS = """\
---
headline: افتتاح الجسر الجديد
kicker: مدن
standfirst: كان العبور بالعبّارة.
bylines: [ليلى الحداد]
published: 2026-03-19
url: https://example.org/jisr
language: ar
---

- طريق أقصر

بطول 1.240 مترًا.

1. مسار للدراجات

| المدينة | السبب |
| --- | --- |
| الضفة | الجسر |
"""

LINES = """element => {
  const range = document.createRange(), lines = []
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
    range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + 1)
    const [rect] = range.getClientRects()
    if (rect && rect.top > (lines.at(-1)?.top ?? -1) + rect.height / 2) lines.push({ top: rect.top, text: '' })
    if (lines.length) lines.at(-1).text += range
  }
  return lines.map(line => line.text.trim())
}"""
"""The lines of an element as they are broken on the screen."""

GAP = """element => {
  const range = document.createRange()
  range.selectNodeContents(element)
  const { left } = range.getBoundingClientRect()
  range.selectNodeContents(element.previousElementSibling)
  return left - range.getBoundingClientRect().right
}"""
"""How far the words of a cell are from those of the cell before, in pixels."""

SIDES = """element => {
  const range = document.createRange(), around = document.querySelector('section').getBoundingClientRect()
  range.selectNodeContents(element)
  const text = range.getBoundingClientRect()
  return [element.localName, Math.round(text.left - around.left), Math.round(around.right - text.right)]
}"""
"""An element's name, and how far its words are from the left and from the right of the text, in pixels."""


@pytest.fixture(scope="module")
def each(examples, tmp_path_factory):
    """A function: what a script says of each element that a selector finds in the articles, at a width in pixels."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "ar.md").write_text(LEFTWARDS, encoding="utf-8")
    sources = [*sorted(examples.glob("*.txt")), *sorted(examples.glob("8-*.md")), folder / "ar.md"]
    publish(
        Request(
            references=tuple(map(str, sources)),
            edition=Edition(outputs=outputs_for([folder / "week.epub"]), theme="compilation"),
            plan=IssuePlan(title="Tuần tin"),
        )
    )
    with zipfile.ZipFile(folder / "week.epub") as book:
        book.extractall(folder)

    with windows() as browser:

        def found(width, selector, script):
            window = browser.new_page(viewport={"width": width, "height": 800})
            answers = []
            for document in sorted(folder.glob("EPUB/a-*.xhtml")):
                window.goto(document.as_uri())
                answers += [element.evaluate(script) for element in window.query_selector_all(selector)]
            window.close()
            return answers

        yield found


def test_a_line_on_a_wide_screen_has_as_many_letters_as_one_reads_with_ease(each):
    full = [len(line) for lines in each(1600, "section > p", LINES) for line in lines[:-1]]

    assert 60 <= statistics.median(full) <= 75


def test_a_line_on_a_narrow_screen_has_the_whole_of_it(each):
    widths = each(320, "section > p", "element => element.getBoundingClientRect().width")

    assert widths == pytest.approx([320 * 0.94] * len(widths), abs=0.1)


@pytest.mark.parametrize("width", [320, 600])
def test_no_caption_ends_with_a_lone_syllable(each, width):
    captions = each(width, "figcaption, .lost-figures li", LINES)

    assert [lines for lines in captions if " " not in lines[-1]] == []


@pytest.mark.parametrize("width", [320, 600])
def test_figures_and_the_words_behind_them_are_told_apart(each, width):
    gaps = each(width, "th.figures + th:not(.figures), td.figures + td:not(.figures)", GAP)

    assert len(gaps) > 3
    assert [gap for gap in gaps if gap < 20] == []


def test_what_is_written_from_the_right_begins_there(each):
    begins = ":lang(ar) :is(h1, .kicker, .standfirst, .byline, section > p, th:first-child, td:first-child)"

    sides = each(600, begins, SIDES)

    assert [name for name, *_ in sides] == ["p", "h1", "p", "p", "p", "th", "td"]
    assert [side for side in sides if side[2] > 0] == []


def test_the_marks_of_a_list_that_is_written_from_the_right_have_their_room_there(each):
    sides = each(600, ":lang(ar) :is(ul, ol) > li", SIDES)

    assert len(sides) == 2
    assert [name for name, _, right in sides if right < 20] == []


def test_our_own_words_in_an_article_that_is_written_from_the_right_are_not(each):
    assert each(600, "[dir=rtl] .foot, [dir=rtl] time", "element => getComputedStyle(element).direction") == ["ltr"] * 2
