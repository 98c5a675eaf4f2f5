"""What an OpenDocument text's styles mean for an article (16.2), and its kinds of lists (16.30)."""

import re
from collections.abc import Callable, Iterator

from publisher.model.blocks import Value
from publisher.reading.odt.markup import FO, OFFICE, STYLE, TEXT
from publisher.reading.odt.package import Element, OdtPackage
from publisher.reading.office.archive import number_of
from publisher.reading.office.kinds import Kind, kind_for
from publisher.reading.office.numberings import Level

_DEEPEST = 20
"""Styles that one may be based on, one on the other; damaged files make circles."""

_ESCAPED = re.compile(r"_([0-9a-fA-F]{1,4})_")


class OdtMeaning(Value, frozen=True, kw_only=True):
    """What a style says of a paragraph or of the words in it; ``None`` where it says nothing."""

    kind: Kind | None = None
    level: int = 0
    """Of a heading, from 1."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    list_style: str | None = None


class OdtStyles:
    """The styles of a document by family and name."""

    def __init__(self, package: OdtPackage) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._meanings: dict[tuple[str, str], OdtMeaning] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        """The levels of each kind of list, from 0."""

        for root, group in ((package.content, "automatic-styles"), (package.styles, "styles")):
            for element in root.iterfind(f"{OFFICE}{group}/*") if root is not None else ():
                name = element.get(f"{STYLE}name", "")
                if element.tag == f"{STYLE}style":
                    self._styles.setdefault((element.get(f"{STYLE}family", ""), name), element)
                elif element.tag == f"{TEXT}list-style":
                    self.lists.setdefault(name, dict(_levels(element)))

    def meaning(self, family: str, name: str | None) -> OdtMeaning:
        """What a style says, by itself and by its parents; the nearest that says something counts."""
        key = family, name or ""
        if key not in self._meanings:
            chain = list(self._chain(*key))
            properties = [each for style in chain if (each := style.find(f"{STYLE}text-properties")) is not None]
            kind, level = next((known for style in chain if (known := kind_for(_name(style))) is not None), (None, 0))
            self._meanings[key] = OdtMeaning(
                kind=kind,
                level=level,
                bold=_first(properties, f"{FO}font-weight", _is_bold),
                italic=_first(properties, f"{FO}font-style", lambda value: value != "normal"),
                hidden=_first(properties, f"{TEXT}display", lambda value: value == "none"),
                list_style=next((found for style in chain if (found := style.get(f"{STYLE}list-style-name"))), None),
            )
        return self._meanings[key]

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name", "")


def _first(properties: list[Element], attribute: str, judge: Callable[[str], bool]) -> bool | None:
    """What the nearest properties that have an attribute say by it."""
    value = next((found for each in properties if (found := each.get(attribute)) is not None), None)
    return None if value is None else judge(value)


def _name(style: Element) -> str:
    """The name of a style as people see it, in small letters; what XML allows in no name is escaped in it (19.502)."""
    name = style.get(f"{STYLE}display-name") or _ESCAPED.sub(
        lambda match: chr(int(match[1], 16)), style.get(f"{STYLE}name", "")
    )
    return name.casefold()


def _is_bold(weight: str) -> bool:
    return weight == "bold" or number_of(weight, 400) > 500


def _levels(style: Element) -> Iterator[tuple[int, Level]]:
    for element in style:
        bullet = element.tag != f"{TEXT}list-level-style-number" or not element.get(f"{STYLE}num-format")
        start = number_of(element.get(f"{TEXT}start-value"), 1)
        yield number_of(element.get(f"{TEXT}level"), 1) - 1, Level(bullet=bullet, start=start)
