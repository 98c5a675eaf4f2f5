"""The tag tree as it is read: every form in which a file may write the same tree."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from publisher.checking.pdf.structure import Content, ObjectHeld, Structure


def _file() -> pikepdf.Pdf:
    file = pikepdf.new()
    file.add_blank_page()
    file.add_blank_page()
    return file


def _read(file: pikepdf.Pdf, root: Dictionary) -> Structure:
    return Structure(file, root, {page.obj.objgen: place for place, page in enumerate(file.pages)})


def test_elements_are_read_whether_they_stand_inside_each_other_or_are_referred_to() -> None:
    file = _file()
    page = file.pages[1].obj
    span = file.make_indirect(Dictionary(S=Name.Span, Pg=page, K=3))
    numbers = file.make_indirect(
        Array([7, span, Dictionary(Type=Name.MCR, MCID=file.make_indirect(Object.parse(b"8")))])
    )
    kind = file.make_indirect(Name.P)
    paragraph = Dictionary(Type=Name.StructElem, S=kind, Pg=file.pages[0].obj, K=numbers)
    root = Dictionary(K=Dictionary(S=Name.Document, K=Array([paragraph])))

    structure = _read(file, root)

    assert [(each.kind, each.page) for each in structure.elements] == [("Document", None), ("P", 0), ("Span", 1)]
    assert list(structure.elements[1].contents()) == [Content(0, None, 7), Content(1, None, 3), Content(0, None, 8)]


def test_what_an_element_holds_is_known_by_its_number() -> None:
    file = _file()
    page = file.pages[0].obj
    link = file.make_indirect(Dictionary(Subtype=Name.Link))
    form = file.make_stream(b"")
    held = [
        Dictionary(Type=Name.OBJR, Obj=link, Pg=page),
        Dictionary(Type=Name.OBJR, Obj=Dictionary(Subtype=Name.Link)),
        Dictionary(Type=Name.MCR, Stm=form, MCID=0, Pg=page),
        Dictionary(Type=Name.MCR, MCID=Name.None_),
    ]

    structure = _read(file, Dictionary(K=Dictionary(S=Name.Link, K=Array(held))))

    assert structure.elements[0].kids == [
        ObjectHeld(0, link.objgen),
        ObjectHeld(None, (0, 0)),
        Content(0, form.objgen, 0),
    ]


def test_names_and_texts_are_read_in_every_coding() -> None:
    file = _file()
    texts = {
        "/Alt": String("Chợ nổi"),
        "/ActualText": Object.parse(b"(caf\\351)"),
        "/ID": file.make_indirect(String("12 0 R")),
        "/Lang": Object.parse(b"<feff0076006900>"),
    }
    strange = Dictionary(S=Object.parse(b"/P#e9#ff"), K=0, **{key[1:]: text for key, text in texts.items()})

    (element,) = _read(file, Dictionary(K=Array([strange]))).elements

    assert element.raw == "P#e9#ff"
    assert {key: element.text_of(key[1:]) for key in texts} == {key: str(text) for key, text in texts.items()}
    assert element.text_of("E") is None


def test_attributes_are_found_whoever_owns_them() -> None:
    file = _file()
    table = file.make_indirect(Dictionary(O=Name.Table, Scope=file.make_indirect(Name.Row)))
    cell = Dictionary(S=Name.TH, A=Array([Dictionary(O=Name.Layout), 0, table]))
    plain = Dictionary(S=Name.TH, A=Dictionary(O=Name.Table, Scope=Name.Column))

    elements = _read(file, Dictionary(K=Array([cell, plain]))).elements

    assert [element.attribute("Scope") for element in elements] == ["/Row", "/Column"]
    assert [element.attribute("Headers") for element in elements] == [None, None]


def test_an_element_that_comes_again_is_read_once() -> None:
    file = _file()
    part = file.make_indirect(Dictionary(S=Name.Part))
    part.K = Array([part, file.make_indirect(Dictionary(S=Name.P, K=0))])

    structure = _read(file, Dictionary(K=Array([part, part])))

    assert structure.looped
    assert [element.kind for element in structure.elements] == ["Part", "P"]


def test_what_is_no_dictionary_is_no_element() -> None:
    file = _file()
    element = file.make_indirect(Dictionary(S=Name.P))
    root = Dictionary(K=Array([element, String("1 0 R"), Name.P, 5, True, Object.parse(b"1.5"), Array([element])]))

    structure = _read(file, root)

    assert [each.kind for each in structure.elements] == ["P"]
    assert structure.top[0].kids == []
    assert structure.is_element(f"{element.objgen[0]} 0 R")
    assert not structure.is_element("u:1 0 R")
    assert not structure.is_element(None)
