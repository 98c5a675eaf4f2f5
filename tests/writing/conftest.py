"""A small e-book, made by hand: every part, two languages, a picture, and links of each kind."""

import datetime as dt
import io

import msgspec
import pytest
from PIL import Image

from publisher.model import Asset, Document, Metadata, NavEntry, Rendition

PAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
      lang="{language}" xml:lang="{language}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="ebook.css"/></head>
<body>
{body}
</body>
</html>
"""

COVER = """<section epub:type="titlepage" aria-labelledby="title"><h1 id="title">Bản tin Sông Cẩm</h1></section>"""

CONTENTS = """<nav epub:type="toc" role="doc-toc" aria-labelledby="toc"><h1 id="toc">Mục lục</h1><ol>
<li><a href="cau-moi.xhtml">Cầu mới thông xe</a></li>
<li><a href="last-ferry.xhtml" lang="en" xml:lang="en">The last ferry</a></li>
<li><a href="appendix.xhtml">Tin liên quan</a><ol>
<li><a href="appendix.xhtml#related-1">Nên xem</a></li>
</ol></li>
<li><a href="colophon.xhtml">Về số này</a></li>
</ol></nav>
<nav epub:type="landmarks" aria-labelledby="landmarks" hidden="hidden"><h2 id="landmarks">Các phần chính</h2><ol>
<li><a epub:type="titlepage" href="cover.xhtml">Trang bìa</a></li>
<li><a epub:type="toc" href="contents.xhtml">Mục lục</a></li>
<li><a epub:type="bodymatter" href="cau-moi.xhtml">Các bài</a></li>
</ol></nav>"""

BRIDGE = """<section epub:type="chapter" role="doc-chapter" id="cau-moi" aria-labelledby="headline">
<h1 id="headline">Cầu mới thông xe</h1>
<p>Sáng 17/10, cầu mở cho xe &amp; người đi bộ. Xem <a href="#costs">chi phí</a>,
<a href="last-ferry.xhtml#headline">chuyến phà cuối</a>, <a href="HTTPS://example.org/cau">nguồn</a>,
<a href="mailto:toa-soan@example.org">tòa soạn</a>.</p>
<figure><img src="pictures/0f3a.jpg" alt="Dòng xe qua cầu"/><figcaption>Dòng xe đầu tiên.</figcaption></figure>
<h2 id="costs">Chi phí</h2><p>Tổng mức đầu tư 2.300 tỷ đồng.</p></section>"""

FERRY = """<section epub:type="chapter" role="doc-chapter" id="last-ferry" aria-labelledby="headline">
<h1 id="headline">The last ferry</h1><p>The boats are sold.</p></section>"""

APPENDIX = """<section epub:type="appendix" role="doc-appendix" aria-labelledby="appendix-title">
<h1 id="appendix-title">Tin liên quan</h1><section id="related-1"><h2>Nên xem</h2>
<h3>Phà Bính ngừng chạy</h3><p>Nhắc đến trong <a href="cau-moi.xhtml">Cầu mới thông xe</a></p></section></section>"""

COLOPHON = """<section epub:type="colophon" role="doc-colophon" aria-labelledby="colophon-title">
<h1 id="colophon-title">Về số này</h1><p>Tổng hợp từ các trang đã lưu.</p></section>"""


def jpeg():
    """A real picture, small."""
    file = io.BytesIO()
    Image.new("L", (8, 8), 128).save(file, "JPEG")
    return file.getvalue()


def document(name, role, title, body, language="vi"):
    """A complete document with that body."""
    markup = PAGE.format(language=language, title=title, body=body)
    return Document(name=name, title=title, role=role, language=language, markup=markup)


def entry(title, href, *children):
    """A line of the contents."""
    return NavEntry(title=title, href=href, children=children)


@pytest.fixture(scope="session")
def ebook():
    """The rendition."""
    return Rendition(
        target="ebook",
        metadata=Metadata(
            identifier="urn:uuid:0b1c2d3e-0000-5000-8000-0123456789ab",
            title="Bản tin Sông Cẩm – 42",
            language="vi",
            creators=("Trần Thị Hường", "Lê Văn Bảy"),
            publisher="Báo Sông Cẩm",
            date=dt.date(2025, 10, 18),
            description="Cầu mới thông xe; The last ferry",
            generator="publisher 1",
            accessibility_summary="Toàn bộ nội dung là văn bản thật.",
        ),
        documents=(
            document("cover", "cover", "Bản tin Sông Cẩm", COVER),
            document("contents", "contents", "Mục lục", CONTENTS),
            document("cau-moi", "article", "Cầu mới thông xe", BRIDGE),
            document("last-ferry", "article", "The last ferry", FERRY, language="en"),
            document("appendix", "appendix", "Tin liên quan", APPENDIX),
            document("colophon", "colophon", "Về số này", COLOPHON),
        ),
        nav=(
            entry("Cầu mới thông xe", "cau-moi.xhtml"),
            entry("The last ferry", "last-ferry.xhtml"),
            entry("Tin liên quan", "appendix.xhtml", entry("Nên xem", "appendix.xhtml#related-1")),
            entry("Về số này", "colophon.xhtml"),
        ),
        stylesheets=(Asset(name="ebook.css", media_type="text/css", data=b"body { margin: 0 4% }\n"),),
        assets=(Asset(name="pictures/0f3a.jpg", media_type="image/jpeg", data=jpeg()),),
    )


@pytest.fixture
def with_body():
    """A function that gives a rendition in which one document has another body."""

    def change(rendition, name, body):
        changed = tuple(
            document(old.name, old.role, old.title, body, old.language) if old.name == name else old
            for old in rendition.documents
        )
        return msgspec.structs.replace(rendition, documents=changed)

    return change
