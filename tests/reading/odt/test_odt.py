import base64
import datetime as dt
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
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
from tests.reading.odt.building import (
    COVERED,
    TEXT,
    TITLE,
    article_of,
    cell,
    flat,
    h,
    items,
    members,
    p,
    packed,
    picture,
    reading_of,
    row,
    source,
    span,
    table,
)
from tests.reading.office import WORDS, para, spoilt, t
from tests.reading.test_cases import as_expected

PICTURES = {"Pictures/1.png": b"\x89PNG one", "Pictures/2.png": b"\x89PNG two"}


def body_of(*content: str, **options: object) -> tuple[Block, ...]:
    """The body of an article with a title and a paragraph of text before the content."""
    article = article_of(TITLE + TEXT + "".join(content), **options)
    assert article.body[0] == para(WORDS)
    return article.body[1:]


def messages_of(*content: str, **options: object) -> list[str]:
    article = article_of(TITLE + TEXT + "".join(content), **options)
    assert {problem.where for problem in article.problems} <= {"bai.odt"}
    return [f"{problem.code}: {problem.message}" for problem in article.problems]


CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_program_writes_is_read_as_expected(case: Path, holds: Callable[[Path, str], None]) -> None:
    holds(case / "expected.json", as_expected(read(source((case / "input.fodt").read_bytes()))))


EVERYTHING = (
    p("GIAO THÔNG", style="Kicker")
    + TITLE
    + p("Sau ba năm thi công", style="Subtitle")
    + p("Nguyễn An", style="Byline")
    + p("Ngày 17/10/2025", style="Date")
    + TEXT
    + h("Bốn làn xe")
    + p("Hai bờ", style="P1")
    + p("Chúng tôi chờ đã lâu.", style="Quotations")
    + p("a<text:s text:c='2'/>b", style="Preformatted_20_Text")
    + p("Hết.", style="P2")
)


@pytest.mark.parametrize("data", [packed(members(EVERYTHING)), flat(EVERYTHING)], ids=["packed", "flat"])
def test_styles_say_what_each_paragraph_is(data: bytes) -> None:
    reading = read(source(data))

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
        BlockQuote(blocks=(para("Chúng tôi chờ đã lâu."),)),
        Preformatted(text="a  b"),
        para("Hết."),
    )
    assert [line.role for line in reading.trace] == [
        *("kicker", "headline", "standfirst", "byline", "published", "paragraph", "subheading", "subheading"),
        *("quote", "preformatted", "paragraph"),
    ]


class TestProperties:
    def test_who_wrote_it_signs_when_nobody_else_does(self) -> None:
        meta = "<meta:initial-creator>Lê Bình</meta:initial-creator><dc:creator>Nguyễn An</dc:creator>"

        assert article_of(TITLE + TEXT, meta=meta).bylines == ("Lê Bình",)
        assert article_of(TITLE + TEXT, meta="<dc:creator>Nguyễn An</dc:creator>").bylines == ("Nguyễn An",)
        assert article_of(TITLE + TEXT, meta="<dc:creator>Admin</dc:creator>").bylines == ()

    def test_words_in_no_known_language_are_in_that_of_the_default_style(self) -> None:
        assert article_of(p("Abc")).language == "vi-VN"
        assert article_of(p("Abc"), meta="<dc:language>de-AT</dc:language>").language == "de-AT"


class TestWords:
    def test_looks_and_links_are_kept(self) -> None:
        link = "<text:a xlink:href='https://a.example/'>liên <text:span text:style-name='I'>kết</text:span></text:a>"

        assert body_of(
            p("a ", span("đậm", "B"), " ", span("nghiêng", "I"), " ", link, " ", span("thường", "N")),
            p(span("mạnh", "Strong_20_Emphasis"), " ", span("a" + span("b", "N"), "B")),
        ) == (
            para(
                "a ",
                Strong(children=(t("đậm"),)),
                " ",
                Emphasis(children=(t("nghiêng"),)),
                " ",
                Link(url="https://a.example/", children=(t("liên "), Emphasis(children=(t("kết"),)))),
                " thường",
            ),
            para(Strong(children=(t("mạnh"),)), " ", Strong(children=(t("a"),)), "b"),
        )

    def test_a_link_inside_the_document_is_its_words_and_one_to_a_script_a_problem(self) -> None:
        inner = p("<text:a xlink:href='#Muc'>mục</text:a>")
        script = p("<text:a xlink:href='javascript:x()'>chạy</text:a>")

        assert body_of(inner) == (para("mục"),)
        assert messages_of(script) == [
            "unsafe-link: the link to 'javascript:x()' is neither http, https nor mailto; its words were kept"
        ]

    def test_white_space_is_as_it_prints(self) -> None:
        assert body_of(
            p("\n  a\n  b<text:tab/>c<text:s text:c='5'/>d", "<text:line-break/>e<text:soft-page-break/>f")
        ) == (para("a b c d", LineBreak(), "ef"),)

    def test_fields_show_what_they_last_said(self) -> None:
        fields = (
            "<text:page-number>7</text:page-number>",
            "<text:bookmark-ref text:ref-name='x'>trang 2</text:bookmark-ref>",
            "<loext:content-control>ô</loext:content-control>",
            "<text:conditional-text>điều</text:conditional-text>",
        )

        assert body_of(p(" ".join(fields))) == (para("7 trang 2 ô điều"),)

    def test_ruby_keeps_the_signs(self) -> None:
        ruby = "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"

        assert body_of(p(ruby)) == (para("漢"),)
        assert messages_of(p(ruby)) == ["dropped-content: how signs are pronounced (ruby) was left out"]


class TestChanges:
    def test_nothing_of_comments_deletions_and_hidden_text_is_read(self) -> None:
        hushed = "Kín"
        content = (
            f"<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>{hushed}"
            f"</dc:creator></office:change-info>{p(hushed)}</text:deletion></text:changed-region></text:tracked-changes>"
            + TITLE
            + TEXT
            + p("a<text:change text:change-id='x'/>b", span(hushed, "H"))
            + p(
                f"c<office:annotation office:name='1'><dc:creator>{hushed}</dc:creator>{p(hushed)}</office:annotation>d"
            )
            + p("<office:annotation-end office:name='1'/>e", f"<office:annotation>{p(hushed)}</office:annotation>")
            + f"<text:section text:display='none'>{p(hushed)}</text:section>"
            + f"<text:section text:display='condition' text:is-hidden='true'>{p(hushed)}</text:section>"
            + f"<text:section>{p('Đoạn.')}</text:section>"
            + p(f"<text:hidden-text text:is-hidden='true'>{hushed}</text:hidden-text>f")
            + p(f"{hushed}<text:hidden-paragraph text:is-hidden='true'/>")
            + p(f"<text:script>{hushed}</text:script>g")
        )

        reading = reading_of(content)

        (article,) = reading.articles
        assert article.body == (para(WORDS), para("ab"), para("cd"), para("e"), para("Đoạn."), para("f"), para("g"))
        assert [problem.message for problem in article.problems] == ["2 comments were left out"]
        assert hushed not in repr(reading)

    def test_a_table_of_contents_is_left_out(self) -> None:
        contents = (
            f"<text:table-of-content><text:table-of-content-source>{p('Mẫu')}</text:table-of-content-source>"
            f"<text:index-body><text:index-title>{p('Mục lục')}</text:index-title>{p('Bốn làn 1')}</text:index-body>"
            "</text:table-of-content>"
        )
        reading = reading_of(TITLE + contents + TEXT)

        assert reading.articles[0].body == (para(WORDS),)
        assert [(line.text, line.rule) for line in reading.trace][1:3] == [
            ("Mục lục", "office.contents"),
            ("Bốn làn 1", "office.contents"),
        ]


class TestLists:
    def test_items_are_marked_as_their_list_says(self) -> None:
        assert body_of(
            items(p("một") + p("thêm") + items(p("con")), p("hai"), style="Number"),
            items(p("x"), items(p("y")), style="Bullet"),
            items(p("không tên")),
            items(p("theo đoạn", style="P3")),
        ) == (
            NumberedList(items=((t("một"), LineBreak(), t("thêm")), (t("con"),), (t("hai"),)), start=3),
            BulletList(items=((t("x"),), (t("y"),), (t("không tên"),))),
            NumberedList(items=((t("theo đoạn"),),), start=3),
        )

    def test_a_list_goes_on_with_an_earlier_one(self) -> None:
        assert (
            body_of(
                items(p("ba"), p("bốn"), style="Number", attributes='xml:id="l1"'),
                p("Giữa."),
                items(p("năm"), style="Number", attributes='text:continue-numbering="true"'),
                p("Giữa."),
                items(p("lại ba"), style="Number"),
                p("Giữa."),
                items(p("sáu"), style="Number", attributes='text:continue-list="l1"'),
                p("Giữa."),
                '<text:list text:style-name="Number"><text:list-item text:start-value="9">' + p("chín"),
                "</text:list-item></text:list>",
            )
            == tuple(
                block
                for number, texts in (
                    (3, ("ba", "bốn")),
                    (5, ("năm",)),
                    (3, ("lại ba",)),
                    (6, ("sáu",)),
                    (9, ("chín",)),
                )
                for block in (NumberedList(items=tuple((t(text),) for text in texts), start=number), para("Giữa."))
            )[:-1]
        )

    def test_a_heading_in_a_list_is_a_heading_and_a_header_is_text(self) -> None:
        header = f"<text:list><text:list-header>{p('Đầu.')}</text:list-header></text:list>"

        assert body_of(items(h("Mục", 2), style="Number"), header) == (
            Subheading(inlines=(t("Mục"),), level=2),
            para("Đầu."),
        )


class TestPictures:
    def test_a_picture_in_a_captioned_frame_has_its_words(self) -> None:
        inner = p(picture(alt="Cầu"), "Cầu mới. Ảnh: Lê Bình", style="Illustration")

        assert body_of(p(f"<draw:frame><draw:text-box>{inner}</draw:text-box></draw:frame>"), parts=PICTURES) == (
            Figure(src="embedded:Pictures/1.png", alt="Cầu", caption=(t("Cầu mới. Ảnh: Lê Bình"),), credit="Lê Bình"),
        )

    def test_a_caption_above_its_picture_is_its_caption_too(self) -> None:
        inner = p("Cầu mới", picture(), style="Illustration")

        assert body_of(p(f"<draw:frame><draw:text-box>{inner}</draw:text-box></draw:frame>"), parts=PICTURES) == (
            Figure(src="embedded:Pictures/1.png", caption=(t("Cầu mới"),)),
        )

    def test_a_picture_stands_where_its_frame_does(self) -> None:
        assert body_of(picture(), p("x ", picture("./Pictures/2.png"), "y"), parts=PICTURES) == (
            Figure(src="embedded:Pictures/1.png"),
            para("x y"),
            Figure(src="embedded:Pictures/2.png"),
        )

    def test_of_a_picture_in_two_formats_the_usual_one_is_taken(self) -> None:
        images = "<draw:image xlink:href='Pictures/1.svm'/><draw:image xlink:href='Pictures/2.png'/>"
        parts = {**PICTURES, "Pictures/1.svm": b"x"}

        assert body_of(p(f"<draw:frame>{images}</draw:frame>"), parts=parts) == (Figure(src="embedded:Pictures/2.png"),)

    def test_one_that_is_elsewhere_keeps_its_address(self) -> None:
        assert body_of(p(picture("https://a.example/1.png"))) == (Figure(src="https://a.example/1.png"),)
        assert messages_of(p(picture("file:///a.png"))) == [
            "unsafe-link: the picture's address 'file:///a.png' is neither in the document nor http; it was removed"
        ]

    def test_one_that_is_missing_is_a_problem(self) -> None:
        assert messages_of(p(picture("Pictures/9.png"))) == [
            "dropped-content: a picture that the document names is not in it"
        ]

    def test_a_flat_document_holds_its_pictures_itself(self) -> None:
        written = base64.encodebytes(PICTURES["Pictures/1.png"]).decode()
        data = flat(TITLE + TEXT + p(picture("", inner=f"<office:binary-data>\n {written} </office:binary-data>")))

        (figure,) = read(source(data)).articles[0].body[1:]

        assert isinstance(figure, Figure)
        assert figure.src is not None
        assert re.fullmatch(r"embedded:base64-\d+-\d+", figure.src)
        assert Embedded(data).picture(figure.src) == PICTURES["Pictures/1.png"]

    def test_words_in_a_drawing_follow_the_paragraph_and_a_drawing_without_is_a_problem(self) -> None:
        group = f"<draw:g><draw:custom-shape>{p('Trong hình.')}</draw:custom-shape><draw:line/></draw:g>"

        assert body_of(p("a", group), TEXT) == (para("a"), para("Trong hình."), para(WORDS))
        assert messages_of(p("a", group)) == ["dropped-content: a drawing was left out"]

    def test_an_object_is_a_problem_unless_a_picture_stands_for_it(self) -> None:
        objects = (
            "<draw:frame><draw:object><office:document>" + p("9") + "</office:document></draw:object></draw:frame>"
        )

        assert body_of(p(objects)) == ()
        assert messages_of(p(objects)) == ["dropped-content: an object inside the document was left out"]


class TestTables:
    def test_cells_that_reach_over_others_keep_their_place(self) -> None:
        heading = f"<table:table-header-rows>{row(cell(p('a')), cell(p('b')), cell(p('c')))}</table:table-header-rows>"

        assert body_of(
            table(
                heading,
                row(cell(p("d"), p("e"), attributes='table:number-columns-spanned="2"'), COVERED, cell(p("f"))),
                row(cell(p("g"), attributes='table:number-columns-repeated="2"')),
                row(cell(p("h")), attributes='table:number-rows-repeated="2"'),
            )
        ) == (
            Table(
                header=((t("a"),), (t("b"),), (t("c"),)),
                rows=(
                    ((t("d"), LineBreak(), t("e")), (), (t("f"),)),
                    ((t("g"),), (t("g"),), ()),
                    ((t("h"),), (), ()),
                    ((t("h"),), (), ()),
                ),
            ),
        )

    def test_a_table_in_a_table_keeps_its_words(self) -> None:
        inner = table(row(cell(p("b")), cell(p("c"))))

        assert body_of(table(row(cell(p("a"), inner), cell(p("d"))))) == (
            Table(rows=(((t("a"), LineBreak(), t("b"), LineBreak(), t("c")), (t("d"),)),)),
        )
        assert messages_of(table(row(cell(inner), cell(p("d"))))) == [
            "dropped-content: a table inside a table lost its rows; its words were kept"
        ]


def test_notes_stand_after_the_text_and_may_have_notes() -> None:
    def note(inner: str) -> str:
        return (
            f"<text:note><text:note-citation>*</text:note-citation><text:note-body>{inner}</text:note-body></text:note>"
        )

    assert body_of(p("a", note(p("một", note(p("ba")))), " b", note(p("hai") + p("nữa")))) == (
        para("a[1] b[2]"),
        para("[1] một[3]"),
        para("[2] hai"),
        para("nữa"),
        para("[3] ba"),
    )


class TestFile:
    def message_of(self, data: bytes) -> str:
        with pytest.raises(InputError) as caught:
            read(source(data))
        message = str(caught.value)
        assert "\n" not in message
        return message

    def test_what_is_no_document_is_an_error(self) -> None:
        assert self.message_of(packed(members(TEXT))[:-40]) == (
            "bai.odt is no OpenDocument text, or a damaged one. Open it in LibreOffice and save it anew."
        )
        assert self.message_of(packed({"a.txt": "x"})) == (
            "bai.odt is no OpenDocument text: it has no text. Give an .odt or .fodt file."
        )
        assert self.message_of(b"").startswith("bai.odt is damaged in its text: ")
        assert self.message_of(b"<a/>") == self.message_of(packed({"content.xml": "<a/>"}))

    def test_a_spreadsheet_is_no_text(self) -> None:
        data = flat(TEXT).replace(b"office:text", b"office:spreadsheet")

        assert self.message_of(data) == (
            "bai.odt is an OpenDocument spreadsheet, which is not read. Copy its words into a .txt file."
        )

    def test_an_encrypted_document_is_an_error(self) -> None:
        manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"

        assert self.message_of(packed(members(TEXT, parts={"META-INF/manifest.xml": manifest}))) == (
            "bai.odt is encrypted. Save it without a password."
        )

    def test_a_document_without_words_is_an_error(self) -> None:
        assert self.message_of(packed(members(p()))) == "bai.odt holds no words. Give a document with an article in it."

    def test_entities_are_an_error_before_they_are_expanded(self) -> None:
        bomb = b'<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;">]>' + b"<x>&b;</x>"

        assert (
            self.message_of(bomb)
            == "bai.odt declares entities in its text, which no OpenDocument text does. It was not read."
        )
        assert self.message_of(packed(members(TEXT, parts={"content.xml": bomb}))) == (
            "bai.odt declares entities in content.xml, which no OpenDocument text does. It was not read."
        )

    def test_a_bomb_is_an_error_before_it_is_unpacked(self) -> None:
        assert self.message_of(packed(members(TEXT, parts={"content.xml": b"<x>" + bytes(100_000_000)}))) == (
            "bai.odt unpacks to more than 16 MiB in content.xml. It was not read."
        )
        assert self.message_of(b"<x>" + b" " * 17 * 1024**2) == (
            "bai.odt has more than 16 MiB beside its pictures. It was not read."
        )

    def test_deep_nesting_is_an_error(self) -> None:
        deep = "<text:span>" * 400 + "</text:span>" * 400

        assert self.message_of(flat(p(deep))).startswith("bai.odt is damaged in its text: ")

    @pytest.mark.sample(3)
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            pytest.param(p() * 100_000, "only the first 20000 paragraphs and cells were read", id="paragraphs"),
            pytest.param(
                table(row(cell(attributes='table:number-columns-repeated="999999"'))),
                "only the first 20000 paragraphs and cells were read",
                id="cells",
            ),
            pytest.param(
                table(row(cell(), attributes='table:number-rows-repeated="999999"')),
                "only the first 20000 paragraphs and cells were read",
                id="rows",
            ),
            pytest.param(
                table(
                    row(cell(attributes='table:number-columns-repeated="1000"')),
                    row(attributes='table:number-rows-repeated="9999"'),
                ),
                "of a table only the first 20000 cells were read",
                id="a wide table",
            ),
            pytest.param(p("<text:tab/>" * 200_000), "only the first 100000 stretches of text were read", id="runs"),
        ],
    )
    def test_what_is_overlong_is_read_up_to_a_limit(self, content: str, message: str) -> None:
        began = time.process_time()

        article = article_of(TITLE + TEXT + content)

        assert [(problem.code, problem.message) for problem in article.problems] == [("cut-short", message)]
        assert article.body == article_of(TITLE + TEXT).body
        assert time.process_time() - began < 8

    def test_wide_spaces_have_a_limit(self) -> None:
        wide = p("a<text:s text:c='999999'/>b", style="Preformatted_20_Text")

        assert body_of(wide) == (Preformatted(text=f"a{' ' * 100}b"),)

    @pytest.mark.parametrize(
        ("name", "data"), [("bai.odt", packed(members(TITLE + TEXT))), ("bai.fodt", flat(TITLE + TEXT))]
    )
    @pytest.mark.parametrize("suffix", [True, False])
    def test_a_file_is_known_by_its_suffix_and_by_its_beginning(
        self, tmp_path: Path, name: str, data: bytes, suffix: bool
    ) -> None:
        path = tmp_path / (name if suffix else "bai")
        path.write_bytes(data)

        (loaded,) = load([str(path)])

        assert read(loaded).articles[0].headline == "Cầu mới thông xe sáng nay"


@given(st.integers(0, 10**6), st.sampled_from(("content.xml", "styles.xml", "meta.xml")), st.data())
def test_whatever_a_part_holds_the_reading_is_articles_or_one_error(at: int, name: str, data: st.DataObject) -> None:
    """Pieces of real XML cut out, doubled and moved: well-formed nonsense is worse than random bytes."""
    content = EVERYTHING + items(p("a"), items(p("b")), style="Number") + table(row(cell(p(picture())), COVERED))
    parts = members(content, parts=PICTURES, meta="<dc:creator>Lê Bình</dc:creator>")
    parts[name] = spoilt(str(parts[name]), at, data)

    try:
        reading = read(source(packed(parts)))
    except InputError as error:
        assert str(error).startswith("bai.odt ")
    else:
        assert [line.number for line in reading.trace] == list(range(1, len(reading.trace) + 1))


WORD = st.text("abcxyz", min_size=3, max_size=6)


@given(
    st.lists(st.tuples(st.sampled_from(("p", "h", "span", "item", "cell", "note", "box", "section")), WORD), min_size=1)
)
def test_no_word_is_lost(content: list[tuple[str, str]]) -> None:
    shapes = {
        "p": p,
        "h": h,
        "span": lambda word: p(span(word, "B"), span(word, "I")),
        "item": lambda word: items(p(word), style="Bullet"),
        "cell": lambda word: table(row(cell(p(word)), cell(p(word)))),
        "note": lambda word: p("x", f"<text:note><text:note-body>{p(word)}</text:note-body></text:note>"),
        "box": lambda word: p(f"<draw:frame><draw:text-box>{p(word)}</draw:text-box></draw:frame>"),
        "section": lambda word: f"<text:section>{p(word)}</text:section>",
    }
    reading = reading_of("".join(shapes[kind](word) for kind, word in content))

    said = repr(reading.articles)
    assert [word for _, word in content if word not in said] == []
