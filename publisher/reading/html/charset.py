"""A page's characters, by the charset that is stated for it where the bytes alone do not tell."""

import codecs
import re

from publisher.model import Problem, Source
from publisher.model.characters import REPLACEMENT
from publisher.reading.decoding import Decoded, clean

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEAD = 4_096
_LATIN = frozenset(("iso8859-1", "ascii", "cp1252", "utf-8", "latin-1"))
"""Charsets that pages declare by habit: what the bytes tell is surer."""

_PAGES_CODECS = """
    ascii utf-8 utf-16 utf-16-le utf-16-be iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7
    iso8859-8 iso8859-9 iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16 cp866 cp874 cp1250 cp1251
    cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 koi8-r koi8-u mac-roman mac-cyrillic tis-620 gb2312 gbk gb18030
    big5 big5hkscs euc_jp iso2022_jp shift_jis cp932 euc_kr cp949
"""
_CODECS = frozenset(_PAGES_CODECS.split())
"""What a page may be in (WHATWG Encoding Standard, 4.2). Python has codecs besides that are not for pages, and fail."""

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "iso8859_9": "cp1254"}
"""What pages mean by a charset's name, as browsers take it (WHATWG Encoding Standard, 4.2)."""


def markup_of(source: Source, decoded: Decoded) -> tuple[str, tuple[Problem, ...]]:
    """The page's markup, and the problems of decoding it.

    The reader of plain text tells a byte order mark, UTF-8 and the Vietnamese and Western one-byte encodings by their
    bytes. Only where those do not fit, and the server or the page itself states a charset that does, that decides.
    """
    if decoded.encoding in ("utf-8", "utf-16-le", "utf-16-be") and REPLACEMENT not in decoded.text:
        return decoded.text, decoded.problems
    for charset in (source.charset, _declared(source.data)):
        codec = _codec(charset) if charset else None
        if codec and codec not in _LATIN:
            text = source.data.decode(codec, errors="replace")
            if text.count(REPLACEMENT) <= max(3, len(text) // 2_000):
                return clean(text), ()
    return decoded.text, decoded.problems


def _declared(data: bytes) -> str | None:
    """The charset that the page itself declares."""
    match = _XML.search(data[:200]) or _DECLARED.search(data[:_HEAD])
    return match[1].decode("ascii") if match else None


def _codec(charset: str) -> str | None:
    """The codec of a charset, by the name that pages give it; ``None`` when it is none that pages are in."""
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return None
    return _WIDER.get(name.replace("-", "_"), name) if name in _CODECS else None
