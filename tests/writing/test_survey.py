"""The facts of one document."""

import pytest

from publisher.errors import RenderingError
from publisher.model import Document
from publisher.writing.survey import BookPicture, survey_document

HEAD = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"><head><title>a</title></head><body>'
)


def survey(body, before=""):
    document = Document(
        name="a", title="a", role="article", language="vi", markup=f"{before}{HEAD}{body}</body></html>"
    )
    return survey_document(document, document.markup.encode())


def refusal(body, before=""):
    with pytest.raises(RenderingError) as caught:
        survey(body, before)
    return str(caught.value)


def test_anchors_links_and_headings_come_in_document_order():
    facts = survey(
        '<h1 id="b"><a href="#a">1</a></h1><h2>2</h2><p id="a"><a href="https://example.org/?a=1&amp;b=2">3</a></p>'
    )

    assert facts.anchors == ["b", "a"]
    assert facts.links == ["#a", "https://example.org/?a=1&b=2"]
    assert facts.headings == [1, 2]
    assert facts.contents == []


def test_the_contents_are_the_links_of_the_nav_of_that_type_alone():
    facts = survey(
        '<nav epub:type="toc"><ol><li><a href="a.xhtml">1</a><ol><li><a href="b.xhtml">2</a></li></ol></li></ol></nav>'
        '<nav epub:type="landmarks"><ol><li><a href="c.xhtml">3</a></li></ol></nav><p><a href="d.xhtml">4</a></p>'
    )

    assert facts.contents == ["a.xhtml", "b.xhtml"]
    assert facts.links == ["a.xhtml", "b.xhtml", "c.xhtml", "d.xhtml"]


def test_all_that_is_loaded_is_a_resource():
    facts = survey(
        '<img src="a.jpg" alt=""/><video src="b.mp4" poster="c.jpg"/><picture><source srcset="d.webp"/></picture>'
        '<svg xmlns="http://www.w3.org/2000/svg"><image xlink:href="e.png"/><a xlink:href="#f"/></svg>'
    )

    assert facts.resources == ["a.jpg", "b.mp4", "c.jpg", "d.webp", "e.png"]
    assert facts.properties == {"svg"}


@pytest.mark.parametrize(
    ("attributes", "alt", "decorative", "described"),
    [
        ('alt="Dòng xe"', "Dòng xe", False, True),
        ('alt=""', "", False, False),
        ('alt="" role="presentation"', "", True, False),
        ('alt="  "', "  ", False, False),
        ('alt="Ảnh không có mô tả" data-described="no"', "Ảnh không có mô tả", False, False),
        ("", None, False, False),
    ],
    ids=["described", "empty", "decorative", "blank", "filled in", "missing"],
)
def test_a_picture_is_described_decorative_or_neither(attributes, alt, decorative, described):
    facts = survey(f'<img src="a.jpg" {attributes}/>')

    assert facts.pictures == [BookPicture(src="a.jpg", alt=alt, decorative=decorative, described=described)]


@pytest.mark.parametrize(
    ("headings", "sound"),
    [("123", True), ("1232", True), ("11", True), ("13", False), ("2", False), ("", False)],
)
def test_headings_are_sound_when_they_begin_at_1_and_skip_no_level(headings, sound):
    facts = survey("".join(f"<h{level}>a</h{level}>" for level in headings))

    assert facts.has_sound_headings is sound


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("<script>1</script>", "script"),
        ('<iframe src="a.xhtml"/>', "iframe"),
        ('<object data="a.swf"/>', "object"),
        ('<form action="https://example.org"/>', "form"),
        ('<p onclick="go()">a</p>', "p"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "script"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><set attributeName="href" to="https://example.org"/></svg>', "set"),
        ('<a href="#a" ping="https://example.org">a</a>', "a"),
        ('<meta http-equiv="refresh" content="0;url=https://example.org"/>', "meta"),
        ('<p xml:base="https://example.org/">a</p>', "p"),
    ],
)
def test_active_content_is_refused(body, where):
    assert refusal(body) == (
        f"cannot write the e-book: its document 'a' is unusable: it holds active content, in <{where}>. "
        "Correct its template."
    )


def test_an_entity_bomb_is_refused_before_it_goes_off():
    bomb = '<!DOCTYPE html [<!ENTITY a "' + "b" * 1000 + '"><!ENTITY c "' + "&a;" * 1000 + '">]>'

    assert refusal("&c;", before=bomb) == (
        "cannot write the e-book: its document 'a' is unusable: it declares entities. Correct its template."
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<p>a", "mismatched tag: line 1, column 175"),
        ("a & b", "not well-formed (invalid token): line 1, column 169"),
        ("a\x0bb", "not well-formed (invalid token): line 1, column 168"),
        ("a&nbsp;b", "undefined entity: line 1, column 168"),
    ],
    ids=["open element", "bare ampersand", "control character", "entity of HTML"],
)
def test_what_is_not_well_formed_is_refused(body, why):
    message = refusal(body)

    assert message.startswith("cannot write the e-book: its document 'a' is unusable: it is not well-formed XHTML (")
    assert message.endswith("). Correct its template.")
    assert why.split(":")[0] in message


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ('<?xml-stylesheet href="https://example.org/a.css"?>', "it holds the processing instruction 'xml-stylesheet'"),
        ('<!DOCTYPE html SYSTEM "https://example.org/a.dtd">', "its document type loads 'https://example.org/a.dtd'"),
    ],
)
def test_what_stands_before_a_document_loads_nothing(before, why):
    assert refusal("<p>a</p>", before=before) == (
        f"cannot write the e-book: its document 'a' is unusable: {why}. Correct its template."
    )


@pytest.mark.parametrize(
    "body",
    [
        '<p style="background: \\75rl(away.png)">a</p>',
        "<style>@import 'away.png';</style>",
        '<p background="away.png">a</p>',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="away.png"/><use href="#near"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><path fill="url(away.png)" mask="url(#near)"/></svg>',
    ],
    ids=["attribute", "element", "old attribute", "part of a drawing", "attribute of a drawing"],
)
def test_what_styles_and_drawings_in_a_document_load_is_a_resource(body):
    assert survey(body).resources == ["away.png"]
