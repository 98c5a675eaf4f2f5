"""Articles of any shape that a reader may give, for properties."""

import datetime as dt
import string
from typing import Any

from hypothesis import strategies as st

from publisher.model import (
    Article,
    BlockQuote,
    Break,
    BulletList,
    Emphasis,
    Figure,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Preformatted,
    PullQuote,
    Strong,
    Subheading,
    Table,
    Teaser,
    Text,
)
from publisher.model.blocks import Inlines

LETTERS = "abzAZ019ấĐ“”«» " + string.punctuation
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31))
URLS = st.sampled_from(["https://bao.example/a", "http://bao.example/a_(b)?c=d&lt;e#f", "https://báo.example/<a b>\\"])


def words(letters: str = LETTERS) -> st.SearchStrategy[str]:
    """A text on one line, its spaces single."""
    return st.text(letters, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _joined(parts: list[Any]) -> Inlines:
    """Inlines as readers give them: no text beside another of its language, no break at an end."""
    inlines: list[Any] = []
    for part in parts:
        last = inlines[-1] if inlines else None
        if isinstance(part, Text) and isinstance(last, Text) and part.language == last.language:
            inlines[-1] = Text(text=f"{last.text} {part.text}", language=last.language)
        else:
            inlines.append(part)
    while isinstance(inlines[0], LineBreak):
        del inlines[0]
    while isinstance(inlines[-1], LineBreak):
        del inlines[-1]
    return tuple(inlines)


def _holding(children: st.SearchStrategy[Inlines], linked: bool) -> st.SearchStrategy[Inlines]:
    texts = st.builds(Text, text=words(), language=st.sampled_from([None, None, "fr"]))
    marked = st.builds(Emphasis, children=children) | st.builds(Strong, children=children)
    links = st.builds(Link, url=URLS, children=INLINES_UNLINKED) if linked else st.nothing()
    some = st.lists(texts | marked | links | st.just(LineBreak()), min_size=1, max_size=4)
    return some.filter(lambda parts: any(not isinstance(part, LineBreak) for part in parts)).map(_joined)


PLAIN = words().map(lambda text: (Text(text=text),))
INLINES_UNLINKED: st.SearchStrategy[Inlines] = st.recursive(
    PLAIN, lambda inner: _holding(inner, linked=False), max_leaves=4
)
INLINES = _holding(INLINES_UNLINKED, linked=True)
CELLS = INLINES | st.just(())


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    row = st.tuples(*[CELLS] * width)
    header = draw(st.just(()) | row.filter(any))
    rows = draw(st.lists(row, min_size=0 if header else 1, max_size=3))
    return Table(header=header, rows=tuple(rows), caption=draw(st.just(()) | INLINES))


BLOCKS = st.one_of(
    st.builds(Paragraph, inlines=INLINES),
    st.builds(Subheading, inlines=INLINES, level=st.integers(2, 6)),
    st.builds(BulletList, items=st.lists(INLINES, min_size=1, max_size=3).map(tuple)),
    st.builds(NumberedList, items=st.lists(INLINES, min_size=1, max_size=3).map(tuple), start=st.integers(0, 99)),
    st.builds(BlockQuote, blocks=st.lists(st.builds(Paragraph, inlines=INLINES), min_size=1, max_size=3).map(tuple)),
    st.builds(PullQuote, inlines=INLINES, attribution=optional(words())),
    st.builds(
        Figure,
        src=optional(
            st.sampled_from(["anh/cầu (1).png", "https://bao.example/a.png?b=c&amp;d", "embedded:word/a.png"])
        ),
        alt=optional(words()),
        caption=st.just(()) | INLINES,
        credit=optional(words()),
    ),
    tables(),
    st.builds(Preformatted, text=st.text(LETTERS + "`\n", max_size=20).map(lambda text: text.rstrip("\n"))),
    st.just(Break()),
)

TEASERS = st.builds(
    Teaser,
    headline=words(),
    section=optional(words()),
    summary=optional(words()),
    url=optional(URLS),
    publication=optional(words()),
    published=optional(DAYS),
    sponsored=st.booleans(),
    placement=st.sampled_from(["inline", "after"]),
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    published = draw(optional(DAYS))
    return Article(
        headline=draw(words()),
        kicker=draw(optional(words())),
        standfirst=draw(optional(words())),
        bylines=tuple(draw(st.lists(words(), max_size=3))),
        dateline=draw(optional(words())),
        published=published,
        certainty=draw(st.sampled_from(["stated", "inferred"])) if published else None,
        updated=draw(optional(DAYS)),
        publication=draw(optional(words())),
        url=draw(optional(URLS)),
        language=draw(st.sampled_from(["vi", "en", "pt-BR"])),
        body=tuple(draw(st.lists(BLOCKS, max_size=5))),
        related=tuple(draw(st.lists(TEASERS, max_size=3))),
    )
