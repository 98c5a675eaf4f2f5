"""The engine sees the rendition's own assets and nothing else, and what it complains of is heard."""

import logging

import pytest
from weasyprint.layout import inline
from weasyprint.text.line_break import split_first_line

from publisher.model import Asset, Document, Figure, Metadata, Rendition
from publisher.writing.pdf.engine import BASE_URL, AssetFetcher, Engine, complaints
from tests.theming.issues import bare, make_theme, rendered
from tests.writing.pdf.making import pdf, written
from tests.writing.pdf.pages import pages

PICTURE = Asset(name="pictures/a.svg", media_type="image/svg+xml", data=b"<svg xmlns='http://www.w3.org/2000/svg'/>")


def test_an_asset_is_served_by_its_name():
    response = AssetFetcher([PICTURE]).fetch(f"{BASE_URL}pictures/a.svg")

    assert response.read() == PICTURE.data
    assert response.content_type == "image/svg+xml"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("https://a.example/pictures/a.svg", id="another host"),
        pytest.param("http://rendition.invalid/pictures/a.svg", id="another scheme"),
        pytest.param(f"{BASE_URL}pictures/b.svg", id="no such asset"),
        pytest.param(f"{BASE_URL}pictures/../pictures/a.svg", id="climbing"),
        pytest.param(f"{BASE_URL}pictures/a.svg?x=1", id="query"),
        pytest.param("data:image/svg+xml,<svg/>", id="data"),
        pytest.param("pictures/a.svg", id="relative"),
        pytest.param("/etc/passwd", id="path"),
        pytest.param("", id="empty"),
    ],
)
def test_everything_else_is_refused(url):
    with pytest.raises(ValueError, match="is not an asset of this rendition"):
        AssetFetcher([PICTURE]).fetch(url)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('<img src="file:///etc/passwd" alt="x"/>', id="file picture"),
        pytest.param('<img src="https://a.example/spy.png" alt="x"/>', id="far picture"),
        pytest.param('<object data="file:///etc/passwd">x</object>', id="object"),
        pytest.param('<a rel="attachment" href="file:///etc/passwd">x</a>', id="attachment"),
        pytest.param('<link rel="stylesheet" href="https://a.example/spy.css"/>', id="style sheet"),
        pytest.param("<style>@import url(file:///etc/passwd);</style>", id="import"),
        pytest.param('<p style="background: url(https://a.example/spy.png)">x</p>', id="background"),
    ],
)
def test_a_template_that_names_something_else_gets_a_complaint_and_not_the_thing(content, tmp_path):
    page = f'{{% extends "print/page.xhtml" %}}{{% block body %}}<p>words</p>{content}{{% endblock %}}'
    make_theme(tmp_path, **{"print__article.xhtml": page})

    made = written(rendered(bare(), "own", search=(tmp_path,)))

    assert [problem.code for problem in made.problems] == ["engine-warning"]
    assert b"root:" not in made.data


def test_a_picture_named_in_an_article_that_is_no_asset_is_a_complaint():
    """Cannot come from the pipeline, which gathers pictures first; the engine must not go and fetch it."""
    made = written(rendered(bare(body=(Figure(src="file:///etc/passwd", alt="x"),))))

    assert [problem.message for problem in made.problems] == [
        "Failed to load image at 'file:///etc/passwd': ValueError: file:///etc/passwd is not an asset of this rendition"
    ]


def test_complaints_are_collected_once_and_in_order_and_not_passed_on(caplog):
    logger = logging.getLogger("weasyprint")

    with complaints() as heard:
        logger.warning("b %s", 1)
        logger.error("a")
        logger.warning("b %s", 1)
        logger.info("not a complaint")

    assert list(heard) == ["b 1", "a"]
    assert caplog.records == []
    logger.warning("outside")
    assert list(heard) == ["b 1", "a"]


SHEET = b"@page { size: 300mm } p { font: 4mm/5mm Source Sans; margin: 0; overflow-wrap: break-word }"


def first_lines(text, widths_mm):
    """What the first line holds of the text in each width."""
    sheet = Asset(name="print.css", media_type="text/css", data=SHEET)
    metadata = Metadata(identifier="urn:a", title="D", language="en")
    engine = Engine(Rendition(target="print", metadata=metadata, documents=(), nav=(), stylesheets=(sheet,), assets=()))
    paragraphs = "".join(f'<p style="width: {width}mm">{text}</p>' for width in widths_mm)
    laid_out = engine.lay_out(f'<html lang="en"><body>{paragraphs}</body></html>', 1)
    boxes = (box for page in laid_out.pages for box in page._page_box.descendants() if box.element_tag == "p")
    lines = [box.children[0] for box in boxes if type(box).__name__ == "BlockBox"]
    return ["".join(getattr(part, "text", "") for part in line.descendants()).strip() for line in lines]


@pytest.mark.parametrize("space", [" ", "\N{NO-BREAK SPACE}"], ids=["space", "no-break space"])
def test_a_text_before_an_element_fills_its_line_where_only_the_space_at_its_end_has_no_room(space):
    text = f"Fresh snow fell from a weak disturbance over the upper{space}"
    widths = [100 + number / 4 for number in range(60)]

    found = first_lines(f"{text}<b style='font-weight: inherit'>Midwest</b>", widths)

    assert found == first_lines(f"{text}Midwest", widths)


def test_no_line_is_broken_twice_where_columns_are_balanced(monkeypatch):
    asked = []

    def split(text, style, context, max_width, *others, **how):
        asked.append((text, id(style), max_width, *others, *how.items()))
        return split_first_line(text, style, context, max_width, *others, **how)

    monkeypatch.setattr(inline, "split_first_line", split)
    words = "".join(f"<p>Câu số {number} nói về cây cầu mới bắc qua sông.</p>" for number in range(30))
    markup = f'<html><body style="column-count: 2">{words}</body></html>'

    Engine(rendered(bare())).lay_out(markup, 1)

    assert len(asked) == len(set(asked)) > 30


def test_a_paragraph_ends_in_no_part_of_a_word():
    css = b'p { font: 10pt Source Sans; hyphens: auto; hyphenate-character: "-"; margin: 0 }'
    sheet = Asset(name="a.css", media_type="text/css", data=css)
    metadata = Metadata(identifier="urn:a", title="A", language="en")
    engine = Engine(Rendition(target="print", metadata=metadata, documents=(), nav=(), stylesheets=(sheet,), assets=()))
    text = "The board has considered every possible arrangement"
    paragraphs = "".join(f'<p style="width: {width}mm">{text}</p>' for width in range(30, 80))

    laid_out = engine.lay_out(f'<html lang="en"><body>{paragraphs}</body></html>', 1)

    boxes = [box for page in laid_out.pages for box in page._page_box.descendants() if box.element_tag == "p"]
    texts = [box.text for box in boxes if type(box).__name__ == "TextBox"]
    assert [text for text in texts if text.endswith("-")] != []
    assert {text.split()[-1] for text in texts if text.endswith("ment")} == {"arrangement"}


LINES = "".join(f"<p>{number}</p>" for number in range(9))
SPACED = """
@page { size: 100mm 60mm; margin: 5mm } html { font: 10pt/14pt Source Sans } body, p { margin: 0 }
h2 { font: inherit; margin: 14pt 0 0; break-after: avoid } .columns { columns: 2; column-fill: auto }
.named { page: named } .new { break-before: page }
"""
HEAD = f"{LINES}<h2>Head</h2><p>x</p>"


@pytest.mark.parametrize(
    ("body", "space"),
    [
        pytest.param(f'<div class="columns">{HEAD}</div>', 0, id="a second column"),
        pytest.param(f'<div class="columns">{LINES}{HEAD}</div>', 0, id="columns that go on"),
        pytest.param(f'<div class="named">{HEAD}</div>', 0, id="a page with a name"),
        pytest.param(f'{LINES}<h2 class="new">Head</h2>', 14, id="a break that is asked for keeps it"),
        pytest.param(f'{LINES}<h2 class="named">Head</h2>', 14, id="and so does another name"),
    ],
)
def test_what_begins_a_page_or_a_column_after_a_break_stands_at_its_top(body, space, tmp_path):
    sheet = Asset(name="print.css", media_type="text/css", data=SPACED.encode())
    document = Document(
        name="a", title="A", role="article", language="en", markup=f'<html lang="en"><body>{body}</body></html>'
    )
    metadata = Metadata(identifier="urn:a", title="A", language="en")
    rendition = Rendition(
        target="print", metadata=metadata, documents=(document,), nav=(), stylesheets=(sheet,), assets=()
    )

    words = [word for page in pages(pdf(rendition, tmp_path)) for word in page.words]

    tops = {word.text: word.top for word in words}
    first = next(word.top for word in words if word.text == "0")
    assert tops["Head"] - first == pytest.approx(space, abs=0.1)


def texts_of_pages(body, css):
    """The texts of each page, of ten lines, in the order of its boxes."""
    paper = "@page { size: 100mm 60mm; margin: 5mm } html { font: 10pt/14pt Source Sans } body, p { margin: 0 }"
    sheet = Asset(name="a.css", media_type="text/css", data=(paper + css).encode())
    metadata = Metadata(identifier="urn:a", title="A", language="en")
    engine = Engine(Rendition(target="print", metadata=metadata, documents=(), nav=(), stylesheets=(sheet,), assets=()))
    laid_out = engine.lay_out(f'<html lang="en"><body>{body}</body></html>', 1)
    return [
        [box.text for box in page._page_box.descendants() if type(box).__name__ == "TextBox"] for page in laid_out.pages
    ]


def test_columns_begin_on_a_page_whose_second_column_has_no_room_for_a_picture():
    css = ".columns { columns: 2 } .picture { height: 45mm; break-inside: avoid; background: red }"
    six, picture = "".join(f"<p>{number}</p>" for number in range(6)), '<div class="picture"></div>'
    columns = f'<div class="columns">{six}{picture}</div>'

    texts = texts_of_pages(f"<p>a</p><p>b</p><p>c</p>{columns}", css)

    assert texts == [["a", "b", "c", "0", "1", "2", "3", "4", "5"], []]


def test_a_float_whose_head_did_not_fit_leaves_nothing_on_the_page():
    css = ".head { break-after: avoid } .by { float: left; width: 20mm } .text { break-inside: avoid }"
    by = '<div class="by"><p>p</p><p>q</p><p>r</p></div>'
    text = f'<div class="text">{"<p>t</p>" * 3}</div>'

    texts = texts_of_pages(f'{LINES[: 7 * 8]}<div><div class="head"><p>Head</p>{by}</div>{text}</div>', css)

    assert texts == [["0", "1", "2", "3", "4", "5", "6"], ["Head", "p", "q", "r", "t", "t", "t"]]
