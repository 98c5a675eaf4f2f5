"""An e-book's container, package and contents, what it says about itself, and what is refused."""

import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from datetime import date

import msgspec
import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.errors import RenderingError
from publisher.model import Asset, Drawing, NavEntry, Series, to_json
from publisher.seams import made_anew
from publisher.writing import write
from publisher.writing.epub import write_epub

NAMES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "container": "urn:oasis:names:tc:opendocument:xmlns:container",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

replace = msgspec.structs.replace


def members(rendition, keep=made_anew):
    """The files of the written book by name, in order."""
    with zipfile.ZipFile(io.BytesIO(write(rendition, keep).data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parsed(data):
    return ET.fromstring(data)  # noqa: S314 (our own output)


def package(rendition):
    return parsed(members(rendition)["EPUB/package.opf"])


def metas(rendition, name):
    """The values of one property in the package, in order."""
    return [
        meta.text
        for meta in package(rendition).iterfind("opf:metadata/opf:meta", NAMES)
        if meta.get("property") == name
    ]


def vouched_for(rendition):
    return replace(rendition, metadata=replace(rendition.metadata, certified_by="Thư viện Sông Cẩm"))


def refusal(rendition):
    with pytest.raises(RenderingError) as caught:
        write_epub(rendition)
    return str(caught.value)


class TestContainer:
    def test_it_has_each_file_once_in_a_fixed_order(self, ebook):
        assert list(members(ebook)) == [
            "mimetype",
            "META-INF/container.xml",
            "EPUB/package.opf",
            "EPUB/ebook.css",
            "EPUB/cover.xhtml",
            "EPUB/contents.xhtml",
            "EPUB/cau-moi.xhtml",
            "EPUB/last-ferry.xhtml",
            "EPUB/appendix.xhtml",
            "EPUB/colophon.xhtml",
            "EPUB/toc.ncx",
            "EPUB/pictures/0f3a.jpg",
        ]

    def test_it_points_to_the_package(self, ebook):
        root = parsed(members(ebook)["META-INF/container.xml"])

        assert [file.get("full-path") for file in root.iterfind(".//container:rootfile", NAMES)] == ["EPUB/package.opf"]

    def test_documents_sheets_and_assets_are_the_renditions_bytes(self, ebook):
        files = members(ebook)

        assert {document.name: document.markup for document in ebook.documents} == {
            document.name: files[f"EPUB/{document.name}.xhtml"].decode() for document in ebook.documents
        }
        assert files["EPUB/ebook.css"] == ebook.stylesheets[0].data
        assert files["EPUB/pictures/0f3a.jpg"] == ebook.assets[0].data

    def test_write_chooses_the_writer_by_the_target_and_there_are_no_pages(self, ebook):
        written = write(ebook)

        assert written == write_epub(ebook)
        assert (written.pages, written.page_count, written.problems) == ({}, 0, ())

    def test_the_same_rendition_is_the_same_bytes_in_another_process_zone_and_locale(self, ebook, tmp_path):
        script = (
            "import sys, msgspec; from publisher.model import Rendition; from publisher.writing import write;"
            "sys.stdout.buffer.write(write(msgspec.json.decode(sys.stdin.buffer.read(), type=Rendition)).data)"
        )
        strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "1"}
        child = subprocess.run(
            [sys.executable, "-W", "error", "-c", script],
            input=to_json(ebook).encode(),
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **strange},
            check=False,
        )

        assert child.stderr == b""
        assert child.stdout == write(ebook).data


class TestPackage:
    def test_it_is_epub_3_in_the_language_of_the_book(self, ebook):
        root = package(ebook)

        assert root.attrib == {"version": "3.0", "unique-identifier": "book-id", XML_LANG: "vi"}

    def test_the_dublin_core_is_the_metadata(self, ebook):
        core = [
            (element.tag.rpartition("}")[2], element.get("id"), element.text)
            for element in package(ebook).find("opf:metadata", NAMES)
            if element.tag.startswith(f"{{{NAMES['dc']}}}")
        ]

        assert core == [
            ("identifier", "book-id", "urn:uuid:0b1c2d3e-0000-5000-8000-0123456789ab"),
            ("title", None, "Bản tin Sông Cẩm – 42"),
            ("language", None, "vi"),
            ("creator", "creator-1", "Trần Thị Hường"),
            ("creator", "creator-2", "Lê Văn Bảy"),
            ("publisher", None, "Báo Sông Cẩm"),
            ("date", None, "2025-10-18"),
            ("description", None, "Cầu mới thông xe; The last ferry"),
        ]

    @pytest.mark.parametrize(
        ("day", "modified"),
        [(date(2025, 10, 18), "2025-10-18T00:00:00Z"), (None, "1980-01-01T00:00:00Z")],
        ids=["dated", "undated"],
    )
    def test_the_last_change_is_the_books_date_or_always_the_same(self, ebook, day, modified):
        undated = replace(ebook, metadata=replace(ebook.metadata, date=day))

        assert metas(undated, "dcterms:modified") == [modified]

    def test_metadata_without_the_optional_parts_states_nothing_empty(self, ebook):
        bare = msgspec.convert({"identifier": "urn:a", "title": "Tin", "language": "vi"}, type=type(ebook.metadata))

        elements = package(replace(ebook, metadata=bare)).find("opf:metadata", NAMES)

        assert [element.tag.rpartition("}")[2] for element in elements if not element.get("property")] == [
            "identifier",
            "title",
            "language",
        ]
        assert all(element.text for element in elements)

    def test_the_manifest_has_each_file_with_its_type_and_properties(self, ebook):
        items = [
            (item.get("href"), item.get("media-type"), item.get("properties"))
            for item in package(ebook).iterfind("opf:manifest/opf:item", NAMES)
        ]

        xhtml = "application/xhtml+xml"
        assert items == [
            ("ebook.css", "text/css", None),
            ("cover.xhtml", xhtml, None),
            ("contents.xhtml", xhtml, "nav"),
            ("cau-moi.xhtml", xhtml, None),
            ("last-ferry.xhtml", xhtml, None),
            ("appendix.xhtml", xhtml, None),
            ("colophon.xhtml", xhtml, None),
            ("toc.ncx", "application/x-dtbncx+xml", None),
            ("pictures/0f3a.jpg", "image/jpeg", None),
        ]

    def test_a_document_with_drawings_or_formulas_says_so(self, ebook, with_body):
        body = (
            '<h1 id="headline">a</h1><svg xmlns="http://www.w3.org/2000/svg"/>'
            '<math xmlns="http://www.w3.org/1998/Math/MathML"><mn>1</mn></math>'
        )

        manifest = package(with_body(ebook, "last-ferry", body)).iterfind("opf:manifest/opf:item", NAMES)

        assert {item.get("href"): item.get("properties") for item in manifest}["last-ferry.xhtml"] == "mathml svg"

    def test_the_spine_is_the_documents_in_order(self, ebook):
        root = package(ebook)
        hrefs = {item.get("id"): item.get("href") for item in root.iterfind("opf:manifest/opf:item", NAMES)}

        spine = [hrefs[item.get("idref")] for item in root.iterfind("opf:spine/opf:itemref", NAMES)]

        assert spine == [f"{document.name}.xhtml" for document in ebook.documents]
        assert hrefs[root.find("opf:spine", NAMES).get("toc")] == "toc.ncx"

    def test_the_guide_leads_old_readers_to_cover_contents_and_text(self, ebook):
        guide = package(ebook).iterfind("opf:guide/opf:reference", NAMES)

        assert [(line.get("type"), line.get("href"), line.get("title")) for line in guide] == [
            ("cover", "cover.xhtml", "Bản tin Sông Cẩm"),
            ("toc", "contents.xhtml", "Mục lục"),
            ("text", "cau-moi.xhtml", "Cầu mới thông xe"),
        ]

    def test_a_cover_with_one_picture_makes_it_the_cover_image_in_both_dialects(self, ebook, with_body):
        body = '<h1>Bản tin</h1><img src="pictures/0f3a.jpg" alt="Bản tin Sông Cẩm"/>'

        root = package(with_body(ebook, "cover", body))

        item = root.find("opf:manifest/opf:item[@properties='cover-image']", NAMES)
        assert item.get("href") == "pictures/0f3a.jpg"
        assert root.find("opf:metadata/opf:meta[@name='cover']", NAMES).get("content") == item.get("id")

    def test_names_that_differ_in_a_slash_have_ids_of_their_own(self, ebook):
        names = ["a/b.jpg", "a_b.jpg", "a_s_b.jpg", "a_sb.jpg", "a_ub.jpg", "a-b.jpg", "0.jpg"]
        pictures = tuple(Asset(name=name, media_type="image/jpeg", data=b"") for name in names)

        root = package(replace(ebook, assets=(*ebook.assets, *pictures)))

        ids = [item.get("id") for item in root.iterfind("opf:manifest/opf:item", NAMES)]
        assert len(set(ids)) == len(ids) == 9 + len(names)


class TestAccessibility:
    def test_a_book_with_described_pictures_suffices_in_words_and_claims_what_it_has(self, ebook):
        assert metas(ebook, "schema:accessMode") == ["textual", "visual"]
        assert metas(ebook, "schema:accessModeSufficient") == ["textual,visual", "textual"]
        assert metas(ebook, "schema:accessibilityFeature") == [
            "alternativeText",
            "readingOrder",
            "structuralNavigation",
            "tableOfContents",
        ]
        assert metas(ebook, "schema:accessibilityHazard") == ["none"]
        assert metas(ebook, "schema:accessibilitySummary") == ["Toàn bộ nội dung là văn bản thật."]

    @pytest.mark.parametrize("alt", ["", 'alt=""', 'alt="Ảnh" data-described="no"'])
    def test_one_picture_without_a_description_takes_the_claims_back(self, ebook, with_body, alt):
        book = with_body(ebook, "last-ferry", f'<h1 id="headline">a</h1><img src="pictures/0f3a.jpg" {alt}/>')

        assert metas(book, "schema:accessModeSufficient") == ["textual,visual"]
        assert "alternativeText" not in metas(book, "schema:accessibilityFeature")

    def test_a_book_without_pictures_has_nothing_to_see_and_nothing_to_describe(self, ebook, with_body):
        book = with_body(ebook, "cau-moi", '<h1 id="headline">a</h1><img src="pictures/0f3a.jpg" alt="" role="none"/>')

        assert metas(book, "schema:accessMode") == ["textual"]
        assert metas(book, "schema:accessModeSufficient") == ["textual"]
        assert "alternativeText" not in metas(book, "schema:accessibilityFeature")

    def test_headings_that_skip_a_level_are_not_claimed_as_structure(self, ebook, with_body):
        book = with_body(ebook, "last-ferry", '<h1 id="headline">a</h1><h3>b</h3>')

        assert "structuralNavigation" not in metas(book, "schema:accessibilityFeature")

    @pytest.mark.parametrize(
        ("media_type", "data", "hazard"),
        [
            ("image/gif", b"GIF89a", "unknown"),
            ("image/webp", b"RIFF\0\0\0\0WEBPVP8X\n\0\0\0\x02ANIM", "unknown"),
            ("image/webp", b"RIFF\0\0\0\0WEBPVP8 ", "none"),
            ("image/png", b"\x89PNG\r\n\x1a\nIHDR\0\0acTL", "unknown"),
            ("image/png", b"\x89PNG\r\n\x1a\nIHDR\0\0IDAT", "none"),
        ],
        ids=["gif", "moving webp", "webp", "moving png", "png"],
    )
    def test_a_picture_that_may_flash_makes_the_hazard_unknown(self, ebook, media_type, data, hazard):
        book = replace(ebook, assets=(*ebook.assets, Asset(name="a", media_type=media_type, data=data)))

        assert metas(book, "schema:accessibilityHazard") == [hazard]

    def test_no_conformance_is_claimed_when_nobody_vouches_for_it(self, ebook):
        assert b"conformsTo" not in members(ebook)["EPUB/package.opf"]

    def test_what_somebody_vouches_for_is_claimed_with_the_name(self, ebook):
        book = vouched_for(ebook)

        assert metas(book, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"]
        assert metas(book, "a11y:certifiedBy") == ["Thư viện Sông Cẩm"]
        assert write_epub(book).problems == ()

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (
                '<h1 id="headline">a</h1><img src="pictures/0f3a.jpg" alt="Ảnh" data-described="no"/>',
                "pictures without a description: 1",
            ),
            ('<h1 id="headline">a</h1><h3>b</h3>', "headings that skip a level"),
        ],
        ids=["undescribed", "headings"],
    )
    def test_what_speaks_against_it_takes_the_claim_back_and_is_reported(self, ebook, with_body, body, reason):
        book = with_body(vouched_for(ebook), "last-ferry", body)

        assert metas(book, "dcterms:conformsTo") == metas(book, "a11y:certifiedBy") == []
        assert [(problem.code, problem.message) for problem in write_epub(book).problems] == [
            (
                "unproven-claim",
                "Thư viện Sông Cẩm vouches for EPUB Accessibility 1.1 - WCAG 2.1 Level AA, "
                f"but the e-book holds {reason}. It does not claim it",
            )
        ]

    def test_a_picture_that_may_flash_speaks_against_it_too(self, ebook):
        moving = Asset(name="a.gif", media_type="image/gif", data=b"GIF89a")

        assert metas(replace(vouched_for(ebook), assets=(*ebook.assets, moving)), "dcterms:conformsTo") == []


class TestSeries:
    def test_it_is_said_in_both_dialects_with_the_number_and_the_week(self, ebook):
        series = Series(name="Bản tin <Sông Cẩm>", position="42")
        book = replace(ebook, metadata=replace(ebook.metadata, series=series, number="42", week="2025-W42"))

        elements = package(book).findall("opf:metadata/opf:meta", NAMES)

        assert {
            meta.get("property"): (meta.get("id"), meta.get("refines"), meta.text) for meta in elements
        }.items() >= {
            "belongs-to-collection": ("series", None, "Bản tin <Sông Cẩm>"),
            "collection-type": (None, "#series", "series"),
            "group-position": (None, "#series", "42"),
            "schema:issueNumber": (None, None, "42"),
            "schema:temporalCoverage": (None, None, "2025-W42"),
        }.items()
        assert {meta.get("name"): meta.get("content") for meta in elements}.items() >= {
            "calibre:series": "Bản tin <Sông Cẩm>",
            "calibre:series_index": "42",
        }.items()

    def test_a_book_without_one_says_nothing_of_it(self, ebook):
        opf = members(ebook)["EPUB/package.opf"]

        assert not any(word in opf for word in (b"collection", b"calibre", b"group-position", b"issueNumber"))

    def test_a_drawn_cover_is_an_asset_and_the_cover_image_in_both_dialects(self, ebook):
        svg = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="26"><rect width="16" height="26"/></svg>'
        book = replace(ebook, cover=Drawing(name="cover.png", markup=svg, fonts=()))

        root = package(book)

        assert members(book)["EPUB/cover.png"].startswith(b"\x89PNG")
        item = root.find("opf:manifest/opf:item[@properties='cover-image']", NAMES)
        assert (item.get("href"), item.get("media-type")) == ("cover.png", "image/png")
        assert root.find("opf:metadata/opf:meta[@name='cover']", NAMES).get("content") == item.get("id")

    def test_a_cover_that_was_drawn_before_is_not_drawn_again(self, ebook):
        drawing = Drawing(name="cover.png", markup="<svg/>", fonts=())
        kept = Asset(name="cover.png", media_type="image/png", data=b"kept")
        asked = []

        def keep(kind, of, made_of, make):
            asked.append((kind, of, made_of))
            return kept if kind == "covers" else make()

        book = members(replace(ebook, cover=drawing), keep)

        assert book["EPUB/cover.png"] == b"kept"
        assert asked[0] == ("covers", Asset, drawing)

    def test_documents_that_were_looked_through_before_are_not_again_and_the_book_is_the_same(self, ebook, tmp_path):
        made = []

        def keep(kind, of, made_of, make):
            def noted():
                made.append(kind)
                return make()

            return Memo(Cache(tmp_path)).keep(kind, of, made_of, noted)

        books = [write(ebook, keep).data for _ in range(2)]

        assert books == [write(ebook).data] * 2
        assert made == ["surveys"] * len(ebook.documents)


class TestNcx:
    def test_it_has_the_books_identifier_title_language_and_depth(self, ebook):
        root = parsed(members(ebook)["EPUB/toc.ncx"])

        assert root.get(XML_LANG) == "vi"
        assert root.find("ncx:docTitle/ncx:text", NAMES).text == "Bản tin Sông Cẩm – 42"
        assert {meta.get("name"): meta.get("content") for meta in root.iterfind("ncx:head/ncx:meta", NAMES)} == {
            "dtb:uid": "urn:uuid:0b1c2d3e-0000-5000-8000-0123456789ab",
            "dtb:depth": "2",
            "dtb:totalPageCount": "0",
            "dtb:maxPageNumber": "0",
        }

    def test_its_points_are_the_nav_in_playing_order(self, ebook):
        def points(parent):
            return [
                (
                    point.get("playOrder"),
                    point.find("ncx:navLabel/ncx:text", NAMES).text,
                    point.find("ncx:content", NAMES).get("src"),
                    points(point),
                )
                for point in parent.iterfind("ncx:navPoint", NAMES)
            ]

        root = parsed(members(ebook)["EPUB/toc.ncx"])

        assert points(root.find("ncx:navMap", NAMES)) == [
            ("1", "Cầu mới thông xe", "cau-moi.xhtml", []),
            ("2", "The last ferry", "last-ferry.xhtml", []),
            ("3", "Tin liên quan", "appendix.xhtml", [("4", "Nên xem", "appendix.xhtml#related-1", [])]),
            ("5", "Về số này", "colophon.xhtml", []),
        ]
        ids = [point.get("id") for point in root.iter(f"{{{NAMES['ncx']}}}navPoint")]
        assert len(set(ids)) == 5


class TestRefused:
    def test_a_rendition_for_print(self, ebook):
        assert refusal(replace(ebook, target="print")) == (
            "cannot write the e-book: the rendition is for 'print'. Correct the theme."
        )

    @pytest.mark.parametrize("name", ["../a", "a b", "cầu", "/a", ""])
    def test_an_unsafe_name_of_a_document(self, ebook, name):
        documents = (*ebook.documents[:-1], replace(ebook.documents[-1], name=name))

        assert refusal(replace(ebook, documents=documents)) == (
            f"cannot write the e-book: the name {f'{name}.xhtml'!r} is unsafe. Correct the theme."
        )

    @pytest.mark.parametrize("name", ["ebook.css", "Pictures/0F3A.jpg", "cover.xhtml", "package.opf", "toc.ncx"])
    def test_a_name_that_is_taken(self, ebook, name):
        assets = (*ebook.assets, Asset(name=name, media_type="image/png", data=b""))

        assert refusal(replace(ebook, assets=assets)) == (
            f"cannot write the e-book: two files are called {name!r}. Correct the theme."
        )

    def test_no_contents(self, ebook):
        documents = tuple(document for document in ebook.documents if document.role != "contents")

        assert refusal(replace(ebook, documents=documents)) == (
            "cannot write the e-book: it has 0 documents with the role 'contents', not one. Correct the theme."
        )

    def test_a_cover_in_the_middle(self, ebook):
        assert refusal(replace(ebook, documents=(*ebook.documents[1:], ebook.documents[0]))) == (
            "cannot write the e-book: its cover is not the first document. Correct the theme."
        )

    @pytest.mark.parametrize("field", ["identifier", "title", "language"])
    def test_required_metadata_that_is_blank(self, ebook, field):
        metadata = replace(ebook.metadata, **{field: " "})

        assert (
            refusal(replace(ebook, metadata=metadata))
            == f"cannot write the e-book: it has no {field}. Correct the theme."
        )

    def test_a_character_in_metadata_that_xml_cannot_hold(self, ebook):
        metadata = replace(ebook.metadata, publisher="Báo\x08 Sông Cẩm")

        assert refusal(replace(ebook, metadata=metadata)) == (
            "cannot write the e-book: 'Báo\\x08 Sông Cẩm' holds the character U+0008, which XML cannot. "
            "Correct the theme."
        )

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            ('<h1 id="a">1</h1><p id="a">2</p>', "has the anchor 'a' twice"),
            ('<img src="b.jpg" alt="b"/>', "loads 'b.jpg', which is not in the book"),
            (
                '<img src="https://example.org/b.jpg" alt="b"/>',
                "loads 'https://example.org/b.jpg', which is not in the book",
            ),
            ('<p><a href="#nowhere">a</a></p>', "links to '#nowhere', which leads nowhere"),
            ('<p><a href="nowhere.xhtml">a</a></p>', "links to 'nowhere.xhtml', which leads nowhere"),
            ('<p><a href="cover.xhtml#nowhere">a</a></p>', "links to 'cover.xhtml#nowhere', which leads nowhere"),
            ('<p><a href="../../etc/passwd">a</a></p>', "links to '../../etc/passwd', which leads nowhere"),
            ('<p><a href="file:///etc/passwd">a</a></p>', "links to 'file:///etc/passwd', which leads nowhere"),
            ('<p><a href="javascript:go()">a</a></p>', "links to 'javascript:go()', which leads nowhere"),
            ('<p><a href="">a</a></p>', "links to '', which leads nowhere"),
        ],
    )
    def test_what_a_document_links_to_or_loads_and_the_book_lacks(self, ebook, with_body, body, why):
        assert refusal(with_body(ebook, "colophon", body)) == (
            f"cannot write the e-book: document 'colophon' {why}. Correct the theme."
        )

    def test_what_a_style_sheet_loads_and_the_book_lacks(self, ebook):
        sheet = replace(ebook.stylesheets[0], data=b"@font-face { src: url(fonts/a.otf) }")

        assert refusal(replace(ebook, stylesheets=(sheet,))) == (
            "cannot write the e-book: style sheet 'ebook.css' loads 'fonts/a.otf', which is not in the book. "
            "Correct the theme."
        )

    @pytest.mark.parametrize(
        ("nav", "why"),
        [
            ((), "its contents are empty"),
            (
                (NavEntry(title=" ", href="cau-moi.xhtml"),),
                "the line of its contents that leads to 'cau-moi.xhtml' has no words",
            ),
            ((NavEntry(title="a", href="a.xhtml"),), "its contents lead to 'a.xhtml', which is not in the book"),
            (
                (NavEntry(title="a", href="cau-moi.xhtml"),),
                "the contents in document 'contents' differ from those of the rendition",
            ),
        ],
        ids=["empty", "wordless", "leading nowhere", "fewer lines"],
    )
    def test_contents_that_do_not_fit(self, ebook, nav, why):
        assert refusal(replace(ebook, nav=nav)) == f"cannot write the e-book: {why}. Correct the theme."

    @pytest.mark.parametrize(
        ("listed", "printed", "marked", "why"),
        [
            (1, 0, 1, "the page list in document 'contents' differs from that of the rendition"),
            (0, 1, 1, "the page list in document 'contents' differs from that of the rendition"),
            (1, 1, 0, "its page list is not that of the pages that are marked in its documents, in their order"),
            (0, 0, 1, "its page list is not that of the pages that are marked in its documents, in their order"),
        ],
        ids=["not in the contents", "only in the contents", "not marked", "only marked"],
    )
    def test_a_page_list_that_does_not_fit(self, ebook, with_body, listed, printed, marked, why):
        contents = next(document for document in ebook.documents if document.role == "contents").markup
        body = contents.partition("<body>")[2].partition("</body>")[0]
        nav = '<nav epub:type="page-list"><ol><li><a href="colophon.xhtml#page-1">1</a></li></ol></nav>'
        kind = 'epub:type="pagebreak" ' * marked
        changed = with_body(ebook, "contents", body + nav * printed)
        changed = with_body(changed, "colophon", f'<p><span {kind}id="page-1"></span>Lời</p>')
        entries = (NavEntry(title="1", href="colophon.xhtml#page-1"),) * listed

        assert refusal(replace(changed, page_list=entries)) == f"cannot write the e-book: {why}. Correct the theme."

    def test_contents_out_of_reading_order(self, ebook):
        cover, contents, *rest = ebook.documents

        assert refusal(replace(ebook, documents=(cover, contents, *reversed(rest)))) == (
            "cannot write the e-book: its contents are not in reading order. Correct the theme."
        )

    def test_half_a_character(self, ebook, with_body):
        assert refusal(with_body(ebook, "colophon", "<h1>\ud83d</h1>")) == (
            "cannot write the e-book: its document 'colophon' holds half a character (surrogates not allowed). "
            "Correct its source."
        )
