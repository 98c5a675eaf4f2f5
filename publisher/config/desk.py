"""What ``desk.toml`` holds, a struct a table: ``docs/desk.md`` has each key. Its paths are in its folder."""

import datetime as dt
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from publisher.config.settings import Count, Language, OutputSettings, SettingsTable
from publisher.model import Attach, Order, SectionsBy

Words: TypeAlias = Annotated[str, Meta(min_length=1, description="words of the page")]
Named: TypeAlias = Annotated[
    str, Meta(pattern=r"^(?!(?:.*/)?\.\.(?:/|$))[^/\\\x00-\x1f][^\\\x00-\x1f]*$", description="a file of the folder")
]

Part: TypeAlias = Annotated[float, Meta(ge=0, le=1, description="a part from 0 to 1")]


class IssueSettings(SettingsTable, frozen=True, kw_only=True):
    """What is decided of the issue as a whole."""

    title: str | None = None
    number: str | None = None
    date: dt.date | None = None
    """``None``: the newest date among the articles."""

    language: Language | None = None
    """``None``: the one that most articles are in."""

    series: str | None = None
    order: Order = "given"
    """``given``: as the articles stand in the file; those that do not follow by their names."""

    sections: tuple[str, ...] = ()
    """In their order; others follow as their articles come."""

    sections_by: SectionsBy | None = None
    """What puts articles in a section that neither they nor this file names one for."""

    pages: Count | None = None
    """How many a PDF should have: what the desk counts against."""

    fit: bool = False
    """Whether a PDF with more ``pages`` is made to keep to them, as ``publisher brief --pages`` does."""

    attach: Attach = "articles"
    """What a PDF carries of what it was made from."""

    def __post_init__(self) -> None:
        if self.fit and self.pages is None:
            raise ValueError("it is to fit, and no number of pages says into what")


class PictureSettings(SettingsTable, frozen=True, kw_only=True):
    """What is decided of one picture of an article."""

    file: Words
    """As the page names it, or a file beside the page."""

    beside: Words | None = None
    """The first words of the caption that it belongs to, or of the paragraph that it follows, where the page has it
    nowhere."""

    alt: str | None = None
    """Its alternative text."""

    crop: Annotated[tuple[Part, Part, Part, Part], Meta(description="four parts of a whole")] | None = None
    """Left, top, right and bottom of what is shown of it; ``None``: all."""

    left_out: bool = False

    def __post_init__(self) -> None:
        if self.crop and not (self.crop[0] < self.crop[2] and self.crop[1] < self.crop[3]):
            raise ValueError("a crop is left, top, right and bottom, and nothing is in this one")


class ArticleSettings(SettingsTable, frozen=True, kw_only=True):
    """What is decided of one article."""

    file: Named
    """The page that it is on."""

    key: Words | None = None
    """Of one of several on a page: its address, else its headline and its day as the digest knows articles."""

    section: str | None = None
    """``""`` for none."""

    left_out: bool = False
    teasers_out: tuple[str, ...] = ()
    """Headlines of related news that are left out; ``*`` for all."""

    cut_after: Words | None = None
    """The first words of the last paragraph that is printed."""

    pictures: tuple[PictureSettings, ...] = ()


class DeskTheme(SettingsTable, frozen=True, kw_only=True):
    """How the issue looks."""

    name: str = "brief"
    folders: tuple[Path, ...] = ()
    options: dict[str, str] = msgspec.field(default_factory=dict)


class DeskSettings(SettingsTable, frozen=True, kw_only=True):
    """All of ``desk.toml``. Without a line it is the issue of all pages in its folder."""

    issue: IssueSettings = IssueSettings()
    theme: DeskTheme = DeskTheme()
    outputs: tuple[OutputSettings, ...] = (OutputSettings(file="issue.pdf"),)
    articles: tuple[ArticleSettings, ...] = ()
