import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publisher.errors import InputError
from publisher.fetching import load
from publisher.fetching.embedded import Embedded
from publisher.model import (
    Block,
    BlockQuote,
    BulletList,
    Emphasis,
    Figure,
    LineBreak,
    Link,
    NumberedList,
    Preformatted,
    Strong,
    Subheading,
    Table,
)
from publisher.reading import read
from tests.reading.office import WORDS, para, t
from tests.reading.rtf.building import (
    FONTS,
    TEXT,
    TITLE,
    article_of,
    cells,
    document,
    p,
    picture,
    reading_of,
    source,
    u,
)
from tests.reading.test_cases import as_expected

PNG = b"\x89PNG" + bytes(range(100))


def body_of(*content: bytes, **options: bytes) -> tuple[Block, ...]:
    """The body of an article with a title and a paragraph of text before the content."""
    article = article_of(TITLE, TEXT, *content, **options)
    assert article.body[0] == para(WORDS)
    return article.body[1:]


def messages_of(*content: bytes, **options: bytes) -> list[str]:
    article = article_of(TITLE, TEXT, *content, **options)
    assert {problem.where for problem in article.problems} <= {"bai.rtf"}
    return [f"{problem.code}: {problem.message}" for problem in article.problems]


CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_program_writes_is_read_as_expected(case: Path, holds: Callable[[Path, str], None]) -> None:
    holds(case / "expected.json", as_expected(read(source((case / "input.rtf").read_bytes()))))


EVERYTHING = (
    p("GIAO THÔNG", words=rb"\s11 ")
    + TITLE
    + p("Sau ba năm thi công", words=rb"\s5 ")
    + p("Nguyễn An", words=rb"\s9 ")
    + p("Ngày 17/10/2025", words=rb"\s10 ")
    + TEXT
    + p("Bốn làn xe", words=rb"\s1\outlinelevel0\b ")
    + p("Hai bờ", words=rb"\s3 ")
    + p("Đường lên cầu", words=rb"\outlinelevel2 ")
    + p("Chúng tôi chờ đã lâu.", words=rb"\s7 ")
    + p("a  b", words=rb"\s8 ")
    + p("Hết.", words=rb"\s12 ")
)


def test_styles_say_what_each_paragraph_is() -> None:
    reading = reading_of(EVERYTHING)

    (article,) = reading.articles
    assert article.headline == "Cầu mới thông xe sáng nay"
    assert article.kicker == "GIAO THÔNG"
    assert article.standfirst == "Sau ba năm thi công"
    assert article.bylines == ("Nguyễn An",)
    assert (article.published, article.certainty) == (dt.date(2025, 10, 17), "stated")
    assert article.language == "vi"
    assert article.problems == ()
    assert article.body == (
        para(WORDS),
        Subheading(inlines=(t("Bốn làn xe"),), level=2),
        Subheading(inlines=(t("Hai bờ"),), level=2),
        Subheading(inlines=(t("Đường lên cầu"),), level=3),
        BlockQuote(blocks=(para("Chúng tôi chờ đã lâu."),)),
        Preformatted(text="a  b"),
        para("Hết."),
    )


def test_the_author_signs_when_nobody_else_does_and_words_of_no_language_are_in_the_default_one() -> None:
    info = rb"{\info{\title Kh\'f4ng}{\author L\'ea An}{\operator May}{\creatim\yr2020\mo1\dy1}}"

    article = article_of(p("Abc"), head=rb"\deflang1066" + FONTS + info)

    assert (article.bylines, article.language, article.published) == (("Lê An",), "vi", None)
    assert article_of(p("Abc")).language == "und"


class TestCharacters:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            pytest.param(rb"\f0 caf\'e9 \endash  \ldblquote a\rdblquote ", "café – “a”", id="1252"),
            pytest.param(rb"\f1 C\'e2\'ccu m\'f5\'ecn \'f0\'fd\'f5\'f2c", "Cầu mớn được", id="1258, marks apart"),
            pytest.param(rb"\f1 C\'e2\b0\'ccu", "Cầu", id="a switch between a letter and its mark"),
            pytest.param(rb"\f3 C\'c7u m\'edi th\'abng xe", "Cầu mới thông xe", id="TCVN3"),
            pytest.param(rb"\f4 c\'c7u m\'edi", "CẦU MỚI", id="TCVN3 capitals"),
            pytest.param(rb"\f5\'93\'fa\'96{\f5\'7b}\'83\\x", "日本ソx", id="two bytes a letter"),
            pytest.param(rb"\f6\'cc\'ee\'f1\'f2", "Мост", id="1251"),
            pytest.param(rb"\f7\'82", "é", id="850"),
            pytest.param(rb"\f9 caf\'e9", "café", id="a font that is not defined"),
            pytest.param(b"\\f0 caf\xe9", "café", id="a byte as it is"),
            pytest.param(rb"C\u7847?u \u-10179?\u-8694?!", "Cầu 😊!".replace("😊", "\U0001f60a"), id="numbers"),
            pytest.param(rb"{\uc2 \u7847\'e2\'cc}u{\uc0\u7847}u\u7847\'e2u", "ầuầuầu", id="as many as are said"),
            pytest.param(rb"\u7847{e}u", "ầeu", id="a group stands for nothing"),
            pytest.param(rb"a\~b\_c\-d\|e \{\}\\", "a b‑cde {}\\", id="symbols"),
            pytest.param(rb"a\tab b" + b"\tc\r\nd\\page e", "a b cd e", id="white space"),
            pytest.param(rb"{\upr{a\'e2u}{\*\ud{\u7847?u}}}", "ầu", id="twice"),
            pytest.param(rb"{\f2\'b7} {\f2\u-3913 ?} x", "• • x", id="bullets"),
            pytest.param(rb"\u2147483999?\u0?\u-1?x\u99999999999999?", "x", id="no characters"),
        ],
    )
    def test_signs_are_the_letters_that_were_meant(self, written: bytes, expected: str) -> None:
        line = reading_of(TITLE, TEXT, p(written)).trace[-1]

        assert line.text.replace("\ufffd", "") == expected

    @pytest.mark.parametrize(
        ("start", "expected"),
        [
            (rb"\ansi\ansicpg1258", "ð".replace("ð", "đ")),
            (rb"\ansi", "ð"),
            (rb"\mac", "\uf8ff"),
            (rb"\pc", "≡"),
            (rb"\pca", "\xad"),
            (rb"\ansi\ansicpg10000", "\uf8ff"),
            (rb"\ansi\ansicpg7777", "ð"),
        ],
    )
    def test_without_a_font_the_code_page_of_the_document_counts(self, start: bytes, expected: str) -> None:
        text = reading_of(TITLE, p(rb"x\'f0"), head=b"", start=start).trace[-1].text

        assert text == f"x{expected}".replace("\xad", "").replace("\uf8ff", "")

    def test_a_sign_of_one_font_alone_and_a_byte_that_is_no_letter_are_problems(self) -> None:
        assert messages_of(p(rb"{\f2\'e9}x")) == ["dropped-content: a sign that one font alone has was left out"]
        assert messages_of(p(rb"{\f5\'93}x")) == [
            "replaced-characters: bytes that are no letters of their code page were replaced"
        ]
        assert messages_of(p(rb"{\field{\*\fldinst SYMBOL 183 \\f Symbol}{\fldrslt}}")) == [
            "dropped-content: a sign that a field draws was left out"
        ]


class TestWords:
    def test_looks_and_links_are_kept(self) -> None:
        link = rb'{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt{\ul li\u234?n {\i k}}}}'

        assert body_of(
            p(rb"a {\b d{\i e}} {\i f} \b g\b0  ", link, rb" h"),
            p(rb"{\field{\fldinst HYPERLINK https://b.example/}{\fldrslt b}}"),
            p(rb'{\field{\*\fldinst HYPERLINK \\l "muc"}{\fldrslt c}} {\field{\*\fldinst PAGE}{\fldrslt 7}}'),
        ) == (
            para(
                "a ",
                Strong(children=(t("d"), Emphasis(children=(t("e"),)))),
                " ",
                Emphasis(children=(t("f"),)),
                " ",
                Strong(children=(t("g"),)),
                " ",
                Link(url="https://a.example/", children=(t("liên "), Emphasis(children=(t("k"),)))),
                " h",
            ),
            para(Link(url="https://b.example/", children=(t("b"),))),
            para("c 7"),
        )

    def test_lines_of_a_paragraph_are_kept_and_plain_text_is_plain(self) -> None:
        assert body_of(p(rb"a\line b\lbr0 c"), p(rb"\b\i a\plain b")) == (
            para("a", LineBreak(), "b", LineBreak(), "c"),
            para(Strong(children=(Emphasis(children=(t("a"),)),)), "b"),
        )

    def test_what_mail_programs_keep_of_a_page_is_passed_over(self) -> None:
        outlook = (
            rb"{\*\htmltag64 <p class=3D'x'>}\htmlrtf {\htmlrtf0 a{\*\htmltag84 <br>}\htmlrtf\line\htmlrtf0 b"
            rb"{\*\mhtmltag84 <a>}\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}\par "
        )

        assert article_of(rb"{\*\htmltag19 <html>}", TITLE, TEXT, outlook, start=rb"\ansi\fromhtml1\deff0").body[
            1:
        ] == (para("a", LineBreak(), "b"),)

    def test_an_equation_keeps_its_signs(self) -> None:
        fraction = rb"{\mf{\mfPr{\mtype bar}}{\mnum{\mr x}}{\mden{\mr y}}}"
        math = (
            rb"{\mmath{\*\moMathPara{\moMathParaPr{\mjc center}}{\*\moMath" + fraction + rb"}}{\mmathPict{\pict 00}}}"
        )

        assert body_of(p(math)) == (para("xy"),)
        assert messages_of(p(math)) == ["dropped-content: an equation lost its form; its signs were kept"]


class TestChanges:
    def test_nothing_of_comments_deletions_and_hidden_text_is_read(self) -> None:
        hushed = b"Kin"
        reading = reading_of(
            rb"{\*\revtbl{Unknown;}{" + hushed + rb";}}{\info{\operator " + hushed + rb"}}{\*\userprops{\propname x}"
            rb"{\staticval " + hushed + rb"}}{\header " + hushed + rb"\par}{\footerf " + hushed + rb"\par}",
            TITLE,
            TEXT,
            p(rb"a{\deleted\revauthdel1 ", hushed, rb"}b{\v ", hushed, rb"}{\mvf ", hushed, rb"}{\revised c}"),
            rb"{\b d}{\deleted\par}\pard e\par ",
            p(
                rb"{\*\atnid K}{\*\atnauthor ",
                hushed,
                rb"}\chatn{\*\annotation{\*\atndate 1}\pard ",
                hushed,
                rb"\par}f",
            ),
            p(
                rb"{\*\bkmkstart ",
                hushed,
                rb"}g{\xe ",
                hushed,
                rb"}{\*\unknown{",
                hushed,
                rb"}}{\v{\footnote ",
                hushed,
                rb"}}",
            ),
            p(rb"{\deleted ", picture(PNG), rb"}h"),
        )

        (article,) = reading.articles
        assert article.body == (
            para(WORDS),
            para("abc"),
            para(Strong(children=(t("d"),)), "e"),
            para("f"),
            para("g"),
            para("h"),
        )
        assert [problem.message for problem in article.problems] == ["one comment was left out"]
        assert "Kin" not in repr(reading)


class TestLists:
    def test_items_are_marked_as_their_list_says(self) -> None:
        assert body_of(
            p("ba", words=rb"{\listtext\tab}\ls1\ilvl0 "),
            p("a", words=rb"\ls1\ilvl1 "),
            p("bon", words=rb"\ls1 "),
            p("x", words=rb"{\listtext\f2\'b7\tab}\ls2 "),
            p("Giữa."),
            p("chín", words=rb"{\listtext 9.\tab}\ls1 "),
        ) == (
            NumberedList(items=((t("ba"),), (t("a"),), (t("bon"),)), start=3),
            BulletList(items=((t("x"),),)),
            para("Giữa."),
            NumberedList(items=((t("chín"),),), start=9),
        )

    def test_without_a_list_what_was_written_for_old_programs_counts(self) -> None:
        old = rb"{\*\pn\pnlvlblt{\pntxtb\'b7}}"

        assert body_of(
            p("a", words=rb"{\pntext\f2\'b7\tab}" + old),
            p("b", words=rb"{\pntext 4.\tab}"),
            p("c", words=rb"{\listtext b)\tab}"),
        ) == (
            BulletList(items=((t("a"),),)),
            NumberedList(items=((t("b"),), (t("c"),)), start=4),
        )


class TestPictures:
    def test_a_picture_stands_where_it_was_with_its_description_and_caption(self) -> None:
        data = document(TITLE, TEXT, p(picture(PNG, b"C\\u7847?u")), p("Cầu mới. Ảnh: Lê Bình", words=rb"\s6 "))

        (figure,) = read(source(data)).articles[0].body[1:]

        assert isinstance(figure, Figure)
        assert figure.src is not None
        assert Embedded(data).picture(figure.src) == PNG
        assert (figure.alt, figure.caption, figure.credit) == ("Cầu", (t("Cầu mới. Ảnh: Lê Bình"),), "Lê Bình")

    @pytest.mark.parametrize(
        "written", [rb"{\pict\jpegblip\bin%d " % len(PNG) + PNG + b"}", rb"{\pict " + PNG.hex().upper().encode() + b"}"]
    )
    def test_a_picture_may_be_written_as_bytes_or_as_digits(self, written: bytes) -> None:
        data = document(TITLE, TEXT, p(written), p("Hết."))

        figure, last = read(source(data)).articles[0].body[1:]

        assert isinstance(figure, Figure)
        assert figure.src is not None
        assert Embedded(data).picture(figure.src) == PNG
        assert last == para("Hết.")

    def test_a_picture_in_a_drawing_is_described_by_the_drawing(self) -> None:
        pib = rb"{\sp{\sn pib}{\sv{\pict\pngblip " + PNG.hex().encode() + rb"}}}"
        shape = rb"{\shp{\*\shpinst\shpleft0" + pib + rb"{\sp{\sn wzDescription}{\sv Bo}}}{\shprslt{\pict 00}}}"

        (figure,) = body_of(p(shape))

        assert isinstance(figure, Figure)
        assert figure.alt == "Bo"

    def test_words_in_a_drawing_follow_the_paragraph_and_a_drawing_without_is_a_problem(self) -> None:
        new = rb"{\shp{\*\shpinst{\shptxt\pard Trong khung.\par}}{\shprslt{\*\do{\dptxbxtext Trong khung.\par}}}}"
        old = rb"{\*\do\dobxpage{\dptxbx{\dptxbxtext\pard Khung cu.\par}}}"

        assert body_of(p("a", new), p("b", old)) == (para("a"), para("Trong khung."), para("b"), para("Khung cu."))
        assert messages_of(p(rb"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 20}}}}a")) == [
            "dropped-content: a drawing was left out"
        ]

    def test_an_object_is_shown_by_its_picture_or_a_problem(self) -> None:
        objects = rb"{\object\objemb{\*\objclass Excel.Sheet}{\*\objdata 0105}"

        assert body_of(p(objects, rb"{\result{\rtlch a}}}")) == (para("a"),)
        assert messages_of(p(objects, b"}b")) == ["dropped-content: an object inside the document was left out"]

    def test_a_picture_without_bytes_or_in_another_file_is_a_problem(self) -> None:
        assert messages_of(p(rb"{\pict\pngblip}a")) == [
            "dropped-content: a picture that the document names is not in it"
        ]
        assert messages_of(p(rb"{{\NeXTGraphic anh.png \width6400}\'ac}a")) == [
            "dropped-content: a picture that stands in another file was left out"
        ]
        assert body_of(p(rb"{{\NeXTGraphic anh.png \width6400 }\'ac}a")) == (para("a"),)


class TestTables:
    def test_cells_that_reach_over_columns_keep_their_place(self) -> None:
        assert body_of(
            cells(b"a", b"b", b"c", edges=(1000, 2000, 3000), words=rb"\trhdr"),
            cells(rb"d\par e", b"f", edges=(2010, 3000)),
            cells(b"g", b"h", edges=(1000, 3000)),
            TEXT,
        ) == (
            Table(
                header=((t("a"),), (t("b"),), (t("c"),)),
                rows=(
                    ((t("d"), LineBreak(), t("e")), (), (t("f"),)),
                    ((t("g"),), (t("h"),), ()),
                ),
            ),
            para(WORDS),
        )

    def test_two_tables_are_parted_by_what_stands_between(self) -> None:
        row = cells(b"a", b"b", edges=(1, 2000))
        table = Table(rows=(((t("a"),), (t("b"),)),))

        assert body_of(row, p("Giữa."), row) == (table, para("Giữa."), table)

    def test_a_table_in_a_table_keeps_its_words(self) -> None:
        nested = (
            rb"\trowd\cellx1000\cellx2000\pard\intbl a\par\pard\intbl\itap2 b\nestcell{\nonesttables\par}c\nestcell"
            rb"{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}\pard\intbl\cell d\cell\row"
        )

        assert body_of(nested) == (Table(rows=(((t("a"), LineBreak(), t("b"), LineBreak(), t("c")), (t("d"),)),)),)
        assert messages_of(nested) == ["dropped-content: a table inside a table lost its rows; its words were kept"]

    def test_a_row_that_was_not_ended_is_kept(self) -> None:
        assert body_of(rb"\trowd\cellx1\cellx900\intbl a\cell b\cell c") == (
            Table(rows=(((t("a"),), (t("b"),), (t("c"),)),)),
        )


def test_notes_stand_after_the_text_and_may_have_notes() -> None:
    mark = rb"{\super\chftn}"
    inner = rb"{\footnote\ftnalt\pard " + mark + rb" ba\par}"

    assert body_of(
        p(rb"a" + mark + rb"{\footnote\pard " + mark + rb" mot" + inner + rb"\par} b{\footnote hai\par nua}"),
        cells(rb"c{\footnote bon}", b"d", edges=(1, 900)),
    ) == (
        para("a[1] b[3]"),
        Table(rows=(((t("c[4]"),), (t("d"),)),)),
        para("[1] mot[2]"),
        para("[2] ba"),
        para("[3] hai"),
        para("nua"),
        para("[4] bon"),
    )


class TestFile:
    def message_of(self, data: bytes) -> str:
        with pytest.raises(InputError) as caught:
            read(source(data))
        message = str(caught.value)
        assert "\n" not in message
        return message

    @pytest.mark.parametrize("data", [b"", b"Word", rb"\rtf1 a", b"{\\html}"])
    def test_what_is_no_document_is_an_error(self, data: bytes) -> None:
        assert self.message_of(data) == "bai.rtf is no rich text document. Give an .rtf file."

    def test_a_document_without_words_is_an_error(self) -> None:
        assert self.message_of(document(p())) == "bai.rtf holds no words. Give a document with an article in it."

    def test_a_document_that_breaks_off_is_read_as_far_as_it_goes(self) -> None:
        data = document(TITLE, TEXT, p("Hết."))

        article = read(source(data[:-9])).articles[0]

        assert article.body == (para(WORDS), para("Hế"))
        assert [problem.message for problem in article.problems] == [
            "the document breaks off; what there was of it was read"
        ]

    def test_what_follows_the_document_is_none_of_it(self) -> None:
        assert read(source(document(TITLE, TEXT) + b"\r\n\0\0")) == reading_of(TITLE, TEXT)

        article = read(source(document(TITLE, TEXT) + TEXT)).articles[0]

        assert article.body == (para(WORDS),)
        assert [str(problem) for problem in article.problems] == [
            "bai.rtf: what stands after the end of the document was not read [cut-short]"
        ]

    def test_deep_nesting_is_an_error_and_shallow_is_not(self) -> None:
        assert body_of(b"{" * 900 + b"a" + b"}" * 900 + rb"\par") == (para("a"),)
        assert self.message_of(document(b"{" * 2_000_000)) == (
            "bai.rtf is nested too deeply. Open it in a word processor and save it anew."
        )

    @pytest.mark.sample(3)
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            pytest.param(rb"\par" * 50_000, "only the first 20000 paragraphs and cells were read", id="paragraphs"),
            pytest.param(rb"\cell" * 50_000, "only the first 20000 paragraphs and cells were read", id="cells"),
            pytest.param(rb"\b  \b0  " * 101_000, "only the first 100000 stretches of text were read", id="runs"),
            pytest.param(rb"\ul" * 1_210_000, "only the first 1200000 pieces of markup were read", id="markup"),
            pytest.param(
                rb"{\*\x" + b"{}" * 610_000, "only the first 1200000 pieces of markup were read", id="passed over"
            ),
        ],
    )
    def test_what_is_overlong_is_read_up_to_a_limit(self, content: bytes, message: str) -> None:
        article = article_of(TITLE, TEXT, content)

        assert [(problem.code, problem.message) for problem in article.problems] == [("cut-short", message)]
        assert article.body[0] == para(WORDS)

    def test_a_wide_table_is_read_up_to_a_limit(self) -> None:
        wide = rb"\trowd" + b"".join(rb"\cellx%d" % (100 * at) for at in range(1_000)) + rb"\intbl" + rb"\cell" * 999

        article = article_of(TITLE, TEXT, wide, rb"\row" + rb"\trowd\intbl\cell\row" * 2_000)

        assert [problem.message for problem in article.problems] == ["of a table only the first 20000 cells were read"]

    @pytest.mark.parametrize("name", ["bai.rtf", "bai"])
    def test_a_file_is_known_by_its_suffix_and_by_its_beginning(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_bytes(document(TITLE, TEXT))

        (loaded,) = load([str(tmp_path / name)])

        assert read(loaded).articles[0].headline == "Cầu mới thông xe sáng nay"


PARTS = re.findall(
    rb"[{}]|\\[a-z]+-?\d* ?|\\'..|\\.|[^\\{}]+",
    document(
        EVERYTHING,
        p("a", words=rb"{\listtext 1.\tab}\ls1 "),
        p(picture(PNG, b"x"), rb"{\shp{\*\shpinst{\shptxt a\par}}}{\footnote b}"),
        cells(b"a", b"b", edges=(1, 900)),
        p(rb'{\field{\*\fldinst HYPERLINK "https://a.example/"}{\fldrslt c}}{\*\annotation d}{\upr{e}{\*\ud{f}}}'),
    ),
)


@given(st.lists(st.tuples(st.integers(0, len(PARTS) - 1), st.sampled_from(("drop", "double", "swap")), st.integers(0))))
def test_whatever_a_document_holds_the_reading_is_articles_or_one_error(changes: list[tuple[int, str, int]]) -> None:
    parts = list(PARTS)
    for at, change, other in changes:
        match change:
            case "drop":
                parts[at] = b""
            case "double":
                parts[at] += parts[at]
            case "swap":
                parts[at], parts[other % len(parts)] = parts[other % len(parts)], parts[at]

    try:
        reading = read(source(b"".join(parts)))
    except InputError as error:
        assert str(error).startswith("bai.rtf ")
        assert "\n" not in str(error)
    else:
        assert [line.number for line in reading.trace] == list(range(1, len(reading.trace) + 1))


@given(st.binary())
@example(rb"\bin99999999 }")
@example(rb"\'\u\u-\*\*{\*{\*}}\bin-1")
@example(rb"{\footnote{\shptxt a\footnote b}\shptxt c}")
def test_any_bytes_in_a_document_are_read_or_refused(data: bytes) -> None:
    try:
        assert read(source(rb"{\rtf1 " + data)).articles
    except InputError as error:
        assert str(error).startswith("bai.rtf ")


KINDS = {
    "p": p,
    "heading": lambda word: p(word, words=rb"\s1 "),
    "looks": lambda word: p(rb"{\b ", word, rb"}{\i ", word, b"}"),
    "item": lambda word: p(word, words=rb"{\listtext 1.\tab}\ls1 "),
    "cell": lambda word: cells(u(word), u(word), edges=(1, 900)),
    "note": lambda word: p(rb"x{\footnote ", word, b"}"),
    "box": lambda word: p(rb"{\shp{\*\shpinst{\shptxt ", word, rb"\par}}}"),
    "link": lambda word: p(rb'{\field{\*\fldinst HYPERLINK "https://a.example"}{\fldrslt ', word, b"}}"),
    "group": lambda word: b"{{" + u(word) + rb"}\par}",
    "note in a box": lambda word: rb"{\shptxt " + u(word) + rb"\footnote " + u(word) + b"}",
}


@given(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.text("abcxyzấđ", min_size=3, max_size=6)), min_size=1))
def test_no_word_is_lost(content: list[tuple[str, str]]) -> None:
    reading = reading_of(*(KINDS[kind](word) for kind, word in content))

    said = repr(reading.articles)
    assert [word for _, word in content if word not in said] == []
