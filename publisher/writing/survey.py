"""What the documents and the style sheets of an e-book hold: the facts that its package states about them."""

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from publisher.errors import RenderingError
from publisher.model import Document
from publisher.writing.styles import addresses_in_css

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

__all__ = ["EXTERNAL_SCHEMES", "BookPicture", "Survey", "survey_document"]

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
EPUB_TYPE = "http://www.idpf.org/2007/ops type"
XML = "http://www.w3.org/XML/1998/namespace"
XLINK_HREF = "http://www.w3.org/1999/xlink href"

EXTERNAL_SCHEMES = ("http:", "https:", "mailto:")
"""Where a link of a document may lead outside the book."""

_ACTIVE = frozenset(
    {*("animate", "applet", "base", "embed", "form", "frame"), *("iframe", "object", "portal", "script", "set")}
)
"""Elements that run, load, send or change something: never in an article, so that escaping has failed where one is."""

_SENDING = frozenset({"ping", "http-equiv", f"{XML} base"})
"""Attributes that send something, or lead elsewhere what the addresses beside them seem to load."""

_NAV = f"{XHTML} nav"
_RESOURCES = frozenset({"src", "srcset", "imagesrcset", "poster", "background", XLINK_HREF})

ManifestProperty: TypeAlias = Literal["mathml", "svg"]


class BookPicture(msgspec.Struct, frozen=True, kw_only=True):
    """An ``img`` as a document shows it, or the ``image`` of an SVG drawing in its place."""

    src: str
    alt: str | None
    decorative: bool
    """Declared to carry no information: an empty alternative text and the role ``presentation`` or ``none``."""

    described: bool
    """Whether the alternative text says what is seen. A theme that has nothing to say but must fill the attribute
    marks the picture with ``data-described="no"``."""


class Survey(msgspec.Struct, kw_only=True):
    """The facts of one document, in document order."""

    anchors: list[str] = []
    links: list[str] = []
    """The ``href`` of each link."""

    resources: list[str] = []
    """The address of each thing that a reading system loads with the document."""

    pictures: list[BookPicture] = []
    headings: list[int] = []
    """The level of each heading."""

    contents: list[str] = []
    """The ``href`` of each line of the ``nav`` of type ``toc``."""

    page_list: list[str] = []
    """The ``href`` of each line of the ``nav`` of type ``page-list``."""

    page_breaks: list[str] = []
    """The ``id`` of each marker of a page of another edition."""

    properties: set[ManifestProperty] = set()
    """Of the document in the manifest (EPUB 3.3, section D.4)."""

    @property
    def has_sound_headings(self) -> bool:
        """Whether the first heading is of level 1 and none is more than one level below the one before it."""
        return self.headings[:1] == [1] and all(below <= above + 1 for above, below in pairwise(self.headings))


def survey_document(document: Document, data: bytes) -> Survey:
    """The facts of a document, ``data`` being its markup in UTF-8.

    Raises ``RenderingError`` when it is not well-formed, declares entities, or holds scripts, frames or forms.
    """
    from xml.parsers.expat import ExpatError

    surveyor = _Surveyor(document.name)
    try:
        surveyor.parser.Parse(data, True)
    except ExpatError as error:
        raise _unusable(document.name, f"it is not well-formed XHTML ({error})") from error
    return surveyor.survey


class _Surveyor:
    """Gathers a ``Survey`` while the parser runs over the document."""

    def __init__(self, name: str) -> None:
        from xml.parsers.expat import ParserCreate

        self.name = name
        self.survey = Survey()
        self.navs: list[str] = []
        """The types of each ``nav`` that the parser is in."""

        self.drawing: dict[str, str] = {}
        """The attributes of the SVG drawing that the parser was in last."""

        self.parser: XMLParserType = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.EntityDeclHandler = self.refuse_entity
        self.parser.StartDoctypeDeclHandler = self.judge_doctype
        self.parser.ProcessingInstructionHandler = self.refuse_instruction

    def refuse_entity(self, *_declaration: object) -> None:
        raise _unusable(self.name, "it declares entities")

    def judge_doctype(self, _name: str, system: str | None, *_more: object) -> None:
        if system is not None:
            raise _unusable(self.name, f"its document type loads {system!r}")

    def refuse_instruction(self, target: str, _data: str) -> None:
        raise _unusable(self.name, f"it holds the processing instruction {target!r}")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, element = tag.rpartition(" ")
        if namespace == SVG:
            self.survey.properties.add("svg")
            self.start_svg(element, attributes)
        elif namespace == MATHML:
            self.survey.properties.add("mathml")
        if element in _ACTIVE:
            raise self.active(element)
        if element == "style":
            self.parser.CharacterDataHandler = self.add_styles
        for name, value in attributes.items():
            if name == "id":
                self.survey.anchors.append(value)
                if "pagebreak" in attributes.get(EPUB_TYPE, "").split():
                    self.survey.page_breaks.append(value)
            elif name == "style":
                self.add_styles(value)
            elif name in _RESOURCES and element != "a":
                self.survey.resources.append(value)
            elif name in _SENDING or name.startswith("on"):
                raise self.active(element)
        if namespace == XHTML:
            self.start_xhtml(element, attributes)

    def active(self, element: str) -> RenderingError:
        return _unusable(self.name, f"it holds active content, in <{element}>")

    def add_styles(self, css: str) -> None:
        """What styles load that stand in the document itself; what is in the document is there already."""
        self.survey.resources += [address for address in addresses_in_css(css) if not address.startswith("#")]

    def start_svg(self, element: str, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if name == "href" and element != "a" and not value.startswith("#"):
                self.survey.resources.append(value)
            elif name not in ("href", "style"):  # A drawing's attributes are styles too: fill="url(…)".
                self.add_styles(value)
        if element == "svg":
            self.drawing = attributes
        elif element == "image":
            said = self.drawing.get("aria-label")
            self.survey.pictures.append(
                BookPicture(
                    src=attributes.get(XLINK_HREF) or attributes.get("href", ""),
                    alt=said,
                    decorative=self.drawing.get("aria-hidden") == "true",
                    described=bool(said),
                )
            )

    def start_xhtml(self, element: str, attributes: dict[str, str]) -> None:
        match element:
            case "a" | "area" if "href" in attributes:
                self.survey.links.append(attributes["href"])
                types = " ".join(self.navs).split()
                if "toc" in types:
                    self.survey.contents.append(attributes["href"])
                elif "page-list" in types:
                    self.survey.page_list.append(attributes["href"])
            case "link" if "href" in attributes:
                self.survey.resources.append(attributes["href"])
            case "img":
                self.survey.pictures.append(_picture(attributes))
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self.survey.headings.append(int(element[1]))
            case "nav":
                self.navs.append(attributes.get(EPUB_TYPE, ""))

    def end(self, tag: str) -> None:
        if tag == _NAV:
            self.navs.pop()
        elif tag.endswith("style"):
            self.parser.CharacterDataHandler = None


def _picture(attributes: dict[str, str]) -> BookPicture:
    alt = attributes.get("alt")
    words = (alt or "").strip()
    return BookPicture(
        src=attributes.get("src", ""),
        alt=alt,
        decorative=alt == "" and attributes.get("role") in ("none", "presentation"),
        described=bool(words) and attributes.get("data-described") != "no",
    )


def _unusable(name: str, why: str) -> RenderingError:
    return RenderingError(f"cannot write the e-book: its document {name!r} is unusable: {why}. Correct its template.")
