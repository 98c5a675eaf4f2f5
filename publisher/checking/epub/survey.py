"""The survey of a document: what rules find in it by itself, and what those of the whole book will ask of it."""

import math
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from publisher.checking.budget import Budget
from publisher.checking.epub.document import CheckedDocument, DocumentSetting, Facts, Leads, PageMark
from publisher.checking.epub.rules import DOCUMENT_RULES, DocumentRule
from publisher.checking.epub.rules.documents import HEADINGS
from publisher.checking.epub.rules.language import said
from publisher.checking.epub.rules.pictures import undescribed
from publisher.checking.epub.xml import Node, XmlError, parse
from publisher.checking.parts import FAILED, findings_of, noun_of
from publisher.model import Finding
from publisher.model.pagemarks import ANCHOR, new_numbers, without_numbers
from publisher.seams import Keep, made_anew

MOVING = ("audio", "script", "svg:animate", "video")
EXPLAINING = ("aria-details", "aria-describedby", "longdesc")


def survey(
    setting: DocumentSetting, data: bytes, keep: Keep = made_anew, rules: Sequence[DocumentRule] = DOCUMENT_RULES
) -> Facts:
    """The facts of a document, which ``keep`` may have from another book.

    Those that a failing rule leaves incomplete are not kept: it may have failed for want of memory.
    """
    alike, numbers = without_numbers(data)

    def made() -> Facts:
        facts = _facts(setting, alike, rules)
        if any(finding.code == FAILED for finding in facts.findings):
            raise _IncompleteError(facts)
        return facts

    try:
        facts = keep("documents", Facts, (setting, alike), made)
    except _IncompleteError as error:
        facts = error.facts
    return _with_numbers(facts, numbers)


def _with_numbers(facts: Facts, numbers: Sequence[str]) -> Facts:
    """The facts of a document whose marks of pages have these numbers, by those of the same one without them."""
    if not numbers:
        return facts
    pages = dict(zip(new_numbers(numbers), numbers, strict=True))
    anchors = {f"{ANCHOR}{new}": f"{ANCHOR}{page}" for new, page in pages.items()}
    return replace(
        facts,
        places={anchors.get(name, name): place for name, place in facts.places.items()},
        breaks=tuple(
            replace(each, anchor=anchors[each.anchor], said=pages[each.said]) if each.anchor in anchors else each
            for each in facts.breaks
        ),
    )


def found_in(setting: DocumentSetting, data: bytes, leads: Leads) -> Iterator[Finding]:
    """What rules find in a document that can be parsed, by itself."""
    return _found(CheckedDocument(setting, parse(data), leads), DOCUMENT_RULES)


class _IncompleteError(Exception):
    def __init__(self, facts: Facts) -> None:
        self.facts = facts


def _facts(setting: DocumentSetting, data: bytes, rules: Sequence[DocumentRule]) -> Facts:
    try:
        root = parse(data)
    except XmlError as error:
        return Facts(broken=str(error))
    facts = _asked_of(root)
    if not setting.is_document:
        return facts
    document = CheckedDocument(setting, root, lambda _path, _anchor: True)
    return replace(facts, findings=tuple(_found(document, rules)), asked=tuple(document.asked))


def _found(document: CheckedDocument, rules: Sequence[DocumentRule]) -> Iterator[Finding]:
    endless = Budget(0, seconds=math.inf)  # What is cut short for want of time must not be kept.
    for rule in rules:
        yield from findings_of(partial(rule, document), f"the {noun_of(rule)} of the document", endless, document.found)


def _asked_of(root: Node) -> Facts:
    title, heading = root.first("title"), root.first("h1", "h2", "h3")
    moving = root.first(*MOVING)
    return Facts(
        title=title.text if title else "",
        language=said(root),
        heading=heading.text if heading else "",
        levels=tuple(int(node.tag[1]) for node in root.all(*HEADINGS)),
        places={node.get("id") or "": node.place for node in root.having("id")},
        names=tuple(name for node in root.all("a") if (name := node.get("name"))),
        breaks=tuple(
            PageMark(node.get("id"), node.get("aria-label") or node.get("title") or node.text, node.line)
            for node in root.having("epub:type", "role")
            if "pagebreak" in (node.get("epub:type") or "").split() or node.get("role") == "doc-pagebreak"
        ),
        undescribed=len(undescribed(root)),
        shows=any(
            node.get("role") not in ("presentation", "none") and node.get("aria-hidden") != "true"
            for node in root.all("img", "svg:svg", "svg:image", "video")
        ),
        plays=root.first("audio", "video") is not None,
        moving=moving.tag if moving else None,
        explains=root.first("details") is not None
        or any(any(map(node.get, EXPLAINING)) for node in root.having(*EXPLAINING)),
        has_index=any("index" in (node.get("epub:type") or "").split() for node in root.having("epub:type")),
        has_formulas=root.first("math:math") is not None,
    )
