"""The last page of an article holds more than two or three lines, where a little leading can bring that about."""

import pytest

from publisher.model import BulletList, Figure, Note, Paragraph, Subheading, Text
from publisher.writing.pdf.balance import lay_out_balanced, leading_of
from publisher.writing.pdf.engine import Engine
from tests.theming.issues import SENTENCE, bare, issue, paragraph, rendered, words
from tests.theming.pictures import LEAD
from tests.writing.pdf.making import pdf
from tests.writing.pdf.pages import POINTS_PER_MM, pages

FOOT = 23 * POINTS_PER_MM
"""Below it stands the folio of a brief."""

HEAD = 20 * POINTS_PER_MM


LEADING = 1.3725
"""Of a brief's text: as it is set where nothing is done."""


def lines(page):
    """The baselines of a page's lines, but for running head and folio."""
    return sorted({round(word.bottom) for word in page.words if word.top > HEAD and word.bottom < page.height - FOOT})


def forgotten(tail):
    """An article whose last page has two or three lines when nothing is done about it."""
    return bare(body=(*(paragraph(SENTENCE * 3) for _ in range(10)), *(paragraph() for _ in range(tail))))


@pytest.mark.sample(4)
@pytest.mark.parametrize("tail", range(7))
def test_a_last_page_of_few_lines_is_filled_or_saved(tail, tmp_path):
    """Wherever the end falls; among them are ends that would leave two or three lines."""
    found = [len(lines(page)) for page in pages(pdf(rendered(forgotten(tail)), tmp_path))]

    assert len(found) == 1 or found[-1] >= 4


def test_the_leading_is_changed_where_it_helps_and_by_little():
    leadings = []
    for tail in range(7):
        rendition = rendered(forgotten(tail))
        (document,) = rendition.documents
        leadings.append(leading_of(lay_out_balanced(Engine(rendition), document, document.markup, 1)))

    changed = {leading for leading in leadings if leading != LEADING}
    assert changed
    assert LEADING in leadings
    assert all(0.939 < leading / LEADING < 1.061 for leading in changed)  # Six hundredths, rounded.


def test_the_same_article_has_the_same_pages_again(tmp_path):
    article = bare(body=tuple(paragraph("Một dòng.") for _ in range(31)))

    first, second = (pdf(rendered(article), tmp_path, name).read_bytes() for name in ("a.pdf", "b.pdf"))

    assert first == second


@pytest.mark.sample(4)
@pytest.mark.parametrize("count", range(20, 32, 3))
@pytest.mark.parametrize("kind", ["list", "figure"])
def test_a_heading_stays_with_the_list_or_the_figure_under_it(kind, count, tmp_path):
    under = {
        "list": BulletList(items=tuple(words(f"mục {number}") for number in range(6))),
        "figure": Figure(src=LEAD.name, alt="Cầu", caption=words("Mục ảnh")),
    }[kind]
    filler = tuple(Paragraph(inlines=(Text(text=f"dòng {number}"),)) for number in range(count))
    made = issue(bare(body=(*filler, Subheading(inlines=words("Tiểu đề")), under, paragraph())))
    rendition = rendered(made, options={"lead": LEAD} if kind == "list" else {})
    if kind == "figure":
        import msgspec

        rendition = msgspec.structs.replace(rendition, assets=(*rendition.assets, LEAD))

    laid_out = [[word.text.lower() for word in page.words] for page in pages(pdf(rendition, tmp_path))]

    page = next(texts for texts in laid_out if "tiểu" in texts)
    assert "mục" in page[page.index("tiểu") :]


@pytest.mark.sample(5)
@pytest.mark.parametrize("tail", range(10))
def test_neither_has_the_last_page_of_a_section_in_columns(tail, tmp_path):
    articles = [bare(f"Bài-{number}", body=(paragraph(SENTENCE * 3),) * (9 + tail + number)) for number in range(3)]
    notes = {each.key: Note(section="Kinh tế" if number < 2 else "Xã hội") for number, each in enumerate(articles)}
    made = rendered(issue(*articles, notes=notes), "compilation", options={"flow": "section"})

    found = pages(pdf(made, tmp_path))

    second = next(
        at for at, page in enumerate(found) if "Bài-2" in {w.text for w in page.words if w.bottom - w.top > 20}
    )
    assert len(lines(found[second - 1])) >= 4


def captioned(tail):
    """An article whose last lines stay with the captions of lost pictures: six lines or more, or none."""
    lost = tuple(Figure(caption=words(f"Ảnh {number}: {SENTENCE}")) for number in range(2))
    return bare(body=(*lost, *(paragraph(SENTENCE * 3) for _ in range(6)), *(paragraph() for _ in range(tail))))


def test_a_last_page_is_saved_where_the_page_before_has_nearly_room_for_it(tmp_path):
    """Wherever the end falls; where it is not saved, more lines are missing than closer leading gives."""
    saved = 0
    for tail in range(4, 11):
        rendition = rendered(captioned(tail), "tuan-bao", options={"paper": "A5", "flow": "each"})
        (document,) = (each for each in rendition.documents if each.role == "article")
        engine = Engine(rendition)
        own, balanced = engine.lay_out(document.markup, 1), lay_out_balanced(engine, document, document.markup, 1)
        saved += len(own.pages) - len(balanced.pages)
        assert len(balanced.pages) < len(own.pages) or leading_of(balanced) == leading_of(own)

    assert saved > 0
