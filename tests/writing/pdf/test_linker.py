"""A file joined of fragments is the file that the engine would have written whole."""

import io
import re

import msgspec
import pikepdf
import pytest
import weasyprint

from publisher.model import Attachment
from publisher.writing.pdf.layout import FRAGMENTING_ENGINES
from tests.theming.issues import bare, issue, make_theme, paragraph, rendered
from tests.writing.pdf.comparing import seen
from tests.writing.pdf.kinds import KINDS
from tests.writing.pdf.making import pdf, whole, written
from tests.writing.pdf.pages import pages
from tests.writing.pdf.test_matrix import each, rendition_of

EVIDENCE = (
    Attachment(name="b.txt", description="B", relationship="Source", media_type="text/plain", data=b"the page"),
    Attachment(name="a.jsonl", description="A", relationship="Data", media_type="application/jsonl", data=b"{}"),
)


def pictures_in(data):
    """How many the file has, masks counted."""
    with pikepdf.open(io.BytesIO(data)) as file:
        streams = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
        return sum(str(stream.get("/Subtype")) == "/Image" for stream in streams)


def test_the_engine_is_one_whose_objects_are_known():
    """With another version files are written whole, and slowly: look at what it writes, then name it."""
    assert weasyprint.VERSION in FRAGMENTING_ENGINES


@pytest.mark.sample(5)
@each(tuple(KINDS), {(theme, "every block") for theme in ("base", "compilation", "decree30", "gazette", "tuan-bao")})
def test_it_is_the_same_to_every_reader(theme, name):
    rendition = msgspec.structs.replace(rendition_of(theme, name)[1], attachments=EVIDENCE)

    one, joined = whole(rendition), written(rendition)

    assert (joined.pages, joined.page_count, joined.pagination.breaks) == (one.pages, one.page_count, one.breaks)
    assert seen(joined.data) == seen(one.data)


def test_qpdf_finds_nothing_wrong_with_its_form(tmp_path):
    with pikepdf.open(pdf(rendered(KINDS["every block"](), "base"), tmp_path)) as file:
        assert file.check_pdf_syntax() == []


def test_a_picture_that_stands_in_several_documents_is_in_the_file_once():
    made = rendered(KINDS["many pictures"](), "base")
    twice = (*made.documents, *(msgspec.structs.replace(each, name=f"{each.name}-b") for each in made.documents))

    once, again = (pictures_in(written(one).data) for one in (made, msgspec.structs.replace(made, documents=twice)))

    assert once == again > 8


def test_a_link_that_leads_nowhere_is_left_out_and_told(tmp_path):
    page = (
        '{% extends "print/page.xhtml" %}{% block body %}'
        '<p><a href="#nowhere">nowhere</a> <a href="#here">here</a></p><p id="here">words</p>{% endblock %}'
    )
    make_theme(tmp_path, **{"print__article.xhtml": page})

    made = written(rendered(bare(), "own", search=(tmp_path,)))

    assert [problem.message for problem in made.problems] == ["No anchor #nowhere for internal URI reference"]
    with pikepdf.open(io.BytesIO(made.data)) as file:
        assert [str(link.Dest) for page in file.pages for link in page.Annots] == ["here"]


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("rule", "foot"),
    [
        pytest.param('content: "p. " counter(page)', "p. {}", id="set late"),
        pytest.param("content: counter(page, lower-roman)", None, id="in other numerals", marks=pytest.mark.campaign),
        pytest.param("content: counter(page); opacity: .5", "{}", id="through a veil", marks=pytest.mark.campaign),
        pytest.param("content: counter(page) counter(page)", "{0}{0}", id="twice"),
        pytest.param("content: none } p::after { content: counter(page)", None, id="in the flow"),
    ],
)
def test_page_numbers_are_true_wherever_a_theme_sets_them(rule, foot, tmp_path):
    sheet = f'{{% include "base:print.css" %}} @page {{ size: A6; @bottom-center {{ {rule} }} }}'
    made = issue(*(bare(f"Bài {number}", body=(paragraph(),) * 9) for number in range(2)))
    make_theme(
        tmp_path,
        **{
            "theme.toml": 'summary = "S."\n[documents]\nprint = ["cover", "articles"]\nebook = ["articles"]\n',
            "print.css": sheet,
        },
    )
    rendition = rendered(made, "own", search=(tmp_path,))

    path = pdf(rendition, tmp_path)

    assert seen(path.read_bytes()) == seen(whole(rendition).data)
    if foot:
        feet = ["".join(word.text for word in page.words[-len(foot.split()) :]) for page in pages(path)[1:]]
        assert len(feet) >= 4
        assert feet == [foot.replace(" ", "").format(number) for number in range(2, len(feet) + 2)]


SETTINGS = {
    "late": '<p>see {{ folio("colophon") }}, {{ folio("colophon") }}</p>',
    "heading": '<h1>page {{ folio("colophon") }}</h1>',
    "heading in the text": '<h1 style="bookmark-level: none">page {{ folio("colophon") }}</h1>',
    "running head": '<h1 style="bookmark-level: none; string-set: running content()">head {{ folio("colophon") }}</h1>',
    "spaced": '<p style="letter-spacing: 2px">see {{ folio("colophon") }}</p>',
    "noughts": '<p style="font-variant-numeric: slashed-zero">see {{ folio("colophon") }}</p>',
    "veil": '<p style="opacity: .5">see {{ folio("colophon") }}</p>',
    "link": '<p><a href="#colophon">dòng {{ folio("colophon") }}</a></p>',
}
"""A heading is a bookmark too, or stands at the head of the page, and a link says where it leads."""


@pytest.mark.campaign
def test_page_numbers_in_the_text_are_true_however_they_are_set(tmp_path):
    """An article for each way, and so many more that the number has two digits."""
    cases = "".join(
        f"{{% if placed.article.headline == {name!r} %}}{body}{{% endif %}}" for name, body in SETTINGS.items()
    )
    page = f'{{% extends "print/page.xhtml" %}}{{% block body %}}<p>x</p>{cases}{{% endblock %}}'
    make_theme(
        tmp_path,
        **{
            "theme.toml": 'summary = "S."\n[documents]\nprint = ["articles", "colophon"]\nebook = ["articles"]\n',
            "print__article.xhtml": page,
        },
    )
    headlines = (*SETTINGS, *(f"Bài {number}" for number in range(11 - len(SETTINGS))))
    rendition = rendered(issue(*map(bare, headlines)), "own", search=(tmp_path,))

    made = written(rendition).data

    assert seen(made) == seen(whole(rendition).data)
    told = len(SETTINGS) + 3  # Once twice, in a running head, and the last page's own.
    assert len(re.findall(r"12|1 2", seen(made)["text "])) == told
