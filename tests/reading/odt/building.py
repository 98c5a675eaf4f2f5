"""OpenDocument texts of our own making: the XML that word processors write, with nothing else around it."""

import io
import zipfile
from collections.abc import Mapping

from publisher.model import Article, Reading, Source
from publisher.model.formats import ODT
from publisher.reading import read

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in (
        *(
            (prefix, f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0")
            for prefix, name in (
                ("office", "office"),
                ("text", "text"),
                ("table", "table"),
                ("draw", "drawing"),
                ("style", "style"),
                ("meta", "meta"),
                ("fo", "xsl-fo-compatible"),
                ("svg", "svg-compatible"),
            )
        ),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("xlink", "http://www.w3.org/1999/xlink"),
        ("loext", "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"),
    )
)


def style(name: str, parent: str = "", properties: str = "", family: str = "paragraph", more: str = "") -> str:
    based = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}"{based}{more}>'
        f"<style:text-properties {properties}/></style:style>"
    )


STYLES = (
    '<style:default-style style:family="paragraph"><style:text-properties fo:language="vi" fo:country="VN"/>'
    "</style:default-style>"
    + style("Title")
    + style("Subtitle")
    + style("Heading_20_1", properties='fo:font-weight="bold"')
    + style("Heading_20_2")
    + style("Quotations")
    + style("Illustration")
    + style("Preformatted_20_Text")
    + style("Byline")
    + style("Date")
    + style("Kicker")
    + style("Strong_20_Emphasis", properties='fo:font-weight="bold"', family="text")
)
AUTOMATIC = (
    style("P1", "Heading_20_2")
    + style("P2", "P2")
    + style("P3", more=' style:list-style-name="Number"')
    + style("B", properties='fo:font-weight="700"', family="text")
    + style("I", properties='fo:font-style="italic"', family="text")
    + style("N", properties='fo:font-weight="normal"', family="text")
    + style("H", properties='text:display="none"', family="text")
    + '<text:list-style style:name="Bullet"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    '<text:list-style style:name="Number">'
    '<text:list-level-style-number text:level="1" style:num-format="1" text:start-value="3"/>'
    '<text:list-level-style-number text:level="2" style:num-format="a"/></text:list-style>'
)


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{root} {_NAMESPACES}>{content}</office:{root}>'


def body(content: str) -> str:
    return (
        f"<office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{content}</office:text></office:body>"
    )


def members(content: str, *, meta: str = "", parts: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """The members of a document whose text is the XML given."""
    return {
        "mimetype": ODT,
        "content.xml": part("document-content", body(content)),
        "styles.xml": part("document-styles", f"<office:styles>{STYLES}</office:styles>"),
        "meta.xml": part("document-meta", f"<office:meta>{meta}</office:meta>"),
        "META-INF/manifest.xml": "<manifest/>",
        **(parts or {}),
    }


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return stream.getvalue()


def flat(content: str, meta: str = "") -> bytes:
    """The same document as one piece of XML."""
    return part(
        "document", f"<office:meta>{meta}</office:meta><office:styles>{STYLES}</office:styles>{body(content)}"
    ).encode()


def source(data: bytes, name: str = "bai.odt") -> Source:
    return Source(name=name, data=data, media_type=ODT)


def reading_of(content: str, **options: object) -> Reading:
    return read(source(packed(members(content, **options))))  # type: ignore[arg-type]


def article_of(content: str, **options: object) -> Article:
    (article,) = reading_of(content, **options).articles
    return article


def p(*content: str, style: str | None = None) -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{''.join(content)}</text:p>"


def h(content: str, level: int = 1, style: str = "") -> str:
    return f'<text:h text:outline-level="{level}" text:style-name="{style or f"Heading_20_{level}"}">{content}</text:h>'


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def items(*content: str, style: str = "", attributes: str = "") -> str:
    """A list; content is what stands in each item."""
    named = f' text:style-name="{style}"' if style else ""
    inner = "".join(f"<text:list-item>{each}</text:list-item>" for each in content)
    return f"<text:list{named} {attributes}>{inner}</text:list>"


def picture(href: str = "Pictures/1.png", alt: str = "", inner: str = "") -> str:
    described = f"<svg:desc>{alt}</svg:desc>" if alt else ""
    return f'<draw:frame><draw:image xlink:href="{href}">{inner}</draw:image>{described}</draw:frame>'


def cell(*content: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{''.join(content)}</table:table-cell>"


def table(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


COVERED = "<table:covered-table-cell/>"
TITLE = p("Cầu mới thông xe sáng nay", style="Title")
TEXT = p("Sáng nay cây cầu mới được thông xe, và người dân của hai bờ đã đến xem lễ.")
