"""Where the engine began each page, told by places and letters."""

import pytest

from publisher.model import Asset, Document, Metadata, Rendition
from tests.writing.pdf.making import written

SHEET = """
@page { size: 80mm 60mm; margin: 5mm; @bottom-center { content: counter(page) } }
body { font: 4mm/5mm Source Sans; margin: 0 } p { margin: 0 } table { border-collapse: collapse }
h1, .new { break-before: page } .bar::before { content: "Mục " counter(page) ": " }
.initial::first-letter { font-size: 8mm } .narrow { width: 21mm; hyphens: auto; hyphenate-character: "-" }
"""
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><rect width="50" height="50"/></svg>'


def breaks(*bodies, sheet=SHEET, language="vi"):
    """The breaks of documents with these bodies."""
    documents = tuple(
        Document(
            name=f"d{number}",
            title="D",
            role="article",
            language=language,
            markup=f'<!DOCTYPE html><html lang="{language}"><head><title>D</title></head><body>{body}</body></html>',
        )
        for number, body in enumerate(bodies)
    )
    made = written(
        Rendition(
            target="print",
            metadata=Metadata(identifier="urn:a", title="D", language=language),
            documents=documents,
            nav=(),
            stylesheets=(Asset(name="print.css", media_type="text/css", data=sheet.encode()),),
            assets=(Asset(name="square.svg", media_type="image/svg+xml", data=SQUARE),),
        )
    )
    assert made.pagination.source == "urn:a"
    return [(each.page, each.place, each.letters, each.signs) for each in made.pagination.breaks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("<p>Lời</p>", [], id="no place"),
        pytest.param('<p data-place="a"> </p><p data-place="b">Lời</p>', [(1, "b", 0, 0)], id="an empty element"),
        pytest.param('<h2>Báo</h2><p data-place="a">Lời</p>', [(1, "a", 0, 0)], id="a masthead"),
        pytest.param('<p data-place="a" class="bar">“Lời”</p>', [(1, "a", 0, 1)], id="generated words"),
        pytest.param(
            '<p data-place="a">Một<br style="break-after: page"/></p><p class="new">–</p><p class="new">Hai</p>',
            [(1, "a", 0, 0)],
            id="pages without a place",
        ),
        pytest.param(
            '<p data-place="a">Lời</p><p class="new" data-place="a">Lời</p><p class="new" data-place="a">Lời</p>',
            [(1, "a", 0, 0), (2, "a", 0, 0), (3, "a", 0, 0)],
            id="the same place again, as another element",
        ),
        pytest.param(
            '<ul><li data-place="a">Một</li><li data-place="b" class="new">“Hai”</li></ul>',
            [(1, "a", 0, 0), (2, "b", 0, 1)],
            id="a list, without its bullets",
        ),
        pytest.param(
            '<blockquote><p data-place="a">Một</p><p data-place="b" class="new">Hai</p></blockquote>',
            [(1, "a", 0, 0), (2, "b", 0, 0)],
            id="a quote",
        ),
        pytest.param(
            '<p data-place="a">Một</p><figure class="new" data-place="b"><img alt="Ô" src="square.svg"/>'
            '<figcaption data-place="c">Chú</figcaption></figure>',
            [(1, "a", 0, 0), (2, "b", 0, 0)],
            id="a picture",
        ),
        pytest.param(
            f'<table><thead><tr><th data-place="h">Đầu</th></tr></thead><tbody>'
            f'{"".join(f"""<tr><td data-place="{row}">Ô</td></tr>""" for row in range(20))}</tbody></table>',
            [(1, "h", 0, 0), (2, "8", 0, 0), (3, "16", 0, 0)],
            id="a table, without the headings that are set again",
        ),
    ],
)
def test_a_page_begins_with_the_first_thing_that_has_a_place(body, expected):
    assert breaks(body) == expected


def test_a_paragraph_over_three_pages_is_told_by_its_letters():
    numbered = " ".join(f"{number:04}" for number in range(150))

    found = breaks(f'<p data-place="a">{numbered}</p>')

    assert [(page, place, signs) for page, place, _, signs in found] == [(1, "a", 0), (2, "a", 0), (3, "a", 0)]
    letters = [letters for _, _, letters, _ in found]
    assert letters[0] == 0 < letters[1] < letters[2] < 4 * 150
    assert all(count % 4 == 0 for count in letters)


def test_pages_go_on_over_documents():
    assert breaks('<p data-place="a">A</p><p class="new" data-place="b">B</p>', '<p data-place="c">C</p>') == [
        (1, "a", 0, 0),
        (2, "b", 0, 0),
        (3, "c", 0, 0),
    ]


def test_an_initial_counts_and_what_stands_in_front_of_it_does_not():
    lines = "<br/>".join(["Một hai ba"] * 14)

    assert breaks(f'<p data-place="a" class="initial bar">{lines}</p>')[1][1:] in [
        ("a", 8 * count, 0) for count in range(5, 12)
    ]


@pytest.mark.parametrize(
    ("word", "counted"),
    [
        pytest.param("incomprehensibility", 0, id="hyphenated by the engine"),
        pytest.param("“incomprehensibility”", 0, id="with signs in front"),
        pytest.param("pre- and post-war", 3, id="a suspended hyphen ends its word"),
        pytest.param("well-known people", 0, id="a compound is one word"),
    ],
)
def test_a_word_that_the_break_cuts_belongs_to_the_later_page(word, counted):
    # One line a page: the word's beginning stands alone at the foot of the second.
    sheet = SHEET.replace("80mm 60mm", "80mm 16mm") + "p { orphans: 1; widows: 1 }"
    width = "20mm" if "-" not in word else "12mm"

    found = breaks(
        f'<p data-place="a" class="narrow" style="width: {width}">Now<br/>{word} is</p>', sheet=sheet, language="en"
    )

    assert found[0] == (1, "a", 0, 0)
    assert found[1] == (2, "a", 3, word.startswith("“"))
    assert found[2] == (3, "a", 3 + counted, word.startswith("“") and not counted)
