"""Word documents of our own making: the XML that word processors write, with nothing else around it."""

import io
import zipfile
from collections.abc import Mapping

from publisher.model import Article, Reading, Source
from publisher.reading import read

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

STYLES = """
<w:style w:type="paragraph" w:styleId="Tieu"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Phu"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="M1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="M2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Mục"/><w:basedOn w:val="M2"/></w:style>
<w:style w:type="paragraph" w:styleId="Vong"><w:name w:val="Vòng"/><w:basedOn w:val="Vong"/></w:style>
<w:style w:type="paragraph" w:styleId="Chu"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Trich"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Noi"><w:name w:val="Intense Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Ma"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="ML1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Cham"><w:name w:val="List Bullet"/></w:style>
<w:style w:type="paragraph" w:styleId="Ten"><w:name w:val="Byline"/></w:style>
<w:style w:type="paragraph" w:styleId="Ngay"><w:name w:val="Date"/></w:style>
<w:style w:type="paragraph" w:styleId="Nhan"><w:name w:val="Kicker"/></w:style>
<w:style w:type="character" w:styleId="Dam"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:styleLink w:val="DS"/>
  <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="DS"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num>
"""


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {_NAMESPACES}>{content}</w:{root}>'


def relations(entries: Mapping[str, tuple[str, str]]) -> str:
    """Relations by id: kind and target; a target with a scheme is outside the document."""
    inner = "".join(
        f'<Relationship Id="{identifier}" Type="{kind if ":" in kind else f"{_KINDS}/{kind}"}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for identifier, (kind, target) in entries.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def members(
    body: str,
    *,
    related: Mapping[str, tuple[str, str]] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    core: str = "",
) -> dict[str, str | bytes]:
    """The members of a document whose body is the XML given."""
    properties = (
        '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="http://schemas.openxmlformats.org/'
        f'package/2006/metadata/core-properties">{core}</cp:coreProperties>'
    )
    metadata = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return {
        "_rels/.rels": relations(
            {"r1": ("officeDocument", "word/document.xml"), "r2": (metadata, "docProps/core.xml")}
        ),
        "docProps/core.xml": properties,
        "word/_rels/document.xml.rels": relations(
            {"s": ("styles", "styles.xml"), "n": ("numbering", "numbering.xml"), **(related or {})}
        ),
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/styles.xml": part("styles", STYLES),
        "word/numbering.xml": part("numbering", NUMBERING),
        **(parts or {}),
    }


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def source(data: bytes) -> Source:
    return Source(name="bai.docx", data=data, media_type=MEDIA_TYPE)


def reading_of(body: str, **options: object) -> Reading:
    return read(source(packed(members(body, **options))))  # type: ignore[arg-type]


def article_of(body: str, **options: object) -> Article:
    (article,) = reading_of(body, **options).articles
    return article


def p(*content: str, style: str | None = None, properties: str = "") -> str:
    """A paragraph; content without markup is a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{''.join(map(_run, content))}</w:p>"


def _run(content: str) -> str:
    return content if content.startswith("<w:") or content.startswith("<m") else r(content)


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def b(text: str) -> str:
    return r(text, "<w:b/>")


def i(text: str) -> str:
    return r(text, "<w:i/>")


def item(text: str, number: int, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def picture(identifier: str = "p1", alt: str = "", attribute: str = "embed") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alt}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:{attribute}="{identifier}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


PICTURES = {"p1": ("image", "media/image1.png"), "p2": ("image", "/word/media/image2.png")}
TITLE = p("Cầu mới thông xe sáng nay", style="Tieu")
TEXT = p("Sáng nay cây cầu mới được thông xe, và người dân của hai bờ đã đến xem lễ.")
