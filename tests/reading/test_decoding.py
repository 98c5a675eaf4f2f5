"""Bytes to text."""

import unicodedata

import pytest

from publisher.errors import InputError
from publisher.reading.decoding import _TCVN3, clean, decode

SENTENCE = "Người dân được các nhà khoa học giúp đỡ, và những cánh đồng của làng đã có nước."


def windows_1258(text: str) -> bytes:
    """Text as Windows writes it: a letter, then its tone mark on its own."""
    data = bytearray()
    for character in unicodedata.normalize("NFC", text):
        try:
            data += character.encode("cp1258")
            continue
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", character)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        shape = "".join(mark for mark in marks if mark not in tones)
        data += unicodedata.normalize("NFC", base + shape).encode("cp1258") + "".join(tones).encode("cp1258")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(SENTENCE.encode(), "utf-8", id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + SENTENCE.encode(), "utf-8", id="utf-8 with a mark"),
        pytest.param(SENTENCE.encode("utf-16"), "utf-16-le", id="utf-16 little end first"),
        pytest.param(b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16-be", id="utf-16 big end first"),
        pytest.param(unicodedata.normalize("NFD", SENTENCE).encode(), "utf-8", id="decomposed"),
        pytest.param(windows_1258(SENTENCE), "windows-1258", id="windows-1258"),
    ],
)
def test_the_sentence_survives_its_encoding(data: bytes, encoding: str) -> None:
    decoded = decode(data, "page.txt")

    assert (decoded.text, decoded.encoding, decoded.problems) == (SENTENCE, encoding, ())


def tcvn3(text: str) -> bytes:
    """Text as the fonts of the third TCVN form have it: their accented letters, the rest as in windows-1252."""
    codes = {letter: code for code, letter in _TCVN3.items()}
    return b"".join(bytes([codes[letter]]) if letter in codes else letter.encode("cp1252") for letter in text)


def test_tcvn3_is_told_by_its_letters() -> None:
    data = tcvn3(SENTENCE)

    assert data.startswith(b"Ng\xad\xeai d\xa9n \xae\xad\xeec")
    assert (decode(data, "page.txt").text, decode(data, "page.txt").encoding) == (SENTENCE, "tcvn3")


def test_tcvn3_that_a_tool_wrapped_in_utf8_is_told_too() -> None:
    decoded = decode(tcvn3(SENTENCE).decode("cp1252").encode(), "page.txt")

    assert (decoded.text, decoded.encoding) == (SENTENCE, "tcvn3")


def test_western_bytes_without_any_evidence_are_windows_1252() -> None:
    decoded = decode("Müller’s „Straße“".encode("cp1252"), "page.txt")

    assert (decoded.text, decoded.encoding) == ("Müller’s „Straße“", "windows-1252")


def test_a_damaged_utf8_page_keeps_its_words_and_says_so() -> None:
    decoded = decode(SENTENCE.encode() + b"\n" + SENTENCE.encode()[:-20] + b"\xff\xfe", "page.txt")

    assert decoded.text.startswith(SENTENCE)
    assert [problem.code for problem in decoded.problems] == ["replaced-characters"]


def test_latin_quotes_and_signs_in_utf8_are_no_tcvn3() -> None:
    text = "Prices rose 5 ± 1 %, the «Herald» said; §3 applies ®, © 2026 µ-law and ½ of all."

    assert decode(text.encode(), "page.txt").text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="line ends"),
        pytest.param("a\u00a0b\u202fc", "a b c", id="no-break spaces"),
        pytest.param("o\ufb03ce, \ufb02ood, \ufb01rst", "office, flood, first", id="letters set together"),
        pytest.param("\ufeffa\u200bb\u2060c\u00add", "abcd", id="nothing seen"),
        pytest.param("a\u200db", "ab", id="a joiner between Latin letters"),
        pytest.param("👩\u200d🌾", "👩\u200d🌾", id="a joiner within an emoji"),
        pytest.param("a\x00\x07b\x1b", "ab", id="control characters"),
        pytest.param("a\n", "a", id="the last line end"),
        pytest.param("a\n\n", "a\n", id="a blank last line"),
        pytest.param("e\u0301", "é", id="decomposed"),
    ],
)
def test_clean(raw: str, text: str) -> None:
    assert clean(raw) == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "page.txt is empty. Give a file with an article in it.", id="empty"),
        pytest.param(b" \n\t\r\n", "page.txt is empty. Give a file with an article in it.", id="white space"),
        pytest.param(
            b"%PDF-1.7\x00\x01\x02abc",
            "page.txt is not text: it holds binary data. Give a text or Markdown file.",
            id="binary",
        ),
        pytest.param(
            bytes(range(1, 9)) * 20 + b"words",
            "page.txt is not text: it holds binary data. Give a text or Markdown file.",
            id="control bytes",
        ),
        pytest.param(b"123 -- 45!", "page.txt holds no words. Give a file with an article in it.", id="no words"),
    ],
)
def test_what_is_no_page_is_an_error(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "page.txt")

    assert str(caught.value) == message
