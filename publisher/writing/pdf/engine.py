"""WeasyPrint, tamed: the only module that knows it.

It serves the engine nothing but the rendition's own assets, collects what the engine logs, and computes once what the
engine would compute again for each tagged element.
"""

import contextlib
import copy
import functools
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pydyf

from publisher.model import Asset, Rendition
from publisher.writing.pdf.press import PreparedPress

with warnings.catch_warnings():
    # "No fonts configured in FontConfig": so it is meant, see fonts.conf.
    warnings.simplefilter("ignore")
    from weasyprint import CSS, HTML
    from weasyprint import Document as LaidOut
    from weasyprint.layout import block, inline
    from weasyprint.logger import LOGGER
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from publisher.writing.pdf.plates import bleed_css

__all__ = ["VARIANT", "Engine", "LaidOut", "anchors", "complaints", "references_once"]

VARIANT = "pdf/a-3a"
BASE_URL = "https://rendition.invalid/"
"""An address that cannot exist (RFC 2606): what documents and style sheets name is resolved against it."""

LONG_TEXT, MANY_LINES = 5_000, 10_000
"""Of a text of so many letters at most lines are remembered, and so many lines, some 10 MB: columns are balanced a page
at a time."""

SHORTER_COLUMNS = (0.2, 0.4, 0.6)
"""What they lose of their height, by turns, where the second has no room for a picture that begins it.

WeasyPrint 70 gives up the columns then, and the article, its head and all, begins a page that it need not begin."""

_SPACES = " \u00a0\u202f"
"""Those of a line, the no-break ones too."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # the engine has no types
    """Serves the rendition's assets by name, and nothing else: no network, no files."""

    def __init__(self, assets: Sequence[Asset]) -> None:
        super().__init__(allowed_protocols=("https",))
        self._assets: Mapping[str, Asset] = {asset.name: asset for asset in assets}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The asset; ValueError for any other address, which the engine logs and leaves out."""
        asset = self._assets.get(url.removeprefix(BASE_URL)) if url.startswith(BASE_URL) else None
        if asset is None:
            raise ValueError(f"{url} is not an asset of this rendition")
        return URLFetcherResponse(url, asset.data, {"Content-Type": asset.media_type})


class Engine:
    """The engine with one rendition's fonts, style sheets and pictures loaded."""

    def __init__(self, rendition: Rendition, press: PreparedPress | None = None) -> None:
        self._press = press
        self._fetcher = AssetFetcher(rendition.assets)
        self._pictures: dict[str, object] = {}
        styles = _styles(
            rendition.stylesheets,
            tuple(asset for asset in rendition.assets if not asset.media_type.startswith("image/")),
        )
        for complaint in styles.complaints:
            LOGGER.warning("%s", complaint)
        self.fonts = styles.fonts
        self._stylesheets = list(styles.sheets)
        if press:
            self._stylesheets.append(CSS(string=bleed_css(press), font_config=self.fonts))

    def lay_out(self, markup: str, first_page: int, leading: float | None = None) -> LaidOut:
        """The pages of a document, the first of them numbered ``first_page``.

        ``leading`` is the line height of its running text instead of the theme's own.
        """
        ours = f"@page :first {{ counter-reset: page {first_page} }}"
        if leading is not None:
            ours += f" html {{ line-height: {leading} }}"
        numbering = CSS(string=ours, font_config=self.fonts)
        with _lines_to_their_ends(), _filled_pages():
            laid_out = HTML(string=markup, base_url=BASE_URL, url_fetcher=self._fetcher).render(
                stylesheets=[*self._stylesheets, numbering],
                font_config=self.fonts,
                cache=self._pictures,
                pdf_variant=None if self._press else VARIANT,
            )
        for page in laid_out.pages:
            # The engine makes a link of each element inside a link as well, and tags those as what they are: links
            # that no Link element holds, which PDF/UA forbids (ISO 14289-1, 7.18.5).
            page.links = [link for link in page.links if link[3].element_tag == "a"]
        return laid_out


class _Styles(NamedTuple):
    """Style sheets as the engine reads them, the fonts that they name, and what it said of them."""

    fonts: FontConfiguration
    sheets: tuple[CSS, ...]
    complaints: tuple[str, ...]


@functools.lru_cache(maxsize=8)
def _styles(sheets: tuple[Asset, ...], named: tuple[Asset, ...]) -> _Styles:
    """Those of a rendition, with what they name that is no picture.

    A process that stays sets an issue again at each change, and to read them takes a quarter of a short one's time.
    """
    fetcher, loaded = AssetFetcher(named), FontConfiguration()
    with complaints() as said:
        read = [
            CSS(string=sheet.data.decode("utf-8"), base_url=BASE_URL, url_fetcher=fetcher, font_config=loaded)
            for sheet in sheets
        ]
    return _Styles(loaded, tuple(read), tuple(said))


@contextlib.contextmanager
def _lines_to_their_ends() -> Iterator[None]:
    """While it is open, lines end where they should: before elements, and before the last word of a paragraph.

    Pango lets the space at a text's end hang over, a no-break space too. Where all but that fits, WeasyPrint 70 takes
    the text for a word that is too long, and the line has its first word alone: ten lines of an issue of 14 pages.
    And it has no ``hyphenate-limit-last`` (CSS Text 4, section 6.3.4): a paragraph ended in "ment."
    """
    engines = inline.split_first_line

    def ours(text: str, style: Any, context: Any, max_width: float | None, spacing: float, **how: bool) -> Any:
        found = engines(text, style, context, max_width, spacing, **how)
        if max_width is None or found[2] is None:
            return found
        if text[-1:] not in _SPACES:
            if not _is_last_word_parted(text, found[2]):
                return found
            unhyphenated = style.copy()
            unhyphenated["hyphens"] = "none"
            meant = engines(text, unhyphenated, context, max_width, spacing, **how)
            return meant if meant[3] <= max_width else found
        bare = text.rstrip(_SPACES)
        first = text[: found[1]].encode()[: found[1]].decode()
        if " " in first or " " not in bare:
            return found
        width = engines(bare, style, context, None, spacing, **how)[3]
        if width > max_width:
            return found
        if text.endswith(" "):  # All of it is in the line.
            meant = engines(text, style, context, None, spacing, **how)
            return meant if meant[2] is None else found
        meant = engines(bare, style, context, width - 1, spacing, **how)  # Its last word goes with what follows.
        return found if meant[2] is None else meant

    inline.split_first_line = _remembering(ours)
    try:
        yield
    finally:
        inline.split_first_line = engines


def _remembering(split: Callable[..., Any]) -> Callable[..., Any]:
    """``split_first_line`` that breaks no line again that it has broken.

    Where columns are balanced it is asked for each line twenty times and more, and what Pango takes is most of it.
    """
    lines: dict[object, tuple[object, Any]] = {}

    def ours(text: str, style: Any, context: Any, max_width: float | None, spacing: float, **how: bool) -> Any:
        if len(text) > LONG_TEXT:
            return split(text, style, context, max_width, spacing, **how)
        key = (text, id(style), max_width, spacing, *how.items())
        if key not in lines:
            if len(lines) >= MANY_LINES:
                lines.clear()
            lines[key] = (
                style,
                split(text, style, context, max_width, spacing, **how),
            )  # A style's id is its while it is.
        layout, *metrics = lines[key][1]
        return copy.copy(layout), *metrics

    return ours


def _is_last_word_parted(text: str, resume: int) -> bool:
    """Whether a line that ends before the byte ``resume`` of the text leaves but the end of a word for the next."""
    encoded = text.encode()
    here, rest = encoded[:resume].decode(), encoded[resume:].decode()
    return here[-1:].isalpha() and rest[:1].isalpha() and not any(space in rest for space in _SPACES)


@contextlib.contextmanager
def _filled_pages() -> Iterator[None]:
    """While it is open, what begins a page or a column after a break begins at its top, and columns where they can.

    CSS Fragmentation 3, section 5.2, has it so unless the break was asked for. WeasyPrint 70 forgets it in columns, on
    pages with a name, and inside boxes whose margins do not collapse: sub-headings stood a line below the text beside.
    """
    in_flow, by_kind, in_columns = block._in_flow_layout, block.block_level_layout_switch, block.columns_layout
    continued = [False]
    """Whether the columns that are laid out, innermost last, began on a page before."""
    begun: list[Any] = []
    """The box that begins after a break, until it is laid out."""

    def laid_out(context: Any, box: Any, index: int, child: Any, new_children: Any, *rest: Any) -> Any:
        if new_children:
            is_first = False
        elif index:  # The others of the box's children stand on pages before.
            before = box.children[index - 1]
            is_first = not (
                block.force_page_break(block.block_level_page_break(before, child), context)
                or block.block_level_page_name(before, child)
            )
        else:
            is_first = box.is_column and continued[-1]
        begun[:] = [child] if is_first else []
        return in_flow(context, box, index, child, new_children, *rest)

    def without_margin(context: Any, box: Any, *rest: Any) -> Any:
        if begun and begun.pop() is box and box.clearance is None:
            box.margin_top = 0
        return by_kind(context, box, *rest)

    def columned(context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any) -> Any:
        continued.append(skip_stack is not None)
        height = context.page_bottom - bottom_space - box.position_y
        try:
            for lost in (0, *SHORTER_COLUMNS):
                found = in_columns(context, box, bottom_space + height * lost, skip_stack, *rest)
                if found[0] is not None:
                    break
            return found
        finally:
            continued.pop()

    block._in_flow_layout, block.block_level_layout_switch, block.columns_layout = laid_out, without_margin, columned
    try:
        yield
    finally:
        block._in_flow_layout, block.block_level_layout_switch, block.columns_layout = in_flow, by_kind, in_columns


def anchors(document: LaidOut) -> Iterator[tuple[str, int]]:
    """Each anchor of the document with the index, from 0, of the page that it stands on."""
    for index, page in enumerate(document.pages):
        for anchor in page.anchors:
            yield anchor, index


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.complaints: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        self.complaints[record.getMessage()] = None


@contextlib.contextmanager
def complaints() -> Iterator[dict[str, None]]:
    """What the engine logs at warning or above inside the block: each message once, in order, as keys.

    Of blocks inside each other only the innermost hears it.
    """
    collector = _Collector()
    handlers, LOGGER.handlers = LOGGER.handlers, [collector]
    propagate, LOGGER.propagate = LOGGER.propagate, False
    try:
        yield collector.complaints
    finally:
        LOGGER.handlers, LOGGER.propagate = handlers, propagate


class _Pdf(pydyf.PDF):  # type: ignore[misc]  # the engine has no types
    """pydyf rebuilds ``page_references`` at each access, once a tagged element: at 2,444 pages that is 64% of the time.

    By the time it is first read all pages have been added.
    """

    @functools.cached_property
    def page_references(self) -> tuple[bytes, ...]:
        references: tuple[bytes, ...] = super().page_references
        return references


@contextlib.contextmanager
def references_once() -> Iterator[None]:
    """While it is open, the engine's files know their pages without looking for them each time."""
    original, pydyf.PDF = pydyf.PDF, _Pdf
    try:
        yield
    finally:
        pydyf.PDF = original
