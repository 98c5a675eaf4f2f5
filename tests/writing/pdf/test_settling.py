"""Page numbers settle whatever the order in which the documents of a wave are made."""

import msgspec
import pytest

from publisher.errors import RenderingError
from publisher.model import Document
from publisher.writing.pdf.settling import UNKNOWN, Known, fill_folios, settle


def document(name, role="article", markup=""):
    return Document(name=name, title=name, role=role, language="vi", markup=markup)


def folio(anchor):
    return f'<span class="folio" data-anchor="{anchor}"></span>'


class Made(msgspec.Struct, frozen=True):
    page_count: int
    anchors: dict[str, int]
    numbers: tuple[str, ...]
    links: tuple[str, ...] = ()
    is_bound: bool = False
    is_numbered: bool = False


class Printer:
    """Makes documents of so many pages, each with an anchor of its name on its first, and remembers what was asked."""

    def __init__(self, documents, lengths, *, backwards=False, own=None, **fields):
        self.documents = documents
        self.lengths = lengths
        self.backwards = backwards
        self.own = own
        self.fields = fields
        self.asked = []

    def settles(self, index, known):
        """The numbers as a document has them that knows those of its own pages, or just as they were asked for."""
        return known.numbers if self.own is None else self.own(index, known)

    def __call__(self, wanted):
        self.asked.append({self.documents[index].name: known for index, known in wanted.items()})
        for index in sorted(wanted, reverse=self.backwards):
            name = self.documents[index].name
            length = self.lengths[name]
            links = tuple(link for link in self.fields.get("links", {}).get(name, ()) if link not in wanted[index].dead)
            yield (
                index,
                Made(
                    length(wanted[index].numbers) if callable(length) else length,
                    {name: 0},
                    self.settles(index, wanted[index]),
                    links,
                    name in self.fields.get("bound", ()),
                    name in self.fields.get("numbered", ()),
                ),
            )


def known(*numbers, first=None, dead=(), beyond=()):
    return Known(numbers=numbers, first_page=first, dead=dead, beyond=beyond)


ISSUE = (
    document("contents", "contents", folio("a") + folio("b") + folio("c")),
    document("a"),
    document("b"),
    document("c", "appendix", folio("b")),
)


@pytest.mark.parametrize(
    ("markup", "numbers", "filled"),
    [
        pytest.param(folio("a"), ("12",), '<span class="folio" data-number="0">12</span>', id="one"),
        pytest.param(
            f"<i>{folio('a')}, {folio('c-1')}</i>",
            ("12", "7"),
            '<i><span class="folio" data-number="0">12</span>, <span class="folio" data-number="1">7</span></i>',
            id="two",
        ),
        pytest.param("<p>12</p>", (), "<p>12</p>", id="none"),
        pytest.param(
            '&lt;span class="folio" data-anchor="a"&gt;&lt;/span&gt;',
            (),
            '&lt;span class="folio" data-anchor="a"&gt;&lt;/span&gt;',
            id="words that look like one",
        ),
    ],
)
def test_folios_are_filled_in_their_order(markup, numbers, filled):
    assert fill_folios(document("a", markup=markup), numbers) == filled


@pytest.mark.parametrize("backwards", [False, True])
def test_what_tells_pages_is_made_when_they_are_known_and_front_matter_twice(backwards):
    printer = Printer(ISSUE, {"contents": 2, "a": 3, "b": 4, "c": 1}, backwards=backwards)

    settle(ISSUE, printer, lambda done, total: None)

    assert printer.asked == [
        {"contents": known(UNKNOWN, UNKNOWN, UNKNOWN, first=1), "a": known(), "b": known()},
        {"c": known("0")},
        {"contents": known("0", "0", "00", first=1)},
    ]


def test_what_tells_where_articles_stand_is_made_when_all_of_them_are_and_a_first_row_with_the_contents_once():
    issue = (
        document("row", "articles", folio("row") + folio("a")),
        document("a", "articles"),
        document("related", "appendix", folio("row") + folio("a")),
    )
    printer = Printer(issue, {"row": 2, "a": 3, "related": 4})

    settle(issue, printer, lambda done, total: None)

    assert printer.asked == [
        {"a": known()},
        {"row": known("0", "0", first=1, beyond=(0, 1))},
        {"related": known("0", "0")},
    ]


@pytest.mark.parametrize(
    ("before", "beside"),
    [
        pytest.param(20, True, id="two digits whether the row has two pages or eight"),
        pytest.param(4, False, id="one digit or two"),
        pytest.param(91, False, id="two digits or three"),
    ],
)
def test_what_tells_numbers_that_are_as_long_in_any_case_is_made_beside_the_first_row(before, beside):
    page = "." * 1000
    issue = (
        document("row", "articles", folio("a").ljust(4000, ".")),
        document("other", "articles", page * before),
        document("a", "articles", page),
        document("related", "appendix", folio("a")),
    )
    printer = Printer(issue, {"row": 4, "other": before, "a": 1, "related": 1})

    settle(issue, printer, lambda done, total: None)

    related = {"related": known("0" * len(str(before + 5)))}
    row = {"row": known("0" * len(str(before + 1)), first=1, beyond=(before + 1,))}
    assert printer.asked[1:] == ([row | related] if beside else [row, related])


def test_a_first_row_that_knows_how_long_it_is_is_made_once_however_long_its_numbers_are():
    issue = (
        document("row", "articles", folio("row") + folio("a") + folio("b")),
        document("a", "articles"),
        document("b", "articles"),
    )

    def own(index, known):
        return ("0", *("0" * len(str(page + 7)) for page in known.beyond[1:])) if index == 0 else known.numbers

    printer = Printer(issue, {"row": 7, "a": 3, "b": 4}, own=own)
    settled = {}

    settle(issue, printer, lambda done, total: None, settled=settled.update)

    assert printer.asked == [{"a": known(), "b": known()}, {"row": known("0", "0", "0", first=1, beyond=(0, 1, 4))}]
    assert settled["row"] == known("0", "0", "00", first=1)


def test_contents_that_grow_with_their_numbers_move_what_follows():
    printer = Printer(ISSUE, {"contents": lambda numbers: 1 if UNKNOWN in numbers else 2, "a": 3, "b": 4, "c": 1})

    settle(ISSUE, printer, lambda done, total: None)

    assert printer.asked[2:] == [
        {"contents": known("0", "0", "0", first=1)},
        {"contents": known("0", "0", "00", first=1)},
    ]


def test_a_document_whose_numbers_cannot_be_set_late_is_told_them():
    printer = Printer(ISSUE, {"contents": 2, "a": 3, "b": 4, "c": 1}, numbered=("contents", "c"))

    settle(ISSUE, printer, lambda done, total: None)

    assert printer.asked[1:] == [{"c": known("0")}, {"contents": known("3", "6", "10", first=1)}, {"c": known("6")}]


def test_a_document_that_is_bound_is_made_again_where_it_begins():
    printer = Printer(ISSUE[1:3], {"a": 3, "b": 4}, bound=("a", "b"))

    settle(ISSUE[1:3], printer, lambda done, total: None)

    assert printer.asked == [{"a": known(first=1), "b": known()}, {"b": known(first=4)}]


def test_in_turn_each_is_made_where_it_begins():
    printer = Printer(ISSUE[1:3], {"a": 3, "b": 4}, bound=("a", "b"))

    settle(ISSUE[1:3], printer, lambda done, total: None, in_turn=True)

    assert printer.asked == [{"a": known(first=1)}, {"b": known(first=4)}]


def test_anchors_that_no_document_has_are_told_to_those_that_lead_to_them():
    printer = Printer(ISSUE[1:3], {"a": 1, "b": 1}, links={"a": ("b", "x"), "b": ("y", "a", "z")})

    settle(ISSUE[1:3], printer, lambda done, total: None)

    assert printer.asked[1:] == [{"a": known(first=1, dead=("x",)), "b": known(dead=("y", "z"))}]


def test_progress_is_told_for_each_document():
    told = []

    settle(ISSUE, Printer(ISSUE, {"contents": 2, "a": 3, "b": 4, "c": 1}), lambda *numbers: told.append(numbers))

    assert told == [(1, 4), (2, 4), (3, 4), (4, 4), (4, 4)]


def test_numbers_that_do_not_settle_are_an_error():
    lengths = {"contents": lambda numbers: 1 if numbers[0] != "2" else 2, "a": 3, "b": 4, "c": 1}
    printer = Printer(ISSUE, lengths, numbered=("contents",))

    with pytest.raises(RenderingError) as caught:
        settle(ISSUE, printer, lambda done, total: None)

    assert str(caught.value) == "the PDF could not be made: its page numbers do not settle"


def test_with_what_was_known_before_nothing_is_made_twice():
    lengths = {"contents": 2, "a": 3, "b": 4, "c": 1}
    before = {}
    settle(ISSUE, Printer(ISSUE, lengths), lambda done, total: None, settled=before.update)
    printer = Printer(ISSUE, lengths)

    settle(ISSUE, printer, lambda done, total: None, before=before)

    made = [name for wave in printer.asked for name in wave]
    assert sorted(made) == ["a", "b", "c", "contents"]


def test_what_was_known_before_decides_nothing_in_the_end():
    before, after, anew = {}, {}, {}
    settle(ISSUE, Printer(ISSUE, {"contents": 2, "a": 3, "b": 4, "c": 1}), lambda *_: None, settled=before.update)
    longer = {"contents": 2, "a": 300, "b": 4, "c": 1}

    settle(ISSUE, Printer(ISSUE, longer), lambda *_: None, before=before, settled=after.update)
    settle(ISSUE, Printer(ISSUE, longer), lambda *_: None, settled=anew.update)

    assert after == anew != before


def test_a_document_that_points_to_others_than_before_begins_anew():
    before = {"contents": known("0", first=1)}
    printer = Printer(ISSUE, {"contents": 2, "a": 3, "b": 4, "c": 1})

    settle(ISSUE, printer, lambda done, total: None, before=before)

    assert printer.asked[0]["contents"] == known(UNKNOWN, UNKNOWN, UNKNOWN, first=1)


CONTENTS_ON_ITS_PAGE = (
    document("row", "articles", folio("row") + folio("a") + '<h1 id="row">'.ljust(4000, ".")),
    document("a", "articles", '<h1 id="a">'.ljust(9000, ".")),
    document("related", "appendix", folio("row") + folio("a")),
)


def test_what_comes_in_later_waves_may_be_made_with_the_first_and_is_guessed_by_how_much_there_is():
    lengths = {"row": 9, "a": 3, "related": 4}
    printer = Printer(CONTENTS_ON_ITS_PAGE, lengths)
    guessed, told = {}, {}

    def make_beside(wanted, beside):
        guessed.update({index: beside.guess(index) for index in (0, 2)})
        assert [beside.known(index) for index in (0, 2)] == [None, None]
        beside.laid_out(1, 3, {"a": 0})
        told[0] = beside.known(0)
        beside.laid_out(0, 9, {"row": 0})
        told[2] = beside.known(2)
        return printer(wanted | told)

    settle(CONTENTS_ON_ITS_PAGE, printer, lambda done, total: None, make_beside=make_beside)

    assert guessed == {0: known("0", "0", first=1), 2: known("0", "0")}
    assert told == {0: known("0", "0", first=1, beyond=(0, 1)), 2: known("0", "00")}
    first, *later = printer.asked
    assert first == {"row": told[0], "a": known(), "related": told[2]}
    assert later == [{"row": known("0", "00", first=1)}]


def test_what_is_not_made_with_the_first_wave_is_made_in_its_own():
    printer = Printer(CONTENTS_ON_ITS_PAGE, {"row": 2, "a": 3, "related": 4})
    expected = Printer(CONTENTS_ON_ITS_PAGE, {"row": 2, "a": 3, "related": 4})
    settled, anew = {}, {}

    settle(CONTENTS_ON_ITS_PAGE, expected, lambda *_: None, settled=anew.update)
    settle(
        CONTENTS_ON_ITS_PAGE,
        printer,
        lambda *_: None,
        settled=settled.update,
        make_beside=lambda wanted, beside: printer(wanted),
    )

    assert settled == anew
    assert [[*wave] for wave in printer.asked] == [["a"], ["row"], ["related"]]


def test_numbers_are_guessed_by_the_pages_that_are_there():
    long = document("long", "articles", '<h1 id="long">'.ljust(6000, ".") + '<h1 id="end">')
    issue = (long, document("a", "articles", "." * 1000), document("related", "appendix", folio("end")))
    guesses = []

    def make_beside(wanted, beside):
        guesses.append(beside.guess(2))
        beside.laid_out(1, 3, {})
        guesses.append(beside.guess(2))
        return printer(wanted)

    printer = Printer(issue, {"long": 18, "a": 3, "related": 1})
    settle(issue, printer, lambda *_: None, make_beside=make_beside)

    assert guesses == [known("0"), known("00")]


def test_of_a_list_of_links_what_is_read_counts_and_not_its_markup():
    contents = document(
        "contents", "contents", f'<a href="#{"x" * 90_000}">Bài</a>' + '<h1 id="end">Hết</h1>' + folio("a")
    )
    issue = (contents, document("a", "articles", "." * 1000), document("related", "appendix", folio("end")))
    guesses = []

    def make_beside(wanted, beside):
        beside.laid_out(1, 3, {})
        guesses.extend(beside.guesses((2,), more)[2] for more in (0, 9))
        return printer(wanted)

    printer = Printer(issue, {"contents": 1, "a": 3, "related": 1})
    settle(issue, printer, lambda *_: None, make_beside=make_beside)

    assert guesses == [known("0"), known("00")]
