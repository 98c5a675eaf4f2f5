"""The catalogues and the feed against their formats, and what they say of an issue."""

import json
from pathlib import Path

import feedparser
import jsonschema
import pytest
from lxml import etree

from publisher.automation.shelf import ShelfSettings, listing, refresh_shelf
from publisher.automation.shelf.opds import ACQUISITION, NAVIGATION, OPDS_2
from tests.automation.shelf.shelves import put_issue, renditions

SCHEMAS = Path(__file__).with_name("schemas")
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/terms/",
    "opds": "http://opds-spec.org/2010/catalog",
    "os": "http://a9.com/-/spec/opensearch/1.1/",
    "thr": "http://purl.org/syndication/thread/1.0",
}


def faults(path: Path, schema: str) -> list[str]:
    """What a RELAX NG schema finds against a document."""
    grammar = etree.RelaxNG(etree.parse(SCHEMAS / f"{schema}.rng"))
    grammar.validate(etree.parse(path))
    return [f"{path.name}:{entry.line}: {entry.message}" for entry in grammar.error_log]


def faults_2(path: Path) -> list[str]:
    """What the JSON schema finds against an OPDS 2.0 document."""
    schema = json.loads((SCHEMAS / "opds-2.0.json").read_text(encoding="utf-8"))
    if path.stem.startswith("20") and "-W" in path.stem:
        schema["$ref"] = "#/$defs/publication"
    judge = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    document = json.loads(path.read_text(encoding="utf-8"))
    return [f"{path.name}: {error.json_path}: {error.message}" for error in judge.iter_errors(document)]


def all_faults(shelf: Path) -> list[str]:
    return [
        *faults(shelf / "catalog.xml", "opds-navigation"),
        *faults(shelf / "feed.xml", "atom"),
        *(fault for path in (shelf / "opds").iterdir() for fault in faults(path, "opds-acquisition")),
        *(fault for path in (shelf / "opds2").iterdir() for fault in faults_2(path)),
    ]


def tree(path: Path) -> etree._ElementTree:
    return etree.parse(path)


def test_every_catalogue_is_valid(shelf):
    assert all_faults(shelf) == []


def test_an_empty_shelf_is_valid_too(tmp_path):
    refresh_shelf(tmp_path)

    assert all_faults(tmp_path) == []


def test_hostile_words_and_a_language_with_a_region_are_valid_too(tmp_path):
    put_issue(tmp_path, "2026-W12", title="<&\x01\ud7ff\ufffe", headlines=("]]>\x00",), number=None, language="en-GB")

    refresh_shelf(tmp_path, ShelfSettings(base_url="https://example.org/a%20b/"))

    assert all_faults(tmp_path) == []


@pytest.mark.parametrize(
    ("schema", "path", "spoiled", "by"),
    [
        pytest.param("atom", "feed.xml", "<id>urn:uuid:", "<id>", id="an id that is no address"),
        pytest.param("atom", "feed.xml", "T00:00:00Z</updated>", "</updated>", id="a date without time"),
        pytest.param("atom", "feed.xml", "<title>", "<title>A</title><title>", id="two titles"),
        pytest.param("opds-navigation", "catalog.xml", "subsection", "other", id="an entry that leads nowhere"),
        pytest.param("opds-acquisition", "opds/all.xml", "/acquisition/open-access", "/image", id="nothing to acquire"),
        pytest.param("opds-acquisition", "opds/all.xml", "image/png", "image/webp", id="a cover nobody can show"),
        pytest.param("opds-acquisition", "opds/all.xml", "<summary>", '<summary type="html">', id="a summary in HTML"),
        pytest.param("opds-acquisition", "opds/all.xml", 'href="../issues', 'href="..\\issues', id="a bad address"),
    ],
)
def test_the_schemas_find_what_is_spoiled(shelf, schema, path, spoiled, by):
    text = (shelf / path).read_text(encoding="utf-8")
    assert spoiled in text
    (shelf / path).write_text(text.replace(spoiled, by), encoding="utf-8")

    assert faults(shelf / path, schema) != []


def test_an_entry_says_what_e_readers_need(shelf):
    entry = tree(shelf / "opds" / "all.xml").find("a:entry", NAMES)

    assert entry.findtext("a:title", namespaces=NAMES) == "Tuần tin, số 12 (2026-03-22)"
    assert entry.findtext("a:id", namespaces=NAMES) == "urn:example:tuan-tin:2026-W12"
    assert entry.findtext("a:updated", namespaces=NAMES) == "2026-03-22T00:00:00Z"
    assert entry.findtext("a:author/a:name", namespaces=NAMES) == "Tuần tin"
    assert entry.findtext("dc:language", namespaces=NAMES) == "vi"
    assert entry.findtext("dc:issued", namespaces=NAMES) == "2026-03-22"
    assert entry.findtext("a:summary", namespaces=NAMES) == "Cầu Ngòi Thia thông xe sau ba năm thi công, và 2 bài nữa"
    assert [
        (link.get("type"), link.get("title"), int(link.get("length")), link.get("href").rpartition("/")[2])
        for link in entry.findall("a:link", NAMES)
        if "acquisition" in link.get("rel")
    ] == [
        ("application/epub+zip", "EPUB", len(renditions("2026-W12")[0][1]), "tuan-tin-2026-W12.epub"),
        (
            "application/epub+zip",
            "EPUB cho Kobo",
            len(renditions("2026-W12")[1][1]),
            "tuan-tin-2026-W12-kobo.kepub.epub",
        ),
        ("application/pdf", "PDF", len(renditions("2026-W12")[2][1]), "tuan-tin-2026-W12.pdf"),
    ]


def test_facets_lead_to_lists_of_one_year_and_one_format(shelf):
    put_issue(shelf, "2026-W13", files=renditions("2026-W13")[:1])
    refresh_shelf(shelf, ShelfSettings(language="en"))

    def facets(name):
        return [
            (
                link.get(f"{{{NAMES['opds']}}}facetGroup"),
                link.get("title"),
                link.get("href"),
                link.get(f"{{{NAMES['thr']}}}count"),
                link.get(f"{{{NAMES['opds']}}}activeFacet"),
            )
            for link in tree(shelf / "opds" / name).findall("a:link", NAMES)
            if link.get("rel") == "http://opds-spec.org/facet"
        ]

    assert facets("all.xml") == [
        ("Year", "2026", "2026.xml", "4", None),
        ("Year", "2025", "2025.xml", "2", None),
        ("Format", "EPUB", "all-epub.xml", "6", None),
        ("Format", "PDF", "all-pdf.xml", "5", None),
    ]
    assert facets("2026-pdf.xml") == [
        ("Year", "All", "all-pdf.xml", "5", None),
        ("Year", "2026", "2026-pdf.xml", "3", "true"),
        ("Year", "2025", "2025-pdf.xml", "2", None),
        ("Format", "All", "2026.xml", "4", None),
        ("Format", "EPUB", "2026-epub.xml", "4", None),
        ("Format", "PDF", "2026-pdf.xml", "3", "true"),
    ]
    second = json.loads((shelf / "opds2" / "2026-pdf.json").read_text(encoding="utf-8"))
    assert second["facets"][1] == {
        "metadata": {"title": "Format"},
        "links": [
            {"href": "2026.json", "type": OPDS_2, "title": "All", "properties": {"numberOfItems": 4}},
            {"href": "2026-epub.json", "type": OPDS_2, "title": "EPUB", "properties": {"numberOfItems": 4}},
            {
                "rel": "self",
                "href": "2026-pdf.json",
                "type": OPDS_2,
                "title": "PDF",
                "properties": {"numberOfItems": 3},
            },
        ],
    }


def test_a_long_shelf_is_listed_in_pages(tmp_path, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_ENTRIES", 4)
    for number in range(1, 7):
        put_issue(tmp_path, f"2025-W{number:02}", files=renditions("x")[:1], cover=None)

    refresh_shelf(tmp_path)

    first, second = tree(tmp_path / "opds" / "all.xml"), tree(tmp_path / "opds" / "all-p2.xml")
    assert [len(page.findall("a:entry", NAMES)) for page in (first, second)] == [4, 2]
    assert first.find("a:link[@rel='next']", NAMES).get("href") == "all-p2.xml"
    assert first.find("a:link[@rel='previous']", NAMES) is None
    assert second.find("a:link[@rel='previous']", NAMES).get("href") == "all.xml"
    assert second.find("a:link[@rel='next']", NAMES) is None
    assert second.findtext("os:startIndex", namespaces=NAMES) == "5"
    assert second.findtext("os:totalResults", namespaces=NAMES) == "6"
    assert all_faults(tmp_path) == []


def test_koreader_finds_its_way(shelf):
    """As its OPDS browser reads feeds: by type and relation of links, each resolved from the feed's own address."""
    entrance = tree(shelf / "catalog.xml")
    ways = [
        link.get("href")
        for entry in entrance.findall("a:entry", NAMES)
        for link in entry.findall("a:link", NAMES)
        if "application/atom+xml" in link.get("type")
        and link.get("rel") in (None, "subsection", "http://opds-spec.org/subsection", "http://opds-spec.org/sort/new")
    ]
    assert ways == ["opds/all.xml", "opds/2026.xml", "opds/2025.xml"]
    for entry in tree(shelf / ways[0]).findall("a:entry", NAMES):
        links = entry.findall("a:link", NAMES)
        taken = [link for link in links if link.get("rel").startswith("http://opds-spec.org/acquisition")]
        assert all((shelf / "opds" / link.get("href")).is_file() for link in links)
        assert all(link.get("href").endswith((".epub", ".pdf")) for link in taken)
    # It names what it downloads after the title: no two issues may have one title.
    titles = tree(shelf / ways[0]).xpath("//a:entry/a:title/text()", namespaces=NAMES)
    assert len(set(titles)) == len(titles) == 5


def test_links_between_catalogues_say_what_kind_they_lead_to(shelf):
    kinds = {"navigation": NAVIGATION, "acquisition": ACQUISITION}
    for path in (shelf / "catalog.xml", *(shelf / "opds").iterdir()):
        for link in tree(path).iterfind(".//a:link", NAMES):
            if "opds-catalog" in link.get("type"):
                kind = "navigation" if link.get("href").endswith("catalog.xml") else "acquisition"
                assert link.get("type") == kinds[kind]


def test_a_feed_reader_finds_the_issues_and_their_files(shelf):
    refresh_shelf(shelf, ShelfSettings(base_url="https://example.org/tin"))

    read = feedparser.parse((shelf / "feed.xml").read_bytes())

    assert not read.bozo
    assert (read.feed.title, len(read.entries)) == ("Tuần tin", 5)
    assert read.entries[0].title == "Tuần tin, số 12 (2026-03-22)"
    assert read.entries[0].link == "https://example.org/tin/index.html#issue-2026-W12"
    first = read.entries[0].enclosures[0]
    assert (first.href, first.type, first.length) == (
        "https://example.org/tin/issues/2026-W12/tuan-tin-2026-W12.epub",
        "application/epub+zip",
        "328",
    )
