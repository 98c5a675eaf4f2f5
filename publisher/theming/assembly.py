"""The assembly of a rendition: the theme's templates filled with the issue, part by part.

What templates may use is public and described in ``docs/themes.md``: the names of the ``Context`` and, for each part,
those given to it here.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import cast

from markupsafe import Markup

from publisher.bulkhead import bulkhead
from publisher.errors import DefectError, ThemeError, UnthemedError
from publisher.model import (
    Asset,
    Document,
    DocumentRole,
    Drawing,
    Flow,
    Issue,
    NavEntry,
    Pagination,
    PlacedArticle,
    Problem,
    Rendition,
    Target,
)
from publisher.seams import Keep, made_anew
from publisher.theming.compositor import Compositor, with_heading_order
from publisher.theming.context import SINGLE_PARTS, Context
from publisher.theming.cover import cover_colour, cover_picture, draw_cover
from publisher.theming.division import divide_documents
from publisher.theming.environment import Templates
from publisher.theming.flow import Row, piece_of, related_documents, rows
from publisher.theming.fonts import Fonts
from publisher.theming.lead import lead_picture, shows
from publisher.theming.markup import Typesetter
from publisher.theming.metadata import metadata_of
from publisher.theming.navigation import article_lines
from publisher.theming.options import OptionValue, Setting, resolve_options
from publisher.theming.pagination import list_pages, mark_pages, page_points
from publisher.theming.qr import qr_asset_for
from publisher.theming.remembering import ArticleMemory, Own, look_of, shared_by
from publisher.theming.scripts import Borrowed
from publisher.theming.stylesheets import SHEETS, Foretell, ebook_sheets, print_sheets
from publisher.theming.theme import Theme
from publisher.theming.wellformed import require_well_formed
from publisher.theming.words import SOURCE_LANGUAGE, Words, speaks


def render(
    issue: Issue,
    theme: Theme,
    target: Target,
    options: Mapping[str, Setting] | None = None,
    pagination: Pagination | None = None,
    keep: Keep = made_anew,
    foretell: Foretell | None = None,
) -> Rendition:
    """The issue in the theme, for one target.

    ``options`` are as given by the user; OptionError when one does not fit, ThemeError when a template is broken.
    ``pagination`` is that of the printed edition, whose pages an e-book then lists.
    ``keep`` may have its QR codes from before. ``foretell`` is told how a printed one is likely to look as soon as that
    is known.
    """
    assembly = _assembly(issue, theme, target, options, keep, paginated=bool(pagination))
    if foretell:
        assembly.foretell(foretell)
    return assembly.rendition(pagination)


def begin_ebook(
    issue: Issue, theme: Theme, options: Mapping[str, Setting] | None = None, keep: Keep = made_anew
) -> Callable[[Pagination], Rendition]:
    """What ``render`` does for an e-book before it must know the pages of the printed edition, and what does the rest.

    The errors are those of ``render``, where they come sooner or later.
    """
    begun = _assembly(issue, theme, "ebook", options, keep, paginated=True)
    begun.prepare()
    return begun.rendition


def _assembly(
    issue: Issue,
    theme: Theme,
    target: Target,
    options: Mapping[str, Setting] | None,
    keep: Keep,
    *,
    paginated: bool,
) -> "Assembly":
    given = options or {}
    pictures = tuple(setting for setting in given.values() if isinstance(setting, Asset))
    settled = resolve_options(theme.options, given)
    return Assembly(issue, theme, target, settled, pictures, keep, paginated=paginated)


_MOST_FLOWING = 120
"""Items of an appendix that stands in one document with the articles: two pages or three."""

_ENOUGH_FAILED = 3
"""With so many of the first articles a theme must fail to be the reason itself."""


class Assembly:
    """One rendering. Its methods are the steps; ``rendition`` runs them."""

    def __init__(
        self,
        issue: Issue,
        theme: Theme,
        target: Target,
        options: Mapping[str, OptionValue],
        pictures: tuple[Asset, ...] = (),
        keep: Keep = made_anew,
        *,
        paginated: bool = False,
    ) -> None:
        """``paginated``: whether the documents are to list the pages of the printed edition."""
        self._keep = keep
        self.theme = theme
        self.target = target
        self.options = options = {**theme.settled, **options}
        self.flow = cast(Flow, options.get("flow", "each")) if target == "print" else "each"
        self.fonts = Fonts(theme) if target == "print" else None
        self.words = Words(theme, issue.language if speaks(theme, issue.language) else SOURCE_LANGUAGE)
        self.problems = list(issue.problems)
        quotes = str(options.get("quotes", "as-set"))
        self.borrowed = Borrowed()
        look = b"" if keep is made_anew else look_of(theme)
        self.compositor = Compositor(
            target, self.fonts, self.words, self.problems, self.borrowed, quotes=quotes, keep=keep, look=look
        )
        self.issue = self.compositor.set_issue(with_heading_order(issue))
        self.assets = list({asset.name: asset for asset in (*issue.assets, *pictures)}.values())
        self.lead_picture = lead_picture(options, self.compositor, self.issue.language)
        title = issue.title or str(options.get("masthead") or "") or self.words(theme.title)
        self.title = self.compositor.set_title(title)
        self.context = Context(
            self.issue,
            theme,
            target,
            self.flow,
            options,
            self.words,
            self.title,
            self.lead_picture,
            paginated=paginated,
        )
        self.parts = self.context.parts
        typesetter = Typesetter(for_print=target == "print")
        self.templates = Templates(theme, typesetter, self.context.names())
        self._remembering: ArticleMemory | None = None
        if keep is not made_anew:
            alike = (look, target, options, self.flow, self.parts, self.title, self.words.language, paginated)
            self._remembering = ArticleMemory(keep, shared_by(issue, *alike), self.templates, typesetter)

    # --- the steps ------------------------------------------------------------------------------------------------

    def foretell(self, tell: Foretell) -> None:
        """Tell how a printed edition is likely to look, if its texts need no fonts besides the theme's."""
        if self.fonts and self.borrowed.is_empty:
            with contextlib.suppress(ThemeError):  # It is raised when the sheet is needed.
                styles = print_sheets(self.templates, self._likely_count(), self.fonts, self.borrowed)
                tell(styles.sheets, styles.fonts)

    def prepare(self) -> None:
        """Do what does not wait for the pages of the printed edition."""
        self._divided  # noqa: B018 - it is kept

    @cached_property
    def _divided(self) -> tuple[Document, ...]:
        """All documents, of which those of an e-book are not too long."""
        documents = tuple(self._documents())
        if self.target == "ebook":
            documents, moved = divide_documents(documents, self._keep)
            self.context.move(moved)
        return documents

    def rendition(self, pagination: Pagination | None = None) -> Rendition:
        """All documents, the contents, the style sheets and the assets, with the pages of the printed edition."""
        documents, page_list = self._paginated(self._divided, pagination)
        if self.fonts:
            styles = print_sheets(self.templates, len(documents), self.fonts, self.borrowed)
        else:
            embed = bool(self.options.get("embed_fonts"))
            styles = ebook_sheets(self.templates, documents, self.issue.articles, embed_fonts=embed)
        return Rendition(
            target=self.target,
            metadata=metadata_of(self.issue, self.target, self.title, self.words, self.options, pagination),
            documents=documents,
            nav=self._nav(),
            page_list=page_list,
            cover=self._cover,
            stylesheets=styles.sheets,
            sheet_places=styles.places,
            assets=(*self.assets, *styles.fonts),
            problems=tuple(self.problems),
        )

    def _likely_count(self) -> int:
        """How many documents there will be, at a guess."""
        parts = self._present_parts()
        rows = len(self.issue.articles) if self.flow == "each" else 1
        return len(parts) - ("articles" in parts) + rows * ("articles" in parts)

    def _documents(self) -> Iterator[Document]:
        ended_with = ""
        for part in self._present_parts():
            if part == "articles" and self.flow == "each":
                yield from self._articles()
            elif part == "articles":
                yield from self._rows()
            elif part == "appendix" and self.target == "print":
                for document in () if self._appendix_flows_on() else self._appendix():
                    ended_with = document.markup
                    yield document
            elif part != "colophon" or ' id="colophon"' not in ended_with:  # The appendix may have it.
                yield self._part(part)

    def _part(self, part: str, pages: tuple[NavEntry, ...] = (), *, is_piece: bool = False) -> Document:
        cover = self._cover.name if part == "cover" and self._cover else ""
        context = {"pages": pages, "is_piece": is_piece, "cover": cover, "begins": True, "ends": True}
        return self._document(part, SINGLE_PARTS[part], self._part_title(part), self.words, context)

    def _appendix(self) -> Iterator[Document]:
        """The documents of the printed appendix."""
        cut, title = tuple(related_documents(self.context.related)), self._part_title("appendix")
        for related in cut:
            begins = related is cut[0]
            name = "appendix" if begins else f"appendix-from-{related[0].placed.id}"
            context = {"related": related, "begins": begins, "ends": related is cut[-1]}
            yield self._document(name, "appendix", title, self.words, context, template="appendix")

    def _paginated(
        self, documents: tuple[Document, ...], pagination: Pagination | None
    ) -> tuple[tuple[Document, ...], tuple[NavEntry, ...]]:
        """The documents with the pages of the printed edition marked and listed, and the list."""
        if self.target == "print" or not pagination:
            return documents, ()
        points = page_points(documents, pagination.breaks, self._keep)
        page_list = list_pages(points)
        # The list stands in the contents, behind all that can have a place: no point moves when it is filled in.
        listed = (self._part("contents", page_list) if each.name == "contents" else each for each in documents)
        return tuple(mark_pages(document, points) for document in listed), page_list

    def _present_parts(self) -> tuple[str, ...]:
        """The theme's parts; an appendix without related news is left out."""
        return tuple(part for part in self.parts if part != "appendix" or self.issue.appendix)

    def _part_title(self, part: str) -> str:
        titles = {"contents": "Contents", "appendix": "Related news", "colophon": "About this issue"}
        return self.words(titles[part]) if part in titles else self.title

    def _articles(self) -> Iterator[Document]:
        """The documents of all articles. UnthemedError for those that have none, where others have one.

        Where none has, the error of the first: it is the theme, or there is but one. Three are enough to say so, since
        each may take all the time there is for a template.
        """
        failed: dict[str, ThemeError | DefectError] = {}
        articles = self.issue.articles
        for number, placed in enumerate(articles, start=1):
            try:
                with bulkhead():
                    document = self._article(placed)
            except ThemeError as error:
                failed[placed.id] = error
            except DefectError as error:
                failed[placed.id] = DefectError(f"the article {placed.article.headline!r} could not be set: {error}")
            else:
                yield document
            if len(failed) == number == min(len(articles), _ENOUGH_FAILED):
                raise failed[articles[0].id]
        if failed:
            raise UnthemedError({id_: str(error) for id_, error in failed.items()})

    def _rows(self) -> Iterator[Document]:
        """The documents of the articles that flow on; the errors are those of ``_articles``."""
        placed = {each.id: each for each in self.issue.articles}
        pieces = [piece_of(placed[each.name], each.markup, self.theme.name) for each in self._articles()]
        appendix = Markup(self._part("appendix", is_piece=True).markup) if self._appendix_flows_on() else None  # noqa: S704 - markup of a template
        for row in rows(pieces, self.flow):
            yield self._row(row, appendix if row.ends else None)

    def _appendix_flows_on(self) -> bool:
        """Whether the appendix begins where the articles end: a long one is a document, which costs less to lay out."""
        items = sum(len(section.items) for section in self.issue.appendix)
        return self.flow == "run-on" and "appendix" in self.parts and 0 < items <= _MOST_FLOWING

    def _row(self, row: Row, appendix: Markup | None) -> Document:
        role: DocumentRole = "article" if len(row.pieces) == 1 else "articles"
        title = row.pieces[0].article.headline if role == "article" else row.section or self.title
        context = {
            "pieces": row.pieces,
            "section": row.section,
            "begins": row.begins,
            "ends": row.ends,
            "appendix": appendix,
        }
        return self._document(row.name, role, title, self.words, context, template="articles")

    def _article(self, placed: PlacedArticle) -> Document:
        article = placed.article
        words = self.words.of(article.language)
        qr = self._qr(placed) if self.target == "print" else None
        lead_picture = self.lead_picture if placed.id == self._opened_with_lead else None
        context = {
            "placed": placed,
            "article": article,
            "lead_picture": lead_picture,
            "qr": qr,
            "_": words,
            "date": words.date,
            "is_piece": self.flow != "each",
        }
        own = self.context.seen_of(placed, lead_picture, qr) if self._remembering else None
        return self._document(
            placed.id, "article", article.headline, words, context, article.language, template="article", own=own
        )

    @cached_property
    def _opened_with_lead(self) -> str | None:
        """The id of the article that the lead picture opens: the first, if no cover nor its body has the picture."""
        first = self.issue.articles[0]
        covered = self.target == "print" and "cover" in self.parts
        return first.id if self.lead_picture and not covered and not shows(first, self.lead_picture) else None

    def _qr(self, placed: PlacedArticle) -> Asset | None:
        """The code of the article's address, among the assets; ``None`` where it has none, or one too long for it."""
        article = placed.article
        if not article.url:
            return None
        qr = qr_asset_for(article.url, f"{placed.id}-qr", self._keep)
        if qr is None:
            message = f"the address of {len(article.url)} characters is too long for a QR code, which is left out"
            self.problems.append(Problem(code="long-address", message=message, where=article.headline))
        else:
            self.assets.append(qr)
        return qr

    def _document(
        self,
        name: str,
        role: DocumentRole,
        title: str,
        words: Words,
        context: Mapping[str, object],
        language: str | None = None,
        template: str | None = None,
        own: Own | None = None,
    ) -> Document:
        language = language or self.issue.language
        shared = {
            "document_name": name,
            "document_role": role,
            "document_title": title,
            "document_language": language,
            "words_language": words.language,
            "stylesheet": SHEETS[self.target],
            "is_piece": False,
        }
        path = f"{self.target}/{template or name}.xhtml"

        def fill(templates: Templates) -> str:
            markup = templates.fill(path, shared | dict(context))
            require_well_formed(markup, path, self.theme, title)
            return markup

        markup = self._remembering.filled(own, fill) if self._remembering and own else fill(self.templates)
        return Document(name=name, title=title, role=role, language=language, markup=markup)

    @cached_property
    def _cover(self) -> Drawing | None:
        """The picture on the cover of an e-book, when the theme has that part."""
        if self.target == "print" or "cover" not in self.parts:
            return None
        picture = cover_picture(self.issue, self.lead_picture, self.assets)
        colour = cover_colour(self.options, self.issue.date)
        names = (self.title, self.words(self.theme.title))
        drawing, left_out = draw_cover(self.templates, names, picture, colour)
        if left_out:
            words = ", ".join(map(repr, left_out))
            message = f"the theme's fonts lack letters of {words}: the picture on the cover is without these words"
            self.problems.append(Problem(code="missing-glyph", message=message))
        return drawing

    def _nav(self) -> tuple[NavEntry, ...]:
        entries: list[NavEntry] = []
        for part in self._present_parts():
            if part == "articles":
                entries += article_lines(self.issue.articles, self.context.sections, self.context.href)
            elif part in ("appendix", "colophon"):
                entries.append(NavEntry(title=self._part_title(part), href=self.context.href(part)))
        return tuple(entries)
