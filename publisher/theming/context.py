"""What templates can ask of the issue and of the theme: the names that all parts have.

They are public and described in ``docs/themes.md``.
"""

from collections.abc import Mapping
from functools import cached_property

from markupsafe import Markup

from publisher.errors import ThemeError
from publisher.model import (
    AppendixItem,
    Asset,
    DocumentRole,
    Figure,
    Flow,
    Issue,
    PlacedArticle,
    Target,
    plain,
)
from publisher.model.article import fold_headline
from publisher.theming.balancing import balanced_width, line_count
from publisher.theming.binding import NO_BREAK_SPACE
from publisher.theming.functions import FUNCTIONS
from publisher.theming.metadata import SOFTWARE
from publisher.theming.options import OptionValue
from publisher.theming.pagination import place_attribute
from publisher.theming.related import by_article, by_mention
from publisher.theming.remembering import Own, seen_of
from publisher.theming.sections import Section, sections_in
from publisher.theming.theme import Theme
from publisher.theming.words import Words

SINGLE_PARTS: dict[str, DocumentRole] = {
    "cover": "cover",
    "title-page": "title-page",
    "contents": "contents",
    "appendix": "appendix",
    "colophon": "colophon",
}
"""The parts that are one document each, and what it is."""


class Context:
    """What the templates of one rendering see beside what their own part gives them."""

    def __init__(
        self,
        issue: Issue,
        theme: Theme,
        target: Target,
        flow: Flow,
        options: Mapping[str, OptionValue],
        words: Words,
        title: str,
        lead_picture: Figure | None,
        *,
        paginated: bool,
    ) -> None:
        """Of an issue as it is set; ``title`` and ``lead_picture`` are set too, ``options`` settled.

        ``paginated``: whether somebody looks in an e-book for what stands on the printed pages.
        """
        self.issue = issue
        self.parts = theme.parts(target, flow)
        self.related = tuple(by_article(issue))
        self.sections = tuple(sections_in(issue, theme.palette, words("Other news")))
        self._theme = theme
        self._target = target
        self._options = options
        self._words = words
        self._title = title
        self._lead_picture = lead_picture
        self._paginated = paginated
        self._articles_by_id = {placed.id: placed.article for placed in issue.articles}
        self._section_of = {placed.id: section for section in self.sections for placed in section.articles}

    def names(self) -> dict[str, object]:
        """Each name that templates have everywhere, and what it stands for."""
        left_out = set(self._theme.parts(self._target)) - set(self.parts) if self._target == "print" else ()
        return {
            "_": self._words,
            "edition": self._words,
            "date": self._words.date,
            "number": self._words.number,
            "options": self._options,
            "issue": self.issue,
            "title": self._title,
            "language": self.issue.language,
            "target": self._target,
            "parts": self.parts,
            "begins_with_name": "cover" in left_out,
            "ends_with_imprint": "colophon" in left_out,
            "href": self.href,
            "folio": self.folio,
            "place": self.place,
            "articles": self._articles_by_id,
            "lead_picture": self._lead_picture,
            "picture_alt": self.picture_alt,
            "related": self.related,
            "sections": self.sections,
            "section_of": self.section_of,
            "palette": self._theme.palette,
            "mentioned_in": self.mentioned_in,
            "balance": self.balance,
            "line_count": self.line_count,
            "software": SOFTWARE,
            **FUNCTIONS,
        }

    # --- what they may call -----------------------------------------------------------------------------------------

    def href(self, anchor: str) -> str:
        """Where a link to the anchor goes: inside the one PDF, or into the document of the e-book that holds it."""
        if self._target == "print":
            return f"#{anchor}"
        document = self.places.get(anchor)
        if document is None:
            raise ThemeError(f"theme {self._theme.name!r} links to {anchor!r}, which no part of the e-book holds")
        return f"{document}.xhtml" if document == anchor else f"{document}.xhtml#{anchor}"

    def folio(self, anchor: str) -> Markup:
        """The element that receives the anchor's page number in print; nothing in an e-book."""
        if self._target == "ebook":
            return Markup("")
        return Markup('<span class="folio" data-anchor="{}"></span>').format(anchor)

    def place(self, *key: object) -> Markup:
        """The attribute by which what print has is found again in the e-book; nothing where nobody looks for it."""
        return Markup("") if self._target == "ebook" and not self._paginated else place_attribute(*key)

    def picture_alt(self, figure: Figure, headline: str) -> str | None:
        """A picture's alternative text: the source's, unless it only repeats the headline; else the caption's words."""
        if figure.alt and fold_headline(figure.alt) != fold_headline(headline):
            return figure.alt
        return plain(figure.caption).replace(NO_BREAK_SPACE, " ") or None

    def mentioned_in(self, article: str) -> tuple[AppendixItem, ...]:
        """The related news that the article of that id mentions, whatever article they stand under."""
        return self._mentions.get(article, ())

    def section_of(self, article: str) -> Section | None:
        """The section that the article of that id stands in; ``None`` in an issue without any."""
        return self._section_of.get(article)

    def balance(self, text: str, family: int, weight: int, size_pt: float, width_mm: float) -> Markup:
        """The attribute that sets a headline in lines of like length; nothing where it fills one line."""
        width = balanced_width(self._theme, text, family=family, weight=weight, size_pt=size_pt, width_mm=width_mm)
        return Markup("") if width is None else Markup(' style="max-width: {:.4g}em"').format(width)

    def line_count(self, text: str, family: int, weight: int, size_pt: float, width_mm: float) -> int:
        """How many lines a text needs at most: what fits a page is counted by it."""
        return line_count(self._theme, text, family=family, weight=weight, size_pt=size_pt, width_mm=width_mm)

    # --- what stands where ------------------------------------------------------------------------------------------

    @cached_property
    def places(self) -> Mapping[str, str]:
        """For each anchor, the document that holds it."""
        places = {part: part for part in SINGLE_PARTS if part in self.parts}
        if "articles" in self.parts:
            places |= {placed.id: placed.id for placed in self.issue.articles}
        if "appendix" in places:
            places |= {item.id: "appendix" for section in self.issue.appendix for item in section.items}
        return places

    def move(self, moved: Mapping[str, str]) -> None:
        """Have links go to where the anchors stand now: for those that moved, the name of their document."""
        self.places = {anchor: moved.get(anchor, document) for anchor, document in self.places.items()}

    @cached_property
    def _mentions(self) -> Mapping[str, tuple[AppendixItem, ...]]:
        return by_mention(self.issue)

    def seen_of(self, placed: PlacedArticle, lead_picture: Figure | None, qr: Asset | None) -> Own:
        """What the article's own templates see of the issue; the picture and the code are what it is given."""
        mentioned = self.mentioned_in(placed.id)
        anchors = (placed.id, *SINGLE_PARTS, *(anchor for item in mentioned for anchor in (item.id, item.full_article)))
        named = (each for item in mentioned for each in (item.full_article, *item.mentions))
        articles = self.issue.articles
        return Own(
            placed=placed,
            first=articles[0].id,
            alone=len(articles) == 1,
            section=seen_of(self.section_of(placed.id)),
            mentioned=mentioned,
            languages={each: self._articles_by_id[each].language for each in named if each},
            hrefs={anchor: self.href(anchor) for anchor in anchors if anchor and anchor in self.places},
            lead_picture=lead_picture,
            qr=qr,
        )
