"""Pages that are made anew with another leading are those that another layout would give."""

import itertools

import pytest
from weasyprint.formatting_structure.boxes import LineBox

from publisher.theming import theme_folders
from publisher.writing.pdf.balance import setting_of
from publisher.writing.pdf.engine import Engine, TextSetting
from publisher.writing.pdf.renumbering import numbers_of
from publisher.writing.pdf.settling import fill_folios, pointed_at
from tests.theming.issues import FULL, SENTENCE, bare, issue, paragraph, rendered
from tests.writing.pdf.making import untidy

ARTICLES = [
    FULL,
    *(
        bare(
            f"Bài {number}",
            standfirst=SENTENCE,
            body=tuple(paragraph(SENTENCE * 3) for _ in range(3 + 4 * (number % 3))),
        )
        for number in range(9)
    ),
]


def row(theme):
    """An issue in one row as its engine and its markup, with the numbers of its contents."""
    rendition = rendered(issue(*ARTICLES, title="Tuần tin"), theme, options={"flow": "run-on"})
    document = next(each for each in rendition.documents if each.role == "articles")

    def resolve(anchors, count):
        return [str(anchors.get(anchor, 0) + 1) for anchor in pointed_at(document)]

    return Engine(rendition), fill_folios(document, ["000"] * len(pointed_at(document))), resolve


def lines(pages):
    """Where the lines of each page stand."""
    return [
        [
            (round(box.position_x, 3), round(box.position_y, 3))
            for box in page._page_box.descendants()
            if isinstance(box, LineBox)
        ]
        for page in pages
    ]


def tried(leading, share, is_better):
    return leading.try_line_height(round(leading.line_height * share, 4), lambda new, old: is_better)


@pytest.mark.sample(5)
@pytest.mark.parametrize("share", [0.95, 1.05])
@pytest.mark.parametrize("theme", sorted(theme_folders()))
def test_they_are_those_of_a_document_that_is_laid_out_so(theme, share):
    engine, markup, resolve = row(theme)

    with untidy():
        own = setting_of(engine.lay_out(markup, 1))
        meant = engine.lay_out(
            markup, 1, TextSetting(round(own.line_height * share, 4), own.font_size_pt), resolve=resolve
        )
        made = engine.lay_out(markup, 1, resolve=resolve, fit=lambda leading: tried(leading, share, is_better=True))

    assert lines(made.pages) == lines(meant.pages)
    assert numbers_of(made) == numbers_of(meant)


@pytest.mark.sample(5)
@pytest.mark.parametrize("theme", sorted(theme_folders()))
def test_pages_that_are_no_better_leave_those_that_there_were(theme):
    engine, markup, resolve = row(theme)

    with untidy():
        own = engine.lay_out(markup, 1, resolve=resolve)
        made = engine.lay_out(markup, 1, resolve=resolve, fit=lambda leading: tried(leading, 1.4, is_better=False))

    assert lines(made.pages) == lines(own.pages)
    assert numbers_of(made) == numbers_of(own)
    assert setting_of(made) == setting_of(own)


@pytest.mark.parametrize(
    "style",
    [
        pytest.param("html { line-height: 14pt }", id="a length"),
        pytest.param("html { line-height: normal }", id="the font's own"),
        pytest.param("p::after { content: target-counter('#a', page) }", id="pages told by the engine"),
    ],
)
def test_some_documents_have_no_leading_to_be_changed(style):
    engine, _, _ = row("base")
    found = []
    markup = f'<html lang="vi"><head><style>{style}</style></head><body><p id="a">Một</p></body></html>'

    with untidy():
        engine.lay_out(markup, 1, fit=found.append)

    assert found == []


def test_what_has_a_line_height_of_its_own_keeps_it():
    engine, _, _ = row("base")
    markup = f'<html lang="vi"><body><p>{SENTENCE}</p><p style="line-height: 2">{SENTENCE * 4}</p></body></html>'

    with untidy():
        made = engine.lay_out(markup, 1, fit=lambda leading: tried(leading, 1.05, is_better=True))
        own = engine.lay_out(markup, 1)

    first, second = (
        [round(lower - upper, 2) for (_, upper), (_, lower) in itertools.pairwise(page)]
        for page in (*lines(made.pages), *lines(own.pages))
    )
    assert first[0] > second[0]
    assert first[2] == second[2] == 27.2
