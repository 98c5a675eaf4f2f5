"""What a PDF does and where it leads: links, bookmarks, scripts, attachments, encryption."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from publisher.checking.pdf.document import Pdf, PdfPage, name_tree
from publisher.checking.pdf.geometry import Box
from publisher.checking.pdf.tally import Tally
from publisher.checking.phrases import listed
from publisher.counting import counted
from publisher.model import Finding

ACTIVE = {
    "/JavaScript": "a script",
    "/Launch": "the start of a program",
    "/SubmitForm": "the sending of a form",
    "/ImportData": "the reading of a file",
    "/Movie": "a film",
    "/Sound": "a sound",
    "/Rendition": "a film or a sound",
    "/RichMediaExecute": "rich media",
    "/GoTo3DView": "a model in three dimensions",
}
MEDIA = {"/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"}
UNPRINTED = {"/Popup", "/TrapNet", "/PrinterMark"}
"""Annotations that a press file may have (ISO 15930-7, 6.14)."""

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "doi", "urn"})
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
LONG_PAGES = 10
"""A document of more pages is searched, not leafed through."""

HIDDEN, NO_PRINT = 2, 4


def find_in_page(page: PdfPage) -> Iterator[Finding]:
    """Annotations that lead nowhere, do something, or lie where a press prints."""
    pdf = page.pdf
    in_print = []
    for item in page.annotations():
        kind = item.get("/Subtype")
        yield from _active(page, item.get("/A"))
        if kind in MEDIA:
            yield page.found("active-content", "warning", f"the page holds {str(kind)[1:]}, which may play or run")
        if kind == "/Link":
            yield from _link(page, item)
        if kind not in UNPRINTED and "press" in pdf.purposes and _rect(item).meets(page.bleed):
            in_print.append(str(kind)[1:])
    if in_print:
        kinds = listed(sorted(set(in_print)))
        message = f"{counted(len(in_print), 'annotation')} ({kinds}) on the page: PDF/X allows none inside the bleed"
        yield page.found("annotation-in-print", "error", message)


def find_in_file(pdf: Pdf, _tally: Tally) -> Iterator[Finding]:
    """Bookmarks, scripts of the file itself, attachments, encryption."""
    if pdf.file.is_encrypted:
        severity = pdf.worse_for("archive", "press")
        message = "the file is encrypted: its owner restricts what may be done with it"
        if "access" in pdf.purposes and not pdf.file.allow.accessibility:
            severity, message = "error", "the file is encrypted and keeps screen readers out"
        yield pdf.found("encrypted", severity, message)
    yield from _bookmarks(pdf)
    names = pdf.root.get("/Names")
    names = names if isinstance(names, pikepdf.Dictionary) else pikepdf.Dictionary()
    scripts = name_tree(names.get("/JavaScript"))
    if scripts:
        yield pdf.found(
            "active-content", "warning", f"the file runs {counted(len(scripts), 'script')} when it is opened"
        )
    for action in (pdf.root.get("/OpenAction"), *_additional(pdf.root)):
        kind = action.get("/S") if isinstance(action, pikepdf.Dictionary) else None
        if str(kind) in ACTIVE:
            yield pdf.found("active-content", "warning", f"opening the file triggers {ACTIVE[str(kind)]}")
    form = pdf.root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and ("/XFA" in form or len(form.get("/Fields", []))):
        yield pdf.found("active-content", pdf.worse_for("press", otherwise="note"), "the file holds a form to fill in")
    if any(claim.name.startswith("PDF/A-3") or claim.name == "PDF/A-4f" for claim in pdf.claims):
        for name, file in name_tree(names.get("/EmbeddedFiles")).items():
            if not isinstance(file, pikepdf.Dictionary) or "/AFRelationship" not in file:
                message = "the attached file does not say how it relates to the document (AFRelationship)"
                yield pdf.found("attachment-unrelated", "error", message, place=name)


def _bookmarks(pdf: Pdf) -> Iterator[Finding]:
    any_bookmark = False
    for title, _, item in pdf.bookmarks():
        any_bookmark = True
        leads = "/Dest" in item or _goes_inside(item)
        if leads and pdf.page_of_item(item) is None:
            yield pdf.found("broken-destination", "warning", "the bookmark leads nowhere in the file", place=title)
    if not any_bookmark and len(pdf.page_values) > LONG_PAGES:
        message = f"{len(pdf.page_values)} pages and no bookmarks: nobody finds their way but by leafing"
        yield pdf.found("no-bookmarks", "warning" if pdf.for_reading else "note", message)


def _goes_inside(item: Any) -> bool:
    action = item.get("/A")
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo"


def _link(page: PdfPage, item: Any) -> Iterator[Finding]:
    pdf = page.pdf
    words = str(item.get("/Contents", "")) or None
    if ("/Dest" in item or _goes_inside(item)) and pdf.page_of_item(item) is None:
        yield page.found("broken-destination", "warning", "the link leads nowhere in the file", words)
    action = item.get("/A")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/URI":
        address = str(action.get("/URI", ""))
        scheme = _SCHEME.match(address)
        if not address.strip():
            yield page.found("broken-destination", "warning", "the link has no address", words)
        elif scheme is None:
            message = f"the address of the link is incomplete: {address[:80]!r} works only beside the site it came from"
            yield page.found("broken-destination", "warning", message, words)
        elif scheme[1].casefold() == "file":
            message = f"the link leads to a file of one machine: {address[:80]!r}"
            yield page.found("broken-destination", "warning", message, words)
        elif scheme[1].casefold() not in SAFE_SCHEMES:
            message = f"the link leads to {scheme[1]!r}, which may start something: {address[:80]!r}"
            yield page.found("active-content", "warning", message, words)


def _active(page: PdfPage, action: Any) -> Iterator[Finding]:
    kind = str(action.get("/S")) if isinstance(action, pikepdf.Dictionary) else None
    if kind in ACTIVE:
        yield page.found("active-content", "warning", f"an annotation triggers {ACTIVE[kind]}")


def _additional(root: Any) -> list[Any]:
    """The actions that a catalogue ties to events."""
    events = root.get("/AA")
    return [action for _, action in events.items()] if isinstance(events, pikepdf.Dictionary) else []


def _rect(item: Any) -> Box:
    try:
        left, bottom, right, top = (float(number) for number in item.get("/Rect"))
    except (TypeError, ValueError):
        return Box(0.0, 0.0, 0.0, 0.0)
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
