"""Good inputs made bad: the same ones each time for the same number."""

import io
import random
import zipfile
from collections.abc import Sequence

MOST_BYTES = 300_000
"""That a mutant may have more than its seed: what larger ones bring out, smaller ones do, and in less time."""

NASTY = [
    *(bytes([byte]) for byte in b"\x00\x0b\x1b\x7f\x80\xff<>&\"'[]{}()#|\\"),
    *(
        text.encode("utf-8", "surrogatepass")
        for text in ("\ufffe", "\uffff", "\ud800", "\u202e", "\u2028", "\u0301" * 40)
    ),
    *(b"-1", b"0", b"1e400", b"NaN", b"9" * 5_000, b"0x" + b"f" * 40, b"0000-00-00", b"9999-12-31T25:61:00Z"),
    *(b"&#xd800;", b"&#1114112;", b"&#x202e;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"]]>", b"<![CDATA[", b"<!--"),
    *(b"<b>" * 300, b"<table><tr><td colspan=1000 rowspan=1000>", b"<a href='//['>", b"http://[::1", b"xn--a.b"),
    *(b"!!python/object:a ", b"&a [*a]", b"\n---\n", b"? : - ", b"*" * 200, b"[" * 300, b"- " * 200, b"\n> " * 200),
    *(b"</w:p>", b"<w:tbl>", b"endobj", b"/Kids [1 0 R]", b"q " * 200, b"<0000> <ffff> <0041>", b"stream", b"@import"),
]
"""What parsers have stumbled over before."""


def mutant(seeds: Sequence[bytes], number: int) -> bytes:
    """The mutant of that number. Of a ZIP archive mostly a member is changed, and it is packed anew."""
    dice = random.Random(number)  # noqa: S311 - the same bytes each time
    data = dice.choice(seeds)
    if data.startswith(b"PK\x03\x04") and dice.random() < 0.9:
        return _repacked(data, dice)
    return _changed(data, dice, seeds)


def _changed(data: bytes, dice: random.Random, seeds: Sequence[bytes]) -> bytes:
    most = len(data) + MOST_BYTES
    for _ in range(dice.choice((1, 1, 2, 3, 5, 8, 13))):
        start = dice.randrange(len(data) + 1)
        end = min(len(data), start + dice.choice((1, 1, 4, 16, 64, 512)))
        other = dice.choice(seeds)
        place = dice.randrange(len(other) + 1)
        match dice.randrange(8):
            case 0:
                data = data[:start] + bytes(dice.randrange(256) for _ in range(end - start)) + data[end:]
            case 1:
                data = data[:start] + data[end:]
            case 2:
                data = data[:end] + data[start:end] * dice.choice((1, 2, 50, 200)) + data[end:]
            case 3 | 4 | 5:
                data = data[:start] + dice.choice(NASTY) * dice.choice((1, 1, 1, 3, 100)) + data[end:]
            case 6:
                data = data[:start] + other[place : place + 512] + data[end:]
            case _:
                data = data[: start if dice.random() < 0.3 else len(data)]
        data = data[:most]
    return data


def _repacked(data: bytes, dice: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    chosen = dice.randrange(len(members))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for place, (name, member) in enumerate(members):
            archive.writestr(
                name, _changed(member, dice, [other for _, other in members]) if place == chosen else member
            )
    return stream.getvalue()
