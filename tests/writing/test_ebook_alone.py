"""Our e-books opened by a browser alone, as the simplest reading programs do: lines, their ends and their sides."""

import statistics
import zipfile

import pytest
from PIL import Image

from publisher.model import IssuePlan
from publisher.pipeline import Edition, Request, outputs_for, publish
from tests.validators import windows

pytestmark = pytest.mark.conformance

HEIGHT = 800
"""Of every window, in pixels."""

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

UPRIGHT = """\
---
headline: Ba ngày ở rừng ngập mặn
bylines: [Nguyễn Thị Hồng Phương, Trịnh Nguyễn Hoàng Khánh Vân]
publication: Nhịp Sống Ven Biển
published: 2026-12-30
language: vi
---

Nước ròng lúc năm giờ sáng.

![Một người cắm cọc giữa bãi bùn](nguoi.jpg)
Mỗi tổ bốn người, người trước cắm cọc, người sau trồng cây; nước lên thì cả tổ lên ghe. Ảnh: Nhịp Sống Ven Biển

![Cột đo mực nước](cot.jpg)
Cột đo mực nước ở chân đê. Ảnh: Nhịp Sống Ven Biển
"""
UPRIGHT_PICTURES = {"nguoi": (900, 1600), "cot": (500, 2400)}
"""Their width and height in pixels."""

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

FIGURE = """element => {
  const picture = element.querySelector('img'), { width, height } = picture.getBoundingClientRect()
  return [element.getBoundingClientRect().height, width / height * picture.naturalHeight / picture.naturalWidth]
}"""
"""How high a picture is with its caption, and how much it is drawn out in width."""

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
    (folder / "cao.md").write_text(UPRIGHT, encoding="utf-8")
    for name, size in UPRIGHT_PICTURES.items():
        Image.new("L", size, 128).save(folder / f"{name}.jpg")
    sources = [*sorted(examples.glob("*.txt")), *sorted(examples.glob("8-*.md")), folder / "ar.md", folder / "cao.md"]
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
            window = browser.new_page(viewport={"width": width, "height": HEIGHT})
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


@pytest.mark.parametrize("width", [320, 600, 1600])
def test_a_picture_and_its_caption_fit_on_a_screen_and_keep_their_shape(each, width):
    figures = each(width, "figure", FIGURE)

    assert len(figures) == 4
    assert max(height for height, _ in figures) < HEIGHT
    assert [stretch for _, stretch in figures] == pytest.approx([1] * 4, abs=0.01)


@pytest.mark.parametrize("width", [320, 600])
def test_no_point_between_two_facts_ends_a_line_or_begins_one(each, width):
    lines = [line for lines in each(width, ".kicker, .byline", LINES) for line in lines]

    assert "Nhịp Sống Ven Biển, ngày 30 tháng 12 năm 2026" in " ".join(lines)
    assert [line for line in lines if line.strip("·") != line] == []


def test_what_names_a_list_is_on_its_screen(each):
    breaks = each(
        600, "h1, h2, .onward, .lost-figures .label, .kicker", "element => getComputedStyle(element).breakAfter"
    )

    assert len(breaks) > 20
    assert set(breaks) == {"avoid"}


def test_no_table_whose_head_names_its_columns_is_wider_than_a_narrow_screen(each):
    beyond = each(320, ".lines", "element => element.querySelector('table').scrollWidth - element.clientWidth")

    assert beyond == [0]


@pytest.mark.parametrize("width", [480, 600])
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
