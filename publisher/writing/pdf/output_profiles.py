"""Output profiles: the ICC profile of the press, without which CMYK numbers mean no colour.

No profile comes with us. The ones that presses name (ISO Coated v2, PSO Coated v3, GRACoL) may not be handed on by
everybody; what a system has installed may be used. Structure: ICC.1:2004-10 (profile version 4.2), clause 7.
"""

import struct
from collections.abc import Sequence
from pathlib import Path

import msgspec

from publisher.errors import OptionError
from publisher.siblings import near_sibling

__all__ = ["FOLDERS", "OutputProfile", "find_profile", "load_profile"]

FOLDERS = (
    Path("/usr/local/share/color/icc"),
    Path("/usr/share/color/icc"),
    Path("/var/lib/color/icc"),
    Path("/usr/share/ghostscript"),
    Path("/Library/ColorSync/Profiles"),
)
"""Where systems keep profiles for all users: the freedesktop folders, Ghostscript's own, and that of macOS."""

PREFERRED = (
    "PSOcoated_v3.icc",
    "ISOcoated_v2_300_eci.icc",
    "ISOcoated_v2_eci.icc",
    "CoatedFOGRA39.icc",
    "FOGRA39L_coated.icc",
    "GRACoL2013_CRPC6.icc",
    "GRACoL2006_Coated1v2.icc",
    "default_cmyk.icc",
)
"""File names, the best first: coated offset as most shops have it. The last is Ghostscript's, made after SWOP."""

LIMIT_BYTES = 16 * 1024 * 1024
"""Six times the largest profile that a characterisation of offset printing makes."""

_HEADER = struct.Struct(">I4sI4s4s4s12s4s")
_HEADER_BYTES = 128
_TAG_ENTRY = struct.Struct(">4sII")
_CONVERSIONS = (b"A2B0", b"B2A0")
"""From ink to colour and back; all other intents fall back on these (clause 8.4.2 asks for both)."""


class OutputProfile(msgspec.Struct, frozen=True, kw_only=True):
    """A profile that a PDF/X file may embed: CMYK, of class output."""

    description: str
    """What it calls itself, for people; never empty."""

    condition: str | None = None
    """The name of its characterisation in the ICC's registry, such as ``FOGRA39``, when the profile states it."""

    data: bytes


def find_profile(folders: Sequence[Path] = FOLDERS) -> OutputProfile:
    """The best profile that the system has; OptionError when it has none of the known ones."""
    found: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.rglob("*.ic[cm]")):
                found.setdefault(path.name, path)
    for name in PREFERRED:
        if name in found:
            return load_profile(found[name])
    raise OptionError(
        "no output profile for a press is installed here",
        code="no-output-profile",
        hint="Name the press's own, or install one (Debian: libgs-common)",
    )


def load_profile(path: Path) -> OutputProfile:
    """The profile in that file; OptionError when it cannot be read or is not that of a CMYK press."""
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        hint = near_sibling(path, "Check the name.")
        raise OptionError(f"cannot read the output profile {path}: {why}. {hint}") from error
    try:
        return parse_profile(data)
    except ValueError as error:
        raise OptionError(
            f"{path} cannot be the output profile: {error}. Give the CMYK profile that the press names"
        ) from error


def parse_profile(data: bytes) -> OutputProfile:
    """The profile; ValueError, whose message completes a sentence, when it is not that of a CMYK press."""
    if len(data) > LIMIT_BYTES:
        raise ValueError(f"it is larger than {LIMIT_BYTES // 1024**2} MiB")
    if len(data) < _HEADER_BYTES + 4 or data[36:40] != b"acsp":
        raise ValueError("it is not an ICC profile")
    size, _maker, version, kind, space, connection, _created, _signature = _HEADER.unpack_from(data)
    if size != len(data):
        raise ValueError(f"it is damaged: {len(data)} bytes where its header says {size}")
    if version >> 24 not in (2, 4):
        raise ValueError(f"it is of version {version >> 24}, and PDF/X-4 knows versions 2 and 4")
    if kind != b"prtr":
        raise ValueError("it is not the profile of an output device")
    if space != b"CMYK":
        raise ValueError(f"its colours are {space.decode('ascii', 'replace').strip()}, not CMYK")
    if connection not in (b"Lab ", b"XYZ "):
        raise ValueError("it is damaged: its connection space is neither Lab nor XYZ")
    tags = _tags(data)
    if missing := [tag.decode() for tag in _CONVERSIONS if tag not in tags]:
        raise ValueError(f"it is incomplete: it has no {' and no '.join(missing)}")
    _try_conversion(data)
    return OutputProfile(
        description=_text(tags.get(b"desc", b"")) or "CMYK output profile",
        condition=_registered(tags.get(b"targ", b"")),
        data=data,
    )


def _tags(data: bytes) -> dict[bytes, bytes]:
    """The elements by their signatures (clause 7.3)."""
    (count,) = struct.unpack_from(">I", data, _HEADER_BYTES)
    if count > 200:
        raise ValueError("it is damaged: its table of tags has no end")
    tags = {}
    for number in range(count):
        place = _HEADER_BYTES + 4 + number * _TAG_ENTRY.size
        if place + _TAG_ENTRY.size > len(data):
            raise ValueError("it is damaged: its table of tags is cut short")
        signature, offset, size = _TAG_ENTRY.unpack_from(data, place)
        if offset + size > len(data):
            raise ValueError(f"it is damaged: {signature.decode('ascii', 'replace')} lies outside the file")
        tags[signature] = data[offset : offset + size]
    return tags


def _try_conversion(data: bytes) -> None:
    """Prove that LittleCMS can use it: what the tables hold is seen by nobody else."""
    import io

    from PIL import Image, ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        to_ink = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), profile, "RGB", "CMYK")
        to_lab = ImageCms.buildTransform(profile, ImageCms.createProfile("LAB"), "CMYK", "LAB")
        ImageCms.applyTransform(Image.new("RGB", (1, 1)), to_ink)
        ImageCms.applyTransform(Image.new("CMYK", (1, 1)), to_lab)
    except (ImageCms.PyCMSError, OSError) as error:
        raise ValueError("it is damaged: colours cannot be converted with it") from error


def _text(element: bytes) -> str:
    """The words of a description: its ASCII part in version 2 (6.5.17), its first record in version 4 (10.13)."""
    kind, body = element[:4], element[8:]
    if kind == b"desc" and len(body) >= 4:
        return _printable(body[4 : 4 + int.from_bytes(body[:4], "big")].decode("ascii", "replace"))
    if kind == b"mluc" and len(body) >= 20:
        length, offset = struct.unpack_from(">II", body, 12)
        return _printable(element[offset : offset + length].decode("utf-16-be", "replace"))
    if kind == b"text":
        return _printable(body.decode("ascii", "replace"))
    return ""


def _registered(element: bytes) -> str | None:
    """The registry's name of the characterisation: ``ICCHDAT`` and the name, where the data are registered (9.2.14)."""
    words = _text(element).split()
    return words[1] if len(words) > 1 and words[0] == "ICCHDAT" else None


def _printable(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
