"""The parts of the preflight by themselves: the lexer, character maps, colours, metadata, cost."""

import io
import time
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from publisher.checking import check
from publisher.checking.budget import Budget
from publisher.checking.languages import is_language_tag
from publisher.checking.pdf.cmaps import MAX_ENTRIES, MAX_TEXT_BYTES, CharacterMap
from publisher.checking.pdf.colours import CMYK, GRAY, RGB, Colour, contrast, inks_of, rgb_of, space_of
from publisher.checking.pdf.geometry import Box, placed_box, times
from publisher.checking.pdf.lexer import operations
from publisher.checking.pdf.marks import UNTAGGED, PaintedPicture
from publisher.checking.pdf.rules.pictures import ink_of_picture
from publisher.checking.pdf.xmp import XmpError, xmp_values
from publisher.checking.words import is_filler, is_poor_title
from tests.checking.conftest import made


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"1 0 0 -1 .5 -3. cm", [(b"cm", [1, 0, 0, -1, 0.5, -3])], id="numbers"),
        pytest.param(b"/F#201 12 Tf", [(b"Tf", ["F 1", 12])], id="name with an escape"),
        pytest.param(rb"(a(b)\)c\101\n) Tj", [(b"Tj", [b"a(b))cA\n"])], id="nested string with escapes"),
        pytest.param(b"(a\\\nb\r\nc) Tj", [(b"Tj", [b"ab\nc"])], id="line ends in a string"),
        pytest.param(b"<4 1 5> Tj", [(b"Tj", [b"AP"])], id="hexadecimal with a half byte"),
        pytest.param(b"[<41>-20<4>5.5]TJ", [(b"TJ", [[b"A", -20, b"@", 5.5]])], id="line of glyphs"),
        pytest.param(b"[(a) -20 (b)] TJ", [(b"TJ", [[b"a", -20, b"b"]])], id="line of strings"),
        pytest.param(
            b"/P <</MCID 3 /A [1 true null]>> BDC", [(b"BDC", ["P", {"MCID": 3, "A": [1, True, None]}])], id="dict"
        ),
        pytest.param(b"1 % 2 cm\n2 w", [(b"w", [1, 2])], id="comment"),
        pytest.param(
            b"BI /W 1 /CS [/Indexed /RGB 0 <00>] ID ab EI c EI Q",
            [(b"BI", [{"W": 1, "CS": ["Indexed", "RGB", 0, b"\0"]}, b"ab"]), (b"c", []), (b"EI", []), (b"Q", [])],
            id="inline image",
        ),
        pytest.param(b"[1 2 Tj", [(b"Tj", [])], id="array without an end"),
        pytest.param(b") > ] >> } Q", [(b"Q", [])], id="stray ends"),
    ],
)
def test_a_content_stream_is_read_as_operations(content: bytes, expected: list[tuple[bytes, list[object]]]) -> None:
    assert list(operations(content)) == expected


def test_a_character_map_knows_single_codes_ranges_and_arrays() -> None:
    mapping = CharacterMap(
        b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <0066006c> endbfchar "
        b"2 beginbfrange <0010> <0012> <1ea0> <0020> <0021> [<0041> <0042>] endbfrange "
        b"1 begincidrange <0030> <0031> 7 endcidrange",
        Budget(0),
    )

    assert mapping.texts == {1: "fl", 16: "Ạ", 17: "ạ", 18: "Ả", 32: "A", 33: "B"}
    assert mapping.glyphs == {48: 7, 49: 8}
    assert mapping.lengths == {2}


RANGE = b"beginbfrange <0000> <ffff> <0041> endbfrange "


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        pytest.param(RANGE * 30_000, 65_536, id="the same range without end"),
        pytest.param(b"beginbfrange <00> <ffffffff> <0041> endbfrange", MAX_ENTRIES, id="more codes than there are"),
        pytest.param(b"beginbfrange <0000> <ffff> <%s> endbfrange" % (b"41" * 100_000), 65_536, id="long texts"),
        pytest.param(b"beginbfchar " * 300_000, 0, id="tables that never end"),
        pytest.param(b"begincidchar <00> %s endcidchar" % (b"9" * 6_000), 0, id="a number of 6,000 digits"),
    ],
)
def test_a_character_map_costs_no_more_than_its_limits(data: bytes, texts: int) -> None:
    budget = Budget(0)
    began = time.process_time()

    mapping = CharacterMap(data, budget)

    assert len(mapping.texts) == texts
    assert max(map(len, mapping.texts.values()), default=0) <= MAX_TEXT_BYTES // 2
    assert time.process_time() - began < 5


@pytest.mark.campaign
def test_all_maps_of_a_file_share_one_budget() -> None:
    budget = Budget(0)

    sizes = [len(CharacterMap(RANGE, budget).texts) for _ in range(20)]

    assert sizes == [65_536] * 15 + [1_000_000 - 15 * 65_536] + [0] * 4


@pytest.mark.parametrize(
    ("colour", "rgb", "inks"),
    [
        pytest.param(Colour(GRAY, (0.0,)), (0, 0, 0), (0, 0, 0, 1), id="black"),
        pytest.param(Colour(RGB, (1.0, 0.5, 0.0)), (1, 0.5, 0), None, id="RGB"),
        pytest.param(Colour(CMYK, (1.0, 0.0, 0.0, 0.5)), (0, 0.5, 0.5), (1, 0, 0, 0.5), id="CMYK"),
        pytest.param(
            Colour(space_of(["Indexed", "DeviceRGB", 1.0, b"\0\0\0\xff\0\0"]), (1.0,)), (1, 0, 0), None, id="indexed"
        ),
        pytest.param(Colour(space_of("Pattern"), ()), None, None, id="pattern"),
    ],
)
def test_a_colour_is_seen_and_inked(colour: Colour, rgb: object, inks: object) -> None:
    assert (rgb_of(colour), inks_of(colour)) == (rgb, inks)


def test_a_separation_is_seen_through_its_tint_and_inked_as_itself() -> None:
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    space = space_of(pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name("/HKS 13"), pikepdf.Name.DeviceCMYK, tint]))

    assert (space.family, space.spots) == ("spot", ("HKS 13",))
    assert rgb_of(Colour(space, (1.0,))) == (1, 0, 0)
    assert inks_of(Colour(space, (0.5,))) == (0, 0, 0, 0, 0.5)


def test_lab_is_seen_near_enough() -> None:
    lab = space_of(pikepdf.Array([pikepdf.Name.Lab, pikepdf.Dictionary(WhitePoint=[0.95, 1, 1.09])]))

    red, green, blue = rgb_of(Colour(lab, (53.2, 80.1, 67.2)))

    assert (round(red, 1), round(green, 1), round(blue, 1)) == (1.0, 0.0, 0.0)


def test_contrast_is_that_of_wcag() -> None:
    gray = (0x76 / 255,) * 3

    assert round(contrast((0, 0, 0), (1, 1, 1)), 2) == 21
    assert round(contrast(gray, (1, 1, 1)), 2) == 4.54


@pytest.mark.parametrize("decoded", [False, True], ids=["no Decode", "Decode says the same"])
def test_ink_of_an_adobe_jpeg_is_told_by_its_decode_array(decoded: bool) -> None:
    file = io.BytesIO()
    Image.new("CMYK", (64, 64), (255, 255, 0, 0)).save(file, "JPEG")  # Pillow writes Adobe's mark and turns the values
    pdf = pikepdf.new()
    stream = pdf.make_stream(file.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    stream.write(file.getvalue(), filter=pikepdf.Name.DCTDecode)
    stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = 64, 64, 8, pikepdf.Name.DeviceCMYK
    if decoded:
        stream.Decode = pikepdf.Array([1, 0] * 4)
    picture = PaintedPicture(
        "a", stream, 64, 64, (9, 0, 0, 9, 0, 0), CMYK, False, False, Box(0, 0, 9, 9), UNTAGGED, 1, True
    )

    # Without a Decode array the stored values, which Adobe turned, are the ink: 255 - 255, 0, 255, 255.
    assert round(ink_of_picture(picture), 1) == 2.0


def test_a_mask_takes_nothing_from_the_ink_of_a_picture_and_stays() -> None:
    pdf = pikepdf.new()
    image = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": 8,
        "Height": 8,
        "BitsPerComponent": 8,
    }
    mask = pdf.make_stream(b"\x40" * 64, **image, ColorSpace=pikepdf.Name.DeviceGray)
    stream = pdf.make_stream(b"\xff\xff\xff\x00" * 64, **image, ColorSpace=pikepdf.Name.DeviceCMYK, SMask=mask)
    picture = PaintedPicture(
        "a", stream, 8, 8, (9, 0, 0, 9, 0, 0), CMYK, False, False, Box(0, 0, 9, 9), UNTAGGED, 1, True
    )

    assert ink_of_picture(picture) == 3.0
    assert stream.SMask.read_bytes() == b"\x40" * 64


def test_matrices_follow_each_other() -> None:
    matrix = times((2, 0, 0, 2, 0, 0), (0, 1, -1, 0, 10, 0))

    assert placed_box(matrix, Box(0, 0, 1, 2)) == Box(6, 0, 10, 2)


def test_xmp_is_read_from_elements_attributes_and_lists() -> None:
    packet = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2">
    <dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Seq></dc:creator><dc:format>x</dc:format>
    </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""

    assert xmp_values(packet) == {"pdfaid:part": ("2",), "dc:creator": ("A", "B"), "dc:format": ("x",)}


@pytest.mark.parametrize(
    "packet", [b"<a>", b"", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'], ids=["open", "empty", "entity"]
)
def test_xmp_that_is_broken_or_unsafe_is_refused(packet: bytes) -> None:
    with pytest.raises(XmpError):
        xmp_values(packet)


@pytest.mark.parametrize("tag", ["vi", "en-GB", "zh-Hant-TW", "de-1996", "sl-rozaj-biske", "x-own", "en-u-ca-buddhist"])
def test_a_language_tag_is_known_by_its_form(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize("tag", ["", "tiếng Việt", "vi_VN", "v", "en--GB", "english language"])
def test_what_is_no_language_tag_is_told(tag: str) -> None:
    assert not is_language_tag(tag)


@pytest.mark.parametrize("words", ["IMG_2041.jpg", "dsc0012", "Ảnh", "image", "...", "hình 3"])
def test_a_filler_describes_nothing(words: str) -> None:
    assert is_filler(words)


@pytest.mark.parametrize("words", ["Cầu Bến Lụa nhìn từ bờ nam", "Ảnh chụp cầu", "Logo of the ministry"])
def test_words_that_describe_are_no_filler(words: str) -> None:
    assert not is_filler(words)


def test_titles_of_programs_and_files_are_poor() -> None:
    assert [is_poor_title(title) for title in ("Untitled-1", "ban tin.docx", "Bản tin tuần 12")] == [True, True, False]


def test_the_same_file_gives_the_same_report() -> None:
    data = made(".pdf", "base", many=True)

    assert check(data, "a.pdf") == check(data, "a.pdf")


def test_a_page_costs_at_most_fifteen_times_what_parsing_its_content_does() -> None:
    data = made(".pdf", "large-print", many=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for _ in range(100):  # So many that reading the fonts no longer counts.
            pdf.pages.append(pdf.pages[2])
        file = io.BytesIO()
        pdf.save(file)

    def seconds(do: Callable[[], object]) -> float:
        begin = time.process_time()
        do()
        return time.process_time() - begin

    def parse() -> None:
        with pikepdf.open(file) as pdf:
            for page in pdf.pages:
                pikepdf.parse_content_stream(page)

    check(data, "warm.pdf")

    # Measured anew each time: on a machine that swaps its caches one pair alone may mislead.
    assert any(seconds(lambda: check(file.getvalue(), "long.pdf")) < 15 * seconds(parse) for _ in range(3))
