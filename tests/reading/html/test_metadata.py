"""What a page says about itself."""

import datetime as dt

import pytest

pytest.importorskip("lxml", reason="the html extra is not installed")

from publisher.reading.html.linked import nodes_in
from publisher.reading.html.metadata import PageMetadata, absolute, read_metadata, stamp_date
from publisher.reading.html.tree import parse
from publisher.reading.vocabulary import vocabulary


def metadata_of(head: str, url: str | None = None, lang: str = "") -> PageMetadata:
    tree = parse(f'<html lang="{lang}"><head>{head}</head><body><p>x</p></body></html>', "p.html")
    return read_metadata(tree, list(nodes_in(tree)), url, vocabulary())


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def test_linked_data_comes_first_and_all_titles_are_kept_once() -> None:
    head = linked('{"@type":"NewsArticle","headline":"Ferry &amp; goat"}')
    head += '<meta property="og:title" content="Ferry &amp; goat"><title>Ferry &amp; goat | The Quay</title>'

    assert metadata_of(head).titles == ("Ferry & goat", "Ferry & goat | The Quay")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            '{"@graph":[{"@type":"WebSite"},{"@type":["Thing","ReportageNewsArticle"],"headline":"H"}]}', id="graph"
        ),
        pytest.param('[{"@type":"Organization","name":"O"},{"@type":"BlogPosting","headline":"H"}]', id="list"),
        pytest.param('{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"H"}}', id="main entity"),
        pytest.param('<!--{"@type":"Article","headline":"H"}-->', id="in a comment"),
        pytest.param('{"@type":"Article","headline":"H",\n"x":"a\nb"}', id="line break in a string"),
    ],
)
def test_an_article_is_found_wherever_the_linked_data_holds_it(data: str) -> None:
    assert metadata_of(linked(data)).titles == ("H",)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "null",
        "[1,2]",
        '{"@type":1}',
        '{"@type":"Article","headline":{"a":1},"author":7}',
        "[" * 5000,
        '{"@graph":' * 500 + "1" + "}" * 500,
    ],
)
def test_broken_linked_data_says_nothing(data: str) -> None:
    assert metadata_of(linked(data)) == PageMetadata()


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (linked('{"@graph":[{"@type":"NewsArticle"},{"@type":"WebSite","name":"Harbour Wire"}]}'), "Harbour Wire"),
        (linked('{"@type":"WebSite","name":"https://wire.example"}'), None),
        ("<title>A ferry - Kinh tế - Báo Sông Trà</title><meta property='og:title' content='A ferry'>", "Báo Sông Trà"),
        ("<title>A ferry - Kinh tế</title><meta property='og:title' content='A ferry'>", None),
        ("<title>A ferry - Báo Sông Trà</title>", None),
    ],
)
def test_an_outlet_is_named_by_its_site_or_at_the_end_of_the_title(head: str, name: str | None) -> None:
    assert metadata_of(head).publication == name


def test_people_are_authors_and_organizations_are_outlets() -> None:
    head = linked(
        '{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ada Birk"},{"@type":"Organization","name":"The Quay"},'  # noqa: E501 - one piece of markup
        '"Jon Holm"],"publisher":{"name":"The Quay"}}'
    )
    found = metadata_of(head + '<meta name="author" content="https://quay.example/ada">')

    assert found.authors == ("Ada Birk", "Jon Holm")
    assert (found.publication, found.outlets) == ("The Quay", frozenset({"the quay"}))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2025-05-19T06:00:00+01:00", "en", dt.date(2025, 5, 19)),
        ("2025-05-19T23:30:00Z", "en", dt.date(2025, 5, 19)),
        ("2025-05-19T16:59:00Z", "vi", dt.date(2025, 5, 19)),
        ("2025-05-19T17:00:00Z", "vi-VN", dt.date(2025, 5, 20)),
        ("2025-05-19 06:00", None, dt.date(2025, 5, 19)),
        ("19/05/2025", "vi", dt.date(2025, 5, 19)),
        ("19 May 2025", "en", dt.date(2025, 5, 19)),
        ("2025-02-30", "en", None),
        ("0001-01-01T00:00:00", "en", None),
        ("soon", "en", None),
    ],
)
def test_a_stamp_is_the_date_at_its_own_place(text: str, language: str | None, expected: dt.date | None) -> None:
    assert stamp_date(text, language, vocabulary()) == expected


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        ('<link rel="canonical" href="https://a.example/b">', None, "https://a.example/b"),
        ('<link rel="canonical" href="/b">', "https://a.example/x?y", "https://a.example/b"),
        ('<link rel="canonical" href="/b">', None, None),
        ('<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="//a.example/c">', None,
         "https://a.example/c"),
        ("", "https://a.example/x", "https://a.example/x"),
        (linked('{"@type":"Article","mainEntityOfPage":{"@id":"http://a.example/d"}}'), None, "http://a.example/d"),
    ],
)  # fmt: skip
def test_the_canonical_address_is_http_or_nothing(head: str, url: str | None, expected: str | None) -> None:
    assert metadata_of(head, url).url == expected


@pytest.mark.parametrize(
    ("href", "base", "expected"),
    [
        ("/a", "https://x.example/b/", "https://x.example/a"),
        ("a b", "https://x.example/", "https://x.example/a%20b"),
        ("//y.example/a", None, "https://y.example/a"),
        ("a", None, None),
        ("file:///etc/passwd", "https://x.example/", None),
        ("javascript:alert(1)", "https://x.example/", None),
        ("data:text/html,x", None, None),
        ("http://[::1", "https://x.example/", None),
        ("//[", None, None),
        ("http://[::1", None, None),
        ('https://x.example/"onload="', None, None),
        ("https://x.example/" + "a" * 3000, None, None),
    ],
)
def test_an_address_is_absolute_and_of_the_web_or_none(href: str, base: str | None, expected: str | None) -> None:
    assert absolute(href, base) == expected


@pytest.mark.parametrize(
    ("lang", "head", "expected"),
    [
        ("en-gb", "", "en-GB"),
        ("vi_VN", "", "vi-VN"),
        ("", '<meta property="og:locale" content="fr_FR">', "fr-FR"),
        ("{{lang}}", "", None),
        ("", "", None),
    ],
)
def test_the_declared_language_is_a_tag_or_nothing(lang: str, head: str, expected: str | None) -> None:
    assert metadata_of(head, lang=lang).language == expected
