"""Templates: a mistake names its file and line, hostile words stay words, and a template cannot leave its sandbox."""

import xml.etree.ElementTree as ET

import pytest

from publisher.errors import ThemeError
from publisher.model import Figure, Link, Paragraph, Subheading, Table, Teaser, Text
from tests.theming.issues import FULL, bare, issue, make_theme, rendered, words

ARTICLE = "print__article.xhtml"
PAGE = '{% extends "print/page.xhtml" %}\n{% block body %}\n'
END = "\n{% endblock %}\n"

BROKEN = [
    pytest.param(
        {ARTICLE: "a\n{% if %}"},
        "own:print/article.xhtml, line 2: Expected an expression, got 'end of statement block'",
        id="syntax",
    ),
    pytest.param(
        {ARTICLE: f"{PAGE}{{{{ headlin }}}}{END}"},
        "own:print/article.xhtml, line 3: 'headlin' is undefined",
        id="undefined name",
    ),
    pytest.param(
        {ARTICLE: f"{PAGE}\n\n{{{{ article.headlin }}}}{END}"},
        "own:print/article.xhtml, line 5: 'publisher.model.article.Article object' has no attribute 'headlin'",
        id="undefined attribute",
    ),
    pytest.param(
        {ARTICLE: f"{PAGE}{{{{ article.headline + 1 }}}}{END}"},
        'own:print/article.xhtml, line 3: can only concatenate str (not "int") to str',
        id="wrong type",
    ),
    pytest.param(
        {ARTICLE: f"{PAGE}{{{{ article.kicker.upper() }}}}{END}"},
        "own:print/article.xhtml, line 3: 'None' has no attribute 'upper'",
        id="None",
    ),
    pytest.param(
        {ARTICLE: f"{PAGE}{{{{ 1 / 0 }}}}{END}"},
        "own:print/article.xhtml, line 3: division by zero",
        id="division by zero",
    ),
    pytest.param(
        {ARTICLE: f"{PAGE}{{{{ article.headline | shout }}}}{END}"},
        "own:print/article.xhtml, line 3: No filter named 'shout'.",
        id="unknown filter",
    ),
    pytest.param(
        {ARTICLE: f'{PAGE}{{% include "parts/none.xhtml" %}}{END}'},
        "own:print/article.xhtml, line 3: there is no file 'parts/none.xhtml' in the theme, nor in any that it extends",
        id="missing include",
    ),
    pytest.param(
        {"parts__blocks.xhtml": "{% macro render(blocks, headline) %}\n{{ block.nothing }}\n{% endmacro %}"},
        "own:parts/blocks.xhtml, line 2: 'block' is undefined",
        id="in a file that others import",
    ),
    pytest.param(
        {"print.css": '{% include "base:print.css" %}\n\n.a { color: {{ options.colour }} }'},
        "own:print.css, line 3: 'dict object' has no attribute 'colour'",
        id="in a style sheet",
    ),
]


@pytest.mark.parametrize(("files", "message"), BROKEN)
def test_a_broken_template_is_one_line_with_file_and_line(files, message, tmp_path):
    make_theme(tmp_path, **files)

    with pytest.raises(ThemeError) as caught:
        rendered(bare(), "own", search=(tmp_path,))

    assert str(caught.value) == message


def test_a_template_that_is_not_utf8_is_refused(tmp_path):
    folder = make_theme(tmp_path, **{"print.css": ""})
    (folder / "print.css").write_bytes("é".encode("latin-1"))

    with pytest.raises(ThemeError) as caught:
        rendered(bare(), "own", search=(tmp_path,))

    assert str(caught.value) == "own:print.css is not UTF-8: unexpected end of data at byte 0"


ESCAPES = [
    pytest.param("{{ ''.__class__ }}", id="class"),
    pytest.param("{{ ''.__class__.__mro__[1].__subclasses__() }}", id="subclasses"),
    pytest.param("{{ href.__globals__ }}", id="globals of a function"),
    pytest.param("{{ href.__self__.theme }}", id="the assembly behind a function"),
    pytest.param("{{ _.translations.__init__ }}", id="inside the words"),
    pytest.param("{{ self._TemplateReference__context }}", id="context"),
    pytest.param("{{ range(100000000) }}", id="a range without end"),
    pytest.param("{% set x = articles.clear() %}", id="changing the articles"),
    pytest.param("{{ options.update({'accent': 'red'}) }}", id="changing the options"),
    pytest.param("{{ '{0.__class__}'.format(1) }}", id="by way of format"),
]


@pytest.mark.parametrize("code", ESCAPES)
def test_a_template_cannot_leave_its_sandbox(code, tmp_path):
    make_theme(tmp_path, **{ARTICLE: f"{PAGE}{code}{END}"})

    with pytest.raises(ThemeError) as caught:
        rendered(bare(), "own", search=(tmp_path,))

    assert str(caught.value).startswith("own:print/article.xhtml, line 3: ")


HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("</style><img src='x' onerror='y'/>", id="end of a style sheet"),
    pytest.param("{{ 7*7 }}{% raw %}", id="template"),
    pytest.param("a & b &amp; c &lt;", id="entities"),
    pytest.param('"; } * { display: none } /* \\', id="end of a CSS string"),
    pytest.param("]]><!-- x -->", id="end of a CDATA section"),
    pytest.param('<span class="folio" data-anchor="contents"></span>', id="a folio"),
]


@pytest.mark.parametrize("target", ["print", "ebook"])
@pytest.mark.parametrize("words_", HOSTILE)
def test_hostile_words_come_out_as_those_words(words_, target):
    article = bare(
        headline=words_,
        kicker=words_,
        standfirst=words_,
        bylines=(words_,),
        publication=words_,
        url="https://a.example/?q=%3Cscript%3E",
        body=(
            Paragraph(inlines=words(words_)),
            Paragraph(inlines=(Link(url="https://a.example/\"'<>", children=words(words_)),)),
            Subheading(inlines=words(words_)),
            Figure(caption=words(words_)),
            Table(header=(words(words_),), rows=((words(words_),),), caption=words(words_)),
        ),
        related=(Teaser(headline=f"{words_} 2", section=words_, summary=words_),),
    )

    rendition = rendered(issue(article, title=words_, number=words_), "compilation", target)

    roots = {document.name: ET.fromstring(document.markup) for document in rendition.documents}  # noqa: S314
    printed = " ".join("".join(root.itertext()) for root in roots.values()).replace("\N{NO-BREAK SPACE}", " ")
    assert printed.count(words_) >= 14
    elements = [element for root in roots.values() for element in root.iter() if element.get("role") != "doc-cover"]
    tags = {element.tag.rpartition("}")[2] for element in elements if element.get("class") != "qr"}
    assert tags.isdisjoint({"script", "style", "img"})
    assert {element.get("data-anchor") for element in elements if element.get("class") == "folio"} <= {
        element.get("id") for element in elements
    }


def test_a_title_in_a_style_sheet_is_one_css_string():
    title = 'Tin "nóng" \\ } @import url(file:///etc/passwd); </style>'

    sheet = rendered(issue(FULL, title=title)).stylesheets[0].data.decode()

    assert "@import" not in sheet
    assert "/etc/passwd)" not in sheet
    assert "</style>" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_text_and_nothing_else_is_escaped_once():
    article = bare(body=(Paragraph(inlines=(Text(text="5 < 6 & 7 > 6"),)),))

    markup = rendered(article).documents[0].markup

    assert ">5 &lt; 6 &amp; 7 &gt; 6</p>" in markup


def test_what_one_rendition_fills_in_is_in_no_other(tmp_path):
    """Templates are compiled once in a process, and what they say of themselves is set each time."""
    include = f'{PAGE}{{% include "parts/own.xhtml" %}}{END}'
    files = {"parts__own.xhtml": '<p>{{ "tổng-thể" | text }}</p>', ARTICLE: include}
    make_theme(tmp_path, **files, **{"ebook__article.xhtml": include.replace("print", "ebook")})

    made = [
        next(
            each.markup for each in rendered(FULL, "own", target, search=(tmp_path,)).documents if "tổng" in each.markup
        )
        for target in ("print", "ebook", "print")
    ]

    paged, flowing = '<p><span class="nobr">tổng-thể</span></p>', "<p>tổng-thể</p>"
    assert [[form in markup for form in (paged, flowing)] for markup in made] == [
        [True, False],
        [False, True],
        [True, False],
    ]


def test_a_template_that_changes_is_compiled_anew(tmp_path):
    made = []
    for line in ("one", "two"):
        make_theme(tmp_path, **{ARTICLE: f"{PAGE}<p>{line}</p>{END}"})
        made.append(rendered(FULL, "own", search=(tmp_path,)).documents[0].markup)

    assert ["<p>one</p>" in made[0], "<p>two</p>" in made[1]] == [True, True]
