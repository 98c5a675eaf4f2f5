"""The compositor: sets an issue's words with care for their language, in letters that the theme's fonts have."""

from collections.abc import Iterator
from functools import partial

import msgspec

from publisher.model import (
    AppendixItem,
    AppendixSection,
    Article,
    Block,
    Issue,
    Note,
    PlacedArticle,
    Problem,
    Subheading,
    Target,
)
from publisher.seams import Keep, made_anew
from publisher.theming.binding import Setter, bind_end, bind_last, binder_for
from publisher.theming.fonts import Fonts
from publisher.theming.quotes import set_marks
from publisher.theming.scripts import Borrowed
from publisher.theming.typography import Marks, set_article, set_line, set_note
from publisher.theming.words import Words


class Compositor:
    """Sets words for one target; what the fonts lack is added to ``problems``."""

    def __init__(
        self,
        target: Target,
        fonts: Fonts | None,
        words: Words,
        problems: list[Problem],
        borrowed: Borrowed,
        *,
        quotes: str,
        keep: Keep = made_anew,
        look: bytes = b"",
    ) -> None:
        self._problems = problems
        self._target = target
        self._fonts = fonts
        """``None``: the reader brings its own."""

        self._borrowed = borrowed
        self._words = words
        self._closer: Setter = bind_last if target == "print" else str
        self._quotes = quotes
        """``as-set``, or whether those of the language take the place of the marks (``quotes``) and the dashes too."""

        self._keep = keep
        self._made_of = (look, target, quotes)
        """What set words follow from besides themselves; ``look`` says what the fonts are."""

    def set_issue(self, issue: Issue) -> Issue:
        """The issue with its words cared for; those of an e-book are bound when they become markup (``Typesetter``)."""
        if self._target == "ebook" and self._quotes == "as-set":
            return issue
        languages = {placed.id: placed.article.language for placed in issue.articles}
        return msgspec.structs.replace(
            issue,
            articles=tuple(self._article(placed) for placed in issue.articles),
            appendix=tuple(self._section(section, languages) for section in issue.appendix),
        )

    def set_caption(self, text: str, language: str) -> str:
        """The words under a picture that is no article's."""
        missing: set[str] = set()
        line = set_line(text, self._setter(language, missing), self._marks(language))
        self._report_missing(missing, None)
        return line

    def set_title(self, text: str) -> str:
        """The issue's name: as it is, but for what the fonts lack."""
        missing: set[str] = set()
        covered = self._covered(text, missing, self._words.language)
        self._report_missing(missing, None)
        return covered

    def _article(self, placed: PlacedArticle) -> PlacedArticle:
        made_of = (self._made_of, placed.article, placed.note)
        try:
            article, note = self._keep("words", tuple[Article, Note], made_of, lambda: self._set_in_own_fonts(placed))
        except _LackingError as lacking:
            article, note = lacking.set_words
            self._report_missing(lacking.missing, placed.article.headline)
        return msgspec.structs.replace(placed, article=article, note=note)

    def _set_in_own_fonts(self, placed: PlacedArticle) -> tuple[Article, Note]:
        """The article and its note set; _LackingError where that takes more than the theme's own fonts."""
        language = placed.article.language
        missing: set[str] = set()
        lacking: set[str] = set()
        setter = self._setter(language, missing, lacking)
        article = set_article(placed.article, setter, self._marks(language), self._closer)
        note = set_note(placed.note, setter)
        if self._target == "print":
            article = msgspec.structs.replace(article, headline=bind_end(article.headline))
        if lacking:
            raise _LackingError((article, note), missing)
        return article, note

    def _section(self, section: AppendixSection, languages: dict[str, str]) -> AppendixSection:
        missing: set[str] = set()
        items = tuple(self._item(item, languages[item.mentions[0]], missing) for item in section.items)
        label = None if section.label is None else self._setter(self._words.language, missing)(section.label)
        self._report_missing(missing, section.label or self._words("Related news"))
        return AppendixSection(label=label, items=items)

    def _item(self, item: AppendixItem, language: str, missing: set[str]) -> AppendixItem:
        """In the language of the page that the teaser stood on."""
        setter = self._setter(language, missing)
        marks = self._marks(language)
        headline = set_line(item.headline, setter, marks)
        return msgspec.structs.replace(
            item,
            headline=bind_end(headline) if self._target == "print" else headline,
            summary=None if item.summary is None else set_line(item.summary, setter, marks, self._closer),
        )

    def _marks(self, language: str) -> Marks | None:
        if self._quotes == "as-set":
            return None
        return partial(set_marks, language=language, dashes=self._quotes == "typographic")

    def _setter(self, language: str, missing: set[str], lacking: set[str] | None = None) -> Setter:
        """What sets a text in print; the characters that all fonts lack are added to ``missing``.

        Those that the theme's own lack, and others may have, are added to ``lacking``.
        """
        if self._target == "ebook":
            return str
        bind = binder_for(language)
        return lambda text: self._covered(bind(text), missing, language, lacking)

    def _covered(self, text: str, missing: set[str], language: str, lacking: set[str] | None = None) -> str:
        if self._fonts is None:
            return text

        def borrow(characters: set[str]) -> set[str]:
            if lacking is not None:
                lacking.update(characters)
            return self._borrowed.take(characters, language)

        covered, left = self._fonts.replace_missing(text, borrow)
        missing |= left
        return covered

    def _report_missing(self, missing: set[str], where: str | None) -> None:
        if missing:
            named = ", ".join(f"{character} (U+{ord(character):04X})" for character in sorted(missing))
            message = f"the theme's fonts lack {named}; a mark stands in its place"
            self._problems.append(Problem(code="missing-glyph", message=message, where=where))


class _LackingError(Exception):
    """Words that could not be set in the theme's own fonts alone: what that led to is no part of what is kept."""

    def __init__(self, set_words: tuple[Article, Note], missing: set[str]) -> None:
        self.set_words = set_words
        self.missing = missing


def with_heading_order(issue: Issue) -> Issue:
    """The issue with subheadings that begin at level 2 and never skip one on the way down, as readers by ear expect."""

    def ordered(body: tuple[Block, ...]) -> Iterator[Block]:
        deepest = 1
        for block in body:
            if isinstance(block, Subheading):
                deepest = max(2, min(block.level, deepest + 1))
                yield Subheading(inlines=block.inlines, level=deepest)
            else:
                yield block

    articles = tuple(
        msgspec.structs.replace(
            placed, article=msgspec.structs.replace(placed.article, body=tuple(ordered(placed.article.body)))
        )
        for placed in issue.articles
    )
    return msgspec.structs.replace(issue, articles=articles)
