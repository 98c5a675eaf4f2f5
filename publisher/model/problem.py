"""Problems: odd content that was met and survived. Each code is stable and stands in the table of docs/codes.md."""

from types import MappingProxyType

from publisher.model.blocks import Value

PROBLEM_CODES = MappingProxyType(
    {
        "compiling-failed": "an article could not be compiled into an issue; the issue goes without it",
        "cut-short": "an overlong source or line was read only up to the documented limit",
        "dropped-content": "content that the article model cannot hold was left out",
        "duplicate-article": "the same article came twice; the fuller one was kept",
        "empty-section": "a section was to have articles of a source, and none comes from there",
        "engine-warning": "the layout engine complained about a theme or a picture",
        "headlines-only": "a page lists headlines and holds no text of its own",
        "inferred-date": "the date has no year on the page; it was inferred from other evidence",
        "left-out": "a brief goes without something, to keep to the pages that it was promised",
        "long-address": "an article's address is too long for a QR code; it is printed without one",
        "missing-glyph": "the theme's fonts lack a character: a mark stands for it, or the cover is without its words",
        "missing-picture": "a picture was named but could not be found or read; its caption was kept",
        "no-article": "a source among several holds no article and was left out",
        "no-headline": "no line stands out as a headline; the first words were taken",
        "no-text": "a page holds no running text: a script may fill it in, or it asks for consent first",
        "paywalled": "an article's text breaks off at a notice that asks for payment or an account",
        "picture-failed": "a picture made its decoder fail, or takes too much time or memory; its caption was kept",
        "reader-failed": "a source made its reader fail, or takes too much time or memory; it was left out",
        "reader-limit": "an e-book goes past what the reader that it was made for takes",
        "replaced-characters": "bytes or characters that no page can show were replaced or removed",
        "run-together": "related headlines stand in one line and could not be told apart; the line was kept whole",
        "stale-correction": "a correction of how a line is to be read fits the page no more",
        "stale-edit": "a decision of an editor fits nothing in the article any more, or no article",
        "summary-only": "a feed holds only a summary of the article, and its page was not fetched",
        "theming-failed": "an article could not be set with the theme; the issue goes without it",
        "unproven-claim": "an e-book's conformance was vouched for, and is not claimed: something speaks against it",
        "unsafe-link": "a link with a scheme other than http, https or mailto was removed, its words kept",
        "unused-picture": "a picture named after a text lies beside it and no caption is left for it",
        "withheld-source": "an original was kept back from the PDF: it may hold comments or tracked changes",
    }
)


class Problem(Value, frozen=True, kw_only=True):
    """Something odd about the content, found by a stage that went on working."""

    code: str
    """A key of ``PROBLEM_CODES``."""

    message: str
    """One sentence for the person who will look into it."""

    where: str | None = None
    """The source and line, the article or the document; ``None`` for the issue as a whole."""

    def __post_init__(self) -> None:
        if self.code not in PROBLEM_CODES:
            raise ValueError(f"unknown problem code: {self.code}")

    def __str__(self) -> str:
        return f"{self.where}: {self.message} [{self.code}]" if self.where else f"{self.message} [{self.code}]"
