"""Templates: a mistake names its file and line, hostile words stay words, and a template cannot leave its sandbox."""

import itertools
import xml.etree.ElementTree as ET

import pytest
from jinja2 import pass_context
from jinja2.sandbox import unsafe
from markupsafe import escape

from publisher.errors import ThemeError
from publisher.model import Figure, Link, Paragraph, Subheading, Table, Teaser, Text
from publisher.theming import load_theme
from publisher.theming.environment import LIMIT_CHARACTERS, Templates
from publisher.theming.markup import Typesetter
from publisher.theming.sandbox import TemplateAllowance
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
    pytest.param("{{ 'a'.format() }}{{ '{0.__class__}'.format(1) }}", id="by way of a format that was used before"),
]


@pytest.mark.parametrize("code", ESCAPES)
def test_a_template_cannot_leave_its_sandbox(code, tmp_path):
    make_theme(tmp_path, **{ARTICLE: f"{PAGE}{code}{END}"})

    with pytest.raises(ThemeError) as caught:
        rendered(bare(), "own", search=(tmp_path,))

    assert str(caught.value).startswith("own:print/article.xhtml, line 3: ")


STEPS = "it takes more than 20,000 steps to fill"
SIZE = "it makes more than 1,000,000 characters or items"
NESTED = "a list in it holds more than 1,000,000 items and characters"
NUMBER = "a width or a count in it is more than 10,000"
BITS = "a number in it has more than 4096 bits"
FIELD = "a field is no wider than 9,999, and its width is a number"
THOUSANDS = "{% for a in range(99999) %}"
DEAR = [
    pytest.param(f"{THOUSANDS}{THOUSANDS}{{% endfor %}}{{% endfor %}}", STEPS, id="loops in loops"),
    pytest.param(f"{THOUSANDS}{'x' * 2000}{{% endfor %}}", SIZE, id="a loop with long words of its own"),
    pytest.param(
        "{% set a = namespace(x='x' * 99) %}{% for i in range(60) %}{% set a.x = a.x ~ a.x %}{% endfor %}",
        SIZE,
        id="a text joined with itself",
    ),
    pytest.param(
        "{% set a = namespace(x='x') %}{% for i in range(60) %}{% set a.x = a.x + a.x %}{% endfor %}",
        SIZE,
        id="a text added to itself",
    ),
    pytest.param(
        "{% set a = namespace(x=[1]) %}{% for i in range(60) %}{% set a.x = [a.x, a.x] %}{% endfor %}{{ a.x }}",
        STEPS,
        id="a list that holds another twice",
    ),
    pytest.param(
        "{% set a = namespace(x=[1]) %}{% for i in range(60) %}{% set a.x = {1: a.x, 2: a.x} %}{% endfor %}{{ a.x }}",
        STEPS,
        id="a mapping that holds another twice",
    ),
    pytest.param(
        "{% set a = namespace(x=9) %}{% for i in range(60) %}{% set a.x = a.x * a.x %}{% endfor %}",
        BITS,
        id="a number multiplied with itself",
    ),
    pytest.param("{{ 'x' * 10**10 }}", SIZE, id="a text multiplied"),
    pytest.param("{{ 10**10 * [0] }}", SIZE, id="a list multiplied"),
    pytest.param("{{ ['x' * 1000] * 5000 }}", NESTED, id="a list of one long text"),
    pytest.param("{{ 10**(10**10) }}", BITS, id="a power"),
    pytest.param("{{ '%1000000000d' % 1 }}", FIELD, id="a wide field"),
    pytest.param("{{ '%*d' % (1000000000, 1) }}", FIELD, id="a field as wide as is said"),
    pytest.param("{{ '%1000000000d' | format(1) }}", FIELD, id="a wide field in a filter"),
    pytest.param("{{ '{:>1000000000}'.format(1) }}", FIELD, id="a wide field in a method"),
    pytest.param("{{ '{:>{}}'.format(1, 1000000000) }}", FIELD, id="a field in a field"),
    pytest.param("{{ 'x'.ljust(1000000000) }}", NUMBER, id="a method that fills up"),
    pytest.param("{{ [1] | batch(1000000000, 'x') | list }}", NUMBER, id="a filter that fills up"),
    pytest.param("{{ 1 | round(-1000000000) }}", NUMBER, id="a number rounded"),
    pytest.param("{{ ('x' * 100000).replace('', 'x' * 100000) }}", SIZE, id="a text put between letters"),
    pytest.param("{{ ('x' * 100000) | replace('', 'x' * 100000) }}", SIZE, id="the same in a filter"),
    pytest.param("{{ ('x' * 100000).join('x' * 100000) }}", SIZE, id="a text put between texts"),
    pytest.param("{{ range(99999) | join('x' * 100000) }}", SIZE, id="the same in a filter, between numbers"),
    pytest.param(
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "it is nested too deeply, or calls itself",
        id="a macro that calls itself",
    ),
    pytest.param(
        "{% macro a() %}x{% endmacro %}"
        + "".join(
            f"{{% macro {two}() %}}{{{{ {one}() }}}}{{{{ {one}() }}}}{{% endmacro %}}"
            for one, two in zip("abcdefghijklmnopqrstuvwxyzABCDE", "bcdefghijklmnopqrstuvwxyzABCDEF", strict=True)
        )
        + "{{ F() }}",
        STEPS,
        id="macros that each call another twice",
    ),
]


def filled(folder, path="print.css", **files):
    """What a template of a theme gives where little is allowed."""
    make_theme(folder, **files)
    allowance = TemplateAllowance(steps=20_000, size=1_000_000)
    return Templates(load_theme("own", [folder]), Typesetter(for_print=True), {}, allowance).fill(path, {})


@pass_context
def _named(context, form):
    return form % context.name


@unsafe
def _unsafe():
    raise AssertionError("it was called")


CALLED = [
    pytest.param("{{ named('<%s>') }}", "<print.css>", id="a function that asks for the context"),
    pytest.param("{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(b=3, a=4) }}", "1243", id="a macro"),
    pytest.param(
        "{% macro m() %}<{{ caller(1) }}>{% endmacro %}{% call(a) m() %}{{ a }}{% endcall %}", "<1>", id="a block"
    ),
    pytest.param("{% for a in 'xy' %}{{ named('%s ') }}{% endfor %}", "print.css print.css ", id="in a loop"),
    pytest.param("{{ upper('a') }}{{ 'b'.upper() }}", "AB", id="methods of a text"),
]


@pytest.mark.parametrize(("code", "expected"), CALLED)
def test_what_is_called_gets_what_it_asks_for(code, expected, tmp_path):
    make_theme(tmp_path, **{"print.css": code})
    called = {"named": _named, "upper": str.upper}

    templates = Templates(load_theme("own", [tmp_path]), Typesetter(for_print=True), called)

    assert templates.fill_sheet("print.css", {})[0] == expected


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        pytest.param(_unsafe, "<function _unsafe at ", id="one that is marked as unsafe"),
        pytest.param(escape("x" * 2000).join, SIZE, id="a method of a markup"),
    ],
)
def test_what_is_called_is_judged_before(function, reason, tmp_path):
    make_theme(tmp_path, **{"print.css": "{{ called('y' * 2000) }}"})
    allowance = TemplateAllowance(steps=20_000, size=1_000_000)
    templates = Templates(load_theme("own", [tmp_path]), Typesetter(for_print=True), {"called": function}, allowance)

    with pytest.raises(ThemeError) as caught:
        templates.fill("print.css", {})

    assert str(caught.value).startswith(f"own:print.css, line 1: {reason}")


@pytest.mark.parametrize(("code", "reason"), DEAR)
def test_a_template_that_goes_on_without_end_is_one_line_with_file_and_line(code, reason, tmp_path):
    with pytest.raises(ThemeError) as caught:
        filled(tmp_path, **{"print.css": f"\n\n{code}"})

    assert str(caught.value) == f"own:print.css, line 3: {reason}"


def test_templates_that_each_include_another_twice_are_stopped(tmp_path):
    names = "abcdefghijklmnopqrstuvwxyzABCDEF"
    files = {f"{one}.css": f'{{% include "{two}.css" %}}' * 2 for one, two in itertools.pairwise(names)}

    with pytest.raises(ThemeError) as caught:
        filled(tmp_path, **files, **{f"{names[-1]}.css": "x", "print.css": '{% include "a.css" %}'})

    assert str(caught.value).endswith(f".css, line 1: {STEPS}")


def test_a_template_that_includes_itself_is_stopped(tmp_path):
    make_theme(tmp_path, **{"print.css": '{% include "print.css" %}'})

    with pytest.raises(ThemeError) as caught:
        filled(tmp_path)

    assert str(caught.value) == "own:print.css, line 1: it is nested too deeply, or calls itself"


@pytest.mark.parametrize(
    "code", ["{% if a %}" * 200, "(" * 5000, "{% for a in b %}" * 60], ids=["if", "brackets", "for"]
)
def test_a_template_that_is_nested_deeply_is_one_line(code, tmp_path):
    ends = {"{% i": "{% endif %}" * 200, "((((": "", "{% f": "{% endfor %}" * 60}
    code = f"{{{{ {code} }}}}" if code.startswith("(") else code + ends[code[:4]]
    make_theme(tmp_path, **{"print.css": code})

    with pytest.raises(ThemeError) as caught:
        rendered(bare(), "own", search=(tmp_path,))

    assert "print.css" in str(caught.value) and "\n" not in str(caught.value)


def test_a_template_that_is_too_long_is_refused(tmp_path):
    make_theme(tmp_path, **{"print.css": "x" * (LIMIT_CHARACTERS + 1)})

    with pytest.raises(ThemeError) as caught:
        rendered(bare(), "own", search=(tmp_path,))

    assert str(caught.value) == "own:print.css is too long for a template: the limit is 1,048,576 characters"


def test_loops_lists_and_joined_texts_are_what_they_are_elsewhere(tmp_path):
    code = (
        "{% for a, b in [(1, 2), (3, 4)] %}{{ loop.index }}/{{ loop.length }}{{ loop.last }} {{ a ~ b ~ '<' }}"
        "{% endfor %}{% for a in [] %}{% else %} none{% endfor %}{% set c, d = 'x', {'y': [[1, 2]]} %} {{ c }}"
        "{{ d.y[0][1] }}{% for each in [('a', [('b', [])]), ('c', [])] recursive %}({{ each[0] }}{{ loop(each[1]) }})"
        "{% endfor %} {{ '%02d|%s' | format(7, 'a') }} {{ 'a-b'.replace('-', '+') }} {{ ('x' * 3).join('ab') }} "
        "{{ 2 ** 10 }} {{ [1, 2, 3] | batch(2) | list }} {{ '{:>3}'.format(1) }} {{ [[1]] + [[2]] }}"
    )

    assert filled(tmp_path, **{"print.css": code}) == (
        "1/2False 12<2/2True 34< none x2(a(b))(c) 07|a a+b axxxb 1024 [[1, 2], [3]]   1 [[1], [2]]"
    )


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

    assert ">5 &lt; 6 &amp; 7 &gt;\xa06</p>" in markup


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


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        pytest.param(
            "<p>one<br>two</p>",
            "own:print/colophon.xhtml: 'About this issue' is not well-formed XHTML: mismatched tag, at "
            "'<div><p>one<br>two</p></div>'. Close each element, and escape & and <",
            id="an element that is not closed",
        ),
        pytest.param(
            "<p>one & two</p>",
            "own:print/colophon.xhtml: 'About this issue' is not well-formed XHTML: not well-formed (invalid token), "
            "at '<div><p>one & two</p></div>'. Close each element, and escape & and <",
            id="a sign that is not escaped",
        ),
    ],
)
def test_a_document_that_is_not_well_formed_is_refused_in_print_too(wrong, message, tmp_path):
    make_theme(tmp_path, **{"theme.toml": BASED, "print__colophon.xhtml": wrong})

    with pytest.raises(ThemeError) as caught:
        rendered(bare(language="en"), "own", search=(tmp_path,))

    assert str(caught.value) == message


def test_a_block_that_no_template_above_has_is_refused_with_its_line(tmp_path):
    article = '{% extends "base:print/article.xhtml" %}\n{% block mastead %}<p>x</p>{% endblock %}'
    make_theme(tmp_path, **{"theme.toml": BASED, "print__article.xhtml": article})

    with pytest.raises(ThemeError) as caught:
        rendered(bare(), "own", search=(tmp_path,))

    assert str(caught.value) == (
        "own:print/article.xhtml, line 2: no template that it extends has a block 'mastead'. Did you mean 'masthead'?"
    )


def test_a_block_inside_one_that_is_above_may_be_new(tmp_path):
    article = (
        '{% extends "base:print/article.xhtml" %}{% block masthead %}{% block own %}Ours{% endblock %}{% endblock %}'
    )
    make_theme(tmp_path, **{"theme.toml": BASED, "print__article.xhtml": article})

    made = rendered(bare(), "own", search=(tmp_path,))

    assert any("Ours" in document.markup for document in made.documents)


BASED = 'summary = "S."\nextends = "base"\n'
