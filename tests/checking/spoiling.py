"""Ways to spoil a good PDF, each as small as it can be."""

import io
import re
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

Spoil = Callable[[pikepdf.Pdf], None]
CENTRE = b"1 0 0 1 200 300 Tm"


def spoilt(data: bytes, spoil: Spoil, **saving: object) -> bytes:
    """The PDF after something was done to it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spoil(pdf)
        file = io.BytesIO()
        pdf.save(file, fix_metadata_version=False, **saving)
    return file.getvalue()


def draw(pdf: pikepdf.Pdf, page: int, content: bytes, *, tag: bytes = b"/Artifact BMC") -> None:
    """Add content to a page, counted from 1, in the page's own units; ``tag`` opens its marked content."""
    target = pdf.pages[page - 1]
    target.contents_add(b"q", prepend=True)
    wrapped = b"Q\n%s\nq %s Q\n%s" % (tag, content, b"EMC" if tag else b"")
    target.contents_add(wrapped)


def font_of(pdf: pikepdf.Pdf, page: int) -> tuple[bytes, Dictionary]:
    """The name and the dictionary of a font that the page's first text is set in."""
    content = b"\n".join(_streams(pdf, page))
    name = re.search(rb"/(\w+) [\d.]+ Tf", content)[1]
    return name, pdf.pages[page - 1].Resources.Font[f"/{name.decode()}"]


def text(pdf: pikepdf.Pdf, page: int, before: bytes = b"", place: bytes = CENTRE, size: float = 11) -> bytes:
    """Content that shows some letters of the page's own font at a place; ``before`` is said before it."""
    name, font = font_of(pdf, page)
    code = re.search(rb"<([0-9a-f]{4})> <0061>", font.ToUnicode.read_bytes())[1]
    return b"%s BT /%s %.1f Tf %s <%s> Tj ET" % (before, name, size, place, code * 12)


def replace(pdf: pikepdf.Pdf, page: int, old: bytes, new: bytes) -> None:
    """Exchange something in a page's content, once."""
    target = pdf.pages[page - 1]
    target.contents_coalesce()
    content = target.Contents.read_bytes()
    assert old in content, content[:400]
    target.Contents.write(content.replace(old, new, 1))


def elements(pdf: pikepdf.Pdf, kind: str | None = None) -> list[Dictionary]:
    """The structure elements of a type, in order."""
    return [element for element in _walk(pdf.Root.StructTreeRoot) if kind is None or f"/{kind}" == element.S]


def element(pdf: pikepdf.Pdf, kind: str) -> Dictionary:
    """The first structure element of a type."""
    return elements(pdf, kind)[0]


def image(pdf: pikepdf.Pdf, mode: str, size: int, pixel: bytes, **more: object) -> Stream:
    """A square picture of one colour."""
    space = {"RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK, "gray": Name.DeviceGray}[mode]
    return Stream(
        pdf,
        pixel * size * size,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size,
        Height=size,
        BitsPerComponent=8,
        ColorSpace=space,
        **more,
    )


def add_resource(pdf: pikepdf.Pdf, page: int, kind: str, name: str, value: object) -> None:
    """Give a page a resource."""
    resources = pdf.pages[page - 1].Resources
    if f"/{kind}" not in resources:
        resources[f"/{kind}"] = Dictionary()
    resources[f"/{kind}"][f"/{name}"] = value


def packet(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    """Exchange something in the XMP metadata, once."""
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new, 1))


def link(pdf: pikepdf.Pdf) -> tuple[int, Dictionary]:
    """The first link with an address, and its page, from 1."""
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.obj.get("/Annots", []):
            if "/A" in annotation:
                return number, annotation
    raise AssertionError("there is no link")


def spanning_paragraph(pdf: pikepdf.Pdf) -> Dictionary:
    """The first paragraph that goes on over the end of a page."""
    for paragraph in elements(pdf, "P"):
        if len({page.objgen for _, _, page in contents(paragraph)}) == 2:
            return paragraph
    raise AssertionError("no paragraph goes on over the end of a page")


def contents(element_: Dictionary) -> Iterator[tuple[Dictionary, int, object]]:
    """Each piece of content in an element: what holds it, where among its kids, its page."""
    for leaf in (element_, *_walk(element_)):
        for place, kid in enumerate(leaf.K):
            if _is_content(kid):
                yield leaf, place, kid.Pg if isinstance(kid, Dictionary) else leaf.Pg


def page_number(pdf: pikepdf.Pdf, page: Dictionary) -> int:
    """From 1."""
    return 1 + [each.objgen for each in pdf.pages].index(page.objgen)


def _is_content(kid: object) -> bool:
    return isinstance(kid, int) or (isinstance(kid, Dictionary) and kid.get("/Type") == "/MCR")


def _walk(root: Dictionary) -> Iterator[Dictionary]:
    kids = root.get("/K", [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)


def _streams(pdf: pikepdf.Pdf, page: int) -> list[bytes]:
    found = pdf.pages[page - 1].Contents
    return [stream.read_bytes() for stream in (found if isinstance(found, Array) else [found])]
