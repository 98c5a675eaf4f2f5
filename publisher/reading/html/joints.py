"""Where two parts of a line meet: whether the words run on from one to the next, or a style sheet sets them apart."""

from functools import cached_property

from publisher.reading.html.tree import Element

_STOPS = ".!?…)”»"


class Joint:
    """Two elements side by side."""

    def __init__(self, before: Element, after: Element) -> None:
        self._before = before
        self._after = after
        self._names = _name_of(before), _name_of(after)

    @cached_property
    def _said(self) -> tuple[str, str]:
        return "".join(self._before.itertext()), "".join(self._after.itertext())

    @property
    def changes_name(self) -> bool:
        """Whether they are called otherwise, or one of them is called anything."""
        before, after = self._names
        return before != after

    @property
    def parts_names(self) -> bool:
        """Whether each is called something, and not the same."""
        return self.changes_name and all(self._names)

    @property
    def collides(self) -> bool:
        """Whether the words of the two would run into one another: nobody writes them so."""
        said, next_said = self._said
        return not self._before.tail and len(said) > 1 and said[-1].isalnum() and next_said[:1].isalnum()

    @cached_property
    def is_close(self) -> bool:
        """Whether a space or a comma stands in one of them where they meet, and no line of the template."""
        said, next_said = self._said
        touching = said.endswith(" ") or next_said.startswith((" ", ",", ";"))
        lone = not (self._before.tail or "").strip() and "\n" not in said[-2:] + next_said[:2]
        return touching and bool(next_said.strip()) and lone

    @property
    def flows(self) -> bool:
        """Whether a sentence runs on from one to the next: a space or a comma stands in one of them, and no end.

        Parts that a style sheet sets apart have white space of the template at most: line ends.
        """
        if not self.is_close or self._after.tag == "time":
            return False
        said, next_said = self._said
        first = next_said.lstrip(" ")[0]
        return first in ",;" or (first.isalpha() and said.rstrip(" ")[-1:].isalnum())


def _name_of(element: Element) -> str | None:
    """What a style sheet, or whoever tests the page, calls an element."""
    name: str | None = element.get("class") or element.get("data-testid")
    return name


def glued(before: str, after: str) -> bool:
    """Whether a space is missing where nobody goes on without: ``Lệ SơnĐoàn khảo sát``, ``20269:12``, ``UTCUpdated``.

    A capital follows a small letter, a full stop or an abbreviation, or a digit another.
    """
    last, first, second = before[-1], after[0], after[1:2]
    if first.isdigit():
        return last.isdigit()
    if not first.isupper():
        return False
    if second.isupper():
        # Only behind a whole word and its full stop: what has points within is an abbreviation.
        return last in _STOPS and before[-2:-1].islower()
    return last.islower() or last in _STOPS or (before[-2:].isupper() and second.islower())


def parted(before: tuple[Element, ...], after: tuple[Element, ...]) -> bool:
    """Whether a classed ``span`` parts two runs, which its style sheet sets apart."""
    return any(element.tag == "span" and element.get("class") for element in set(before).symmetric_difference(after))
