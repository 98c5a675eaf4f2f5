"""What a request changes of the files of a desk, as their new content."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from publisher.config import ArticleSettings, DeskSettings, OutputSettings, PictureSettings
from publisher.desk.cropping import Point
from publisher.desk.pages import DeskPage
from publisher.desk.steps import STEPS, StepName, step_name
from publisher.model import Article, Reading, TracedLine, block_words
from publisher.model.blocks import Value
from publisher.reading.corrections import CorrectableRole, Correction, parse_corrections
from publisher.reading.corrections.rewording import key_of, lines_of
from publisher.toml import dump_toml


class Wish(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of what a request may say."""


class LineChange(Wish, frozen=True, kw_only=True):
    """What becomes of a line; what is not given stays."""

    n: int
    role: CorrectableRole | UnsetType | None = UNSET
    becomes: str | UnsetType | None = UNSET
    text: str | None = None
    """What it says to whoever changes it: the page may be another one by now. ``None``: whatever it says."""


class LinesChange(Wish, frozen=True, kw_only=True):
    """What becomes of lines of a page."""

    revision: str
    changes: tuple[LineChange, ...]
    typing: bool = False


class IssueChange(Wish, frozen=True, kw_only=True):
    """What becomes of the issue; what is not given stays."""

    title: str | UnsetType | None = UNSET
    number: str | UnsetType | None = UNSET
    date: dt.date | UnsetType | None = UNSET
    language: str | UnsetType | None = UNSET
    series: str | UnsetType | None = UNSET
    order: str | UnsetType = UNSET
    sections: tuple[str, ...] | UnsetType = UNSET
    sections_by: str | UnsetType | None = UNSET
    pages: int | UnsetType | None = UNSET
    fit: bool | UnsetType = UNSET
    attach: str | UnsetType = UNSET


class ThemeChange(Wish, frozen=True, kw_only=True):
    """What becomes of the theme: the options that are given, ``None`` for none of ours."""

    name: str | UnsetType = UNSET
    options: dict[str, str | None] | UnsetType = UNSET


class DeskChange(Wish, frozen=True, kw_only=True):
    """What becomes of the desk; what is not given stays."""

    revision: str
    issue: IssueChange = IssueChange()
    theme: ThemeChange = ThemeChange()
    outputs: tuple[OutputSettings, ...] | UnsetType = UNSET
    typing: bool = False


class OrderChange(Wish, frozen=True, kw_only=True):
    """The articles in their new order; others follow."""

    revision: str
    order: tuple[str, ...]


class ArticleChange(Wish, frozen=True, kw_only=True):
    """What becomes of an article; what is not given stays."""

    revision: str
    section: str | UnsetType | None = UNSET
    left_out: bool | UnsetType = UNSET
    teasers_out: tuple[str, ...] | UnsetType = UNSET
    cut_after: int | UnsetType | None = UNSET
    """The place of a block in the article's body, from 0."""


class PictureChange(Wish, frozen=True, kw_only=True):
    """What becomes of a picture; what is not given stays."""

    revision: str
    alt: str | UnsetType | None = UNSET
    shape: str | UnsetType | None = UNSET
    """What it is cut to, one of ``SHAPES``; ``None``: all of it is shown."""

    focus: Point | UnsetType = UNSET
    """What stands in the middle of what is cut."""

    left_out: bool | UnsetType = UNSET
    typing: bool = False


class PicturePlace(Wish, frozen=True, kw_only=True):
    """A picture of the folder is put at a line: at a caption, or behind a paragraph."""

    revision: str
    file: str
    line: int


class OutletChange(Wish, frozen=True, kw_only=True):
    """A line goes into a group of its outlet's profile."""

    revision: str
    n: int
    group: str


class Removal(Wish, frozen=True, kw_only=True):
    """A page is taken out of the folder."""

    revision: str


def given(change: Wish) -> dict[str, Any]:
    """What a request says, without what it does not."""
    return {name: value for name in change.__struct_fields__ if (value := getattr(change, name)) is not UNSET}


def with_lines(page: DeskPage, changes: Iterable[LineChange]) -> bytes | None:
    """The corrections of a page with lines changed, as their file holds them; ``None`` for no corrections.

    LookupError for a line that the page does not have, or that says something else.
    """
    reading = page.by_rules
    if reading is None:
        raise LookupError(page.file)
    found, stale = lines_of(page.corrections, reading.trace)
    by_line = {line.number: correction for line, _, correction in found}
    for change in changes:
        if not 1 <= change.n <= len(reading.trace):
            raise LookupError(f"line {change.n}")
        line = reading.trace[change.n - 1]
        if change.text not in (None, line.text):
            raise LookupError(f"line {change.n}")
        was = by_line.get(change.n) or Correction(text=line.text, occurrence=1)
        becomes = was.becomes if change.becomes is UNSET else change.becomes
        role = was.role if change.role is UNSET else change.role
        new = replace(
            was,
            role=None if role == line.role else role,
            becomes=None if becomes is not None and becomes.split() == line.text.split() else becomes,
        )
        by_line[change.n] = replace(new, occurrence=_occurrence(page, reading, line))
    kept = [by_line[number] for number in sorted(by_line)]
    lines = [_table(each) for each in (*kept, *stale) if each.role is not None or each.becomes is not None]
    return dump_toml({"lines": lines}).encode() if lines else None


def _table(correction: Correction) -> Mapping[str, Any]:
    table: dict[str, Any] = {"text": correction.text}
    if correction.occurrence != 1:
        table["occurrence"] = correction.occurrence
    return table | {"role": correction.role, "becomes": correction.becomes}


def _occurrence(page: DeskPage, reading: Reading, line: TracedLine) -> int:
    """Which of equal lines it is, from 1."""
    key = key_of(line.text)
    return sum(key_of(each.text) == key for each in reading.trace[: line.number])


def with_desk(desk: DeskSettings, change: DeskChange) -> DeskSettings:
    """The desk with the issue, the theme and the outputs changed. ValueError, a sentence, for what does not fit."""
    issue, theme = given(change.issue), given(change.theme)
    if "pages" in issue and issue["pages"] is None:
        issue["fit"] = False
    is_other = theme.get("name", desk.theme.name) != desk.theme.name
    options = {**({} if is_other else desk.theme.options), **theme.get("options", {})}
    theme["options"] = {name: value for name, value in options.items() if value is not None}
    return replace(
        desk,
        issue=replace(desk.issue, **issue),
        theme=replace(desk.theme, **theme),
        outputs=desk.outputs if change.outputs is UNSET else change.outputs,
    )


def by_line(page: DeskPage, content: bytes | None) -> dict[StepName, object]:
    """The corrections in a file of a page, each by what a person calls its line."""
    if page.by_rules is None:
        return {}
    found, _ = lines_of(parse_corrections(content or b"", page.file), page.by_rules.trace)
    return {step_name("line", str(line.number)): correction for line, _, correction in found}


def flat(desk: DeskSettings) -> dict[StepName, object]:
    """What a desk says, each thing by what a person calls it."""
    issue = {step_name(key): getattr(desk.issue, key) for key in desk.issue.__struct_fields__}
    # Whole: the addresses of a feed's articles begin alike.
    articles = {
        StepName(words=STEPS["article"], name=" ".join(filter(None, (each.file, each.key)))): each
        for each in desk.articles
    }
    order = (desk.issue.order, [(each.file, each.key) for each in desk.articles])
    return {
        **issue,
        step_name("theme"): desk.theme,
        step_name("outputs"): desk.outputs,
        **articles,
        step_name("order"): order,
    }


def differing(was: Mapping[StepName, object], now: Mapping[StepName, object]) -> list[StepName]:
    """The names of what is other than it was."""
    return [name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)]


BEGINNING = 80
"""Letters by which a paragraph is known."""


def beginning(article: Article | None, at: int) -> str | None:
    """The first words of the block at a place in the body; ``None`` when there is none, or it has no words."""
    if article is None or not 0 <= at < len(article.body):
        return None
    return " ".join(block_words(article.body[at]).split())[:BEGINNING] or None


def with_picture(
    decided: ArticleSettings, file: str, beside: str | None, changed: Mapping[str, Any]
) -> tuple[PictureSettings, ...]:
    """The pictures of an article with what is decided of one changed; what is decided of none is not kept."""
    pictures = {picture.file: picture for picture in decided.pictures}
    picture = replace(pictures.get(file, PictureSettings(file=file, beside=beside)), **changed)
    pictures[file] = picture if beside is None else replace(picture, beside=beside)
    usual = {name: PictureSettings(file=name) for name in pictures}
    return tuple(each for name, each in pictures.items() if each != usual[name])


def beginning_with(article: Article, words: str) -> str | None:
    """The first words of the block that a line became; ``None`` when it became none."""
    if not words:
        return None
    for at, block in enumerate(article.body):
        text = " ".join(block_words(block).split())
        if text and (text.startswith(words[:BEGINNING]) or words.startswith(text) or words in text):
            return beginning(article, at)
    return None


def beside_page(picture: str, page: str) -> str:
    """What a page calls a picture of the folder: pictures are looked for beside it, and below."""
    folder = PurePosixPath(page).parent
    path = PurePosixPath(picture)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else picture


def entries(desk: DeskSettings, pages: Sequence[DeskPage]) -> tuple[ArticleSettings, ...]:
    """What is decided of each article, in their order by hand: all of them, so that one more says nothing of others."""
    files = {page.file: page for page in pages}
    done: list[ArticleSettings] = []
    for each in desk.articles:
        if each.key is None and each.file in files and len(files[each.file].articles) > 1:
            done += [replace(each, key=article.key) for article in files[each.file].articles]
        else:
            done.append(each)
    met = {(each.file, each.key) for each in done}
    for page in pages:
        several = len(page.articles) > 1
        keys = [article.key for article in page.articles] if several else [None]
        for key in keys:
            if (page.file, key) not in met and (several or not any(file == page.file for file, _ in met)):
                done.append(ArticleSettings(file=page.file, key=key))
    return tuple(done)


def with_article(
    desk: DeskSettings, pages: Sequence[DeskPage], page: DeskPage, article: Article | None, changed: Mapping[str, Any]
) -> DeskSettings:
    """The desk with what is decided of one article changed."""

    def changed_if(each: ArticleSettings) -> ArticleSettings:
        own = each.file == page.file and (article is None or each.key in (None, article.key))
        return replace(each, **changed) if own else each

    return replace(desk, articles=tuple(map(changed_if, entries(desk, pages))))


def in_order(
    desk: DeskSettings, pages: Sequence[DeskPage], order: Sequence[tuple[DeskPage, Article | None]]
) -> DeskSettings:
    """The desk with the articles in that order; those that are not in it follow as they did."""
    left = list(entries(desk, pages))
    ordered: list[ArticleSettings] = []
    for page, article in order:
        own = next(
            (each for each in left if each.file == page.file and (article is None or each.key in (None, article.key))),
            None,
        )
        if own is not None:
            left.remove(own)
            ordered.append(own)
    return replace(desk, issue=replace(desk.issue, order="given"), articles=(*ordered, *left))
