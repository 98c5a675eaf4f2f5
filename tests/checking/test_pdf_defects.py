"""Defects planted one by one in files of ours are found, by their code and on their page; the files are clean before.

Each row spoils one thing. What else that causes stands in its row; a claim that is no longer true follows by itself.
"""

import functools
import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publisher.checking import check
from tests.checking import spoiling as s
from tests.checking.conftest import SHIPPED, made
from tests.checking.spoiling import Spoil

FOLLOWING = {"claim-contradicted", "claim-unconfirmed", "claim-none", "colour-census"}
"""What other findings cause, or what is said of every file."""


@functools.cache
def found(data: bytes, *purposes: str) -> frozenset[tuple[str, str, int | None]]:
    report = check(data, "spoilt.pdf", frozenset(purposes))
    return frozenset(
        (each.code, each.severity, each.where.page) for each in report.findings if each.code not in FOLLOWING
    )


# --- clean ----------------------------------------------------------------------------------------------------------


def test_every_shipped_theme_is_tried() -> None:
    from publisher.theming import theme_folders

    assert set(SHIPPED) == set(theme_folders())


@pytest.mark.parametrize(
    "theme", [pytest.param(each, marks=() if each == "compilation" else pytest.mark.campaign) for each in SHIPPED]
)
def test_a_file_of_ours_has_no_error_and_no_warning(theme: str) -> None:
    """In every theme: ``tests/writing/pdf/test_matrix.py``."""
    report = check(made(".pdf", theme, many=theme != "brief"), "made.pdf")

    assert [str(each.message) for each in report.findings if each.severity != "note"] == []


# --- tags -----------------------------------------------------------------------------------------------------------


def no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def not_marked(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def untagged_text(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, s.text(pdf, 2), tag=b"")


def lost_content(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 1, s.text(pdf, 1), tag=b"/P <</MCID 900>> BDC")


def absent_content(pdf: pikepdf.Pdf) -> None:
    s.element(pdf, "H1").K.append(901)


def looped_tags(pdf: pikepdf.Pdf) -> None:
    s.element(pdf, "L").K.append(s.element(pdf, "Document"))


def no_index(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


def unknown_type(pdf: pikepdf.Pdf) -> None:
    s.element(pdf, "BlockQuote").S = Name("/Sidebar")


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    s.element(pdf, "H2").S = Name.H4


def no_headers(pdf: pikepdf.Pdf) -> None:
    for cell in s.elements(pdf, "TH"):
        cell.S = Name.TD


def mute_headers(pdf: pikepdf.Pdf) -> None:
    for cell in s.elements(pdf, "TH"):
        del cell.A["/Scope"]
    for cell in s.elements(pdf, "TD"):
        if "/A" in cell and "/Headers" in cell.A:
            del cell.A["/Headers"]


def list_of_paragraphs(pdf: pikepdf.Pdf) -> None:
    s.element(pdf, "LI").S = Name.P


def item_without_body(pdf: pikepdf.Pdf) -> None:
    s.element(pdf, "LBody").S = Name.P


def no_alternative(pdf: pikepdf.Pdf) -> None:
    del s.element(pdf, "Figure")["/Alt"]


def filler_alternative(pdf: pikepdf.Pdf) -> None:
    s.element(pdf, "Figure")["/Alt"] = String("IMG_2041.jpg")


def loose_link(pdf: pikepdf.Pdf) -> None:
    for each in s.elements(pdf, "Link"):
        each.K = Array([kid for kid in each.K if not isinstance(kid, Dictionary) or kid.get("/Type") != "/OBJR"])


def mute_link(pdf: pikepdf.Pdf) -> None:
    del s.link(pdf)[1]["/Contents"]


def unordered_links(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        del page.obj["/Tabs"]


def empty_heading(pdf: pikepdf.Pdf) -> None:
    heading = Dictionary(Type=Name.StructElem, S=Name.H2, K=Array(), Pg=pdf.pages[1].obj)
    s.element(pdf, "BlockQuote").P.K.append(pdf.make_indirect(heading))


def odd_language_of_element(pdf: pikepdf.Pdf) -> None:
    s.element(pdf, "BlockQuote").Lang = String("tiếng Việt")


def note_without_name(pdf: pikepdf.Pdf) -> None:
    s.element(pdf, "BlockQuote").S = Name.Note


TAGS = [
    pytest.param(no_tags, {("not-tagged", "error", None)}, id="no tags"),
    pytest.param(not_marked, {("not-tagged", "error", None)}, id="not marked"),
    pytest.param(untagged_text, {("untagged-content", "error", 2)}, id="untagged text"),
    pytest.param(lost_content, {("broken-tags", "error", 1)}, id="content in no element"),
    pytest.param(absent_content, {("broken-tags", "error", 1)}, id="element without its content"),
    pytest.param(looped_tags, {("broken-tags", "error", None)}, id="a loop"),
    pytest.param(no_index, {("broken-tags", "error", 1), ("broken-tags", "error", 2)}, id="no index"),
    pytest.param(unknown_type, {("unknown-tag", "error", 1)}, id="unknown type"),
    pytest.param(skipped_heading, {("heading-order", "error", 1)}, id="skipped heading"),
    pytest.param(no_headers, {("table-headers", "error", 1)}, id="no header cells"),
    pytest.param(mute_headers, {("table-headers", "error", 1)}, id="headers without scope"),
    pytest.param(list_of_paragraphs, {("broken-list", "error", 1)}, id="list of paragraphs"),
    pytest.param(item_without_body, {("broken-list", "error", 1)}, id="item without body"),
    pytest.param(no_alternative, {("missing-alternative", "error", 1)}, id="no alternative"),
    pytest.param(filler_alternative, {("poor-alternative", "warning", 1)}, id="a file's name as alternative"),
    pytest.param(loose_link, {("link-untagged", "error", 1), ("link-untagged", "error", 2)}, id="loose links"),
    pytest.param(mute_link, {("link-untagged", "error", 1)}, id="link without description"),
    pytest.param(unordered_links, {("link-untagged", "error", 1), ("link-untagged", "error", 2)}, id="tab order"),
    pytest.param(empty_heading, {("empty-tag", "warning", 2)}, id="empty heading"),
    pytest.param(odd_language_of_element, {("unknown-language", "error", 1)}, id="language of an element"),
    pytest.param(note_without_name, {("broken-tags", "error", 1)}, id="note without ID"),
]


# --- metadata, claims, actions --------------------------------------------------------------------------------------


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def odd_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("Vietnamese language")
    s.packet(pdf, b"<rdf:li>vi</rdf:li>", b"<rdf:li>Vietnamese language</rdf:li>")


def other_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("en")


def no_title(pdf: pikepdf.Pdf) -> None:
    s.packet(pdf, b"<dc:title>", b"<dc:source>")
    s.packet(pdf, b"</dc:title>", b"</dc:source>")
    del pdf.docinfo["/Title"]


def hidden_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def program_title(pdf: pikepdf.Pdf) -> None:
    s.packet(pdf, str(pdf.docinfo["/Title"]).encode(), b"Microsoft Word - ban tin.docx")
    pdf.docinfo["/Title"] = String("Microsoft Word - ban tin.docx")


def other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = String("Bản cũ")


def changed_before_made(pdf: pikepdf.Pdf) -> None:
    s.packet(pdf, b"<xmp:ModifyDate>2026", b"<xmp:ModifyDate>2020")
    pdf.docinfo["/ModDate"] = String("D:20200319")


def no_date(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/CreationDate"] = String("19.3.2026")


def other_date(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/ModDate"] = String("D:20260401")


def broken_xmp(pdf: pikepdf.Pdf) -> None:
    # Without its claims nobody can know that it made any.
    s.packet(pdf, b"</rdf:Description>", b"")


def no_xmp(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def impossible_level(pdf: pikepdf.Pdf) -> None:
    s.packet(
        pdf, b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A", b"<pdfaid:part>4</pdfaid:part><pdfaid:conformance>U"
    )


def excluding_claims(pdf: pikepdf.Pdf) -> None:
    s.packet(pdf, b"<pdfaid:part>3", b"<pdfaid:part>1")


def script_at_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def named_script(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), action]))


def launching_link(pdf: pikepdf.Pdf) -> None:
    s.link(pdf)[1].A = Dictionary(S=Name.Launch, F=String("setup.exe"))


def dangerous_link(pdf: pikepdf.Pdf) -> None:
    s.link(pdf)[1].A.URI = String("javascript:alert(1)")


def local_link(pdf: pikepdf.Pdf) -> None:
    s.link(pdf)[1].A.URI = String("file:///C:/bien-ban.html")


def relative_link(pdf: pikepdf.Pdf) -> None:
    s.link(pdf)[1].A.URI = String("/bien-ban.html")


def dead_link(pdf: pikepdf.Pdf) -> None:
    annotation = s.link(pdf)[1]
    del annotation["/A"]
    annotation["/Dest"] = String("nowhere")


def dead_bookmark(pdf: pikepdf.Pdf) -> None:
    first = pdf.Root.Outlines.First
    for key in ("/A", "/Dest"):
        if key in first:
            del first[key]
    first["/Dest"] = String("nowhere")


def unrelated_attachment(pdf: pikepdf.Pdf) -> None:
    for file in pdf.Root.AF:
        if file.get("/AFRelationship") == "/Data":
            del file["/AFRelationship"]


def form(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("a")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


NO_CLAIM_ANYMORE = {("xmp-broken", "warning", None)}

FILE = [
    pytest.param(no_language, {("missing-language", "error", None)}, id="no language"),
    pytest.param(odd_language, {("unknown-language", "error", None)}, id="malformed language"),
    pytest.param(other_language, {("metadata-mismatch", "warning", None)}, id="two languages"),
    pytest.param(no_title, {("missing-title", "error", None)}, id="no title"),
    pytest.param(hidden_title, {("missing-title", "error", None)}, id="title not shown"),
    pytest.param(program_title, {("poor-title", "warning", None)}, id="a program's title"),
    pytest.param(other_title, {("metadata-mismatch", "error", None)}, id="two titles"),
    pytest.param(changed_before_made, {("date-mismatch", "warning", None)}, id="changed before made"),
    pytest.param(no_date, {("date-mismatch", "warning", None)}, id="malformed date"),
    pytest.param(other_date, {("date-mismatch", "error", None)}, id="two dates"),
    pytest.param(broken_xmp, NO_CLAIM_ANYMORE, id="broken XMP"),
    pytest.param(no_xmp, {("xmp-missing", "note", None)}, id="no XMP"),
    pytest.param(impossible_level, {("claim-impossible", "error", None)}, id="PDF/A-4u"),
    pytest.param(excluding_claims, {("claim-impossible", "error", None)}, id="PDF/A-1 and PDF/UA"),
    pytest.param(script_at_opening, {("active-content", "warning", None)}, id="script at opening"),
    pytest.param(named_script, {("active-content", "warning", None)}, id="named script"),
    pytest.param(launching_link, {("active-content", "warning", 1)}, id="link starts a program"),
    pytest.param(dangerous_link, {("active-content", "warning", 1)}, id="link runs a script"),
    pytest.param(local_link, {("broken-destination", "warning", 1)}, id="link to a local file"),
    pytest.param(relative_link, {("broken-destination", "warning", 1)}, id="link without its site"),
    pytest.param(dead_link, {("broken-destination", "warning", 1)}, id="dead link"),
    pytest.param(dead_bookmark, {("broken-destination", "warning", None)}, id="dead bookmark"),
    pytest.param(unrelated_attachment, {("attachment-unrelated", "error", None)}, id="attachment"),
    pytest.param(form, {("active-content", "note", None)}, id="form"),
]


# --- text and fonts -------------------------------------------------------------------------------------------------


def not_embedded(pdf: pikepdf.Pdf) -> None:
    del s.font_of(pdf, 2)[1].DescendantFonts[0].FontDescriptor["/FontFile2"]


def whole_font(pdf: pikepdf.Pdf) -> None:
    font = s.font_of(pdf, 2)[1]
    font.BaseFont = Name("/" + str(font.BaseFont).partition("+")[2])


def missing_glyph(pdf: pikepdf.Pdf) -> None:
    name = s.font_of(pdf, 2)[0]
    s.draw(pdf, 2, b"BT /%s 11 Tf %s <00000000> Tj ET" % (name, s.CENTRE))


def glyph_past_the_end(pdf: pikepdf.Pdf) -> None:
    name = s.font_of(pdf, 2)[0]
    s.draw(pdf, 2, b"BT /%s 11 Tf %s <fff0> Tj ET" % (name, s.CENTRE))


def no_map(pdf: pikepdf.Pdf) -> None:
    name, font = s.font_of(pdf, 2)
    bare = Dictionary({key: value for key, value in font.items() if key != "/ToUnicode"})
    s.add_resource(pdf, 2, "Font", "Bare", pdf.make_indirect(bare))
    content = s.text(pdf, 2)
    s.draw(pdf, 2, content.replace(b"/" + name + b" ", b"/Bare "))


def invisible_letter(pdf: pikepdf.Pdf) -> None:
    font = s.font_of(pdf, 2)[1]
    mapping = font.ToUnicode.read_bytes()
    code = mapping[mapping.index(b"> <0020>") - 4 :][:4]
    lying = Dictionary({**dict(font.items()), "/ToUnicode": pdf.make_stream(mapping.replace(b"> <0020>", b"> <0041>"))})
    s.add_resource(pdf, 2, "Font", "Lying", pdf.make_indirect(lying))
    s.draw(pdf, 2, b"BT /Lying 11 Tf %s <%s> Tj ET" % (s.CENTRE, code))


def clipped(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, s.text(pdf, 2, b"200 290 20 40 re W n"))


def clipped_marks(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, s.text(pdf, 2, b"190 299.5 200 3.5 re W n", size=24))


def off_the_page(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, s.text(pdf, 2, place=b"1 0 0 1 560 300 Tm"))


def over_the_trim(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.TrimBox = Array([100, 20, 575, 820])


def faint(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, s.text(pdf, 2, b"0.6 g"))


def faint_on_tint(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, s.text(pdf, 2, b"0.2 0.2 0.2 rg 190 290 200 30 re f 0 g"))


def faint_by_alpha(pdf: pikepdf.Pdf) -> None:
    s.add_resource(pdf, 2, "ExtGState", "Half", Dictionary(ca=0.4))
    s.draw(pdf, 2, s.text(pdf, 2, b"/Half gs 0 g"))


def tiny(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, s.text(pdf, 2, size=4))


def tiny_by_matrix(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, s.text(pdf, 2, place=b"0.3 0 0 0.3 200 300 Tm"))


def drawn_font(pdf: pikepdf.Pdf) -> None:
    procedure = pdf.make_stream(b"500 0 d0 0 0 400 700 re f")
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 500, 700]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=procedure),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([500]),
    )
    s.add_resource(pdf, 2, "Font", "Drawn", pdf.make_indirect(font))
    s.draw(pdf, 2, b"BT /Drawn 11 Tf %s (aaa) Tj ET" % s.CENTRE)


TEXT = [
    pytest.param(not_embedded, {("font-not-embedded", "error", 1)}, id="font not embedded"),
    pytest.param(whole_font, {("font-not-subset", "note", 1)}, id="font not subset"),
    pytest.param(missing_glyph, {("missing-glyph", "error", 2)}, id="missing glyph"),
    pytest.param(glyph_past_the_end, {("missing-glyph", "error", 2)}, id="glyph past the font's end"),
    pytest.param(no_map, {("unmapped-text", "error", 2)}, id="no map to characters"),
    pytest.param(invisible_letter, {("invisible-glyph", "error", 2)}, id="invisible letter"),
    pytest.param(clipped, {("clipped-text", "warning", 2)}, id="clipped"),
    pytest.param(clipped_marks, {("clipped-text", "warning", 2)}, id="clipped at its top"),
    pytest.param(off_the_page, {("clipped-text", "warning", 2)}, id="over the page's edge"),
    pytest.param(faint, {("low-contrast", "warning", 2)}, id="faint"),
    pytest.param(faint_on_tint, {("low-contrast", "warning", 2)}, id="faint on a tint"),
    pytest.param(faint_by_alpha, {("low-contrast", "warning", 2)}, id="faint by transparency"),
    pytest.param(tiny, {("tiny-text", "warning", 2)}, id="tiny"),
    pytest.param(tiny_by_matrix, {("tiny-text", "warning", 2)}, id="tiny by its matrix"),
    pytest.param(drawn_font, {("font-type3", "note", 2)}, id="font of drawings"),
]


# --- pages and pictures ---------------------------------------------------------------------------------------------


def blank(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(595.275591, 841.889764))


def only_furniture(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(595.275591, 841.889764))
    pdf.pages[-1].obj.Resources = pdf.pages[1].Resources
    s.draw(pdf, 3, s.text(pdf, 2))


def trim_outside(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.TrimBox = Array([-10, -10, 605, 850])


def no_area(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.ArtBox = Array([10, 10, 10, 400])


def other_size(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1].obj
    page.MediaBox = Array([-100, 0, 595.275591, 841.889764])
    for key in ("/TrimBox", "/BleedBox"):
        page[key] = page.MediaBox


def turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Rotate = 90


def hairline(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, b"0 G 0.1 w 100 300 m 300 300 l S")


def thin_area(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, b"0 g 100 300 200 0.05 re f")


def coarse(pdf: pikepdf.Pdf) -> None:
    s.add_resource(pdf, 2, "XObject", "Coarse", s.image(pdf, "RGB", 100, b"abc"))
    s.draw(pdf, 2, b"200 0 0 200 100 200 cm /Coarse Do")


def coarse_inline(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, b"200 0 0 200 100 200 cm BI /W 10 /H 10 /BPC 8 /CS /G ID " + b"a" * 100 + b" EI")


def smoothed(pdf: pikepdf.Pdf) -> None:
    s.add_resource(pdf, 2, "XObject", "Smooth", s.image(pdf, "RGB", 400, b"abc", Interpolate=True))
    s.draw(pdf, 2, b"80 0 0 80 100 200 cm /Smooth Do")


def foreign_device(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, 2, b"0 0 0 1 k 100 300 50 50 re f")


def no_archive_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def broken_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes()[:200])


def unnamed_condition(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/OutputConditionIdentifier"]


PAGES = [
    pytest.param(blank, {("blank-page", "warning", 3)}, id="blank page"),
    pytest.param(only_furniture, {("blank-page", "warning", 3)}, id="only furniture"),
    pytest.param(trim_outside, {("box-order", "error", 2), ("page-sizes", "note", None)}, id="trim outside"),
    pytest.param(no_area, {("box-order", "error", 2)}, id="box without area"),
    pytest.param(other_size, {("page-sizes", "note", None)}, id="another size"),
    pytest.param(turned, {("page-turned", "note", 2)}, id="turned"),
    pytest.param(hairline, {("thin-line", "note", 2)}, id="hairline"),
    pytest.param(thin_area, {("thin-line", "note", 2)}, id="hairline as an area"),
    pytest.param(coarse, {("low-resolution", "warning", 2)}, id="coarse picture"),
    pytest.param(coarse_inline, {("low-resolution", "warning", 2)}, id="coarse inline picture"),
    pytest.param(smoothed, {("interpolated-picture", "error", 2)}, id="smoothed picture"),
    pytest.param(foreign_device, {("device-colour", "error", 2)}, id="colour without an intent"),
    pytest.param(no_archive_intent, {("device-colour", "error", 1)}, id="no output intent"),
    pytest.param(broken_profile, {("intent-broken", "error", None)}, id="broken profile"),
    pytest.param(unnamed_condition, {("intent-broken", "error", None)}, id="intent without a name"),
]


@pytest.mark.sample(3)
@pytest.mark.parametrize(("spoil", "expected"), [*TAGS, *FILE, *TEXT, *PAGES])
def test_a_planted_defect_is_found_and_nothing_else(spoil: Spoil, expected: set[tuple[str, str, int | None]]) -> None:
    clean = made(".pdf", "brief")

    assert found(s.spoilt(clean, spoil)) - found(clean) == expected


def test_text_over_the_trim_is_found() -> None:
    spoilt = found(s.spoilt(made(".pdf", "brief"), over_the_trim))

    assert ("clipped-text", "warning", 2) in spoilt


# --- for a press ----------------------------------------------------------------------------------------------------

FRESH = 3
"""A page that is added for what a press must see: our own pages are in RGB, for a screen."""


def fresh_page(pdf: pikepdf.Pdf) -> None:
    """Add a page with a bleed of 3 mm, nothing on it, and the fonts of page 2; take back the claims."""
    del pdf.Root.Metadata, pdf.Root.OutputIntents
    pdf.add_blank_page(page_size=(700, 900))
    page = pdf.pages[-1].obj
    page.Resources = Dictionary(Font=pdf.pages[1].Resources.Font)
    page.TrimBox = Array([50, 50, 650, 850])
    page.BleedBox = Array([50 - BLEED, 50 - BLEED, 650 + BLEED, 850 + BLEED])


@functools.cache
def for_a_press() -> bytes:
    """A file of ours with a page that a press has nothing against."""
    return s.spoilt(made(".pdf", "brief"), fresh_page)


BLEED = 3 * 72 / 25.4


def rich_black(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, FRESH, s.text(pdf, 2, b"0.6 0.4 0.4 1 k"))


def pure_black(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, FRESH, s.text(pdf, 2, b"0 0 0 1 k"))


def much_ink(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, FRESH, b"1 1 1 0.5 k 100 300 50 50 re f")


def inky_picture(pdf: pikepdf.Pdf) -> None:
    s.add_resource(pdf, FRESH, "XObject", "Inky", s.image(pdf, "CMYK", 400, b"\xf0\xf0\xf0\xf0"))
    s.draw(pdf, FRESH, b"80 0 0 80 100 200 cm /Inky Do")


def white_overprinting(pdf: pikepdf.Pdf) -> None:
    s.add_resource(pdf, FRESH, "ExtGState", "Over", Dictionary(op=True, OP=True, OPM=1))
    s.draw(pdf, FRESH, b"/Over gs 0 0 0 0 k 100 300 50 50 re f")


def registration(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([1, 1, 1, 1]), N=1)
    space = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
    s.add_resource(pdf, FRESH, "ColorSpace", "Marks", space)
    s.draw(pdf, FRESH, b"/Marks cs 0.5 scn 100 300 50 50 re f")


def lab(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.Lab, Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]))])
    s.add_resource(pdf, FRESH, "ColorSpace", "Perceived", space)
    s.draw(pdf, FRESH, b"/Perceived cs 50 10 10 scn 100 300 50 50 re f")


def rgb_in_pattern(pdf: pikepdf.Pdf) -> None:
    pattern = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f",
        Type=Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 5, 5]),
        XStep=5,
        YStep=5,
        Resources=Dictionary(),
    )
    s.add_resource(pdf, FRESH, "Pattern", "Tiles", pattern)
    s.draw(pdf, FRESH, b"/Pattern cs /Tiles scn 100 300 50 50 re f")


def rgb_in_form(pdf: pikepdf.Pdf) -> None:
    form_ = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 5, 5]), Resources=Dictionary()
    )
    s.add_resource(pdf, FRESH, "XObject", "Inner", form_)
    s.draw(pdf, FRESH, b"10 0 0 10 100 300 cm /Inner Do")


def rgb_in_shading(pdf: pikepdf.Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 100, 0]), Function=function)
    s.add_resource(pdf, FRESH, "Shading", "Blend", shading)
    s.draw(pdf, FRESH, b"100 300 50 50 re W n /Blend sh")


def rgb_blending(pdf: pikepdf.Pdf) -> None:
    pdf.pages[FRESH - 1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


def short_bleed(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, FRESH, b"0 0 0 0.5 k 50 300 50 50 re f")


def no_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[FRESH - 1].obj["/TrimBox"]


def annotated(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([100, 100, 120, 120]), Contents=String("Sửa chỗ này")
    )
    pdf.pages[FRESH - 1].obj.Annots = Array([pdf.make_indirect(note)])


def two_boxes(pdf: pikepdf.Pdf) -> None:
    pdf.pages[FRESH - 1].obj.ArtBox = pdf.pages[FRESH - 1].obj.TrimBox


def coarse_rgb(pdf: pikepdf.Pdf) -> None:
    s.add_resource(pdf, FRESH, "XObject", "Picture", s.image(pdf, "RGB", 400, b"abc"))
    s.draw(pdf, FRESH, b"80 0 0 80 100 200 cm /Picture Do")


def middling(pdf: pikepdf.Pdf) -> None:
    s.add_resource(pdf, FRESH, "XObject", "Picture", s.image(pdf, "gray", 200, b"a"))
    s.draw(pdf, FRESH, b"80 0 0 80 100 200 cm /Picture Do")


def thin_rule(pdf: pikepdf.Pdf) -> None:
    s.draw(pdf, FRESH, b"0 0 0 1 K 0.1 w 100 300 m 300 300 l S")


PRESS = [
    pytest.param(rich_black, {("rich-black-text", "warning", FRESH)}, id="rich black text"),
    pytest.param(pure_black, {("black-knocks-out", "note", FRESH)}, id="black that knocks out"),
    pytest.param(much_ink, {("total-ink", "warning", FRESH)}, id="too much ink"),
    pytest.param(inky_picture, {("total-ink", "warning", FRESH)}, id="too much ink in a picture"),
    pytest.param(white_overprinting, {("white-overprint", "error", FRESH)}, id="white overprint"),
    pytest.param(registration, {("registration-colour", "error", FRESH)}, id="registration colour"),
    pytest.param(lab, {("rgb-in-print", "error", FRESH)}, id="Lab"),
    pytest.param(coarse_rgb, {("rgb-in-print", "error", FRESH)}, id="RGB in a picture"),
    pytest.param(rgb_in_pattern, {("rgb-in-print", "error", FRESH)}, id="RGB in a pattern"),
    pytest.param(rgb_in_form, {("rgb-in-print", "error", FRESH)}, id="RGB in a form"),
    pytest.param(rgb_in_shading, {("rgb-in-print", "error", FRESH)}, id="RGB in a shading"),
    pytest.param(rgb_blending, {("transparency", "error", FRESH)}, id="blending in RGB"),
    pytest.param(short_bleed, {("bleed-short", "warning", FRESH)}, id="no bleed"),
    pytest.param(no_trim, {("box-missing", "error", FRESH)}, id="no trim box"),
    pytest.param(annotated, {("annotation-in-print", "error", FRESH)}, id="annotation"),
    pytest.param(two_boxes, {("box-order", "error", FRESH)}, id="trim box and art box"),
    pytest.param(thin_rule, {("thin-line", "warning", FRESH)}, id="hairline"),
    pytest.param(middling, {("low-resolution", "warning", FRESH)}, id="picture of 180 dpi"),
]


@pytest.mark.sample(3)
@pytest.mark.parametrize(("spoil", "expected"), PRESS)
def test_a_press_is_told_what_it_cannot_print(spoil: Spoil, expected: set[tuple[str, str, int | None]]) -> None:
    clean = for_a_press()

    assert found(s.spoilt(clean, spoil), "press") - found(clean, "press") == expected


def test_a_file_of_ours_for_a_press_has_no_error_and_no_warning() -> None:
    """Those of all themes are looked at in ``tests/writing/pdf/test_matrix.py``."""
    report = check(made(".pdf", "brief", press=True), "press.pdf")

    assert [each.message for each in report.findings if each.severity != "note"] == []


def test_a_file_that_claims_a_press_needs_no_purpose_to_be_judged_by_it() -> None:
    clean = made(".pdf", "brief", press=True)

    spoilt = s.spoilt(clean, lambda pdf: s.draw(pdf, 2, b"1 0 0 rg 100 300 50 50 re f", tag=b""))

    assert found(spoilt) - found(clean) == {("rgb-in-print", "error", 2)}
    assert "the file claims PDF/X-4, and is not so: rgb-in-print" in [
        each.message for each in check(spoilt, "spoilt.pdf").findings
    ]


def test_a_bleed_that_is_wide_enough_is_no_finding() -> None:
    clean = for_a_press()

    bled = s.spoilt(clean, lambda pdf: s.draw(pdf, FRESH, b"0 0 0 0.5 k 40 300 50 50 re f"))

    assert found(bled, "press") - found(clean, "press") == set()


# --- what the whole file shows --------------------------------------------------------------------------------------


def test_a_long_document_without_bookmarks_is_found() -> None:
    clean = made(".pdf", "large-print", many=True)

    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/Outlines"]
        while len(pdf.pages) < 11:
            pdf.pages.append(pdf.pages[-1])

    assert ("no-bookmarks", "warning", None) in found(s.spoilt(clean, spoil))


def test_an_encrypted_file_that_opens_is_checked_and_said_to_be_encrypted() -> None:
    clean = made(".pdf", "brief")
    locked = pikepdf.Encryption(owner="o", user="", allow=pikepdf.Permissions(accessibility=False))

    spoilt = s.spoilt(clean, lambda pdf: None, encryption=locked)

    assert ("encrypted", "error", None) in found(spoilt)


def test_a_file_that_had_to_be_repaired_is_said_to_be_damaged() -> None:
    clean = s.spoilt(made(".pdf", "brief"), lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)

    assert ("damaged", "warning", None) in found(clean[: clean.rindex(b"startxref")])


def lonely(pdf: pikepdf.Pdf, *, last: bool) -> int:
    """Leave one line of a paragraph at the head or the foot of a page; gives that page."""
    paragraph = s.spanning_paragraph(pdf)
    pieces = list(s.contents(paragraph))
    edge = pieces[-1][2] if last else pieces[0][2]
    there = [piece for piece in pieces if piece[2].objgen == edge.objgen]
    kept = there[0] if last else there[-1]
    for holder, place, page in reversed(there):
        if (holder, place) != kept[:2]:
            kid = holder.K[place]
            number = kid.MCID if isinstance(kid, Dictionary) else kid
            s.replace(pdf, s.page_number(pdf, page), b"/Span\n<</MCID %d>>\nBDC" % number, b"/Artifact BMC")
            del holder.K[place]
    return s.page_number(pdf, edge)


@pytest.mark.parametrize("last", [False, True], ids=["orphan", "widow"])
def test_a_line_that_is_alone_on_its_page_is_found(last: bool) -> None:
    clean = made(".pdf", "base", many=True)
    numbers = []

    spoilt = s.spoilt(clean, lambda pdf: numbers.append(lonely(pdf, last=last)))

    assert found(spoilt) - found(clean) == {("single-line", "warning", numbers[0])}


@pytest.mark.parametrize("labelled", [False, True], ids=["over its text", "over the label of the next"])
def test_a_heading_that_is_left_at_the_foot_of_a_page_is_found(labelled: bool) -> None:
    """One under which nothing comes but another, with a label over it, has lost nothing."""
    clean = made(".pdf", "base", many=True)
    numbers = []

    def spoil(pdf: pikepdf.Pdf) -> None:
        paragraph = s.spanning_paragraph(pdf)
        pieces = list(s.contents(paragraph))
        first = pieces[0][2]
        numbers.append(s.page_number(pdf, first))
        rest = [(holder, place) for holder, place, page in pieces if page.objgen != first.objgen]
        moved = [holder.K[place] for holder, place in rest]
        for holder, place in reversed(rest):
            del holder.K[place]
        following = Dictionary(Type=Name.StructElem, S=Name.P, P=paragraph.P, Pg=pieces[-1][2], K=Array(moved))
        if labelled:
            box = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=paragraph.P))
            following.P = box
            box.K = Array([pdf.make_indirect(following), Dictionary(Type=Name.StructElem, S=Name.H2, P=box)])
            following = box
        siblings = list(paragraph.P.K)
        here = next(place for place, kid in enumerate(siblings) if getattr(kid, "objgen", None) == paragraph.objgen)
        siblings.insert(here + 1, pdf.make_indirect(following))
        paragraph.P.K = Array(siblings)
        paragraph.S = Name.H2

    stranded = {each for each in found(s.spoilt(clean, spoil)) - found(clean) if each[0] == "stranded-heading"}

    assert stranded == (set() if labelled else {("stranded-heading", "warning", numbers[0])})


def test_a_finding_names_its_page_its_article_and_its_words() -> None:
    clean = made(".pdf", "base", many=True)
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        last = len(pdf.pages) - 1

    report = check(s.spoilt(clean, lambda pdf: s.draw(pdf, last, s.text(pdf, last, b"0.7 g"))), "spoilt.pdf")
    [finding] = [each for each in report.findings if each.code == "low-contrast"]

    assert finding.message == "1 text in #b2b2b2 on #ffffff: a contrast of 2.1:1; 4.5:1 is needed"
    assert (finding.where.page, finding.where.article, finding.where.place) == (
        last,
        "Lịch trực trạm bơm",
        "a" * 12,
    )
