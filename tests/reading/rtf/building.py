"""Rich text documents of our own making: the control words that word processors write, with nothing around them."""

from publisher.model import Article, Reading, Source
from publisher.model.formats import RTF
from publisher.reading import read

FONTS = (
    rb"{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman{\*\falt Times};}"
    rb"{\f1\fnil\fcharset163 Arial;}{\f2\ftech\fcharset2 Symbol;}{\f3\fnil .VnTime;}{\f4\fnil .VnTimeH;}"
    rb"{\f5\fnil\fcharset128 MS Mincho;}{\f6\fnil\fcharset204 Arial Cyr;}{\f7\fnil\cpg850 Terminal;}}"
)
STYLES = (
    rb"{\colortbl;\red0\green0\blue0;}"
    rb"{\stylesheet{\ql\snext0 Normal;}{\s1\sbasedon0\snext0\b heading 1;}{\s2\sbasedon0 heading 2,H2;}"
    rb"{\s3\sbasedon2 M\u7909?c;}{\s4 Title;}{\s5 Subtitle;}{\s6 caption;}{\s7 Quote;}{\s8 HTML Preformatted;}"
    rb"{\s9 Byline;}{\s10 Date;}{\s11 Kicker;}{\s12\sbasedon12 V;}{\*\cs13\additive\b Strong;}}"
)
LISTS = (
    rb"{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc0\levelnfcn0\levelstartat3{\leveltext\'02\'00.;}"
    rb"{\levelnumbers\'01;}}{\listlevel\levelnfc4\levelstartat1{\leveltext\'02\'01);}{\levelnumbers\'01;}}"
    rb"{\listname ;}\listid7}{\list{\listlevel\levelnfc23\levelstartat1{\leveltext\'01\u-3913 ?;}{\levelnumbers;}}"
    rb"{\listname ;}\listid8}}{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}"
    rb"{\listoverride\listid8\listoverridecount0\ls2}}"
)


def u(text: str) -> bytes:
    r"""Text as ``\u`` has it, with a question mark for old programs."""
    signs = (sign if sign.isascii() else f"\\u{ord(sign) - (65536 if ord(sign) > 32767 else 0)}?" for sign in text)
    return "".join(signs).encode()


def p(*content: bytes | str, words: bytes = b"") -> bytes:
    """A paragraph of text and markup."""
    inner = b"".join(each if isinstance(each, bytes) else u(each) for each in content)
    return rb"\pard\plain " + words + b"{" + inner + rb"}\par" + b"\n"


def document(
    *content: bytes, head: bytes = FONTS + STYLES + LISTS, start: bytes = rb"\ansi\ansicpg1252\deff0"
) -> bytes:
    return rb"{\rtf1" + start + head + b"\n" + b"".join(content) + b"}"


def source(data: bytes) -> Source:
    return Source(name="bai.rtf", data=data, media_type=RTF)


def reading_of(*content: bytes, **options: bytes) -> Reading:
    return read(source(document(*content, **options)))


def article_of(*content: bytes, **options: bytes) -> Article:
    (article,) = reading_of(*content, **options).articles
    return article


def cells(*content: bytes, edges: tuple[int, ...], words: bytes = b"") -> bytes:
    """A row of a table, the edges of its cells in twips."""
    laid = b"".join(rb"\cellx%d" % edge for edge in edges)
    return (
        rb"\trowd"
        + words
        + laid
        + rb"\pard\intbl "
        + b"".join(each + rb"\cell " for each in content)
        + rb"\row"
        + b"\n"
    )


def picture(data: bytes = b"\x89PNG", alt: bytes = b"") -> bytes:
    """A picture as Word writes it: for new programs, then for old ones."""
    described = rb"{\*\picprop\shplid1025{\sp{\sn shapeType}{\sv 75}}{\sp{\sn wzDescription}{\sv " + alt + rb"}}}"
    hexadecimal = data.hex("\n", 32).encode()
    return (
        rb"{\*\shppict{\pict" + described + rb"\picw10\pich10\pngblip\bliptag1{\*\blipuid 0011}" + hexadecimal + rb"}}"
        rb"{\nonshppict{\pict\wmetafile8 0100}}"
    )


TITLE = p("Cầu mới thông xe sáng nay", words=rb"\s4 ")
TEXT = p("Sáng nay cây cầu mới được thông xe, và người dân của hai bờ đã đến xem lễ.")
