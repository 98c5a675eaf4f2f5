r"""The signs of rich text: what a token is, and which control words stand for text or open what is no text."""

import re

TOKEN = re.compile(
    rb"([^\\{}\r\n\0]+)|([{}])|\\([A-Za-z]+)(-?[0-9]{1,9})?[0-9]* ?|((?:\\'[0-9A-Fa-f]{2})+)|\\(.)|[\r\n\0]+|\\",
    re.DOTALL,
)
"""Text; a brace; a control word and its number; bytes; a control symbol; and what stands for nothing."""

SKIPPED = re.compile(rb"[^{}\\]+|([{}])|\\bin([0-9]{1,9}) ?|\\.|\\", re.DOTALL)
"""What a group that nobody reads is passed over by: a brace, or how many raw bytes follow."""

HEXADECIMAL = re.compile(rb"[0-9A-Fa-f\s]*")

NOTHING = re.compile(rb"[\s\0]*")
"""What may stand after the document."""

GROUP = re.compile(rb"[\s\0]*\{")
"""That a group follows."""

PROPERTIES = re.compile(rb"m[A-Za-z]+Pr")
"""How the properties of what stands in an equation are called."""

TOGGLES = {b"b": "bold", b"deleted": "deleted", b"i": "italic", b"mvf": "deleted", b"v": "hidden"}
"""What control words switch on, and off with the number 0: ``mvf`` is where words stood that were moved."""

SETTINGS = {b"ilvl": "level", b"intbl": "in_table", b"ls": "numbering", b"outlinelevel": "outline", b"s": "style"}
"""What control words set for paragraphs."""

SIGNS = {
    b"bullet": "•",
    b"column": " ",
    b"emdash": "—",
    b"emspace": " ",
    b"endash": "–",
    b"enspace": " ",
    b"ldblquote": "“",
    b"lquote": "‘",
    b"page": " ",
    b"qmspace": " ",
    b"rdblquote": "”",
    b"rquote": "’",
    b"tab": " ",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
}
"""What control words stand for; a tab and a page's end are white space like any other."""

SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"\t": " "}
r"""What control symbols stand for; ``\-``, where a word may be parted, for nothing."""

ESCAPED = frozenset((b"\\", b"{", b"}"))

TRANSPARENT = frozenset(
    (
        *(
            b"annotation",
            b"do",
            b"fldinst",
            b"footnote",
            b"listoverridetable",
            b"listtable",
            b"moMath",
            b"moMathPara",
            b"picprop",
        ),
        *(b"shpinst", b"shppict", b"ud"),
    )
)
r"""Groups marked with ``\*``, as what an old program passes over, that are looked at all the same."""

UNREAD = frozenset(
    (
        *(b"aftncn", b"aftnsep", b"aftnsepc", b"atnauthor", b"atnid", b"bkmkend", b"bkmkstart"),
        *(b"colortbl", b"comment", b"datastore", b"falt", b"filetbl", b"footer", b"footerf", b"footerl", b"footerr"),
        *(b"ftncn", b"ftnsep", b"ftnsepc", b"header", b"headerf", b"headerl", b"headerr", b"leveltext"),
        *(b"levelnumbers", b"listname", b"mmathPict", b"nonesttables", b"nonshppict", b"objclass", b"objdata"),
        *(b"objname", b"panose", b"pntxta", b"pntxtb", b"private", b"revtbl", b"rxe", b"shprslt", b"tc", b"tcn"),
        *(b"template", b"txe", b"xe", b"xmlnstbl"),
    )
)
"""Groups that hold nothing of the text: the edges of pages, entries of indexes, what other groups say too."""
