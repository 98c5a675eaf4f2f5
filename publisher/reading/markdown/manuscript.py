"""An article as front matter and Markdown: what the reader of Markdown makes the same article of again.

Where CommonMark has no notation, or one that depends on what stands beside it, a few that other programs know are used:
``<em>``, ``<strong>`` and ``<span lang="…">``, ``<br>``, a quotation that opens with ``[!quote]``, a table's caption
after a colon, and a picture's credit in its title.
"""

import re
from collections.abc import Iterable, Iterator

from publisher.model import (
    Article,
    Block,
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
    plain,
)
from publisher.model.blocks import Inlines
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.captions import caption_credit

_MARKS = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)|!(?=$|\[)")
_OPENS = re.compile(r"^(?=[-+=>#:~])")
_COUNTS = re.compile(r"^(\d{1,9})(?=[.)])")
_CLOSES = re.compile(r"#(?=#*$)")
_BACKSLASHED = r"\\\g<0>"
_BARE = re.compile(r"[\w:/?=.,~#%+@-]+", re.ASCII)
_RUN = re.compile("`+")


def manuscript(article: Article, known: Vocabulary) -> str:
    """The article as Markdown. Its problems and its origin, which are another file's, stay out.

    ``known`` tells which credits need no words of their own, since they are read in the caption.
    """
    import yaml

    matter = yaml.safe_dump(_fields(article), allow_unicode=True, sort_keys=False, width=float("inf"))
    blocks = "".join(f"\n{block}\n" for block in _blocks(article.body, known))
    return f"---\n{matter}---\n{blocks}"


def _fields(article: Article) -> dict[str, object]:
    fields = {
        "headline": article.headline,
        "kicker": article.kicker,
        "section": article.section,
        "standfirst": article.standfirst,
        "bylines": list(article.bylines),
        "dateline": article.dateline,
        "date": article.published,
        "certainty": article.certainty if article.certainty == "inferred" else None,
        "updated": article.updated,
        "publication": article.publication,
        "url": article.url,
        "language": article.language,
        "related": [_teaser(teaser) for teaser in article.related],
    }
    return {name: value for name, value in fields.items() if value}


def _teaser(teaser: Teaser) -> dict[str, object]:
    fields = {
        "headline": teaser.headline,
        "section": teaser.section,
        "summary": teaser.summary,
        "url": teaser.url,
        "publication": teaser.publication,
        "date": teaser.published,
        "sponsored": teaser.sponsored,
        "placement": teaser.placement if teaser.placement == "inline" else None,
    }
    return {name: value for name, value in fields.items() if value}


def _blocks(blocks: Iterable[Block], known: Vocabulary) -> Iterator[str]:
    """Each block's Markdown. Lists that follow each other have other markers, or they would be one."""
    before: tuple[type[Block], bool] | None = None
    for block in blocks:
        again = before == (type(block), False)
        before = (type(block), again)
        match block:
            case Paragraph():
                yield _line(block.inlines)
            case Subheading():
                # Signs at its end would be taken for part of the notation.
                yield f"{'#' * block.level} {_CLOSES.sub(_BACKSLASHED, _line(block.inlines))}"
            case BulletList():
                yield "\n".join(f"{'*' if again else '-'} {_line(item)}" for item in block.items)
            case NumberedList():
                sign = ")" if again else "."
                yield "\n".join(f"{at}{sign} {_line(item)}" for at, item in enumerate(block.items, block.start))
            case BlockQuote():
                yield "\n>\n".join(f"> {_line(paragraph.inlines)}" for paragraph in block.blocks)
            case PullQuote():
                said_by = _escaped(block.attribution or "")
                yield f"> [!quote] {said_by}".rstrip() + f"\n>\n> {_line(block.inlines)}"
            case Figure():
                yield _figure(block, known)
            case Table():
                yield _table(block)
            case Preformatted():
                fence = "`" * max(3, 1 + max(map(len, _RUN.findall(block.text)), default=0))
                yield f"{fence}\n{block.text}\n{fence}"
            case Break():
                yield "* * *"


def _figure(figure: Figure, known: Vocabulary) -> str:
    found = caption_credit(plain(figure.caption), known) if figure.caption else None
    title = "" if (found or None) == figure.credit else f' "credit: {_quoted(figure.credit or "")}"'
    image = f"![{_escaped(figure.alt or '')}]({_address(figure.src or '')}{title})"
    return f"{image}\n{_line(figure.caption)}" if figure.caption else image


def _table(table: Table) -> str:
    width = len(table.header or table.rows[0])
    rows = (table.header or ((),) * width, *table.rows)
    lines = [f"| {' | '.join(_inlines(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    lines.insert(1, f"|{' --- |' * width}")
    return "\n".join(lines) + (f"\n\n: {_inlines(table.caption)}" if table.caption else "")


def _line(inlines: Inlines) -> str:
    """A line of Markdown, which opens with no sign of another block."""
    return _COUNTS.sub(r"\1\\", _OPENS.sub(r"\\", _inlines(inlines)))


def _inlines(inlines: Inlines) -> str:
    written = []
    for at, inline in enumerate(inlines):
        match inline:
            case Text():
                text = _escaped(inline.text)
                written.append(f'<span lang="{inline.language}">{text}</span>' if inline.language else text)
            case LineBreak():
                written.append("<br>")
            case Link():
                written.append(f"[{_inlines(inline.children)}]({_address(inline.url)})")
            case Emphasis() | Strong():
                sign, tag = ("*", "em") if isinstance(inline, Emphasis) else ("**", "strong")
                words = _inlines(inline.children)
                alone = at == 0 or isinstance(inlines[at - 1], Text)
                # Whether asterisks open or close depends on what stands on both their sides; beside letters they do.
                if alone and len(inline.children) == 1 and words[0].isalnum() and words[-1].isalnum():
                    written.append(f"{sign}{words}{sign}")
                else:
                    written.append(f"<{tag}>{words}</{tag}>")
    return "".join(written)


def _escaped(text: str) -> str:
    return _MARKS.sub(_BACKSLASHED, text)


def _quoted(text: str) -> str:
    return re.sub(r'[\\"&]', _BACKSLASHED, text)


def _address(url: str) -> str:
    """A link's destination, as it is where no sign in it could end it or be read as another."""
    if _BARE.fullmatch(url):
        return url
    return "<" + re.sub(r"[\\<>&]", _BACKSLASHED, url) + ">"
