"""The tag tree of a finished PDF: what a screen reader and an archive find in it."""

import io
import struct
import zlib
from collections.abc import Iterator

import msgspec
import pikepdf
import pytest

from publisher.compiling import compile_issue
from publisher.model import (
    Article,
    Asset,
    Attachment,
    BulletList,
    Figure,
    IssuePlan,
    Paragraph,
    Subheading,
    Table,
    Text,
)
from publisher.theming import load_theme, render
from publisher.writing.pdf import write_pdf

LONG = "Sáng nay, ban quản lý cho biết cây cầu đã được kiểm tra lần cuối trước khi đón những chuyến xe đầu tiên. "


def png() -> bytes:
    """A white square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff" * 24 for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def words(text: str) -> tuple[Text, ...]:
    return (Text(text=text),)


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    vietnamese = Article(
        headline="Cầu Ngòi Thia thông xe",
        language="vi",
        body=(
            Figure(src="pictures/p.png", alt="Một cây cầu", caption=words("Cầu sáng nay. Ảnh: Hà An")),
            Subheading(inlines=words("Trước giờ mở cầu")),
            BulletList(items=(words("một"), words("hai"))),
            Table(header=(words("Nhịp"), words("Dài")), rows=((words("giữa"), words("40 m")),)),
            Paragraph(inlines=words(LONG * 70)),
            Paragraph(inlines=(Text(text="We have checked every bolt of the bridge.", language="en"),)),
        ),
    )
    english = Article(headline="Bridge opens", language="en", body=(Paragraph(inlines=words("It opened.")),))
    issue = compile_issue([vietnamese, english], IssuePlan())
    rendition = render(issue, load_theme("base"), "print")
    picture = Asset(name="pictures/p.png", media_type="image/png", data=png())
    attachments = tuple(
        Attachment(name=name, description=name, relationship=kind, media_type=media_type, data=b"the same bytes")
        for name, kind, media_type in (
            ("page.md", "Source", "text/markdown"),
            ("feed.atom", "Source", "application/atom+xml"),
            ("articles.jsonl", "Data", "application/jsonl"),
        )
    )
    rendition = msgspec.structs.replace(rendition, assets=(*rendition.assets, picture), attachments=attachments)
    written = write_pdf(rendition)
    assert written.problems == ()
    with pikepdf.open(io.BytesIO(written.data)) as opened:
        yield opened


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K", pikepdf.Array())
    every = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def elements(pdf: pikepdf.Pdf, kind: str, below: pikepdf.Object | None = None) -> list[pikepdf.Object]:
    found = []
    waiting = [below if below is not None else pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop(0)
        if f"/{kind}" == element.S:
            found.append(element)
        waiting = kids(element) + waiting
    return found


def test_the_contents_are_a_table_of_contents_with_an_item_for_each_line(pdf: pikepdf.Pdf) -> None:
    (contents,) = elements(pdf, "TOC")

    assert [kid.S for kid in kids(contents)] == ["/TOCI"] * 3
    assert all(elements(pdf, "Link", item) for item in kids(contents))


def test_each_article_is_one_element_however_many_pages_it_takes(pdf: pikepdf.Pdf) -> None:
    vietnamese, english = elements(pdf, "Art")

    assert [len(elements(pdf, "H1", article)) for article in (vietnamese, english)] == [1, 1]
    assert english.Lang == "en"
    assert "/Lang" not in vietnamese


def test_a_paragraph_that_goes_on_over_a_page_stays_one(pdf: pikepdf.Pdf) -> None:
    article = elements(pdf, "Art")[0]
    pages = [
        {str((paragraph.Pg if isinstance(kid, int) else kid.get("/Pg", paragraph.Pg)).objgen) for kid in paragraph.K}
        for paragraph in elements(pdf, "P", article)
    ]

    assert max(len(found) for found in pages) > 1


def test_a_paragraph_holds_its_lines_and_the_index_says_so(pdf: pikepdf.Pdf) -> None:
    index = pdf.Root.StructTreeRoot.ParentTree.Nums
    held = {page.obj.objgen: index[2 * page.obj.StructParents + 1] for page in pdf.pages}
    paragraphs = elements(pdf, "P", elements(pdf, "Art")[0])

    numbers = [(paragraph, kid) for paragraph in paragraphs for kid in paragraph.K if isinstance(kid, int)]

    assert len(numbers) > len(paragraphs)
    assert all(held[paragraph.Pg.objgen][number].objgen == paragraph.objgen for paragraph, number in numbers)
    assert not [kid for paragraph in paragraphs for kid in kids(paragraph) if kid.S == "/Span" and len(kid) == 5]


def test_headings_go_down_without_a_gap(pdf: pikepdf.Pdf) -> None:
    article = elements(pdf, "Art")[0]

    assert len(elements(pdf, "H2", article)) == 1
    assert elements(pdf, "H3", article) == []


def test_a_figure_holds_its_alternative_text_and_its_caption(pdf: pikepdf.Pdf) -> None:
    (figure,) = elements(pdf, "Figure")

    assert figure.Alt == "Một cây cầu"
    assert len(elements(pdf, "Caption", figure)) == 1


def test_lists_and_tables_have_their_parts(pdf: pikepdf.Pdf) -> None:
    article = elements(pdf, "Art")[0]

    assert [kid.S for kid in kids(elements(pdf, "L", article)[0])] == ["/LI", "/LI"]
    assert len(elements(pdf, "LBody", article)) == 2
    assert [str(cell.A.Scope) for cell in elements(pdf, "TH", article)] == ["/Column", "/Column"]


def test_words_in_another_language_say_so(pdf: pikepdf.Pdf) -> None:
    spans = [element for element in elements(pdf, "Span") if "/Lang" in element]

    assert [str(span.Lang) for span in spans] == ["en"]


def test_a_link_is_described_by_its_words(pdf: pikepdf.Pdf) -> None:
    annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]

    assert any(str(annotation.Contents).startswith("Bridge opens") for annotation in annotations)


def test_page_furniture_is_an_artifact(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[2]
    operators = pikepdf.parse_content_stream(page)
    marked = [str(operands[0]) for operands, operator in operators if str(operator) in ("BMC", "BDC")]
    elements = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[page.StructParents]

    assert "/Artifact" in marked
    assert None in [elements[index] for index in range(len(elements))]


def test_the_evidence_is_attached_once_with_its_relationship(pdf: pikepdf.Pdf) -> None:
    files = [(str(file.UF), str(file.AFRelationship), str(file.EF.F.Subtype)) for file in pdf.Root.AF]
    names = [str(name) for name in pdf.Root.Names.EmbeddedFiles.Names][::2]

    assert files == [
        ("page.md", "/Source", "/text/markdown"),
        ("feed.atom", "/Source", "/application/atom+xml"),
        ("articles.jsonl", "/Data", "/application/jsonl"),
    ]
    assert names == ["articles.jsonl", "feed.atom", "page.md"]


def test_the_packet_names_both_standards_in_one_description(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().decode()

    assert packet.count("<rdf:RDF") == 1
    for claim in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<pdfaSchema:prefix>pdfuaid<"):
        assert claim in packet
