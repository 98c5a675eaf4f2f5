"""The marks of printed pages: what a document is without their numbers, and that it gets them again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model.pagemarks import page_mark, with_numbers, without_numbers

numbers_in_order = st.lists(st.integers(1, 2000), max_size=12)


def document(numbers, between="<p>chữ</p>"):
    return f"<body>{between.join(map(page_mark, numbers))}</body>".encode()


@given(numbers_in_order)
def test_a_document_gets_its_numbers_again(numbers):
    alike, taken = without_numbers(document(numbers))

    assert with_numbers(alike, taken) == document(numbers)
    assert len(alike) == len(document(numbers))


@pytest.mark.parametrize(("before", "after"), [((3, 4), (7, 8)), ((98, 99), (10, 11)), ((100, 340), (101, 341))])
def test_documents_that_differ_in_their_numbers_alone_are_alike(before, after):
    assert without_numbers(document(before))[0] == without_numbers(document(after))[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(document((9, 10)), document((10, 11)), id="a number that is wider"),
        pytest.param(document((3, 4)), document((3, 4), "<p>từ</p>"), id="another text"),
    ],
)
def test_other_documents_are_not(before, after):
    assert without_numbers(before)[0] != without_numbers(after)[0]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(document((5,), "") + b'<a href="#page-5">5</a>', id="a link to a mark"),
        pytest.param(document((5,), "") + b'<p id="page-1"></p>', id="an element called so"),
        pytest.param(document((*range(1, 10), 5)), id="a tenth mark with a number of one figure"),
        pytest.param(b'<span role="doc-pagebreak" id="page-5" aria-label="5"></span>', id="a mark of others"),
        pytest.param(
            b'<span epub:type="pagebreak" role="doc-pagebreak" id="page-5" aria-label="6"></span>', id="two numbers"
        ),
    ],
)
def test_a_document_that_is_not_so_simple_stays_as_it_is(data):
    assert without_numbers(data)[0] == data
