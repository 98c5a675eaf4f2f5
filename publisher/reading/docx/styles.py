"""What a Word document's styles and numberings mean for an article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.model.blocks import Value
from publisher.reading.docx.package import Element, Package
from publisher.reading.office.archive import number_of
from publisher.reading.office.kinds import Kind, kind_for
from publisher.reading.office.numberings import Level, Numberings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_LIST = re.compile(r"^list (bullet|number)(?: (\d))?$")
_DEEPEST = 20
"""Styles that one may be based on, one on the other: Word allows eleven, damaged files make circles."""


class Meaning(Value, frozen=True, kw_only=True):
    """What a paragraph's style says of it."""

    kind: Kind = "text"
    level: int = 0
    """Of a heading, from 1."""

    numbering: tuple[str, int] | None = None
    """The id and the level of the numbering that the style brings along."""

    bullet: bool | None = None
    """Whether the style is a list's by its name alone, and of bullets."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str | None
    element: "Element"


class Styles:
    """The styles of a document by id."""

    def __init__(self, package: Package, main: str) -> None:
        self._styles: dict[str, _Style] = {}
        self._meanings: dict[str | None, Meaning] = {}
        root = package.related(main, "styles")
        for element in root.iterfind(f"{W}style") if root is not None else ():
            identifier = element.get(f"{W}styleId", "")
            name = value_of(element, "name") or identifier
            self._styles.setdefault(
                identifier, _Style(name=name.casefold(), based_on=value_of(element, "basedOn"), element=element)
            )

    def meaning(self, identifier: str | None) -> Meaning:
        """What a style says, by itself and by those that it is based on; the nearest that says something counts."""
        if identifier not in self._meanings:
            chain = list(self._chain(identifier))
            kind, level = next((known for style in chain if (known := kind_for(style.name)) is not None), ("text", 0))
            listed = next((match for style in chain if (match := _LIST.match(style.name))), None)
            self._meanings[identifier] = Meaning(
                kind=kind,
                level=level,
                numbering=next((found for style in chain if (found := numbering_of(style.element)) is not None), None),
                bullet=listed[1] == "bullet" if listed else None,
                bold=_toggled(chain, "b"),
                italic=_toggled(chain, "i"),
                hidden=_toggled(chain, "vanish"),
            )
        return self._meanings[identifier]

    def _chain(self, identifier: str | None) -> Iterator[_Style]:
        for _ in range(_DEEPEST):
            style = self._styles.get(identifier or "")
            if style is None:
                return
            yield style
            identifier = style.based_on


def _toggled(chain: list[_Style], name: str) -> bool:
    for style in chain:
        properties = style.element.find(f"{W}rPr")
        found = switch(properties, name)
        if found is not None:
            return found
    return False


def switch(properties: "Element | None", name: str) -> bool | None:
    """Whether a property such as bold is on; ``None`` when nothing is said."""
    element = properties.find(f"{W}{name}") if properties is not None else None
    if element is None:
        return None
    return element.get(f"{W}val", "true") not in ("0", "false", "off", "none")


def value_of(element: "Element", name: str) -> str | None:
    """The value of a child that has but one, such as a style's name."""
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None


def numbering_of(element: "Element") -> tuple[str, int] | None:
    """The id and the level of the numbering in a paragraph's or a style's properties; ``0`` takes it off."""
    properties = element.find(f"{W}pPr/{W}numPr")
    if properties is None:
        return None
    return value_of(properties, "numId") or "0", number_of(value_of(properties, "ilvl"), 0)


def numberings_of(package: Package, main: str) -> Numberings:
    """The lists of a document; none when it has no lists."""
    root = package.related(main, "numbering")
    numberings = Numberings()
    if root is None:
        return numberings
    abstract = {element.get(f"{W}abstractNumId"): element for element in root.iterfind(f"{W}abstractNum")}
    linked = {value_of(element, "styleLink"): element for element in abstract.values()}
    for number in root.iterfind(f"{W}num"):
        element = abstract.get(value_of(number, "abstractNumId"))
        if element is not None and (link := value_of(element, "numStyleLink")) is not None:
            element = linked.get(link, element)
        levels = {
            number_of(level.get(f"{W}ilvl"), 0): Level(
                bullet=value_of(level, "numFmt") in ("bullet", "none"), start=number_of(value_of(level, "start"), 1)
            )
            for level in (element.iterfind(f"{W}lvl") if element is not None else ())
        }
        for override in number.iterfind(f"{W}lvlOverride"):
            at = number_of(override.get(f"{W}ilvl"), 0)
            if at in levels:
                start = number_of(value_of(override, "startOverride"), levels[at].start)
                levels[at] = Level(bullet=levels[at].bullet, start=start)
        numberings.levels[number.get(f"{W}numId", "")] = levels
    return numberings
