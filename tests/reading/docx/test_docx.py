import datetime as dt
import io
from pathlib import Path

import docx
import pytest
from docx.shared import Inches
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from publisher.errors import InputError
from publisher.fetching import gather_assets, load
from publisher.model import (
    Block,
    BlockQuote,
    Break,
    BulletList,
    Emphasis,
    Figure,
    Inline,
    Issue,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    PlacedArticle,
    Preformatted,
    Problem,
    PullQuote,
    Strong,
    Subheading,
    Table,
    plain,
)
from publisher.reading import read
from tests.reading.docx.building import (
    PICTURES,
    TEXT,
    TITLE,
    article_of,
    b,
    i,
    item,
    members,
    p,
    packed,
    part,
    picture,
    r,
    reading_of,
    relations,
    source,
)
from tests.reading.office import WORDS, para, spoilt, t

PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")


def body_of(*content: str, **options: object) -> tuple[Block, ...]:
    """The body of an article with a title and a paragraph of text before the content."""
    article = article_of(TITLE + TEXT + "".join(content), **options)
    assert article.body[0] == para(WORDS)
    return article.body[1:]


def messages_of(*content: str, **options: object) -> list[str]:
    article = article_of(TITLE + TEXT + "".join(content), **options)
    assert {problem.where for problem in article.problems} <= {"bai.docx"}
    return [f"{problem.code}: {problem.message}" for problem in article.problems]


class TestStyles:
    def test_styles_say_what_each_paragraph_is(self) -> None:
        reading = reading_of(
            p("GIAO THÔNG", style="Nhan")
            + TITLE
            + p("Sau ba năm thi công", style="Phu")
            + p("Nguyễn An", style="Ten")
            + p("Ngày 17/10/2025", style="Ngay")
            + p("Mục lục", style="ML1")
            + TEXT
            + p("Bốn làn xe", style="M1")
            + p("Hai bờ", style="Muc")
            + p("Chúng tôi chờ đã lâu.", style="Trich")
            + p("Nay thì vui.", style="Trich")
            + p("Ba năm thi công", style="Noi")
            + p("a  b", style="Ma")
            + p(style="Ma")
            + p("c", style="Ma")
            + p("Hết.", style="Vong")
        )

        (article,) = reading.articles
        assert article.headline == "Cầu mới thông xe sáng nay"
        assert article.kicker == "GIAO THÔNG"
        assert article.standfirst == "Sau ba năm thi công"
        assert article.bylines == ("Nguyễn An",)
        assert (article.published, article.certainty) == (dt.date(2025, 10, 17), "stated")
        assert article.language == "vi"
        assert article.origin == "bai.docx"
        assert article.problems == ()
        assert article.body == (
            para(WORDS),
            Subheading(inlines=(t("Bốn làn xe"),), level=2),
            Subheading(inlines=(t("Hai bờ"),), level=2),
            BlockQuote(blocks=(para("Chúng tôi chờ đã lâu."), para("Nay thì vui."))),
            PullQuote(inlines=(t("Ba năm thi công"),)),
            Preformatted(text="a  b\n\nc"),
            para("Hết."),
        )
        assert [(line.number, line.role) for line in reading.trace] == list(
            enumerate(
                (
                    *("kicker", "headline", "standfirst", "byline", "published", "furniture", "paragraph"),
                    *("subheading", "subheading", "quote", "quote", "pull quote"),
                    *("preformatted", "blank", "preformatted", "paragraph"),
                ),
                1,
            )
        )
        assert [line.text for line in reading.trace][:3] == [
            "GIAO THÔNG",
            "Cầu mới thông xe sáng nay",
            "Sau ba năm thi công",
        ]

    def test_a_first_heading_is_the_headline_when_there_is_no_title(self) -> None:
        article = article_of(p("Cầu mới", style="M1") + TEXT + p("Hai bờ", style="M2"))

        assert article.headline == "Cầu mới"
        assert article.body == (para(WORDS), Subheading(inlines=(t("Hai bờ"),), level=2))

    def test_a_place_and_a_date_are_the_dateline(self) -> None:
        article = article_of(TITLE + p("Hà Nội, 17/10/2025", style="Ngay") + TEXT)

        assert article.dateline == "Hà Nội, 17/10/2025"
        assert article.published == dt.date(2025, 10, 17)


class TestLooks:
    def test_without_styles_the_look_of_each_paragraph_tells(self) -> None:
        article = article_of(
            p(b("Cầu mới thông xe sáng nay"))
            + p("17/10/2025")
            + p(b("Sau ba năm thi công, cây cầu mới qua sông được thông xe sáng nay, sớm hơn kế hoạch hai tháng."))
            + TEXT
            + p(b("Bốn làn xe"))
            + TEXT
            + p("***")
            + TEXT
            + p(b("Nguyễn Văn An"))
        )

        assert article.headline == "Cầu mới thông xe sáng nay"
        assert article.published == dt.date(2025, 10, 17)
        assert article.standfirst is not None
        assert article.bylines == ("Nguyễn Văn An",)
        assert article.body == (
            para(WORDS),
            Subheading(inlines=(t("Bốn làn xe"),)),
            para(WORDS),
            Break(),
            para(WORDS),
        )

    def test_a_place_with_its_day_and_a_kicker_stand_over_the_headline(self) -> None:
        article = article_of(
            p(i("Hòa Vang, ngày 25 tháng 11 năm 2026")) + p("Thời sự") + p(b("Cầu mới thông xe sáng nay")) + TEXT
        )

        assert (article.kicker, article.headline) == ("Thời sự", "Cầu mới thông xe sáng nay")
        assert (article.dateline, article.published) == ("Hòa Vang, ngày 25 tháng 11 năm 2026", dt.date(2026, 11, 25))
        assert article.body == (para(WORDS),)

    def test_a_letterhead_gives_its_day_and_no_words(self) -> None:
        office = "<w:tc>" + p("UBND XÃ HÒA NHƠN") + p("Số: 112/TTBC-VP") + "</w:tc>"
        state = p(b("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) + p(i("Hòa Nhơn, ngày 26 tháng 11 năm 2026"))
        head = f"<w:tbl><w:tr>{office}<w:tc>{state}</w:tc></w:tr></w:tbl>"

        article = article_of(head + p(b("THÔNG CÁO BÁO CHÍ")) + p(b("Cầu mới thông xe sáng nay")) + TEXT)

        assert (article.kicker, article.headline) == ("THÔNG CÁO BÁO CHÍ", "Cầu mới thông xe sáng nay")
        assert article.published == dt.date(2026, 11, 26)
        assert article.body == (para(WORDS),)

    def test_other_articles_under_their_label_are_related_news(self) -> None:
        listed = item("Thư viện lưu động về khu công nghiệp", "2") + item("Có thêm 200 chỗ ở cho công nhân", "2")

        article = article_of(TITLE + TEXT + p("Xem thêm:") + listed + p("Nguyễn Văn An"))

        assert [(teaser.section, teaser.headline) for teaser in article.related] == [
            ("Xem thêm", "Thư viện lưu động về khu công nghiệp"),
            ("Xem thêm", "Có thêm 200 chỗ ở cho công nhân"),
        ]
        assert article.bylines == ("Nguyễn Văn An",)
        assert article.body == (para(WORDS),)

    def test_a_plain_headline_over_a_bold_standfirst_stays_it(self) -> None:
        standfirst = "Sau ba năm thi công, cây cầu mới qua sông được thông xe sáng nay, sớm hơn kế hoạch hai tháng."

        article = article_of(p("Cầu mới thông xe") + p(b(standfirst)) + TEXT)

        assert (article.headline, article.standfirst) == ("Cầu mới thông xe", standfirst)

    def test_a_document_of_running_text_alone_has_no_headline(self) -> None:
        article = article_of(TEXT * 2)

        assert article.headline == "Sáng nay cây cầu mới được thông xe, và người dân của hai bờ…"
        assert article.problems == (
            Problem(
                code="no-headline",
                message="no line stands out as the headline; the first words were taken",
                where="bai.docx",
            ),
        )
        assert article.body == (para(WORDS), para(WORDS))

    def test_a_last_name_signs_only_when_nobody_has(self) -> None:
        article = article_of(TITLE + p("Lê Bình", style="Ten") + TEXT + p("Nguyễn Văn An"))

        assert article.bylines == ("Lê Bình",)
        assert article.body == (para(WORDS), para("Nguyễn Văn An"))

    def test_the_author_in_the_properties_signs_when_nobody_else_does(self) -> None:
        core = "<dc:creator>Lê Bình; Microsoft Office User</dc:creator><dc:language>vi-VN</dc:language>"
        created = "<dcterms:created xmlns:dcterms='http://purl.org/dc/terms/'>2020-01-01T00:00:00Z</dcterms:created>"

        article = article_of(TITLE + TEXT, core=core + created)

        assert article.bylines == ("Lê Bình",)
        assert article.published is None
        assert article_of(TITLE + p("Trần Cúc", style="Ten") + TEXT, core=core).bylines == ("Trần Cúc",)

    def test_the_language_of_the_properties_counts_when_the_words_do_not_tell(self) -> None:
        language = "<dc:language>cs</dc:language>"

        assert article_of(p("Nový most", style="Tieu") + p("Dnes ráno."), core=language).language == "cs"
        assert article_of(TITLE + TEXT, core=language).language == "vi"


class TestRuns:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            pytest.param([r("Sáng "), r("na"), r("y")], (t("Sáng nay"),), id="one look in pieces"),
            pytest.param(["a", b(" b "), "c"], (t("a"), Strong(children=(t(" b "),)), t("c")), id="bold"),
            pytest.param([i("a"), "b"], (Emphasis(children=(t("a"),)), t("b")), id="italic"),
            pytest.param(
                [r("a", "<w:b/><w:i/>"), b("c")],
                (Strong(children=(Emphasis(children=(t("a"),)), t("c"))),),
                id="both",
            ),
            pytest.param([r("a", '<w:b w:val="0"/>')], (t("a"),), id="bold switched off"),
            pytest.param([r("a", '<w:rStyle w:val="Dam"/>')], (Strong(children=(t("a"),)),), id="bold by its style"),
            pytest.param(["  a ", " b  "], (t("a b"),), id="spaces"),
            pytest.param(
                ["<w:r><w:t>a </w:t><w:br/><w:t> b</w:t></w:r>"], (t("a"), LineBreak(), t("b")), id="break of line"
            ),
            pytest.param(
                ['<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>'],
                (t("a b c"),),
                id="break of page, tab",
            ),
            pytest.param(["<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>"], (t("a‑b"),), id="hyphens"),
            pytest.param(["<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t></w:r>"], (t("ab"),), id="soft hyphen"),
            pytest.param([r("a", "<w:vanish/>"), "b"], (t("b"),), id="hidden"),
            pytest.param(['<w:r><w:sym w:font="Arial" w:char="2022"/></w:r>', "a"], (t("•a"),), id="sign"),
            pytest.param(["ta\u0301o"], (t("táo"),), id="decomposed"),
            pytest.param(["<w:smartTag>" + r("Hà Nội") + "</w:smartTag>"], (t("Hà Nội"),), id="smart tag"),
            pytest.param(
                ["<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + r("a") + "</w:sdtContent></w:sdt>"],
                (t("a"),),
                id="content control",
            ),
            pytest.param(
                [
                    "<w:r><w:ruby><w:rt>" + r("kan") + "</w:rt><w:rubyBase>" + r("漢") + "</w:rubyBase></w:ruby></w:r>",
                    "a",
                ],
                (t("漢a"),),
                id="ruby",
            ),
        ],
    )
    def test_runs_become_inlines(self, content: list[str], expected: tuple[Inline, ...]) -> None:
        assert body_of(p(*content)) == (Paragraph(inlines=expected),)

    def test_links_are_kept_with_their_words(self) -> None:
        linked = {"l": ("hyperlink", "https://bao.example/a?x=1&amp;y=2")}
        link = Link(url="https://bao.example/a?x=1&y=2", children=(t("bài "), Strong(children=(t("khác"),))))

        assert body_of(
            p("Xem ", f'<w:hyperlink r:id="l">{r("bài ")}{b("khác")}</w:hyperlink>', "."), related=linked
        ) == (para("Xem ", link, "."),)
        anchored = f'<w:hyperlink r:id="l" w:anchor="cuoi">{r("a")}</w:hyperlink>'
        assert body_of(p(anchored), related=linked) == (
            para(Link(url="https://bao.example/a?x=1&y=2#cuoi", children=(t("a"),))),
        )

    def test_links_inside_the_document_are_words(self) -> None:
        assert body_of(p(f'<w:hyperlink w:anchor="x">{r("a")}</w:hyperlink>')) == (para("a"),)

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share:x"])
    def test_links_elsewhere_lose_their_address(self, url: str) -> None:
        content = p(f'<w:hyperlink r:id="l">{r("a")}</w:hyperlink>')
        related = {"l": ("hyperlink", url)}

        assert body_of(content, related=related) == (para("a"),)
        assert messages_of(content, related=related) == [
            f"unsafe-link: the link to {url!r} is neither http, https nor mailto; its words were kept"
        ]

    def test_fields_show_their_result(self) -> None:
        def field(says: str, result: str) -> str:
            return (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                f"<w:r><w:instrText>{says}</w:instrText><w:t>no</w:t></w:r>"
                f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )

        assert body_of(p("Hình ", field(" SEQ Hinh ", r("1")), ".")) == (para("Hình 1."),)
        assert body_of(p("Bảng ", f'<w:fldSimple w:instr=" SEQ Bang ">{r("2")}</w:fldSimple>')) == (para("Bảng 2"),)
        link = ' HYPERLINK "https://bao.example/" '
        assert body_of(p(field(link, r("a") + field(" DATE ", r("b"))), "c")) == (
            para(Link(url="https://bao.example/", children=(t("ab"),)), "c"),
        )

    def test_a_field_over_several_paragraphs_is_one(self) -> None:
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>'
        separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))

        assert body_of(p(begin, "no"), p("no", separate, "a"), p("b", end, "c.")) == (para("a"), para("bc."))


class TestChanges:
    def test_insertions_are_kept_and_deletions_are_not(self) -> None:
        deleted = "<w:del><w:r><w:delText>ba </w:delText></w:r></w:del>"

        assert body_of(p("Cầu có ", deleted, f"<w:ins>{r('bốn ')}</w:ins>", "làn.")) == (para("Cầu có bốn làn."),)

    def test_what_moved_stands_where_it_moved_to(self) -> None:
        assert body_of(p(f"<w:moveFrom>{r('Một.')}</w:moveFrom>", "Hai."), p(f"<w:moveTo>{r('Một.')}</w:moveTo>")) == (
            para("Hai."),
            para("Một."),
        )

    def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next(self) -> None:
        mark = "<w:rPr><w:del/></w:rPr>"

        assert body_of(p("Một ", properties=mark), p("câu.")) == (para("Một câu."),)
        gone = p("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", properties=mark)
        assert body_of(gone, p("Hai.")) == (para("Hai."),)

    def test_a_deleted_row_is_gone(self) -> None:
        row = "<w:tr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr>"
        deleted = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr>"

        (table,) = body_of(f"<w:tbl>{row.format(p('a'))}{deleted.format(p('b'))}{row.format(p('c'))}</w:tbl>")

        assert table == Table(rows=((((t("a"),),) * 2), (((t("c"),),) * 2)))

    def test_comments_are_left_out_with_a_problem(self) -> None:
        comment = '<w:r><w:commentReference w:id="0"/></w:r>'

        assert body_of(p("a", comment)) == (para("a"),)
        assert messages_of(p("a", comment)) == ["dropped-content: one comment was left out"]
        assert messages_of(p("a", comment, comment)) == ["dropped-content: 2 comments were left out"]


class TestLists:
    def test_lists_are_bullets_or_numbers(self) -> None:
        assert body_of(item("a", 2), item("b", 2), item("một", 1), item("hai", 1), p("Hết.")) == (
            BulletList(items=((t("a"),), (t("b"),))),
            NumberedList(items=((t("một"),), (t("hai"),))),
            para("Hết."),
        )

    def test_a_list_counts_on_after_a_paragraph_and_nested_ones_from_the_start(self) -> None:
        assert body_of(item("a", 1), p("Giữa."), item("b", 1), item("c", 1, 1), p("Rồi."), item("d", 1)) == (
            NumberedList(items=((t("a"),),)),
            para("Giữa."),
            NumberedList(items=((t("b"),), (t("c"),)), start=2),
            para("Rồi."),
            NumberedList(items=((t("d"),),), start=3),
        )

    def test_a_list_starts_where_it_says(self) -> None:
        assert body_of(item("a", 3)) == (NumberedList(items=((t("a"),),), start=5),)

    def test_a_list_may_have_its_form_from_a_style(self) -> None:
        assert body_of(item("a", 4)) == (NumberedList(items=((t("a"),),)),)
        assert body_of(p("a", style="Cham")) == (BulletList(items=((t("a"),),)),)

    def test_a_paragraph_taken_out_of_its_list_is_none(self) -> None:
        assert body_of(p("a.", style="Cham", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')) == (para("a."),)

    def test_a_list_that_the_document_lacks_is_running_text(self) -> None:
        assert body_of(item("a.", 9)) == (para("a."),)


class TestPictures:
    def test_a_picture_has_its_description_and_the_caption_under_it(self) -> None:
        figure = Figure(
            src="embedded:word/media/image1.png",
            alt="Cầu bắc qua sông",
            caption=(t("Cầu mới. Ảnh: Lê Bình"),),
            credit="Lê Bình",
        )

        for caption in (p("Cầu mới. Ảnh: Lê Bình", style="Chu"), p("Cầu mới. Ảnh: Lê Bình")):
            assert body_of(p(picture(alt="Cầu bắc qua sông")), caption, p("Hết."), related=PICTURES) == (
                figure,
                para("Hết."),
            )

    def test_the_words_after_a_picture_in_its_paragraph_are_its_caption(self) -> None:
        content = p(picture(), "<w:r><w:br/></w:r>", i("Cầu mới"))

        assert body_of(content, related=PICTURES) == (
            Figure(src="embedded:word/media/image1.png", caption=(Emphasis(children=(t("Cầu mới"),)),)),
        )

    def test_a_picture_inside_a_sentence_follows_it(self) -> None:
        assert body_of(p("Trước ", picture("p2"), "sau."), related=PICTURES) == (
            para("Trước sau."),
            Figure(src="embedded:word/media/image2.png"),
        )

    def test_a_caption_without_a_picture_is_all_that_is_left_of_it(self) -> None:
        assert body_of(p("Cầu mới. Ảnh: An", style="Chu"), p("Hết.")) == (
            Figure(caption=(t("Cầu mới. Ảnh: An"),), credit="An"),
            para("Hết."),
        )

    def test_a_caption_above_a_picture_is_its_own_too(self) -> None:
        assert body_of(p("Cầu mới", style="Chu"), p(picture()), p("Hết."), related=PICTURES) == (
            Figure(src="embedded:word/media/image1.png", caption=(t("Cầu mới"),)),
            para("Hết."),
        )

    def test_an_old_picture_is_one_too(self) -> None:
        old = '<w:r><w:pict><v:shape><v:imagedata r:id="p1" o:title="Cầu"/></v:shape></w:pict></w:r>'

        assert body_of(p(old), related=PICTURES) == (Figure(src="embedded:word/media/image1.png", alt="Cầu"),)

    def test_a_picture_there_twice_for_old_programs_stands_once(self) -> None:
        drawing = picture(alt="Mới").removeprefix("<w:r>").removesuffix("</w:r>")
        twice = (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
            '<mc:Fallback><w:pict><v:imagedata r:id="p1"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
        )

        assert body_of(p(twice), related=PICTURES) == (Figure(src="embedded:word/media/image1.png", alt="Mới"),)

    def test_a_linked_picture_is_an_address(self) -> None:
        linked = {"l": ("image", "https://bao.example/a.png"), "f": ("image", "file:///C:/anh.png")}

        assert body_of(p(picture("l", attribute="link")), related=linked) == (Figure(src="https://bao.example/a.png"),)
        assert body_of(p(picture("f", alt="Cầu", attribute="link")), related=linked) == (Figure(alt="Cầu"),)
        assert messages_of(p(picture("f", attribute="link")), related=linked) == [
            "unsafe-link: "
            "the picture's address 'file:///C:/anh.png' is neither in the document nor http; it was removed"
        ]

    def test_what_is_no_picture_is_dropped_with_a_problem(self) -> None:
        assert messages_of(p("<w:r><w:drawing><wp:inline/></w:drawing></w:r>")) == [
            "dropped-content: a drawing was left out"
        ]
        assert messages_of(p(picture("khong-co"))) == [
            "dropped-content: a picture that the document names is not in it"
        ]


class TestBoxes:
    def box(self, content: str) -> str:
        return (
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:wsp><wps:txbx>"
            f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
            "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    def test_a_box_follows_the_paragraph_that_it_stands_beside(self) -> None:
        content = p("Cạnh khung.", self.box(p("Trong khung.") + p(picture())))

        assert body_of(content, p("Hết."), related=PICTURES) == (
            para("Cạnh khung."),
            para("Trong khung."),
            Figure(src="embedded:word/media/image1.png"),
            para("Hết."),
        )

    def test_a_box_with_words_of_the_text_is_a_pull_quote(self) -> None:
        assert body_of(p("Hết.", self.box(p("“Người dân của hai bờ đã đến xem lễ”")))) == (
            para("Hết."),
            PullQuote(inlines=(t("“Người dân của hai bờ đã đến xem lễ”"),)),
        )


class TestTables:
    def test_a_table_keeps_its_cells(self) -> None:
        head = "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>".format(p("Năm"), p("Dài"))
        row = f"<w:tr><w:tc>{p('2025')}</w:tc><w:tc>{p('một')}{p(b('hai'))}</w:tc></w:tr>"
        wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("chung")}</w:tc></w:tr>'
        short = f"<w:sdt><w:sdtContent><w:tr><w:tc>{p('x')}</w:tc></w:tr></w:sdtContent></w:sdt>"

        assert body_of(p("Bảng 1", style="Chu"), f"<w:tbl>{head}{row}{wide}{short}</w:tbl>", p("Hết.")) == (
            Table(
                header=((t("Năm"),), (t("Dài"),)),
                rows=(
                    ((t("2025"),), (t("một"), LineBreak(), Strong(children=(t("hai"),)))),
                    ((t("chung"),), ()),
                    ((t("x"),), ()),
                ),
                caption=(t("Bảng 1"),),
            ),
            para("Hết."),
        )

    def test_a_caption_under_a_table_is_its_own(self) -> None:
        cells = f"<w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"

        assert body_of(f"<w:tbl>{cells}</w:tbl>", p("Bảng 1", style="Chu"), p("Hết.")) == (
            Table(rows=(((t("a"),), (t("b"),)),), caption=(t("Bảng 1"),)),
            para("Hết."),
        )

    def test_a_table_that_only_lays_out_the_page_is_taken_apart(self) -> None:
        frame = f"<w:tbl><w:tr><w:tc>{p(picture())}{p('Cầu. Ảnh: An')}</w:tc><w:tc>{p('Bên.')}</w:tc></w:tr></w:tbl>"
        column = f"<w:tbl><w:tr><w:tc>{p('Một.')}{item('a', 2)}</w:tc></w:tr></w:tbl>"

        assert body_of(frame, column, related=PICTURES) == (
            Figure(src="embedded:word/media/image1.png", caption=(t("Cầu. Ảnh: An"),), credit="An"),
            para("Bên."),
            para("Một."),
            BulletList(items=((t("a"),),)),
        )

    def test_a_table_inside_a_table_keeps_its_words(self) -> None:
        inner = f"<w:tbl><w:tr><w:tc>{p('x')}</w:tc><w:tc>{p('y')}</w:tc></w:tr></w:tbl>"
        outer = f"<w:tbl><w:tr><w:tc>{inner}{p('z')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"

        assert body_of(outer) == (Table(rows=(((t("x"), LineBreak(), t("y"), LineBreak(), t("z")), (t("b"),)),)),)
        assert messages_of(outer) == ["dropped-content: a table inside a table lost its rows; its words were kept"]

    def test_an_empty_table_is_none(self) -> None:
        assert body_of("<w:tbl/>", f"<w:tbl><w:tr><w:tc>{p()}</w:tc><w:tc>{p()}</w:tc></w:tr></w:tbl>") == ()


class TestNotes:
    def test_notes_stand_at_the_end_in_the_order_of_their_marks(self) -> None:
        marks = ['<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="2"/></w:r>']
        foot = part(
            "footnotes",
            '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
            f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " Theo Sở.")}{p("Và Bộ.")}</w:footnote>'
            f'<w:footnote w:id="3">{p("Không ai nhắc.")}</w:footnote>',
        )
        end = part("endnotes", f'<w:endnote w:id="2">{p("Xem thêm.")}</w:endnote>')

        assert body_of(
            p("Một", marks[1], " hai", marks[0], " ba", marks[1], "."),
            related={"f": ("footnotes", "footnotes.xml"), "e": ("endnotes", "endnotes.xml")},
            parts={"word/footnotes.xml": foot, "word/endnotes.xml": end},
        ) == (
            para("Một[1] hai[2] ba[1]."),
            para("[1] Xem thêm."),
            para("[2] Theo Sở."),
            para("Và Bộ."),
        )

    def test_a_link_in_a_note_is_found_in_the_notes_own_relations(self) -> None:
        foot = part(
            "footnotes", f'<w:footnote w:id="2">{p(f"""<w:hyperlink r:id="l">{r("a")}</w:hyperlink>""")}</w:footnote>'
        )
        found = body_of(
            p("Một.", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            related={"f": ("footnotes", "footnotes.xml"), "l": ("hyperlink", "https://sai.example/")},
            parts={
                "word/footnotes.xml": foot,
                "word/_rels/footnotes.xml.rels": relations({"l": ("hyperlink", "https://dung.example/")}),
            },
        )

        assert found[1] == para("[1] ", Link(url="https://dung.example/", children=(t("a"),)))

    def test_a_note_that_is_missing_is_a_problem(self) -> None:
        mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'

        assert messages_of(p("Một", mark)) == ["dropped-content: a note that the text refers to is missing"]

    def test_a_note_that_refers_to_itself_ends(self) -> None:
        mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        foot = part("footnotes", f'<w:footnote w:id="2">{p("Vòng", mark)}</w:footnote>')

        assert body_of(
            p("Một.", mark),
            related={"f": ("footnotes", "footnotes.xml")},
            parts={"word/footnotes.xml": foot},
        ) == (para("Một.[1]"), para("[1] Vòng[1]"))


class TestDropped:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (
                p('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "a"),
                "a sign of the font Wingdings was left out",
            ),
            (
                p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"),
                "an equation lost its form; its signs were kept",
            ),
            ('<w:altChunk r:id="x"/>', "a document inside the document was left out"),
        ],
    )
    def test_what_the_model_cannot_hold_is_a_problem(self, content: str, message: str) -> None:
        assert messages_of(content, content) == [f"dropped-content: {message}"]


class TestFile:
    def message_of(self, data: bytes) -> str:
        with pytest.raises(InputError) as caught:
            read(source(data))
        message = str(caught.value)
        assert "\n" not in message
        return message

    def test_what_is_no_archive_is_no_document(self) -> None:
        message = "bai.docx is no Word document, or a damaged one. Open it in Word and save it anew."

        assert self.message_of(b"") == message
        assert self.message_of("Cầu mới".encode()) == message
        assert self.message_of(packed(members(TEXT))[:-40]) == message

    def test_an_archive_of_something_else_is_no_document(self) -> None:
        assert self.message_of(packed({"a.txt": "x"})) == (
            "bai.docx is no Word document: it has no text. Give a .docx file."
        )

    def test_an_old_document_is_to_be_saved_anew(self) -> None:
        assert self.message_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == (
            "bai.docx is an old or an encrypted Word document. Save it as .docx without a password."
        )

    def test_a_document_without_words_is_an_error(self) -> None:
        assert self.message_of(packed(members(p() + p(picture()), related=PICTURES))) == (
            "bai.docx holds no words. Give a document with an article in it."
        )

    def test_broken_xml_is_an_error(self) -> None:
        assert self.message_of(packed(members(TEXT) | {"word/document.xml": "<w:document"})).startswith(
            "bai.docx is damaged in word/document.xml: "
        )

    def test_damaged_compression_is_an_error(self) -> None:
        data = bytearray(packed(members(TEXT)))
        start = data.index(b"word/document.xml", data.index(b"word/document.xml") + 1)
        data[start + 20 : start + 60] = b"\xff" * 40
        name = data.index(b"word/document.xml")
        data[name + 20 : name + 60] = b"\xff" * 40

        assert "bai.docx" in self.message_of(bytes(data))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_are_an_error_before_they_are_expanded(self, encoding: str) -> None:
        entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
        bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e0 "x">{entities}]><x>&e12;</x>'

        assert self.message_of(packed(members(TEXT) | {"word/document.xml": bomb.encode(encoding)})) == (
            "bai.docx declares entities in word/document.xml, which no Word document does. It was not read."
        )

    def test_a_bomb_is_an_error_before_it_is_unpacked(self) -> None:
        bomb = b"<x>" + bytes(200_000_000)

        assert self.message_of(packed(members(TEXT) | {"word/document.xml": bomb})) == (
            "bai.docx unpacks to more than 16 MiB in word/document.xml. It was not read."
        )

    def test_too_many_members_are_an_error(self) -> None:
        assert self.message_of(packed({f"a{number}": "" for number in range(10_001)})) == (
            "bai.docx has more than 10000 parts. Give a document with an article in it."
        )

    @pytest.mark.sample(2)
    @pytest.mark.parametrize(
        ("body", "message"),
        [
            pytest.param("<w:p/>" * 50_000, "only the first 20000 paragraphs and cells were read", id="paragraphs"),
            pytest.param(
                f"<w:tbl><w:tr>{'<w:tc/>' * 50_000}</w:tr></w:tbl>",
                "only the first 20000 paragraphs and cells were read",
                id="cells",
            ),
            pytest.param(
                f"<w:tbl><w:tr>{'<w:tc/>' * 1_000}</w:tr>{'<w:tr/>' * 1_000}</w:tbl>",
                "of a table only the first 20000 cells were read",
                id="a wide table",
            ),
            pytest.param(
                f"<w:p>{'<w:r/>' * 101_000}</w:p>", "only the first 100000 stretches of text were read", id="runs"
            ),
        ],
    )
    def test_what_is_overlong_is_read_up_to_a_limit(self, body: str, message: str) -> None:
        article = article_of(TITLE + TEXT + body)

        assert [(problem.code, problem.message) for problem in article.problems] == [("cut-short", message)]
        assert article.body == article_of(TITLE + TEXT).body

    def test_deep_nesting_is_an_error(self) -> None:
        deep = "<w:sdt>" * 400 + "</w:sdt>" * 400

        assert self.message_of(packed(members(TEXT + deep))).startswith("bai.docx is damaged in word/document.xml: ")

    def test_tables_in_tables_as_deep_as_the_parser_goes_are_read(self) -> None:
        deep = "<w:tbl><w:tr><w:tc>" * 80 + p("x") + "</w:tc></w:tr></w:tbl>" * 80

        assert read(source(packed(members(TITLE + TEXT + deep)))).articles[0].body[0] == para(WORDS)

    def test_an_encrypted_part_is_an_error(self) -> None:
        data = bytearray(packed(members(TEXT)))
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = -1
            while (at := data.find(signature, at + 1)) >= 0:
                data[at + offset] |= 1

        assert self.message_of(bytes(data)) == ("bai.docx is damaged in _rels/.rels. Open it in Word and save it anew.")

    def test_a_relation_that_leads_nowhere_costs_nothing(self) -> None:
        related = {"x": ("image", "NULL"), "y": ("header", "header9.xml"), "z": ("footnotes", "../../../etc/passwd")}

        assert body_of(p("Hết."), related=related) == (para("Hết."),)

    def test_without_styles_and_numbering_it_is_read(self) -> None:
        parts = {name: data for name, data in members(TEXT).items() if "styles" not in name and "numb" not in name}

        assert read(source(packed(parts))).articles[0].body == (para(WORDS),)

    def test_without_relations_the_usual_place_is_looked_at(self) -> None:
        parts = {name: data for name, data in members(TEXT).items() if not name.endswith(".rels")}

        assert read(source(packed(parts))).articles[0].body == (para(WORDS),)

    def test_the_strict_variant_is_read_alike(self) -> None:
        usual = members(TITLE + TEXT + p("Hai bờ", style="M2"))
        strict = {
            name: str(data)
            .replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/",
                "http://purl.oclc.org/ooxml/wordprocessingml/",
            )
            .replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
            )
            for name, data in usual.items()
        }

        assert strict != usual
        assert read(source(packed(strict))) == read(source(packed(usual)))


def test_a_document_as_a_word_processor_writes_it_comes_with_its_picture(tmp_path: Path) -> None:
    image = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(image, "PNG")
    document = docx.Document()
    document.add_paragraph("Cầu mới thông xe", style="Title")
    document.add_paragraph("Sau ba năm", style="Subtitle")
    document.add_paragraph(WORDS)
    document.add_picture(image, width=Inches(1))
    document.add_paragraph("Cầu mới. Ảnh: Lê Bình", style="Caption")
    document.add_heading("Bốn làn xe", 1)
    document.add_paragraph("một", style="List Bullet")
    document.add_paragraph("hai", style="List Number")
    document.core_properties.author = "python-docx"
    document.save(str(tmp_path / "bai.docx"))

    sources = load([str(tmp_path / "bai.docx")])
    (article,) = read(sources[0]).articles
    (figure,) = [block for block in article.body if isinstance(block, Figure)]
    issue = Issue(
        identifier="urn:uuid:x",
        title=None,
        number=None,
        date=None,
        language="vi",
        articles=(PlacedArticle(id="a", article=article),),
        appendix=(),
    )
    gathered = gather_assets(issue, sources)

    assert article.headline == "Cầu mới thông xe"
    assert article.standfirst == "Sau ba năm"
    assert article.bylines == ()
    assert plain(figure.caption) == "Cầu mới. Ảnh: Lê Bình"
    assert article.body == (
        para(WORDS),
        figure,
        Subheading(inlines=(t("Bốn làn xe"),)),
        BulletList(items=((t("một"),),)),
        NumberedList(items=((t("hai"),),)),
    )
    assert [asset.data for asset in gathered.assets] == [image.getvalue()]
    assert gathered.problems == ()
    assert replace(gathered, articles=(), assets=()) == replace(issue, articles=())


def test_every_paragraph_has_one_line_in_the_trace() -> None:
    reading = reading_of(
        TITLE
        + TEXT
        + p()
        + p(picture(alt="Cầu"))
        + f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p()}</w:tc></w:tr></w:tbl>",
        related=PICTURES,
    )

    assert [(line.number, line.role, line.text) for line in reading.trace] == [
        (1, "headline", "Cầu mới thông xe sáng nay"),
        (2, "paragraph", WORDS),
        (3, "blank", ""),
        (4, "figure alt", "Cầu"),
        (5, "table", "a"),
        (6, "blank", ""),
    ]


@given(
    st.integers(0, 10**6), st.sampled_from(("word/document.xml", "word/styles.xml", "word/numbering.xml")), st.data()
)
def test_whatever_a_part_holds_the_reading_is_articles_or_one_error(at: int, name: str, data: st.DataObject) -> None:
    """Pieces of real XML cut out, doubled and moved: well-formed nonsense is worse than random bytes."""
    parts = members(TITLE + TEXT + item("a", 1) + p(picture(), "x") + p(b("y"), i("z")), related=PICTURES)
    parts[name] = spoilt(str(parts[name]), at, data)

    try:
        reading = read(source(packed(parts)))
    except InputError as error:
        assert str(error).startswith("bai.docx ")
    else:
        assert [line.number for line in reading.trace] == list(range(1, len(reading.trace) + 1))
