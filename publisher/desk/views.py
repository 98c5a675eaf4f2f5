"""What is shown of a desk: values whose JSON the browser is given."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import get_args

from msgspec.structs import replace

from publisher.config import ArticleSettings, DeskSettings, OutputSettings
from publisher.desk.folder import DeskFolder
from publisher.desk.pages import DeskPage, LineCounts, is_guess
from publisher.desk.steps import StepName
from publisher.model import Article, Device, Figure, Problem, block_words
from publisher.model.blocks import Value
from publisher.model.formats import FORMATS
from publisher.reading.corrections import CorrectableRole

_PLACE = re.compile(r"(?P<file>[^\s:,'\"]+\.(?:css|toml|html|xhtml|j2)), line (?P<line>\d+)")

ROLES = get_args(CorrectableRole)
DEVICES = get_args(Device)


class PictureCounts(Value, frozen=True, kw_only=True):
    """The pictures of an article."""

    total: int = 0
    missing: int = 0
    without_alt: int = 0
    coarse: int = 0


class TeaserCounts(Value, frozen=True, kw_only=True):
    """The related news of an article, and how many of them go along."""

    total: int = 0
    kept: int = 0


class ArticleCard(Value, frozen=True, kw_only=True):
    """An article, or a page that was not read yet or cannot be."""

    id: str
    page: str
    file: str
    format: str
    state: str
    """``waiting``, ``read`` or ``failed``."""

    error: str | None = None
    headline: str
    outlet: str | None = None
    language: str | None = None
    published: dt.date | None = None
    certainty: str | None = None
    url: str | None = None
    words: int = 0
    section: str | None = None
    left_out: bool = False
    lead: bool = False
    cut: bool = False
    to_look_at: int = 0
    corrected: int = 0
    problems: tuple[Problem, ...] = ()
    pictures: PictureCounts = PictureCounts()
    teasers: TeaserCounts = TeaserCounts()
    same_as: str | None = None
    story: str | None = None
    first_page: int | None = None


class ShownLine(Value, frozen=True, kw_only=True):
    """A line of a page."""

    n: int
    text: str
    role: str
    was: str | None
    """What the rules took it for, where a correction says otherwise."""

    rule: str
    sure: float
    guess: bool
    becomes: str | None
    article: str | None


class PageLines(Value, frozen=True, kw_only=True):
    """A page, or some lines of it."""

    page: str
    file: str
    revision: str
    articles: tuple[str, ...]
    total: int
    to_look_at: tuple[int, ...]
    roles: tuple[str, ...] = ROLES
    lines: tuple[ShownLine, ...]


class History(Value, frozen=True, kw_only=True):
    """What would be undone, and what done again."""

    undo: StepName | None
    redo: StepName | None


class Progressed(Value, frozen=True, kw_only=True):
    """How many of how many are done."""

    done: int
    total: int


class ShownIssue(Value, frozen=True, kw_only=True):
    """What is decided of the issue as a whole, with what is as it is anyway."""

    title: str | None
    number: str | None
    date: dt.date | None
    language: str | None
    series: str | None
    order: str
    sections: tuple[str, ...]
    sections_by: str | None
    pages: int | None
    fit: bool
    attach: str


class ShownTheme(Value, frozen=True, kw_only=True):
    """The theme, and what is given for its options."""

    name: str
    options: Mapping[str, str]


class ShownPage(Value, frozen=True, kw_only=True):
    """A page of the issue, as a picture."""

    number: int
    image: str
    width_mm: float
    height_mm: float
    article: str | None


class Galley(Value, frozen=True, kw_only=True):
    """A changed article, set by itself while the issue is laid out: its page numbers and neighbours follow."""

    article: str
    pages: tuple[ShownPage, ...]


class PageBudget(Value, frozen=True, kw_only=True):
    """How many pages it takes, and how many it should."""

    used: float
    allowed: int | None


class Render(Value, frozen=True, kw_only=True):
    """The pages of the issue as they were laid out last."""

    id: int = 0
    state: str = "working"
    """``working``, ``done`` or ``failed``."""

    message: str | None = None
    at: Mapping[str, str | int] | None = None
    """Of a theme's mistake: its ``file`` and its ``line``."""

    pages: tuple[ShownPage, ...] = ()
    galleys: tuple[Galley, ...] = ()
    """Of articles that changed since these pages were made."""

    budget: PageBudget = PageBudget(used=0.0, allowed=None)
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


class ShownStory(Value, frozen=True, kw_only=True):
    """Articles that tell the same."""

    kind: str
    articles: tuple[str, ...]
    leads: str
    why: str


class UploadLimits(Value, frozen=True, kw_only=True):
    """What may be sent."""

    upload_bytes: int
    upload_files: int


class DeskState(Value, frozen=True, kw_only=True):
    """The whole desk."""

    folder: str
    revision: str
    version: str
    history: History
    issue: ShownIssue
    theme: ShownTheme
    outputs: tuple[OutputSettings, ...]
    profiles: tuple[str, ...] = DEVICES
    cards: tuple[ArticleCard, ...]
    pages: str
    """By what the pages that are there are known: another one came, or one went."""

    reading: Progressed
    render: Render | None
    limits: UploadLimits
    has: Mapping[str, bool]


def format_of(file: str) -> str:
    """What the format of a file is called, by its name."""
    suffix = f".{file.rpartition('.')[2].lower()}"
    return next((form.name for form in FORMATS if suffix in form.suffixes), "plain text")


def settings_of(desk: DeskSettings, page: DeskPage, article: Article | None = None) -> ArticleSettings:
    """What is decided of an article, or of a page that was not read yet."""
    for each in desk.articles:
        if each.file == page.file and (article is None or each.key in (None, article.key)):
            return each
    return ArticleSettings(file=page.file)


def cards_of(page: DeskPage, desk: DeskSettings, folder: DeskFolder, *, waiting: bool) -> tuple[ArticleCard, ...]:
    """A card for each article of a page, in the order of the page; one for a page without any."""
    if not page.articles:
        card = ArticleCard(
            id=page.id,
            page=page.id,
            file=page.file,
            format=format_of(page.file),
            state="waiting" if waiting else "failed",
            error=None if page.error is None else without_place(page.error, folder),
            headline=page.file,
            left_out=settings_of(desk, page).left_out,
        )
        return (card,)
    return tuple(_card(page, article, settings_of(desk, page, article), folder) for article in page.articles)


def _card(page: DeskPage, article: Article, decided: ArticleSettings, folder: DeskFolder) -> ArticleCard:
    counts = page.counts.get(page.article_id(article), LineCounts())
    figures = [block for block in article.body if isinstance(block, Figure)]
    described = {picture.file for picture in decided.pictures if picture.alt}
    out = decided.teasers_out
    kept = 0 if "*" in out else sum(teaser.headline not in out for teaser in article.related)
    return ArticleCard(
        id=page.article_id(article),
        page=page.id,
        file=page.file,
        format=format_of(page.file),
        state="read",
        headline=article.headline,
        outlet=article.publication,
        language=article.language,
        published=article.published,
        certainty=article.certainty,
        url=article.url,
        words=sum(len(block_words(block).split()) for block in article.body),
        section=article.section if decided.section is None else decided.section or None,
        left_out=decided.left_out,
        cut=decided.cut_after is not None,
        to_look_at=counts.to_look_at,
        corrected=counts.corrected,
        problems=tuple(shown_problem(each, folder) for each in (*page.problems, *article.problems)),
        pictures=PictureCounts(
            total=len(figures), without_alt=sum(not (each.alt or each.src in described) for each in figures)
        ),
        teasers=TeaserCounts(total=len(article.related), kept=kept),
    )


def without_place(message: str, folder: DeskFolder) -> str:
    """A message without the folder that everything lies in."""
    return message.replace(f"{folder.path}/", "")


def place_in(message: str) -> Mapping[str, str | int] | None:
    """The ``file`` and the ``line`` that a message about a theme names; ``None`` when it names none."""
    found = _PLACE.search(message)
    return {"file": found["file"], "line": int(found["line"])} if found else None


def shown_problem(problem: Problem, folder: DeskFolder) -> Problem:
    """A problem without that folder."""
    where = problem.where and without_place(problem.where, folder)
    return replace(problem, message=without_place(problem.message, folder), where=where)


def lines_of(page: DeskPage, start: int, count: int | None) -> tuple[ShownLine, ...]:
    """So many lines of a page that was read, from the one with that number; all from it without a count."""
    reading, by_rules = page.reading, page.by_rules
    if reading is None or by_rules is None:
        return ()
    articles = page.article_at()
    end = len(reading.trace) if count is None else start - 1 + count
    return tuple(
        ShownLine(
            n=line.number,
            text=line.text,
            role=line.role,
            was=rules.role if line.role != rules.role else None,
            rule=line.rule,
            sure=line.confidence,
            guess=is_guess(line),
            becomes=page.becomes.get(line.number),
            article=articles(line.number),
        )
        for line, rules in zip(reading.trace[start - 1 : end], by_rules.trace[start - 1 : end], strict=True)
    )
