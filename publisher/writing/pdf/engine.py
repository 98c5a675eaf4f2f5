"""WeasyPrint, tamed.

It serves the engine nothing but the rendition's own assets, collects what the engine logs, and computes once what the
engine would compute again for each tagged element.
"""

import contextlib
import functools
import logging
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import pydyf

from publisher.model import Asset, Rendition
from publisher.writing.pdf.press import PreparedPress

with warnings.catch_warnings():
    # "No fonts configured in FontConfig": so it is meant, see fonts.conf.
    warnings.simplefilter("ignore")
    from weasyprint import CSS, HTML
    from weasyprint import Document as LaidOut
    from weasyprint.logger import LOGGER
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from publisher.writing.pdf.fitting import pictures_fitted
    from publisher.writing.pdf.mending import mended
    from publisher.writing.pdf.plates import bleed_css
    from publisher.writing.pdf.quickening import QUICKENED_ENGINES, drawn_quickly, laid_out_quickly
    from publisher.writing.pdf.releading import Fit, releading
    from publisher.writing.pdf.renumbering import Resolve, renumbering

__all__ = [
    "VARIANT",
    "Engine",
    "LaidOut",
    "ReadStyles",
    "TextSetting",
    "anchors",
    "complaints",
    "read_styles",
    "references_once",
]

VARIANT = "pdf/a-3a"
BASE_URL = "https://rendition.invalid/"
"""An address that cannot exist (RFC 2606): what documents and style sheets name is resolved against it."""


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


class TextSetting(NamedTuple):
    """How the running text of a document is set."""

    line_height: float
    font_size_pt: float


class Engine:
    """The engine with one rendition's fonts, style sheets and pictures loaded; those ``known`` are quickened."""

    def __init__(
        self, rendition: Rendition, press: PreparedPress | None = None, known: Collection[str] = QUICKENED_ENGINES
    ) -> None:
        self._press = press
        self._quickened = known
        self._fetcher = AssetFetcher(rendition.assets)
        self._pictures: dict[str, object] = {}
        styles = read_styles(
            rendition.stylesheets,
            tuple(asset for asset in rendition.assets if not asset.media_type.startswith("image/")),
        )
        for complaint in styles.complaints:
            LOGGER.warning("%s", complaint)
        self.fonts = styles.fonts
        self._stylesheets = list(styles.sheets)
        if press:
            self._stylesheets.append(CSS(string=bleed_css(press), font_config=self.fonts))

    def lay_out(
        self,
        markup: str,
        first_page: int,
        setting: TextSetting | None = None,
        resolve: Resolve | None = None,
        fit: Fit | None = None,
    ) -> LaidOut:
        """The pages of a document, the first of them numbered ``first_page``.

        ``setting`` is that of its running text instead of the theme's own. ``resolve`` gives the numbers that it tells,
        where those that are there may not be right. ``fit`` may give the text another leading when it has its pages.
        """
        ours = f"@page :first {{ counter-reset: page {first_page} }}"
        if setting is not None:
            ours += f" html {{ line-height: {setting.line_height}; font-size: {setting.font_size_pt}pt }}"
        numbering = CSS(string=ours, font_config=self.fonts)
        numbered = renumbering(resolve) if resolve else contextlib.nullcontext()
        fitted = releading(fit) if fit else contextlib.nullcontext()
        # Fitted around the numbers, which pages made anew tell anew.
        with laid_out_quickly(self._quickened), mended(), pictures_fitted(), numbered, fitted:
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

    def draws_quickly(self) -> contextlib.AbstractContextManager[None]:
        """While it is open, what it has laid out is drawn with less effort."""
        return drawn_quickly(self._quickened)


class ReadStyles(NamedTuple):
    """Style sheets as the engine reads them, the fonts that they name, and what it said of them."""

    fonts: FontConfiguration
    sheets: tuple[CSS, ...]
    complaints: tuple[str, ...]


@functools.lru_cache(maxsize=8)
def read_styles(sheets: tuple[Asset, ...], named: tuple[Asset, ...]) -> ReadStyles:
    """Those of a rendition, with what they name that is no picture.

    A process that stays sets an issue again at each change, and to read them takes a quarter of a short one's time.
    """
    fetcher, loaded = AssetFetcher(named), FontConfiguration()
    with complaints() as said:
        read = [
            CSS(string=sheet.data.decode("utf-8"), base_url=BASE_URL, url_fetcher=fetcher, font_config=loaded)
            for sheet in sheets
        ]
    return ReadStyles(loaded, tuple(read), tuple(said))


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
