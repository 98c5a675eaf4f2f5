"""Files that are broken or meant to harm cost one line, never a traceback, the memory or the day."""

import io
import random
import time
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publisher.checking import check
from publisher.checking.budget import Budget
from publisher.checking.pdf.content import content_of
from publisher.checking.pdf.geometry import Box
from publisher.checking.pdf.resources import MAX_STREAM_BYTES, Library
from publisher.errors import InputError
from tests.checking import spoiling as s
from tests.checking.conftest import made

DEADLINE_S = 60
"""Of processor time: what else the machine does is no fault of the file."""


def codes(data: bytes) -> set[str]:
    begin = time.process_time()
    report = check(data, "hostile")

    assert time.process_time() - begin < DEADLINE_S
    return {finding.code for finding in report.findings}


def refusal(data: bytes, name: str = "hostile") -> str:
    with pytest.raises(InputError) as caught:
        check(data, name)
    assert "\n" not in str(caught.value)
    assert "0x" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "cannot check hostile: it is empty. Name a finished file.", id="empty"),
        pytest.param(
            b"Mot trang van ban",
            "cannot check hostile: it is neither a PDF nor an EPUB. Name a finished file.",
            id="text",
        ),
        pytest.param(
            b"%PDF-1.7\n",
            "cannot check hostile: unable to find trailer dictionary while recovering damaged file. Make it again.",
            id="only a head",
        ),
        pytest.param(
            b"PK\x03\x04junk",
            "cannot check hostile: its archive is damaged (File is not a zip file). Make it again.",
            id="only a ZIP's head",
        ),
    ],
)
def test_what_is_no_finished_file_is_refused_in_one_line(data: bytes, message: str) -> None:
    assert refusal(data) == message


def test_a_zip_without_a_container_is_no_epub() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")

    assert refusal(file.getvalue()) == ("cannot check hostile: it is a ZIP archive but no EPUB. Name a PDF or an EPUB.")


def test_a_pdf_that_needs_a_password_is_refused() -> None:
    locked = s.spoilt(made(".pdf", "brief"), lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user="u"))

    assert refusal(locked) == "cannot check hostile: it needs a password. Save a copy without one."


@pytest.mark.parametrize("suffix", [".pdf", ".epub"])
@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_end_in_findings_or_in_one_line(suffix: str, seed: int) -> None:
    data = bytearray(made(suffix, "brief"))
    dice = random.Random(seed)  # noqa: S311  (the same bytes each time)
    for _ in range(20):
        data[dice.randrange(len(data))] = dice.randrange(256)

    try:
        assert codes(bytes(data))
    except InputError as error:
        assert "\n" not in str(error)


def test_a_picture_of_a_book_that_does_not_unpack_is_damaged() -> None:
    data = bytearray(made(".epub", "brief"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        data[archive.getinfo("EPUB/cover.jpg").header_offset + 5000] ^= 0xFF

    found = [each for each in check(bytes(data), "hostile").findings if each.code == "damaged"]

    assert [(each.severity, each.where.document) for each in found] == [("error", "EPUB/cover.jpg")]


@pytest.mark.parametrize("suffix", [".pdf", ".epub"])
@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.999])
def test_a_truncated_file_ends_in_findings_or_in_one_line(suffix: str, share: float) -> None:
    data = made(suffix, "brief")

    try:
        assert codes(data[: int(len(data) * share)])
    except InputError as error:
        assert "\n" not in str(error)


# --- PDFs -----------------------------------------------------------------------------------------------------------


MEBIBYTE = 2**20


def bomb(mebibytes: int) -> bytes:
    """So many spaces, in a thousandth of their size."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * MEBIBYTE) for _ in range(mebibytes)) + packer.flush()


def bomb_as_content(pdf: pikepdf.Pdf, mebibytes: int) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"")
    pdf.pages[0].Contents.write(bomb(mebibytes), filter=Name.FlateDecode)


def just_too_large(pdf: pikepdf.Pdf) -> None:
    bomb_as_content(pdf, MAX_STREAM_BYTES // MEBIBYTE + 1)


def two_gibibytes(pdf: pikepdf.Pdf) -> None:
    bomb_as_content(pdf, 2048)


def forms_in_a_ring(pdf: pikepdf.Pdf) -> None:
    forms = [_form(pdf, b"/A Do /B Do") for _ in range(2)]
    for form in forms:
        form.Resources = Dictionary(XObject=Dictionary(A=forms[0], B=forms[1]))
    s.add_resource(pdf, 1, "XObject", "Ring", forms[0])
    s.draw(pdf, 1, b"/Ring Do")


def forms_that_multiply(pdf: pikepdf.Pdf) -> None:
    inner = _form(pdf, b"0 0 1 1 re f")
    for _ in range(10):
        outer = _form(pdf, b"/A Do " * 10)
        outer.Resources = Dictionary(XObject=Dictionary(A=inner))
        inner = outer
    s.add_resource(pdf, 1, "XObject", "Many", inner)
    s.draw(pdf, 1, b"/Many Do")


def _form(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))


def endless_operators(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 1, b"0 0 1 1 re " * 400_000)


def open_brackets(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 1, b"(" * 300_000 + b"[" * 300_000 + b"<" * 300_000)


def many_operands(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 1, b"1 " * 1_000_000 + b"m")


def images_without_end(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 1, b"BI /W 9 ID " * 100_000)


def bookmarks_in_a_ring(pdf: pikepdf.Pdf) -> None:
    first = pdf.Root.Outlines.First
    first.Next = first
    first.First = first


def names_in_a_ring(pdf: pikepdf.Pdf) -> None:
    tree = pdf.make_indirect(Dictionary())
    tree.Kids = Array([tree])
    pdf.Root.Names.Dests = tree
    pdf.Root.StructTreeRoot.ParentTree = tree


def wrong_kinds_everywhere(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.MediaBox, page.Rotate, page.UserUnit = 5, Name.Up, String("inch")
    page.Annots = Array([1, Name.A, Dictionary(Subtype=3, Rect=Name.A, A=3)])
    page.Group = 3
    for font in pdf.pages[1].Resources.Font.values():
        font.DescendantFonts, font.ToUnicode, font.BaseFont = Array([3]), 2, 3
    pdf.Root.OutputIntents = Array([3, Dictionary()])
    for key in ("MarkInfo", "Names", "ViewerPreferences", "Lang", "AA"):
        pdf.Root[f"/{key}"] = 3
    pdf.Root.OpenAction = Dictionary(S=3)
    tree = pdf.Root.StructTreeRoot
    tree.RoleMap, tree.ParentTree = 3, 3
    held = Dictionary(Type=Name.MCR, MCID=Name.A, Pg=3)
    tree.K = Array([tree.K, 3, Dictionary(S=3), Dictionary(S=Name.P, K=held, A=Array([3]), Lang=3, Alt=Array([1]))])


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        pytest.param(just_too_large, "damaged", id="bomb"),
        pytest.param(two_gibibytes, "damaged", id="large bomb", marks=pytest.mark.campaign),
        pytest.param(forms_in_a_ring, "colour-census", id="forms in a ring"),
        pytest.param(forms_that_multiply, "cut-short", id="forms that multiply", marks=pytest.mark.campaign),
        pytest.param(endless_operators, "cut-short", id="endless operators", marks=pytest.mark.campaign),
        pytest.param(open_brackets, "colour-census", id="open brackets"),
        pytest.param(many_operands, "colour-census", id="many operands", marks=pytest.mark.campaign),
        pytest.param(images_without_end, "colour-census", id="images without end"),
        pytest.param(bookmarks_in_a_ring, "colour-census", id="bookmarks in a ring"),
        pytest.param(names_in_a_ring, "broken-tags", id="names in a ring"),
        pytest.param(wrong_kinds_everywhere, "damaged", id="wrong kinds everywhere"),
    ],
)
def test_a_hostile_pdf_is_survived_and_said_to_be_odd(spoil: Callable[[pikepdf.Pdf], None], expected: str) -> None:
    assert expected in codes(s.spoilt(made(".pdf", "brief"), spoil))


@pytest.mark.parametrize("spoil", [pytest.param(forms_that_multiply, marks=pytest.mark.campaign), endless_operators])
def test_a_page_is_followed_no_further_than_is_allowed(spoil: Callable[[pikepdf.Pdf], None]) -> None:
    library = Library(Budget(0), operations=9_000)
    with pikepdf.open(io.BytesIO(made(".pdf", "brief"))) as pdf:
        spoil(pdf)
        content = content_of(pdf.pages[0].obj, library, Box(0, 0, 600, 800))

    assert content.cut_short
    assert -20 < library.operations_left < 0  # Each form that is open takes notice by itself.


def test_pages_in_a_ring_are_refused() -> None:
    ring = s.spoilt(made(".pdf", "brief"), lambda pdf: pdf.Root.Pages.Kids.append(pdf.Root.Pages))

    assert refusal(ring) == "cannot check hostile: Loop detected in /Pages structure (getAllPages). Make it again."


# --- EPUBs ----------------------------------------------------------------------------------------------------------


def book(documents: dict[str, bytes]) -> bytes:
    """The least that is an EPUB, with these members."""
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(documents)
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>'
        f'<manifest>{items}</manifest><spine><itemref idref="i0"/></spine></package>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", '<container><rootfile full-path="p.opf"/></container>')
        archive.writestr("p.opf", package)
        for name, data in documents.items():
            archive.writestr(name, data)
    return file.getvalue()


BILLION_LAUGHS = (
    b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<html><body>&c;</body></html>"
)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(b"<p>" * 3000 + b"</p>" * 3000, id="deep"),
        pytest.param(BILLION_LAUGHS, id="entities"),
        pytest.param(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>&x;', id="outside entity"),
        pytest.param(b"", id="empty"),
        pytest.param(b" " * 30_000_000, id="bomb"),
        pytest.param(b'<?xml version="1.0" encoding="x-none"?><a/>', id="unknown encoding"),
    ],
)
def test_a_hostile_document_is_called_malformed(document: bytes) -> None:
    assert "malformed" in codes(book({"a.xhtml": document}))


def test_entities_of_an_outside_dtd_are_no_fault() -> None:
    page = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "xhtml11.dtd"><html><body>a&nbsp;b</body></html>'

    assert "malformed" not in codes(book({"a.xhtml": page}))


def test_a_sheet_of_brackets_is_survived() -> None:
    page = b"<html><head><style>" + b"{(" * 400 + b"</style></head><body>a</body></html>"

    assert "style-broken" in codes(book({"a.xhtml": page}))
