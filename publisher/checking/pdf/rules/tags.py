"""The tag tree: whether all that is shown is in it once, and whether it means what it says.

ISO 14289-1 (PDF/UA-1), clause 7, and the Matterhorn Protocol 1.1, as far as a program can tell.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf

from publisher.checking.languages import is_language_tag
from publisher.checking.pdf.document import Pdf, PdfPage, number_tree
from publisher.checking.pdf.marks import ObjectId
from publisher.checking.pdf.plain import plain
from publisher.checking.pdf.structure import STANDARD, STANDARD_2, Content, Element, Structure
from publisher.checking.pdf.tally import Tally
from publisher.checking.phrases import listed
from publisher.checking.words import is_filler
from publisher.counting import counted
from publisher.model import Finding, Severity

CELLS = frozenset({"TH", "TD"})
ROWS = frozenset({"TR", "THead", "TBody", "TFoot", "Caption"})
_HEADING = re.compile(r"^H([1-6])$")


def find_in_file(pdf: Pdf, tally: Tally) -> Iterator[Finding]:
    """What is wrong with the tags; one finding when there are none."""
    structure = pdf.structure
    if structure is None or not structure.top:
        message = "the document has no tags: a screen reader must guess its paragraphs, headings and order"
        otherwise: Severity = "warning" if pdf.for_reading else "note"
        yield pdf.found("not-tagged", pdf.worse_for("access", otherwise=otherwise), message)
        return
    marked = pdf.root.get("/MarkInfo")
    if not isinstance(marked, pikepdf.Dictionary) or not bool(marked.get("/Marked")):
        message = "the document has tags but is not marked as tagged, so that viewers may ignore them"
        yield pdf.found("not-tagged", pdf.worse_for("access"), message)
    if structure.cut_short:
        yield pdf.found("cut-short", "note", "the tag tree is too large or too deep; only its beginning was looked at")
    yield from _untagged(pdf, tally)
    yield from _disagreements(pdf, structure, tally)
    yield from _unknown_types(pdf, structure)
    yield from _headings(pdf, structure, tally)
    for element in structure.elements:
        yield from _one_element(pdf, element, tally)


def find_in_page(page: PdfPage) -> Iterator[Finding]:
    """Links that are no part of the tag tree, or do not say where they lead."""
    structure = page.pdf.structure
    links = [item for item in page.annotations() if item.get("/Subtype") == "/Link"]
    if structure is None or not links:
        return
    loose = [link for link in links if not _is_held(link, structure)]
    severity = page.pdf.worse_for("access")
    if loose:
        verb = "is" if len(loose) == 1 else "are"
        message = f"{counted(len(loose), 'link')} {verb} no part of the tag tree"
        yield page.found("link-untagged", severity, message, _target(loose[0]))
    mute = [link for link in links if not str(link.get("/Contents", "")).strip() and link not in loose]
    if mute:
        verb = "has" if len(mute) == 1 else "have"
        message = f"{counted(len(mute), 'link')} {verb} no description of where it leads (Contents)"
        yield page.found(
            "link-untagged", severity, message.replace("it leads", "they lead") if len(mute) > 1 else message
        )
    if page.value.get("/Tabs") != "/S":
        yield page.found("link-untagged", severity, "the links of the page are not visited in the order of the tags")


def _is_held(link: Any, structure: Structure) -> bool:
    holder = structure.objects.get(link.objgen)
    return holder is not None and (holder.kind in ("Link", "Reference") or holder.inside("Link", "Reference"))


def _target(link: Any) -> str | None:
    action = link.get("/A")
    uri = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
    return str(uri) if isinstance(uri, pikepdf.String) else None


# --- completeness ---------------------------------------------------------------------------------------------------


def _untagged(pdf: Pdf, tally: Tally) -> Iterator[Finding]:
    for page, (number, words) in tally.untagged.items():
        verb = "is" if number == 1 else "are"
        message = f"{counted(number, 'thing')} on the page {verb} neither tagged nor marked as page furniture"
        yield pdf.found("untagged-content", pdf.worse_for("access"), message, page, words)


def _disagreements(pdf: Pdf, structure: Structure, tally: Tally) -> Iterator[Finding]:
    """Where the tag tree, its index and the pages tell different stories."""
    severity = pdf.worse_for("access")
    if structure.looped:
        yield pdf.found("broken-tags", severity, "an element stands in the tag tree more than once, or inside itself")
    held: dict[int, set[tuple[ObjectId | None, int]]] = defaultdict(set)
    for content in structure.owners:
        if content.page is not None:
            held[content.page].add((content.owner, content.mcid))
    index = number_tree(structure.index)
    for page, opened in tally.tags.items():
        # What is opened and shows nothing harms nobody.
        shown = tally.filled_on(page)
        lost = [each for each in opened - held[page] if each in shown and (None, each[1]) not in held[page]]
        if lost:
            message = (
                f"{counted(len(lost), 'piece')} of marked content (MCID {listed(_numbers(lost))}) "
                f"{'is' if len(lost) == 1 else 'are'} in no element of the tag tree"
            )
            words = tally.words_in(Content(page, *lost[0]))
            yield pdf.found("broken-tags", severity, message, page, words)
        missing = [each for each in held[page] - opened if page not in tally.cut_short]
        if missing:
            message = f"the tag tree holds marked content that is not on the page (MCID {listed(_numbers(missing))})"
            yield pdf.found("broken-tags", severity, message, page)
        yield from _index_of_page(pdf, structure, page, index, held[page])


def _numbers(pieces: list[tuple[ObjectId | None, int]]) -> list[str]:
    return [str(number) for number in sorted(number for _, number in pieces)]


def _index_of_page(
    pdf: Pdf, structure: Structure, page: int, index: dict[int, Any], held: set[tuple[ObjectId | None, int]]
) -> Iterator[Finding]:
    own = [number for owner, number in held if owner is None]
    if not own:
        return
    key = pdf.page_values[page].get("/StructParents")
    entry = index.get(key) if isinstance(key, int) else None
    wrong: list[int] = []
    if isinstance(entry, pikepdf.Array):
        listed_there = plain(entry)
        wrong = [
            number for number in own if number >= len(listed_there) or not structure.is_element(listed_there[number])
        ]
    if not isinstance(entry, pikepdf.Array):
        message = "the page is missing from the index of the tag tree (ParentTree)"
        yield pdf.found("broken-tags", pdf.worse_for("access"), message, page)
    elif wrong:
        message = (
            f"the index of the tag tree lacks marked content of the page (MCID {listed(list(map(str, sorted(wrong))))})"
        )
        yield pdf.found("broken-tags", pdf.worse_for("access"), message, page)


# --- meaning --------------------------------------------------------------------------------------------------------


def _unknown_types(pdf: Pdf, structure: Structure) -> Iterator[Finding]:
    newer = (pdf.file.pdf_version or "") >= "2.0"
    known = STANDARD_2 if newer else STANDARD
    unknown = {element.raw: element for element in structure.elements if element.kind not in known}
    for raw, element in unknown.items():
        message = f"elements of the type {raw} have no standard meaning: the role map does not name it"
        yield pdf.found("unknown-tag", pdf.worse_for("access"), message, element.first_page)


def _headings(pdf: Pdf, structure: Structure, tally: Tally) -> Iterator[Finding]:
    before = 0
    for element in structure.elements:
        found = _HEADING.match(element.kind)
        if not found:
            continue
        level = int(found[1])
        if level > before + 1:
            message = f"H{level} comes after H{before}" if before else f"the first heading is H{level}"
            yield pdf.found(
                "heading-order", pdf.worse_for("access"), message, element.first_page, _words(tally, element)
            )
        before = level


def _one_element(pdf: Pdf, element: Element, tally: Tally) -> Iterator[Finding]:
    match element.kind:
        case "Figure" | "Formula":
            yield from _figure(pdf, element)
        case "Table":
            yield from _table(pdf, element, tally)
        case "L":
            yield from _list(pdf, element, tally)
        case "TR" if not element.inside("Table"):
            yield pdf.found("broken-tags", pdf.worse_for("access"), "a table row outside a table", element.first_page)
        case "Note" if not element.text_of("ID") and any(claim.name == "PDF/UA-1" for claim in pdf.claims):
            yield pdf.found("broken-tags", "error", "a note has no ID, which PDF/UA-1 asks for", element.first_page)
        case "P" | "H" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6" if not element.kids:
            what = "a paragraph" if element.kind == "P" else "a heading"
            severity: Severity = "note" if element.kind == "P" else "warning"
            yield pdf.found("empty-tag", severity, f"{what} of the tag tree holds nothing", element.first_page)
    language = element.text_of("Lang")
    if language is not None and language and not is_language_tag(language):
        message = f"{language!r} is no language tag"
        yield pdf.found("unknown-language", pdf.worse_for("access"), message, element.first_page)


def _figure(pdf: Pdf, element: Element) -> Iterator[Finding]:
    words = element.text_of("Alt") or element.text_of("ActualText")
    what = "figure" if element.kind == "Figure" else "formula"
    if not words or not words.strip():
        message = f"the {what} has no alternative text"
        yield pdf.found("missing-alternative", pdf.worse_for("access"), message, element.first_page)
    elif is_filler(words):
        message = f"the alternative text of the {what} describes nothing"
        yield pdf.found("poor-alternative", "warning", message, element.first_page, words)


def _table(pdf: Pdf, element: Element, tally: Tally) -> Iterator[Finding]:
    cells = [inner for inner in element.all_elements() if inner.kind in CELLS]
    headers = [cell for cell in cells if cell.kind == "TH"]
    words = _words(tally, element)
    severity = pdf.worse_for("access")
    odd = [inner.kind for inner in element.elements if inner.kind not in ROWS]
    if odd:
        message = f"the table holds {listed(sorted(set(odd)))} beside its rows"
        yield pdf.found("broken-tags", severity, message, element.first_page, words)
    if not headers:
        yield pdf.found("table-headers", severity, "the table has no header cells", element.first_page, words)
    elif not all(header.attribute("Scope") for header in headers) and not any(
        cell.attribute("Headers") is not None for cell in cells
    ):
        message = "header cells of the table do not say what they head (Scope)"
        yield pdf.found("table-headers", severity, message, element.first_page, words)


def _list(pdf: Pdf, element: Element, tally: Tally) -> Iterator[Finding]:
    severity, page, words = pdf.worse_for("access"), element.first_page, _words(tally, element)
    odd = sorted({inner.kind for inner in element.elements if inner.kind not in ("LI", "L", "Caption")})
    if odd or any(isinstance(kid, Content) for kid in element.kids):
        yield pdf.found(
            "broken-list", severity, f"the list holds {listed(odd or ['text'])} beside its items", page, words
        )
    for item in element.elements:
        if item.kind == "LI" and not any(inner.kind == "LBody" for inner in item.elements):
            yield pdf.found("broken-list", severity, "an item of the list has no body (LBody)", page, words)
            break


def _words(tally: Tally, element: Element) -> str | None:
    return next((words for content in element.contents() if (words := tally.words_in(content))), None)
