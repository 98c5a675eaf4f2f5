"""Where page numbers stand, and how they are set when they are known."""

import pytest

from publisher.writing.pdf.folios import counts_pages_in_flow, folio_operators
from publisher.writing.pdf.fragment import LateFolio, Numerals

EVEN = Numerals(tuple((20 + digit, 5.0) for digit in range(10)), {})
KERNED = Numerals(EVEN.digits, {11: -0.5})


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        pytest.param("p::after { content: counter(page) }", True, id="after a paragraph"),
        pytest.param("p::after { content: counters( page, '.') }", True, id="as a list of counters"),
        pytest.param("@page { @top-left { content: counter(page) } }", False, id="in a margin"),
        pytest.param("@page a:first { margin: 0; @top-left { content: counter(page) } }", False, id="of some pages"),
        pytest.param("@page { margin: 0 } i::before { content: counter(page) }", True, id="after a page's rule"),
        pytest.param("p { color: red } /* counter(page) */", False, id="in a comment"),
        pytest.param("p::after { content: counter(pages) counter(item) }", False, id="other counters"),
        pytest.param("@page { @top-left { content: counter(page)", False, id="in a rule cut short"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_page_numbers_in_the_flow_are_seen(text, counts):
    assert counts_pages_in_flow(["p { margin: 0 }", text]) == counts


def test_a_number_is_set_digit_by_digit_closer_where_the_font_kerns():
    assert EVEN.glyphs("201") == ((22, 5.0), (20, 5.0), (21, 5.0))
    assert KERNED.glyphs("1116") == ((21, 4.5), (21, 4.5), (21, 5.0), (26, 5.0))


def test_only_digits_as_wide_as_each_other_can_stand_for_each_other():
    uneven = Numerals((*EVEN.digits[:9], (29, 5.5)), {})

    assert [numerals.are_even for numerals in (EVEN, KERNED, uneven)] == [True, False, False]


@pytest.mark.parametrize(
    ("align", "left"),
    [
        pytest.param("left", 100, id="left"),
        pytest.param("center", 145, id="centred"),
        pytest.param("right", 190, id="right"),
    ],
)
def test_a_folio_stands_where_its_margin_box_has_it(align, left):
    folio = LateFolio(
        state=b"0 0 0 rg",
        left=100,
        width=100,
        align=align,
        baseline=50,
        font="F",
        size=10,
        before=(),
        after=(),
        numerals=EVEN,
    )

    assert folio_operators(folio, 12, dict.fromkeys(range(20, 30), 500)) == (
        b"/Artifact BMC q\n0.75 0 0 0.75 0 0 cm\n0 0 0 rg\nBT\n"
        b"1 0 0 -1 %f 50.000000 Tm\n/F 10.000000 Tf\n[<00150016>] TJ\nET Q EMC" % left
    )
