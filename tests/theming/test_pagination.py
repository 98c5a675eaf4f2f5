"""Where a marker goes in a document's markup, and which pages are listed."""

import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.model import Document, NavEntry, PageBreak, Pagination
from publisher.theming import load_theme, render
from publisher.theming.pagination import list_pages, mark_pages, page_points, place_attribute
from tests.theming.issues import ENGLISH, FULL, issue, rendered

MARK = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-{0}" aria-label="{0}"></span>'


def document(markup, name="a"):
    return Document(name=name, title="A", role="article", language="vi", markup=markup)


def marked(markup, *breaks):
    """The markup with its markers, each shown as its page in square brackets."""
    made = document(markup)
    text = mark_pages(made, page_points([made], breaks)).markup
    for page_break in breaks:
        text = text.replace(MARK.format(page_break.page), f"[{page_break.page}]")
    return text


def at(page, place="p", letters=0, signs=0):
    return PageBreak(page=page, place=place, letters=letters, signs=signs)


PARAGRAPH = f"<p{place_attribute('p')}>Một <em>hai</em> ba, bốn.</p>"


@pytest.mark.parametrize(
    ("markup", "page_break", "expected"),
    [
        (PARAGRAPH, at(2), "<p>[2]Một <em>hai</em> ba, bốn.</p>"),
        (PARAGRAPH, at(2, letters=3), "<p>Một <em>[2]hai</em> ba, bốn.</p>"),
        (PARAGRAPH, at(2, letters=6), "<p>Một <em>hai</em> [2]ba, bốn.</p>"),
        (PARAGRAPH, at(2, letters=8), "<p>Một <em>hai</em> ba, [2]bốn.</p>"),
        (PARAGRAPH, at(2, letters=99), "<p>Một <em>hai</em> ba, bốn.[2]</p>"),
        (PARAGRAPH, at(2, place="q"), "<p>Một <em>hai</em> ba, bốn.</p>"),
        ('<p class="a" data-place="p">“A” – “B”</p>', at(2, letters=1, signs=1), '<p class="a">“A” – [2]“B”</p>'),
        ('<p data-place="p">“A” – “B”</p>', at(2, letters=1, signs=2), "<p>“A” [2]– “B”</p>"),
        ('<p data-place="p">“A” – “B”</p>', at(2, letters=1, signs=99), "<p>“A[2]” – “B”</p>"),
        ('<p data-place="p">A &amp; &#34;B&#34; C</p>', at(2, letters=1, signs=1), "<p>A &amp; [2]&#34;B&#34; C</p>"),
        ('<p data-place="p">A &amp; B</p>', at(2, letters=1), "<p>A &amp; [2]B</p>"),
        ('<p data-place="p">***</p>', at(2, letters=4), "<p>[2]***</p>"),
        (
            '<p data-place="p">Xem <a href="u?a>b">cầu mới</a> đi</p>',
            at(2, letters=6),
            '<p>Xem [2]<a href="u?a>b">cầu mới</a> đi</p>',
        ),
        (
            '<p data-place="p">Xem <a href="u">cầu <em>mới</em></a> đi</p>',
            at(2, letters=9),
            '<p>Xem <a href="u">cầu <em>mới</em></a> [2]đi</p>',
        ),
        ('<li><a data-place="p" href="u">Cầu mới</a></li>', at(2, letters=3), '<li><a href="u">Cầu [2]mới</a></li>'),
        ('<h2 data-place="p">Cầu mới</h2>', at(2), "[2]<h2>Cầu mới</h2>"),
        ('<h2 data-place="p">Cầu mới</h2>', at(2, letters=3), "<h2>Cầu [2]mới</h2>"),
        ('<nav data-place="p"><h1>A</h1><ol/></nav>', at(2), "[2]<nav><h1>A</h1><ol/></nav>"),
        ('<figure data-place="p"><img src="a"/></figure>', at(2), '<figure>[2]<img src="a"/></figure>'),
        ('<tr><td data-place="q">1</td><td data-place="p"/></tr>', at(2), "<tr><td>1</td><td/>[2]</tr>"),
        (
            '<div data-place="p">A <p data-place="q">B C</p> D</div>',
            at(2, letters=1),
            "<div>A <p>B C</p> [2]D</div>",
        ),
        ('<!-- <i x=">"> --><p data-place="p">A<br/>B</p>', at(2, letters=1), '<!-- <i x=">"> --><p>A<br/>[2]B</p>'),
        ('</b><p data-place="p">A', at(2), "</b><p>A"),
        ("", at(2), ""),
    ],
)  # fmt: skip
def test_a_marker_stands_before_the_word_that_the_page_begins_with(markup, page_break, expected):
    assert marked(markup, page_break) == expected


def test_a_paragraph_may_hold_several_pages():
    breaks = (at(7), at(8, letters=3), at(9, letters=8))

    assert marked(PARAGRAPH, *breaks) == "<p>[7]Một <em>[8]hai</em> ba, [9]bốn.</p>"


def test_words_that_look_like_a_place_stay():
    markup = "<p>Ghi data-place=&#34;p&#34; ở đây</p>"

    assert marked(markup, at(2)) == markup


def test_pages_that_come_in_another_order_are_left_out():
    documents = [document('<p data-place="x">A</p><p data-place="y">B</p>'), document('<p data-place="z">C</p>', "b")]
    breaks = (at(1, "x"), at(2, "z"), at(3, "y"), at(4, "x"), at(5, "y"), at(6, "z"))

    points = page_points(documents, breaks)

    assert [(point.page, point.document) for point in points] == [(1, "a"), (3, "a"), (5, "a"), (6, "b")]
    assert list_pages(points) == (
        NavEntry(title="1", href="a.xhtml#page-1"),
        NavEntry(title="3", href="a.xhtml#page-3"),
        NavEntry(title="5", href="a.xhtml#page-5"),
        NavEntry(title="6", href="b.xhtml#page-6"),
    )


def test_without_breaks_there_are_no_pages():
    assert page_points([document(PARAGRAPH)], ()) == ()
    assert list_pages(()) == ()


def test_where_pages_begin_is_known_by_the_text_whatever_their_numbers(tmp_path):
    memo = Memo(Cache(tmp_path))
    documents = (document(PARAGRAPH), document(PARAGRAPH, name="b"))
    page_points(documents, (at(2, "p", letters=3),), memo.keep)
    found_before = memo.found

    points = page_points(documents, (at(7, "p", letters=3),), memo.keep)

    assert memo.found == found_before + 2
    assert points == page_points(documents, (at(7, "p", letters=3),))


class TestRendition:
    def test_print_and_ebook_have_the_same_places_in_the_same_order(self):
        made = issue(FULL, ENGLISH, title="Tuần tin", number="12")
        theme = load_theme("compilation")
        places = [place for each in render(made, theme, "print").documents for place in places_in(each)]

        breaks = tuple(at(page, place) for page, place in enumerate(places, start=1))
        listed = render(made, theme, "ebook", pagination=Pagination(source="urn:a", breaks=breaks)).page_list

        assert len(places) == len(set(places)) > 25
        assert [entry.title for entry in listed] == [str(each.page) for each in breaks]

    def test_a_page_list_of_nothing_leaves_the_ebook_as_it_is(self):
        made = issue(FULL, ENGLISH)
        lost = Pagination(source="urn:a", breaks=(at(1, "nowhere"),))

        rendition = render(made, load_theme("brief"), "ebook", pagination=lost)

        plain = rendered(made, "brief", "ebook")
        assert rendition.documents == plain.documents
        assert rendition.page_list == ()

    def test_the_printed_edition_has_an_identifier_of_its_own(self):
        made = issue(FULL, ENGLISH, title="Tuần tin", number="12")

        printed, ebook = (rendered(made, "compilation", target).metadata for target in ("print", "ebook"))

        assert ebook.identifier == made.identifier != printed.identifier
        assert printed.identifier.startswith("urn:uuid:")

    def test_no_place_is_left_in_an_ebook(self):
        made = issue(FULL, ENGLISH)
        pagination = Pagination(source="urn:a", breaks=(at(1, f"{made.articles[0].id}/headline"),))

        for rendition in (
            rendered(made, "brief", "ebook"),
            render(made, load_theme("brief"), "ebook", pagination=pagination),
        ):
            assert all(places_in(each) == [] for each in rendition.documents)


def places_in(made):
    return [piece.partition('"')[0] for piece in made.markup.split(' data-place="')[1:]]
