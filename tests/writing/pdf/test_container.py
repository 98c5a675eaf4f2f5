"""The outer form of a PDF: qpdf reads it, and its identifier follows from what it holds."""

import io
import zlib

import pikepdf
import pytest

from publisher.writing.pdf.container import Container, dictionary


def made(words, objects=450, *, together=False):
    """A file with a page that holds the words, and so many objects besides."""
    output = io.BytesIO()
    container = Container(output)
    catalog, pages, page, content = (container.reserve() for _ in range(4))
    data = zlib.compress(words)
    container.add_stream(content, dictionary({}, data), data)
    container.add(
        page, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents %d 0 R>>" % (pages, content)
    )
    container.add(pages, b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page)
    others = [container.reserve() for _ in range(objects)]
    bodies = {number: b"(object %d)" % number for number in reversed(others)}
    if together:
        container.add_many(bodies)
    else:
        for number, body in bodies.items():
            container.add(number, body)
    container.add(
        catalog, b"<</Type/Catalog/Pages %d 0 R/Others[%b]>>" % (pages, b" ".join(b"%d 0 R" % n for n in others))
    )
    container.close({"Root": b"%d 0 R" % catalog})
    return output.getvalue()


def test_every_object_is_found_by_its_number():
    with pikepdf.open(io.BytesIO(made(b"words"))) as file:
        assert file.check_pdf_syntax() == []
        assert file.pages[0].Contents.read_bytes() == b"words"
        assert [str(each) for each in file.Root.Others] == [f"object {each.objgen[0]}" for each in file.Root.Others]
        assert len(file.Root.Others) == 450


def test_the_same_content_has_the_same_identifier_and_other_content_another():
    identifiers = [bytes(pikepdf.open(io.BytesIO(made(words))).trailer.ID[0]) for words in (b"a", b"a", b"b")]

    assert identifiers[0] == identifiers[1] != identifiers[2]


@pytest.mark.parametrize("objects", [0, 1, 197, 198, 450])
def test_objects_added_together_stand_as_those_added_one_by_one(objects):
    """Two stand in the first group before them, and one comes after."""
    assert made(b"words", objects, together=True) == made(b"words", objects)
