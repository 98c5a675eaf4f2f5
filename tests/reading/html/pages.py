"""Pages for tests, as short as they can be."""

from publisher.model import Article, Reading, Source
from publisher.reading import read

SENTENCES = (
    "The old ferry crossed the sound at noon with nine passengers, two bicycles and a goat on board.",
    "Its engine was replaced in the spring, after the harbour office had asked for it for eleven years.",
    "Nobody on the quay could remember a quieter arrival, and the gulls did not even leave the bollards.",
    "The timetable stays as it was, and crossings are free for children until the end of the month.",
)
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(body: str, head: str = "", lang: str = "en") -> str:
    """A whole page around a body."""
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def article_page(before: str = "", inside: str = "", after: str = "", head: str = "") -> str:
    """A page with a headline and four paragraphs; ``inside`` stands after the second."""
    first, second = "".join(f"<p>{s}</p>" for s in SENTENCES[:2]), "".join(f"<p>{s}</p>" for s in SENTENCES[2:])
    return page(f"<article><h1>A quiet ferry</h1>{before}<div>{first}{inside}{second}</div></article>{after}", head)


def reading_of(markup: str | bytes, name: str = "page.html", url: str | None = None) -> Reading:
    data = markup.encode() if isinstance(markup, str) else markup
    return read(Source(name=name, data=data, media_type="text/html", url=url))


def article_of(markup: str | bytes, name: str = "page.html", url: str | None = None) -> Article:
    return reading_of(markup, name, url).articles[0]
