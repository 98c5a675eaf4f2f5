"""Our e-books opened in a real reading engine, page by page, as readers set it: small screens, large letters, night."""

import io
import xml.etree.ElementTree as ET
import zipfile

import pytest

from publisher.model import IssuePlan
from publisher.pipeline import Edition, Request, outputs_for, publish
from publisher.theming import theme_folders
from tests.validators import opened

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
UNBREAKABLE = """\
---
headline: Thẩm định tổng-thể-liên-ngành-đa-cấp-độ-nhiều-giai-đoạn ở ven-biển-đông-bắc
kicker: Liên-thông-quy-hoạch-vùng-ven-biển
bylines: [Trịnh-Nguyễn-Hoàng-Phương-Khánh-Vân]
published: 2026-03-20
url: https://example.org/bai
language: vi
---

Hồ sơ ở https://example.org/quy-hoach/2026/03/tham-dinh-tong-the-lien-nganh-da-cap-do-nhieu-giai-doan?id=0123456789abcdef.

> Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft

```
0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789
```

1. Một dòng có địa-chỉ-thư-điện-tử-dài-hơn-cả-màn-hình@example.org
"""

PRICES = "\n".join(
    [
        "---\nheadline: Giá nông sản mười ba tuần\nlanguage: vi\nbylines: [Nguyễn Thị Hường, Lê Văn Bảy]\n"
        "publication: Báo Sông Cẩm\npublished: 2026-03-20\n---\n",
        "| Tuần | Mặt hàng | Giá (đồng/kg) | Sản lượng (tấn) | Thay đổi |\n| --- | --- | --- | --- | --- |",
        *(f"| {week} | Gạo thơm Đồng Sếu | 117.500 | 12.340,5 | +12,5% |" for week in range(1, 14)),
    ]
)
"""A table that goes on over several screens, and is wider than one with large letters."""

WIDTHS = (320, 360, 480, 600, 768, 1024)
"""Of telephones, e-readers and tablets, in CSS pixels."""

pytestmark = pytest.mark.conformance


def made(sources, *paths, theme="compilation"):
    """An e-book, and perhaps the PDF whose pages it lists, through the pipeline."""
    publish(
        Request(
            references=tuple(map(str, sources)),
            edition=Edition(
                outputs=outputs_for(paths), theme=theme, options={"flow": "each"} if theme == "compilation" else {}
            ),
            plan=IssuePlan(title="Tuần tin", number="12"),
        )
    )
    return paths[0]


def documents(path):
    """The documents of a book, parsed, by their paths in it."""
    with zipfile.ZipFile(path) as book:
        return {name: ET.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")}  # noqa: S314


def text_of(tree):
    """Its text nodes as the engine's script joins them."""
    return " ".join(" ".join(text for text in tree.find(f"{XHTML}body").itertext() if text.strip()).split())


def sources_in(folder, examples):
    """An example, an article with all that does not break, and one with a long table."""
    (folder / "dai.md").write_text(UNBREAKABLE, encoding="utf-8")
    (folder / "gia.md").write_text(PRICES, encoding="utf-8")
    return [*sorted(examples.glob("1-*.txt")), folder / "dai.md", folder / "gia.md"]


@pytest.fixture(scope="module")
def book(examples, tmp_path_factory):
    """The compilation of these."""
    folder = tmp_path_factory.mktemp("engine")
    return made(sources_in(folder, examples), folder / "week.epub", folder / "week.pdf")


@pytest.fixture(scope="module")
def seen(book):
    """What is seen of it; the engine is asked once."""
    return opened(book)


def test_nothing_leaves_its_page_and_nothing_is_pale_in_any_theme_on_any_screen(seen):
    assert seen["faults"] == []


@pytest.mark.campaign
@pytest.mark.parametrize("theme", sorted(theme_folders()))
def test_nothing_leaves_its_page_at_any_of_six_widths_in_any_theme(theme, examples, tmp_path):
    book = made(sources_in(tmp_path, examples), tmp_path / "week.epub", theme=theme)

    assert opened(book, WIDTHS)["faults"] == []


def test_the_engine_shows_each_document_whole(seen, book):
    trees = documents(book)

    assert seen["text"] == {name: text_of(tree) for name, tree in trees.items() if name in seen["text"]}
    assert len(seen["text"]) == seen["documents"] == len(trees)


def test_the_engine_tells_title_language_contents_and_pages(seen, book):
    navs = {nav.get(EPUB_TYPE): nav for tree in documents(book).values() for nav in tree.iter(f"{XHTML}nav")}
    contents, pages = (
        [["".join(link.itertext()), f"EPUB/{link.get('href')}"] for link in navs[kind].iter(f"{XHTML}a")]
        for kind in ("toc", "page-list")
    )

    assert len(pages) == 6
    assert (seen["told"]["language"], seen["told"]["contents"], seen["told"]["pages"]) == ("vi", contents, pages)
    assert seen["told"]["title"].startswith("Tuần tin")


def test_the_book_asks_for_nothing_beside_itself_and_no_script_complains(seen):
    assert (seen["asked"], seen["complaints"]) == ([], [])


@pytest.mark.campaign
def test_what_is_too_wide_and_what_is_pale_is_seen(tmp_path):
    """The measure itself: of a book whose sheet is spoilt, each spoilt thing is told."""
    (tmp_path / "bai.md").write_text(UNBREAKABLE, encoding="utf-8")
    sound = made([tmp_path / "bai.md"], tmp_path / "sound.epub")
    spoilt = tmp_path / "spoilt.epub"
    sheet = b"pre { white-space: pre } .byline { color: #999 } blockquote { background: #000 } h1 { min-width: 2000px }"
    with zipfile.ZipFile(io.BytesIO(sound.read_bytes())) as old, zipfile.ZipFile(spoilt, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info) + (sheet if info.filename.endswith(".css") else b""))

    faults = {(fault["flow"], fault["theme"], fault["fault"]) for fault in opened(spoilt)["faults"]}

    flows = ("paginated", "scrolled", "alone")
    for flow in flows:
        assert any(each[0] == flow and "px beyond the page" in each[2] for each in faults)
        assert (flow, "light", '"Trịnh-Nguyễn-Hoàng-Phương-Khánh-Vân" has a contrast of 2.8:1') in faults
        word = '"Donaudampfschifffahrtselektrizitätenhaup"'
        assert (flow, "light", f"{word} has a contrast of 1.0:1") in faults
        assert not any(each[:2] == (flow, "dark") and word in each[2] for each in faults)
    assert any(each[0] == "alone" and "the document is" in each[2] for each in faults)
