"""Page numbers that a document tells of itself, put right while it is laid out.

How long they are is known when its pages are, and its pages follow from how long they are. The engine makes pages anew
whose words have changed, as it does for its own counters, and leaves those that follow as they are where they begin as
before: a long row with the contents on its first page is not laid out twice.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import weasyprint.layout as engine
from weasyprint.formatting_structure.boxes import TextBox

__all__ = ["NUMBER", "Resolve", "numbers_of", "renumbering"]

Box: TypeAlias = Any
Element: TypeAlias = Any

Resolve: TypeAlias = Callable[[Mapping[str, int], int], Sequence[str]]
"""Gives a document's numbers, by the pages of its anchors, from 0, and how many pages it has."""

NUMBER = "data-number"
"""The attribute of an element that tells a page: which of the document's numbers it is."""

MOST_TURNS = 4
"""How often the numbers may change at once: whoever asked for the document sees whether those that it has are true."""


@contextlib.contextmanager
def renumbering(resolve: Resolve) -> Iterator[None]:
    """While it is open, the one document that the engine lays out has the numbers that ``resolve`` gives."""
    original = engine.make_all_pages
    known: list[_Numbered] = []
    turns = 0

    def make_all_pages(context: Any, root: Box, html: Any, pages: Sequence[Box]) -> list[Box]:
        nonlocal turns
        made = list(original(context, root, html, pages))
        if not known:
            known.append(_Numbered(root))
        (numbered,) = known
        if turns < MOST_TURNS and numbered.are_changeable:
            turns = turns + 1 if numbered.renumber(context, made, resolve) else 0
        return made

    engine.make_all_pages = make_all_pages
    try:
        yield
    finally:
        engine.make_all_pages = original


def numbers_of(laid_out: Any) -> tuple[str, ...]:
    """The numbers that a document was laid out with, in their order."""
    elements = (each for each in laid_out._html.etree_element.iter() if isinstance(each.tag, str))
    return tuple(each.text for each in elements if each.get(NUMBER) is not None)


class _Numbered:
    """The boxes of a document, before they are laid out, that hold its numbers."""

    def __init__(self, root: Box) -> None:
        self._boxes: dict[int, Box] = {}
        for box in root.descendants():
            number = _number_in(box)
            if number is not None and box.text == box.element.text:
                self._boxes[number] = box
        numbers = {box.element: box.text for box in self._boxes.values()}
        self.are_changeable = bool(numbers) and not any(
            told.intersection(numbers[element])
            for box in root.descendants()
            if (told := _told(box))
            for element in numbers.keys() & set(box.element.iter())
        )
        """Not those that a bookmark or a running head has taken over."""

    def renumber(self, context: Any, pages: Sequence[Box], resolve: Resolve) -> bool:
        """Change those numbers that are not as they should be, and have their pages made anew: whether any was."""
        is_changed = False
        anchors: dict[str, int] = {}
        places: dict[int, list[int]] = {}
        for index, page in enumerate(pages):
            for box in page.descendants(placeholders=True):
                if name := box.style["anchor"]:
                    anchors.setdefault(name, index)
                if (number := _number_in(box)) is not None:
                    places.setdefault(number, []).append(index)
        for number, told in enumerate(resolve(anchors, len(pages))):
            box = self._boxes.get(number)
            if box is None or box.text == told or number not in places:
                continue
            box.text = box.element.text = told
            is_changed = True
            context.tables.clear()  # It keeps how wide columns are by their words.
            for index in places[number]:
                context.page_maker[index][-1]["content_changed"] = True
        return is_changed


def _number_in(box: Box) -> int | None:
    """Which number the box is the words of; ``None`` when it is none."""
    is_words = isinstance(box, TextBox) and box.element is not None and "::" not in box.element_tag
    number = box.element.get(NUMBER) if is_words else None
    return None if number is None else int(number)


def _told(box: Box) -> set[str]:
    """The letters of what is said of the box elsewhere, which may be its own words or one of them."""
    return set().union(box.bookmark_label or "", *(words for _, words in box.string_set or ()))
