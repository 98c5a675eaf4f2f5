"""The compositor: sets an issue's words with care for their language, in letters that the theme's fonts have."""

from collections.abc import Iterator
from functools import partial

import msgspec

from publisher.model import AppendixItem, AppendixSection, Block, Issue, PlacedArticle, Problem, Subheading, Target
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

    def set_issue(self, issue: Issue) -> Issue:
        """The issue with its words cared for; in an e-book the reader breaks the lines, so nothing is bound there."""
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
        language = placed.article.language
        missing: set[str] = set()
        setter = self._setter(language, missing)
        article = set_article(placed.article, setter, self._marks(language), self._closer)
        note = set_note(placed.note, setter)
        if self._target == "print":
            article = msgspec.structs.replace(article, headline=bind_end(article.headline))
        self._report_missing(missing, placed.article.headline)
        return msgspec.structs.replace(placed, article=article, note=note)

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

    def _setter(self, language: str, missing: set[str]) -> Setter:
        """What sets a text in print; the characters that the fonts lack are added to ``missing``."""
        if self._target == "ebook":
            return str
        bind = binder_for(language)
        return lambda text: self._covered(bind(text), missing, language)

    def _covered(self, text: str, missing: set[str], language: str) -> str:
        if self._fonts is None:
            return text
        covered, lacking = self._fonts.replace_missing(text, partial(self._borrowed.take, language=language))
        missing |= lacking
        return covered

    def _report_missing(self, missing: set[str], where: str | None) -> None:
        if missing:
            named = ", ".join(f"{character} (U+{ord(character):04X})" for character in sorted(missing))
            message = f"the theme's fonts lack {named}; a mark stands in its place"
            self._problems.append(Problem(code="missing-glyph", message=message, where=where))


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
