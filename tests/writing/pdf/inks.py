"""A profile of a press that does not exist: CMYK inks of which each lets a part of the light through.

Real profiles may not be handed on with a test suite. Tables after ICC.1:2001-04 (version 2), lut16Type, 6.5.8.
"""

import itertools
import struct
from collections.abc import Iterable

INKS = ((0.04, 0.35, 0.70), (0.60, 0.04, 0.22), (0.85, 0.72, 0.03), (0.02, 0.02, 0.02))
"""What of red, green and blue light, linear, gets through solid cyan, magenta, yellow and black."""

D50 = (0.9642, 1.0, 0.8249)
TO_XYZ = ((0.4361, 0.3851, 0.1431), (0.2225, 0.7169, 0.0606), (0.0139, 0.0971, 0.7141))
"""From linear sRGB to XYZ under D50 (Bradford)."""

FROM_XYZ = ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052))

INK_STEPS = 5
LAB_STEPS = 13


def cmyk_profile(description: str = "Press of the tests", *, kind=b"prtr", space=b"CMYK", registered=None) -> bytes:
    """The profile's bytes. With ``registered`` it names a characterisation of the ICC's registry."""
    to_lab = _lut(4, 3, INK_STEPS, _colours())
    to_ink = _lut(3, 4, LAB_STEPS, _separations())
    tags = {
        b"desc": _desc(description),
        b"cprt": b"text\0\0\0\0No rights reserved\0",
        b"wtpt": b"XYZ \0\0\0\0" + b"".join(_s15(value) for value in D50),
        b"A2B0": to_lab,
        b"A2B1": to_lab,
        b"A2B2": to_lab,
        b"B2A0": to_ink,
        b"B2A1": to_ink,
        b"B2A2": to_ink,
    }
    if registered:
        tags[b"targ"] = b"text\0\0\0\0ICCHDAT " + registered.encode() + b"\0"
    return assembled(tags, kind=kind, space=space)


def assembled(tags: dict[bytes, bytes], *, kind=b"prtr", space=b"CMYK", version=0x02400000) -> bytes:
    """A profile of those elements; equal ones are stored once."""
    offset = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    for element in tags.values():
        if element not in places:
            places[element] = offset + len(body)
            body += element + b"\0" * (-len(element) % 4)
    table = struct.pack(">I", len(tags)) + b"".join(
        struct.pack(">4sII", name, places[element], len(element)) for name, element in tags.items()
    )
    header = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(body), b"\0" * 4, version, kind, space, b"Lab ")
    header += struct.pack(">6H4s", 2020, 1, 1, 0, 0, 0, b"acsp") + b"\0" * 28
    header += b"".join(_s15(value) for value in D50)
    return header.ljust(128, b"\0") + table + body


def _colours() -> Iterable[tuple[float, ...]]:
    """The Lab of each mixture of inks, the last ink varying fastest."""
    steps = [step / (INK_STEPS - 1) for step in range(INK_STEPS)]
    for amounts in itertools.product(steps, repeat=4):
        light = [1.0, 1.0, 1.0]
        for amount, ink in zip(amounts, INKS, strict=True):
            light = [value * (1 - amount * (1 - passed)) for value, passed in zip(light, ink, strict=True)]
        lightness, a, b = _lab(_times(TO_XYZ, light))
        yield lightness / 100 * 0xFF00 / 0xFFFF, (a + 128) * 256 / 0xFFFF, (b + 128) * 256 / 0xFFFF


def _separations() -> Iterable[tuple[float, ...]]:
    """Inks for each Lab, roughly: half of what is grey in it is left to black, the rest is the light's complement."""
    steps = [step / (LAB_STEPS - 1) for step in range(LAB_STEPS)]
    for lightness, a, b in itertools.product(steps, repeat=3):
        xyz = _xyz(lightness * 0xFFFF / 0xFF00 * 100, a * 0xFFFF / 256 - 128, b * 0xFFFF / 256 - 128)
        light = [min(1.0, max(0.0, value)) for value in _times(FROM_XYZ, xyz)]
        black = 0.5 * (1 - max(light))
        yield (
            *(min(1.0, (1 - value) * (1 - black)) for value in light),
            min(1.0, black * 2 - 0.4 if black > 0.2 else 0),
        )


def _lut(inputs: int, outputs: int, steps: int, rows: Iterable[tuple[float, ...]]) -> bytes:
    identity = b"".join(_s15(value) for value in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    head = b"mft2\0\0\0\0" + bytes((inputs, outputs, steps, 0)) + identity + struct.pack(">HH", 2, 2)
    clut = b"".join(struct.pack(">H", min(0xFFFF, max(0, round(value * 0xFFFF)))) for row in rows for value in row)
    return head + struct.pack(">HH", 0, 0xFFFF) * inputs + clut + struct.pack(">HH", 0, 0xFFFF) * outputs


def _desc(text: str) -> bytes:
    words = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + b"\0" * 78


def _s15(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _times(matrix, vector):
    return [sum(factor * value for factor, value in zip(row, vector, strict=True)) for row in matrix]


def _lab(xyz):
    fx, fy, fz = (
        value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
        for value in (part / white for part, white in zip(xyz, D50, strict=True))
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _xyz(lightness, a, b):
    fy = (lightness + 16) / 116
    roots = (fy + a / 500, fy, fy - b / 200)
    return [
        white * (root**3 if root > 6 / 29 else (root - 16 / 116) / 7.787)
        for root, white in zip(roots, D50, strict=True)
    ]
