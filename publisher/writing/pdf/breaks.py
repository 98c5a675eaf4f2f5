"""Page breaks: the word at which each page of a laid out document begins, told by the element that it stands in.

Elements that have a counterpart in the e-book carry a ``data-place``. Each page is walked once, box by box in reading
order; what belongs to no such element (mastheads, marks made by the style sheet, table headings set again) is passed
over, so a page begins with the first thing on it that the e-book has too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from weasyprint import Document as LaidOut
from weasyprint.formatting_structure.boxes import LineBox, ReplacedBox, TextBox

from publisher.model import PageBreak

__all__ = ["page_breaks"]

Element: TypeAlias = Any
Box: TypeAlias = Any

_HYPHENED = re.compile(r"\S*\w[-‐]$")
"""A word with a hyphen at the end of a page: the engine's, or the word's own."""

_OF_THE_DOCUMENT = {"first-letter", "first-line"}
"""The pseudo-elements whose boxes hold text of the document; the others hold what a style sheet says."""


def page_breaks(document: LaidOut, first_page: int) -> Iterator[PageBreak]:
    """Where each page of the document begins, the first of them numbered ``first_page``.

    A page has none when nothing on it has a place. A word cut by the break counts as standing on the later page.
    """
    before: dict[Element, str] = {}
    headings: set[Element] = set()
    for number, page in enumerate(document.pages, start=first_page):
        texts = _texts_on(page._page_box, headings)
        first = next(iter(texts), None)
        if first is not None:
            yield _page_break(number, first, before.get(first, ""), texts[first])
        # Only what is set on this page can go on on the next.
        before = {element: before.get(element, "") + "\n" + text for element, text in texts.items()}


def _page_break(page: int, element: Element, before: str, here: str) -> PageBreak:
    cut = _cut_word(element, before)
    return PageBreak(
        page=page,
        place=element.get("data-place"),
        letters=_letters(before) - _letters(cut),
        signs=_signs_in_front(cut + here),
    )


def _cut_word(element: Element, before: str) -> str:
    """The beginning of a word that the page break cuts in two, with its hyphen; empty when it cuts none."""
    match = _HYPHENED.search(before)
    if not match:
        return ""
    letters = _letters(before)
    for character in "".join(element.itertext()):
        if letters == 0 and (character.isspace() or character.isalnum()):
            # A suspended hyphen, as in "pre- and post-war", ends its word; white space says so.
            return match[0] if character.isalnum() else ""
        letters -= character.isalnum()
    return ""


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _signs_in_front(text: str) -> int:
    """How many characters that are neither letters nor white space the text begins with."""
    count = 0
    for character in text:
        if character.isalnum():
            break
        count += not character.isspace()
    return count


def _texts_on(page_box: Box, headings: set[Element]) -> Mapping[Element, str]:
    """The text of each element with a place that is set on the page, in reading order; of a picture, an empty one.

    ``headings`` are the table headings that earlier pages had; those of this page are added.
    """
    pieces: dict[Element, list[str]] = {}

    def walk(box: Box, parent: Element, owner: Element) -> None:
        element = box.element
        if element is not parent and element is not None and element.get("data-place"):
            owner = element
        if isinstance(box, TextBox):
            if owner is not None and not box.text.isspace():
                pieces.setdefault(owner, []).append(box.text)
            return
        if isinstance(box, ReplacedBox):
            if owner is not None:
                pieces.setdefault(owner, [])
            return
        if isinstance(box, LineBox) and owner in pieces:
            pieces[owner].append("\n")
        for child in box.children:
            if not _is_made_up(child) and not _is_set_again(child, headings):
                walk(child, element, owner)

    # The page's margin boxes stand beside the root's box.
    walk(page_box.children[0], None, None)
    return {element: "".join(texts) for element, texts in pieces.items()}


def _is_made_up(box: Box) -> bool:
    """Whether the box holds what the style sheet says, not what the document does: a bullet, ``::before``."""
    pseudo_elements = box.element_tag.split("::")[1:]
    return not set(pseudo_elements) <= _OF_THE_DOCUMENT


def _is_set_again(box: Box, headings: set[Element]) -> bool:
    """Whether the box is a table's heading that an earlier page has had."""
    if not getattr(box, "is_header", False):
        return False
    again = box.element in headings
    headings.add(box.element)
    return again
