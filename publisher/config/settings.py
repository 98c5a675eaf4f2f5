"""What ``digest.toml`` holds, a struct a table: ``docs/digests.md`` has each key. Once loaded, paths are absolute."""

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from publisher.model import Attach, Device, Order, SectionsBy

Count: TypeAlias = Annotated[int, Meta(ge=1)]
Numbering: TypeAlias = Literal["year-week", "week", "count", "none"]

_FILE = r"^[^/\\.\x00-\x1f][^/\\\x00-\x1f]*\.(pdf|epub)$"
_ADDRESS = r"^[^@\s]+@[^@\s]+$"
_SENDER = r"^[^@\r\n]+@[^@\r\n]+$"
_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
Language: TypeAlias = Annotated[str, Meta(pattern=_LANGUAGE, description="a language tag such as vi or en-GB")]

_AN_ADDRESS = "an e-mail address"
HOST = r"^(?!-)([\w.-]+|\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?)$"
"""A name or an address, without port."""

_HOSTS = 'a list of hosts such as ["wiki.lan"], without http:// and port'

ARCHIVE = "archive:"
"""What stands before an archive's folder where articles come from one."""

CALM: tuple[str, ...] = ("duplicate-article", "inferred-date")
"""The problems that are no reason to look at an issue: nothing is lost by them."""


class SettingsTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all tables."""


class SeriesSettings(SettingsTable, frozen=True, kw_only=True):
    """What stays the same from issue to issue."""

    title: Annotated[str, Meta(min_length=1)]
    """The masthead."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="a name such as tuan-tin")]
    """The lasting name: with the week, an issue's identity. The title may change, this may not."""

    language: Language
    number: Numbering = "year-week"
    first_number: Count = 1
    """Of ``count``."""

    timezone: str = "UTC"
    """Whose Monday begins a week."""


class Place(SettingsTable, frozen=True, kw_only=True):
    """A place that articles come from."""

    from_: Annotated[str, Meta(min_length=1)] = msgspec.field(name="from")
    """A folder, a file or an address. ``{week}``, ``{year}`` and ``{number}`` stand for those of the issue."""

    section: str | None = None
    outlet: Path | None = None
    """The outlet's profile."""

    limit: Count | None = None
    required: bool = False
    """Whether the issue waits for it: then its failure is the run's."""

    articles: bool = False
    """Whether the pages are fetched of which a feed holds only summaries."""


class Window(SettingsTable, frozen=True, kw_only=True):
    """The days that an issue covers: those that end with the Sunday of its week."""

    days: Count = 7
    undated: Literal["keep", "drop"] = "keep"


class Selection(SettingsTable, frozen=True, kw_only=True):
    """Which of the articles found go in, and in which order."""

    keywords: tuple[str, ...] = ()
    """One of them must occur; empty: any article will do."""

    without: tuple[str, ...] = ()
    """None of them may."""

    take: tuple[str, ...] = ()
    """Addresses or headlines of articles that go in whatever else is said."""

    drop: tuple[str, ...] = ()
    """Those of articles that do not."""

    sections: tuple[str, ...] = ()
    """Their order; those that are not named come last."""

    sections_by: SectionsBy | None = None
    """What puts articles in a section that neither they nor their sources name one for."""

    limit: Count | None = None
    section_limit: Count | None = None
    order: Order = "newest"
    """Inside a section."""

    updated: Literal["mark", "drop"] = "mark"
    """What becomes of an article that ran before and has changed since."""

    sponsored: Literal["mark", "drop"] = "mark"
    """What becomes of sponsored teasers."""


class ThemeSettings(SettingsTable, frozen=True, kw_only=True):
    """How the issue looks."""

    name: str = "compilation"
    folders: tuple[Path, ...] = ()
    options: dict[str, str] = {}


class PressSettings(SettingsTable, frozen=True, kw_only=True):
    """How a PDF is made for a press."""

    bleed_mm: float = 3.0
    marks: str = "crop,registration"
    imposition: Literal["single", "booklet"] = "single"
    output_profile: Path | None = None


class OutputSettings(SettingsTable, frozen=True, kw_only=True):
    """A file of the issue."""

    file: Annotated[str, Meta(pattern=_FILE, description="a file name that ends in .pdf or .epub")]
    """Its name; ``{week}``, ``{year}`` and ``{number}`` stand for those of the issue."""

    profile: Device = "generic"
    """Whom an EPUB is made for."""

    press: PressSettings | None = None


class Evidence(SettingsTable, frozen=True, kw_only=True):
    """What goes out with an issue of what it was made from."""

    attach: Attach = "articles"
    """What its PDFs carry; never the original of a word processor's document."""

    publish: bool = False
    """Whether its archive stands on the shelf, for all its readers; otherwise ``files.archives`` keeps it."""


class Shelf(SettingsTable, frozen=True, kw_only=True):
    """Where issues are published."""

    folder: Path
    keep: Count | None = None
    """How many issues stay; ``None``: all."""

    base_url: str | None = None
    """Where the folder is served, for what must name itself by a full address."""


class Recipient(SettingsTable, frozen=True, kw_only=True):
    """Somebody, or an e-reader, that an issue is mailed to."""

    address: Annotated[str, Meta(pattern=_ADDRESS, description=_AN_ADDRESS)]
    files: tuple[str, ...] = ("epub",)
    """The best first: formats, or profiles of e-readers; the first that is small enough is sent."""

    limit_mb: Annotated[float, Meta(gt=0)] = 25.0


class Mail(SettingsTable, frozen=True, kw_only=True):
    """How issues are mailed."""

    host: Annotated[str, Meta(min_length=1)]
    port: Annotated[int, Meta(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password_env: str | None = None
    """The environment variable that holds the password."""

    sender: Annotated[str, Meta(pattern=_SENDER, description=_AN_ADDRESS)]
    recipients: Annotated[tuple[Recipient, ...], Meta(min_length=1)]


class Policy(SettingsTable, frozen=True, kw_only=True):
    """What is done when a week is not as usual."""

    empty: Literal["skip", "publish"] = "skip"
    notice: str | None = None
    """What an empty issue says."""

    minimum: Count = 1
    """With fewer articles there is no issue."""

    checks: Literal["error", "warning", "none"] = "error"
    """The least finding that stops an issue; ``none``: the files are not checked."""

    validators: Literal["ask", "require", "skip"] = "ask"
    problems: Literal["warn", "stop"] = "warn"
    seconds: Annotated[float, Meta(gt=0)] = 7200.0
    """What a run may take in all, its mail included."""

    jobs: Count | None = None
    """In how many processes at most a PDF is laid out; ``None``: one for each core."""

    overlook: tuple[str, ...] = CALM
    """Codes of problems and findings that are no warning."""

    def __post_init__(self) -> None:
        if self.empty == "publish" and not self.notice:
            raise ValueError("an empty issue is to be published, and there is no notice that it could hold")


class Fetching(SettingsTable, frozen=True, kw_only=True):
    """How the web is used."""

    pictures: bool = False
    """Also those that saved pages link to."""

    allow_private: tuple[Annotated[str, Meta(pattern=HOST, description=_HOSTS)], ...] = ()
    """Hosts of this machine and of private networks that may be asked: servers of one's own."""

    seconds: Annotated[float, Meta(gt=0, le=600)] = 30.0
    """For one page."""


class Files(SettingsTable, frozen=True, kw_only=True):
    """Where a digest keeps what it must remember, and what it may forget."""

    ledger: Path = Path("ledger.sqlite")
    archives: Path = Path("archives")
    """What issues were made from, to make them again."""

    cache: Path | None = None
    """``None``: the user's own cache folder."""

    quarantine: Path = Path("quarantine")
    """Where what made a step fail is kept until somebody has looked at it."""


class Settings(SettingsTable, frozen=True, kw_only=True):
    """All of ``digest.toml``."""

    series: SeriesSettings
    sources: Annotated[tuple[Place, ...], Meta(min_length=1)]
    window: Window = Window()
    selection: Selection = Selection()
    theme: ThemeSettings = ThemeSettings()
    outputs: Annotated[tuple[OutputSettings, ...], Meta(min_length=1)]
    evidence: Evidence = Evidence()
    shelf: Shelf
    mail: Mail | None = None
    policy: Policy = Policy()
    fetch: Fetching = Fetching()
    files: Files = Files()
