"""What was understood, for people: the trace as a table, and an article as an outline."""

from collections.abc import Iterator

from publisher.counting import counted
from publisher.model import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    Figure,
    NumberedList,
    Preformatted,
    Reading,
    Table,
    plain,
)
from publisher.reading.trace.rules import HTML_RULES, RULES

WIDTH = 120
"""Columns, when the caller does not say."""

_ELLIPSIS = "…"
_LEAST_TEXT = 20


def explain(reading: Reading, width: int = WIDTH) -> str:
    """The trace as a table, a line for each input line: number, role, rule, confidence, text shortened to the width.

    Under it stands what each rule code means that the table shows.
    """
    digits = max(4, len(str(len(reading.trace))))
    roles = max((len(line.role) for line in reading.trace), default=4)
    rules = max((len(line.rule) for line in reading.trace), default=4)
    room = max(_LEAST_TEXT, width - digits - roles - rules - 10)
    rows = [f"{'line':>{digits}}  {'role':<{roles}}  {'rule':<{rules}}  {'sure':>4}  text"]
    for line in reading.trace:
        sure = "" if line.role == "blank" else f"{line.confidence:.2f}"
        text = shorten(line.text, room)
        row = f"{line.number:>{digits}}  {line.role:<{roles}}  {line.rule:<{rules}}  {sure:>4}  {text}"
        rows.append(row.rstrip())
    used = sorted({line.rule for line in reading.trace})
    meanings = RULES | HTML_RULES
    rows += ["", *(f"{rule:<{rules}}  {meanings[rule]}" for rule in used)]
    return "\n".join(rows)


def outline(article: Article, width: int = WIDTH) -> str:
    """An article's structure as an indented outline, each text shortened to the width."""
    return "\n".join(shorten(line, width) for line in _outline(article))


def shorten(text: str, width: int) -> str:
    """A text on one line of at most ``width`` characters, an ellipsis in place of what is cut."""
    text = " ".join(text[: width * 4].split()) if not text.startswith(" ") else text.rstrip()
    return text if len(text) <= width else text[: max(width - 1, 0)].rstrip() + _ELLIPSIS


def _outline(article: Article) -> Iterator[str]:
    yield article.headline
    fields = [
        ("kicker", article.kicker),
        ("standfirst", article.standfirst),
        ("by", ", ".join(article.bylines)),
        ("dateline", article.dateline),
        ("published", f"{article.published} ({article.certainty})" if article.published else None),
        ("updated", str(article.updated) if article.updated else None),
        ("publication", article.publication),
        ("url", article.url),
        ("language", article.language),
    ]
    yield from (f"  {name}: {value}" for name, value in fields if value)
    if article.body:
        yield "  body:"
        for block in article.body:
            yield from (f"    {line}" for line in _describe(block))
    yield from _related(article)
    if article.problems:
        yield "  problems:"
        yield from (f"    {problem}" for problem in article.problems)


def _related(article: Article) -> Iterator[str]:
    """The teasers, a heading for each run under one label."""
    if not article.related:
        return
    yield "  related:"
    section: object = object()
    for teaser in article.related:
        if teaser.section != section:
            section = teaser.section
            yield f"    {teaser.section or '(no label)'}"
        notes = [teaser.placement, *(["sponsored"] if teaser.sponsored else [])]
        notes += [str(teaser.published)] if teaser.published else []
        yield f"      {teaser.headline} [{', '.join(notes)}]"
        if teaser.summary:
            yield f"        {teaser.summary}"


def _describe(block: Block) -> Iterator[str]:
    """A block's kind and words; a list's items each on a line."""
    name = _NAMES[type(block).__name__]
    if isinstance(block, BulletList | NumberedList):
        yield f"{name}:"
        yield from (f"  - {plain(item)}" for item in block.items)
    else:
        words = _words(block)
        yield f"{name}: {words}" if words else name


_NAMES = {
    "Paragraph": "paragraph",
    "Subheading": "subheading",
    "BulletList": "bullet list",
    "NumberedList": "numbered list",
    "BlockQuote": "quote",
    "PullQuote": "pull quote",
    "Figure": "figure",
    "Table": "table",
    "Preformatted": "preformatted",
    "Break": "break",
}


def _words(block: Block) -> str:
    match block:
        case BlockQuote():
            return " ".join(plain(paragraph.inlines) for paragraph in block.blocks)
        case Figure():
            return plain(block.caption) or f"({block.alt or block.src})"
        case Table():
            return counted(len(block.rows), "row")
        case Preformatted():
            return block.text
    return plain(getattr(block, "inlines", ()))
