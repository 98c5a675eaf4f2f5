"""A document that tells its own pages is laid out once, and is the one that it would be had they been known."""

import re
from collections import Counter

import msgspec
import pytest
import weasyprint.layout.page
from weasyprint.formatting_structure.boxes import TextBox

from publisher.model import Document
from publisher.theming import theme_folders
from publisher.writing.pdf.settling import UNKNOWN, Known, fill_folios, pointed_at
from tests.theming.issues import SENTENCE, bare, issue, paragraph, rendered
from tests.writing.pdf.making import untidy

ARTICLES = [bare(f"Bài {number}", body=tuple(paragraph(SENTENCE * 3) for _ in range(24))) for number in range(12)]


def composed(rendition, *known):
    """The first document, made with each of these."""
    from publisher.writing.pdf.composing import Composer
    from publisher.writing.pdf.engine import Engine

    with untidy():
        composer = Composer(rendition.documents, rendition.metadata.language, Engine(rendition), None)
        return [composer.fragment(rendition.documents[0], each) for each in known]


def telling(theme, articles=ARTICLES):
    """An issue in one row, with the contents before the first article."""
    rendition = rendered(issue(*articles, title="Tuần tin"), theme, options={"flow": "run-on"})
    return rendition, Known(numbers=(UNKNOWN,) * len(pointed_at(rendition.documents[0])), first_page=1)


@pytest.mark.sample(3)
@pytest.mark.parametrize("theme", sorted(theme_folders()))
def test_it_is_the_document_that_was_laid_out_with_these_numbers(theme):
    rendition, unknown = telling(theme)
    if not unknown.numbers:
        pytest.skip("its first document tells no pages")

    (settled,) = composed(rendition, unknown)
    (known,) = composed(rendition, Known(numbers=settled.numbers, first_page=1))

    assert settled == known
    assert UNKNOWN not in settled.numbers


def test_only_the_pages_that_tell_numbers_are_made_again(monkeypatch):
    made = Counter()
    original = weasyprint.layout.page.make_page

    def make_page(context, root, page_type, resume_at, number, state):
        made[number] += 1
        return original(context, root, page_type, resume_at, number, state)

    monkeypatch.setattr(weasyprint.layout.page, "make_page", make_page)
    rendition, unknown = telling("compilation")
    from publisher.writing.pdf.engine import Engine
    from publisher.writing.pdf.renumbering import numbers_of

    document = rendition.documents[0]
    with untidy():
        settled = Engine(rendition).lay_out(
            fill_folios(document, unknown.numbers), 1, resolve=lambda anchors, count: noughts(document, anchors)
        )

    assert set(numbers_of(settled)) == {"0", "00"}
    assert made == {number: 2 if number == 1 else 1 for number in range(1, len(settled.pages) + 1)}


def noughts(document, anchors):
    """As many as the numbers that the document tells of itself have digits."""
    return ["0" * len(str(anchors[anchor] + 1)) for anchor in pointed_at(document)]


@pytest.mark.parametrize(("beyond", "number"), [(7, "0"), (8, "00"), (97, "00"), (98, "000")])
def test_what_stands_behind_it_is_numbered_by_its_length(beyond, number):
    rendition, _ = telling("compilation", ARTICLES[:1])
    pages = '<p style="break-after: page">Một trang, và trang <span class="folio" data-anchor="b"></span></p><p>Hai</p>'
    document = Document(
        name="a", title="A", role="articles", language="vi", markup=f"<html><body>{pages}</body></html>"
    )

    (made,) = composed(
        msgspec.structs.replace(rendition, documents=(document,)),
        Known(numbers=("0",), first_page=1, beyond=(beyond,)),
    )

    assert made.numbers == (number,)


def test_a_number_in_a_heading_stays_as_it_was_asked_for():
    """A bookmark has taken it over before there are pages."""
    rendition, _ = telling("compilation", ARTICLES[:1])
    from publisher.writing.pdf.engine import Engine

    markup = '<html lang="vi"><body><h1 id="a">Bài <span data-number="0">000</span></h1></body></html>'
    with untidy():
        laid_out = Engine(rendition).lay_out(markup, 1, resolve=lambda anchors, count: ["0"])

    assert laid_out.pages[0].bookmarks[0][1] == "Bài 000"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        pytest.param("'Tin liên quan'", "0", id="other words"),
        pytest.param("content()", "000", id="its own words"),
        pytest.param("content(first-letter)", "000", id="some of them"),
    ],
)
def test_a_number_is_changed_where_what_a_running_head_says_of_it_does_not_have_it(said, number):
    rendition, _ = telling("compilation", ARTICLES[:1])
    from publisher.writing.pdf.engine import Engine
    from publisher.writing.pdf.renumbering import numbers_of

    markup = f'<html><body><p style="string-set: running {said}"><span data-number="0">000</span></p></body></html>'
    with untidy():
        laid_out = Engine(rendition).lay_out(markup, 1, resolve=lambda anchors, count: ["0"])

    assert numbers_of(laid_out) == (number,)


@pytest.mark.parametrize(
    "style",
    ["", "position: absolute; top: 0", "position: fixed; top: 0", "float: right", "display: flex", "float: footnote"],
)
def test_what_is_said_of_a_document_is_what_stands_on_its_pages(style):
    from publisher.writing.pdf.engine import Engine
    from publisher.writing.pdf.renumbering import numbers_of

    rendition, _ = telling("compilation", ARTICLES[:1])
    told = f'<div style="{style}">Trang <span data-number="0">000</span></div>'

    with untidy():
        laid_out = Engine(rendition).lay_out(
            f'<html lang="vi"><body><p>Một</p>{told}</body></html>', 1, resolve=lambda anchors, count: ["0"]
        )
    boxes = laid_out.pages[0]._page_box.descendants(placeholders=True)
    words = "".join(box.text for box in boxes if isinstance(box, TextBox)).replace(" ", "")

    assert re.search(r"Trang(0+)", words)[1] == numbers_of(laid_out)[0]
