"""What outside judges say of e-books: of one made by hand, and of an issue with every block in each shipped theme."""

import datetime as dt
import functools
import gzip
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from typing import get_args

import msgspec
import pytest

from benchmarks.generate import write_pages
from publisher.model import (
    AppendixItem,
    AppendixSection,
    Article,
    Asset,
    BlockQuote,
    Break,
    BulletList,
    Device,
    Emphasis,
    Figure,
    Issue,
    IssuePlan,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    PlacedArticle,
    Preformatted,
    PullQuote,
    Strong,
    Subheading,
    Table,
    Text,
)
from publisher.pipeline import Edition, Request, outputs_for, publish
from publisher.theming import render, theme_folders
from publisher.writing import write
from tests.theming.issues import shipped
from tests.validators import aces, epubcheck, epubchecks

THEMES = sorted(theme_folders())
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def words(text):
    return (Text(text=text),)


EVERY_BLOCK = (
    Paragraph(
        inlines=(
            Text(text="Sáng 17/10, "),
            Strong(children=words("cầu Ngòi Thia")),
            Text(text=" mở cho xe & "),
            Emphasis(children=(Link(url="https://example.org/?a=1&b=2", children=words("người <đi> bộ")),)),
            LineBreak(),
            Text(text="từ sớm."),
        )
    ),
    Figure(src="pictures/0f3a.jpg", alt="Dòng xe qua cầu", caption=words("Dòng xe đầu tiên. Ảnh: Minh Quân")),
    Subheading(inlines=words("Chi phí")),
    Subheading(inlines=words("Phần móng"), level=3),
    BulletList(items=(words("Dài 1.250 m"), words("Rộng 22,5 m"))),
    NumberedList(items=(words("Móng"), words("Trụ")), start=3),
    BlockQuote(blocks=(Paragraph(inlines=words("Chúng tôi đã hứa với bà con.")),)),
    PullQuote(inlines=words("Con tôi đi học không còn phải qua phà."), attribution="Ông Sáu"),
    Figure(caption=words("Phối cảnh cầu về đêm. Ảnh: Ban quản lý")),
    Table(
        header=(words("Hạng mục"), words("Chi phí")),
        rows=((words("Móng"), words("800 tỷ đồng")),),
        caption=words("Chi phí theo hạng mục"),
    ),
    Preformatted(text="km 0   Bến\nkm 1,2 Cầu"),
    Break(),
    Paragraph(inlines=words("Đường dẫn phía bắc xong sau.")),
)


@pytest.fixture(scope="module")
def full_issue(ebook):
    """Every block, two languages, all optional parts; and an article with none of them."""
    full = Article(
        headline="Cầu Ngòi Thia thông xe sau ba năm",
        kicker="Giao thông",
        standfirst="Cây cầu rút ngắn quãng đường vào trung tâm xuống còn mười phút.",
        bylines=("Trần Thị Hường", "Lê Văn Bảy"),
        published=dt.date(2025, 10, 17),
        publication="Báo Sông Cẩm",
        url="https://example.org/cau-ngoi-thia",
        language="vi",
        body=EVERY_BLOCK,
    )
    bare = Article(headline="The last ferry", language="en", body=(Paragraph(inlines=words("The boats are sold.")),))
    return Issue(
        identifier="urn:uuid:0b1c2d3e-0000-5000-8000-0123456789ab",
        title="Tuyển tập tin tuần",
        number="42",
        date=dt.date(2025, 10, 18),
        language="vi",
        articles=(PlacedArticle(id="a-cau", article=full), PlacedArticle(id="a-ferry", article=bare)),
        appendix=(
            AppendixSection(
                label="Nên xem",
                items=(
                    AppendixItem(
                        id="r-pha",
                        headline="Phà Bính ngừng chạy",
                        summary="Bến phà hơn trăm tuổi khép lại.",
                        url="https://example.org/pha",
                        mentions=("a-cau", "a-ferry"),
                    ),
                    AppendixItem(id="r-ad", headline="Căn hộ ven sông", sponsored=True, mentions=("a-cau",)),
                ),
            ),
            AppendixSection(
                label=None,
                items=(
                    AppendixItem(id="r-ferry", headline="The last ferry", mentions=("a-cau",), full_article="a-ferry"),
                ),
            ),
        ),
        assets=(Asset(name="pictures/0f3a.jpg", media_type="image/jpeg", data=ebook.assets[0].data),),
    )


@pytest.fixture(scope="module", params=THEMES)
def rendition(request, full_issue):
    """The full issue in each theme."""
    return render(full_issue, shipped(request.param), "ebook")


def written(rendition, folder, name="issue"):
    path = folder / f"{name}.epub"
    path.write_bytes(write(rendition).data)
    return path


def members(rendition):
    """The files of the written book by name."""
    with zipfile.ZipFile(io.BytesIO(write(rendition).data)) as book:
        return {name: book.read(name) for name in book.namelist()}


@functools.cache
def trees(rendition):
    """The documents of the written book, parsed, by name."""
    with zipfile.ZipFile(io.BytesIO(write(rendition).data)) as book:
        return {
            document.name: ET.fromstring(book.read(f"EPUB/{document.name}.xhtml"))  # noqa: S314 (our own output)
            for document in rendition.documents
        }


def compiled(folder, path, *profiles):
    """The compilation of a folder's pages, for each profile a book."""
    outputs = outputs_for([path], None, profiles)
    publish(
        Request(
            references=(str(folder),),
            edition=Edition(outputs=outputs, theme="compilation"),
            plan=IssuePlan(title="Tuần tin", number="12"),
        )
    )
    return [output.path for output in outputs]


@pytest.mark.conformance
class TestJudges:
    def test_epubcheck_finds_nothing_in_the_book_made_by_hand_and_in_any_profile(self, ebook, examples, tmp_path):
        example = next(examples.glob("1-*.txt"))
        books = [written(ebook, tmp_path), *compiled(example, tmp_path / "examples.epub", *get_args(Device))]

        assert epubchecks(books) == {}

    @pytest.mark.sample(10)
    def test_epubcheck_finds_nothing_in_any_theme(self, rendition, tmp_path):
        assert epubcheck(written(rendition, tmp_path)) == []

    @pytest.mark.parametrize("count", [30, pytest.param(200, marks=pytest.mark.campaign)])
    def test_epubcheck_finds_nothing_in_many_articles(self, count, tmp_path):
        [book] = compiled(write_pages(tmp_path / "pages", count), tmp_path / "many.epub")

        assert epubcheck(book) == []

    @pytest.mark.campaign
    def test_epubcheck_finds_nothing_in_the_real_pages(self, shared, tmp_path):
        (tmp_path / "html").mkdir()
        for page in (shared / "corpus" / "html").glob("*.html.gz"):
            (tmp_path / "html" / page.stem).write_bytes(gzip.decompress(page.read_bytes()))
        books = [
            *compiled(shared / "corpus" / "text", tmp_path / "text.epub"),
            *compiled(tmp_path / "html", tmp_path / "html.epub"),
        ]

        assert epubchecks(books) == {}

    @pytest.mark.campaign  # In the compilation of the examples it looks in ``tests/test_pipeline.py``.
    def test_ace_finds_nothing_in_any_theme(self, full_issue, tmp_path):
        renditions = {theme: render(full_issue, shipped(theme), "ebook") for theme in THEMES}
        # Where themes differ in the picture of the cover alone, Ace sees the same.
        seen = {(each.documents, each.stylesheets): theme for theme, each in renditions.items()}

        assert aces([written(renditions[theme], tmp_path, theme) for theme in seen.values()]) == {}


@pytest.mark.sample(5)
class TestDocuments:
    def test_each_says_its_language_and_which_matter_it_is(self, rendition):
        said = {
            name: (tree.get("lang"), tree.get(XML_LANG), tree.find(f"{XHTML}body").get(EPUB_TYPE))
            for name, tree in trees(rendition).items()
        }

        assert said == {
            "cover": ("vi", "vi", "frontmatter"),
            "title-page": ("vi", "vi", "frontmatter"),
            "contents": ("vi", "vi", "frontmatter"),
            "a-cau": ("vi", "vi", "bodymatter"),
            "a-ferry": ("en", "en", "bodymatter"),
            "appendix": ("vi", "vi", "backmatter"),
            "colophon": ("vi", "vi", "backmatter"),
        }

    def test_each_foreign_run_says_its_language_in_both_attributes(self, rendition):
        for name, tree in trees(rendition).items():
            around = tree.get("lang")
            for parent in tree.iter():
                assert parent.get("lang") == parent.get(XML_LANG)
                is_foreign = "".join(parent.itertext()).strip() == "The last ferry" and around == "vi"
                nested = [child for child in parent if "".join(child.itertext()).strip() == "The last ferry"]
                if is_foreign and not nested:
                    assert parent.get("lang") == "en", f"<{parent.tag}> in {name}"

    def test_each_mention_leads_back_to_its_article(self, rendition):
        appendix = trees(rendition)["appendix"]

        back = [link.get("href") for link in appendix.iter(f"{XHTML}a") if link.get("role") == "doc-backlink"]

        assert back == ["a-cau.xhtml", "a-ferry.xhtml"]

    def test_no_link_is_a_raw_address(self, rendition):
        for tree in trees(rendition).values():
            for link in tree.iter(f"{XHTML}a"):
                text = "".join(link.itertext())
                assert text.strip()
                assert "://" not in text

    def test_the_contents_say_the_words_of_the_rendition(self, rendition):
        contents = next(nav for nav in trees(rendition)["contents"].iter(f"{XHTML}nav") if nav.get(EPUB_TYPE) == "toc")

        lines = [("".join(link.itertext()), link.get("href")) for link in contents.iter(f"{XHTML}a")]

        assert lines == [
            line
            for entry in rendition.nav
            for line in [(entry.title, entry.href), *((child.title, child.href) for child in entry.children)]
        ]

    def test_the_class_of_a_body_is_no_class_within_it(self, rendition):
        for tree in trees(rendition).values():
            body = tree.find(f"{XHTML}body")
            within = {
                name for element in body.iter() if element is not body for name in element.get("class", "").split()
            }
            assert within.isdisjoint(body.get("class").split())

    def test_vietnamese_is_not_hyphenated(self, rendition):
        classes = {name: tree.find(f"{XHTML}body").get("class") for name, tree in trees(rendition).items()}

        assert classes["a-cau"] == "article unhyphenated"
        assert classes["a-ferry"] == "article"


class TestInsertion:
    def test_an_article_more_changes_only_what_lists_articles(self, full_issue):
        new = PlacedArticle(id="a-rau", article=Article(headline="Giá rau tăng", language="vi", body=EVERY_BLOCK))
        first, *others = full_issue.articles
        more = msgspec.structs.replace(full_issue, articles=(first, new, *others))
        theme = shipped("compilation")

        before, after = (members(render(issue, theme, "ebook")) for issue in (full_issue, more))

        assert after.keys() - before.keys() == {"EPUB/a-rau.xhtml"}
        assert {name for name in before if after[name] != before[name]} == {
            "EPUB/package.opf",
            "EPUB/toc.ncx",
            "EPUB/cover.jpg",
            "EPUB/title-page.xhtml",
            "EPUB/contents.xhtml",
            "EPUB/colophon.xhtml",
        }


@pytest.mark.sample(5)
class TestSheet:
    """What is known to cost an old engine the whole sheet, or a reader the contrast at night."""

    @pytest.fixture
    def sheet(self, rendition):
        """The sheet without its comments."""
        return re.sub(r"/\*.*?\*/", "", rendition.stylesheets[0].data.decode(), flags=re.DOTALL)

    def test_it_has_no_at_rule_no_variable_and_no_print_property(self, sheet):
        assert (
            re.findall(r"@[\w-]+|var\(|calc\(|--[\w-]+|string-set|\bpage\s*:|bookmark-[\w-]+|:{2}|:not\(", sheet) == []
        )

    def test_it_sets_no_colour(self, sheet):
        sheet = sheet.replace("a { color: inherit }", "")

        assert re.findall(r"[\w-]*(?:color|background)[\w-]*\s*:|#[0-9a-fA-F]{3,6}\b|rgba?\(", sheet) == []

    def test_running_text_has_the_readers_own_size_face_and_line_height(self, sheet):
        body = " ".join(re.findall(r"(?:^|\})\s*(?:body|p|li)\s*\{([^}]*)\}", sheet))

        assert "margin" in body
        assert re.findall(r"font-size|font-family|line-height|text-align", body) == []

    def test_no_type_is_sized_in_fixed_units(self, sheet):
        assert re.findall(r"font-size\s*:[^;}]*\d(?:px|pt|mm|cm)", sheet) == []
