"""What a PDF says about itself: title, language, dates, in its two places."""

import datetime as dt
import re
from collections.abc import Iterator

import pikepdf

from publisher.checking.languages import is_language_tag
from publisher.checking.pdf.document import Pdf
from publisher.checking.pdf.tally import Tally
from publisher.checking.words import is_poor_title
from publisher.model import Finding, Severity

PAIRS = (
    ("Title", "dc:title"),
    ("Author", "dc:creator"),
    ("Subject", "dc:description"),
    ("Keywords", "pdf:Keywords"),
    ("Creator", "xmp:CreatorTool"),
    ("Producer", "pdf:Producer"),
)
"""Entries of the document information and the XMP properties that must agree with them (ISO 19005-1, 6.7.3)."""

DATES = (("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate"))
_PDF_DATE = re.compile(
    r"D:(\d{4})(?:(0[1-9]|1[0-2])(?:(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])(?:([0-5]\d)(?:([0-5]\d))?)?)?)?)?"
    r"(?:Z(?:00'?(?:00'?)?)?|[+-]\d\d'?(?:\d\d'?)?)?"
)
_XMP_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?")


def find_in_file(pdf: Pdf, _tally: Tally) -> Iterator[Finding]:
    """What is missing from the metadata, malformed or contradictory."""
    yield from _title(pdf)
    yield from _language(pdf)
    if pdf.xmp_error:
        message = f"the XMP metadata cannot be read: {pdf.xmp_error}"
        yield pdf.found("xmp-broken", pdf.worse_for("archive", "access", "press"), message)
    elif pdf.packet is None:
        yield pdf.found("xmp-missing", "note", "the file has no XMP metadata, which catalogues and archives read")
    else:
        yield from _disagreements(pdf)
    yield from _dates(pdf)


def _title(pdf: Pdf) -> Iterator[Finding]:
    title = pdf.xmp_text("dc:title") or pdf.info("Title")
    severity = pdf.worse_for("access")
    if not title or not title.strip():
        yield pdf.found("missing-title", severity, "the document has no title in its metadata")
    elif is_poor_title(title):
        yield pdf.found("poor-title", "warning", "the title is a file name or a program's default", place=title)
    preferences = pdf.root.get("/ViewerPreferences")
    shows = isinstance(preferences, pikepdf.Dictionary) and bool(preferences.get("/DisplayDocTitle"))
    if title and not shows and "access" in pdf.purposes:
        message = "viewers are not told to show the title (DisplayDocTitle), so they show the file's name"
        yield pdf.found("missing-title", "error", message)


def _language(pdf: Pdf) -> Iterator[Finding]:
    value = pdf.root.get("/Lang")
    language = str(value) if isinstance(value, pikepdf.String) else ""
    if not language:
        message = "the document does not say its language: a screen reader may read it in the wrong voice"
        otherwise: Severity = "warning" if pdf.for_reading else "note"
        yield pdf.found("missing-language", pdf.worse_for("access", otherwise=otherwise), message)
    elif not is_language_tag(language):
        yield pdf.found("unknown-language", pdf.worse_for("access"), f"{language!r} is no language tag")
    stated = pdf.xmp_text("dc:language")
    if language and stated and stated.casefold() not in (language.casefold(), "x-default"):
        message = f"the language is {language!r} in the document and {stated!r} in the XMP metadata"
        yield pdf.found("metadata-mismatch", "warning", message)


def _disagreements(pdf: Pdf) -> Iterator[Finding]:
    for entry, name in PAIRS:
        given, texts = pdf.info(entry), pdf.xmp.get(name, ())
        if given is None or not texts:
            continue
        # Several authors are one text in the document information, however they are joined.
        agreeing = {_plain(texts[0]), *(_plain(joint.join(texts)) for joint in (", ", "; ", ""))}
        if _plain(given) not in agreeing:
            message = f"{entry} in the document information and {name} in the XMP metadata differ"
            severity = pdf.worse_for("archive", "press")
            yield pdf.found("metadata-mismatch", severity, message, place=f"{given} / {texts[0]}")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _dates(pdf: Pdf) -> Iterator[Finding]:
    seen = {}
    for entry, name in DATES:
        info, xmp = pdf.info(entry), pdf.xmp_text(name)
        from_info = _PDF_DATE.fullmatch(info) if info else None
        from_xmp = _XMP_DATE.fullmatch(xmp) if xmp else None
        for text, parsed, what in ((info, from_info, entry), (xmp, from_xmp, name)):
            if text and not parsed:
                yield pdf.found("date-mismatch", "warning", f"{what} is no date: {text!r}")
        if from_info and from_xmp and not _agree(from_info, from_xmp):
            message = f"{entry} is {info} in the document information and {xmp} in the XMP metadata"
            yield pdf.found("date-mismatch", pdf.worse_for("archive", "press"), message)
        either = from_info or from_xmp
        if either:
            seen[entry] = tuple(part or "00" for part in either.groups())
    if not seen.get("CreationDate"):
        severity = pdf.worse_for("press", otherwise="note")
        yield pdf.found("date-mismatch", severity, "the file does not say when it was made")
    elif seen.get("ModDate", ("9999",)) < seen["CreationDate"]:
        yield pdf.found("date-mismatch", "warning", "the file was changed before it was made, by its dates")


def _agree(info: re.Match[str], xmp: re.Match[str]) -> bool:
    """Whether two dates agree as far as both are given: as moments when both say their zone."""
    moments = _moment(info), _moment(xmp)
    if moments[0] and moments[1]:
        return moments[0] == moments[1]
    return all(one == other for one, other in zip(info.groups(), xmp.groups(), strict=True) if one and other)


def _moment(date: re.Match[str]) -> dt.datetime | None:
    """A date with its time and zone; ``None`` when it has not all of them."""
    zone = re.search(r"(?:(Z)|([+-])(\d\d)'?:?(\d\d)?)[\d']*$", date[0][10:])
    if zone is None or None in date.groups():
        return None
    offset = dt.timedelta(hours=int(zone[3] or 0), minutes=int(zone[4] or 0))
    try:
        year, month, day, hour, minute, second = map(int, date.groups())
        local = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
        return local + offset if zone[2] == "-" else local - offset
    except (ValueError, OverflowError):
        return None
