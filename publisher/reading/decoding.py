"""Bytes to text: encodings, line ends, and the invisible characters that scraping leaves behind.

A page's text comes out NFC, its lines ended by a line feed. The encoding is found by evidence, in this order: a byte
order mark, valid UTF-8, then whichever of TCVN3, windows-1258 and windows-1252 gives the most words of a language. Time
and memory are linear in the size; nothing is cut.
"""

import re
from collections.abc import Callable, Mapping
from typing import AnyStr

from publisher.counting import noun, spelled
from publisher.errors import InputError
from publisher.model import Problem
from publisher.model.blocks import Value
from publisher.model.characters import REPLACEMENT, admission, is_printable, normal, refusals

BYTE_ORDER_MARK = "\ufeff"
NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
FIGURE_SPACE = "\u2007"
SOFT_HYPHEN = "\u00ad"
ZERO_WIDTH_SPACE = "\u200b"
WORD_JOINER = "\u2060"

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

_LIGATURES = {chr(0xFB00 + at): letters for at, letters in enumerate(["ff", "fi", "fl", "ffi", "ffl", "st", "st"])}
_LETTERS_OF = str.maketrans(_LIGATURES)
"""Signs for letters set together, which a PDF gives when it is copied: no search finds them, no voice reads them."""

_SPACES = {
    NO_BREAK_SPACE: " ",
    NARROW_NO_BREAK_SPACE: " ",
    FIGURE_SPACE: " ",
    BYTE_ORDER_MARK: "",
    SOFT_HYPHEN: "",
    ZERO_WIDTH_SPACE: "",
    WORD_JOINER: "",
}
# Joiners carry meaning in Arabic, in Indic scripts and in emoji; beside a Latin letter or a space they are litter.
_STRAY_JOINER = re.compile(
    "(?<=[\x00-\u024f\u1e00-\u1eff])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\u024f\u1e00-\u1eff])"
)

# TCVN 5712:1993, third form ("ABC" fonts): one byte a letter. Capitals with a tone mark do not exist in it: they are
# the small letters set in a capitals-only font, so letter case is lost there.
_TCVN3_LETTERS = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ "
    "BEắ C6ặ C7ầ C8ẩ C9ẫ CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị "
    "DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử "
    "F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ "
)
_TCVN3 = {int(entry[:2], 16): entry[2:] for entry in _TCVN3_LETTERS.split()}

# Words so frequent that a page of some length has many of them, spelt with the letters on which the encodings differ.
_TELLTALE_WORDS = re.compile(
    r"(?<!\w)(?:và|của|là|được|các|một|những|người|với|để|đã|này|tại|về|đến|ở|nước|năm|từ|có|không|ông|bà"
    r"|für|über|können|größe|è|été|à|où|français|más|está|también|años|según|señor)(?!\w)",
    re.IGNORECASE,
)
# Signs that stand for the most frequent Vietnamese letters in TCVN3 text and hardly ever inside a word elsewhere:
# ă â ê ô ơ ư đ à ả ã á ạ. One inside a word in every few words gives the encoding away even after UTF-8 wrapping.
_TCVN3_TELLTALE = re.compile("[a-zA-Z\u00c0-\u00ff]?[\u00a8-\u00ae\u00b5-\u00b9\u00bb-\u00be][a-zA-Z\u00a8-\u00ff]?")
_TCVN3_SIGNS = "[\u00a8-\u00ae\u00b5-\u00b9\u00bb-\u00be]"
# Signs of which each but the first may stand in a match with the one before it.
_TCVN3_CLUSTER = re.compile(f"{_TCVN3_SIGNS}(?:.?{_TCVN3_SIGNS})*", re.DOTALL)
_TCVN3_SIGN = re.compile(_TCVN3_SIGNS)
_TCVN3_LEAD = b"\xc2"
"""The first byte of each of the signs in UTF-8; counting bytes costs nothing."""

_FEWEST_SIGNS = 3
_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in (9, 10, 11, 12, 13))
_SAMPLE = 200_000
_NUL_SHARE = 10_000
"""Bytes of a text of which one may be NUL."""


class Decoded(Value, frozen=True, kw_only=True):
    """A source's text and what it took to get it."""

    text: str
    """NFC; lines ended by a line feed, the last one not."""

    encoding: str
    """A codec's name, or ``tcvn3``."""

    problems: tuple[Problem, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The text's lines, numbered from 1 by the trace; never empty."""
        return self.text.split("\n")


def decode(data: bytes, name: str) -> Decoded:
    """The text of a source's bytes.

    Raises InputError when the source is empty, is not text, or holds no word. Bytes that are not valid in the
    encoding found become U+FFFD and a ``replaced-characters`` problem.
    """
    if not data.strip():
        raise InputError(f"{name} is empty. Give a file with an article in it.")
    raw, encoding = _characters(data, name)
    text, refused = _cleaned(raw)
    if not any(character.isalpha() for character in text):
        raise InputError(f"{name} holds no words. Give a file with an article in it.")
    replaced = text.count(REPLACEMENT)
    problems = refusals(refused, name)
    if replaced:
        sequences = spelled(replaced, "byte sequence is", "byte sequences are")
        marks = noun(replaced, "a replacement mark stands in its place", "replacement marks stand in their place")
        message = f"{sequences} not valid {encoding}; {marks}"
        problems = (Problem(code="replaced-characters", message=message, where=name), *problems)
    return Decoded(text=text, encoding=encoding, problems=problems)


def clean(raw: str) -> str:
    """Characters as the readers expect them: as the model admits them, plain spaces, nothing invisible."""
    return _cleaned(raw)[0]


def from_tcvn3(text: str) -> str:
    """The letters that TCVN3 means by the signs of windows-1252."""
    return text.translate(_TCVN3)


def _cleaned(raw: str) -> tuple[str, int]:
    """The characters, and how many the model does not admit."""
    if not raw.isascii() and any(map(raw.__contains__, _LIGATURES)):
        raw = raw.translate(_LETTERS_OF)
    printable = is_printable(raw)
    admitted, refused = admission(raw, printable=printable)
    if printable:  # As most texts are: of the spaces below they have the first alone.
        return admitted.replace(NO_BREAK_SPACE, " ").removesuffix("\n"), refused
    text = admitted
    for space, plain in _SPACES.items():  # One by one they cost a tenth of one translation of all.
        text = text.replace(space, plain)
    if "\u200c" in text or "\u200d" in text:
        text = _STRAY_JOINER.sub("", text)
    if len(text) < len(admitted):  # What was between two marks or letters is gone.
        text = normal(text)
    return text.removesuffix("\n"), refused


def _characters(data: bytes, name: str) -> tuple[str, str]:
    """The characters of the data and the encoding they were in."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    if _is_binary(data):
        raise InputError(f"{name} is not text: it holds binary data. Give a text or Markdown file.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)
    if data.count(_TCVN3_LEAD) >= _FEWEST_SIGNS and _looks_like_tcvn3(text[:_SAMPLE]):
        return text.translate(_TCVN3), "tcvn3"
    return text, "utf-8"


def _is_binary(data: bytes) -> bool:
    """Whether the data has NUL bytes, or one control byte in twenty: text in the encodings known here has none.

    A page may have one or two, which a program left between its parts.
    """
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return sample.count(0) * _NUL_SHARE > len(sample) or controls * 20 > len(sample)


def _legacy(data: bytes) -> tuple[str, str]:
    """The reading with the most telltale words among the one-byte encodings, or UTF-8 when its faults are few."""
    sample = b" ".join(_telling(data[:_SAMPLE].split()))
    words = {encoding: len(_TELLTALE_WORDS.findall(reading(sample))) for encoding, reading in _ONE_BYTE.items()}
    encoding = max(words, key=lambda each: words[each])
    tolerant = data.decode("utf-8", errors="replace")
    # A damaged UTF-8 file (cut in mid-character, one bad byte) still has more right words as UTF-8.
    known = len(_TELLTALE_WORDS.findall(sample.decode("utf-8", errors="replace")))
    if known > words[encoding] or _mostly_utf8(data, tolerant):
        return tolerant, "utf-8"
    encoding = encoding if words[encoding] else "windows-1252"
    return _ONE_BYTE[encoding](data), encoding


def _telling(words: list[AnyStr]) -> list[AnyStr]:
    """The words with a letter that the encodings read differently: every telltale word has one, and few others do."""
    return [word for word in words if not word.isascii()]


def _mostly_utf8(data: bytes, tolerant: str) -> bool:
    """Whether more multi-byte UTF-8 sequences are right than wrong."""
    right = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", data))
    return right > tolerant.count(REPLACEMENT)


def _single_byte(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace")


_ONE_BYTE: Mapping[str, Callable[[bytes], str]] = {
    "tcvn3": lambda data: _single_byte(data, "cp1252").translate(_TCVN3),
    "windows-1258": lambda data: normal(_single_byte(data, "cp1258")),
    "windows-1252": lambda data: _single_byte(data, "cp1252"),
}
"""How each of the one-byte encodings is read; of equals the first."""


def _tcvn3_letters(line: str) -> int:
    """How many signs of a line stand beside a letter or another sign."""
    near = ((max(0, cluster.start() - 1), cluster.end() + 1) for cluster in _TCVN3_CLUSTER.finditer(line))
    return sum(len(found) > 1 for start, end in near for found in _TCVN3_TELLTALE.findall(line, start, end))


def _looks_like_tcvn3(text: str) -> bool:
    """Whether UTF-8 text is TCVN3 that some tool took for Latin-1 and wrapped."""
    # Bytes are looked for in a tenth of the time that classes of characters take.
    lines = [line.decode() for line in text.encode().split(b"\n") if _TCVN3_LEAD in line]
    if sum(len(_TCVN3_SIGN.findall(line)) for line in lines) < _FEWEST_SIGNS:
        return False
    letters = sum(map(_tcvn3_letters, lines))
    if letters < _FEWEST_SIGNS:
        return False
    sample = " ".join(_telling(text.split()))
    wrapped = len(_TELLTALE_WORDS.findall(sample.translate(_TCVN3)))
    return wrapped > 2 * len(_TELLTALE_WORDS.findall(sample)) and wrapped * 4 > letters // 4
